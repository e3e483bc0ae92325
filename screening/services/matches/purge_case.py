"""Destroying what was screened for a case whose retention ended; what other cases rest on stays."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from exportcheck.accounts.models import Organization
from screening.models import Clearance, ImpactPreview, Match, Resolution, ScreenedParty


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Parties destroyed, and parties kept because a remembered decision about them still holds elsewhere."""

    parties: int
    kept: int


@transaction.atomic
def forget_case(case: str, *, organization: Organization) -> Forgotten:
    """Destroy parties, matches and decisions of a case ("application:EX-2026-00017"); joins the caller's transaction, whose
    event tells why. A party stays when a clearance given about it still reaches other cases or was carried over to one."""
    rows = ScreenedParty.objects.filter(organization=organization, case=case)
    carried = Match.objects.filter(clearance=OuterRef("pk")).exclude(party__in=rows.values("pk"))
    reaching = Q(revoked_at__isnull=True, expires_at__gt=timezone.now()) & ~Q(scope=Clearance.Scope.APPLICATION)
    needed = Clearance.objects.filter(reaching | Exists(carried), resolution__match__party=OuterRef("pk"))
    rows = rows.annotate(needed=Exists(needed))
    going = list(rows.filter(needed=False).values_list("pk", flat=True))
    kept = rows.filter(needed=True).update(live=False)
    matches = Match.objects.filter(party__in=going)
    matches.filter(clearance__isnull=False).update(clearance=None)
    Clearance.objects.filter(resolution__match__party__in=going).delete()
    Resolution.objects.filter(match__party__in=going).delete()
    matches.delete()
    ImpactPreview.objects.filter(party__in=going).delete()
    ScreenedParty.objects.filter(pk__in=going).delete()
    return Forgotten(len(going), kept)
