"""The life of an application from draft to decision, one move at a time (intake.md 3)."""

from __future__ import annotations

import pytest

from exportcheck.accounts.models import User
from exportcheck.errors import Refused
from licenses.models import CheckReport, Flag, LicenseApplication
from licenses.services.checks.requests import submit_for_check
from tests.licenses.factories import asked, checked, clean_line, done, draft, listed_line, open_flag, settle

State = LicenseApplication.State
pytestmark = pytest.mark.usefixtures("lists")


def test_a_clean_application_is_finished_with_nothing_open(alice: User) -> None:
    application = checked(alice, clean_line())
    assert application.state == State.CLEARED, application.reports.get().result["why"]
    assert application.outcome == "NO_LICENSE_REQUIRED"
    assert "cleared" not in application.outcome_sentence.lower()


def test_while_nobody_took_the_check_the_application_is_being_checked(alice: User) -> None:
    application, report = asked(alice)
    assert (application.state, report.state) == (State.CHECKING, CheckReport.State.PENDING)
    assert application.outcome == ""


def test_a_check_cannot_be_asked_for_twice(alice: User) -> None:
    application, _ = asked(alice)
    with pytest.raises(Refused, match="being checked"):
        submit_for_check(actor=alice, application_id=application.pk)
    assert application.reports.count() == 1


def test_a_listed_party_goes_to_review_and_its_confirmation_settles_the_outcome(alice: User, rita: User, sam: User) -> None:
    application = checked(alice, listed_line())
    assert application.state == State.IN_REVIEW
    assert application.outcome == "LICENSE_REQUIRED"
    flag = open_flag(application)
    assert flag.critical
    assert flag.match is not None
    settle(flag, by=rita, second=sam, disposition="true_match", reason_code="CONFIRMED_BY_DOCUMENT")
    for other in application.flags.filter(state=Flag.State.OPEN, gone_at=None):
        settle(other, by=rita, second=sam, disposition="mitigated", reason_code="END_USE_EVIDENCE")
    application = done(application)
    assert application.state == State.CLEARED
    assert application.outcome == "LICENSE_REQUIRED"


def test_a_false_positive_by_two_people_frees_the_application(alice: User, rita: User, sam: User) -> None:
    application = checked(alice, listed_line("Zarvonik Microsystems", "DE"))
    assert application.outcome == "LICENSE_REQUIRED"
    settle(open_flag(application), by=rita, second=sam)
    application = done(application)
    assert application.outcome == "NO_LICENSE_REQUIRED"
    assert application.state == State.CLEARED


def test_strangers_may_not_ask_for_a_check(alice: User, mallory: User) -> None:
    application = draft(alice)
    with pytest.raises(Refused) as refused:
        submit_for_check(actor=mallory, application_id=application.pk)
    assert refused.value.code == "not_allowed"
    application.refresh_from_db()
    assert application.state == State.DRAFT
