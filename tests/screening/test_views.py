"""Looking entries up: who finds what, and an entry across versions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exportcheck.accounts.models import User
from screening.models import ListEntry
from tests.screening.factories import DAY, LATER, load, row, rows, stage
from tests.screening.fixtures import nudged, own_folders

__all__ = ("nudged", "own_folders")
pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
OWN = {**row("Zarvonik Private"), "source": "Suppliers we stopped (OWN)"}


def found(visitor: Client, **query: str) -> list[str]:
    page = visitor.get(reverse("entry_search", query=query)).context["page"]
    return [] if page is None else [entry.name for entry in page]


def test_a_stranger_signs_in_first(client: Client) -> None:
    load(rows(10))
    entry = ListEntry.objects.all()[0]
    for address in (reverse("entry_search"), reverse("entry_page", args=["EL", entry.uid])):
        assert client.get(address).status_code == 302


SEARCHES = [
    ("a word of the name", "plimsar", ["Plimsar Navigation"]),
    ("part of a word, any case", "UELBR", ["Quelbrant Photonics"]),
    ("an alias", "borealis", ["Ostrevik Cryogenics"]),
    ("without its accent", "societe", ["Ostrevik Cryogenics"]),
    ("with an accent that is not printed", "plímsar", ["Plimsar Navigation"]),
    ("an address", "harbour lane", ["Ostrevik Cryogenics"]),
    ("a citation", "90 fr 777", ["Ostrevik Cryogenics"]),
    ("words of different fields", "ostrevik harbour", ["Ostrevik Cryogenics"]),
    ("one word that does not occur", "ostrevik zzz", []),
    ("a percent sign is no wildcard", "%", []),
    ("an underscore neither", "ostre_ik", []),
]


@pytest.mark.parametrize(("text", "names"), [case[1:] for case in SEARCHES], ids=[case[0] for case in SEARCHES])
def test_entries_are_found_by_what_is_printed(sign_in: SignIn, alice: User, text: str, names: list[str]) -> None:
    told = row(
        "Ostrevik Cryogenics",
        alt_names="Société Boréalis; Borealis Cold",
        addresses="4 Harbour Lane, Valletta, MT",
        federal_register_notice="90 FR 777",
    )
    load([one for one in rows(10) if one["name"] != "Ostrevik Cryogenics"] + [told])
    assert found(sign_in(alice), q=text) == names


def test_programs_and_one_list(sign_in: SignIn, alice: User) -> None:
    load([*rows(10), *rows(2, "SDN")])
    visitor = sign_in(alice)
    assert found(visitor, q="npwmd") == ["Quelbrant Photonics", "Zarvonik Microsystems"]
    assert len(found(visitor, q="zarvonik")) == 2
    assert len(found(visitor, q="zarvonik", list="EL")) == 1


def test_only_what_is_active_is_found(sign_in: SignIn, alice: User) -> None:
    load(rows(10))
    stage([*rows(10), row("Umbrasol Sensors")], day=LATER)
    visitor = sign_in(alice)
    assert found(visitor, q="umbrasol") == []
    load(rows(9), day=LATER)
    assert found(visitor, q="wistramel") == []


def test_a_list_of_ones_own_is_for_the_desk_only(sign_in: SignIn, alice: User, rita: User, ada: User) -> None:
    load([OWN])
    entry = ListEntry.objects.get()
    address = reverse("entry_page", args=["OWN", entry.uid])
    assert found(sign_in(alice), q="zarvonik") == []
    assert sign_in(alice).get(address).status_code == 404
    for person in (rita, ada):
        assert found(sign_in(person), q="zarvonik") == ["Zarvonik Private"]
        assert sign_in(person).get(address).status_code == 200


def test_an_entry_shows_what_it_said_before(sign_in: SignIn, alice: User) -> None:
    load(rows(10))
    load([*rows(10)[1:], row("Zarvonik Microsystems", addresses="2 Canal Road, Shenzhen, CN")], day=LATER)
    entry = ListEntry.objects.get(name="Zarvonik Microsystems", retired_in__isnull=True)
    response = sign_in(alice).get(reverse("entry_page", args=["EL", entry.uid]))
    text = response.content.decode()
    assert "<del>1 Canal Road, Shenzhen, CN</del>" in text
    assert [one.since.number for one in response.context["history"]] == [2, 1]
    assert response.context["shown"].stands


def test_a_removed_entry_is_said_to_be_removed(sign_in: SignIn, alice: User) -> None:
    load(rows(10))
    load(rows(9), day=LATER)
    entry = ListEntry.objects.get(name="Wistramel Propulsion")
    text = sign_in(alice).get(reverse("entry_page", args=["EL", entry.uid])).content.decode()
    assert "not on the active version" in text


def test_a_history_version_stands_beside(sign_in: SignIn, alice: User) -> None:
    load(rows(10), day=LATER)
    stage(rows(6), day=DAY)
    entry = ListEntry.objects.get(name="Zarvonik Microsystems", retired_in__isnull=True)
    history = sign_in(alice).get(reverse("entry_page", args=["EL", entry.uid])).context["history"]
    assert [(one.since.number, one.beside) for one in history] == [(1, False), (2, True)]


@pytest.mark.parametrize("address", ["/lists/EL/nothing/", "/lists/XX/0123456789abcdef/"])
def test_what_is_not_there_is_not_found(sign_in: SignIn, alice: User, address: str) -> None:
    assert sign_in(alice).get(address).status_code == 404


def test_the_search_takes_few_queries(sign_in: SignIn, alice: User, django_assert_max_num_queries: Any) -> None:
    load(rows(60))
    visitor = sign_in(alice)
    with django_assert_max_num_queries(14):
        assert len(found(visitor, q="canal")) == 25
