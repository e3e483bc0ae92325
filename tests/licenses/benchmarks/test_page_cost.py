"""Limits of a page, and an answer that is no page."""

from __future__ import annotations

import pytest
from django.http import HttpResponse

from licenses.benchmarks.page_cost import NothingToMeasureError, PageCost, at_95, page_cost

COST = PageCost(cpu=200, worst=900, wall=400, late=800, queries=20)


@pytest.mark.parametrize(
    ("limits", "passes"),
    [
        ({"max_queries": 20, "max_ms": 300}, False),
        ({"max_queries": 19, "max_ms": 300}, True),
        ({"max_queries": 20, "max_ms": 100}, True),
        ({"max_queries": 20, "max_ms": 300, "by_clock": True}, True),
    ],
)
def test_limits(limits: dict[str, int], passes: bool) -> None:
    assert COST.passes(**limits) is passes  # type: ignore[arg-type]  # numbers and a flag by name


def test_one_time_is_its_own_percentile() -> None:
    assert at_95([7.0]) == 7.0


@pytest.mark.django_db
def test_an_answer_that_is_no_page_is_not_measured() -> None:
    assert page_cost(lambda: HttpResponse(), 2).queries == 0
    with pytest.raises(NothingToMeasureError, match="503"):
        page_cost(lambda: HttpResponse(status=503), 1)
