"""A stored check gives its answer again; the demonstration is made once."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from pytest_django.fixtures import Settings

from exportcheck.accounts.models import User
from licenses.models import CheckReport, Flag, LicenseApplication
from licenses.output.report_text import report_text
from licenses.services.drafting.sample import sample_line
from licenses.services.evaluation.precheck_line import precheck
from tests.licenses.factories import checked, done, listed_line, load_lists, load_sample_lists, open_flag, settle, starter_rows
from tests.screening.factories import row


def replayed(reference: str, *options: str) -> tuple[int, str]:
    """Exit code and text of `replay_report`."""
    out = io.StringIO()
    try:
        call_command("replay_report", reference, *options, stdout=out)
    except SystemExit as stop:
        return int(str(stop.code)), out.getvalue()
    return 0, out.getvalue()


@pytest.mark.usefixtures("lists")
def test_a_check_is_answered_again_though_lists_and_decisions_moved_on(alice: User, rita: User, sam: User) -> None:
    application = checked(alice, listed_line("Zarvonik Microsystems", "DE"))
    settle(open_flag(application), by=rita, second=sam)
    done(application)
    load_lists([one for one in starter_rows() if one["name"] != "Zarvonik Microsystems"] + [row("Wistramel Propulsion", "EL")])
    for number, outcome in (("1", "LICENSE_REQUIRED"), ("2", "NO_LICENSE_REQUIRED")):
        code, text = replayed(application.reference, "--report", number)
        assert (code, "same result" in text, outcome in text) == (0, True, True), text


@pytest.mark.usefixtures("lists")
def test_drift_tells_what_today_would_say_and_why(alice: User) -> None:
    application = checked(alice, listed_line("Zarvonik Microsystems", "DE"))
    assert "today: the same answer, from the same lists, rules and engine" in replayed(application.reference, "--with-current")[1]
    load_lists([one for one in starter_rows() if one["name"] != "Zarvonik Microsystems"] + [row("Wistramel Propulsion", "EL")])
    code, text = replayed(application.reference, "--with-current")
    assert code == 0, "the replay itself gives the stored answer"
    assert "today: list EL: v1 then, v2 now" in text
    assert "today: outcome: LICENSE_REQUIRED then, NO_LICENSE_REQUIRED now" in text
    assert "loses a hit: EL" in text
    assert "gains a hit" not in text
    assert application.reports.count() == 1


@pytest.mark.usefixtures("lists")
def test_what_differs_is_named(alice: User) -> None:
    application = checked(alice, listed_line("Zarvonik Microsystems", "DE"))
    report = application.reports.get()
    report.result["outcome"] = "NO_LICENSE_REQUIRED"
    report.result["parties"][1]["hits"] = []
    CheckReport.objects.filter(pk=report.pk).update(result=report.result, rules="0" * 64)
    code, text = replayed(application.reference)
    assert code == 4
    assert "differs: rules" in text
    assert "differs: outcome: NO_LICENSE_REQUIRED then, LICENSE_REQUIRED now" in text
    assert "differs: parties" in text


@pytest.mark.usefixtures("lists")
def test_there_is_nothing_to_replay_before_a_check() -> None:
    with pytest.raises(CommandError, match="no such finished check"):
        replayed("EX-2026-99999")


def test_the_demonstration_is_made_once(own_folders: None, settings: Settings, db: None) -> None:
    settings.DEBUG = True
    load_sample_lists()
    first, second = io.StringIO(), io.StringIO()
    call_command("seed_demo", stdout=first)
    made = User.objects.count(), LicenseApplication.objects.count(), CheckReport.objects.count()
    call_command("seed_demo", stdout=second)
    assert made == (10, 6, CheckReport.objects.count())
    assert LicenseApplication.objects.count() == 6
    assert "password of all" in second.getvalue()
    states = set(LicenseApplication.objects.values_list("state", flat=True))
    assert {"DRAFT", "IN_REVIEW", "RETURNED", "CLEARED"} <= states
    sample = LicenseApplication.objects.get(title__contains="sample")
    assert sample.outcome == "LICENSE_REQUIRED"
    assert sample.flags.get(code="LIST_EL", state=Flag.State.OPEN).party_key == "P3"
    assert User.objects.get(email="alice@example.com").check_password("demo-of-export-check")


def test_demo_people_exist_only_with_debug(settings: Settings, db: None) -> None:
    settings.DEBUG = False
    with pytest.raises(CommandError, match="DEBUG=1 only"):
        call_command("seed_demo")
    assert not User.objects.exists()


def test_the_sample_flags_just_the_test_house_and_says_why(own_folders: None, db: None) -> None:
    load_sample_lists()
    line = {key: value for key, value in sample_line().items() if key != "title"}
    result = precheck(line)
    flagged = [party["name"] for party in result["parties"] if party["hits"]]
    assert flagged == ["SJ Semiconductor (Jiangyin) Corp."]
    assert result["outcome"] == "LICENSE_REQUIRED"
    text = report_text(result, title="Sample")
    for told in (
        "LICENSE REQUIRED",
        "Entity List",
        "85 FR 83420",
        "744.11(a)",
        "OSAT_NOT_PURCHASER",
        "sample",
        "no legal advice",
    ):
        assert told in text
    assert max(len(one) for one in text.splitlines()) <= 140
