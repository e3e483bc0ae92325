"""Named reads of screening. Those that judge time take it from the clock here and hand it on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from screening.freshness import MEANING, judge
from screening.lists.registry import SOURCES
from screening.matching.engine import ENGINE_VERSION
from screening.models import (
    Clearance,
    ControlList,
    ImpactPreview,
    ListChange,
    ListEntry,
    ListVersion,
    Match,
    ScreenedParty,
)
from screening.searchtext import search_words

State = ListVersion.State
EVER_ANSWERED = (State.ACTIVE, State.RETIRED, State.HISTORY)
"""States whose content can answer `--as-of` and a replay; never STAGED or REFUSED."""
ON_THE_LINE = (State.ACTIVE, State.RETIRED)
"""States of versions that were activated; intervals run over these."""
_FACTS = (
    "pk",
    "number",
    "state",
    "base_id",
    "sample",
    "source",
    "sha256",
    "content_digest",
    "published_on",
    "confirmed_on",
    "entries",
    "activated_at",
    "rescreened_at",
    "rescreen_since",
    "control_list__code",
    "control_list__name",
    "control_list__required",
)


def active_versions() -> QuerySet[ListVersion]:
    """The versions that answer now, by list code; the long columns (rejects, warnings) are left for later."""
    return (
        ListVersion.objects.filter(state=State.ACTIVE).select_related("control_list").only(*_FACTS).order_by("control_list__code")
    )


def versions_on(as_of: dt.date) -> list[ListVersion]:
    """For each list the version in force on a day: newest `published_on` up to it among those that ever answered; of two
    with one date the later number."""
    found: dict[str, ListVersion] = {}
    candidates = ListVersion.objects.filter(state__in=EVER_ANSWERED, published_on__lte=as_of).select_related("control_list")
    for version in candidates.only(*_FACTS).order_by("control_list__code", "published_on", "number"):
        found[version.control_list.code] = version
    return list(found.values())


def versions_numbered(numbers: dict[str, int]) -> list[ListVersion]:
    """The versions a report names (list code -> number), as far as they ever answered."""
    wanted = Q(pk__in=())
    for code, number in numbers.items():
        wanted |= Q(control_list__code=code, number=number)
    found = ListVersion.objects.filter(wanted, state__in=EVER_ANSWERED).select_related("control_list").only(*_FACTS)
    return list(found.order_by("control_list__code"))


def required_lists_published_by(as_of: dt.date) -> QuerySet[ControlList]:
    """Required lists that were ever activated and existed on a day."""
    return ControlList.objects.filter(
        Q(exists_from__isnull=True) | Q(exists_from__lte=as_of),
        required=True,
        pk__in=ListVersion.objects.filter(state__in=ON_THE_LINE).values("control_list"),
    )


def entries_of(version: ListVersion) -> QuerySet[ListEntry]:
    """Rows of a version that ever answered, exactly as they stood. A staged version has no rows yet
    (screening.services.content reads it)."""
    rows = ListEntry.objects.filter(control_list_id=version.control_list_id)
    if version.state == State.HISTORY:
        return rows.filter(introduced_in=version)
    if version.state not in ON_THE_LINE:
        return rows.none()
    # A HISTORY row is retired by the version that introduced it, so it never stands between two numbers.
    return rows.filter(introduced_in__number__lte=version.number).filter(
        Q(retired_in__isnull=True) | Q(retired_in__number__gt=version.number)
    )


def entry_history(code: str, uid: str) -> QuerySet[ListEntry]:
    """Every row an entry ever had, newest first."""
    rows = ListEntry.objects.filter(control_list__code=code, uid=uid).select_related(
        "control_list", "introduced_in", "retired_in"
    )
    return rows.order_by("-introduced_in__number")


def search_entries(text: str, code: str = "") -> QuerySet[ListEntry]:
    """Entries of the active versions that hold every word of `text` in a name, alias, address, citation or program."""
    rows = ListEntry.objects.filter(retired_in__isnull=True, control_list__versions__state=State.ACTIVE).select_related(
        "control_list"
    )
    if code:
        rows = rows.filter(control_list__code=code)
    for word in search_words(text):
        rows = rows.filter(search_text__contains=word)
    return rows.order_by("name", "control_list__code", "pk")


def open_matches() -> QuerySet[Match]:
    """Matches of live parties that a person must still settle."""
    waiting = (Match.State.OPEN, Match.State.PROPOSED, Match.State.REOPENED)
    rows = Match.objects.filter(state__in=waiting, gone_at__isnull=True, party__live=True)
    return rows.select_related("party__organization", "control_list", "entry")


def matches_of_subject_prefix(prefix: str) -> QuerySet[Match]:
    """Matches of live parties of one case ("application:EX-2026-00017"), decided or not; gone ones too (`gone_at`)."""
    rows = Match.objects.filter(Q(party__subject=prefix) | Q(party__subject__startswith=f"{prefix}:"), party__live=True)
    return rows.select_related("party", "control_list", "entry", "clearance__resolution")


def matches_newer_than(moment: dt.datetime) -> QuerySet[Match]:
    """Matches of live parties that a list, the engine or time changed after `moment`: found, gone, back or reopened.
    Decisions of people do not count. Compare with a report's `finished_at`."""
    return Match.objects.filter(touched_at__gt=moment, party__live=True).select_related("party")


def clearances_for(*, fingerprint: str, code: str | None = None) -> QuerySet[Clearance]:
    """Decisions remembered about a party, valid or not, newest first."""
    rows = Clearance.objects.filter(party_fingerprint=fingerprint)
    if code is not None:
        rows = rows.filter(control_list__code=code)
    return rows.select_related("control_list", "organization", "resolution__proposed_by", "resolution__decided_by")


def valid_clearances(fingerprints: Iterable[str], *, now: dt.datetime) -> QuerySet[Clearance]:
    """Clearances that have neither expired nor been revoked, newest first."""
    return Clearance.objects.filter(
        party_fingerprint__in=fingerprints, revoked_at__isnull=True, expires_at__gt=now
    ).select_related("control_list")


def changes_of(version: ListVersion, kind: str) -> QuerySet[ListChange]:
    """Difference of a version to its base, one kind of it, by name."""
    return ListChange.objects.filter(version=version, kind=kind).select_related("before").order_by("name", "pk")


def rescreen_due(*, before: dt.datetime) -> QuerySet[ListVersion]:
    """Active versions whose parties still wait, nobody working on them since `before`."""
    return ListVersion.objects.filter(state=State.ACTIVE, rescreened_at__isnull=True).filter(
        Q(rescreen_claimed_at__isnull=True) | Q(rescreen_claimed_at__lt=before)
    )


def preview_due(*, before: dt.datetime) -> QuerySet[ListVersion]:
    """Staged versions without an impact preview, nobody working on it since `before`."""
    return ListVersion.objects.filter(state=State.STAGED, previewed_at__isnull=True).filter(
        Q(preview_claimed_at__isnull=True) | Q(preview_claimed_at__lt=before)
    )


def versions_of(code: str) -> QuerySet[ListVersion]:
    """Every version of a list, newest first, with its people."""
    rows = ListVersion.objects.filter(control_list__code=code)
    return rows.select_related("control_list", "base", "staged_by", "activated_by").defer("rejects").order_by("-number")


def freshness(now: dt.datetime | None = None) -> list[dict[str, Any]]:
    """One row a list, by code: what answers, since when, how old, its state and what the state means (two queries)."""
    moment = now or timezone.now()
    active = {version.control_list_id: version for version in active_versions()}
    waiting = dict(
        ListVersion.objects.filter(state=State.STAGED).order_by().values_list("control_list_id").annotate(waiting=Count("pk"))
    )
    rows = []
    for control_list in ControlList.objects.all():
        version = active.get(control_list.pk)
        cadence = None if control_list.cadence_hours is None else dt.timedelta(hours=control_list.cadence_hours)
        state = judge(
            checked_at=control_list.checked_at,
            cadence=cadence,
            now=moment,
            answers=version is not None,
            sample=version is not None and version.sample,
        )
        rows.append(
            {
                "list": control_list.code,
                "name": control_list.name,
                "publisher": control_list.publisher,
                "required": control_list.required,
                "state": str(state),
                "meaning": MEANING[state],
                "version": version.number if version else None,
                "version_id": version.pk if version else None,
                "entries": version.entries if version else 0,
                "published_on": version.published_on if version else None,
                "confirmed_on": version.confirmed_on if version else None,
                "activated_at": version.activated_at if version else None,
                "rescreened_at": version.rescreened_at if version else None,
                "checked_at": control_list.checked_at,
                "cadence_hours": control_list.cadence_hours,
                "staged": waiting.get(control_list.pk, 0),
            }
        )
    return rows


def standing() -> dict[str, Any]:
    """What every page shows at its foot: how many lists answer, the oldest of them, whether any is a sample, the engine
    (one query)."""
    versions = list(
        ListVersion.objects.filter(state=State.ACTIVE).values_list("control_list__code", "published_on", "sample").order_by()
    )
    dates = [published for _, published, _ in versions if published is not None]
    return {
        "lists": len(versions),
        "oldest": min(dates, default=None),
        "sample": any(sample for *_, sample in versions),
        "none": not versions,
        "engine": ENGINE_VERSION,
    }


def known_lists() -> list[tuple[str, str]]:
    """Code and name of every list, built-in and custom, for a choice."""
    known = {code: source.name for code, source in SOURCES.items()}
    known.update(ControlList.objects.values_list("code", "name"))
    return sorted(known.items())


def matches_on(version: ListVersion) -> QuerySet[Match]:
    """Matches of live parties that a version's rescreening made or ended."""
    return Match.objects.filter(party__live=True, run__cause=version).annotate(subject=F("party__subject"))


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


def impacts_of(version: ListVersion) -> QuerySet[ImpactPreview]:
    """Parties that activating the version would touch, with their organization."""
    return ImpactPreview.objects.filter(version=version).select_related("party__organization").order_by("pk")


def impact_counts(version: ListVersion) -> dict[str, int]:
    """Parties and cases touched; matches gained, lost and moved to another band."""
    counts = {"parties": 0, "gained": 0, "lost": 0, "band_changed": 0, "cases": 0}
    cases = set()
    rows = ImpactPreview.objects.filter(version=version).values_list(
        "gained", "lost", "band_changed", "party__organization_id", "party__subject"
    )
    for gained, lost, moved, organization_id, subject in rows.iterator(chunk_size=1_000):
        counts["parties"] += 1
        counts["gained"] += len(gained)
        counts["lost"] += len(lost)
        counts["band_changed"] += len(moved)
        cases.add((organization_id, subject.rpartition(":")[0]))
    counts["cases"] = len(cases)
    return counts


def progress_of(version: ListVersion) -> dict[str, Any]:
    """How far the impact preview or the rescreening of a version is: {work, done, total, running}."""
    live = ScreenedParty.objects.filter(live=True)
    if version.state == State.STAGED:
        running = version.previewed_at is None
        cursor, work = version.preview_cursor, "preview"
    elif version.state == State.ACTIVE:
        running = version.rescreened_at is None
        cursor, work = version.rescreen_cursor, "rescreen"
    else:
        return {"work": "", "done": 0, "total": 0, "running": False}
    total = live.count()
    done = live.filter(pk__lte=cursor).count() if running else total
    return {"work": work, "done": done, "total": total, "running": running}
