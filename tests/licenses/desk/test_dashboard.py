"""The dashboard: figures from rows whose times are set, charts with their tables, and who sees them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exportcheck.accounts.models import User
from licenses.desk.charts import Chart
from licenses.models import Flag, FlagDecision
from licenses.queries import review_figures as figures
from tests.licenses.factories import checked, listed_line, load_lists, open_flag, settle

SignIn = Callable[[User], Client]


def test_a_chart_draws_its_rows_without_inline_style_and_escapes_names() -> None:
    chart = Chart("By <list>", ("one", "two"), [("<b>EL</b>", (3.0, 1.0)), ("UVL", (None, 0.0))], "flags", stacked=True)
    svg = str(chart.svg)
    assert "style=" not in svg
    assert "<b>" not in svg
    assert svg.count("<rect") == 4
    assert 'width="225.0"' in svg, "three of four parts of the widest row"
    assert chart.table == [("<b>EL</b>", ["3", "1"]), ("UVL", ["–", "0"])]
    assert not chart.empty
    beside = str(Chart("Pace", ("opened", "settled"), [("week", (4.0, 2.0))]).svg)
    assert beside.count('width="300.0" height="8.0"') == 1
    assert beside.count('width="150.0" height="8.0"') == 1
    assert Chart("", ("one",), [("x", (None,))]).empty


@pytest.mark.django_db
def test_figures_count_what_the_rows_say(alice: User, rita: User, sam: User) -> None:
    load_lists()
    now = timezone.now()
    waiting, settled = (open_flag(checked(alice, listed_line())) for _ in range(2))
    settle(settled, by=rita, second=sam)
    Flag.objects.filter(pk=waiting.pk).update(opened_at=now - dt.timedelta(days=2), due_at=now - dt.timedelta(days=1))
    Flag.objects.filter(pk=settled.pk).update(opened_at=now - dt.timedelta(hours=6), due_at=now - dt.timedelta(hours=5))
    FlagDecision.objects.filter(flag=settled).update(decided_at=now)
    ages = {label: (critical, other) for label, critical, other in figures.queue_by_age(now)}
    assert ages["under 3 days"] == (1, 0)
    last = figures.weeks(now)[-1]
    assert (last.monday, last.settled, last.late) == (figures.monday_of(now), 1, 1)
    assert last.median_hours == pytest.approx(6.0)
    assert [
        (rate.list, rate.band, rate.decided, rate.percent) for rate in figures.false_positive_rates(now - dt.timedelta(days=1))
    ] == [("EL", "strong", 1, 100.0)]
    assert [(row.who, row.freed, row.confirmed) for row in figures.exposures(now - dt.timedelta(days=1))] == [
        ("rita@example.com", 1, 0)
    ]
    assert figures.overdue_now(now) == {"all": 1, "critical": 1}


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "shown"), [("rita", True), ("otto", True), ("ada", False), ("root", False)])
def test_the_first_page_shows_it_to_the_desk_only(
    name: str, shown: bool, request: pytest.FixtureRequest, sign_in: SignIn
) -> None:
    page = sign_in(request.getfixturevalue(name)).get(reverse("desk:index"))
    assert page.status_code == 200
    assert ("Queue by age" in page.content.decode()) is shown


@pytest.mark.django_db
def test_its_number_of_questions_does_not_grow_with_the_queue(
    alice: User, rita: User, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    load_lists()
    for _ in range(3):
        checked(alice, listed_line())
    client = sign_in(rita)
    client.get(reverse("desk:index"))
    with django_assert_max_num_queries(22):
        client.get(reverse("desk:index"))
