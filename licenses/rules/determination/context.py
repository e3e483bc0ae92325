"""The notebook of one determination: what the steps have found so far. Steps write to it, determine.py reads the outcome.

It lives for one call of `determine` and is the only thing here that changes; facts go in and findings come out frozen.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from licenses.rules.eccn import Eccn, Fit, parse_eccn
from licenses.rules.facts.catalog import CONDITION_PREFIX, FACTS, question_for
from licenses.rules.tables.rows import CclRow, Meta
from licenses.rules.tables.rules_in_force import RulesInForce
from licenses.rules.types import (
    Case,
    Duty,
    FactValue,
    Finding,
    HitRef,
    MissingFact,
    Reply,
    Requirement,
    RowRef,
    TransactionType,
)

POLICY_WORDS = {
    "POLICY_OF_DENIAL": "policy of denial",
    "PRESUMPTION_OF_DENIAL": "presumption of denial",
    "SEE_SECTION": "see section",
    "CASE_BY_CASE": "case by case",
    "PRESUMPTION_OF_APPROVAL": "presumption of approval",
    "NOT_STATED": "not stated",
}
"""Policy code -> the words shown, strictest first."""


class StepAnswer(NamedTuple):
    """What a step answers: the fields of Finding. A named tuple, because a walk makes some eighty of them."""

    reason: str
    effect: str = "none"
    citation: str = ""
    row: RowRef | None = None
    hits: tuple[HitRef, ...] = ()
    reply: Reply | None = None

    @classmethod
    def yes(
        cls, reason: str, effect: str = "none", citation: str = "", row: RowRef | None = None, hits: tuple[HitRef, ...] = ()
    ) -> StepAnswer:
        """The question is answered yes."""
        return cls(reason, effect, citation, row, hits, Reply.YES)

    @classmethod
    def no(
        cls, reason: str, effect: str = "none", citation: str = "", row: RowRef | None = None, hits: tuple[HitRef, ...] = ()
    ) -> StepAnswer:
        """The question is answered no."""
        return cls(reason, effect, citation, row, hits, Reply.NO)

    @classmethod
    def unknown(
        cls, reason: str, effect: str = "none", citation: str = "", row: RowRef | None = None, hits: tuple[HitRef, ...] = ()
    ) -> StepAnswer:
        """A fact that the answer rests on is not stated."""
        return cls(reason, effect, citation, row, hits, Reply.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the walk: its docstring is the question that a reviewer reads."""

    id: str
    citation: str
    run: Callable[[DeterminationContext], Iterable[StepAnswer]]
    question: str


def step(step_id: str, citation: str, run: Callable[[DeterminationContext], Iterable[StepAnswer]]) -> Step:
    """Bind a function to its place in the walk; the question is its docstring."""
    return Step(step_id, citation, run, " ".join((run.__doc__ or "").split()))


@dataclass(frozen=True, slots=True)
class CountryInRole:
    """A country that the rules are asked about: `role` is destination, consignee, end_user, citizenship or transit."""

    iso: str
    role: str
    region: str = ""

    @property
    def label(self) -> str:
        """Country with what it is here, for a finding."""
        return self.iso if self.role == "destination" else f"{self.iso} ({self.role.replace('_', ' ')})"


@dataclass(frozen=True, slots=True)
class RequirementAtPlace:
    """A license requirement found. `maybe` "" = definite, else what decides it. `allowed`: the license exceptions that
    its own section leaves (None: those of part 740), `paragraphs` the paragraphs of them, `source` what put it there."""

    requirement: Requirement
    country: str
    source: str
    maybe: str = ""
    allowed: frozenset[str] | None = None
    paragraphs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    policies: tuple[str, ...] = ()
    row: RowRef | None = None


@dataclass(slots=True)
class OpenQuestion:
    """A question with how often the walk needed it; the more it settles, the earlier it is shown."""

    fact: str
    text: str
    why: str
    rule_id: str
    hold: bool
    answers: tuple[str, ...]
    count: int = 1
    holders: set[str] = field(default_factory=set)

    def question(self) -> MissingFact:
        """The question as a result value."""
        return MissingFact(self.fact, self.text, self.why, self.rule_id, self.hold, self.answers)


class DeterminationContext:
    """Facts of the case, the rules, and what has been found. `subject` and `doubt` are set by step A: `subject` False =
    not subject to the EAR,
    `excluded` for good (another agency, published); `doubt` not "" = every requirement found later is only a maybe."""

    def __init__(self, case: Case, rules: RulesInForce, as_of: dt.date) -> None:
        self.case = case
        self.rules = rules
        self.as_of = as_of
        self.eccn: Eccn = parse_eccn(case.item.eccn)
        self.entry: CclRow | None = rules.ccl(self.eccn.base)
        self.places: tuple[CountryInRole, ...] = ()
        self.subject = True
        self.excluded = False
        self.doubt = ""
        self.no_export = ""
        self.findings: list[Finding] = []
        self.needs: list[RequirementAtPlace] = []
        self.asked: dict[str, OpenQuestion] = {}
        self.holds: list[str] = []
        self.stops: list[str] = []
        self.conditions: dict[str, Duty] = {}
        self.uvl = False
        self.policies: list[str] = []  # for every requirement: of a party, not of an item
        self._fits = rules.fits_of(self.eccn, self.hs6)

    @property
    def deemed(self) -> bool:
        """Is it a release of technology to a foreign person (734.13(a)(2))?"""
        return self.case.transaction is TransactionType.DEEMED_EXPORT

    def released(self, place: CountryInRole) -> bool:
        """Does the place count for a person to whom technology is released, here or abroad (734.13, 734.14)?"""
        return self.deemed or place.role == "citizenship"

    @property
    def series(self) -> str:
        """Series of the entry ("600", "9x515", "99x" …), "" when the entry is not known."""
        return self.entry.series if self.entry else ""

    @property
    def hs6(self) -> str:
        """HS-6 code of the item, "" when not stated."""
        return self.case.item.hs6

    @property
    def unit_price(self) -> Decimal | None:
        """Value over quantity in US dollars: a hint, not the wholesale price in the United States."""
        item = self.case.item
        return item.value_usd / item.quantity if item.value_usd is not None and item.quantity else None

    def fact(self, name: str) -> FactValue | None:
        """A stated fact, None when unknown."""
        return self.case.facts.get(name)

    def yes(self, name: str) -> bool:
        """Is the fact stated true?"""
        return self.case.facts.get(name) is True

    def no(self, name: str) -> bool:
        """Is the fact stated false?"""
        return self.case.facts.get(name) is False

    def text_of(self, name: str) -> str:
        """A stated text or code, "" when unknown."""
        value = self.case.facts.get(name)
        return value if isinstance(value, str) else ""

    def number(self, name: str) -> float | None:
        """A stated number, None when unknown."""
        value = self.case.facts.get(name)
        return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None

    def states(self, wanted: str) -> bool:
        """Do the facts state `name=value` (true, false or a code)?"""
        name, _, value = wanted.partition("=")
        stated = self.case.facts.get(name)
        return stated is (value == "true") if value in ("true", "false") else stated == value

    def item_fit(self, spec: str) -> Fit:
        """Does an item spec hold this item?"""
        fit = self._fits.get(spec)
        if fit is None:
            fit = self._fits[spec] = self.rules.item_fit(spec, self.eccn, self.hs6)
        return fit

    def in_any(self, spec: str, *, roles: tuple[str, ...] = ()) -> CountryInRole | None:
        """The first place that a country spec names, of the given roles if any."""
        countries = self.rules.countries(spec)
        return next((place for place in self.places if place.iso in countries and (not roles or place.role in roles)), None)

    def run(self, steps: Iterable[Step]) -> None:
        """Run steps in order; a step that says nothing is listed all the same, so that a reviewer sees it ran."""
        for one in steps:
            said = False
            for answer in one.run(self):
                said = True
                citation = answer.citation or one.citation
                self.findings.append(
                    Finding(one.id, one.question, answer.reason, answer.effect, citation, answer.row, answer.hits, answer.reply)
                )
            if not said:
                self.findings.append(Finding(one.id, one.question, "", "none", one.citation, reply=Reply.NO))

    def need(self, need: RequirementAtPlace) -> str:
        """Take down a requirement once; gives the effect to show ("requirement" or "maybe")."""
        for place, other in enumerate(self.needs):
            if other.requirement == need.requirement and other.country == need.country:
                definite = other if not other.maybe else need
                self.needs[place] = _stricter(definite, need if definite is other else other)
                break
        else:
            self.needs.append(need)
        return "maybe" if need.maybe else "requirement"

    def ask(self, fact: str, why: str, rule_id: str, *, hold: bool, text: str = "", answers: tuple[str, ...] = ()) -> None:
        """Ask for a missing fact, once; `hold` keeps the outcome at NEEDS_INFORMATION."""
        known = self.asked.get(fact)
        if known:
            known.count += 1
            if hold and not known.hold:
                known.hold, known.why, known.rule_id = True, why, rule_id
            if hold:
                known.holders.add(rule_id)
            return
        allowed = answers or (
            FACTS[fact].answers if fact in FACTS else ("true", "false") if fact.startswith(CONDITION_PREFIX) else ()
        )
        self.asked[fact] = OpenQuestion(
            fact, text or question_for(fact), why, rule_id, hold, allowed, holders={rule_id} if hold else set()
        )

    def release(self, rule_id: str) -> None:
        """A row's questions hold no longer; a question held by another row as well still does."""
        for asked in self.asked.values():
            asked.holders.discard(rule_id)
            asked.hold = asked.hold and bool(asked.holders)

    def hold(self, why: str) -> None:
        """Nothing better than NEEDS_INFORMATION, for a reason that no fact of the exporter can settle."""
        self.holds.append(why)

    def stop(self, why: str) -> None:
        """PROHIBITED."""
        self.stops.append(why)

    def duty(self, code: str, why: str, citation: str, *, before: str = "export") -> None:
        """A condition that blocks shipping until it is met."""
        self.conditions.setdefault(code, Duty(code, why, citation, before))

    def condition_answer(self, rule_id: str) -> bool | None:
        """What the exporter states about the condition printed in a row."""
        value = self.case.facts.get(CONDITION_PREFIX + rule_id)
        return value if isinstance(value, bool) else None

    def decided(self, rule_id: str) -> bool | None:
        """Is the condition printed in a row met: by a curated fact, else as the exporter states it; None when unknown."""
        for row in self.rules.conditions(rule_id):
            if self.fact(row.fact) is row.value:
                return row.result == "YES"
        return self.condition_answer(rule_id)

    def ask_condition(self, rule_id: str) -> str:
        """The fact to ask for a condition: the curated one, else the condition itself."""
        curated = self.rules.conditions(rule_id)
        return curated[0].fact if curated else CONDITION_PREFIX + rule_id


def _stricter(left: RequirementAtPlace, right: RequirementAtPlace) -> RequirementAtPlace:
    """Two sightings of one requirement: both policies count, and only exceptions that both leave."""
    allowed = right.allowed if left.allowed is None else left.allowed if right.allowed is None else left.allowed & right.allowed
    return RequirementAtPlace(
        left.requirement,
        left.country,
        left.source,
        left.maybe,
        allowed,
        {**left.paragraphs, **right.paragraphs},
        (*left.policies, *(policy for policy in right.policies if policy not in left.policies)),
        left.row,
    )


def requirement(reason: str, rule: str, meta: Meta, *, column: str = "", citation: str = "") -> Requirement:
    """A requirement that cites its row."""
    return Requirement(reason, column, rule, citation or meta.citation, verified=meta.ref.verified)


def strictest(policies: Iterable[str]) -> str:
    """The strictest of policy codes, NOT_STATED for none."""
    order = list(POLICY_WORDS)
    return min(policies, key=order.index, default="NOT_STATED")
