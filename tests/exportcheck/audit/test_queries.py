"""Who reads which events, and how they are found."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from exportcheck.accounts.models import User
from exportcheck.audit import queries
from exportcheck.audit.models import AuditEvent
from exportcheck.audit.services import record
from tests import people

pytestmark = [pytest.mark.django_db, pytest.mark.database]
SignIn = Callable[[User], Client]
LOG = "/desk/audit/auditevent/"


@pytest.fixture(autouse=True)
def log(alice: User, mallory: User, ada: User) -> None:
    """Four events: one of each organization, one about a list, one of the system."""
    party = {"party": "Müller & Söhne GmbH", "country": "DE", "document": "INV-4711"}
    record(actor=alice, action="party.added", subject="application:EX-1", organization=alice.organization, body=party)
    record(
        actor=mallory,
        action="draft.created",
        subject="application:EX-2",
        organization=mallory.organization,
        body={"country": "CN"},
    )
    record(actor=ada, action="list.activated", subject="list:EL", body={"version": 3})
    record(actor=None, action="system.started", subject="system:1")


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("otto", {"party.added", "draft.created", "list.activated", "system.started"}),
        ("root", {"party.added", "draft.created", "list.activated", "system.started"}),
        ("rita", {"party.added", "draft.created", "list.activated"}),
        ("ada", {"list.activated"}),
        ("bob", {"party.added"}),
        ("mallory", {"draft.created"}),
    ],
)
def test_reach(who: str, seen: set[str]) -> None:
    assert set(queries.within_reach(getattr(people, who)()).values_list("action", flat=True)) == seen


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Müller", {"EX-1"}),
        ("söhne gmbh", {"EX-1"}),
        ("MÜLLER", {"EX-1"}),
        ("inv-4711", {"EX-1"}),
        ("EX-2", {"EX-2"}),
        ("Müller CN", set()),
        ("mallory@example.com", {"EX-2"}),
        ("%", set()),
        ("", {"EX-1", "EX-2", "EL", "1"}),
    ],
)
def test_search(otto: User, text: str, found: set[str]) -> None:
    events = queries.mentioning(queries.within_reach(otto), text)
    assert {event.subject.split(":")[1] for event in events} == found


def test_a_timeline_begins_with_the_newest(alice: User) -> None:
    record(actor=alice, action="check.asked", subject="application:EX-1", organization=alice.organization)
    assert [event.action for event in queries.for_subject("application:EX-1")] == ["check.asked", "party.added"]
    assert [event.action for event in queries.for_organization(alice.organization)] == ["check.asked", "party.added"]
    assert [event.action for event in queries.for_organization(None)] == ["system.started", "list.activated"]


def test_the_page_of_an_auditor(sign_in: SignIn, otto: User) -> None:
    client = sign_in(otto)
    assert "list.activated" in client.get(LOG).content.decode()
    assert "party.added" in client.get(LOG, {"q": "Müller"}).content.decode()
    event = AuditEvent.objects.get(action="party.added")
    assert "INV-4711" in client.get(f"{LOG}{event.pk}/change/").content.decode()
    assert client.post(f"{LOG}{event.pk}/change/", {"action": "x"}).status_code == 403
    assert client.post(f"{LOG}{event.pk}/delete/", {"post": "yes"}).status_code == 403


def test_a_system_admin_sees_no_content(sign_in: SignIn, root: User) -> None:
    client = sign_in(root)
    event = AuditEvent.objects.get(action="party.added")
    assert "INV-4711" not in client.get(f"{LOG}{event.pk}/change/").content.decode()
    assert "application:EX-1" not in client.get(LOG, {"q": "INV-4711"}).content.decode()


def test_a_list_admin_does_not_reach_an_application(sign_in: SignIn, abe: User) -> None:
    client = sign_in(abe)
    event = AuditEvent.objects.get(action="party.added")
    assert client.get(f"{LOG}{event.pk}/change/").status_code == 302
    assert "party.added" not in client.get(LOG).content.decode()


def test_the_list_takes_the_same_queries_for_many(
    sign_in: SignIn, otto: User, alice: User, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    for _ in range(20):
        record(actor=alice, action="draft.changed", subject="application:EX-1", organization=alice.organization)
    client = sign_in(otto)
    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
        client.get(LOG)
