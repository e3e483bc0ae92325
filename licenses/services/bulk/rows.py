"""What the rows of a bulk file mean: parties to screen, or the applications, parties and items of drafts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from exportcheck.errors import Refused
from licenses.models import BulkJob
from licenses.services.application.validation import clean_item, clean_page, clean_party
from licenses.services.bulk.table import BulkRow, RowError
from licenses.services.drafting.applications import MAX_ITEMS, MAX_PARTIES
from screening.matching.read_party import party_from_dict
from screening.matching.types import Party, PartyError

PARTY_COLUMNS = (
    "name",
    "other_names",
    "address",
    "country",
    "kind",
    "identifier_type",
    "identifier_value",
    "birth_date",
    "citizenships",
)
ITEM_COLUMNS = (
    "eccn",
    "description",
    "hs6",
    "quantity",
    "unit",
    "unit_price_usd",
    "value_usd",
    "origin",
    "manufacturer",
    "model_number",
)
PAGE_COLUMNS = ("type", "title", "destination", "end_use", "contact_name", "contact_phone", "contact_email")
COLUMNS: Mapping[str, tuple[str, ...]] = {
    BulkJob.Kind.PARTIES: ("reference", *PARTY_COLUMNS),
    BulkJob.Kind.APPLICATIONS: ("application", "record", *PAGE_COLUMNS, "role", *PARTY_COLUMNS, *ITEM_COLUMNS),
}
"""Columns of the template of each kind of job."""
RECORDS = {"application": PAGE_COLUMNS, "party": ("role", *PARTY_COLUMNS), "item": ITEM_COLUMNS}
NUMBERS = ("quantity", "unit_price_usd", "value_usd")
EXAMPLES: Mapping[str, tuple[Mapping[str, str], ...]] = {
    BulkJob.Kind.PARTIES: (
        {
            "reference": "4711",
            "name": "Example Trading GmbH",
            "other_names": "Example Handel; Пример",
            "address": "Hauptstrasse 1, Berlin | Floor 3, Ring 2, Ulm",
            "country": "DE",
            "kind": "organization",
            "identifier_type": "Registration Number",
            "identifier_value": "HRB 12345",
        },
        {"reference": "4712", "name": "Jane Example", "country": "GB", "kind": "person", "birth_date": "1980-05-17"},
    ),
    BulkJob.Kind.APPLICATIONS: (
        {
            "application": "A1",
            "record": "application",
            "type": "export",
            "title": "Sockets to Ulm",
            "destination": "DE",
            "end_use": "Burn-in test of automotive chips in the buyer's own plant in Ulm",
            "contact_name": "Jane Example",
            "contact_phone": "+1 555 0100",
            "contact_email": "jane@example.com",
        },
        {
            "application": "A1",
            "record": "party",
            "role": "applicant",
            "name": "Example Exports, Inc.",
            "address": "1 Main Street, Springfield, IL 62701",
            "country": "US",
        },
        {
            "application": "A1",
            "record": "party",
            "role": "ultimate_consignee",
            "name": "Example Trading GmbH",
            "address": "Ring 2, Ulm",
            "country": "DE",
        },
        {
            "application": "A1",
            "record": "item",
            "eccn": "EAR99",
            "description": "Burn-in sockets",
            "hs6": "8536.69",
            "quantity": "500",
            "unit": "each",
            "unit_price_usd": "29",
            "value_usd": "14500",
        },
    ),
}
"""Rows of the downloadable template; they may be used as they are."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One application of the file: its name there, its first row, and the precheck object of docs/contract.md."""

    name: str
    row: int
    line: dict[str, Any]


def party_of(row: BulkRow) -> Party | RowError:
    """The party of one row, or what is wrong with it."""
    if not row.cells.get("name") and not row.cells.get("address"):
        return RowError(row.number, "name", "Give a name or an address: with neither the party cannot be screened.")
    try:
        return party_from_dict(party_of_cells(row.cells))
    except PartyError as error:
        return RowError(row.number, "", _said(error.detail))


def party_of_cells(cells: Mapping[str, str]) -> dict[str, Any]:
    """A Party of docs/contract.md from the cells: other names and citizenships apart by semicolons, addresses by bars."""
    data: dict[str, Any] = {key: cells[key] for key in ("role", "name", "country", "kind", "birth_date") if cells.get(key)}
    for key, source, mark in (
        ("other_names", "other_names", ";"),
        ("addresses", "address", "|"),
        ("citizenships", "citizenships", ";"),
    ):
        values = [part.strip() for part in cells.get(source, "").split(mark) if part.strip()]
        if values:
            data[key] = values
    if cells.get("identifier_value"):
        data["identifiers"] = [{"type": cells.get("identifier_type", ""), "value": cells["identifier_value"]}]
    return data


def drafts_of(rows: Sequence[BulkRow]) -> tuple[list[Draft], list[RowError]]:
    """The applications whose every row can be used, and the errors of the others, both in the order of the file."""
    groups: dict[str, list[BulkRow]] = {}
    errors = []
    for row in rows:
        if row.cells.get("application"):
            groups.setdefault(row.cells["application"], []).append(row)
        else:
            errors.append(RowError(row.number, "application", "Name the application this row belongs to, such as A1."))
    drafts = []
    for name, members in groups.items():
        wrong: list[RowError] = []
        line = _line(members, wrong)
        if not wrong:
            drafts.append(Draft(name, members[0].number, line))
        errors += wrong
    return drafts, sorted(errors, key=lambda error: error.row)


def _line(rows: Sequence[BulkRow], errors: list[RowError]) -> dict[str, Any]:
    line: dict[str, Any] = {"parties": [], "items": []}
    seen = False
    for row in rows:
        record = row.cells.get("record", "").lower()
        if record not in RECORDS:
            errors.append(RowError(row.number, "record", f"{record[:40]!r} is none of {', '.join(RECORDS)}."))
            continue
        stray = [key for key in row.cells if key not in ("application", "record", *RECORDS[record])]
        if stray:
            errors.append(RowError(row.number, stray[0], f"A row of the kind {record} has no {stray[0]}; leave it blank."))
            continue
        if record == "application" and seen:
            errors.append(RowError(row.number, "record", "This application has a row of the kind application already."))
            continue
        seen = seen or record == "application"
        try:
            _read(record, row.cells, line)
        except Refused as refusal:
            errors.append(RowError(row.number, "", _said(refusal.detail)))
    for key, most in (("parties", MAX_PARTIES), ("items", MAX_ITEMS)):
        if len(line[key]) > most:
            errors.append(
                RowError(rows[0].number, "application", f"This application has {len(line[key])} {key}; {most} at most.")
            )
    if not errors and not line["parties"] and not line["items"]:
        errors.append(RowError(rows[0].number, "application", "This application has neither a party nor an item."))
    return line


def _read(record: str, cells: Mapping[str, str], line: dict[str, Any]) -> None:
    """Add one row to its application. Raises Refused("invalid")."""
    match record:
        case "party":
            party = party_of_cells(cells)
            clean_party(party)
            line["parties"].append(party)
        case "item":
            item = {key: _number(key, cells[key]) if key in NUMBERS else cells[key] for key in ITEM_COLUMNS if cells.get(key)}
            clean_item(item)
            line["items"].append(item)
        case _:
            page: dict[str, Any] = {key: cells[key] for key in PAGE_COLUMNS[:4] if cells.get(key)}
            form = {key: cells[key] for key in PAGE_COLUMNS[4:] if cells.get(key)}
            page = {**page, **({"form": form} if form else {})}
            clean_page({"type": "export", **page}, answers={}, form={})
            line.update(page)


def _number(key: str, text: str) -> int | float:
    try:
        value = float(text.replace(",", "").replace("\u00a0", ""))
    except ValueError as error:
        raise Refused("invalid", f"{key}: {text[:40]!r} is no number; write it with a point, such as 1234.50.") from error
    return int(value) if value.is_integer() else value


def _said(detail: str) -> str:
    """A reader's complaint without the name of its own variable."""
    return detail.removeprefix("party.").removeprefix("party: ")
