"""Decisions remembered (docs/design/intake.md#4, memory): how long and for whom they hold, and how they end."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from exportcheck.audit.services import record
from screening.matching.types import Band
from screening.models import FREEING, Clearance, Match, Resolution
from screening.services.parties.engine_info import engine_major

LASTS = dt.timedelta(days=365)
LASTS_STRONG = dt.timedelta(days=90)
"""A decision against a strong score is looked at again sooner."""


def remember(resolution: Resolution, match: Match) -> Clearance | None:
    """The clearance of a decision that is kept in mind; joins the caller's transaction."""
    if resolution.disposition not in FREEING:  # a true match is decided anew in each case
        return None
    lasts = LASTS_STRONG if match.band == Band.STRONG else LASTS
    return Clearance.objects.create(
        resolution=resolution,
        organization=match.party.organization,
        scope=resolution.scope,
        case=match.party.case,
        party_fingerprint=match.party.fingerprint,
        control_list_id=match.control_list_id,
        entry_uid=match.entry.uid,
        entry_content_hash=match.entry.content_hash,
        engine_major=engine_major(),
        score=match.score,
        band=match.band,
        disposition=resolution.disposition,
        role=resolution.role,
        item_scope=resolution.item_scope,
        expires_at=timezone.now() + lasts,
    )


def revoke(clearance: Clearance, *, because: str) -> None:
    """End a clearance and reopen every match that rests on it; joins the caller's transaction."""
    now = timezone.now()
    if Clearance.objects.filter(pk=clearance.pk, revoked_at__isnull=True).update(revoked_at=now, revoked_because=because) == 1:
        resting_on(clearance).update(state=Match.State.REOPENED, reopened_because=because, clearance=None, touched_at=now)


def resting_on(clearance: Clearance) -> QuerySet[Match]:
    """Settled matches whose settlement is this clearance: where it was decided and where it was carried over."""
    rows = Match.objects.filter(Q(clearance=clearance) | Q(pk=clearance.resolution.match_id))
    return rows.filter(state=Match.State.RESOLVED, gone_at__isnull=True)


def reopen_expired() -> int:
    """Reopen what expired clearances settled; returns how many clearances ended."""
    now = timezone.now()
    ended = 0
    expired = Clearance.objects.filter(revoked_at__isnull=True, expires_at__lte=now)
    for clearance in expired.select_related("resolution__match__party", "organization", "control_list").order_by("pk"):
        ended += _expire(clearance)
    return ended


@transaction.atomic
def _expire(clearance: Clearance) -> int:
    because = f"The decision of {clearance.created_at:%Y-%m-%d} expired on {clearance.expires_at:%Y-%m-%d}."
    reopened = list(resting_on(clearance).values_list("pk", flat=True))
    now = timezone.now()
    if Clearance.objects.filter(pk=clearance.pk, revoked_at__isnull=True).update(revoked_at=now, revoked_because=because) != 1:
        return 0
    Match.objects.filter(pk__in=reopened).update(
        state=Match.State.REOPENED, reopened_because=because, clearance=None, touched_at=now
    )
    record(
        actor=None,
        actor_label="expiry of decisions",
        action="clearance.expired",
        subject=f"clearance:{clearance.pk}",
        organization=clearance.organization,
        body={
            "list": clearance.control_list.code,
            "entry": clearance.entry_uid,
            "subject": clearance.resolution.match.party.subject,
            "reopened": len(reopened),
        },
    )
    return 1
