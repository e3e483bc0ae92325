"""Lists in which "no match" means nothing: missing ones, and those published too long ago."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.utils import timezone

from screening.lists.registry import max_age_of
from screening.services.parties.snapshot import Snapshot


def missing_lists(snapshot: Snapshot, lists: frozenset[str] | None = None) -> list[dict[str, str]]:
    """The contract's `lists_missing`: required lists without a version that old, and lists asked for that do not answer."""
    rows = {code: why for code, why in snapshot.missing if lists is None or code in lists}
    if lists is not None:
        have = {ref.list for ref in snapshot.versions}
        when = "is active" if snapshot.as_of is None else f"was published on or before {snapshot.as_of.isoformat()}"
        for code in sorted(lists - have):
            rows.setdefault(code, f"no version of this list {when}")
    return [{"list": code, "why": rows[code]} for code in sorted(rows)]


def outdated_lists(snapshot: Snapshot, lists: frozenset[str] | None = None) -> list[dict[str, str]]:
    """The contract's `lists_outdated`: lists whose edition was published too long ago for "no match" to mean anything today, or
    nobody knows when. Empty for a day in the past."""
    today = timezone.now().date()
    if snapshot.as_of is not None and snapshot.as_of < today:
        return []
    limits = {ref.list: max_age_of(ref.list, settings.LIST_MAX_AGE_DAYS) for ref in snapshot.versions if not ref.sample}
    return [
        {"list": ref.list, "why": why_outdated(ref.current_on, today, limit)}
        for ref in snapshot.versions
        if (lists is None or ref.list in lists)
        and (limit := limits.get(ref.list)) is not None
        and (ref.current_on is None or today - ref.current_on > limit)
    ]


def why_outdated(current_on: dt.date | None, today: dt.date, limit: dt.timedelta) -> str:
    """Why no answer rests on an edition of a list."""
    if current_on is None:
        return "nobody knows when the loaded edition was published"
    age = (today - current_on).days
    return f"the loaded edition is of {current_on:%-d %B %Y}, {age:,} days ago; an answer may rest on it for {limit.days:,} days"
