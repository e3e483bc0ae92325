"""Two at once, on real connections: one wins, and nothing is doubled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from exportcheck.audit.models import AuditEvent
from licenses.models import CheckReport, Flag, FlagDecision, LicenseApplication
from licenses.services.checks.requests import recheck_touched, submit_for_check
from licenses.services.checks.run import run_check
from licenses.services.drafting.edits import save_page
from licenses.services.review.claims import claim_flag
from licenses.services.review.decisions import decide_flag
from screening.models import Match, ScreeningRun
from tests import people
from tests.licenses.factories import REASON, asked, checked, draft, listed_line, load_lists, open_flag
from tests.screening.services.test_races import at_once

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]
State = LicenseApplication.State


def codes(answers: list[Any]) -> list[str]:
    """Codes of the refusals."""
    return [answer for answer in answers if isinstance(answer, str)]


def test_four_workers_with_one_message_do_one_check() -> None:
    load_lists()
    application, report = asked(people.alice(), listed_line())
    at_once(*[lambda: run_check(report_id=report.pk)] * 4)
    report.refresh_from_db()
    application.refresh_from_db()
    assert (report.state, report.attempts, application.state) == (CheckReport.State.DONE, 1, State.IN_REVIEW)
    assert (Match.objects.count(), ScreeningRun.objects.count()) == (1, 1)
    assert application.flags.filter(code="LIST_EL").count() == 1
    assert AuditEvent.objects.filter(action="check.finished").count() == 1


def test_two_people_ask_for_one_check() -> None:
    load_lists()
    alice, bob = people.alice(), people.bob()
    application = draft(alice)
    acts: list[Callable[[], Any]] = [
        lambda person=person: submit_for_check(actor=person, application_id=application.pk)  # type: ignore[misc]
        for person in (alice, bob)
    ]
    answers = at_once(*acts)
    assert codes(answers) == ["state"]
    assert application.reports.count() == 1


def test_two_people_save_one_page() -> None:
    alice, bob = people.alice(), people.bob()
    application = draft(alice)
    acts: list[Callable[[], Any]] = [
        lambda person=person: save_page(  # type: ignore[misc]
            actor=person, application_id=application.pk, lock=1, page="about", data={"title": f"by {person.email}"}
        )
        for person in (alice, bob)
    ]
    assert codes(at_once(*acts)) == ["stale"]
    application.refresh_from_db()
    assert application.lock == 2


def test_two_reviewers_decide_one_flag() -> None:
    load_lists()
    flag = open_flag(checked(people.alice(), listed_line("Zarvonik Microsystems", "DE")))
    acts: list[Callable[[], Any]] = [
        lambda person=person: decide_flag(  # type: ignore[misc]
            actor=person, flag_id=flag.pk, disposition="true_match", reason_code="SAME_ID", reason=REASON
        )
        for person in (people.rita(), people.sam())
    ]
    answers = at_once(*acts)
    assert codes(answers) == ["taken"]
    assert FlagDecision.objects.count() == 1
    assert CheckReport.objects.filter(state=CheckReport.State.PENDING).count() == 1


def test_two_reviewers_take_one_flag() -> None:
    load_lists()
    flag = open_flag(checked(people.alice(), listed_line("Zarvonik Microsystems", "DE")))
    acts: list[Callable[[], Any]] = [
        lambda person=person: claim_flag(actor=person, flag_id=flag.pk)  # type: ignore[misc]
        for person in (people.rita(), people.sam())
    ]
    answers = at_once(*acts)
    assert codes(answers) == ["taken"]
    assert sum(isinstance(answer, Flag) for answer in answers) == 1


def test_two_beats_recheck_once() -> None:
    load_lists()
    application = checked(people.alice())
    LicenseApplication.objects.update(state=State.CHECK_INCOMPLETE, outcome="NEEDS_INFORMATION")
    CheckReport.objects.update(versions={})
    assert sum(at_once(recheck_touched, recheck_touched)) == 1
    assert application.reports.filter(state=CheckReport.State.PENDING).count() == 1
