"""The people every test knows (docs/roles.md). Each function makes one person with the rows behind it, or finds it again.

alice, bob: exporters of the same organization; erin: its Exporter admin. mallory: Exporter admin of another organization.
rita: reviewer; sam: senior reviewer; ada, abe: list admins; otto: auditor; root: system admin.
"""

from __future__ import annotations

from django.contrib.auth.models import Group

from exportcheck.accounts.models import Membership, Organization, User
from exportcheck.accounts.roles import DESK_ROLES, RoleName

PASSWORD = "correct horse battery staple"
HOME = "Acme Semiconductors"
OTHER = "Mallory Trading"


def organization(name: str = HOME) -> Organization:
    """The organization of that name."""
    return Organization.objects.get_or_create(name=name)[0]


def person(name: str, *roles: RoleName, of: str | None = None) -> User:
    """A person with these roles, a member of the organization `of`."""
    email = f"{name}@example.com"
    found = User.objects.filter(email=email).first()
    if found is not None:
        return found
    user = User.objects.create_user(email, PASSWORD, full_name=name.capitalize(), is_staff=bool(set(roles) & DESK_ROLES))
    user.groups.set(Group.objects.filter(name__in=[role.value for role in roles]))
    if of is not None:
        Membership.objects.create(user=user, organization=organization(of))
    return user


def alice() -> User:
    """Exporter."""
    return person("alice", RoleName.EXPORTER, of=HOME)


def bob() -> User:
    """Exporter, same organization as alice."""
    return person("bob", RoleName.EXPORTER, of=HOME)


def erin() -> User:
    """Exporter admin, same organization as alice."""
    return person("erin", RoleName.EXPORTER, RoleName.EXPORTER_ADMIN, of=HOME)


def mallory() -> User:
    """Exporter and Exporter admin of another organization."""
    return person("mallory", RoleName.EXPORTER, RoleName.EXPORTER_ADMIN, of=OTHER)


def rita() -> User:
    """Reviewer."""
    return person("rita", RoleName.REVIEWER)


def sam() -> User:
    """Senior reviewer."""
    return person("sam", RoleName.SENIOR_REVIEWER)


def ada() -> User:
    """List admin."""
    return person("ada", RoleName.LIST_ADMIN)


def abe() -> User:
    """The other list admin."""
    return person("abe", RoleName.LIST_ADMIN)


def otto() -> User:
    """Auditor."""
    return person("otto", RoleName.AUDITOR)


def root() -> User:
    """System admin."""
    return person("root", RoleName.SYSTEM_ADMIN)


EVERYBODY = (alice, bob, erin, mallory, rita, sam, ada, abe, otto, root)
