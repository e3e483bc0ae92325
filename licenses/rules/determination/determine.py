"""The license determination: one pure function over the facts, the parties with their hits, and the rules in force on a date.

Order of the walk: A, B, C, D, E, F, G, H, then I, J, K (docs/determination.md). Every step runs, a stop in one does not end
the others, so that the exporter sees everything at once. Unknown is a value of its own and never frees the exporter.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from licenses.rules.determination.context import POLICY_WORDS, Need, Said, Walk, step
from licenses.rules.determination.exceptions.i_exceptions import Coverage, cover, exception_step, relied_on
from licenses.rules.determination.steps import (
    a_jurisdiction,
    c_destination,
    e_embargo,
    f_end_use,
    f_parties,
    g_chart,
    h_prohibitions,
    j_review,
)
from licenses.rules.determination.steps.k_clearance import clearance_steps
from licenses.rules.tables.rules_in_force import Rules
from licenses.rules.types import Case, Determination, ExceptionFinding, Finding, Outcome, Question, Requirement, gravest

__all__ = ["determine", "determine_unclassified"]


def determine(case: Case, rules: Rules, *, as_of: dt.date) -> Determination:
    """Answer for one item on a date. Raises RuleInputError for an ECCN that cannot be read."""
    w = Walk(case, rules, as_of)
    w.places = c_destination.places_of(case, rules)
    w.run(a_jurisdiction.STEPS)
    w.run((CLASSIFICATION,))
    w.run(c_destination.STEPS)
    w.run(f_parties.D_STEPS)
    if w.subject and not w.no_export:
        w.run((*e_embargo.STEPS, *f_parties.F_STEPS, *f_end_use.F10_STEPS, *f_end_use.F11_STEPS, *g_chart.STEPS))
    else:
        w.run((*f_parties.F_STEPS, *f_end_use.F11_STEPS))
        _drop_what_needs_jurisdiction(w)
    w.run(h_prohibitions.STEPS)
    _put_in_doubt(w)
    coverage = cover(w)
    outcome = _outcome(w, coverage)
    if outcome is Outcome.LICENSE_EXCEPTION:
        relied_on(w, coverage.available[0])
    if w.uvl and outcome in (Outcome.NO_LICENSE_REQUIRED, Outcome.NEEDS_INFORMATION):
        w.duty("UVL_STATEMENT_BEFORE_SHIPMENT", "a UVL statement of the party comes before an NLR shipment", "744.15(b)")
    w.run(
        (
            exception_step(coverage),
            *j_review.STEPS,
            *clearance_steps(outcome, coverage.available[0] if coverage.available else ""),
        )
    )
    return _result(w, outcome, coverage)


def determine_unclassified(case: Case, rules: Rules, *, as_of: dt.date) -> Determination:
    """Answer for an item without an ECCN: walked as EAR99, which is the least any item can need, and never better than
    NEEDS_INFORMATION. A stop or a requirement that reaches every item is thus still found."""
    least = determine(replace(case, item=replace(case.item, eccn="EAR99")), rules, as_of=as_of)
    missing = Finding("B", CLASSIFICATION.question, "no ECCN is stated; walked as EAR99, the least of all", "question", "774")
    asked = Question("eccn", g_chart.ECCN_QUESTION, "no ECCN is stated", "774", True, ())
    others = (question for question in least.questions if question.fact != asked.fact)
    return replace(
        least,
        outcome=gravest(least.outcome, Outcome.NEEDS_INFORMATION),
        questions=(asked, *others),
        steps=(missing, *least.steps),
    )


def classification(w: Walk) -> Iterable[Said]:
    """Which ECCN does the exporter state, and which entry is it?"""
    if w.entry is None:
        yield Said(f"{w.eccn}: stated by the exporter; no such entry in the tables", "question")
    else:
        yield Said(f"{w.eccn}: stated by the exporter", "none", w.entry.meta.citation, w.entry.meta.ref)
        why = w.rules.doubtful_paragraph(w.eccn)
        if why:
            w.ask("eccn", why, w.entry.meta.ref.rule_id, hold=True, text=f"Which paragraph of {w.eccn.base} is the item under?")
            yield Said(why, "question", w.entry.meta.citation, w.entry.meta.ref)


SETTLES_FIRST = {"destination": 0, "eccn": 1}
"""Questions that settle more than any other: every row is about an ECCN and a destination. The others go by how many rows ask."""
CLASSIFICATION = step("B", "774", classification)


def _drop_what_needs_jurisdiction(w: Walk) -> None:
    """Not subject to the EAR, or no export at all: only US-person support (744.6) can still require a license."""
    w.needs = [need for need in w.needs if need.source == "support"]
    w.uvl = False
    w.conditions.clear()
    for asked in w.asked.values():
        asked.hold = asked.hold and asked.rule_id.startswith("744.6")


def _put_in_doubt(w: Walk) -> None:
    """While jurisdiction or the person's status is unknown, every requirement is a maybe."""
    if not w.doubt:
        return
    w.hold(w.doubt)
    for place, need in enumerate(w.needs):
        if not need.maybe and need.source != "support":
            w.needs[place] = _as_maybe(need, w.doubt)


def _as_maybe(need: Need, why: str) -> Need:
    return replace(need, maybe=why)


def _outcome(w: Walk, coverage: Coverage) -> Outcome:
    """The first line of docs/determination.md, section 4, that fits; a stop is looked at before jurisdiction."""
    definite = [need for need in w.needs if not need.maybe]
    maybe = any(need.maybe for need in w.needs) and not coverage.whole
    waiting = bool(w.holds) or maybe or any(asked.hold for asked in w.asked.values())
    if w.stops:
        return Outcome.PROHIBITED
    if definite and not coverage.available and not coverage.possible:
        return Outcome.LICENSE_REQUIRED
    if waiting or (definite and not coverage.available):
        return Outcome.NEEDS_INFORMATION
    if not w.subject and not definite:
        return Outcome.NOT_SUBJECT_TO_EAR
    if definite:
        return Outcome.LICENSE_EXCEPTION
    return Outcome.NEEDS_INFORMATION if _rests_on_memory(w) and not w.no_export else Outcome.NO_LICENSE_REQUIRED


def _rests_on_memory(w: Walk) -> bool:
    """An entry all of whose requirement rows are unverified never gives NO_LICENSE_REQUIRED."""
    rows = w.rules.controls(w.eccn.base)
    return bool(rows) and all(row.meta.unverified for row in rows)


def _requirements(w: Walk) -> tuple[Requirement, ...]:
    """The definite requirements, once each; one that stands at two places is shown with the stricter policy."""
    strictness = list(POLICY_WORDS.values())
    made: dict[tuple[str, str, str, str], Requirement] = {}
    for need in w.needs:
        one = need.requirement
        key = (one.reason, one.column, one.rule, one.citation)
        if not need.maybe and (key not in made or strictness.index(one.policy) < strictness.index(made[key].policy)):
            made[key] = one
    return tuple(made.values())


def _result(w: Walk, outcome: Outcome, coverage: Coverage) -> Determination:
    asked = sorted(w.asked.values(), key=lambda one: (not one.hold, SETTLES_FIRST.get(one.fact, len(SETTLES_FIRST)), -one.count))
    questions: tuple[Question, ...] = tuple(one.question() for one in asked)
    made = _requirements(w)
    steps: tuple[Finding, ...] = tuple(w.findings)
    exceptions: tuple[ExceptionFinding, ...] = coverage.findings
    unverified = {(step.row.table, step.row.rule_id) for step in steps if step.row and step.row.verified == "unverified"}
    for relied in exceptions if outcome is Outcome.LICENSE_EXCEPTION else ():
        if relied.code == coverage.available[0] and relied.verified == "unverified":
            unverified.add(("exceptions", relied.code))
    return Determination(
        id=w.case.id,
        outcome=outcome,
        requirements=made,
        exceptions=exceptions,
        review_policy=j_review.overall(w),
        questions=questions,
        conditions=tuple(w.conditions.values()),
        steps=steps,
        rules=w.rules.digest,
        unverified_rules=len(unverified),
    )
