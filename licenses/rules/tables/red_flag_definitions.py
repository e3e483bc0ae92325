"""The rows behind the red flags: code, severity, citation, label, how it is settled, and the constants of the predicates.

Rows of data/red_flag_rules.csv are dated like every rule: a change of guidance closes a row and adds one. Kinds: `flag`
(a code with a predicate), `questionnaire` (RF_<source>_<n>, raised only by an explicit answer) and `constant`.
A code that ends in `*` is a pattern (LIST_*, CITIZENSHIP_*).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from licenses.rules.dated_rows import DatedRow, in_force, read_table
from licenses.rules.tables.loader import DATA
from licenses.rules.types import HitRef, RedFlag, Severity, TableError

RED_FLAG_RULES_CSV = DATA / "red_flag_rules.csv"
RED_FLAG_RULES_COLUMNS = ("kind", "severity", "other_severity", "dagger", "value", "covered_by", "label", "settle")
KINDS = ("flag", "questionnaire", "constant")


@dataclass(frozen=True, slots=True)
class RedFlagRow:
    """One row. `severity` is the usual one, `other_severity` the one the predicate may choose instead ("" none);
    `diversion` marks the codes with a dagger; `covered_by` names the code that already answers a questionnaire item."""

    code: str
    kind: str
    severity: Severity
    other_severity: Severity | None
    diversion: bool
    value: str
    covered_by: str
    label: str
    settle: str
    citation: str
    verified: str


@dataclass(frozen=True, slots=True)
class FlagRules:
    """The rows in force on one date."""

    rows: Mapping[str, RedFlagRow]
    order: Mapping[str, int]

    def row(self, code: str) -> RedFlagRow | None:
        """The row of a code, else of its pattern (LIST_NEW is answered by LIST_*); None when no row is in force."""
        return self.rows.get(code) or self.rows.get(code.split("_")[0] + "_*")

    def flag(
        self,
        code: str,
        why: str,
        *,
        facts: tuple[str, ...],
        severity: Severity | None = None,
        party: str = "",
        item: str = "",
        hit: HitRef | None = None,
        settled_with_hit: bool = False,
    ) -> tuple[RedFlag, ...]:
        """A red flag of this code, () when its row is not in force on the date."""
        row = self.row(code)
        if row is None:
            return ()
        return (
            RedFlag(
                code=code,
                severity=severity or row.severity,
                why=why,
                facts=facts,
                citation=row.citation,
                party=party,
                item=item,
                settle=row.settle,
                diversion=row.diversion,
                verified=row.verified,
                hit=hit,
                settled_with_hit=settled_with_hit,
            ),
        )

    def rank(self, code: str) -> int:
        """Place of a code in the table, for a stable order."""
        row = self.row(code)
        return self.order[row.code] if row else len(self.order)

    def number(self, name: str) -> Decimal:
        """A constant as a number."""
        return Decimal(self.rows[name].value)

    def date(self, name: str) -> dt.date:
        """A constant as a date."""
        return dt.date.fromisoformat(self.rows[name].value)

    def codes(self, name: str) -> frozenset[str]:
        """A constant that is a set of codes or countries."""
        return frozenset(self.rows[name].value.split())

    def families(self, name: str) -> dict[str, tuple[str, ...]]:
        """A constant that maps HS headings to families of use: `8486:USE_FOOD USE_TEXTILE;…`."""
        pairs = (part.split(":") for part in self.rows[name].value.split(";"))
        return {heading: tuple(families.split()) for heading, families in pairs}

    @property
    def questionnaire(self) -> tuple[RedFlagRow, ...]:
        """The items to ask, in table order; those a predicate answers by itself come with `covered_by`."""
        return tuple(row for row in self.rows.values() if row.kind == "questionnaire")


def red_flag_label(code: str, as_of: dt.date) -> str:
    """Name of a code on screen, in US spelling (two codes keep DEFENCE and LICENCE); the code itself when it has no row."""
    row = flag_rules(as_of).row(code)
    return row.label if row else code


def read_rows(path: Path = RED_FLAG_RULES_CSV) -> tuple[DatedRow, ...]:
    """The rows of the file, checked. Raises TableError naming the line: kind, severity, a constant without value, a code
    without label or without the way it is settled."""
    rows = read_table(path, RED_FLAG_RULES_COLUMNS)
    for row in rows:
        if row["kind"] not in KINDS:
            raise TableError(path.name, row.line, f"kind {row['kind']!r} is none of {', '.join(KINDS)}")
        if not row["label"] or not row["value" if row["kind"] == "constant" else "settle"]:
            raise TableError(path.name, row.line, f"{row.rule_id} needs a label and a value (constant) or a settle text")
        severities = {row["severity"], row["other_severity"]} - {""} if row["kind"] == "constant" else {row["severity"]}
        if not severities <= set(Severity):
            raise TableError(path.name, row.line, f"severity {row['severity']!r} is none of {', '.join(Severity)}")
    return rows


def _typed(row: DatedRow) -> RedFlagRow:
    return RedFlagRow(
        code=row.rule_id,
        kind=row["kind"],
        severity=Severity(row["severity"] or Severity.INFO),
        other_severity=Severity(row["other_severity"]) if row["other_severity"] else None,
        diversion=row["dagger"] == "1",
        value=row["value"],
        covered_by=row["covered_by"],
        label=row["label"],
        settle=row["settle"],
        citation=row.citation,
        verified=row.verified,
    )


@lru_cache(maxsize=1)
def _all_rows() -> tuple[DatedRow, ...]:
    return read_rows()


@lru_cache(maxsize=256)
def flag_rules(as_of: dt.date) -> FlagRules:
    """The rows in force on a date."""
    rows = {row.rule_id: _typed(row) for row in in_force(_all_rows(), as_of)}
    return FlagRules(rows=rows, order={code: place for place, code in enumerate(rows)})


@lru_cache(maxsize=1)
def questionnaire_codes() -> frozenset[str]:
    """The codes that `answers.rf` takes, of any date, so that an older application can still be read."""
    return frozenset(row.rule_id for row in _all_rows() if row["kind"] == "questionnaire")
