"""The desk: Django's admin site for reviewers, list admins, auditors and system admins."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse

from exportcheck.accounts.models import User


class DeskSite(AdminSite):
    """Only people with a role of the desk enter; they sign in by the one login page (lockout, second factor)."""

    site_header = "ExportCheck desk"
    site_title = "ExportCheck desk"
    index_title = "Desk"
    enable_nav_sidebar = False
    """Its links stand in the header: beside the queue the sidebar pushed the clock and the assignee out of sight."""

    def __init__(self, name: str = "desk") -> None:
        super().__init__(name)

    def has_permission(self, request: HttpRequest) -> bool:
        """Active, with a role of the desk."""
        return isinstance(request.user, User) and request.user.is_active and request.user.is_desk

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The site's own login form is not used: strangers go to the login page, signed-in exporters are refused."""
        if request.user.is_authenticated:
            raise PermissionDenied("The desk is for reviewers, list admins, auditors and system admins.")
        target = request.GET.get("next") or reverse(f"{self.name}:index")
        return redirect_to_login(target, reverse("account_login"))

    def logout(  # type: ignore[override]  # Django promises a page, any answer will do
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The same way out as everywhere, so that it is recorded."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        get_adapter(request).logout(request)
        return redirect("account_login")

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        """Shut: no form of the desk asks for related rows, and open it searches a list by any relation of any model."""
        raise Http404

    def password_change(  # type: ignore[override]  # as above
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """One page to change the password, for the desk and for exporters."""
        return redirect("account_change_password")
