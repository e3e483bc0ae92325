"""A chain holds, or its first broken link is named."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from exportcheck.accounts.models import User
from exportcheck.audit.models import AuditEvent
from exportcheck.audit.services import SYSTEM, chain_of, record, redact
from exportcheck.audit.verify import verify, walk
from tests import audit_lock

pytestmark = [pytest.mark.django_db, pytest.mark.database]

BODY = {"score": 91.5, "tiny": 1e-7, "huge": 1e20, "none": None, "name": "中芯 “quoted”", "rows": [1, {"b": 2, "a": 1}]}


@pytest.fixture
def chain(alice: User) -> str:
    """Five events of one organization."""
    for number in range(5):
        record(actor=alice, action="draft.changed", subject=f"application:{number}", organization=alice.organization, body=BODY)
    return chain_of(alice.organization)


@pytest.fixture
def tamper(chain: str) -> Callable[[str], None]:
    """Runs SQL as somebody who owns the database: the triggers are gone."""

    def run(sql: str) -> None:
        audit_lock.unlock()
        with connection.cursor() as cursor:
            cursor.execute(sql)

    return run


def command(*args: Any, **options: Any) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("verify_audit", *args, stdout=out, **options)
    except SystemExit as end:
        return int(str(end.code)), out.getvalue()
    return 0, out.getvalue()


def test_a_chain_holds(chain: str) -> None:
    assert verify(chain) is None
    assert walk(chain).length == 5  # type: ignore[union-attr]


def test_an_empty_chain_holds(db: None) -> None:
    assert verify("org:404") is None


@pytest.mark.parametrize(
    ("sql", "seq", "problem"),
    [
        ("UPDATE audit_auditevent SET action = 'x' WHERE seq = 3", 3, "around its body"),
        ("UPDATE audit_auditevent SET actor_label = 'x' WHERE seq = 2", 2, "around its body"),
        ("UPDATE audit_auditevent SET body = '{}' WHERE seq = 4", 4, "body was changed"),
        ("UPDATE audit_auditevent SET salt = NULL WHERE seq = 4", 4, "no salt"),
        ("UPDATE audit_auditevent SET hash = 'x' WHERE seq = 5", 5, "around its body"),
        ("UPDATE audit_auditevent SET previous = 'x' WHERE seq = 5", 5, "does not continue"),
        ("DELETE FROM audit_auditevent WHERE seq = 1", 1, "missing"),
        ("DELETE FROM audit_auditevent WHERE seq = 3", 3, "missing"),
        ("DELETE FROM audit_auditevent WHERE seq = 5", 5, "missing"),
        ("UPDATE audit_auditchain SET length = 4", 4, "head of the chain"),
        ("DELETE FROM audit_auditchain", 1, "behind the head"),
    ],
)
def test_tampering_is_named(chain: str, tamper: Callable[[str], None], sql: str, seq: int, problem: str) -> None:
    tamper(sql)
    broken = verify(chain)
    assert broken is not None
    assert broken.seq == seq
    assert problem in broken.problem


def test_a_redacted_chain_holds_and_says_so(chain: str, otto: User) -> None:
    redact(event=AuditEvent.objects.get(chain=chain, seq=2), reason="It named a person who asked to be forgotten.", actor=otto)
    assert verify(chain) is None
    assert "1 redacted" in str(walk(chain))
    told = AuditEvent.objects.get(chain=chain, seq=6)
    assert (told.action, told.subject) == ("audit.redacted", f"audit:{chain}#2")
    assert told.body["reason"].startswith("It named")


def test_the_command_exits_1_and_names_the_first_broken_link(chain: str, tamper: Callable[[str], None]) -> None:
    assert command()[0] == 0
    tamper("UPDATE audit_auditevent SET action = 'x' WHERE seq IN (3, 4)")
    code, text = command()
    assert code == 1
    assert f"{chain} breaks at event 3" in text


def test_a_chain_rewritten_as_a_whole_is_found_by_the_heads_of_yesterday(
    chain: str, alice: User, tamper: Callable[[str], None], tmp_path: Path
) -> None:
    out = StringIO()
    call_command("write_heads", folder=str(tmp_path), stdout=out)
    heads = out.getvalue().strip()
    record(actor=alice, action="later", subject="application:9", organization=alice.organization)
    assert command(heads=heads)[0] == 0
    tamper("DELETE FROM audit_auditevent")
    tamper("DELETE FROM audit_auditchain")
    for _ in range(6):
        record(actor=alice, action="harmless", subject="application:0", organization=alice.organization)
    assert verify(chain) is None
    code, text = command(heads=heads)
    assert code == 1
    assert f"{chain} was rewritten: event 5" in text


def test_chains_are_apart(alice: User, mallory: User) -> None:
    for organization in (alice.organization, mallory.organization, None, alice.organization):
        record(actor=None, action="x", subject="y", organization=organization)
    lengths = {name: walk(name).length for name in (chain_of(alice.organization), chain_of(mallory.organization), SYSTEM)}  # type: ignore[union-attr]
    assert list(lengths.values()) == [2, 1, 1]
