"""Figures of the review desk for its dashboard: how old the queue is, how fast flags are settled, how often hits are nobody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from django.db.models import Case, Count, Q, QuerySet, Value, When

from licenses.models import Flag, FlagDecision
from licenses.queries.applications import OPEN_FLAG, QUEUED
from screening.models import LEAVING_OPEN, Resolution

WEEKS = 8
"""Weeks shown, the running one among them."""
AGES = (
    ("under 4 hours", dt.timedelta(hours=4)),
    ("under a day", dt.timedelta(days=1)),
    ("under 3 days", dt.timedelta(days=3)),
    ("under a week", dt.timedelta(days=7)),
    ("a week or more", None),
)


@dataclass(frozen=True, slots=True)
class Week:
    """One week of the desk: flags opened and settled, median hours from opening to decision (None = nothing settled), and how
    many were settled after their target."""

    monday: dt.date
    opened: int
    settled: int
    median_hours: float | None
    late: int


@dataclass(frozen=True, slots=True)
class Rate:
    """Decisions about hits of one list and band: how many, and how many of them false positives."""

    list: str
    band: str
    decided: int
    false_positives: int

    @property
    def percent(self) -> float:
        """Share of false positives."""
        return 100.0 * self.false_positives / self.decided


@dataclass(frozen=True, slots=True)
class Exposure:
    """What one reviewer decided: freed (false positive, not in scope, mitigated) against confirmed; of the freed ones, how
    many a quality review looked at and disagreed with."""

    who: str
    freed: int
    confirmed: int
    reviewed: int
    disagreed: int


def final_decisions(since: dt.datetime) -> QuerySet[FlagDecision]:
    """Decisions that settled a flag since a moment."""
    rows = FlagDecision.objects.filter(decided_at__gte=since, sent_back=False).exclude(disposition__in=LEAVING_OPEN)
    return rows.order_by()


def queue_by_age(now: dt.datetime) -> list[tuple[str, int, int]]:
    """(age, critical flags, other flags) of what waits for a reviewer, youngest first; one query."""
    steps = [When(opened_at__gt=now - limit, then=Value(number)) for number, (_, limit) in enumerate(AGES) if limit]
    waiting = Flag.objects.filter(OPEN_FLAG, application__state__in=QUEUED)
    counted = waiting.order_by().annotate(age=Case(*steps, default=Value(len(AGES) - 1))).values_list("age", "critical")
    found = {(age, critical): count for age, critical, count in counted.annotate(count=Count("pk"))}
    return [(label, found.get((number, True), 0), found.get((number, False), 0)) for number, (label, _) in enumerate(AGES)]


def weeks(now: dt.datetime) -> list[Week]:
    """The last weeks, the oldest first; two queries."""
    first = monday_of(now) - dt.timedelta(weeks=WEEKS - 1)
    since = dt.datetime.combine(first, dt.time(), tzinfo=dt.UTC)
    # Ranges instead of a function of the week: SQLite would call Python for every row (50,000 flags: 0.8 s, now 0.1 s).
    starts = [since + dt.timedelta(weeks=number) for number in range(WEEKS)]
    ranges = {
        f"week_{number}": Count("pk", filter=Q(opened_at__gte=start, opened_at__lt=start + dt.timedelta(weeks=1)))
        for number, start in enumerate(starts)
    }
    opened = Flag.objects.filter(opened_at__gte=since).order_by().aggregate(**ranges)
    hours: dict[dt.date, list[float]] = {}
    settled: dict[dt.date, int] = {}
    late: dict[dt.date, int] = {}
    rows = final_decisions(since).values_list("decided_at", "flag__opened_at", "flag__due_at")
    for decided_at, opened_at, due_at in rows.iterator(chunk_size=2_000):
        if decided_at is None:  # the filter leaves none; the column may hold one
            continue
        monday = monday_of(decided_at)
        settled[monday] = settled.get(monday, 0) + 1
        late[monday] = late.get(monday, 0) + (due_at is not None and decided_at > due_at)
        # A flag that was reopened later begins anew: its earlier decision has no duration any more.
        if opened_at <= decided_at:
            hours.setdefault(monday, []).append((decided_at - opened_at).total_seconds() / 3600)
    return [
        Week(
            monday,
            opened[f"week_{number}"],
            settled.get(monday, 0),
            median(hours[monday]) if monday in hours else None,
            late.get(monday, 0),
        )
        for number, monday in enumerate(mondays(first))
    ]


def false_positive_rates(since: dt.datetime) -> list[Rate]:
    """False positives among the decisions about hits, by list and band; one query."""
    rows = (
        final_decisions(since)
        .filter(flag__match__isnull=False)
        .values_list("flag__match__control_list__code", "flag__match__band")
        .annotate(decided=Count("pk"), false=Count("pk", filter=Q(disposition=Resolution.Disposition.FALSE_POSITIVE)))
        .order_by("flag__match__control_list__code", "-flag__match__band")
    )
    return [Rate(code, band, decided, false) for code, band, decided, false in rows]


def exposures(since: dt.datetime) -> list[Exposure]:
    """Freed against confirmed by each first reviewer (the quality report); one query."""
    confirmed = Q(disposition=Resolution.Disposition.TRUE_MATCH)
    rows = (
        final_decisions(since)
        .values_list("proposed_by__email")
        .annotate(
            freed=Count("pk", filter=~confirmed),
            confirmed=Count("pk", filter=confirmed),
            reviewed=Count("pk", filter=Q(quality_review__agreed__isnull=False)),
            disagreed=Count("pk", filter=Q(quality_review__agreed=False)),
        )
        .order_by("proposed_by__email")
    )
    return [Exposure(*row) for row in rows]


def overdue_now(now: dt.datetime) -> dict[str, int]:
    """Open flags past their target whose clock runs, critical ones and all; one query."""
    late = Flag.objects.filter(OPEN_FLAG, application__state__in=QUEUED, due_at__lt=now, paused_at=None)
    return late.aggregate(all=Count("pk"), critical=Count("pk", filter=Q(critical=True)))


def monday_of(moment: dt.datetime) -> dt.date:
    """First day of the week of a moment, in UTC."""
    day = moment.astimezone(dt.UTC).date()
    return day - dt.timedelta(days=day.weekday())


def mondays(first: dt.date) -> Iterator[dt.date]:
    """First days of the weeks shown."""
    return (first + dt.timedelta(weeks=number) for number in range(WEEKS))
