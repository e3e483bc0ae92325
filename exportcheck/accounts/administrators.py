"""Judging administrators as they are now, under one lock, and keeping one on every side."""

from __future__ import annotations

from collections.abc import Collection
from typing import overload

from django.db.models import Q

from exportcheck.accounts.models import Organization, User
from exportcheck.accounts.roles import RoleName
from exportcheck.errors import Refused

ADMIN_ROLES = (RoleName.SYSTEM_ADMIN, RoleName.EXPORTER_ADMIN)
"""Roles without which nobody could let anybody in."""


@overload
def judged(actor: User, user: User) -> tuple[User, User]: ...


@overload
def judged(actor: User | None, user: User) -> tuple[User | None, User]: ...


def judged(actor: User | None, user: User) -> tuple[User | None, User]:
    """Actor (None: the operator) and person as they are now, locked: two administrators who close or demote each other at the
    same moment are judged one after the other, the second by what the first left of them. All administrators are locked
    besides, in one order, so that none can become the last one unseen."""
    admins = User.objects.filter(groups__name__in=[role.value for role in ADMIN_ROLES]).values("pk")
    named = [person.pk for person in (actor, user) if person is not None]
    rows = User.objects.select_for_update(of=("self",)).filter(Q(pk__in=named) | Q(pk__in=admins)).order_by("pk")
    now = {row.pk: row for row in rows}
    return None if actor is None else now[actor.pk], now[user.pk]


def refuse_last_admin(roles: Collection[RoleName], organization: Organization | None) -> None:
    """Raise Refused("invalid") where a change just made leaves a side without an administrator: the desk, or an organization of
    which people remain."""
    active = User.objects.filter(is_active=True)
    if RoleName.SYSTEM_ADMIN in roles and not active.filter(groups__name=RoleName.SYSTEM_ADMIN.value).exists():
        raise Refused("invalid", "This is the last System admin: give the role to somebody else first.")
    if RoleName.EXPORTER_ADMIN in roles and organization is not None:
        members = active.filter(membership__organization=organization)
        if members.exists() and not members.filter(groups__name=RoleName.EXPORTER_ADMIN.value).exists():
            raise Refused("invalid", f"This is the last administrator of {organization}: make somebody else one first.")
