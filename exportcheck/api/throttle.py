"""Rate limit per token, or per person where a browser session calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from exportcheck.accounts.models import ApiToken

if TYPE_CHECKING:
    # REST framework imports this module while it imports its own views.
    from rest_framework.views import APIView


class TokenRateThrottle(SimpleRateThrottle):
    """`API_RATE` calls (settings), counted per token; strangers are counted by address."""

    scope = "token"

    def get_cache_key(self, request: Request, view: APIView) -> str:
        """Whose calls are counted together."""
        if isinstance(request.auth, ApiToken):
            ident = f"token-{request.auth.pk}"
        elif request.user and request.user.is_authenticated:
            ident = f"user-{request.user.pk}"
        else:
            ident = f"address-{self.get_ident(request)}"
        return self.cache_format % {"scope": self.scope, "ident": ident}
