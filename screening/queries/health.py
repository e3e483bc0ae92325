"""How the lists stand: freshness, cards, progress. Time is taken from the clock here and handed on."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db.models import Count, F, Q
from django.utils import timezone

from screening.lists.freshness import MEANING, judge
from screening.lists.registry import max_age_of
from screening.matching.engine import ENGINE_VERSION
from screening.models import ControlList, ListVersion, RescreenPart, ScreenedParty
from screening.queries.matches import parties_under
from screening.queries.versions import State, active_versions


def freshness(now: dt.datetime | None = None) -> list[dict[str, Any]]:
    """One row a list, by code: what answers, since when, how old, its state and what the state means (two queries)."""
    moment = now or timezone.now()
    active = {version.control_list_id: version for version in active_versions()}
    staged = Count("versions", filter=Q(versions__state=State.STAGED))
    rows = []
    for control_list in ControlList.objects.select_related("organization").annotate(staged=staged):
        version = active.get(control_list.pk)
        limit = max_age_of(control_list.code, settings.LIST_MAX_AGE_DAYS)
        cadence = None if control_list.cadence_hours is None else dt.timedelta(hours=control_list.cadence_hours)
        state = judge(
            checked_at=control_list.checked_at,
            cadence=cadence,
            now=moment,
            answers=version is not None,
            sample=version is not None and version.sample,
            current_on=version.current_on if version else None,
            limit=limit,
        )
        rows.append(
            {
                "list": control_list.code,
                "name": control_list.name,
                "publisher": control_list.publisher,
                "organization": control_list.organization,
                "required": control_list.required,
                "state": str(state),
                "meaning": MEANING[state],
                "version": version.number if version else None,
                "version_id": version.pk if version else None,
                "entries": version.entries if version else 0,
                "published_on": version.published_on if version else None,
                "confirmed_on": version.confirmed_on if version else None,
                "current_on": version.current_on if version else None,
                "age_days": (moment.date() - version.current_on).days if version and version.current_on else None,
                "limit_days": limit.days if limit else None,
                "activated_at": version.activated_at if version else None,
                "rescreened_at": version.rescreened_at if version else None,
                "checked_at": control_list.checked_at,
                "cadence_hours": control_list.cadence_hours,
                "staged": control_list.staged,
            }
        )
    return rows


def engine_progress() -> dict[str, Any]:
    """Whether live parties wait to be screened by today's engine: {engine, waiting, total} (one query)."""
    major = int(ENGINE_VERSION.split(".")[0])
    counted = ScreenedParty.objects.filter(live=True).aggregate(total=Count("pk"), seen=Count("pk", filter=Q(engine_major=major)))
    return {"engine": ENGINE_VERSION, "waiting": counted["total"] - counted["seen"], "total": counted["total"]}


def standing() -> dict[str, Any]:
    """What every page shows at its foot, of the lists that are everybody's: how many answer, the oldest of them, whether any
    is a sample, the engine (one query)."""
    versions = list(
        ListVersion.objects.filter(state=State.ACTIVE, control_list__organization__isnull=True)
        .values_list("control_list__code", "published_on", "sample")
        .order_by()
    )
    dates = [published for _, published, _ in versions if published is not None]
    return {
        "lists": len(versions),
        "oldest": min(dates, default=None),
        "sample": any(sample for *_, sample in versions),
        "none": not versions,
        "engine": ENGINE_VERSION,
    }


def list_cards() -> list[dict[str, Any]]:
    """Freshness of each list with the last change that was activated and the version that waits, for the cards (four
    queries)."""
    rows = freshness()
    active = {
        version.pk: version
        for version in ListVersion.objects.filter(state=State.ACTIVE).only("pk", "added", "removed", "changed", "warnings")
    }
    staged: dict[str, ListVersion] = {}
    newest = (
        ListVersion.objects.filter(state=State.STAGED)
        .select_related("control_list")
        .only("pk", "number", "staged_at", "added", "removed", "changed", "control_list__code")
    )
    for version in newest.order_by("number"):
        staged[version.control_list.code] = version
    for row in rows:
        row["active"] = active.get(row["version_id"])
        row["waiting"] = staged.get(row["list"])
        hours = row["cadence_hours"]
        row["next_check"] = row["checked_at"] + dt.timedelta(hours=hours) if row["checked_at"] and hours else None
    return rows


def progress_of(version: ListVersion) -> dict[str, Any]:
    """How far the impact preview or the rescreening of a version is: {work, done, total, running}."""
    live = parties_under(version.control_list)
    if version.state == State.STAGED:
        work, running = "preview", version.previewed_at is None
        waiting = Q(pk__gt=version.preview_cursor)
    elif version.state == State.ACTIVE:
        work, running = "rescreen", version.rescreened_at is None
        waiting = Q(pk__in=())
        for part in version.parts.filter(done_at__isnull=True):
            waiting |= Q(pk__gt=part.cursor, remainder=part.remainder)
    else:
        return {"work": "", "done": 0, "total": 0, "running": False}
    total = live.count()
    left = live.annotate(remainder=F("pk") % RescreenPart.PARTS).filter(waiting).count() if running else 0
    return {"work": work, "done": total - left, "total": total, "running": running}
