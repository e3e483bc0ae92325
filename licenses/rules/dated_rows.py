"""Reading the small dated tables of the intake (word lists, red flags, form rules): one shape, checked line by line.

Every table begins with `rule_id` and ends with TAIL. A row without a known start applies on every date.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from licenses.rules.tables.columns import TAIL
from licenses.rules.tables.loader import STATUSES, VERIFIED
from licenses.rules.types import TableError


@dataclass(frozen=True, slots=True)
class DatedRow:
    """One line of a table: its own columns in `values`, and what every rule row carries."""

    rule_id: str
    values: Mapping[str, str]
    effective_from: dt.date | None
    effective_to: dt.date | None
    enforcement_status: str
    citation: str
    verified: str
    line: int

    def applies(self, as_of: dt.date) -> bool:
        """In force on the date: from the first day on, before the last (half-open), and enforced."""
        started = self.effective_from is None or self.effective_from <= as_of
        return started and (self.effective_to is None or as_of < self.effective_to) and self.enforcement_status == "active"

    def __getitem__(self, column: str) -> str:
        return self.values[column]


def read_table(path: Path, columns: tuple[str, ...]) -> tuple[DatedRow, ...]:
    """The rows of a table with these own columns. Raises TableError: header, blanks, dates, or overlapping rows of one id."""
    header = ("rule_id", *columns, *TAIL)
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != header:
            raise TableError(path.name, 1, f"the header must be {','.join(header)}")
        rows = tuple(_row(raw, columns, path.name, reader.line_num) for raw in reader)
    _refuse_overlaps(rows, path.name)
    return rows


def in_force(rows: Iterable[DatedRow], as_of: dt.date) -> tuple[DatedRow, ...]:
    """The rows that apply on a date, in table order."""
    return tuple(row for row in rows if row.applies(as_of))


def _row(raw: Mapping[str, str], columns: tuple[str, ...], file: str, line: int) -> DatedRow:
    if any(value is None for value in raw.values()) or None in raw:
        raise TableError(file, line, "the line must have one value for each column of the header")
    for column in ("rule_id", "citation", "source_as_of"):
        if not raw[column].strip():
            raise TableError(file, line, f"{column} must not be blank")
    if raw["verified"] not in VERIFIED or raw["enforcement_status"] not in STATUSES:
        raise TableError(file, line, f"verified is one of {', '.join(VERIFIED)}, enforcement_status of {', '.join(STATUSES)}")
    try:
        start, end = (dt.date.fromisoformat(raw[key]) if raw[key] else None for key in ("effective_from", "effective_to"))
        dt.date.fromisoformat(raw["source_as_of"])
    except ValueError as error:
        raise TableError(file, line, f"{error}; write dates as YYYY-MM-DD") from error
    if start and end and end <= start:
        raise TableError(file, line, "effective_to must be after effective_from")
    return DatedRow(
        rule_id=raw["rule_id"],
        values={column: raw[column] for column in columns},
        effective_from=start,
        effective_to=end,
        enforcement_status=raw["enforcement_status"],
        citation=raw["citation"],
        verified=raw["verified"],
        line=line,
    )


def _refuse_overlaps(rows: tuple[DatedRow, ...], file: str) -> None:
    earlier: dict[str, list[DatedRow]] = {}
    for row in rows:
        for other in earlier.setdefault(row.rule_id, []):
            if (other.effective_from or dt.date.min) < (row.effective_to or dt.date.max) and (
                row.effective_from or dt.date.min
            ) < (other.effective_to or dt.date.max):
                raise TableError(file, row.line, f"{row.rule_id} overlaps line {other.line}; close the earlier row")
        earlier[row.rule_id].append(row)
