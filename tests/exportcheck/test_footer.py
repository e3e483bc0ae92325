"""Header and footer of every page: what each role is offered, and what is said about the lists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from exportcheck import footer
from exportcheck.accounts.models import User
from tests import people

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
LOADED = {"lists": 13, "oldest": date(2026, 11, 20), "sample": False, "none": False, "engine": "4.1"}


def page(client: Client, path: str = "/account/") -> str:
    return client.get(path).content.decode()


def test_an_empty_installation_says_so(sign_in: SignIn, alice: User) -> None:
    text = page(sign_in(alice))
    assert "No list is loaded" in text
    assert "nothing here means that a party is not listed" in text


@pytest.mark.parametrize(("sample", "said"), [(True, True), (False, False)])
def test_the_sample_list_says_so_on_every_page(sign_in: SignIn, alice: User, sample: bool, said: bool) -> None:
    cache.set(footer.KEY, LOADED | {"sample": sample})
    text = page(sign_in(alice))
    assert ("Only the sample list is loaded" in text) is said
    assert "13 lists loaded, the oldest as of 20 Nov 2026" in text
    assert "Engine 4.1" in text
    assert "No list is loaded" not in text


def test_a_stranger_learns_nothing_about_the_lists(client: Client) -> None:
    cache.set(footer.KEY, LOADED | {"sample": True})
    text = page(client, "/about/")
    assert "sample list is loaded" not in text
    assert "Engine" not in text
    assert "no legal advice" in text


def test_the_standing_is_read_once_in_half_a_minute(
    sign_in: SignIn, alice: User, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    calls: list[int] = []
    monkeypatch.setattr("screening.queries.standing", lambda: calls.append(1) or LOADED)
    client = sign_in(alice)
    page(client)
    page(client)
    assert len(calls) == 1


@pytest.mark.parametrize(
    ("who", "offered", "hidden"),
    [
        ("alice", ["Applications", "Deadlines", "Organization", "Sign out"], [">Desk<", "API tokens"]),
        ("erin", ["Applications", "API tokens"], [">Desk<"]),
        ("rita", [">Desk<", "Sign out"], [">Applications<", ">Deadlines<", ">Organization<"]),
        ("root", [">Desk<"], [">Applications<"]),
    ],
)
def test_navigation_follows_the_role(sign_in: SignIn, who: str, offered: list[str], hidden: list[str]) -> None:
    text = page(sign_in(getattr(people, who)()))
    assert [words for words in offered if words not in text] == []
    assert [words for words in hidden if words in text] == []


def test_pages_keep_the_strict_policy(sign_in: SignIn, alice: User) -> None:
    answer = sign_in(alice).get("/account/")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    text = answer.content.decode()
    assert "style=" not in text
    assert "<script>" not in text
    assert '"allowEval":false' in text
    assert answer.headers["X-Frame-Options"] == "DENY"
