"""Every address of the product x every role: what the table of roles allows works, and what it does not leaves no trace.

`table.py` is the table, `endpoints.py` says which row of it each address stands for, `fixture_organization.py` has a row of every
kind behind them.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver

from tests.exportcheck.accounts.test_walk import patterns
from tests.permissions.api_endpoints import API, ApiDoor
from tests.permissions.endpoints import ACTIONS, ADMIN, DESK, ELSEWHERE, PAGES, Door
from tests.permissions.fixture_organization import World
from tests.permissions.request_probe import Answer, Tries
from tests.permissions.table import BESIDE_IT, PEOPLE, ROLES, TABLE, Act

pytestmark = pytest.mark.django_db
SITE = (*PAGES, *DESK, *ADMIN, *ACTIONS)
DOORS = {"site": PAGES, "desk": DESK, "rows": (*ADMIN, *ACTIONS)}


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    """The rows behind the doors. Setting a page as PDF takes half a second and has its own tests."""
    for place in ("licenses.views.packet.pdf_of", "licenses.output.packs.pdf_of"):
        monkeypatch.setattr(place, lambda html: html.encode())
    return World()


def test_a_row_of_another_organization_and_none_at_all_look_the_same(world: World) -> None:
    """Rule 8: neither status nor words tell a foreign row from one that does not exist."""
    everybody, tries, told_apart = clients(world), Tries(world), []
    for door in (door for door in PAGES if door.theirs):
        for method, act in (("GET", door.get), ("POST", door.post)):
            if act is not None:
                theirs = tries.go(everybody["mallory"], method, door.name, door.args, door.data)
                none = tries.go(everybody["mallory"], method, door.name, lambda w, door=door: missing(door.args(w)), door.data)
                if (theirs.status, theirs.words) != (none.status, none.words):
                    told_apart.append(f"{method} {door.name}: {theirs.status} and {none.status}")
    assert not told_apart, "\n".join(told_apart)


def missing(args: tuple[Any, ...]) -> tuple[Any, ...]:
    """The same address with what no row has: another reference of the same length, another number."""
    first = args[0]
    return (f"{first[:-5]}99999", *args[1:]) if isinstance(first, str) else (10**9 + first, *args[1:])


def expected(door: Door | ApiDoor, act: Act | None) -> frozenset[str]:
    """Names of the people who may, by the table."""
    if act is None:
        return frozenset()
    roles, barred = act.roles(), getattr(door, "barred", ())
    foreign = ("mallory",) if door.theirs else ()
    return frozenset(name for name, (role, _) in PEOPLE.items() if role in roles and name not in (*barred, *foreign))


def test_every_address_has_a_row() -> None:
    rows = {door.name for door in SITE} | {door.name for door in API}
    names = {name for name, *_ in patterns(get_resolver())}
    assert names - rows - ELSEWHERE == set(), "say in doors.py who may open these"
    assert (rows | ELSEWHERE) - names == set(), "these rows stand for no address"


def test_every_row_of_the_table_has_a_door_for_every_role_it_names() -> None:
    """A permission that no page and no call gives would be a promise nobody can use."""
    acts = {act for door in SITE for act in (door.get, door.post) if act} | {door.act for door in API}
    for row, cells in TABLE.items():
        reached = {role for act in acts if act.row == row for role in act.roles()}
        assert reached == {role for role, word in cells.items() if word}, row
    assert {act.row for act in acts} == TABLE.keys() | BESIDE_IT.keys()


def test_the_table_is_the_one_that_people_read() -> None:
    """docs/roles.md says who may what; here the same cells are empty."""
    lines = [line for line in (settings.BASE_DIR / "docs/roles.md").read_text().splitlines() if line.startswith("| ")][1:]
    written = [[bool(cell.strip()) for cell in line.strip("|").split("|")[1:]] for line in lines]
    assert written == [[bool(cells[role]) for role in ROLES] for cells in TABLE.values()]


@pytest.mark.parametrize("part", DOORS)
def test_who_may_does_and_nobody_else_leaves_a_trace(part: str, world: World) -> None:
    """Reading: who may is answered, nobody else is, and nothing changes whoever reads. Writing: the act of the door is done for
    those who may; for the others no row changes and nothing is recorded."""
    wrong = []
    everybody, tries = clients(world), Tries(world)
    for door in DOORS[part]:
        for who in tried(door):
            for method, good in (("GET", read_as_said), ("POST", written_as_said)):
                answer = tries.go(everybody[who], method, door.name, door.args, door.data)
                if not good(door, who, answer):
                    wrong.append(told(who, method, door, answer))
    assert not wrong, "\n".join(wrong)


def tried(door: Door | ApiDoor) -> list[str]:
    """Who tries a door. The second senior reviewer and the second list admin only where a rule below the table keeps the first
    from what their role has; of the exporters one at the desk, whose door they all find shut alike."""
    left_out = {"sue", "abe"} if not getattr(door, "barred", ()) else set()
    left_out |= {"erin", "mallory"} if door.name.startswith("desk:") else set()
    return ["stranger", "program", *(name for name in PEOPLE if name not in left_out)]


def read_as_said(door: Door, who: str, answer: Answer) -> bool:
    """Whether a GET was answered as the table says."""
    return not answer.wrote and (answer.served if who in expected(door, door.get) else answer.refused)


def written_as_said(door: Door, who: str, answer: Answer) -> bool:
    """Whether a POST did what the table says. A form that comes back is a refusal where the same form, sent by who may, acts."""
    if who in expected(door, door.post):
        done = answer.status < 400 and (answer.events > 0, answer.changed) == LEFT[door.leaves]
        return done and (answer.served or bool(door.leaves))
    kept = answer.status < 500 and not answer.changed and not answer.events
    return kept and (answer.refused or bool(door.leaves) or door.post is None)


LEFT = {"event": (True, True), "row": (False, True), "": (False, False)}
"""(events recorded, rows changed) by what a door leaves behind."""


def clients(world: World) -> dict[str, Client]:
    """Everybody signed in, a stranger, and a program with a key that may all that a key may."""
    stranger, program = Client(), Client(headers={"Authorization": f"Bearer {world.key}"})
    signed = [(name, Client()) for name in world.people]
    for name, client in signed:
        client.force_login(world.people[name])
    return {"stranger": stranger, "program": program, **dict(signed)}


def told(who: str, method: str, door: Door, answer: Answer) -> str:
    """A line that can be read in a failure."""
    left = f"{answer.events} events, rows {'changed' if answer.changed else 'as before'}{', wrote' if answer.wrote else ''}"
    return f"{who} {method} {door.name}: {answer.status} {answer.location} ({left})"
