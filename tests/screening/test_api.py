"""`POST /api/v1/screen`."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exportcheck.accounts.models import User
from exportcheck.accounts.scopes import Scope
from exportcheck.accounts.tokens import issue_token
from tests.screening.factories import DAY, LATER, load, row, rows
from tests.screening.fixtures import nudged, own_folders

__all__ = ("nudged", "own_folders")
pytestmark = pytest.mark.django_db
LISTED = {"name": "Zarvonik Microsystems", "country": "CN"}


@pytest.fixture
def call(client: Client, alice: User) -> Any:
    client.force_login(alice)

    def post(body: Any, **query: str) -> Any:
        return client.post(reverse("api_screen", query=query), body, content_type="application/json")

    return post


def test_one_party_is_answered_like_the_command_does(call: Any) -> None:
    load(rows(10))
    response = call(LISTED)
    assert response.status_code == 200
    found = response.json()
    assert (found["id"], found["verdict"], found["hits"][0]["listed_name"]) == ("P1", "match", "Zarvonik Microsystems")
    assert found["lists"] == [{"list": "EL", "version": 1, "published_on": "2026-03-02", "entries": 10}]


def test_several_parties_are_answered_in_order(call: Any) -> None:
    load(rows(10))
    found = call({"parties": [LISTED, {"id": "P1", "name": "Bakery"}, {"name": "Quelbrant Photonics"}]}).json()["parties"]
    assert [(one["id"], one["verdict"]) for one in found] == [("P2", "match"), ("P1", "no_match"), ("P3", "match")]


def test_with_no_list_nobody_is_screened(call: Any) -> None:
    assert call(LISTED).json()["verdict"] == "not_screened"


def test_options_do_what_they_do_in_the_command(call: Any) -> None:
    load(rows(10)[1:])
    load([*rows(10), row("Zarvonik Microsystems", "SDN", entity_number="77")], day=LATER)
    assert call(LISTED, as_of=DAY.isoformat()).json()["verdict"] == "not_screened"  # the SDN list had no version then
    assert {hit["list"] for hit in call(LISTED, lists="SDN").json()["hits"]} == {"SDN"}
    assert call(LISTED, top="1").json()["hits_left_out"] == 1
    assert call(LISTED, top="0").json()["hits"] == []
    assert call(LISTED, min_score="100").json()["verdict"] == "match"


BAD = [
    ("a misspelt key", {"adress": "1 Way"}, {}, "unknown_key", "adress"),
    ("a list of parties with a misspelt key", {"parties": [LISTED, {"adress": "1 Way"}]}, {}, "unknown_key", "parties[1]"),
    ("a key beside parties", {"parties": [LISTED], "as_of": "2026-01-01"}, {}, "unknown_key", "as_of"),
    ("no object", [LISTED], {}, "wrong_type", "object"),
    ("no parties", {"parties": []}, {}, "wrong_type", "at least one"),
    ("too many parties", {"parties": [LISTED] * 101}, {}, "too_many", "100"),
    ("a name of ten thousand characters", {"name": "x" * 10_000}, {}, "too_long", "10,000"),
    ("a country in words", {"name": "Bakery", "country": "Germany"}, {}, "bad_country", "Germany"),
    ("a date in another form", LISTED, {"as_of": "31.07.2026"}, "bad_value", "as_of"),
    ("a list nobody knows", LISTED, {"lists": "ELL"}, "bad_value", "ELL"),
    ("a number that is none", LISTED, {"top": "many"}, "bad_value", "top"),
    ("a score beyond the scale", LISTED, {"min_score": "101"}, "bad_value", "min_score"),
    ("no number at all", LISTED, {"min_score": "nan"}, "bad_value", "min_score"),
    ("a misspelt parameter", LISTED, {"minscore": "80"}, "unknown_key", "minscore"),
]


@pytest.mark.parametrize(("body", "query", "code", "word"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_what_cannot_be_read_is_told_in_words(call: Any, body: Any, query: dict[str, str], code: str, word: str) -> None:
    load(rows(10))
    response = call(body, **query)
    assert response.status_code == 422
    assert response["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert problem["code"] == code
    assert word in problem["detail"]


def test_a_stranger_gets_401(client: Client) -> None:
    response = client.post(reverse("api_screen"), LISTED, content_type="application/json")
    assert (response.status_code, response["Content-Type"]) == (401, "application/problem+json")


@pytest.mark.parametrize("name", ["ada", "otto", "root"])
def test_roles_that_do_not_screen_are_refused(client: Client, name: str, request: pytest.FixtureRequest) -> None:
    client.force_login(request.getfixturevalue(name))
    response = client.post(reverse("api_screen"), LISTED, content_type="application/json")
    assert (response.status_code, response.json()["code"]) == (403, "permission_denied")


@pytest.mark.parametrize(("scope", "status"), [(Scope.SCREEN, 200), (Scope.DETERMINE, 403), (Scope.PRECHECK, 403)])
def test_a_token_needs_the_scope(client: Client, erin: User, scope: Scope, status: int) -> None:
    load(rows(10))
    assert erin.organization is not None
    _, key = issue_token(
        actor=erin,
        organization=erin.organization,
        name="screener",
        scopes=[scope],
        expires_at=timezone.now() + dt.timedelta(days=9),
    )
    response = client.post(
        reverse("api_screen"), LISTED, content_type="application/json", headers={"Authorization": f"Bearer {key}"}
    )
    assert response.status_code == status
