"""Step K: what goes on the export papers and what is kept. Information; only open conditions block shipping."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from licenses.rules.determination.context import Said, Step, Walk, step
from licenses.rules.facts.catalog import CONDITION_PREFIX
from licenses.rules.types import Outcome

STALE_DAYS = 60
"""Product default when no switch row is in force."""


def clearance_notes(outcome: Outcome, code: str) -> Callable[[Walk], Iterable[Said]]:
    """The notes for an outcome; `code` is the license exception relied on, "" for none."""

    def run(w: Walk) -> Iterable[Said]:
        """What goes on the export papers, and which duties come before shipping?"""
        if outcome is Outcome.NO_LICENSE_REQUIRED:
            yield Said("license code: NLR (no license required)", "note", "758.1(g)")
        if outcome is Outcome.LICENSE_EXCEPTION:
            yield Said(f"license code: the symbol of License Exception {code}", "note", "758.1(g)")
        if not w.eccn.is_ear99 and w.subject:
            yield Said(f"ECCN {w.eccn} on the EEI, unless AT is the only reason and the export is NLR", "note", "758.1(g)(3)")
            yield Said("destination control statement on the commercial invoice", "note", "758.6")
        yield Said("records are kept for five years", "note", "762.6(a)")
        for condition in w.conditions.values():
            yield Said(f"{condition.code}: {condition.why}", "note", condition.citation)

    return run


def data_age(w: Walk) -> Iterable[Said]:
    """How old is the rule data, does the date asked for lie before it, and was every stated condition read?"""
    newest = w.rules.newest_source
    stale = dt.timedelta(days=w.rules.switch_number("stale_days", STALE_DAYS))
    if w.as_of < newest:
        yield Said(f"the rule data is of {newest}; rows without a known start are taken to apply on {w.as_of} too", "note")
    elif w.as_of - newest > stale:
        yield Said(f"the rule data is of {newest}, older than {stale.days} days on {w.as_of}: check for later rules", "note")
    else:
        yield Said(f"the rule data is of {newest}", "none")
    for fact in w.case.facts:
        rule_id = fact.removeprefix(CONDITION_PREFIX)
        if rule_id != fact and not rule_id.startswith("EL-") and not w.rules.has_rule(rule_id):
            yield Said(f"{fact}: no rule of this id is in force; the answer was not read", "note")


def clearance_steps(outcome: Outcome, code: str) -> tuple[Step, ...]:
    """Step K for an outcome."""
    return step("K", "758.1", clearance_notes(outcome, code)), step("K", "part 774", data_age)
