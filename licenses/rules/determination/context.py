"""The context of one determination: what the steps have found so far. Steps write to it, determine.py reads the outcome.

It lives for one call of `determine` and is the only thing here that changes; facts go in and findings come out frozen.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from licenses.rules.determination.classified_item import ClassifiedItem
from licenses.rules.determination.requirements import RequirementAtPlace, stricter
from licenses.rules.determination.stated_facts import StatedFacts
from licenses.rules.facts.catalog import CONDITION_PREFIX, FACTS, question_for
from licenses.rules.tables.rules_in_force import RulesInForce
from licenses.rules.types import Case, Duty, Finding, HitRef, MissingFact, Reply, RowRef, TransactionType


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


@dataclass(slots=True)
class OpenQuestion:
    """A question with how often the steps needed it; the more it settles, the earlier it is shown."""

    fact: str
    text: str
    why: str
    rule_id: str
    hold: bool
    answers: tuple[str, ...]
    count: int = 1
    holders: set[str] = field(default_factory=set)

    def as_missing_fact(self) -> MissingFact:
        """The question as a result value."""
        return MissingFact(self.fact, self.text, self.why, self.rule_id, self.hold, self.answers)


class DeterminationContext:
    """What the steps ask (`facts`, `item`, `places`, `rules`) and what they have found. `subject` and `doubt` are set by step A:
    `subject` False = not subject to the EAR, `excluded` for good (another agency, published); `doubt` not "" = every
    requirement found later is only a maybe."""

    def __init__(self, case: Case, rules: RulesInForce, as_of: dt.date) -> None:
        self.case = case
        self.rules = rules
        self.as_of = as_of
        self.facts = StatedFacts(case.facts)
        self.item = ClassifiedItem(case.item, rules.items)
        self.places: tuple[CountryInRole, ...] = ()
        self.subject = True
        self.excluded = False
        self.doubt = ""
        self.no_export = ""
        self.findings: list[Finding] = []
        self.needs: list[RequirementAtPlace] = []
        self.questions: dict[str, OpenQuestion] = {}
        self.holds: list[str] = []
        self.stops: list[str] = []
        self.conditions: dict[str, Duty] = {}
        self.uvl = False
        self.policies: list[str] = []  # for every requirement: of a party, not of an item

    @property
    def deemed(self) -> bool:
        """Is it a release of technology to a foreign person (734.13(a)(2))?"""
        return self.case.transaction is TransactionType.DEEMED_EXPORT

    def released(self, place: CountryInRole) -> bool:
        """Does the place count for a person to whom technology is released, here or abroad (734.13, 734.14)?"""
        return self.deemed or place.role == "citizenship"

    def in_any(self, spec: str, *, roles: tuple[str, ...] = ()) -> CountryInRole | None:
        """The first place that a country spec names, of the given roles if any."""
        countries = self.rules.countries.named(spec)
        return next((place for place in self.places if place.iso in countries and (not roles or place.role in roles)), None)

    def run(self, steps: Iterable[Step]) -> None:
        """Run steps in order; a step that says nothing is listed all the same, so that a reviewer sees it ran."""
        for current in steps:
            silent = True
            for answer in current.run(self):
                silent = False
                citation = answer.citation or current.citation
                self.findings.append(
                    Finding(
                        current.id,
                        current.question,
                        answer.reason,
                        answer.effect,
                        citation,
                        answer.row,
                        answer.hits,
                        answer.reply,
                    )
                )
            if silent:
                self.findings.append(Finding(current.id, current.question, "", "none", current.citation, reply=Reply.NO))

    def need(self, need: RequirementAtPlace) -> str:
        """Take down a requirement once; gives the effect to show ("requirement" or "maybe")."""
        for index, other in enumerate(self.needs):
            if other.requirement == need.requirement and other.country == need.country:
                definite = other if not other.maybe else need
                self.needs[index] = stricter(definite, need if definite is other else other)
                break
        else:
            self.needs.append(need)
        return "maybe" if need.maybe else "requirement"

    def ask(self, fact: str, why: str, rule_id: str, *, hold: bool, text: str = "", answers: tuple[str, ...] = ()) -> None:
        """Ask for a missing fact, once; `hold` keeps the outcome at NEEDS_INFORMATION."""
        known = self.questions.get(fact)
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
        self.questions[fact] = OpenQuestion(
            fact, text or question_for(fact), why, rule_id, hold, allowed, holders={rule_id} if hold else set()
        )

    def release(self, rule_id: str) -> None:
        """A row's questions hold no longer; a question held by another row as well still does."""
        for question in self.questions.values():
            question.holders.discard(rule_id)
            question.hold = question.hold and bool(question.holders)

    def hold(self, why: str) -> None:
        """Nothing better than NEEDS_INFORMATION, for a reason that no fact of the exporter can settle."""
        self.holds.append(why)

    def stop(self, why: str) -> None:
        """PROHIBITED."""
        self.stops.append(why)

    def duty(self, code: str, why: str, citation: str, *, before: str = "export") -> None:
        """A condition that blocks shipping until it is met."""
        self.conditions.setdefault(code, Duty(code, why, citation, before))

    def decided(self, rule_id: str) -> bool | None:
        """Is the condition printed in a row met: by a curated fact, else as the exporter states it; None when unknown."""
        for row in self.rules.items.conditions(rule_id):
            if self.facts.value(row.fact) is row.value:
                return row.result == "YES"
        return self.facts.condition(rule_id)

    def ask_condition(self, rule_id: str) -> str:
        """The fact to ask for a condition: the curated one, else the condition itself."""
        curated = self.rules.items.conditions(rule_id)
        return curated[0].fact if curated else CONDITION_PREFIX + rule_id
