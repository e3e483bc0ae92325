"""Matches, decisions remembered, and the impact of a staged version."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from screening.models import Clearance, ControlList, ImpactPreview, ListVersion, Match, ScreenedParty


def open_matches() -> QuerySet[Match]:
    """Matches of live parties that a person must still settle."""
    waiting = (Match.State.OPEN, Match.State.PROPOSED, Match.State.REOPENED)
    rows = Match.objects.filter(state__in=waiting, gone_at__isnull=True, party__live=True)
    return rows.select_related("party__organization", "control_list", "entry")


def matches_newer_than(moment: dt.datetime) -> QuerySet[Match]:
    """Matches of live parties that a list, the engine or time changed after `moment`: found, gone, back or reopened.
    Decisions of people do not count. Compare with a report's `finished_at`."""
    return Match.objects.filter(touched_at__gt=moment, party__live=True).select_related("party")


def parties_under(control_list: ControlList) -> QuerySet[ScreenedParty]:
    """Live parties that are screened against a list: everybody's, or of the one organization whose own list it is."""
    live = ScreenedParty.objects.filter(live=True)
    return live if control_list.organization_id is None else live.filter(organization=control_list.organization_id)


def parties_of_older_engine(major: int) -> QuerySet[ScreenedParty]:
    """Live parties that no engine of this major version has screened against everything."""
    return ScreenedParty.objects.filter(Q(engine_major__lt=major) | Q(engine_major__gt=major), live=True)


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


def impacts_of(version: ListVersion) -> QuerySet[ImpactPreview]:
    """Parties that activating the version would touch, with their organization."""
    return ImpactPreview.objects.filter(version=version).select_related("party__organization").order_by("pk")


def impact_counts(version: ListVersion) -> dict[str, int]:
    """Parties and cases touched; matches gained, lost and moved to another band."""
    counts = {"parties": 0, "gained": 0, "lost": 0, "band_changed": 0, "cases": 0}
    cases = set()
    rows = ImpactPreview.objects.filter(version=version).values_list(
        "gained", "lost", "band_changed", "party__organization_id", "party__case"
    )
    for gained, lost, moved, organization_id, case in rows.iterator(chunk_size=1_000):
        counts["parties"] += 1
        counts["gained"] += len(gained)
        counts["lost"] += len(lost)
        counts["band_changed"] += len(moved)
        cases.add((organization_id, case))
    counts["cases"] = len(cases)
    return counts
