"""The application as the desk sees it: what the exporter sees, and every candidate, decision and event."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html

from exportcheck.accounts import policy
from exportcheck.accounts.current_user import current_user
from exportcheck.errors import Refused
from exportcheck.read_only_admin import ReadOnlyAdmin
from licenses import queries
from licenses.desk.application_actions import ApplicationActs
from licenses.desk.application_page import ApplicationPage
from licenses.desk.impact import impact_view
from licenses.desk.record_search import CountryFilter, DocumentFilter, PartyFilter
from licenses.models import LicenseApplication
from licenses.output.packs import export_pack
from licenses.words import country, words


@admin.register(LicenseApplication)
class ApplicationAdmin(ReadOnlyAdmin):
    """Read only: the exporter edits the draft, services move it on."""

    list_display = ("reference", "organization", "to", "state_chip", "outcome_chip", "changed_at")
    list_filter = (PartyFilter, CountryFilter, DocumentFilter, "state", "outcome", "type", "legal_hold")
    allowed_lookups = ("party", "country", "document", "state__exact", "outcome", "type__exact", "legal_hold__exact")
    list_select_related = ("organization",)
    search_fields = ("reference", "title", "organization__name", "parties__name")
    show_full_result_count = False

    def sees(self, request: HttpRequest) -> bool:
        """Reviewers and auditors."""
        return policy.can_see_queue(request.user)

    def get_queryset(self, request: HttpRequest) -> QuerySet[LicenseApplication]:
        """All that were handed in."""
        return queries.handed_in()

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The application page for reviewers."""
        if not policy.can_see_queue(request.user):
            raise PermissionDenied
        return ApplicationPage(self.admin_site).show(request, object_id)

    def get_urls(self) -> list[URLPattern]:
        """The evidence pack before the admin's own addresses."""
        view = self.admin_site.admin_view
        return [
            path(
                "impact/<int:version_id>/",
                view(partial(impact_view, site=self.admin_site)),
                name="licenses_impact",
            ),
            path("<int:application_id>/evidence.zip", view(self.evidence_view), name="licenses_licenseapplication_evidence"),
            *ApplicationActs(self.admin_site).urls(),
            *super().get_urls(),
        ]

    def evidence_view(self, request: HttpRequest, application_id: int) -> HttpResponse:
        """Make the evidence pack, record who took it, hand it out. By POST: taking it out is an act."""
        if request.method != "POST" or not policy.can_see_queue(request.user):
            raise PermissionDenied
        application = get_object_or_404(queries.handed_in(), pk=application_id)
        try:
            pack = export_pack(actor=current_user(request), application_id=application.pk, at=timezone.now())
        except Refused as refusal:
            raise PermissionDenied(refusal.detail) from refusal
        headers = {"Content-Disposition": f'attachment; filename="{pack.name}"'}
        return HttpResponse(pack.data, content_type="application/zip", headers=headers)

    @admin.display(description="Destination")
    def to(self, application: LicenseApplication) -> str:
        """Country of destination."""
        return country(application.destination)

    @admin.display(description="State", ordering="state")
    def state_chip(self, application: LicenseApplication) -> str:
        """State as a chip."""
        return format_html('<span class="ec-chip" data-state="{}">{}</span>', application.state, application.get_state_display())

    @admin.display(description="Outcome", ordering="outcome")
    def outcome_chip(self, application: LicenseApplication) -> str:
        """Outcome as a chip."""
        if not application.outcome:
            return "not checked"
        return format_html('<span class="ec-chip" data-state="{}">{}</span>', application.outcome, words(application.outcome))
