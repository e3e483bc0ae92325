"""The dashboard on the desk's first page: queue, pace, false positives, targets; each chart with its table."""

from __future__ import annotations

import datetime as dt
from typing import Any

from exportcheck.accounts.models import User
from licenses.desk.charts import Chart
from licenses.queries import review_figures as figures
from licenses.queries import review_queue
from licenses.services.review.quality_reviews import waiting_for


def dashboard(user: User, now: dt.datetime) -> dict[str, Any]:
    """What the template prints, for people who see the queue."""
    weeks = figures.weeks(now)
    since = now - dt.timedelta(weeks=figures.WEEKS)
    return {
        "counts": review_queue.queue_counts(user),
        "overdue": figures.overdue_now(now),
        "quality_reviews": waiting_for(user).count(),
        "charts": [
            age_chart(figures.queue_by_age(now)),
            pace_chart(weeks),
            time_chart(weeks),
            late_chart(weeks),
            rate_chart(figures.false_positive_rates(since)),
        ],
        "exposures": figures.exposures(since),
        "weeks": figures.WEEKS,
    }


def age_chart(rows: list[tuple[str, int, int]]) -> Chart:
    """What waits, by age."""
    parts = [(label, (two, one)) for label, two, one in rows]
    return Chart("Queue by age", ("take two people", "others"), parts, "flags", stacked=True)


def pace_chart(weeks: list[figures.Week]) -> Chart:
    """Opened and settled, by week."""
    rows = [(f"week of {week.monday:%d %b}", (float(week.opened), float(week.settled))) for week in weeks]
    note = "Opened: first or last opened in that week. Settled: a final decision in that week."
    return Chart("Opened and settled by week", ("opened", "settled"), rows, "flags", note)


def time_chart(weeks: list[figures.Week]) -> Chart:
    """Median hours to a decision, by week."""
    rows = [
        (f"week of {week.monday:%d %b}", (None if week.median_hours is None else round(week.median_hours, 1),)) for week in weeks
    ]
    note = "From opening to the final decision; the time a case waited for its exporter is in it."
    return Chart("Median time to a decision", ("hours",), rows, "hours", note)


def late_chart(weeks: list[figures.Week]) -> Chart:
    """Settled after the target, by week."""
    rows = [(f"week of {week.monday:%d %b}", (float(week.late),)) for week in weeks]
    return Chart("Settled after the target", ("late",), rows, "flags")


def rate_chart(rates: list[figures.Rate]) -> Chart:
    """False positives by list and band."""
    rows = [(f"{rate.list} {rate.band} ({rate.decided})", (round(rate.percent, 1),)) for rate in rates]
    note = "Of the decided hits of each list and band, in brackets how many."
    return Chart("False positives by list and band", ("percent",), rows, "%", note)
