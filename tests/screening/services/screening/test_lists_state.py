"""What the loaded lists allow an answer to say."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from screening import queries
from screening.models import ControlList, ListVersion
from screening.services.parties import snapshot
from screening.services.screening.lists_state import lists_state
from tests.screening.factories import DAY, LATER, load, rows

pytestmark = pytest.mark.django_db


TODAY = timezone.now().date()


def aged(code: str, days: float) -> None:
    ControlList.objects.filter(code=code).update(checked_at=timezone.now() - dt.timedelta(days=days))


def test_without_lists_nothing_is_sound() -> None:
    state = lists_state(snapshot.current())
    assert (state.none_active, state.sound) == (True, False)
    assert state.sentences()


def test_fresh_lists_are_sound() -> None:
    load([*rows(10), *rows(10, "SDN")], day=TODAY)
    state = lists_state(snapshot.current())
    assert state.sound
    assert state.sentences() == []


def test_a_sample_among_required_lists_is_not_sound() -> None:
    load([*rows(2), *rows(2, "UVL")], sample=True)
    load(rows(10, "SDN"), code="SDN", day=TODAY)
    state = lists_state(snapshot.current())
    assert (state.samples, state.sample_only, state.sound) == (("EL", "UVL"), True, False)
    ControlList.objects.update(required=False)
    assert lists_state(snapshot.current()).sound


def test_a_stale_list_is_told_and_an_expired_one_holds_the_answer() -> None:
    load([*rows(10), *rows(10, "SDN"), *rows(10, "UVL")], day=TODAY)
    aged("EL", 70)
    aged("SDN", 130)
    aged("UVL", 130)
    ControlList.objects.filter(code="UVL").update(required=False)
    state = lists_state(snapshot.current())
    assert (state.stale, state.expired, state.sound) == (("EL",), ("SDN",), False)


def test_for_a_day_in_the_past_age_is_not_judged() -> None:
    load(rows(10))
    aged("EL", 500)
    assert lists_state(snapshot.at(DAY), DAY).sound
    assert [row["list"] for row in lists_state(snapshot.at(TODAY), TODAY).outdated] == ["EL"]


@pytest.mark.parametrize(
    ("days_ago", "limits", "outdated"),
    [
        (30, {}, []),
        (31, {}, ["EL", "SDN"]),
        (31, {"*": 40}, []),
        (31, {"EL": 60}, ["SDN"]),
        (8, {"*": 7, "SDN": 30}, ["EL"]),
    ],
)
def test_age_counts_from_publication_however_often_somebody_looked(
    days_ago: int, limits: dict[str, int], outdated: list[str], settings: Any
) -> None:
    settings.LIST_MAX_AGE_DAYS = limits
    load([*rows(10), *rows(10, "SDN")], day=TODAY - dt.timedelta(days=days_ago))
    state = lists_state(snapshot.current())
    assert [row["list"] for row in state.outdated] == outdated
    assert state.sound is not bool(outdated)
    if outdated:
        assert f"{days_ago} days ago" in state.outdated[0]["why"]


def test_an_edition_that_nobody_can_date_answers_nothing() -> None:
    load(rows(10), day=TODAY)
    ListVersion.objects.update(current_on=None)
    assert lists_state(snapshot.current()).outdated == (
        {"list": "EL", "why": "nobody knows when the loaded edition was published"},
    )


def test_a_required_list_without_a_version_that_old_is_missing() -> None:
    load(rows(10))
    load(rows(10, "SDN"), day=LATER, code="SDN")
    state = lists_state(snapshot.at(DAY), DAY)
    assert [row["list"] for row in state.missing] == ["SDN"]
    assert not state.sound


def test_what_every_page_says_of_the_lists() -> None:
    assert queries.standing()["none"]
    load(rows(10))
    load(rows(10, "SDN"), day=LATER, code="SDN")
    standing = queries.standing()
    assert (standing["lists"], standing["oldest"], standing["sample"], standing["none"]) == (2, DAY, False, False)


def test_freshness_takes_few_queries_however_many_lists(django_assert_max_num_queries: pytest.FixtureRequest) -> None:
    load([*rows(10), *rows(10, "SDN"), *rows(10, "UVL"), *rows(10, "DPL")])
    with django_assert_max_num_queries(3):  # type: ignore[operator]
        assert len(queries.freshness()) == 4
