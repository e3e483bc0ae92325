"""The clock of reviews counts the hours in which the desk works, and no others."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from licenses.services.application.working_time import Office

CHRISTMAS = dt.date(2026, 12, 25)
DESK = Office(frozenset((1, 2, 3, 4, 5)), dt.time(9), dt.time(17), dt.UTC, frozenset((CHRISTMAS,)))
NEW_YORK = Office(frozenset((1, 2, 3, 4, 5)), dt.time(9), dt.time(17), ZoneInfo("America/New_York"))


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("why", "start", "hours", "due"),
    [
        ("within one day", "2026-11-24 10:00", 4, "2026-11-24 14:00"),
        ("to the minute of closing", "2026-11-24 09:00", 8, "2026-11-24 17:00"),
        ("over night", "2026-11-24 16:00", 4, "2026-11-25 12:00"),
        ("opened before the desk opens", "2026-11-24 03:00", 1, "2026-11-24 10:00"),
        ("opened after it closes", "2026-11-24 22:00", 1, "2026-11-25 10:00"),
        ("over a weekend", "2026-11-27 16:00", 2, "2026-11-30 10:00"),
        ("opened on a Sunday", "2026-11-29 12:00", 16, "2026-12-01 17:00"),
        ("over a holiday and a weekend", "2026-12-24 16:00", 2, "2026-12-28 10:00"),
    ],
)
def test_due_after_working_hours(why: str, start: str, hours: int, due: str) -> None:
    assert DESK.after(at(start), dt.timedelta(hours=hours)) == at(due), why


@pytest.mark.parametrize(
    ("why", "start", "end", "hours"),
    [
        ("within one day", "2026-11-24 10:00", "2026-11-24 14:00", 4.0),
        ("over night", "2026-11-24 16:00", "2026-11-25 12:00", 4.0),
        ("all of it outside", "2026-11-28 00:00", "2026-11-29 23:00", 0.0),
        ("backwards", "2026-11-25 12:00", "2026-11-24 16:00", 0.0),
    ],
)
def test_working_time_between(why: str, start: str, end: str, hours: float) -> None:
    assert DESK.between(at(start), at(end)) == dt.timedelta(hours=hours), why


def test_hours_are_those_of_the_desks_own_zone_summer_and_winter() -> None:
    assert NEW_YORK.after(at("2026-11-24 10:00"), dt.timedelta(hours=1)) == at("2026-11-24 15:00")
    assert NEW_YORK.after(at("2026-07-01 10:00"), dt.timedelta(hours=1)) == at("2026-07-01 14:00")


def test_a_desk_that_never_works_is_told_and_not_searched_for_ever() -> None:
    with pytest.raises(ValueError, match="REVIEW_WORK_DAYS"):
        Office(frozenset(), dt.time(9), dt.time(17), dt.UTC).after(at("2026-11-24 10:00"), dt.timedelta(hours=1))
