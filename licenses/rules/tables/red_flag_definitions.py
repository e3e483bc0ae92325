"""The rows behind the red flags: code, severity, citation, label, how it is settled, and the constants of the predicates.

Rows of data/red_flag_rules.csv are dated like every rule: a change of guidance closes a row and adds one. Kinds: `flag`
(a code with a predicate), `questionnaire` (RF_<source>_<n>, raised only by an explicit answer) and `constant`.
A code that ends in `*` is a pattern (LIST_*, CITIZENSHIP_*).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from licenses.rules.tables.parsers import Raw, one_of
from licenses.rules.tables.rows import Meta
from licenses.rules.types import HitRef, RedFlag, Severity

KINDS = ("flag", "questionnaire", "constant")


@dataclass(frozen=True, slots=True)
class RedFlagRow:
    """One row. `severity` is the usual one, `other_severity` the one the predicate may choose instead (None: no other);
    `diversion` marks the codes with a dagger; `covered_by` names the code that already answers a questionnaire item."""

    meta: Meta
    kind: str
    severity: Severity
    other_severity: Severity | None
    diversion: bool
    value: str
    covered_by: str
    label: str
    settle: str

    @property
    def code(self) -> str:
        """Code of the flag, of the questionnaire item, or name of the constant."""
        return self.meta.ref.rule_id


def red_flag_row(meta: Meta, raw: Raw) -> RedFlagRow:
    """Raises ValueError for an unknown kind or severity, a constant without value, a code without label or without the way
    it is settled."""
    kind = one_of(raw["kind"], KINDS, "kind")
    if not raw["label"] or not raw["value" if kind == "constant" else "settle"]:
        raise ValueError(f"{meta.ref.rule_id} needs a label and a value (constant) or a settle text")
    severity = raw["severity"] or (Severity.INFO.value if kind == "constant" else "")
    return RedFlagRow(
        meta,
        kind,
        Severity(one_of(severity, tuple(Severity), "severity")),
        Severity(one_of(raw["other_severity"], tuple(Severity), "other_severity")) if raw["other_severity"] else None,
        raw["dagger"] == "1",
        raw["value"],
        raw["covered_by"],
        raw["label"],
        raw["settle"],
    )


@dataclass(frozen=True, slots=True)
class FlagRules:
    """The rows in force on one date, by code in the order of the table."""

    rows: Mapping[str, RedFlagRow]
    order: Mapping[str, int]

    @classmethod
    def of(cls, rows: Iterable[RedFlagRow]) -> FlagRules:
        """The rules that these rows make."""
        by_code = {row.code: row for row in rows}
        return cls(by_code, {code: rank for rank, code in enumerate(by_code)})

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
                citation=row.meta.citation,
                party=party,
                item=item,
                settle=row.settle,
                diversion=row.diversion,
                verified=row.meta.ref.verified,
                hit=hit,
                settled_with_hit=settled_with_hit,
            ),
        )

    def rank(self, code: str) -> int:
        """Position of a code in the table, for a stable order."""
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
        pairs = (pair.split(":") for pair in self.rows[name].value.split(";"))
        return {heading: tuple(families.split()) for heading, families in pairs}

    def label(self, code: str) -> str:
        """Name of a code on screen, in US spelling (two codes keep DEFENCE and LICENCE); the code itself when it has no row."""
        row = self.row(code)
        return row.label if row else code
