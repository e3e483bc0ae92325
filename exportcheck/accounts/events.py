"""Audit events of signing in and out, written where allauth asks our adapter."""

from __future__ import annotations

from django.db import transaction

from exportcheck.accounts.models import User
from exportcheck.audit.services import record

UNKNOWN = "unknown person"
"""Label of somebody who did not get in."""


@transaction.atomic
def record_login(*, user: User) -> None:
    """A person signed in."""
    record(actor=user, action="login", subject=f"user:{user.pk}", organization=user.organization)


@transaction.atomic
def record_logout(*, user: User) -> None:
    """A person signed out."""
    record(actor=user, action="logout", subject=f"user:{user.pk}", organization=user.organization)


@transaction.atomic
def record_password_change(*, user: User) -> None:
    """A person set a new password, signed in or by the link of an e-mail."""
    record(actor=user, action="password.changed", subject=f"user:{user.pk}", organization=user.organization)


@transaction.atomic
def record_failed_login(*, email: str) -> None:
    """Somebody did not get in. The address is kept as typed (cut at 200 characters), the password never."""
    user = User.objects.filter(email=email.lower()).first()
    record(
        actor=None,
        action="login.failed",
        subject=f"user:{user.pk}" if user else "user:unknown",
        organization=user.organization if user else None,
        body={"email": email[:200]},
        actor_label=UNKNOWN,
    )
