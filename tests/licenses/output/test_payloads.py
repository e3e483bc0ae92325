"""Two makers of payloads: what exporters get never holds a field of the desk (intake.md 8)."""

from __future__ import annotations

from typing import Any

import pytest

from exportcheck.accounts.models import User
from licenses.models import Flag
from licenses.output import payloads
from licenses.services.review.concerns_and_notes import write_note
from licenses.services.review.decisions import decide_flag
from screening.models import ControlList
from tests.licenses.factories import REASON, checked, listed_line, load_lists, open_flag
from tests.screening.fixtures import nudged, own_folders

__all__ = ("nudged", "own_folders")

DESK_KEYS = frozenset(
    (
        "flags",
        "notes",
        "assignee",
        "claimed_until",
        "decisions",
        "reason_code",
        "proposed_by",
        "decided_by",
        "decision_note",
        "basis",
        "attempts",
        "error",
        "organization",
        "drafted_by",
        "clearance",
        "floors",
    )
)
"""Keys that only reviewers' payloads may carry, at any depth."""


def keys_of(value: Any) -> set[str]:
    """Every key at every depth."""
    if isinstance(value, dict):
        return set(value) | {key for inner in value.values() for key in keys_of(inner)}
    if isinstance(value, list | tuple):
        return {key for inner in value for key in keys_of(inner)}
    return set()


@pytest.fixture
def reviewed(alice: User, rita: User, own_folders: None) -> Flag:
    """An application with a proposal and a note of the desk."""
    load_lists()
    application = checked(alice, listed_line())
    flag = open_flag(application)
    decide_flag(actor=rita, flag_id=flag.pk, disposition="false_positive", reason_code="DIFFERENT_NAME", reason=REASON)
    write_note(actor=rita, application_id=application.pk, text="Seen elsewhere under another name.")
    return flag


def test_exporters_get_no_field_of_the_desk(reviewed: Flag) -> None:
    application, report = reviewed.application, reviewed.report
    told = [payloads.application_payload(application), payloads.report_payload(report)]
    assert not keys_of(told) & DESK_KEYS
    assert REASON not in str(told)
    assert "Seen elsewhere" not in str(told)


def test_reviewers_get_them(reviewed: Flag) -> None:
    told = [payloads.reviewer_application(reviewed.application), payloads.reviewer_report(reviewed.report)]
    assert keys_of(told) >= {"flags", "notes", "decisions", "reason_code", "basis", "floors"}


def test_reasons_of_a_private_list_stay_inside(reviewed: Flag) -> None:
    ControlList.objects.filter(code="EL").update(custom=True)
    told = payloads.report_payload(reviewed.report, private_lists={"EL"})
    hit = next(hit for party in told["result"]["parties"] for hit in party["hits"])
    assert hit["list"] == "EL"
    assert not payloads.PRIVATE_HIT_KEYS & set(hit)
