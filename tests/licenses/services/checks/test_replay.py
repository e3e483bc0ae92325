"""A report of the release before steps and flags named their hits is replayed as it was stored."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from exportcheck.accounts.models import User
from licenses.models import CheckReport
from licenses.services.checks.replay import replay
from licenses.services.evaluation.contract_objects import FORM
from licenses.services.thresholds.drift import drift
from tests.licenses.factories import checked, done, listed_line, open_flag, settle

pytestmark = pytest.mark.usefixtures("lists")


def as_form_1(report: CheckReport) -> CheckReport:
    """The report as the release before stored it."""
    assert report.result is not None
    result: dict[str, Any] = report.result
    taken = [flag.pop("hit") for flag in result["red_flags"] if "hit" in flag]
    taken += [step.pop("hits") for item in result["items"] for step in item["steps"] if "hits" in step]
    assert taken, "this report has nothing that an earlier one lacks"
    assert report.basis.pop("form") == FORM
    report.save()
    return report


def test_a_report_names_the_hits_of_its_flags_and_steps_and_is_replayed(alice: User) -> None:
    report = checked(alice, listed_line()).reports.get()
    assert replay(report).differs == ()
    assert report.result["red_flags"][0]["hit"]["list"] == "EL"


def test_a_report_without_them_is_replayed_as_it_was_stored(alice: User, rita: User, sam: User) -> None:
    application = checked(alice, listed_line())
    settle(open_flag(application), by=rita, second=sam, disposition="mitigated", reason_code="END_USE_EVIDENCE")
    done(application)
    for report in application.reports.all():
        old = as_form_1(report)
        assert replay(old).differs == ()
        assert drift(old, timezone.now().date()) == ()


def test_another_answer_still_differs(alice: User) -> None:
    report = as_form_1(checked(alice, listed_line()).reports.get())
    report.result["red_flags"][0]["why"] = "Something else."
    report.result["items"][0]["steps"][0]["answer"] = "no: something else"
    assert replay(report).differs == ("items: not the same", "red_flags: not the same")
