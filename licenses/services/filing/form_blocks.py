"""The application as the government's form asks for it, block by block (SNAP-R sub-forms, docs/design/intake.md#1.2), from
what was frozen. Exporters print it and type from it; it holds what they stated and nothing of the desk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from exportcheck.accounts import policy
from exportcheck.accounts.models import User
from exportcheck.errors import Refused
from licenses.models import LicenseApplication
from licenses.services.application.revisions import content, sha256_of

TYPES = {
    "export": "Export",
    "reexport": "Reexport",
    "in_country_transfer": "Reexport (Block 9: In-country transfer)",
    "deemed_export": "Export (deemed export)",
    "classification": "Classification request",
    "advisory_opinion": "Advisory opinion (a letter, not the form)",
}
FORM_BLOCKS = (
    ("1", "Contact person", "contact_name"),
    ("2", "Telephone", "contact_phone"),
    ("3", "Fax", "contact_fax"),
    ("4", "Date of application", "application_date"),
    ("6", "Documents submitted with the application", "docs_submitted"),
    ("7", "Documents on file with the applicant", "docs_on_file"),
    ("9", "Special purpose", "special_purpose"),
    ("10", "Resubmission ACN", "resubmission_acn"),
    ("11", "Replacement license number", "replacement_license_no"),
    ("12", "Items previously exported: authorization", "original_authorization"),
)
"""Blocks that are one field of the form (block numbers of Supp. No. 1 to part 748; 6, 7, 12 and 13 unverified)."""
PARTY_BLOCKS = (
    ("14", "Applicant", "applicant"),
    ("15", "Other party authorized to receive license", "other_party"),
    ("16", "Purchaser", "purchaser"),
    ("17", "Intermediate consignee", "intermediate_consignee"),
    ("18", "Ultimate consignee", "ultimate_consignee"),
    ("19", "End user", "end_user"),
    ("20", "Original ultimate consignee", "original_ultimate_consignee"),
)
ITEM_FIELDS = (
    ("(a) ECCN", "eccn"),
    ("(b) APP/WT", "app_wt"),
    ("(c) model", "model_number"),
    ("(d) CCATS", "ccats"),
    ("(e) quantity", "quantity"),
    ("(f) unit", "unit"),
    ("(g) unit price USD", "unit_price_usd"),
    ("(h) total price USD", "value_usd"),
    ("(i) manufacturer", "manufacturer"),
)


@dataclass(frozen=True, slots=True)
class Block:
    """One block: number, label, what is entered, a line each; no line where nothing is."""

    number: str
    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Packet:
    """The filing packet: `frozen` tells whether what it says is the revision `revision` (0 = none), or a draft still."""

    application: LicenseApplication
    blocks: tuple[Block, ...]
    documents: tuple[Mapping[str, Any], ...]
    revision: int
    sha256: str
    frozen: bool


def packet_of(*, actor: User, application_id: int) -> Packet:
    """The packet of an application, for its own people and the desk. Raises Refused("not_allowed")."""
    application = LicenseApplication.objects.select_related("organization").get(pk=application_id)
    if not policy.can_export_evidence(actor, application.organization_id):
        raise Refused("not_allowed", "People of the application's organization and of the desk print its packet.")
    last = application.revisions.order_by("-number").first()
    body = content(application)
    frozen = last is not None and last.sha256 == sha256_of(body)
    papers = tuple(
        {"title": row.title, "kind": row.kind, "sha256": row.sha256, "uploaded_at": row.uploaded_at}
        for row in application.documents.filter(withdrawn_at=None).order_by("pk")
    )
    return Packet(application, tuple(blocks_of(body)), papers, last.number if last else 0, sha256_of(body), frozen)


def blocks_of(body: Mapping[str, Any]) -> Iterable[Block]:
    """Every block in the order of the form."""
    form: Mapping[str, Any] = body.get("form", {})
    blocks = [Block(number, label, lines_of(form.get(key))) for number, label, key in FORM_BLOCKS]
    blocks.append(Block("5", "Type of application", (TYPES.get(body.get("type", ""), body.get("type", "")),)))
    certificate = [form.get("import_certificate_country"), form.get("import_certificate_number")]
    blocks.append(Block("13", "Import or end-user certificate", lines_of([part for part in certificate if part])))
    for number, label, role in PARTY_BLOCKS:
        parties = [party for party in body.get("parties", ()) if party.get("role") == role]
        blocks.append(Block(number, label, tuple(party_line(party) for party in parties) or nobody(role, form)))
    blocks.append(Block("21", "Specific end use", lines_of(body.get("end_use"))))
    items = list(body.get("items", ()))
    blocks.append(Block("22", "Description of items", tuple(item_line(item) for item in items)))
    blocks.append(Block("23", "Total application value, US dollars", total_of(form, items)))
    others = [party for party in body.get("parties", ()) if party.get("role") not in {role for _, _, role in PARTY_BLOCKS}]
    more = [f"{party['role'].replace('_', ' ')}: {party_line(party)}" for party in others if party.get("role")]
    blocks.append(Block("24", "Additional information", (*lines_of(form.get("additional_information")), *more)))
    signer = ", ".join(str(form[key]) for key in ("signature_name", "signature_title") if form.get(key))
    blocks.append(Block("25", "Signature", lines_of(signer)))
    return sorted(blocks, key=lambda block: int(block.number))


def lines_of(value: object) -> tuple[str, ...]:
    """A value of the form as lines."""
    if value in (None, "", [], False):
        return ()
    if isinstance(value, list | tuple):
        return tuple(str(part).replace("_", " ") for part in value)
    return ("yes",) if value is True else tuple(str(value).splitlines())


def nobody(role: str, form: Mapping[str, Any]) -> tuple[str, ...]:
    """Block 17 says "None" where the exporter stated that there is no intermediate consignee."""
    return ("None",) if role == "intermediate_consignee" and form.get("no_intermediate_consignee") else ()


def party_line(party: Mapping[str, Any]) -> str:
    """Name, addresses, country."""
    addresses = party.get("addresses") or [party.get("address", "")]
    return ", ".join(filter(None, (party.get("name", ""), *addresses, party.get("country", ""))))


def item_line(item: Mapping[str, Any]) -> str:
    """The parts (a) to (j) of Block 22 that are filled."""
    parts = [f"{label} {item[key]}" for label, key in ITEM_FIELDS if item.get(key) not in (None, "")]
    described = item.get("technical_description") or item.get("description", "")
    return "; ".join((*parts, f"(j) {described}" if described else "")).rstrip("; ")


def total_of(form: Mapping[str, Any], items: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Block 23 as stated, else the sum of the lines where each has a value."""
    if form.get("total_value_usd") not in (None, ""):
        return (str(form["total_value_usd"]),)
    values = [item.get("value_usd") for item in items]
    if not values or None in values:
        return ()
    return (str(sum((Decimal(str(value)) for value in values), Decimal(0))),)
