"""An answer nobody gave is a question of the reviewer, never a flag."""

from __future__ import annotations

import datetime as dt
from typing import Any

from licenses.rules.facts.catalog import ANSWERS
from licenses.rules.red_flags.questions import ASKED, ASKED_OF_PRIORITY_ITEMS, open_questions
from licenses.rules.red_flags.raise_flags import red_flags, scene_of
from licenses.rules.types import ApplicationFacts
from tests.licenses.rules.builders import DAY, determination, item, rules, sold

CHIP = (item("EAR99", "854231", 9_000),)


def asked(facts: ApplicationFacts, as_of: dt.date = DAY) -> list[str]:
    found = {one.id: determination(id=one.id) for one in facts.items}
    raised = red_flags(facts, found, rules(as_of), as_of=as_of)
    return [question.fact for question in open_questions(scene_of(facts, found, rules(as_of), as_of=as_of), raised)]


def test_outside_the_partner_countries_every_answer_is_asked_for() -> None:
    assert asked(sold("MY")) == [fact for _, fact in ASKED]
    assert asked(sold("MY", items=CHIP)) == [fact for _, fact in (*ASKED, *ASKED_OF_PRIORITY_ITEMS)]


def test_a_usual_sale_to_a_partner_is_asked_nothing() -> None:
    assert asked(sold("DE", items=CHIP)) == []
    assert "payer_country" in asked(sold("DE", answers={"late_route_change": True})), "another warning stands"


def test_what_is_answered_anywhere_is_not_asked() -> None:
    answers: dict[str, Any] = {"late_route_change": False, "parties": {"purchaser": {"defense_customer": False}}}
    assert set(asked(sold("MY", answers=answers))) == {fact for _, fact in ASKED} - {"late_route_change", "defense_customer"}


def test_what_is_no_movement_is_asked_nothing() -> None:
    assert asked(sold("MY", type="classification")) == []
    assert asked(sold("MY", type="deemed_export")) == []


def test_every_question_has_its_flag_and_its_words() -> None:
    for code, fact in (*ASKED, *ASKED_OF_PRIORITY_ITEMS):
        assert rules().red_flags.row(code)
        assert ANSWERS[fact].question.endswith("?")
