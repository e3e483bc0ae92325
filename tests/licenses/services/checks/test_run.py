"""A check is done once, whatever happens to workers and messages (house.md 3)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from exportcheck.accounts.models import User
from exportcheck.audit.models import AuditEvent
from exportcheck.leases import LeaseLost
from licenses.models import CheckReport, Flag, LicenseApplication
from licenses.services.application.acts import cancel_unfinished_checks
from licenses.services.checks import run
from licenses.services.checks.requests import check_again, new_report, requeue_stale, submit_for_check
from licenses.services.checks.run import lease_report, run_check
from licenses.services.evaluation.completeness import completeness_of
from screening.models import ListVersion, Match, ScreeningRun
from tests.licenses.factories import asked, checked, done, listed_line

State = LicenseApplication.State
pytestmark = pytest.mark.usefixtures("lists")


def finished_events(application: LicenseApplication) -> int:
    return AuditEvent.objects.filter(subject=f"application:{application.reference}", action="check.finished").count()


def test_a_message_too_many_changes_nothing(alice: User) -> None:
    application, report = asked(alice, listed_line())
    for _ in range(3):
        run_check(report_id=report.pk)
    report.refresh_from_db()
    assert (report.state, report.attempts) == (CheckReport.State.DONE, 1)
    assert finished_events(application) == 1
    assert Match.objects.count() == 1
    assert application.flags.filter(code="LIST_EL").count() == 1


def test_a_leased_check_is_left_alone_until_its_worker_fell_silent(alice: User) -> None:
    _, report = asked(alice)
    assert lease_report(report.pk) is not None
    assert lease_report(report.pk) is None
    CheckReport.objects.filter(pk=report.pk).update(leased_at=timezone.now() - dt.timedelta(minutes=10))
    second = lease_report(report.pk)
    assert second is not None
    assert second.row.attempts == 2


def test_a_slow_first_worker_cannot_finish_after_its_successor(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    application, report = asked(alice, listed_line())
    screen = run.screen_line

    def slow(*args: Any, **kwargs: Any) -> Any:
        found = screen(*args, **kwargs)
        monkeypatch.setattr(run, "screen_line", screen)
        CheckReport.objects.filter(pk=report.pk).update(leased_at=timezone.now() - dt.timedelta(minutes=10))
        run_check(report_id=report.pk)
        return found

    monkeypatch.setattr(run, "screen_line", slow)
    run_check(report_id=report.pk)
    report.refresh_from_db()
    assert (report.state, report.attempts) == (CheckReport.State.DONE, 2)
    assert finished_events(application) == 1
    assert ScreeningRun.objects.count() == 1
    assert application.flags.filter(code="LIST_EL").count() == 1


def test_progress_by_a_worker_without_the_lease_ends_its_work(alice: User) -> None:
    _, report = asked(alice)
    held = lease_report(report.pk)
    assert held is not None
    held.renew(parties_done=1)
    CheckReport.objects.filter(pk=report.pk).update(lease_token="another")
    with pytest.raises(LeaseLost):
        held.renew(parties_done=2)


def test_a_failing_check_says_not_checked_and_never_clear(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    application, report = asked(alice)

    def broken(*_args: Any, **_kwargs: Any) -> None:
        raise OSError("the index is unreadable")

    monkeypatch.setattr(run, "screen_line", broken)
    with pytest.raises(OSError, match="unreadable"):
        run_check(report_id=report.pk)
    report.refresh_from_db()
    application.refresh_from_db()
    assert (report.state, report.result) == (CheckReport.State.FAILED, None)
    assert "unreadable" in report.error
    assert application.state == State.CHECK_INCOMPLETE
    assert application.outcome == ""


def test_a_failure_while_storing_leaves_no_trace_of_the_check(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    application, report = asked(alice, listed_line())

    def broken(*_args: Any, **_kwargs: Any) -> None:
        raise ValueError("a defect at the very end")

    monkeypatch.setattr(run, "move_after_check", broken)
    with pytest.raises(ValueError, match="very end"):
        run_check(report_id=report.pk)
    assert not Match.objects.exists()
    assert not application.flags.exists()
    assert finished_events(application) == 0


def test_a_check_that_ends_its_worker_five_times_is_given_up(alice: User) -> None:
    application, report = asked(alice)
    CheckReport.objects.filter(pk=report.pk).update(attempts=run.MAX_ATTEMPTS)
    with pytest.raises(RuntimeError, match="given up"):
        run_check(report_id=report.pk)
    application.refresh_from_db()
    assert application.state == State.CHECK_INCOMPLETE


def test_beat_tells_workers_of_waiting_and_silent_checks_only(alice: User, nudged: list[Any]) -> None:
    with transaction.atomic():
        asked(alice)
        _, silent = asked(alice)
        _, busy = asked(alice)
    for report, minutes in ((silent, 10), (busy, 0)):
        assert lease_report(report.pk) is not None
        CheckReport.objects.filter(pk=report.pk).update(leased_at=timezone.now() - dt.timedelta(minutes=minutes))
    nudged.clear()
    assert requeue_stale() == 2


def test_a_check_that_was_given_up_is_no_failure_whatever_it_says(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    application, _ = asked(alice)
    for words in ("Achtung", "Achtung again", "Achtung once more"):
        cancel_unfinished_checks(application, because=words)
        with transaction.atomic():
            new_report(application, cause=CheckReport.Cause.RETRY, actor=alice)
    monkeypatch.setattr(run, "screen_line", lambda *_args, **_kwargs: {}["broken"])
    with pytest.raises(KeyError):
        run_check(report_id=application.reports.get(state=CheckReport.State.PENDING).pk)
    CheckReport.objects.update(finished_at=timezone.now() - dt.timedelta(hours=1))
    requeue_stale()
    assert application.reports.filter(state=CheckReport.State.PENDING).exists(), "one failure of three that are allowed"


def test_a_failed_check_is_retried_after_a_while_three_times_at_most(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    application, _report = asked(alice)
    for failures in range(1, 5):
        waiting = application.reports.get(state=CheckReport.State.PENDING)
        CheckReport.objects.filter(pk=waiting.pk).update(attempts=run.MAX_ATTEMPTS)
        with pytest.raises(RuntimeError):
            run_check(report_id=waiting.pk)
        requeue_stale()
        assert not application.reports.filter(state=CheckReport.State.PENDING).exists(), "a retry waits first"
        CheckReport.objects.filter(pk=waiting.pk).update(finished_at=timezone.now() - dt.timedelta(days=1))
        requeue_stale()
        assert application.reports.filter(state=CheckReport.State.PENDING).exists() is (failures <= 3)
    application.refresh_from_db()
    assert application.state == State.CHECK_INCOMPLETE


def test_a_decision_during_a_check_makes_another_check_follow(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    application, report = asked(alice, listed_line())
    screen = run.screen_line

    def meanwhile(*args: Any, **kwargs: Any) -> Any:
        check_again(application, cause=CheckReport.Cause.DECISION, actor=None)
        return screen(*args, **kwargs)

    monkeypatch.setattr(run, "screen_line", meanwhile)
    run_check(report_id=report.pk)
    monkeypatch.setattr(run, "screen_line", screen)
    application.refresh_from_db()
    assert application.state == State.CHECKING, "what follows from an old answer is left to the next check"
    done(application)
    assert application.state == State.IN_REVIEW
    assert application.reports.count() == 2


def test_two_decisions_before_a_worker_comes_ask_for_one_check(alice: User) -> None:
    application = checked(alice, listed_line())
    for _ in range(2):
        check_again(application, cause=CheckReport.Cause.DECISION, actor=None)
    assert application.reports.filter(state=CheckReport.State.PENDING).count() == 1


def test_the_report_names_lists_rules_engine_and_day(alice: User) -> None:
    report = checked(alice).reports.get()
    assert set(report.versions) == {"EL", "UVL", "SDN", "DPL"}
    assert report.rules == report.result["rules"]
    assert report.engine == report.result["engine"]
    assert report.as_of == timezone.now().date()


def test_without_any_list_the_application_is_not_checked(alice: User) -> None:
    ListVersion.objects.update(state=ListVersion.State.RETIRED)
    application = checked(alice)
    assert application.state == State.CHECK_INCOMPLETE
    assert application.outcome == "NEEDS_INFORMATION"
    assert {party["verdict"] for party in application.reports.get().result["parties"]} == {"not_screened"}


def test_a_flag_the_next_check_no_longer_finds_is_gone_and_comes_back_reopened(alice: User) -> None:
    application = checked(alice, listed_line())
    flag = application.flags.get(code="LIST_EL")
    application.parties.update(name="Musterwerk GmbH")
    LicenseApplication.objects.filter(pk=application.pk).update(state=State.RETURNED)
    application = asked_again(application, alice)
    flag.refresh_from_db()
    assert flag.gone_at is not None
    assert flag.state == Flag.State.OPEN


def asked_again(application: LicenseApplication, actor: User) -> LicenseApplication:
    submit_for_check(actor=actor, application_id=application.pk)
    return done(application)


def test_a_check_names_the_open_points_that_stand_beside_the_draft(alice: User) -> None:
    application = checked(alice, listed_line())
    assert application.form == {}
    report = application.reports.get()
    assert report.result is not None
    assert report.result["completeness"] == completeness_of(application)
    assert {"contact", "company", "signature"} <= set(report.result["completeness"])
