"""List guards: exactly the bands of the specification, one refusal with its figures, overrides only where allowed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from screening.lists.guard import base_facts, canary_refusal, check, missing_lists
from screening.lists.registry import CONTROL_LISTS, canaries_of
from screening.lists.types import BaseFacts, ParsedList
from screening.matching.types import Alias, ListedParty

DAY = dt.date(2026, 7, 1)


def entries(count: int, code: str = "SDN") -> tuple[ListedParty, ...]:
    """That many plain entries."""
    return tuple(ListedParty(list=code, uid=f"x{number}", name=f"Party {number}") for number in range(count))


def parsed(found: Sequence[ListedParty], published_on: dt.date | None = DAY, **more: bool) -> ParsedList:
    """A parsed SDN list."""
    return ParsedList(code="SDN", name="SDN", entries=tuple(found), published_on=published_on, **more)


@pytest.mark.parametrize(
    ("before", "after", "weeks", "refused", "why"),
    [
        (1000, 950, 0, False, "95 % exactly"),
        (1000, 949, 0, True, "below 95 %"),
        (1000, 1200, 0, False, "120 % exactly"),
        (1000, 1201, 0, True, "above 120 % on the same day"),
        (1000, 1240, 2, False, "two weeks give four points more"),
        (1000, 1241, 2, True, "and no more"),
        (199, 160, 0, False, "small lists: 80 %"),
        (199, 159, 0, True, "below 80 % of a small list"),
        (200, 189, 0, True, "200 entries are no small list"),
        (10, 12, 0, False, "the upper band of a small list is the same"),
        (10, 13, 0, True, "above it"),
    ],
)
def test_count_band(before: int, after: int, weeks: int, refused: bool, why: str) -> None:
    base = BaseFacts(entries=before, published_on=DAY - dt.timedelta(weeks=weeks))
    refusal = check(parsed(entries(after)), base)
    assert (refusal is not None and refusal.guard == "count_band") is refused, why


def test_without_dates_no_week_is_given() -> None:
    assert check(parsed(entries(1201), None), BaseFacts(entries=1000)) is not None


def test_nothing_is_compared_with_no_base() -> None:
    """First import, sample, HISTORY and custom imports have no base."""
    assert check(parsed(entries(1)), None) is None


def test_the_publication_date_may_not_go_back() -> None:
    refusal = check(parsed(entries(10), DAY), BaseFacts(entries=10, published_on=DAY + dt.timedelta(days=1)))
    assert refusal is not None
    assert refusal.guard == "date_regression"
    assert "2026-07-01" in refusal.detail
    assert "2026-07-02" in refusal.detail
    assert check(parsed(entries(10), DAY), BaseFacts(entries=10, published_on=DAY)) is None, "the same day is no regression"


def test_newest_start_date_and_highest_number_may_not_go_back() -> None:
    found = (
        ListedParty(list="SDN", uid="52291", name="A", effective_on=dt.date(2026, 1, 1)),
        ListedParty(list="SDN", uid="306", name="B", effective_on=dt.date(2020, 1, 1)),
    )
    facts = base_facts("SDN", found, DAY)
    assert (facts.newest_start, facts.highest_number) == (dt.date(2026, 1, 1), 52291)
    assert check(parsed(found), facts) is None
    older_start = BaseFacts(entries=2, newest_start=dt.date(2026, 1, 2))
    lower_number = BaseFacts(entries=2, highest_number=52292)
    for base in (older_start, lower_number):
        refusal = check(parsed(found), base)
        assert refusal is not None
        assert refusal.guard == "date_regression"


def test_a_canary_of_the_active_version_must_be_found_by_name_or_alias() -> None:
    canary = CONTROL_LISTS["SDN"].canaries[0]
    active = (ListedParty(list="SDN", uid="1", name=canary.lower()),)
    renamed = (ListedParty(list="SDN", uid="1", name="NEW NAME", aliases=(Alias(canary),)),)
    gone = (ListedParty(list="SDN", uid="2", name="SOMEBODY ELSE"),)
    facts = base_facts("SDN", active, DAY)
    assert facts.canaries == {canary}
    assert check(parsed(renamed), facts) is None, "a rename keeps the old name as an alias"
    refusal = check(parsed(gone), BaseFacts(entries=1, canaries=facts.canaries))
    assert refusal is not None
    assert refusal.guard == "canary"
    assert canary in refusal.detail


def test_canaries_matched_after_indexing_are_passed_in() -> None:
    canary = CONTROL_LISTS["SDN"].canaries[0]
    found = (ListedParty(list="SDN", uid="1", name=canary),)
    base = BaseFacts(entries=1, canaries=frozenset((canary,)))
    assert check(parsed(found), base, canaries_found=[canary]) is None
    assert check(parsed(found), base, canaries_found=[]) is not None, "in the list but not matched by the index"
    assert canary_refusal("SDN", base.canaries, ()) is not None


def test_an_override_opens_its_guard_and_no_other() -> None:
    base = BaseFacts(entries=1000, published_on=DAY + dt.timedelta(days=1), canaries=frozenset(("X",)))
    guards = []
    overrides: list[str] = []
    while (refusal := check(parsed(entries(10)), base, overrides=overrides)) is not None and refusal.guard not in overrides:
        guards.append(refusal.guard)
        overrides.append(refusal.guard)
    assert guards == ["count_band", "date_regression", "canary"]
    assert check(parsed(entries(10)), base, overrides=overrides) is not None, "a canary refusal is never overridden"


def test_an_end_mark_that_went_missing_is_a_cut_file() -> None:
    refusal = check(parsed(entries(10), end_mark=False), BaseFacts(entries=10, end_mark=True))
    assert refusal is not None
    assert refusal.guard == "truncated"
    assert check(parsed(entries(10), end_mark=False), BaseFacts(entries=10, end_mark=False)) is None, "it never had one"
    assert check(parsed(entries(10)), BaseFacts(entries=10, end_mark=True)) is None, "another format has no mark"


def test_a_list_that_is_missing_is_refused_and_the_others_go_on() -> None:
    refusals = missing_lists(present=["EL", "SDN"], expected=["EL", "FSE", "SDN"])
    assert list(refusals) == ["FSE"]
    assert refusals["FSE"].guard == "count_band"


def test_a_custom_list_has_no_canaries() -> None:
    assert canaries_of("OWN", entries(3)) == frozenset()
