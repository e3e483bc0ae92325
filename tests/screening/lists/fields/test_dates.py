"""Dates as lists print them."""

from __future__ import annotations

import datetime as dt

import pytest

from screening.lists.fields.dates import date_of, european_date, newest_cited


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("2022-04-21", dt.date(2022, 4, 21), "ISO"),
        ("2026-07-31T13:15:00+00:00", dt.date(2026, 7, 31), "ISO with a time"),
        ("04/21/2022", dt.date(2022, 4, 21), "US order"),
        ("9/4/02", dt.date(2002, 9, 4), "two-digit year"),
        ("10/16/87", dt.date(1987, 10, 16), "two-digit year of the last century"),
        ("10 Dec 1948", dt.date(1948, 12, 10), "OFAC"),
        ("June 21, 2022", dt.date(2022, 6, 21), "UFLPA"),
        ("0097-06-16", None, "a misprint in the list is no date"),
        ("2022-02-30", None, "no such day"),
        ("circa 1962", None, "not a day"),
        ("", None, "nothing"),
    ],
)
def test_date_of(text: str, expected: dt.date | None, why: str) -> None:
    assert date_of(text) == expected, why


def test_day_first_dates_are_read_only_where_asked() -> None:
    assert european_date("03/06/2026") == dt.date(2026, 6, 3)
    assert date_of("03/06/2026") == dt.date(2026, 3, 6)
    assert european_date("08-Oct-2026") == dt.date(2026, 10, 8)
    assert european_date("13/13/2026") is None


def test_newest_date_of_a_citation() -> None:
    assert newest_cited("76 FR 71869, 11/21/11; 81 FR 57457, 8/23/16") == dt.date(2016, 8, 23)
    assert newest_cited("76 FR 71869") is None
