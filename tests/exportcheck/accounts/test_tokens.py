"""API tokens: made by the organization's administrator, shown once, and dead when they should be."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from exportcheck.accounts import services, tokens
from exportcheck.accounts.models import ApiToken, User
from exportcheck.accounts.roles import RoleName
from exportcheck.accounts.scopes import Scope
from exportcheck.audit.models import AuditEvent
from exportcheck.errors import Refused
from tests import people

pytestmark = pytest.mark.django_db


def make(actor: User, *, days: float = 30, scopes: tuple[Scope, ...] = (Scope.SCREEN,)) -> tuple[ApiToken, str]:
    return services.issue_token(
        actor=actor,
        organization=people.organization(),
        name="order system",
        scopes=scopes,
        expires_at=timezone.now() + timedelta(days=days),
    )


def test_the_key_is_stored_nowhere(erin: User) -> None:
    token, key = make(erin)
    assert key.startswith("ec_")
    assert len(key) > 50
    row = ApiToken.objects.values().get()
    assert key not in str(row)
    event = AuditEvent.objects.get()
    assert event.action == "token.issued"
    assert key not in str(event.body)
    assert tokens.find(key) == token


@pytest.mark.parametrize("who", ["alice", "mallory", "rita", "root", "otto"])
def test_only_the_organizations_administrator_makes_one(who: str) -> None:
    with pytest.raises(Refused) as refusal:
        make(getattr(people, who)())
    assert refusal.value.code == "not_allowed"


@pytest.mark.parametrize("days", [-1, 0, 400])
def test_it_expires_within_a_year(erin: User, days: float) -> None:
    with pytest.raises(Refused, match="expires"):
        make(erin, days=days)


def test_it_may_something(erin: User) -> None:
    with pytest.raises(Refused, match="scope"):
        make(erin, scopes=())


def test_a_dead_key_says_why(erin: User, alice: User) -> None:
    token, key = make(erin)
    with pytest.raises(tokens.TokenRefusedError) as refusal:
        tokens.find(key + "x")
    assert refusal.value.code == "token_unknown"
    ApiToken.objects.update(expires_at=timezone.now())
    with pytest.raises(tokens.TokenRefusedError) as refusal:
        tokens.find(key)
    assert refusal.value.code == "token_expired"
    for _ in range(2):
        services.revoke_token(actor=erin, token=token)
    with pytest.raises(tokens.TokenRefusedError) as refusal:
        tokens.find(key)
    assert refusal.value.code == "token_revoked"
    assert AuditEvent.objects.filter(action="token.revoked").count() == 1


def test_a_key_dies_with_the_role_of_its_maker_and_stays_dead(erin: User, alice: User) -> None:
    _, key = make(erin)
    root = people.root()
    services.give_role(actor=root, user=alice, role=RoleName.EXPORTER_ADMIN)
    services.remove_role(actor=root, user=erin, role=RoleName.EXPORTER_ADMIN)
    services.give_role(actor=root, user=erin, role=RoleName.EXPORTER_ADMIN)
    with pytest.raises(tokens.TokenRefusedError) as refusal:
        tokens.find(key)
    assert refusal.value.code == "token_revoked"


def test_a_key_whose_maker_administers_no_longer_is_refused_whatever_its_row_says(erin: User) -> None:
    _, key = make(erin)
    erin.groups.clear()
    with pytest.raises(tokens.TokenRefusedError) as refusal:
        tokens.find(key)
    assert refusal.value.code == "token_orphaned"


def test_a_system_admin_ends_but_does_not_make_one(erin: User, root: User, mallory: User) -> None:
    token, _ = make(erin)
    with pytest.raises(Refused):
        services.revoke_token(actor=mallory, token=token)
    services.revoke_token(actor=root, token=token)
    assert ApiToken.objects.get().revoked_at is not None


def test_use_is_noted_but_not_on_every_call(erin: User, django_assert_num_queries: object) -> None:
    _, key = make(erin)
    tokens.find(key)
    assert ApiToken.objects.get().last_used_at is not None
    with django_assert_num_queries(2):  # type: ignore[operator]  # the token with its person, the person's groups
        tokens.find(key)
