"""A write that is sent twice with the same key is done once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from exportcheck.accounts.models import Organization, User
from exportcheck.api.models import IdempotencyKey
from tests.exportcheck.accounts.test_tokens import make
from tests.exportcheck.api.test_doors import problem

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def send(client: APIClient, key: str | None = "k1", name: str = "one") -> Any:
    """Make an organization."""
    return client.post("/api/make/", {"name": name}, headers={"Idempotency-Key": key} if key else {})


def made(name: str = "one") -> int:
    return Organization.objects.filter(name=name).count()


def test_without_a_key_nothing_is_remembered(program: APIClient) -> None:
    assert [send(program, None).status_code for _ in range(2)] == [201, 201]
    assert made() == 2
    assert not IdempotencyKey.objects.exists()


def test_the_second_answer_is_the_first(program: APIClient) -> None:
    first, second = send(program), send(program)
    assert (first.status_code, first.content, first.headers["Location"]) == (201, second.content, second.headers["Location"])
    assert second.status_code == 201
    assert second.headers["Idempotent-Replay"] == "true"
    assert second.headers["Content-Type"] == "application/json"
    assert "Idempotent-Replay" not in first.headers
    assert made() == 1


def test_spacing_and_order_of_keys_do_not_matter(program: APIClient) -> None:
    head = {"Idempotency-Key": "k"}
    first = program.post("/api/make/", b'{"name":"one","owners":[]}', content_type="application/json", headers=head)
    second = program.post("/api/make/", b'{ "owners": [], "name": "one" }', content_type="application/json", headers=head)
    assert first.content == second.content
    assert made() == 1


def test_another_body_with_the_same_key_is_refused(program: APIClient) -> None:
    send(program)
    problem(send(program, name="two"), 422, "idempotency_key_reused")
    assert made("two") == 0


def test_a_request_still_running_is_refused(program: APIClient) -> None:
    send(program)
    IdempotencyKey.objects.update(status=None)
    problem(send(program), 409, "idempotency_key_in_use")
    assert made() == 1


def test_a_request_that_died_with_its_process_is_done_anew(program: APIClient) -> None:
    send(program)
    IdempotencyKey.objects.update(status=None, created_at=timezone.now() - timedelta(minutes=6))
    assert send(program).status_code == 201
    assert made() == 2


def test_a_key_is_free_again_after_a_day(program: APIClient) -> None:
    send(program)
    IdempotencyKey.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert "Idempotent-Replay" not in send(program).headers


def test_a_bad_request_is_remembered_as_problem_details(program: APIClient) -> None:
    first, second = send(program, name="n" * 30), send(program, name="n" * 30)
    assert problem(first, 400, "invalid") == problem(second, 400, "invalid")
    assert second.headers["Idempotent-Replay"] == "true"


def test_what_may_end_otherwise_next_time_is_not_remembered(program: APIClient) -> None:
    problem(send(program, name="taken"), 409, "taken")
    assert not IdempotencyKey.objects.exists()


def test_keys_of_two_programs_are_two_keys(program: APIClient, erin: User, alice: User) -> None:
    other = APIClient()
    other.credentials(HTTP_AUTHORIZATION=f"Bearer {make(erin)[1]}")
    person = APIClient()
    person.force_login(alice)
    assert [send(client).status_code for client in (program, other, person, person)] == [201] * 4
    assert made() == 3


@pytest.mark.parametrize("bad", ["", "k" * 101, "k\x7f", "schlüssel"])
def test_a_malformed_key(program: APIClient, bad: str) -> None:
    answer = program.post("/api/make/", {"name": "one"}, HTTP_IDEMPOTENCY_KEY=bad)
    problem(answer, 400, "idempotency_key_malformed")
    assert made() == 0
