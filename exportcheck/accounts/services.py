"""Writes of people, organizations and roles: each one transaction and one audit event. Keys: tokens.py. Sign-in: events.py."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import F

from exportcheck.accounts import invitations, policy, tokens
from exportcheck.accounts.administrators import judged, refuse_last_admin
from exportcheck.accounts.models import ApiToken, Membership, Organization, User
from exportcheck.accounts.roles import DESK_ROLES, EXPORTER_ROLES, RoleName
from exportcheck.accounts.scopes import Scope
from exportcheck.audit.services import OPERATOR, record
from exportcheck.errors import Refused

REVIEW_ROLES = frozenset((RoleName.REVIEWER, RoleName.SENIOR_REVIEWER))
"""The only roles of the desk that one person may hold together (rules 4 and 5: the others neither decide nor edit lists)."""


@transaction.atomic
def sign_up_organization(*, user: User, name: str) -> Organization:
    """A new exporter: the organization, its first person as Exporter admin.

    Raises Refused("invalid") when the person works at the desk or for another organization.
    """
    if user.is_desk or Membership.objects.filter(user=user).exists():
        raise Refused("invalid", f"{user} works at the desk or for another organization already.")
    user.save()
    organization = Organization.objects.create(name=name.strip())
    Membership.objects.create(user=user, organization=organization)
    add_groups(user, (RoleName.EXPORTER_ADMIN,))
    record(
        actor=user,
        action="organization.signed_up",
        subject=f"organization:{organization.pk}",
        organization=organization,
        body={"organization": organization.name, "email": user.email, "roles": [RoleName.EXPORTER_ADMIN.value]},
    )
    return organization


@transaction.atomic
def give_role(*, actor: User | None, user: User, role: RoleName) -> None:
    """Give one more role; giving it twice changes nothing. `actor` None is the operator on the host.

    Raises Refused: "not_allowed", or "invalid" when the account would then hold
    roles that must not meet (exporter and desk: docs/roles.md, rule 10; deciding and list keeping or auditing: rules 4 and 5).
    """
    actor, locked = judged(actor, user)
    organization = locked.organization
    refuse_role_change(actor, role, locked, organization)
    if role in locked.roles:
        return
    check_together(locked, organization, role)
    add_groups(locked, (role,))
    forget_roles(user)
    record(
        actor=actor,
        action="role.given",
        subject=f"user:{user.pk}",
        organization=organization,
        body={"email": user.email, "role": role.value},
        actor_label="" if actor else OPERATOR,
    )


@transaction.atomic
def remove_role(*, actor: User | None, user: User, role: RoleName) -> None:
    """Take a role away; a role not held changes nothing. Keys and sessions of the person end with it.

    Raises Refused: "not_allowed", "invalid" for the last administrator.
    """
    actor, locked = judged(actor, user)
    organization = locked.organization
    refuse_role_change(actor, role, locked, organization)
    if role not in locked.roles:
        return
    locked.groups.remove(Group.objects.get(name=role.value))
    forget_roles(locked)
    forget_roles(user)
    set_staff(locked)
    refuse_last_admin(frozenset((role,)), organization)
    end_access(actor=actor, user=locked)
    record(
        actor=actor,
        action="role.removed",
        subject=f"user:{user.pk}",
        organization=organization,
        body={"email": user.email, "role": role.value},
        actor_label="" if actor else OPERATOR,
    )


@transaction.atomic
def set_desk_roles(*, actor: User, user: User, roles: frozenset[RoleName]) -> None:
    """Make these the roles of a person of the desk: what is too much goes first, so that no forbidden pair ever meets.

    Raises Refused as give_role and remove_role do.
    """
    held = judged(actor, user)[1].roles
    for role in sorted(held - roles):
        remove_role(actor=actor, user=user, role=role)
    for role in sorted(roles - held):
        give_role(actor=actor, user=user, role=role)


@transaction.atomic
def create_member(
    *,
    actor: User,
    organization: Organization,
    email: str,
    full_name: str = "",
    roles: Collection[RoleName] = (RoleName.EXPORTER,),
) -> User:
    """A colleague in the actor's organization, without a password: a link to set one goes out by e-mail on commit.

    Raises Refused: "not_allowed", or "invalid" for roles of the desk and for an address that cannot be used. The refusal
    never says why an address cannot be used: that would tell of people of other organizations.
    """
    if not policy.can_manage_members(actor, organization.pk):
        raise Refused("not_allowed", "Only the organization's Exporter admin or a System admin adds people to it.")
    if not roles or not set(roles) <= EXPORTER_ROLES:
        raise Refused("invalid", "People of an organization hold the roles Exporter and Exporter admin only.")
    user = new_person(email, full_name)
    Membership.objects.create(user=user, organization=organization)
    add_groups(user, roles)
    record_person(actor, user, roles, organization)
    return user


@transaction.atomic
def create_desk_person(*, actor: User | None, email: str, full_name: str = "", roles: Collection[RoleName]) -> User:
    """A person of the desk, without a password: a link to set one goes out by e-mail on commit. `actor` None: the operator.

    Raises Refused: "not_allowed", "invalid".
    """
    if actor is not None and not policy.can_manage_desk_people(actor):
        raise Refused("not_allowed", "Only a System admin adds people to the desk.")
    if not fit_together(frozenset(roles)):
        raise Refused("invalid", "A person of the desk holds one role, or Reviewer and Senior reviewer.")
    user = new_person(email, full_name)
    add_groups(user, roles)
    record_person(actor, user, roles, None)
    return user


@transaction.atomic
def set_active(*, actor: User, user: User, active: bool) -> None:
    """Close an account or open it again; nothing is ever deleted. What the person was signed in with and the keys the person
    made end with the account and do not come back with it. Nobody closes their own.

    Raises Refused: "not_allowed", "invalid" for the last administrator.
    """
    judge, locked = judged(actor, user)
    organization = locked.organization
    allowed = policy.can_manage_members(judge, organization.pk) if organization else policy.can_manage_desk_people(judge)
    if not allowed or judge.pk == locked.pk:
        raise Refused("not_allowed", "Your role does not allow closing or opening this account.")
    if User.objects.filter(pk=locked.pk, is_active=not active).update(is_active=active) != 1:
        return
    user.is_active = active
    if not active:
        refuse_last_admin(locked.roles, organization)
        end_access(actor=actor, user=locked)
    record(
        actor=actor,
        action="user.opened" if active else "user.closed",
        subject=f"user:{user.pk}",
        organization=organization,
        body={"email": user.email},
    )


@transaction.atomic
def rename_person(*, user: User, full_name: str) -> None:
    """A person changes the own name shown; the same name changes nothing."""
    before = User.objects.select_for_update().get(pk=user.pk).full_name
    full_name = full_name.strip()
    if before == full_name:
        return
    user.full_name = full_name
    user.save(update_fields=("full_name",))
    record(
        actor=user,
        action="user.renamed",
        subject=f"user:{user.pk}",
        organization=user.organization,
        body={"before": before, "after": full_name},
    )


def issue_token(
    *, actor: User, organization: Organization, name: str, scopes: Collection[Scope], expires_at: datetime
) -> tuple[ApiToken, str]:
    """A new API token and its plain key, shown once (tokens.py says what is refused)."""
    return tokens.issue_token(actor=actor, organization=organization, name=name, scopes=scopes, expires_at=expires_at)


def revoke_token(*, actor: User, token: ApiToken) -> None:
    """End an API token (tokens.py)."""
    tokens.revoke_token(actor=actor, token=token)


def end_access(*, actor: User | None, user: User) -> None:
    """End what a person is signed in with and the keys the person made, for good; joins the caller's transaction. A person who
    comes back signs in again and makes new keys."""
    User.objects.filter(pk=user.pk).update(sessions_ended=F("sessions_ended") + 1)
    for token in ApiToken.objects.filter(created_by=user, revoked_at=None):
        tokens.end_token(actor=actor, token=token)


def refuse_role_change(actor: User | None, role: RoleName, user: User, organization: Organization | None) -> None:
    """Raise Refused("not_allowed") unless the actor (None: the operator on the host) may give or take the role."""
    if actor is None:
        return
    if not policy.can_change_role(actor, role, user.pk, organization.pk if organization else None):
        raise Refused("not_allowed", f"Your role does not allow changing the role {role.value} of {user}.")


def check_together(user: User, organization: Organization | None, role: RoleName) -> None:
    """Raise Refused("invalid") unless the account may hold the role beside those it has."""
    if role in EXPORTER_ROLES:
        if user.is_desk:
            raise Refused("invalid", f"{user} holds a role of the desk; an account never holds roles of both sides.")
        if organization is None:
            raise Refused("invalid", f"{user} belongs to no organization; add the person to one first.")
        return
    if user.is_exporter or organization is not None:
        raise Refused("invalid", f"{user} works for an exporter; an account never holds roles of both sides.")
    if not fit_together(user.roles | {role}):
        held = ", ".join(sorted(user.roles))
        raise Refused("invalid", f"{user} is {held}; only Reviewer and Senior reviewer are held together.")


def fit_together(roles: frozenset[RoleName]) -> bool:
    """Whether a person of the desk may hold just these roles: one, or Reviewer and Senior reviewer."""
    return roles <= DESK_ROLES and (len(roles) == 1 or (bool(roles) and roles <= REVIEW_ROLES))


def new_person(email: str, full_name: str) -> User:
    """Row of a person without a password; the link to set one is sent on commit. Raises Refused("invalid")."""
    if User.objects.filter(email=email.strip().lower()).exists():
        raise Refused("invalid", "This address cannot be added.")
    user = User.objects.create_user(email.strip(), None, full_name=full_name.strip())
    # The only way in is the link that goes to this address, so whoever comes in has it.
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    transaction.on_commit(lambda: invitations.send(user))
    return user


def add_groups(user: User, roles: Collection[RoleName]) -> None:
    """Put the person into the groups of the roles."""
    user.groups.add(*Group.objects.filter(name__in=[role.value for role in roles]))
    forget_roles(user)
    set_staff(user)


def set_staff(user: User) -> None:
    """`is_staff` follows the roles: Django's own views ask for it."""
    if user.is_staff != user.is_desk:
        user.is_staff = user.is_desk
        user.save(update_fields=("is_staff",))


def forget_roles(user: User) -> None:
    """The instance reads its roles again when asked next."""
    user.__dict__.pop("_roles", None)


def record_person(actor: User | None, user: User, roles: Collection[RoleName], organization: Organization | None) -> None:
    """Event of a new person."""
    record(
        actor=actor,
        action="user.created",
        subject=f"user:{user.pk}",
        organization=organization,
        body={"email": user.email, "name": user.full_name, "roles": sorted(role.value for role in roles)},
        actor_label="" if actor else OPERATOR,
    )
