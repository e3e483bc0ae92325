"""The nightly look at the audit log."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from structlog.testing import capture_logs

from exportcheck.accounts.models import User
from exportcheck.audit.services import record
from exportcheck.celery import app
from exportcheck.tasks import keep_audit_provable
from tests import audit_lock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def events(alice: User, settings: Any, tmp_path: Path) -> Path:
    """Two events, and a folder for the heads."""
    settings.VAR_DIR = tmp_path
    for _ in range(2):
        record(actor=alice, action="draft.changed", subject="application:1", organization=alice.organization)
    return tmp_path / "heads"


def test_it_writes_the_heads(events: Path) -> None:
    keep_audit_provable()
    (file,) = events.iterdir()
    (row,) = [json.loads(line) for line in file.read_text().splitlines()]
    assert row["length"] == 2
    assert len(row["head"]) == 64


def test_a_broken_chain_is_an_error_of_the_log(events: Path) -> None:
    audit_lock.unlock()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_auditevent SET action = 'x' WHERE seq = 2")
    with capture_logs() as logs:
        keep_audit_provable()
    (error,) = [line for line in logs if line["log_level"] == "error"]
    assert (error["event"], error["event_number"]) == ("audit_chain_broken", 2)


def test_beat_knows_every_task_it_sends() -> None:
    app.loader.import_default_modules()
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} - set(app.tasks) == set()
