"""What the tables say of an entry to the pages."""

from __future__ import annotations

import datetime as dt

import pytest

from licenses.services.evaluation.classification_help import columns_of_entry

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 9, 24)


@pytest.mark.parametrize(
    ("eccn", "columns"),
    [("3A991.p", {"AT1"}), ("EAR99", set()), ("3A998", None), ("no such thing", None), ("", None)],
)
def test_the_columns_that_an_entry_can_meet(eccn: str, columns: set[str] | None) -> None:
    assert columns_of_entry(eccn, as_of=DAY) == columns


def test_an_entry_with_many_reasons_can_meet_each() -> None:
    found = columns_of_entry("3A001.a.2", as_of=DAY)
    assert found is not None
    assert found >= {"NS2", "RS1", "AT1"}
