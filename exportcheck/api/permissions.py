"""Permissions of API views: denied unless a view says what it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from exportcheck.accounts.models import ApiToken, User
from exportcheck.accounts.scopes import Scope

if TYPE_CHECKING:
    # REST framework imports this module while it imports its own views.
    from rest_framework.views import APIView


class DenyByDefault(BasePermission):
    """The default of every view that forgot to say who may."""

    message = "Nobody may do this here."

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Never."""
        return False


class SignedIn(BasePermission):
    """A signed-in person or a valid token."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether somebody is known."""
        return isinstance(request.user, User) and request.user.is_active


def HasScope(*scopes: Scope) -> type[BasePermission]:
    """Permission class: a token must hold all the scopes; a signed-in person is judged by exportcheck.accounts.policy alone."""

    class Scoped(SignedIn):
        message = f"The API token lacks the scope {' '.join(scopes)}."

        def has_permission(self, request: Request, view: APIView) -> bool:
            if not super().has_permission(request, view):
                return False
            return not isinstance(request.auth, ApiToken) or set(scopes) <= set(request.auth.scopes)

    return Scoped
