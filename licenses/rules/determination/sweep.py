"""Every ECCN to every country: what `determine` answers, and whether the Country Chart allows it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from licenses.rules.countries import COUNTRY_NAMES
from licenses.rules.determination.determine import determine
from licenses.rules.determination.steps.embargo_requirements import SECTION_ONLY
from licenses.rules.facts.catalog import FACTS, FactKind
from licenses.rules.tables.rows import CclRow
from licenses.rules.tables.rules_in_force import RulesInForce
from licenses.rules.types import Case, FactValue, ItemFacts, Outcome, TransactionType

END_USES = (
    "military", "military_intelligence", "nuclear", "missile", "chemical_biological", "supercomputer", "advanced_ic",
    "ic_fabrication", "sme_production", "oil_gas_russia", "maritime_nuclear_propulsion", "foreign_vessel_or_aircraft",
    "us_person_support",
)  # fmt: skip
"""Facts that a careful exporter answers for every shipment; a sweep with them denied shows what the item alone needs."""
ANY_ECCN_NEEDS = SECTION_ONLY | {"RU", "BY"}
"""Destinations to which no entry of the CCL goes without a requirement or a question."""


@dataclass(slots=True)
class Sweep:
    """What a sweep found. `better`: pairs answered better than the chart allows; `crashed`: pairs with the error raised;
    `nanoseconds`: processor time of each call, when a clock was given."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    better: list[str] = field(default_factory=list)
    crashed: list[str] = field(default_factory=list)
    nanoseconds: list[int] = field(default_factory=list)

    def add(self, other: Sweep) -> None:
        """Take in what another part of the sweep found."""
        self.outcomes += other.outcomes
        self.better += other.better
        self.crashed += other.crashed
        self.nanoseconds += other.nanoseconds


def denied() -> dict[str, FactValue]:
    """Every end use of END_USES denied."""
    return {fact: False for fact in END_USES if FACTS[fact].kind is FactKind.BOOL}


def sweep(
    rules: RulesInForce,
    entries: Sequence[CclRow],
    facts: Mapping[str, FactValue],
    *,
    as_of: dt.date,
    clock: Callable[[], int] | None = None,
) -> Sweep:
    """An export of one item of each entry to each country, without parties. `clock`: nanoseconds of processor time."""
    result = Sweep()
    for entry in entries:
        for iso in COUNTRY_NAMES:
            case = Case("sweep", TransactionType.EXPORT, iso, ItemFacts("item", entry.eccn), (), facts)
            begun = clock() if clock else 0
            try:
                outcome = determine(case, rules, as_of=as_of).outcome
            except Exception as error:  # a crash of any kind is what the sweep looks for
                result.crashed.append(f"{entry.eccn} to {iso}: {type(error).__name__} {error}")
                continue
            if clock:
                result.nanoseconds.append(clock() - begun)
            result.outcomes[outcome] += 1
            if outcome.rank < least_allowed(rules, entry, iso).rank:
                result.better.append(f"{entry.eccn} to {iso}: {outcome.value}")
    return result


def least_allowed(rules: RulesInForce, entry: CclRow, iso: str) -> Outcome:
    """The best outcome that the tables allow for an entry and a country, read without the walk: a mark of the chart for a
    row that holds the entire entry, or a destination of part 746 that needs a license for every entry, needs at least an
    exception; a country or an entry without rows is never answered."""
    if entry.other_agency:
        return Outcome.NOT_SUBJECT_TO_EAR
    governing = rules.countries.governing(iso)
    if governing in ANY_ECCN_NEEDS and entry.eccn != "EAR99":
        return Outcome.LICENSE_EXCEPTION
    chart = rules.countries.chart(iso)
    if chart is None or (entry.eccn != "EAR99" and not rules.items.controls(entry.eccn)):
        return Outcome.NEEDS_INFORMATION
    marked = any(
        row.kind == "chart" and row.scope_kind == "entire" and row.meta.enforced and set(row.columns) & chart.marks
        for row in rules.items.controls(entry.eccn)
    )
    return Outcome.LICENSE_EXCEPTION if marked else Outcome.NO_LICENSE_REQUIRED
