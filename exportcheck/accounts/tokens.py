"""Keys of programs: made, found, revoked. Only a hash is stored; the key is shown once."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from exportcheck.accounts import policy
from exportcheck.accounts.models import ApiToken, Organization, User
from exportcheck.accounts.scopes import Scope
from exportcheck.audit.services import OPERATOR, record
from exportcheck.errors import Refused

KEY_PREFIX = "ec_"
SHOWN = 11
"""Characters of the key kept readable, to tell keys apart: too few to guess the other 40 from."""
LONGEST = timedelta(days=366)
"""A key lives a year at most; leaked and forgotten keys die by themselves."""
USE_NOTED_EVERY = timedelta(minutes=5)
"""`last_used_at` moves no faster than this, so that reading does not write on each call."""


class TokenRefusedError(Exception):
    """The key is unknown, expired, revoked, or its person left. `code` is the stable code of the answer."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


@transaction.atomic
def issue_token(
    *, actor: User, organization: Organization, name: str, scopes: Collection[Scope], expires_at: datetime
) -> tuple[ApiToken, str]:
    """A new key of an organization: the row and the plain key, which is nowhere stored.

    Raises Refused: "not_allowed" unless the actor administers the organization, "invalid" for no scope or a bad end date.
    """
    if not policy.can_issue_token(actor, organization.pk):
        raise Refused("not_allowed", "Only the organization's own Exporter admin makes its API tokens.")
    now = timezone.now()
    if not scopes:
        raise Refused("invalid", "Choose at least one scope.")
    if not now < expires_at <= now + LONGEST:
        raise Refused("invalid", f"A token expires in the future, at most {LONGEST.days} days from now.")
    key = KEY_PREFIX + secrets.token_urlsafe(36)
    token = ApiToken.objects.create(
        organization=organization,
        name=name.strip(),
        prefix=key[:SHOWN],
        key_hash=hash_of(key),
        scopes=sorted(scope.value for scope in set(scopes)),
        created_by=actor,
        expires_at=expires_at,
    )
    record(
        actor=actor,
        action="token.issued",
        subject=f"token:{token.pk}",
        organization=organization,
        body={"name": token.name, "prefix": token.prefix, "scopes": token.scopes, "expires_at": expires_at},
    )
    return token, key


@transaction.atomic
def revoke_token(*, actor: User, token: ApiToken) -> None:
    """End a key at once; ending it twice changes nothing. Raises Refused("not_allowed")."""
    if not policy.can_revoke_token(actor, token.organization_id):
        raise Refused("not_allowed", "Only the organization's Exporter admin or a System admin revokes its API tokens.")
    end_token(actor=actor, token=token)


@transaction.atomic
def end_token(*, actor: User | None, token: ApiToken) -> None:
    """End a key because its person may keep none: who may do that is the caller's question. `actor` None: the operator."""
    if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now()) != 1:
        return
    record(
        actor=actor,
        actor_label="" if actor else OPERATOR,
        action="token.revoked",
        subject=f"token:{token.pk}",
        organization=token.organization,
        body={"name": token.name, "prefix": token.prefix},
    )


def find(key: str) -> ApiToken:
    """The living token of a plain key. Raises TokenRefusedError."""
    token = ApiToken.objects.select_related("organization", "created_by__membership").filter(key_hash=hash_of(key)).first()
    now = timezone.now()
    if token is None:
        raise TokenRefusedError("token_unknown", "This API token is not known.")
    if token.revoked_at is not None:
        raise TokenRefusedError("token_revoked", "This API token was revoked.")
    if token.expires_at <= now:
        raise TokenRefusedError("token_expired", f"This API token expired on {token.expires_at:%Y-%m-%d}.")
    if not policy.can_issue_token(token.created_by, token.organization_id):
        raise TokenRefusedError("token_orphaned", "The person who made this API token no longer administers the organization.")
    if token.last_used_at is None or token.last_used_at < now - USE_NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token


def hash_of(key: str) -> str:
    """SHA-256 in hex. The key has 288 random bits, so that a slow or salted hash would add nothing."""
    return hashlib.sha256(key.encode()).hexdigest()
