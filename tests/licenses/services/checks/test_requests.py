"""A changed list reopens the applications it touches, and no others (house.md 6, journey two)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from exportcheck.accounts.models import User
from licenses.models import CheckReport, Flag, LicenseApplication
from licenses.services.application.workflow import Event, make_move
from licenses.services.checks.replay import replay
from licenses.services.checks.requests import recheck_touched, retry, touched_applications
from licenses.services.filing.filing import enter_filing
from licenses.services.filing.government_outcomes import record_outcome
from licenses.services.review.claims import claim_flag
from licenses.services.review.decisions import countersign_flag, decide_flag
from screening.models import ControlList, ListVersion
from screening.services.screening.rescreen import rescreen
from tests.licenses.factories import (
    REASON,
    checked,
    clean_line,
    done,
    line,
    listed_line,
    load_lists,
    open_flag,
    party,
    settle,
    starter_rows,
)
from tests.screening.factories import row

State = LicenseApplication.State
pytestmark = pytest.mark.usefixtures("lists")
NEW = "Musterhalbleiter Dresden AG"


def change_lists(rows: list[dict[str, str]]) -> None:
    """Activate other lists and screen the watched parties again, as beat and a worker do."""
    load_lists(rows)
    for version in ListVersion.objects.filter(state=ListVersion.State.ACTIVE, rescreened_at=None):
        rescreen(version_id=version.pk)


def with_new_entry() -> list[dict[str, str]]:
    return [*starter_rows(), row(NEW, "EL", addresses="Dresden, DE")]


def test_a_new_entry_reopens_a_settled_application(alice: User, rita: User, sam: User) -> None:
    application = checked(alice, clean_line())
    assert application.state == State.CLEARED
    change_lists(with_new_entry())
    assert recheck_touched() == 1
    application.refresh_from_db()
    assert application.state == State.REOPENED
    report = application.reports.get(state=CheckReport.State.PENDING)
    assert report.cause == CheckReport.Cause.LIST
    application = done(application)
    assert application.state == State.REOPENED
    assert application.outcome == "LICENSE_REQUIRED"
    assert application.reports.filter(outcome="NO_LICENSE_REQUIRED").count() == 1, "the old verdict is kept"
    flags = application.flags.filter(code="LIST_EL")
    assert flags.count() == 2, "one for each role the party has"
    claim_flag(actor=rita, flag_id=flags[0].pk)
    application.refresh_from_db()
    assert application.state == State.IN_REVIEW
    for flag in flags:
        settle(flag, by=rita, second=sam)
    application = done(application)
    assert application.state == State.CLEARED


def test_an_application_of_other_parties_is_left_alone(alice: User) -> None:
    application = checked(alice, line(party("ultimate_consignee", "Beispielwerk Kassel GmbH", "DE")))
    change_lists(with_new_entry())
    assert recheck_touched() == 0
    application.refresh_from_db()
    assert application.state == State.CLEARED


def test_running_beat_again_makes_no_second_check(alice: User) -> None:
    application = checked(alice, clean_line())
    change_lists(with_new_entry())
    assert recheck_touched() == 1
    assert recheck_touched() == 0
    done(application)
    assert recheck_touched() == 0


def test_the_look_of_every_thirty_seconds_finds_parties_by_an_index(alice: User) -> None:
    checked(alice, clean_line())
    with CaptureQueriesContext(connection) as asked:
        touched_applications()
    (look,) = (query["sql"] for query in asked if "screening_screenedparty" in query["sql"])
    assert '"case" = ' in look
    assert "LIKE" not in look


def test_a_reopened_decided_application_returns_to_decided(alice: User, rita: User, sam: User) -> None:
    application = checked(alice, clean_line())
    make_move(application, Event.READY)
    enter_filing(actor=alice, application_id=application.pk, acn="Z123456", filed_on=timezone.now().date())
    record_outcome(actor=alice, application_id=application.pk, decision="APPROVED", valid_until=dt.date(2099, 1, 1))
    change_lists(with_new_entry())
    recheck_touched()
    application = done(application)
    assert (application.state, application.reopened_from) == (State.REOPENED, State.DECIDED)
    for flag in application.flags.filter(code="LIST_EL"):
        settle(flag, by=rita, second=sam)
    application = done(application)
    assert (application.state, application.reopened_from) == (State.DECIDED, "")


def test_an_entry_taken_off_the_list_takes_its_flag_away(alice: User) -> None:
    application = checked(alice, listed_line("Quelbrant Photonics", "DE"))
    assert application.state == State.IN_REVIEW
    flag = open_flag(application)
    change_lists([one for one in starter_rows() if one["name"] != "Quelbrant Photonics"])
    assert recheck_touched() == 1
    application = done(application)
    flag.refresh_from_db()
    assert flag.gone_at is not None
    assert application.outcome == "NO_LICENSE_REQUIRED"
    assert application.state == State.CLEARED


def test_a_clearance_carries_over_and_touches_nothing(alice: User, rita: User, sam: User) -> None:
    first = checked(alice, listed_line("Zarvonik Microsystems", "DE"))
    flag = open_flag(first)
    settle_for_organization(flag, rita, sam)
    done(first)
    second = checked(alice, listed_line("Zarvonik Microsystems", "DE"))
    assert second.state == State.CLEARED
    known = second.flags.get(code="LIST_EL")
    assert (known.state, known.disposition) == (Flag.State.DISPOSED, "false_positive")
    assert recheck_touched() == 0


def settle_for_organization(flag: Flag, first: User, second: User) -> None:
    decide_flag(
        actor=first,
        flag_id=flag.pk,
        disposition="false_positive",
        reason_code="DIFFERENT_ADDRESS",
        reason=REASON,
        scope="organization",
    )
    countersign_flag(actor=second, flag_id=flag.pk, agree=True, note="")


def test_an_application_held_by_the_sample_list_is_checked_again_when_lists_come(alice: User) -> None:
    ListVersion.objects.update(sample=True)
    application = checked(alice, clean_line())
    assert application.state == State.CHECK_INCOMPLETE
    assert application.outcome == "NEEDS_INFORMATION"
    assert "sample" in application.outcome_sentence
    assert recheck_touched() == 0
    ListVersion.objects.update(sample=False)
    change_lists([*with_new_entry()[:-1], row("Ganthorpe Turbines", "EL")])
    assert recheck_touched() == 1
    application = done(application)
    assert application.state == State.CLEARED


def test_a_settled_application_is_screened_afresh_before_shipping(alice: User) -> None:
    application = checked(alice, clean_line())
    retry(actor=alice, application_id=application.pk)
    application = done(application)
    assert application.state == State.CLEARED
    assert application.reports.count() == 2


def test_outdated_lists_hold_the_answer_back_and_replay_as_they_were(alice: User) -> None:
    ListVersion.objects.update(current_on=dt.date(2022, 4, 8))
    application = checked(alice, clean_line())
    report = application.reports.get()
    assert report.result is not None
    assert (application.outcome, report.result["why"][0][:26]) == ("NEEDS_INFORMATION", "No answer may rest on DPL,")
    assert "8 April 2022" in report.result["sentence"]
    assert {row["list"] for row in report.result["lists_outdated"]} >= {"DPL", "EL", "SDN"}
    ListVersion.objects.update(current_on=timezone.now().date())
    assert replay(report).same


def test_expired_lists_hold_the_answer_back(alice: User) -> None:
    ControlList.objects.update(checked_at=timezone.now() - dt.timedelta(days=400), cadence_hours=24)
    application = checked(alice, clean_line())
    assert application.outcome == "NEEDS_INFORMATION"
    assert application.state == State.CHECK_INCOMPLETE
