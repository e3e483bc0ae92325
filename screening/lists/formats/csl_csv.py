"""Consolidated Screening List, CSV of 28 (2019) or 29 columns: one file, up to thirteen lists, read by header name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from screening.lists.collector import Harvest
from screening.lists.csvrows import CsvRow, cell_map, require_columns, require_line_end, rows_of, shown
from screening.lists.decoding import Text
from screening.lists.formats.csl_row import entry_of, list_code
from screening.lists.types import FileRefused, WarningCode

COLUMNS = (
    "_id",
    "source",
    "entity_number",
    "type",
    "programs",
    "name",
    "title",
    "addresses",
    "federal_register_notice",
    "start_date",
    "end_date",
    "standard_order",
    "license_requirement",
    "license_policy",
    "call_sign",
    "vessel_type",
    "gross_tonnage",
    "gross_registered_tonnage",
    "vessel_flag",
    "vessel_owner",
    "remarks",
    "source_list_url",
    "alt_names",
    "citizenships",
    "dates_of_birth",
    "nationalities",
    "places_of_birth",
    "source_information_url",
    "ids",
)
REQUIRED = ("source", "name")
WANTED = ("addresses", "alt_names", "federal_register_notice", "license_requirement", "start_date")
"""Columns without which entries would lose what screening rests on; a rename of one of them is a drift."""


def parse(texts: Sequence[Text], harvest: Harvest) -> None:
    """Read the file(s) into the harvest. Raises FileRefused: header_drift, truncated, empty."""
    for text in texts:
        _parse(text, harvest)


def _parse(text: Text, harvest: Harvest) -> None:
    rows = rows_of(text.text, name=text.name)
    first = next(rows, None)
    if first is None:
        raise FileRefused("empty", f"{text.name} has no row")
    header = [cell.strip() for cell in first.cells]
    require_columns(header, (*REQUIRED, *WANTED), text.name)
    if len(set(header)) < len(header):
        raise FileRefused("header_drift", f"{text.name}: a column stands twice in the header")
    for column in header:
        if column not in COLUMNS:
            harvest.note(WarningCode.UNKNOWN_COLUMN, f"unknown column {column!r} is not read")
    repeated = 0
    last: CsvRow | None = None
    for row in rows:
        if last is not None:
            _take(last, header, harvest)
        if [cell.strip() for cell in row.cells] == header:
            repeated += 1
            last = None
            continue
        last = row
    if repeated > 1:
        raise FileRefused("header_drift", f"{text.name}: the header stands {repeated + 1} times; several files were joined")
    if repeated:
        harvest.note(WarningCode.REPEATED_HEADER, "the header row was repeated as data and skipped")
    if last is None:
        raise FileRefused("empty" if not harvest.rows else "truncated", f"{text.name} ends without a data row")
    if last.error or len(last.cells) != len(header):
        seen = last.error or f"{len(last.cells)} of {len(header)} fields"
        raise FileRefused("truncated", f"{text.name}: the last row (line {last.line:,}) has {seen}; the download broke off")
    require_line_end(text.text, text.name)
    _take(last, header, harvest)


def _take(row: CsvRow, header: Sequence[str], harvest: Harvest) -> None:
    if row.error:
        harvest.reject(row.line, row.error, "")
    elif len(row.cells) != len(header):
        harvest.reject(row.line, f"{len(row.cells)} fields instead of {len(header)}", shown(row.cells))
    else:
        take_record(row.line, cell_map(header, row.cells), harvest)


def take_record(line: int, cells: Mapping[str, str], harvest: Harvest, exact: Mapping[str, Sequence[str]] | None = None) -> None:
    """Add one record of the consolidated list (CSV row or flattened JSON result), or reject it.

    `exact` gives the values of multi-valued columns where the file keeps them apart.
    """
    source, name = cells["source"].strip(), cells["name"].strip()
    if not source or not name:
        harvest.reject(line, "no source" if not source else "no name", shown(list(cells.values())))
        return
    code, known = list_code(source)
    if not known:
        harvest.note(WarningCode.UNKNOWN_LIST, f"unknown source {source!r} is kept as the custom list {code}")
        harvest.names[code] = source
    harvest.add(entry_of(code, cells, harvest, exact or {}))
