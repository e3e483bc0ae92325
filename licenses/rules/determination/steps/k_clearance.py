"""Step K: what goes on the export papers and what is kept. Information; only open conditions block shipping."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from licenses.rules.determination.context import DeterminationContext, Step, StepAnswer, step
from licenses.rules.facts.catalog import CONDITION_PREFIX
from licenses.rules.types import Outcome

STALE_DAYS = 60
"""Product default when no switch row is in force."""


def clearance_notes(outcome: Outcome, code: str) -> Callable[[DeterminationContext], Iterable[StepAnswer]]:
    """The notes for an outcome; `code` is the license exception relied on, "" for none."""

    def run(ctx: DeterminationContext) -> Iterable[StepAnswer]:
        """What goes on the export papers, and which duties come before shipping?"""
        if outcome is Outcome.NO_LICENSE_REQUIRED:
            yield StepAnswer("license code: NLR (no license required)", "note", "758.1(g)")
        if outcome is Outcome.LICENSE_EXCEPTION:
            yield StepAnswer(f"license code: the symbol of License Exception {code}", "note", "758.1(g)")
        if not ctx.item.eccn.is_ear99 and ctx.subject:
            yield StepAnswer(
                f"ECCN {ctx.item.eccn} on the EEI, unless AT is the only reason and the export is NLR", "note", "758.1(g)(3)"
            )
            yield StepAnswer("destination control statement on the commercial invoice", "note", "758.6")
        yield StepAnswer("records are kept for five years", "note", "762.6(a)")
        for condition in ctx.conditions.values():
            yield StepAnswer(f"{condition.code}: {condition.why}", "note", condition.citation)

    return run


def data_age(ctx: DeterminationContext) -> Iterable[StepAnswer]:
    """How old is the rule data, does the date asked for lie before it, and was every stated condition read?"""
    newest = ctx.rules.newest_source
    stale = dt.timedelta(days=ctx.rules.switch_number("stale_days", STALE_DAYS))
    if ctx.as_of < newest:
        yield StepAnswer(
            f"the rule data is of {newest}; rows without a known start are taken to apply on {ctx.as_of} too", "note"
        )
    elif ctx.as_of - newest > stale:
        yield StepAnswer(
            f"the rule data is of {newest}, older than {stale.days} days on {ctx.as_of}: check for later rules", "note"
        )
    else:
        yield StepAnswer(f"the rule data is of {newest}", "none")
    for fact in ctx.case.facts:
        rule_id = fact.removeprefix(CONDITION_PREFIX)
        if rule_id != fact and not rule_id.startswith("EL-") and not ctx.rules.has_rule(rule_id):
            yield StepAnswer(f"{fact}: no rule of this id is in force; the answer was not read", "note")


def clearance_steps(outcome: Outcome, code: str) -> tuple[Step, ...]:
    """Step K for an outcome."""
    return step("K", "758.1", clearance_notes(outcome, code)), step("K", "part 774", data_age)
