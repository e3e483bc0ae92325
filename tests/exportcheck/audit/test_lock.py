"""The database itself refuses to change what was recorded, whatever code asks it."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from exportcheck.accounts.models import User
from exportcheck.audit.models import AppendOnlyError, AuditChain, AuditEvent
from exportcheck.audit.services import record, redact
from tests import audit_lock

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def event(alice: User) -> AuditEvent:
    """One event of alice's organization."""
    return record(actor=alice, action="draft.created", subject="application:X", organization=alice.organization, body={"a": 1})


TAMPERING = [
    ("UPDATE audit_auditevent SET action = 'nothing'", "the act is rewritten"),
    ("UPDATE audit_auditevent SET body = '{}'", "the body is replaced"),
    ("UPDATE audit_auditevent SET body = NULL", "the body goes but its salt stays"),
    ("UPDATE audit_auditevent SET salt = NULL", "the salt goes but the body stays"),
    ("UPDATE audit_auditevent SET body = NULL, salt = NULL, actor_label = 'me'", "a redaction that changes the actor too"),
    ("UPDATE audit_auditevent SET hash = 'x', previous = 'y'", "the link is rewritten"),
    ("UPDATE audit_auditevent SET at = CURRENT_TIMESTAMP", "the time is moved"),
    ("DELETE FROM audit_auditevent", "the event is deleted"),
    ("UPDATE audit_auditchain SET head = 'x'", "the head is replaced"),
    ("UPDATE audit_auditchain SET length = 0, head = ''", "the chain is started anew"),
    ("UPDATE audit_auditchain SET name = 'other', length = length + 1", "the chain is renamed"),
    ("DELETE FROM audit_auditchain", "the chain is deleted"),
]


@pytest.mark.parametrize(("sql", "why"), TAMPERING, ids=[why for _, why in TAMPERING])
def test_raw_sql_is_refused(event: AuditEvent, sql: str, why: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert AuditEvent.objects.get(pk=event.pk).hash == event.hash


@pytest.mark.parametrize("table", ["audit_auditevent", "audit_auditchain"])
def test_truncate_is_refused(event: AuditEvent, table: str) -> None:
    """It passes row triggers on PostgreSQL, so statement triggers stop it; SQLite has no such statement at all."""
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table}")


def test_python_refuses_first(event: AuditEvent) -> None:
    event.action = "nothing"
    with pytest.raises(AppendOnlyError):
        event.save()
    with pytest.raises(AppendOnlyError):
        event.delete()
    with pytest.raises(AppendOnlyError):
        AuditEvent.objects.filter(pk=event.pk).update(action="nothing")
    with pytest.raises(AppendOnlyError):
        AuditEvent.objects.all().delete()


def test_a_redaction_passes_once(event: AuditEvent, otto: User) -> None:
    redact(event=event, reason="A home address stood in it.", actor=otto)
    assert AuditEvent.objects.get(pk=event.pk).body is None
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_auditevent SET body = '{}', salt = 'x' WHERE id = %s", [event.pk])


def test_the_lock_can_be_taken_back_and_made_again(event: AuditEvent) -> None:
    audit_lock.unlock()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_auditchain SET head = head")
    audit_lock.lock()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_auditchain SET head = head")


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_can_be_cleaned_up(erin: User) -> None:
    """The flush after this test passes the lock (tests/conftest.py); the next tests find their roles again."""
    with transaction.atomic():
        record(actor=erin, action="draft.created", subject="application:X", organization=erin.organization)
    assert AuditChain.objects.count() == 1
