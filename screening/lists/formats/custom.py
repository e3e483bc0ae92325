"""A list of one's own (denied parties, supplier letters) in the downloadable template, as CSV or XLSX."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence

from screening.lists.collector import Harvest
from screening.lists.csvrows import require_columns, shown
from screening.lists.decoding import Text
from screening.lists.fields.addresses import countries_of, is_bare_country
from screening.lists.fields.dates import date_of
from screening.lists.fields.identifiers import identifier
from screening.lists.fields.identity import digest_uid
from screening.lists.fields.names import aliases_of, split_aliases, squeeze, take_apart, with_abbreviations
from screening.lists.formats.small_csv import Record, records
from screening.lists.formats.xlsx import rows_of_workbook
from screening.lists.schema import schema_of
from screening.lists.types import FileRefused, WarningCode
from screening.matching.countries import code_for
from screening.matching.types import Identifier, ListedParty, Schema

COLUMNS = (
    "id",
    "name",
    "other_names",
    "kind",
    "address",
    "country",
    "identifiers",
    "birth_date",
    "program",
    "citation",
    "effective_on",
    "expires_on",
    "remarks",
)
"""Columns of the template. `other_names`, `address` and `identifiers` take several values, parted by "; "."""
EXAMPLE = (
    "C-001",
    "Example Trading Ltd.",
    "Example Trading; ETL",
    "organization",
    "1 Example Street, Singapore 049483",
    "SG",
    "Registration Number: 200012345A (SG)",
    "",
    "internal",
    "letter of 2026-01-15",
    "2026-01-15",
    "",
    "replace this row",
)
_KINDS = {str(schema): schema for schema in Schema} | {"": None, "company": Schema.ORGANIZATION, "individual": Schema.PERSON}
_NUMBER = re.compile(r"^([^:]{2,40}):\s*(.+?)(?:\s*\(([A-Za-z]{2})\))?$")
_SERIAL_START = dt.date(1899, 12, 30)
_SERIAL = re.compile(r"^\d{5}(?:\.\d+)?$")


def template() -> str:
    """The downloadable template: header and one example row, CSV."""
    quoted = ",".join(f'"{cell}"' if "," in cell or ";" in cell else cell for cell in EXAMPLE)
    return f"{','.join(COLUMNS)}\n{quoted}\n"


def parse_csv(texts: Sequence[Text], harvest: Harvest) -> None:
    """Read the CSV form; comma or semicolon, told by the header. Raises FileRefused: header_drift, truncated, empty."""
    for text in texts:
        delimiter = ";" if text.text.split("\n", 1)[0].count(";") > text.text.split("\n", 1)[0].count(",") else ","
        for line, row in records(text, harvest, required=("name",), known=COLUMNS, delimiter=delimiter):
            _take(line, row, harvest)


def parse_xlsx(texts: Sequence[Text], harvest: Harvest) -> None:
    """Read the first sheet of the workbook. Raises FileRefused: header_drift, truncated, archive."""
    for text in texts:
        for line, row in _records(text, harvest):
            _take(line, row, harvest)


def _records(text: Text, harvest: Harvest) -> Iterator[Record]:
    rows = rows_of_workbook(text)
    first = next(rows, None)
    if first is None:
        raise FileRefused("empty", f"{text.name}: the first sheet is empty")
    header = [cell.strip().lower() for cell in first[1]]
    require_columns(header, ("name",), text.name)
    for column in header:
        if column and column not in COLUMNS:
            harvest.note(WarningCode.UNKNOWN_COLUMN, f"unknown column {column!r} is not read")
    for line, cells in rows:
        if any(cell.strip() for cell in cells[len(header) :]):
            harvest.reject(line, f"more cells than the {len(header)} of the header", shown(cells))
            continue
        padded = [*cells, *[""] * (len(header) - len(cells))]
        yield line, {column: cell.strip() for column, cell in zip(header, padded, strict=False) if column}


def _take(line: int, row: Mapping[str, str], harvest: Harvest) -> None:
    get = row.get
    kind = get("kind", "").lower()
    addresses = tuple(part for part in (squeeze(text) for text in get("address", "").split("; ")) if part)
    problem = _problem(row, kind, addresses)
    if problem:
        harvest.reject(line, problem, shown(list(row.values())), harvest.code)
        return
    named = take_apart(get("name", "") or addresses[0])
    schema = _KINDS[kind] or (schema_of(named.name) if get("name") else Schema.ADDRESS)
    real = tuple(text for text in addresses if not is_bare_country(text))
    effective, expires = _date(get("effective_on", "")), _date(get("expires_on", ""))
    harvest.row_date(effective)
    harvest.add(
        ListedParty(
            list=harvest.code,
            uid=get("id", "") or digest_uid(*(get(column, "") for column in COLUMNS)),
            name=named.name,
            schema=schema,
            aliases=with_abbreviations(named.name, (*named.aliases, *aliases_of(split_aliases(get("other_names", ""))))),
            addresses=real,
            countries=countries_of(real, code_for(get("country", ""))),
            identifiers=_identifiers(get("identifiers", "")),
            birth_dates=tuple(filter(None, (get("birth_date", ""),))),
            programs=tuple(filter(None, (get("program", ""),))),
            federal_register=squeeze(get("citation", "")),
            effective_on=effective,
            expires_on=expires,
            remarks="; ".join(filter(None, (squeeze(get("remarks", "")), *named.notes))),
            raw={"name": get("name", "")} if get("name") and get("name") != named.name else {},
        )
    )


def _problem(row: Mapping[str, str], kind: str, addresses: Sequence[str]) -> str:
    """What is wrong with a row, "" when it can be taken: a person fills this template, so every slip is told."""
    if not row.get("name") and not addresses:
        return "neither a name nor an address"
    if kind not in _KINDS:
        return f"kind {kind!r} is none of organization, person, vessel, aircraft, address, unknown"
    if row.get("country") and not code_for(row["country"]):
        return f"country {row['country']!r} is not known; write the two-letter code"
    for column in ("effective_on", "expires_on"):
        if row.get(column) and _date(row[column]) is None:
            return f"{column} {row[column]!r} is no date; write 2026-01-31"
    return ""


def _date(printed: str) -> dt.date | None:
    """A printed date, or the day number a spreadsheet keeps for one."""
    if _SERIAL.match(printed):
        return _SERIAL_START + dt.timedelta(days=int(float(printed)))
    return date_of(printed)


def _identifiers(printed: str) -> tuple[Identifier, ...]:
    found = []
    for part in filter(None, (text.strip() for text in printed.split("; "))):
        match = _NUMBER.match(part)
        kind, value, country = (match[1], match[2], match[3] or "") if match else ("Identification Number", part, "")
        found.append(identifier(kind, value, country.upper()) or Identifier(kind, value, country.upper()))
    return tuple(dict.fromkeys(found))
