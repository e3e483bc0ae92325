"""API tokens: `Authorization: Bearer ec_…`."""

from __future__ import annotations

from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from exportcheck.accounts import tokens
from exportcheck.accounts.models import ApiToken, User
from exportcheck.audit.context import note_token


class TokenAuthentication(BaseAuthentication):
    """Signs a program in: `request.auth` is its token, `request.user` the person who made it (their organization bounds what
    it reaches, the token's scopes what it may do)."""

    keyword = "Bearer"

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """None when no bearer token was sent; raises AuthenticationFailed (401) when it is not valid (any more)."""
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() != b"bearer":
            return None
        if len(parts) != 2:
            raise AuthenticationFailed("Send one token: Authorization: Bearer ec_…", code="token_malformed")
        try:
            token = tokens.find(parts[1].decode("ascii", "replace"))
        except tokens.TokenRefusedError as refused:
            raise AuthenticationFailed(str(refused), code=refused.code) from refused
        note_token(token.prefix)
        return token.created_by, token

    def authenticate_header(self, request: Request) -> str:
        """Makes the answer 401 with this challenge."""
        return 'Bearer realm="ExportCheck"'
