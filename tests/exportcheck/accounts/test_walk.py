"""Every URL of the product is walked: without a login it sends to the login page, or answers 401 to a program."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern, RoutePattern

from exportcheck.accounts.public import PUBLIC_NAMES

pytestmark = pytest.mark.django_db

SAMPLES = {"int": "1", "slug": "x", "str": "x", "path": "x", "uuid": "00000000-0000-0000-0000-000000000000"}
SELF_GUARDED = frozenset(("metrics",))
"""Views that are no pages and check their caller themselves; each has its own test."""


def patterns(resolver: URLResolver, names: tuple[str, ...] = (), prefix: str = "/") -> Iterator[tuple[str, str, URLPattern]]:
    """(dotted name, sample path, pattern) of every URL below a resolver."""
    for entry in resolver.url_patterns:
        path = prefix + sample(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = (*names, entry.namespace) if entry.namespace else names
            yield from patterns(entry, inner, path)
        else:
            yield ":".join((*names, entry.name or "")), path, entry


def sample(pattern: RoutePattern | RegexPattern) -> str:
    """A path that the pattern matches."""
    if isinstance(pattern, RoutePattern):
        return re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLES.get(found[1] or "str", "x"), str(pattern._route))
    text = re.sub(r"\(\?P<\w+>[^)]*\)", "1", str(pattern._regex))
    return re.sub(r"[\^$\\]|\.\*|\(|\)|\?|\+", "", text)


URLS = list(patterns(get_resolver()))


def test_the_walk_finds_the_product() -> None:
    names = {name for name, *_ in URLS}
    assert {"account_login", "profile", "tokens", "desk:index", "api_schema", "healthz"} <= names
    assert len(URLS) > 40


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_asked_to_sign_in(client: Client, method: str) -> None:
    open_doors = []
    for name, path, _ in URLS:
        if name in PUBLIC_NAMES or name in SELF_GUARDED:
            continue
        answer = getattr(client, method)(path)
        asked = answer.status_code == 302 and answer.headers["Location"].startswith("/accounts/login/")
        refused = answer.status_code == 401 and answer.headers["Content-Type"] == "application/problem+json"
        if not (refused if path.startswith("/api/") else asked):
            open_doors.append((name, path, answer.status_code))
    assert open_doors == []


def test_public_names_exist_and_are_few() -> None:
    names = {name for name, *_ in URLS}
    assert PUBLIC_NAMES - names == set()
    assert len(PUBLIC_NAMES) < 20


def test_a_bearer_header_opens_no_page(client: Client) -> None:
    """Only views of the API look at tokens; a page must not be reached by just sending one."""
    for name, path, _ in URLS:
        if name in PUBLIC_NAMES or name in SELF_GUARDED:
            continue
        answer = client.get(path, headers={"Authorization": "Bearer ec_nonsense"})
        assert answer.status_code in (302, 401), (name, path, answer.status_code)


def test_htmx_is_sent_to_the_login_page_as_a_whole(client: Client) -> None:
    answer = client.get("/account/", headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == "/accounts/login/"
    assert not answer.content


def test_addresses_that_do_not_exist(client: Client) -> None:
    assert client.get("/nothing/here/").status_code == 404
    assert client.get("/api/v1/nothing/").status_code == 401
    assert client.get("/api/nothing/").headers["Content-Type"] == "application/problem+json"
