"""Small agency CSVs: a header found by its names, rows that may leave out trailing cells, blank filler rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from screening.lists.collector import Harvest
from screening.lists.csvrows import CsvRow, require_columns, rows_of, shown
from screening.lists.decoding import Text
from screening.lists.types import FileRefused, WarningCode

Record = tuple[int, Mapping[str, str]]


def records(
    text: Text, harvest: Harvest, *, required: Sequence[str], known: Sequence[str] = (), delimiter: str = ",", skip: int = 0
) -> Iterator[Record]:
    """Line number and cells by lower-case column name, for every row that is not blank.

    `required` columns must be in the header and in every row (a row may end before columns that are not required);
    columns outside `required` and `known` are named in a warning. `skip`: lines above the header. Raises FileRefused:
    empty, header_drift (a required column missing), truncated (the last row ends before a required column).
    """
    rows = rows_of(text.text, delimiter=delimiter, name=text.name)
    for _ in range(skip):
        next(rows, None)
    first = next(rows, None)
    if first is None:
        raise FileRefused("empty", f"{text.name} has no row")
    header = [cell.strip().lower() for cell in first.cells]
    require_columns(header, required, text.name)
    if known:
        for column in header:
            if column and column not in known and column not in required:
                harvest.note(WarningCode.UNKNOWN_COLUMN, f"unknown column {column!r} is not read")
    least = max(header.index(column) for column in required) + 1
    last: CsvRow | None = None
    repeated = 0
    for row in rows:
        if last is not None:
            yield from _record(last, header, least, harvest)
        last = row
        if [cell.strip().lower() for cell in row.cells] == header:
            last, repeated = None, repeated + 1
    if repeated > 1:
        raise FileRefused("header_drift", f"{text.name}: the header stands {repeated + 1} times; several files were joined")
    if repeated:
        harvest.note(WarningCode.REPEATED_HEADER, "the header row was repeated as data and skipped")
    if last is not None:
        if last.error or len(last.cells) < least:
            raise FileRefused(
                "truncated",
                f"{text.name}: the last row (line {last.line:,}) has {len(last.cells)} of {len(header)} fields; fetch it again",
            )
        if not text.text.endswith(("\n", "\r", '"')):
            harvest.note(
                WarningCode.LINE_NOT_ENDED,
                f"the last line of {text.name} is not ended; compare its last value with the publisher's page",
            )
        yield from _record(last, header, least, harvest)


def _record(row: CsvRow, header: Sequence[str], least: int, harvest: Harvest) -> Iterator[Record]:
    cells = row.cells
    if row.error or len(cells) < least or any(cell.strip() for cell in cells[len(header) :]):
        harvest.reject(row.line, row.error or f"{len(cells)} fields instead of {len(header)}", shown(cells))
        return
    padded = [*cells, *[""] * (len(header) - len(cells))]
    yield row.line, {column: cell.strip() for column, cell in zip(header, padded, strict=False) if column}
