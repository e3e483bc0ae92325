"""`redact_audit`: a body goes in two steps and for good; who did what and when stays, and the chain holds."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from exportcheck.accounts.models import User
from exportcheck.audit.models import AuditEvent
from exportcheck.audit.services import OPERATOR, record
from exportcheck.audit.verify import Whole, walk

REASON = "A home address stood in it; request of 2026-11-20."


@pytest.fixture
def event(alice: User) -> AuditEvent:
    """An event of alice's organization whose body must go, with one after it."""
    written = record(
        actor=alice,
        action="party.added",
        subject="application:EX-1",
        organization=alice.organization,
        body={"name": "J. Doe, 4 Elm Street"},
    )
    record(actor=alice, action="check.asked", subject="application:EX-1", organization=alice.organization)
    return written


def run(event: AuditEvent, reason: str = REASON, **options: Any) -> str:
    told = io.StringIO()
    call_command("redact_audit", event.chain, str(event.seq), reason=reason, stdout=told, **options)
    return told.getvalue()


def code_in(printed: str) -> str:
    found = re.search(r"--approve ([0-9a-f]{16})", printed)
    assert found is not None, printed
    return found[1]


def test_the_first_run_shows_the_body_and_changes_nothing(event: AuditEvent) -> None:
    printed = run(event)
    assert "4 Elm Street" in printed
    assert "alice@example.com  party.added  application:EX-1" in printed
    event.refresh_from_db()
    assert event.body is not None
    assert AuditEvent.objects.count() == 2


def test_approved_it_goes_for_good_and_the_log_says_so(event: AuditEvent) -> None:
    assert run(event, approve=code_in(run(event))) == f"redacted: {event.chain}#1\n"
    event.refresh_from_db()
    assert (event.body, event.action, event.actor_label) == (None, "party.added", "alice@example.com")
    told = AuditEvent.objects.get(action="audit.redacted")
    assert (told.actor_label, told.body) == (
        OPERATOR,
        {"reason": REASON, "action": "party.added", "subject": "application:EX-1"},
    )
    assert isinstance(walk(event.chain), Whole)
    with pytest.raises(CommandError, match="taken out before"):
        run(event)


@pytest.mark.parametrize("code", ["", "0" * 16])
def test_another_code_takes_nothing_out(code: str, event: AuditEvent) -> None:
    with pytest.raises(CommandError, match="another event or another reason"):
        run(event, approve=code)
    event.refresh_from_db()
    assert event.body is not None


def test_the_code_is_of_this_event_and_this_reason(event: AuditEvent) -> None:
    code = code_in(run(event))
    with pytest.raises(CommandError, match="another reason"):
        run(event, reason="Another reason altogether.", approve=code)
    with pytest.raises(CommandError, match="another event"):
        run(AuditEvent.objects.get(seq=2), approve=code)
    assert not AuditEvent.objects.filter(body=None).exists()


def test_what_is_asked_wrongly_is_told(event: AuditEvent) -> None:
    with pytest.raises(CommandError, match="10 to 200"):
        run(event, reason="GDPR")
    event.seq = 99
    with pytest.raises(CommandError, match="has no event 99"):
        run(event)
