"""Who is making the request."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from exportcheck.accounts.models import User


def current_user(request: HttpRequest) -> User:
    """The signed-in person; the middleware has asked for the login."""
    if not isinstance(request.user, User):
        raise PermissionDenied("Sign in first.")
    return request.user
