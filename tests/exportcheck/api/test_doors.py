"""Who gets in by the API, and how every refusal looks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from exportcheck.accounts.models import ApiToken, User
from exportcheck.accounts.scopes import Scope
from tests import people
from tests.exportcheck.accounts.test_tokens import make

pytestmark = pytest.mark.django_db


def problem(answer: Any, status: int, code: str) -> dict[str, Any]:
    """The problem details of an answer, after checking their frame."""
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert (body["status"], body["code"], body["type"]) == (status, code, "about:blank")
    assert body["title"]
    assert body["detail"]
    return body


def test_a_token_signs_in_as_its_organization(program: APIClient, key: str) -> None:
    body = program.get("/api/who/").json()
    assert body["organization"] == people.HOME
    assert body["origin"]["door"] == "api"
    assert body["origin"]["token"] == key[:11]


def test_a_token_note_does_not_leak_into_the_next_request(program: APIClient, alice: User) -> None:
    program.get("/api/who/")
    other = APIClient()
    other.force_login(alice)
    assert "token" not in other.get("/api/who/").json()["origin"]


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("Bearer ec_nonsense", "token_unknown"),
        ("Bearer", "token_malformed"),
        ("Bearer a b", "token_malformed"),
        ("Bearer \xff\xfe", "token_unknown"),
        ("Basic YWxpY2U6eA==", "not_authenticated"),
        ("", "not_authenticated"),
    ],
)
def test_strangers_get_401_with_a_challenge(db: None, header: str, code: str) -> None:
    answer = APIClient().get("/api/who/", headers={"Authorization": header} if header else {})
    problem(answer, 401, code)
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"revoked_at": timezone.now()}, "token_revoked"),
        ({"expires_at": timezone.now() - timedelta(seconds=1)}, "token_expired"),
    ],
)
def test_dead_tokens_say_why(program: APIClient, change: dict[str, Any], code: str) -> None:
    ApiToken.objects.update(**change)
    problem(program.get("/api/who/"), 401, code)


def test_a_closed_account_closes_its_tokens(program: APIClient, erin: User) -> None:
    User.objects.filter(pk=erin.pk).update(is_active=False)
    problem(program.get("/api/who/"), 401, "token_orphaned")


def test_a_missing_scope_is_named(erin: User) -> None:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {make(erin, scopes=(Scope.DETERMINE,))[1]}")
    assert "screen" in problem(client.get("/api/who/"), 403, "permission_denied")["detail"]


def test_a_view_that_forgot_its_permissions_is_closed(program: APIClient) -> None:
    problem(program.get("/api/forgotten/"), 403, "permission_denied")


def test_a_session_needs_its_csrf_token(alice: User) -> None:
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(alice)
    problem(client.post("/api/make/", {"name": "x"}), 403, "permission_denied")


@pytest.mark.parametrize(
    ("how", "status", "code", "words"),
    [
        ("refused", 409, "stale", "Bob changed it"),
        ("missing", 404, "not_found", ""),
        ("denied", 403, "permission_denied", "Not yours"),
        ("bug", 500, "error", "recorded"),
    ],
)
def test_every_error_is_problem_details(program: APIClient, how: str, status: int, code: str, words: str) -> None:
    body = problem(program.get(f"/api/fail/{how}/"), status, code)
    assert words in body["detail"]
    assert "inside words" not in str(body)
    assert "secret" not in str(body)


def test_wrong_method_and_unknown_address(program: APIClient) -> None:
    problem(program.delete("/api/who/"), 405, "method_not_allowed")
    problem(program.get("/api/nothing/"), 404, "not_found")
    problem(program.post("/api/make/", "a=b", content_type="text/plain"), 415, "unsupported_media_type")


def test_errors_are_told_by_field(program: APIClient) -> None:
    body = problem(program.post("/api/make/", {"name": "n" * 21, "owners": [{"a": "b"}, "x"]}), 400, "invalid")
    assert set(body["errors"]) == {"name", "owners.1"}
    assert body["detail"].startswith("name: ")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"{", "no JSON"),
        (b'{"name": NaN}', "NaN"),
        (b'{"name": "\xff"}', "UTF-8"),
        (b'{"name": "a", "name": "b"}', "twice"),
        (b'{"name": "a\\u0000"}', "NUL"),
        (b'{"name": "\\ud800"}', "surrogate"),
        (b"[" * 60 + b"]" * 60, "nested"),
        (b"[" * 200_000 + b"]" * 200_000, "nested"),
    ],
)
def test_bodies_are_read_strictly(program: APIClient, text: bytes, words: str) -> None:
    body = problem(program.post("/api/make/", text, content_type="application/json"), 400, "parse_error")
    assert words in body["detail"]


def test_a_huge_body_is_refused_by_size(program: APIClient, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    problem(program.post("/api/make/", {"name": "n" * 200}), 413, "request_too_large")


def test_calls_are_counted_per_token(program: APIClient, erin: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exportcheck.api.throttle.TokenRateThrottle.THROTTLE_RATES", {"token": "2/min"})
    assert [program.get("/api/who/").status_code for _ in range(2)] == [200, 200]
    answer = program.get("/api/who/")
    problem(answer, 429, "throttled")
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    other = APIClient()
    other.credentials(HTTP_AUTHORIZATION=f"Bearer {make(erin)[1]}")
    assert other.get("/api/who/").status_code == 200


def test_pages_are_capped_and_do_not_overlap(program: APIClient) -> None:
    for number in range(7):
        people.organization(f"org {number}")
    first = program.get("/api/organizations/?page_size=3").json()
    second = program.get(first["next"]).json()
    names = [row["name"] for row in first["results"] + second["results"]]
    assert len(set(names)) == 6
    assert first["previous"] is None
    assert len(program.get("/api/organizations/?page_size=100000").json()["results"]) == 8
