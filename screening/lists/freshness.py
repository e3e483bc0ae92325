"""How fresh a list is: days since the publisher is known to have said this, judged against the list's limit, and time since
somebody last looked, judged against its cadence (docs/list_desk.md, freshness)."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum


class Freshness(StrEnum):
    """State of a list. NEVER: no version answers. SAMPLE: the starter list answers, whatever its age. OUTDATED: the edition
    that answers was published too long ago, however often somebody looked. UNDATED: nobody knows when it was published."""

    CURRENT = "current"
    DUE = "due"
    STALE = "stale"
    EXPIRED = "expired"
    OUTDATED = "outdated"
    UNDATED = "undated"
    NEVER = "never"
    SAMPLE = "sample"


MEANING = {
    Freshness.CURRENT: "checked within its cadence",
    Freshness.DUE: "a check is due",
    Freshness.STALE: "not checked for more than twice its cadence",
    Freshness.EXPIRED: "not checked for too long to rest an answer on",
    Freshness.OUTDATED: "published too long ago to rest an answer on",
    Freshness.UNDATED: "no date of publication is known, so no answer rests on it",
    Freshness.NEVER: "no version answers",
    Freshness.SAMPLE: "only the sample list is loaded",
}
"""One plain line for each state, shown beside it."""

STALE_AT_LEAST = dt.timedelta(days=3)
"""A list checked every six hours may miss a long weekend before it is called stale."""
EXPIRED_AT_LEAST = dt.timedelta(days=7)
"""No list is called expired before a week has passed."""


UNFIT = frozenset((Freshness.EXPIRED, Freshness.OUTDATED, Freshness.UNDATED))
"""States of a list that answers, in which "no match" in it means nothing."""


def judge(
    *,
    checked_at: dt.datetime | None,
    cadence: dt.timedelta | None,
    now: dt.datetime,
    answers: bool,
    sample: bool,
    current_on: dt.date | None = None,
    limit: dt.timedelta | None = None,
) -> Freshness:
    """State of one list.

    current_on: the last day of which the publisher is known to have said what answers (None = no date known). limit: how long
    ago that may be (None = publication is not judged).
    checked_at: last scheduled check or upload (None counts as expired when a cadence is set). cadence: None = never judged.
    answers: a version is active. sample: that version is the starter list. Stale is over 2x the cadence or 3 days, expired
    over 4x or 7 days, the longer each.
    """
    if not answers:
        return Freshness.NEVER
    if sample:
        return Freshness.SAMPLE
    if limit is not None:
        if current_on is None:
            return Freshness.UNDATED
        if now.date() - current_on > limit:
            return Freshness.OUTDATED
    if cadence is None:
        return Freshness.CURRENT
    if checked_at is None:
        return Freshness.EXPIRED
    age = now - checked_at
    if age > max(4 * cadence, EXPIRED_AT_LEAST):
        return Freshness.EXPIRED
    if age > max(2 * cadence, STALE_AT_LEAST):
        return Freshness.STALE
    return Freshness.DUE if age > cadence else Freshness.CURRENT
