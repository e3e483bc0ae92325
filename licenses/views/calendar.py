"""The calendar: every date of the organization, the earliest first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from exportcheck.accounts.policy import organization_id_of
from licenses.services.filing.deadlines import deadlines_of
from licenses.views.library import exporter


@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """Deadlines to keep and to expect, overdue ones first."""
    today = timezone.now().date()
    organization_id = organization_id_of(exporter(request))
    rows = deadlines_of(organization_id, today=today) if organization_id is not None else []
    context = {
        "today": today,
        "overdue": [row for row in rows if row.on < today],
        "ahead": [row for row in rows if row.on >= today],
    }
    return render(request, "licenses/calendar.html", context)
