"""Every call of the API x every role and every key: scopes bound a key, the table bounds the person behind it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from exportcheck.accounts.scopes import Scope
from exportcheck.accounts.services import issue_token
from tests import people
from tests.permissions.api_endpoints import API, ApiDoor
from tests.permissions.endpoints import DESK, MODELS, PAGES
from tests.permissions.fixture_organization import World
from tests.permissions.request_probe import Answer, Tries
from tests.permissions.test_matrix import LEFT, expected, tried

pytestmark = pytest.mark.django_db
PROBLEM = b'"type": "about:blank"'


@pytest.fixture
def world() -> World:
    """The rows behind the calls."""
    return World()


def key_with(world: World, scopes: tuple[Scope, ...]) -> Client:
    """A program of Acme with a key of these scopes."""
    _, key = issue_token(
        actor=world.people["erin"],
        organization=people.organization(),
        name="another",
        scopes=scopes,
        expires_at=timezone.now() + dt.timedelta(days=1),
    )
    return Client(headers={"Authorization": f"Bearer {key}"})


def test_calls_by_people(world: World) -> None:
    """The same table as for the pages; mallory gets the 404 of a row that is not there."""
    everybody = {name: Client() for name in (*world.people, "stranger")}
    for name, user in world.people.items():
        everybody[name].force_login(user)
    tries, wrong = Tries(world), []
    for door in API:
        for who in (name for name in tried(door) if name != "program"):
            answer = call(tries, everybody[who], door)
            if not as_said(door, answer, allowed=who in expected(door, door.act)):
                wrong.append(f"{who} {door.method} {door.name}: {answer.status} {answer.content[:80]!r}")
    assert not wrong, "\n".join(wrong)


def test_calls_by_programs(world: World) -> None:
    """A key does what its scopes say, and not one call more."""
    programs = {scope: key_with(world, (scope,)) for scope in Scope}
    tries, wrong = Tries(world), []
    for door in API:
        for scope, client in programs.items():
            answer = call(tries, client, door)
            if not as_said(door, answer, allowed="API client" in door.act.roles() and door.scope in (None, scope)):
                wrong.append(f"{scope} {door.method} {door.name}: {answer.status} {answer.content[:80]!r}")
    assert not wrong, "\n".join(wrong)


def test_a_key_of_another_organization_finds_nothing_of_this_one(world: World) -> None:
    _, key = issue_token(
        actor=world.people["mallory"],
        organization=people.organization(people.OTHER),
        name="theirs",
        scopes=tuple(Scope),
        expires_at=timezone.now() + dt.timedelta(days=1),
    )
    client, tries = Client(headers={"Authorization": f"Bearer {key}"}), Tries(world)
    for door in API:
        answer = call(tries, client, door)
        assert as_said(door, answer, allowed=not door.theirs), (door.name, answer.status)
        if door.theirs:
            assert answer.status == 404, door.name


def test_no_key_decides_or_activates(world: World) -> None:
    """Rule 6, besides all pages being closed to keys: no call of the API stands for a row in which a key has no part."""
    assert {door.act.row for door in API}.isdisjoint(
        door.post.row for door in (*DESK, *PAGES) if door.post and "API client" not in door.post.roles()
    )
    assert all("API client" not in model.change.roles() | model.add.roles() for model in MODELS)


def call(tries: Tries, client: Client, door: ApiDoor) -> Answer:
    """Make the call."""
    return tries.go(client, door.method, door.name, door.args, door.body, headers=door.headers(tries.world), json=True)


def as_said(door: ApiDoor, answer: Answer, *, allowed: bool) -> bool:
    """An allowed call answers and leaves what it says; any other is a problem that changed nothing."""
    if allowed:
        return answer.served and (answer.events > 0, answer.changed) == LEFT[door.leaves]
    return answer.refused and PROBLEM in answer.content and not answer.changed and not answer.events
