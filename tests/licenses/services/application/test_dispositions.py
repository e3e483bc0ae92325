"""What may be decided about a flag: one set of words, the reasons each takes, and which flags take two people."""

from __future__ import annotations

import pytest

from exportcheck.errors import Refused
from licenses.models import Flag
from licenses.rules.types import HitDecision
from licenses.services.application.dispositions import MEANINGS, check_decision, is_critical
from screening.models import FREEING, LEAVING_OPEN, Resolution

Disposition = Resolution.Disposition
REASON = "Compared name, address and registry number with the entry."


def test_every_disposition_has_a_meaning_and_no_other_word_is_one() -> None:
    assert list(MEANINGS) == list(Disposition)
    assert FREEING | LEAVING_OPEN | {Disposition.TRUE_MATCH} == set(Disposition)
    assert not FREEING & LEAVING_OPEN


def test_the_rules_read_dispositions_by_the_same_words() -> None:
    assert {decision.value for decision in HitDecision} <= set(Disposition.values)


@pytest.mark.parametrize(
    ("code", "severity", "list_code", "critical"),
    [
        ("LIST_EL", "warning", "EL", True),
        ("LIST_UVL", "warning", "UVL", False),
        ("LIST_UVL", "blocking", "UVL", True),
        ("VESSEL_MATCH", "warning", "", True),
        ("TRANSSHIPMENT", "warning", "", False),
    ],
)
def test_what_takes_two_people(code: str, severity: str, list_code: str, critical: bool) -> None:
    assert is_critical(code=code, severity=severity, list_code=list_code) is critical


@pytest.mark.parametrize(
    ("disposition", "reason_code", "reason", "complaint"),
    [
        ("cleared", "", REASON, "is no disposition"),
        ("mitigated", "DIFFERENT_NAME", REASON, "Choose a reason for mitigated"),
        ("unresolved", "STATEMENT_ON_FILE", REASON, "Unresolved takes no reason code"),
        ("mitigated", "STATEMENT_ON_FILE", "ok", "at least 20 characters"),
        ("true_match", "SAME_ID", REASON, "True match speaks of a list entry"),
    ],
)
def test_a_decision_that_does_not_fit_is_refused_in_words(
    disposition: str, reason_code: str, reason: str, complaint: str
) -> None:
    with pytest.raises(Refused, match=complaint):
        check_decision(Flag(), disposition, reason_code, reason)


def test_a_decision_that_fits_is_the_disposition() -> None:
    assert check_decision(Flag(), "mitigated", "STATEMENT_ON_FILE", REASON) is Disposition.MITIGATED
