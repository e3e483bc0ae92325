"""Hours in which the desk works: the clock of reviews counts only those (docs/design/intake.md#3.1). Pure but for `office`,
which reads the settings."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings

MAX_DAYS = 3_660
"""Days a due date is looked for: a calendar that leaves no working day would be searched for ever."""


@dataclass(frozen=True, slots=True)
class Office:
    """When the desk works: ISO weekdays (1 = Monday), opening and closing time in its zone, and days it is closed."""

    days: frozenset[int]
    opens: dt.time
    closes: dt.time
    zone: dt.tzinfo
    closed: frozenset[dt.date] = frozenset()

    def shift(self, day: dt.date) -> tuple[dt.datetime, dt.datetime] | None:
        """Opening and closing moment of a day; None when the desk is closed."""
        if day.isoweekday() not in self.days or day in self.closed:
            return None
        return dt.datetime.combine(day, self.opens, self.zone), dt.datetime.combine(day, self.closes, self.zone)

    def after(self, start: dt.datetime, spell: dt.timedelta) -> dt.datetime:
        """The moment at which `spell` of working time has passed since `start`. Raises ValueError when the desk never works."""
        left = spell
        day = start.astimezone(self.zone).date()
        for _ in range(MAX_DAYS):
            shift = self.shift(day)
            if shift is not None:
                begins, ends = max(shift[0], start), shift[1]
                if begins < ends:
                    if left <= ends - begins:
                        return (begins + left).astimezone(dt.UTC)
                    left -= ends - begins
            day += dt.timedelta(days=1)
        raise ValueError("the desk has no working hours: see REVIEW_WORK_DAYS and REVIEW_HOLIDAYS")

    def between(self, start: dt.datetime, end: dt.datetime) -> dt.timedelta:
        """Working time from `start` to `end`; nothing when `end` is not after `start`."""
        passed = dt.timedelta()
        day, last = start.astimezone(self.zone).date(), end.astimezone(self.zone).date()
        while day <= last:
            shift = self.shift(day)
            if shift is not None:
                passed += max(dt.timedelta(), min(shift[1], end) - max(shift[0], start))
            day += dt.timedelta(days=1)
        return passed


def office() -> Office:
    """The desk of this installation."""
    return Office(
        days=settings.REVIEW_WORK_DAYS,
        opens=settings.REVIEW_WORK_HOURS[0],
        closes=settings.REVIEW_WORK_HOURS[1],
        zone=dt.UTC if settings.REVIEW_TIME_ZONE == "UTC" else ZoneInfo(settings.REVIEW_TIME_ZONE),
        closed=settings.REVIEW_HOLIDAYS,
    )
