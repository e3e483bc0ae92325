"""Nobody gets anywhere without a login, unless the URL is listed as public."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from exportcheck import problems
from exportcheck.accounts.public import PUBLIC_NAMES

API_PREFIX = "/api/"


class LoginRequiredMiddleware:
    """Deny by default: a stranger is sent to the login page, a program gets 401, htmx is told to load the login page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """None lets the request pass; anything else is the answer."""
        if request.user.is_authenticated or is_public(request) or checks_tokens(view):
            return None
        if request.path.startswith(API_PREFIX):
            return problems.response(
                HTTPStatus.UNAUTHORIZED,
                "not_authenticated",
                "Send an API token (Authorization: Bearer ec_…) or sign in.",
                headers={"WWW-Authenticate": 'Bearer realm="ExportCheck"'},
            )
        if request.headers.get("HX-Request"):
            return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"HX-Redirect": reverse("account_login")})
        return redirect_to_login(request.get_full_path(), reverse("account_login"))


def is_public(request: HttpRequest) -> bool:
    """Whether the URL is listed as public."""
    match = request.resolver_match
    return match is not None and not match.namespace and match.url_name in PUBLIC_NAMES


def checks_tokens(view: Callable[..., HttpResponseBase]) -> bool:
    """REST framework views sign programs in themselves and deny by default (exportcheck.api.permissions)."""
    return hasattr(view, "cls") and hasattr(view.cls, "perform_authentication")
