"""The license determination: one pure function over the facts, the parties with their hits, and the rules in force on a date.

Order of the walk: A, B, C, D, E, F, G, H, then I, J, K (docs/determination.md). Every step runs, a stop in one does not end
the others, so that the exporter sees everything at once. Unknown is a value of its own and never frees the exporter.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from licenses.rules.determination.context import DeterminationContext, OpenQuestion
from licenses.rules.determination.exceptions.i_exceptions import Coverage, cover, exception_step, relied_on
from licenses.rules.determination.steps import (
    a_jurisdiction,
    c_destination,
    d_denial,
    e_embargo,
    f_end_use,
    f_parties,
    g_chart,
    h_prohibitions,
    j_review,
)
from licenses.rules.determination.steps.b_classification import CLASSIFICATION
from licenses.rules.determination.steps.k_clearance import clearance_steps
from licenses.rules.review_policies import strictness
from licenses.rules.tables.rules_in_force import RulesInForce
from licenses.rules.types import Case, Determination, ExceptionFinding, Finding, MissingFact, Outcome, Requirement, gravest


def determine(case: Case, rules: RulesInForce, *, as_of: dt.date) -> Determination:
    """Answer for one item on a date. Raises RuleInputError for an ECCN that cannot be read."""
    ctx = DeterminationContext(case, rules, as_of)
    ctx.places = c_destination.places_of(case, rules.countries)
    ctx.run(a_jurisdiction.STEPS)
    ctx.run((CLASSIFICATION,))
    ctx.run(c_destination.STEPS)
    ctx.run(d_denial.D_STEPS)
    if ctx.subject and not ctx.no_export:
        ctx.run((*e_embargo.STEPS, *f_parties.F_STEPS, *f_end_use.F10_STEPS, *f_end_use.F11_STEPS, *g_chart.STEPS))
    else:
        ctx.run((*f_parties.F_STEPS, *f_end_use.F11_STEPS))
        _drop_what_needs_jurisdiction(ctx)
    ctx.run(h_prohibitions.STEPS)
    _put_in_doubt(ctx)
    coverage = cover(ctx)
    outcome = _outcome(ctx, coverage)
    if outcome is Outcome.LICENSE_EXCEPTION:
        relied_on(ctx, coverage.available[0])
    if ctx.uvl and outcome in (Outcome.NO_LICENSE_REQUIRED, Outcome.NEEDS_INFORMATION):
        ctx.duty("UVL_STATEMENT_BEFORE_SHIPMENT", "a UVL statement of the party comes before an NLR shipment", "744.15(b)")
    ctx.run(
        (
            exception_step(coverage),
            *j_review.STEPS,
            *clearance_steps(outcome, coverage.available[0] if coverage.available else ""),
        )
    )
    return _result(ctx, outcome, coverage)


def determine_unclassified(case: Case, rules: RulesInForce, *, as_of: dt.date) -> Determination:
    """Answer for an item without an ECCN: walked as EAR99, which is the least any item can need, and never better than
    NEEDS_INFORMATION. A stop or a requirement that reaches every item is thus still found."""
    least = determine(replace(case, item=replace(case.item, eccn="EAR99")), rules, as_of=as_of)
    missing = Finding("B", CLASSIFICATION.question, "no ECCN is stated; walked as EAR99, the least of all", "question", "774")
    eccn_question = MissingFact("eccn", g_chart.ECCN_QUESTION, "no ECCN is stated", "774", True, ())
    others = (question for question in least.questions if question.fact != eccn_question.fact)
    return replace(
        least,
        outcome=gravest(least.outcome, Outcome.NEEDS_INFORMATION),
        questions=(eccn_question, *others),
        steps=(missing, *least.steps),
    )


SETTLES_FIRST = {"destination": 0, "eccn": 1}
"""Questions that settle more than any other: every row is about an ECCN and a destination. The others go by how many rows ask."""


def _drop_what_needs_jurisdiction(ctx: DeterminationContext) -> None:
    """Not subject to the EAR, or no export at all: only US-person support (744.6) can still require a license."""
    ctx.needs = [need for need in ctx.needs if need.source == "support"]
    ctx.uvl = False
    ctx.conditions.clear()
    for question in ctx.questions.values():
        question.hold = question.hold and question.rule_id.startswith("744.6")


def _put_in_doubt(ctx: DeterminationContext) -> None:
    """While jurisdiction or the person's status is unknown, every requirement is a maybe."""
    if not ctx.doubt:
        return
    ctx.hold(ctx.doubt)
    for index, need in enumerate(ctx.needs):
        if not need.maybe and need.source != "support":
            ctx.needs[index] = replace(need, maybe=ctx.doubt)


def _outcome(ctx: DeterminationContext, coverage: Coverage) -> Outcome:
    """The first line of docs/determination.md, section 4, that fits; a stop is looked at before jurisdiction."""
    definite = [need for need in ctx.needs if not need.maybe]
    maybe = any(need.maybe for need in ctx.needs) and not coverage.whole
    waiting = bool(ctx.holds) or maybe or any(question.hold for question in ctx.questions.values())
    if ctx.stops:
        return Outcome.PROHIBITED
    if definite and not coverage.available and not coverage.possible:
        return Outcome.LICENSE_REQUIRED
    if waiting or (definite and not coverage.available):
        return Outcome.NEEDS_INFORMATION
    if not ctx.subject and not definite:
        return Outcome.NOT_SUBJECT_TO_EAR
    if definite:
        return Outcome.LICENSE_EXCEPTION
    return Outcome.NEEDS_INFORMATION if _rests_on_memory(ctx) and not ctx.no_export else Outcome.NO_LICENSE_REQUIRED


def _rests_on_memory(ctx: DeterminationContext) -> bool:
    """An entry all of whose requirement rows are unverified never gives NO_LICENSE_REQUIRED."""
    rows = ctx.rules.items.controls(ctx.item.eccn.base)
    return bool(rows) and all(row.meta.unverified for row in rows)


def _requirements(ctx: DeterminationContext) -> tuple[Requirement, ...]:
    """The definite requirements, once each; one that stands at two places is shown with the stricter policy."""
    strictest: dict[tuple[str, str, str, str], Requirement] = {}
    for need in ctx.needs:
        requirement = need.requirement
        key = (requirement.reason, requirement.column, requirement.rule, requirement.citation)
        if not need.maybe and (key not in strictest or strictness(requirement.policy) < strictness(strictest[key].policy)):
            strictest[key] = requirement
    return tuple(strictest.values())


def _settles_first(question: OpenQuestion) -> tuple[bool, int, int]:
    return not question.hold, SETTLES_FIRST.get(question.fact, len(SETTLES_FIRST)), -question.count


def _result(ctx: DeterminationContext, outcome: Outcome, coverage: Coverage) -> Determination:
    most_settling_first = sorted(ctx.questions.values(), key=_settles_first)
    steps: tuple[Finding, ...] = tuple(ctx.findings)
    exceptions: tuple[ExceptionFinding, ...] = coverage.findings
    unverified = {(step.row.table, step.row.rule_id) for step in steps if step.row and step.row.verified == "unverified"}
    for relied in exceptions if outcome is Outcome.LICENSE_EXCEPTION else ():
        if relied.code == coverage.available[0] and relied.verified == "unverified":
            unverified.add(("exceptions", relied.code))
    return Determination(
        id=ctx.case.id,
        outcome=outcome,
        requirements=_requirements(ctx),
        exceptions=exceptions,
        review_policy=j_review.overall(ctx),
        questions=tuple(question.as_missing_fact() for question in most_settling_first),
        conditions=tuple(ctx.conditions.values()),
        steps=steps,
        rules=ctx.rules.digest,
        unverified_rules=len(unverified),
    )
