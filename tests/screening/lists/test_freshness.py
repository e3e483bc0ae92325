"""When a list is called current, due, stale or expired."""

from __future__ import annotations

import datetime as dt

import pytest

from screening.lists.freshness import MEANING, Freshness, judge

NOW = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
SIX = 6 * HOUR

AGES = [
    ("just checked", DAY, dt.timedelta(0), Freshness.CURRENT),
    ("once its cadence old", DAY, DAY, Freshness.CURRENT),
    ("a little over its cadence", DAY, DAY + HOUR, Freshness.DUE),
    ("over twice its cadence, but no three days", DAY, 2.5 * DAY, Freshness.DUE),
    ("over three days", DAY, 3 * DAY + HOUR, Freshness.STALE),
    ("over four times its cadence, but no week", DAY, 5 * DAY, Freshness.STALE),
    ("over a week", DAY, 7 * DAY + HOUR, Freshness.EXPIRED),
    ("every six hours, over a long weekend", SIX, 2.9 * DAY, Freshness.DUE),
    ("every six hours, over three days", SIX, 3.1 * DAY, Freshness.STALE),
    ("every six hours, over a week", SIX, 7.1 * DAY, Freshness.EXPIRED),
    ("monthly, after five weeks", 30 * DAY, 35 * DAY, Freshness.DUE),
    ("monthly, after over two months", 30 * DAY, 61 * DAY, Freshness.STALE),
    ("monthly, after over four months", 30 * DAY, 121 * DAY, Freshness.EXPIRED),
]


@pytest.mark.parametrize(("cadence", "age", "state"), [case[1:] for case in AGES], ids=[case[0] for case in AGES])
def test_a_list_is_judged_by_its_age_against_its_cadence(cadence: dt.timedelta, age: dt.timedelta, state: Freshness) -> None:
    assert judge(checked_at=NOW - age, cadence=cadence, now=NOW, answers=True, sample=False) is state


def test_without_a_cadence_it_is_never_judged() -> None:
    assert judge(checked_at=None, cadence=None, now=NOW, answers=True, sample=False) is Freshness.CURRENT


def test_a_list_with_a_cadence_that_was_never_checked_is_expired() -> None:
    assert judge(checked_at=None, cadence=DAY, now=NOW, answers=True, sample=False) is Freshness.EXPIRED


def test_no_version_and_a_sample_are_states_of_their_own() -> None:
    assert judge(checked_at=NOW, cadence=DAY, now=NOW, answers=False, sample=False) is Freshness.NEVER
    assert judge(checked_at=NOW - 99 * DAY, cadence=DAY, now=NOW, answers=True, sample=True) is Freshness.SAMPLE


@pytest.mark.parametrize(
    ("days_ago", "limit", "state"),
    [
        (0, 30, Freshness.CURRENT),
        (30, 30, Freshness.CURRENT),
        (31, 30, Freshness.OUTDATED),
        (1_697, 30, Freshness.OUTDATED),
        (None, 30, Freshness.UNDATED),
        (31, None, Freshness.CURRENT),
        (None, None, Freshness.CURRENT),
    ],
)
def test_a_list_that_was_looked_at_today_is_as_old_as_its_edition(
    days_ago: int | None, limit: int | None, state: Freshness
) -> None:
    current_on = None if days_ago is None else NOW.date() - days_ago * DAY
    most = None if limit is None else limit * DAY
    found = judge(checked_at=NOW, cadence=DAY, now=NOW, answers=True, sample=False, current_on=current_on, limit=most)
    assert found is state


def test_every_state_has_its_words() -> None:
    assert set(MEANING) == set(Freshness)
