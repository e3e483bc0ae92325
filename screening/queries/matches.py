"""Matches, decisions remembered, and the impact of a staged version."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from screening.models import Clearance, ControlList, ImpactPreview, ListVersion, ScreenedParty


def parties_under(control_list: ControlList) -> QuerySet[ScreenedParty]:
    """Live parties that are screened against a list: everybody's, or of the one organization whose own list it is."""
    live = ScreenedParty.objects.filter(live=True)
    return live if control_list.organization_id is None else live.filter(organization=control_list.organization_id)


def parties_of_older_engine(major: int) -> QuerySet[ScreenedParty]:
    """Live parties that no engine of this major version has screened against everything."""
    return ScreenedParty.objects.filter(Q(engine_major__lt=major) | Q(engine_major__gt=major), live=True)


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
