"""Where allauth asks us: every login, logout and failed login becomes an audit event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailConfirmation
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from exportcheck.accounts import events
from exportcheck.accounts.models import User

PRODUCT = "ExportCheck"


@dataclass(frozen=True, slots=True)
class Site:
    """What allauth's letters say of the site they come from."""

    name: str
    domain: str


def at_our_address(link: str) -> str:
    """The same path below SITE_URL."""
    parts = urlsplit(link)
    return urljoin(settings.SITE_URL, urlunsplit(("", "", parts.path, parts.query, "")))


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

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A letter of ours names the product and our address, never the host that a request came with."""
        site = Site(name=PRODUCT, domain=urlsplit(settings.SITE_URL).netloc)
        super().send_mail(template_prefix, email, {**context, "current_site": site})

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link of the letter begins with our own address: the request's host is whatever the sender wrote."""
        return at_our_address(super().get_reset_password_from_key_url(key))

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: EmailConfirmation) -> str:
        """Likewise."""
        return at_our_address(super().get_email_confirmation_url(request, emailconfirmation))

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """People of the desk start at the desk, exporters at their applications."""
        user = request.user
        if isinstance(user, User) and user.is_desk and not user.is_exporter:
            return reverse("desk:index")
        url: str = super().get_login_redirect_url(request)
        return url
