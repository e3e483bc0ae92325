"""The sweep over entries and countries counts what it meets, and tells an answer that the chart does not allow."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from licenses.rules.countries import COUNTRY_NAMES
from licenses.rules.determination.determine import determine
from licenses.rules.determination.sweep import Sweep, denied, least_allowed, sweep
from licenses.rules.tables.loader import load
from licenses.rules.tables.rules_in_force import RulesInForce
from licenses.rules.types import Case, Determination, Outcome

D = dt.date(2026, 9, 24)
RULES = load().in_force(D)


@pytest.mark.parametrize(
    ("eccn", "iso", "least"),
    [
        ("EAR99", "DE", Outcome.NO_LICENSE_REQUIRED),
        ("EAR99", "RU", Outcome.NO_LICENSE_REQUIRED),
        ("3A991", "DE", Outcome.NO_LICENSE_REQUIRED),
        ("3A991", "RU", Outcome.LICENSE_EXCEPTION),
        ("3A991", "IR", Outcome.LICENSE_EXCEPTION),
        ("2B350", "SG", Outcome.LICENSE_EXCEPTION),
        ("2B350", "DE", Outcome.NO_LICENSE_REQUIRED),
        ("0A002", "CN", Outcome.NOT_SUBJECT_TO_EAR),
        ("2B350", "AQ", Outcome.NEEDS_INFORMATION),
    ],
)
def test_the_least_that_the_tables_allow_is_read_without_the_walk(eccn: str, iso: str, least: Outcome) -> None:
    entry = RULES.items.entry(eccn)
    assert entry is not None
    assert least_allowed(RULES, entry, iso) is least


def test_a_sweep_counts_every_pair_and_times_it() -> None:
    found = sweep(RULES, RULES.items.entries()[:2], denied(), as_of=D, clock=iter(range(10**6)).__next__)
    assert sum(found.outcomes.values()) == 2 * len(COUNTRY_NAMES) == len(found.nanoseconds)
    assert set(found.nanoseconds) == {1}
    assert (found.better, found.crashed) == ([], [])
    whole = Sweep()
    whole.add(found)
    whole.add(found)
    assert sum(whole.outcomes.values()) == 4 * len(COUNTRY_NAMES)


def test_a_crash_and_an_answer_too_good_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(case: Case, rules: RulesInForce, *, as_of: dt.date) -> Determination:
        if case.destination == "SG":
            raise ZeroDivisionError("no reason")
        answer = determine(case, rules, as_of=as_of)
        return replace(answer, outcome=Outcome.NO_LICENSE_REQUIRED) if case.destination == "CN" else answer

    monkeypatch.setattr("licenses.rules.determination.sweep.determine", wrong)
    found = sweep(RULES, [entry for entry in RULES.items.entries() if entry.eccn == "2B350"], denied(), as_of=D)
    assert found.crashed == ["2B350 to SG: ZeroDivisionError no reason"]
    assert found.better == ["2B350 to CN: NO_LICENSE_REQUIRED"]
