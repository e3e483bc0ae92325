"""How old the screening of a check is, and whether it used the lists that are active now (V25)."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone

from licenses.models import CheckReport
from licenses.rules.completeness.messages import ScreeningAge
from screening.services.parties.snapshot import Snapshot
from screening.services.parties.snapshot import current as current_snapshot


def last_screening(report: CheckReport, snapshot: Snapshot | None = None) -> ScreeningAge:
    """Age of a check and whether it used the lists that are active now (`snapshot`, where the caller has it already)."""
    age = None if report.finished_at is None else (timezone.now() - report.finished_at).total_seconds() / 3600
    now = snapshot or current_snapshot(report.application.organization_id)
    return ScreeningAge(age_hours=age, on_active_lists=now.numbers == report.versions, limit_hours=settings.SCREEN_MAX_AGE_HOURS)
