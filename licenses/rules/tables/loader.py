"""The rule tables: dated CSV rows under data/, loaded and validated once, all or nothing, and what is in force on a date.

A row is in force on D when effective_from <= D < effective_to; a row without a known start applies on every date. The
digest of the rows in force (SHA-256 over their canonical text) is what an answer cites as `rules`.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from licenses.rules.tables.columns import TABLES, TAIL, TableSpec
from licenses.rules.tables.consistency import TableError, check_tables
from licenses.rules.tables.red_flag_definitions import RedFlagRow
from licenses.rules.tables.rows import Meta
from licenses.rules.tables.rule_rows import SwitchRow
from licenses.rules.tables.rules_in_force import RulesInForce
from licenses.rules.types import RowRef

DATA = Path(__file__).resolve().parent.parent / "data"
STATUSES = ("active", "stayed", "not_enforced", "reserved")
VERIFIED = ("seen", "inferred", "unverified")


@dataclass(frozen=True, slots=True)
class LoadedRow:
    """A row as loaded: what it is, its canonical text for the digest, and its dates."""

    table: str
    row: Any  # one class a table (columns.py)
    text: str
    start: dt.date | None
    end: dt.date | None

    def in_force(self, as_of: dt.date) -> bool:
        """Dates are half-open; an open bound always holds."""
        return (self.start is None or self.start <= as_of) and (self.end is None or as_of < self.end)


class Tables:
    """All rows of all dates. `in_force` gives the rules of one date, built once for each stretch without a change."""

    def __init__(self, lines: Iterable[LoadedRow]) -> None:
        self._lines = tuple(lines)
        bounds = {bound for line in self._lines for bound in (line.start, line.end) if bound is not None}
        self._bounds = sorted(bounds)
        self._built: dict[int, RulesInForce] = {}
        self.questionnaire_codes = frozenset(
            line.row.code for line in self._lines if isinstance(line.row, RedFlagRow) and line.row.kind == "questionnaire"
        )
        """The codes that `answers.rf` takes, of any date, so that an older application can still be read."""

    @property
    def lines(self) -> tuple[LoadedRow, ...]:
        """Every row of every date, in the order of files and lines."""
        return self._lines

    def in_force(self, as_of: dt.date) -> RulesInForce:
        """The rules in force on a date. Two dates between which no row begins or ends share one object and one digest."""
        stretch = bisect_right(self._bounds, as_of)
        rules = self._built.get(stretch)
        if rules is None:
            rules = self._build([line for line in self._lines if line.in_force(as_of)])
            self._built[stretch] = rules
        return rules

    def with_switches(self, rows: Iterable[SwitchRow]) -> Tables:
        """These tables with run-time switch rows instead of the file's rows of the same names (two list admins approve
        them; they enter the digest). Raises TableError when the rows of a switch overlap."""
        added = tuple(rows)
        names = {row.name for row in added}
        kept = [line for line in self._lines if not (isinstance(line.row, SwitchRow) and line.row.name in names)]
        lines = [_switch_line(row) for row in added]
        _check_overlaps(lines)
        return Tables([*kept, *lines])

    @staticmethod
    def _build(lines: list[LoadedRow]) -> RulesInForce:
        digest = hashlib.sha256()
        rows: dict[str, list[Any]] = {name: [] for name in TABLES}
        for line in lines:
            digest.update(line.text.encode())
            rows[line.table].append(line.row)
        return RulesInForce(rows, digest.hexdigest())


@lru_cache(maxsize=1)
def load() -> Tables:
    """The product's own tables. Raises TableError naming file, line and remedy."""
    return read_tables(DATA)


def read_tables(folder: Path, *, force: bool = False) -> Tables:
    """Read and validate every CSV of a folder, all or nothing; `force` lets row counts differ from the edition's."""
    lines: list[LoadedRow] = []
    for name, spec in TABLES.items():
        path = folder / f"{name}.csv"
        if not path.is_file():
            raise TableError(path.name, 0, "the file is missing; restore it from version control")
        lines.extend(_read(path, spec))
    for path in sorted(folder.glob("*.csv")):
        if path.stem not in TABLES:
            raise TableError(path.name, 0, "no rule reads this table; remove it, or give it its columns")
    _check_overlaps(lines)
    rows: dict[str, list[Any]] = {name: [] for name in TABLES}
    for line in lines:
        rows[line.table].append(line.row)
    check_tables(rows, force=force)
    return Tables(lines)


def _read(path: Path, spec: TableSpec) -> Iterable[LoadedRow]:
    header = ("rule_id", *spec.columns, *TAIL)
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file, strict=True)
        if tuple(next(reader, ())) != header:
            raise TableError(path.name, 1, f"the header must be exactly {','.join(header)}")
        try:
            for values in reader:
                if len(values) != len(header):
                    raise TableError(path.name, reader.line_num, f"{len(values)} values, {len(header)} columns; quote commas")
                yield _line(path, reader.line_num, dict(zip(header, values, strict=True)), spec)
        except csv.Error as error:
            raise TableError(path.name, reader.line_num, f"not readable as CSV ({error}); check the quotes") from error


def _line(path: Path, number: int, raw: Mapping[str, str], spec: TableSpec) -> LoadedRow:
    for column in ("rule_id", "citation"):
        if not raw[column].strip():
            raise TableError(path.name, number, f"{column} is blank; every rule has one")
    for column, allowed in (("verified", VERIFIED), ("enforcement_status", STATUSES)):
        if raw[column] not in allowed:
            raise TableError(path.name, number, f"{column} {raw[column]!r} is none of {', '.join(allowed)}")
    try:
        start, end = _date(raw["effective_from"]), _date(raw["effective_to"])
        source = dt.date.fromisoformat(raw["source_as_of"])
        if start and end and end <= start:
            raise ValueError("effective_to must be after effective_from")
        ref = RowRef(path.stem, raw["rule_id"], raw["verified"], start, end, raw["enforcement_status"])
        row = spec.build(Meta(ref, raw["citation"], source, number), raw)
    except ValueError as error:
        raise TableError(path.name, number, f"{error}; correct the row") from error
    text = _canonical(path.stem, (value for column, value in raw.items() if column not in spec.shown))
    return LoadedRow(path.stem, row, text, start, end)


def _canonical(table: str, values: Iterable[str]) -> str:
    return "\x1f".join((table, *values)) + "\n"


def _date(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _switch_line(row: SwitchRow) -> LoadedRow:
    ref = row.meta.ref
    values = (ref.rule_id, row.name, row.state, row.value, row.text, str(ref.effective_from or ""), str(ref.effective_to or ""))
    text = _canonical("switches", (*values, ref.enforcement_status, row.meta.citation, ref.verified, str(row.meta.source_as_of)))
    return LoadedRow("switches", row, text, ref.effective_from, ref.effective_to)


def _check_overlaps(lines: Iterable[LoadedRow]) -> None:
    earlier: dict[tuple[str, str], list[LoadedRow]] = {}
    low, high = dt.date.min, dt.date.max
    for line in lines:
        same = earlier.setdefault((line.table, line.row.meta.ref.rule_id), [])
        for before in same:
            if (line.start or low) < (before.end or high) and (before.start or low) < (line.end or high):
                raise TableError(
                    f"{line.table}.csv",
                    line.row.meta.line,
                    f"{line.row.meta.ref.rule_id} overlaps line {before.row.meta.line}; close the earlier row first",
                )
        same.append(line)
