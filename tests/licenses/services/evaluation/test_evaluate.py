"""The phases of an evaluation: flagged, concluded with what still wants a person, told as the contract has it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from django.utils import timezone

from licenses.rules.types import Outcome
from licenses.services.evaluation.evaluate import (
    EvaluationInput,
    as_contract,
    concluded,
    evaluate,
    flagged,
    screen_line,
    searched_lists,
)
from licenses.services.evaluation.hits import DecidedHit
from licenses.services.evaluation.manual_outcome import ByPerson
from licenses.services.evaluation.read_application import read_line
from licenses.services.evaluation.rules_in_force import rules
from screening.services.parties.snapshot import current
from tests.licenses.factories import clean_line, item, line, listed_line, party

pytestmark = pytest.mark.usefixtures("lists")


def given(body: Mapping[str, Any], **more: Any) -> EvaluationInput:
    """What an evaluation of this application on today's lists rests on."""
    parsed, snapshot, today = read_line(body), current(None), timezone.now().date()
    return EvaluationInput(
        line=parsed,
        screened=screen_line(parsed, snapshot, rules(today)),
        snapshot=snapshot,
        rules=rules(today),
        day=today,
        lists=searched_lists(snapshot),
        **more,
    )


def test_without_decisions_every_flag_wants_a_person() -> None:
    found = evaluate(given(listed_line()))
    assert found.open_flags == found.flags
    assert "LIST_EL" in {flag.code for flag in found.open_flags}


def test_a_settled_flag_is_told_and_holds_nothing() -> None:
    body = listed_line()
    raised = flagged(given(body))
    settled = concluded(raised, [flag for flag in raised.flags if flag.code != "LIST_EL"])
    assert "LIST_EL" in {flag["code"] for flag in settled.result["red_flags"]}
    assert "LIST_EL" not in {flag.code for flag in settled.open_flags}


def test_items_are_determined_again_only_when_an_open_flag_points_to_a_question() -> None:
    raised = flagged(given(clean_line()))
    assert concluded(raised, ()).answers is raised.answers


def test_what_people_decided_about_a_hit_changes_what_is_determined() -> None:
    body = listed_line("Zarvonik Microsystems", "DE")
    before = evaluate(given(body))
    hit = next(hit for one in before.result["parties"] for hit in one["hits"])
    who = next(one["id"] for one in before.result["parties"] if one["hits"])
    decided = {who: {(hit["list"], hit["entry"]): DecidedHit("false_positive")}}
    after = evaluate(given(body, decisions=decided))
    assert before.conclusion.outcome is Outcome.LICENSE_REQUIRED
    assert after.conclusion.outcome is Outcome.NO_LICENSE_REQUIRED
    assert next(hit for one in after.result["parties"] for hit in one["hits"])["decision"] == "false_positive"


def test_an_outcome_people_recorded_counts_only_where_the_rules_have_none() -> None:
    recorded = {"I1": ByPerson(Outcome.LICENSE_REQUIRED, "732", "decision 1")}
    assert evaluate(given(clean_line(), recorded=recorded)).conclusion.outcome is Outcome.NO_LICENSE_REQUIRED


@pytest.mark.parametrize(
    ("body", "items"),
    [
        (clean_line(), True),
        (line(party("ultimate_consignee", "Musterhalbleiter Dresden AG", "DE"), type="classification", items=[item()]), False),
    ],
)
def test_only_a_transaction_has_items_in_its_answer(body: Mapping[str, Any], items: bool) -> None:
    found = evaluate(given(body))
    assert (found.result["items"] is not None) is items
    assert found.result == as_contract(found)


def test_the_contract_tells_of_lists_only_where_something_is_wrong_with_them() -> None:
    result = evaluate(given(clean_line())).result
    assert "lists_sample" not in result
    assert "lists_expired" not in result
    assert all(value for key, value in result.items() if key.startswith("lists_"))
