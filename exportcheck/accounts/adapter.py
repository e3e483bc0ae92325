"""Where allauth asks us: every login, logout and failed login becomes an audit event."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse

from exportcheck.accounts import events
from exportcheck.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Our answers to allauth's questions."""

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in and record it."""
        super().login(request, user)
        events.record_login(user=user)

    def logout(self, request: HttpRequest) -> None:
        """Record it while it is known who, then sign out."""
        if isinstance(request.user, User):
            events.record_logout(user=request.user)
        super().logout(request)

    def set_password(self, user: User, password: str) -> None:
        """A changed or reset password is recorded (that it changed, nothing of it)."""
        super().set_password(user, password)
        events.record_password_change(user=user)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Record the attempt (never the password)."""
        super().authentication_failed(request, **credentials)
        events.record_failed_login(email=str(credentials.get("email") or credentials.get("login") or ""))

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """People of the desk start at the desk, exporters at their applications."""
        user = request.user
        if isinstance(user, User) and user.is_desk and not user.is_exporter:
            return reverse("desk:index")
        url: str = super().get_login_redirect_url(request)
        return url
