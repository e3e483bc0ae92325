"""The application as one object: the precheck object of docs/contract.md, made from rows, and frozen into revisions."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from exportcheck.accounts.models import User
from exportcheck.audit.services import canonical
from licenses.models import ApplicationParty, LicenseApplication, LineItem, Revision
from licenses.rules.types import MOVEMENTS

MAX_SCOPE_CHARS = 200
"""Room for the items of a clearance; a longer list stands as its digest."""


def content(application: LicenseApplication) -> dict[str, Any]:
    """The precheck object: `id` is the reference; blanks are left out, since absent means unknown."""
    fields = {
        "id": application.reference,
        "type": application.type,
        "transaction": "" if application.type in MOVEMENTS else application.transaction,
        "destination": application.destination,
        "end_use": application.end_use,
        "answers": answers_with_papers(application),
        "form": application.form,
    }
    filled = {key: value for key, value in fields.items() if value not in ("", None, {}, [])}
    filled["parties"] = [party_object(party) for party in application.parties.all()]
    filled["items"] = [item_object(item) for item in application.items.all()]
    return filled


def answers_with_papers(application: LicenseApplication) -> dict[str, Any]:
    """The answers, with the kinds of the attached documents among `attachments`."""
    kinds = set(application.answers.get("attachments", ()))
    kinds.update(application.documents.filter(withdrawn_at=None).values_list("kind", flat=True))
    return {**application.answers, "attachments": sorted(kinds)} if kinds else dict(application.answers)


def party_object(party: ApplicationParty) -> dict[str, Any]:
    """A Party of docs/contract.md."""
    fields = {**party.facts, "id": party.key, "role": party.role, "name": party.name, "country": party.country}
    return {key: value for key, value in fields.items() if value not in ("", None, [], {})}


def item_object(item: LineItem) -> dict[str, Any]:
    """An Item of docs/contract.md; `form` fields of docs/design/intake.md step 13 stand beside the others."""
    fields = {
        **item.form,
        "id": item.key,
        "eccn": item.eccn,
        "description": item.description,
        "hs6": item.hs6,
        "quantity": plain_number(item.quantity),
        "unit": item.unit,
        "unit_price_usd": plain_number(item.unit_price_usd),
        "value_usd": plain_number(item.value_usd),
        "origin": item.origin,
        "answers": item.answers,
    }
    return {key: value for key, value in fields.items() if value not in ("", None, [], {})}


def plain_number(value: Decimal | None) -> int | float | None:
    """A quantity or an amount as the JSON number that a draft keeps: whole where it is whole."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def sha256_of(body: Mapping[str, Any]) -> str:
    """SHA-256 of what an application says."""
    return hashlib.sha256(canonical(body).encode()).hexdigest()


def says_the_same(application: LicenseApplication, revision: Revision) -> bool:
    """Whether the application still says what was frozen in the revision."""
    return revision.sha256 == sha256_of(content(application))


def freeze(application: LicenseApplication, *, actor: User | None) -> Revision:
    """The revision of what the application says now: the last one when nothing changed since, else a new one.

    Runs in the caller's transaction, on a locked application.
    """
    body = content(application)
    sha256 = sha256_of(body)
    last = application.revisions.order_by("-number").first()
    if last is not None and last.sha256 == sha256:
        return last
    return Revision.objects.create(
        application=application, number=last.number + 1 if last else 1, content=body, sha256=sha256, created_by=actor
    )


def item_scope_of(body: Mapping[str, Any]) -> str:
    """The items that "not in scope" and "mitigated" are decided for: their ECCNs, or HS codes of EAR99, in one text."""
    scopes = {
        f"{item.get('eccn', '')}/{item.get('hs6', '')}" if item.get("eccn") == "EAR99" else str(item.get("eccn", ""))
        for item in body.get("items", ())
    }
    text = " ".join(sorted(scopes))
    return text if len(text) <= MAX_SCOPE_CHARS else hashlib.sha256(text.encode()).hexdigest()
