"""What every act about an application does: the lock, the reviewer's bar, the event, the checks given up."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import transaction
from django.test.utils import CaptureQueriesContext

from exportcheck.accounts.models import User
from exportcheck.audit.models import AuditEvent
from exportcheck.errors import Refused
from licenses.models import CheckReport
from licenses.services.application.acts import (
    audit_value,
    cancel_unfinished_checks,
    locked,
    record_on,
    require_reviewer,
    subject_of,
    write,
)
from licenses.services.checks.run import run_check
from tests.licenses.factories import asked, draft

pytestmark = pytest.mark.usefixtures("lists")


def test_a_locked_application_brings_whom_the_acts_ask_about(alice: User) -> None:
    application = draft(alice)
    with transaction.atomic(), CaptureQueriesContext(transaction.get_connection()) as queries:
        found = locked(application.pk)
        assert (found.organization.name, found.created_by) == (application.organization.name, alice)
    assert len([query for query in queries if "SELECT" in query["sql"]]) == 1


@pytest.mark.parametrize(("name", "may"), [("rita", True), ("sam", True), ("alice", False), ("otto", False), ("ada", False)])
def test_reviewers_act_and_nobody_else(name: str, may: bool, alice: User, request: pytest.FixtureRequest) -> None:
    application, actor = draft(alice), request.getfixturevalue(name)
    if may:
        require_reviewer(actor, application)
    else:
        with pytest.raises(Refused, match="Reviewers settle flags, on applications that are neither theirs") as refused:
            require_reviewer(actor, application, act="settle flags")
        assert refused.value.code == "not_allowed"


def test_an_act_is_recorded_in_the_chain_of_its_organization(alice: User) -> None:
    application = draft(alice)
    record_on(application, actor=alice, action="application.looked_at", body={"page": "about"})
    event = AuditEvent.objects.get(action="application.looked_at")
    assert (event.subject, event.actor, event.body) == (subject_of(application), alice, {"page": "about"})
    assert event.chain == AuditEvent.objects.get(action="application.created").chain


def test_a_check_given_up_is_no_answer_and_no_worker_takes_it(alice: User) -> None:
    application, report = asked(alice)
    cancel_unfinished_checks(application, because="The application was withdrawn.")
    run_check(report_id=report.pk)
    report.refresh_from_db()
    assert (report.state, report.error, report.result) == (CheckReport.State.FAILED, "The application was withdrawn.", None)
    assert report.finished_at is not None


def test_what_is_written_is_told_as_before_and_after(alice: User) -> None:
    application = draft(alice)
    assert write(application, {"title": application.title, "destination": "FR"}) == {"destination": ["DE", "FR"]}
    application.refresh_from_db()
    assert application.destination == "FR"


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (Decimal("5.00"), "5.00"),
        (dt.datetime(2026, 1, 2, 3, 4, tzinfo=dt.UTC), "2026-01-02 03:04:00+00:00"),
        ({"a": 1}, {"a": 1}),
        (None, None),
    ],
)
def test_a_value_is_kept_as_json_can_hold_it(value: object, kept: object) -> None:
    assert audit_value(value) == kept
