"""The applications of one's organization over HTTP: made, read, changed with a lock, checked, answered."""

from __future__ import annotations

from typing import Any

import pytest
from rest_framework.test import APIClient

from exportcheck.accounts.models import User
from exportcheck.accounts.scopes import Scope
from licenses.models import CheckReport, LicenseApplication
from licenses.services.review.concerns_and_notes import write_note
from tests.licenses.api.conftest import Programs
from tests.licenses.factories import checked, clean_line, listed_line, run_pending_checks

pytestmark = pytest.mark.usefixtures("lists")
URL = "/api/v1/applications"


@pytest.fixture
def client(program: Programs) -> APIClient:
    """A program that may read and write."""
    return program(Scope.APPLICATIONS_READ, Scope.APPLICATIONS_WRITE)


def made(client: APIClient, body: dict[str, Any] | None = None) -> dict[str, Any]:
    answer = client.post(URL, body or clean_line())
    assert answer.status_code == 201, answer.json()
    stored: dict[str, Any] = answer.json()
    return stored


def test_from_draft_to_result(client: APIClient) -> None:
    answer = client.post(URL, listed_line())
    where = answer.headers["Location"]
    assert client.get(where).json()["state"] == "DRAFT"
    asked = client.post(f"{where}/check")
    assert asked.status_code == 202
    waiting = client.get(asked.headers["Location"]).json()
    assert (waiting["state"], waiting["checked"], waiting["result"]) == ("PENDING", False, None)
    run_pending_checks()
    report = client.get(f"{where}/report").json()
    assert (report["state"], report["result"]["outcome"]) == ("DONE", "LICENSE_REQUIRED")
    assert client.get(where).json()["state"] == "IN_REVIEW"


def test_a_repeated_key_makes_one_draft(client: APIClient) -> None:
    first = client.post(URL, clean_line(), headers={"Idempotency-Key": "order-4711"})
    again = client.post(URL, clean_line(), headers={"Idempotency-Key": "order-4711"})
    assert again.status_code == 201
    assert again.headers["Idempotent-Replay"] == "true"
    assert again.json() == first.json()
    assert LicenseApplication.objects.count() == 1


def test_a_change_needs_the_tag_that_was_read(client: APIClient) -> None:
    reference = made(client)["reference"]
    read = client.get(f"{URL}/{reference}")
    unlocked = client.patch(f"{URL}/{reference}", {"title": "Sockets"})
    assert (unlocked.status_code, unlocked.json()["code"]) == (428, "if_match_required")
    changed = client.patch(f"{URL}/{reference}", {"title": "Sockets"}, headers={"If-Match": read.headers["ETag"]})
    assert (changed.status_code, changed.json()["title"]) == (200, "Sockets")
    late = client.patch(f"{URL}/{reference}", {"title": "Plugs"}, headers={"If-Match": read.headers["ETag"]})
    assert (late.status_code, late.json()["code"]) == (409, "stale")
    assert "then send it again" in late.json()["detail"]


def test_lists_of_parties_and_items_are_replaced_as_a_whole(client: APIClient) -> None:
    stored = made(client)
    body = {
        "parties": [*stored["application"]["parties"][:2], {"role": "end_user", "name": "Ajax Werke AG", "country": "DE"}],
        "items": [{**stored["application"]["items"][0], "value_usd": 99}],
        "answers": {"military": False},
    }
    changed = client.patch(f"{URL}/{stored['reference']}", body, headers={"If-Match": f'"{stored["lock"]}"'}).json()
    assert [party["id"] for party in changed["application"]["parties"]] == ["P1", "P2", "P4"]
    assert changed["application"]["items"][0]["value_usd"] == 99
    assert changed["application"]["answers"]["military"] is False


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"adress": "x"}, "adress"),
        ({"items": [{"eccn": "3A1"}]}, "3A1"),
        ({"destination": "ZZ"}, "ZZ"),
        ({"answers": {"militry": True}}, "military"),
        ({"parties": [{"role": "purchaser", "name": "x" * 2000}]}, "2,000"),
        ({"items": [{"eccn": "EAR99", "quantity": "many"}]}, "quantity"),
        ({"items": [{"eccn": "EAR99", "value_usd": 1e18}]}, "value_usd"),
    ],
)
def test_what_cannot_be_read_changes_nothing(client: APIClient, body: dict[str, Any], told: str) -> None:
    stored = made(client)
    answer = client.patch(f"{URL}/{stored['reference']}", body, headers={"If-Match": f'"{stored["lock"]}"'})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid"), answer.json()
    assert told in answer.json()["detail"]
    assert client.get(f"{URL}/{stored['reference']}").json() == {**stored, "changed_at": stored["changed_at"]}
    refused = client.post(URL, {**clean_line(), **body})
    assert refused.status_code == 422
    assert LicenseApplication.objects.count() == 1


def test_strangers_find_nothing(client: APIClient, program: Programs, mallory: User) -> None:
    reference = made(client)["reference"]
    stranger = program(Scope.APPLICATIONS_READ, Scope.APPLICATIONS_WRITE, by=mallory)
    assert stranger.get(URL).json()["results"] == []
    for answer in (
        stranger.get(f"{URL}/{reference}"),
        stranger.get(f"{URL}/{reference}/report"),
        stranger.post(f"{URL}/{reference}/check"),
        stranger.patch(f"{URL}/{reference}", {"title": "mine"}, headers={"If-Match": '"1"'}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert not CheckReport.objects.exists()


def test_a_reading_token_writes_nothing(program: Programs, client: APIClient) -> None:
    reference = made(client)["reference"]
    reader = program(Scope.APPLICATIONS_READ)
    assert reader.get(f"{URL}/{reference}").status_code == 200
    assert reader.post(URL, clean_line()).status_code == 403
    assert reader.post(f"{URL}/{reference}/check").status_code == 403


def test_the_list_is_paged_and_filtered(client: APIClient, django_assert_max_num_queries: Any) -> None:
    for _ in range(3):
        made(client)
    with django_assert_max_num_queries(10):
        page = client.get(f"{URL}?page_size=2").json()
    assert len(page["results"]) == 2
    assert page["next"]
    assert client.get(f"{URL}?state=READY").json()["results"] == []


def test_reviewers_see_the_desk_side_and_exporters_never(alice: User, rita: User, client: APIClient) -> None:
    application = checked(alice, listed_line())
    write_note(actor=rita, application_id=application.pk, text="Ask counsel about the second address.")
    desk = APIClient()
    desk.force_authenticate(rita)
    seen = desk.get(f"{URL}/{application.reference}").json()
    assert seen["notes"][0]["text"].startswith("Ask counsel")
    assert {flag["code"] for flag in seen["flags"]} >= {"LIST_EL"}
    own = client.get(f"{URL}/{application.reference}")
    assert "counsel" not in own.content.decode()
    assert "flags" not in own.json()
