"""Two administrators at the same moment, on real connections: one is judged first, and somebody is always left."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from exportcheck.accounts import services
from exportcheck.accounts.models import User
from exportcheck.accounts.roles import RoleName
from tests import people
from tests.screening.services.test_races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
Pair = tuple[User, User]


def system_admins() -> Pair:
    return people.root(), people.person("rosa", RoleName.SYSTEM_ADMIN)


def exporter_admins() -> Pair:
    return people.erin(), people.person("emma", RoleName.EXPORTER_ADMIN, of=people.HOME)


def close(role: RoleName, actor: User, user: User) -> None:
    services.set_active(actor=actor, user=user, active=False)


def demote(role: RoleName, actor: User, user: User) -> None:
    services.remove_role(actor=actor, user=user, role=role)


@pytest.mark.parametrize("act", [close, demote], ids=["close", "demote"])
@pytest.mark.parametrize(
    ("pair", "role"),
    [(system_admins, RoleName.SYSTEM_ADMIN), (exporter_admins, RoleName.EXPORTER_ADMIN)],
    ids=["system admins", "exporter admins"],
)
def test_two_administrators_turn_on_each_other(pair: Callable[[], Pair], role: RoleName, act: Callable[..., Any]) -> None:
    first, second = pair()
    answers = at_once(partial(act, role, first, second), partial(act, role, second, first))
    assert sorted(map(str, answers)) == ["None", "not_allowed"]
    left = User.objects.filter(is_active=True, groups__name=role.value)
    assert left.count() == 1


def test_of_three_who_turn_on_each_other_in_a_ring_one_is_left() -> None:
    three = [people.root(), *(people.person(name, RoleName.SYSTEM_ADMIN) for name in ("rosa", "remo"))]
    at_once(*(partial(close, RoleName.SYSTEM_ADMIN, actor, three[(place + 1) % 3]) for place, actor in enumerate(three)))
    assert User.objects.filter(is_active=True, groups__name=RoleName.SYSTEM_ADMIN.value).exists()
