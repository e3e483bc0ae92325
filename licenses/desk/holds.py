"""Legal holds on the desk: who set them, who asked for the release, who released them on which paper."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html

from exportcheck.accounts import policy
from exportcheck.accounts.current_user import current_user
from exportcheck.admin_actions import ServiceAction, by_post
from exportcheck.admin_lookups import person_column
from exportcheck.read_only_admin import ReadOnlyAdmin
from licenses.desk.forms import HoldForm, ReleaseAskForm, ReleaseForm
from licenses.models import LegalHold, LicenseApplication
from licenses.services.retention.retention import PARTY, ask_release, release_hold, set_hold

LIST = "desk:licenses_legalhold_changelist"


def parties_of(application: LicenseApplication) -> list[tuple[str, str]]:
    """(key, name) of the parties a hold may be set on, each name once."""
    names = {str(party): party.key for party in reversed(application.parties.all())}
    return [(key, name) for name, key in reversed(names.items())]


@admin.register(LegalHold)
class HoldAdmin(ReadOnlyAdmin):
    """Read only; the acts are services."""

    list_display = ("subject", "organization", "state", "authority", person_column("set_by", "set by"), "set_at")
    list_select_related = ("organization", "set_by", "release_asked_by", "released_by")
    search_fields = ("subject", "organization__name", "authority")
    show_full_result_count = False
    actions = None

    def sees(self, request: HttpRequest) -> bool:
        """Those who set, review and release them."""
        return policy.can_see_holds(request.user)

    def get_urls(self) -> list[URLPattern]:
        """The three acts before the admin's own addresses."""
        view = self.admin_site.admin_view
        return [
            path("set/<int:application_id>/", view(self.set_view), name="licenses_legalhold_set"),
            path("<int:hold_id>/ask/", view(self.ask_view), name="licenses_legalhold_ask"),
            path("<int:hold_id>/release/", view(self.release_view), name="licenses_legalhold_release"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """One hold with what may be done about it."""
        if not policy.can_see_holds(request.user):
            raise PermissionDenied
        hold = get_object_or_404(self.get_queryset(request).select_related(*self.list_select_related), pk=object_id)
        context = {
            **self.admin_site.each_context(request),
            "opts": LegalHold._meta,
            "title": f"Legal hold on {hold.subject}",
            "hold": hold,
            "may_ask": hold.stands and hold.release_asked_by_id is None and policy.can_set_hold(request.user),
            "may_release": hold.stands and policy.can_release_hold(request.user, hold.release_asked_by_id),
            "ask_form": ReleaseAskForm(),
            "release_form": ReleaseForm(),
        }
        return TemplateResponse(request, "admin/licenses/legalhold.html", context)

    def set_view(self, request: HttpRequest, application_id: int) -> HttpResponse:
        """Hold the records of an application, of all that name one of its parties, or of its whole organization."""
        application = get_object_or_404(LicenseApplication, pk=application_id)

        def service(values: dict[str, Any]) -> LegalHold:
            whole = values["reach"] == "organization"
            _, is_party, key = values["reach"].partition(PARTY)
            return set_hold(
                actor=current_user(request),
                reason=values["reason"],
                authority=values["authority"],
                application_id=None if whole else application.pk,
                party_key=key if is_party else "",
                organization_id=application.organization_id if whole else None,
            )

        by_post(request, may=policy.can_set_hold(request.user))
        form = HoldForm(request.POST, parties=parties_of(application))
        ServiceAction(form, service, "Held. Nothing of it is destroyed until the hold is released.").tell(request)
        return redirect("desk:licenses_licenseapplication_change", application_id)

    def ask_view(self, request: HttpRequest, hold_id: int) -> HttpResponse:
        """First person: the hold may end."""

        def service(values: dict[str, Any]) -> LegalHold:
            return ask_release(actor=current_user(request), hold_id=hold_id, reason=values["reason"])

        by_post(request, may=policy.can_see_holds(request.user))
        action = ServiceAction(ReleaseAskForm(request.POST), service, "Asked. A System admin releases it on written authority.")
        action.tell(request)
        return redirect("desk:licenses_legalhold_change", hold_id)

    def release_view(self, request: HttpRequest, hold_id: int) -> HttpResponse:
        """Second person: the hold ends."""

        def service(values: dict[str, Any]) -> LegalHold:
            return release_hold(actor=current_user(request), hold_id=hold_id, authority=values["authority"])

        by_post(request, may=policy.can_see_holds(request.user))
        ServiceAction(ReleaseForm(request.POST), service, "Released.").tell(request)
        return redirect("desk:licenses_legalhold_change", hold_id)

    @admin.display(description="State")
    def state(self, hold: LegalHold) -> str:
        """Stands, release asked for, or released."""
        words = "released" if not hold.stands else "release asked for" if hold.release_asked_by_id else "stands"
        tone = "neutral" if not hold.stands else "warn"
        return format_html('<span class="ec-chip" data-tone="{}">{}</span>', tone, words)
