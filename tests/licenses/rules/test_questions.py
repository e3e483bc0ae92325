"""Every question can be answered: its key is one that the input takes, and once answered it is not asked again."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from licenses.rules.determination.determine import determine, determine_unclassified
from licenses.rules.facts.catalog import CONDITION_PREFIX, FACTS
from licenses.rules.facts.read_case import CASE_KEYS, read_case
from licenses.rules.facts.read_facts import read_facts
from licenses.rules.facts.write_determination import determination_as_dict
from licenses.rules.tables.loader import load
from licenses.rules.types import Case, Determination, MissingFact, Outcome

D = dt.date(2026, 9, 24)
ROUNDS = 6
COUNTRIES = ("CN", "RU", "DE", "BR", "UA", "IQ", "IR", "AE", "IL")
MOVEMENTS: tuple[dict[str, str], ...] = ({}, {"transaction": "reexport", "origin": "DE"}, {"transaction": "deemed_export"})
SETTLED = {
    "headquarters_country": "CN",
    "us_controlled_content_percent": 50,
    "destination_region": "none",
    "enc_classification": "b1",
}
"""Answers of the questions that are not yes or no."""


def _sample() -> list[Case]:
    """Each entry once, with countries and kinds of transaction in turn."""
    return [
        read_case(
            {
                "eccn": entry.eccn,
                "destination": COUNTRIES[number % len(COUNTRIES)],
                "hs6": "490199",
                "value_usd": 100,
                "end_use": SETTLED,
                **MOVEMENTS[number % len(MOVEMENTS)],
            }
        )
        for number, entry in enumerate(load().in_force(D).items.entries())
    ]


def _is_yes_or_no(question: MissingFact) -> bool:
    return question.answers == ("true", "false")


def _run(case: Case) -> Determination:
    return determine(case, load().in_force(D), as_of=D)


def test_every_question_has_words_and_a_key_that_the_input_takes() -> None:
    for case in _sample():
        for question in _run(replace(case, facts={})).questions:
            assert question.text.rstrip(".").count("?") >= 1, question
            assert question.text != question.fact
            assert question.text.startswith("Which paragraph") <= (
                question.fact in ("eccn", "enc_classification", "gov_paragraph")
            ), question
            if question.fact in CASE_KEYS:
                continue
            assert question.fact in FACTS or question.fact.startswith(CONDITION_PREFIX), question
            if _is_yes_or_no(question):
                assert read_facts({question.fact: True}, "x") == {question.fact: True}


@pytest.mark.parametrize("value", [True, False])
def test_an_answered_question_is_not_asked_again(value: bool) -> None:
    for asked_case in _sample():
        case, answered = asked_case, set[str]()
        for _ in range(ROUNDS):
            questions = [question for question in _run(case).questions if _is_yes_or_no(question)]
            assert not answered & {question.fact for question in questions}, (case.item.eccn, case.destination)
            answered |= {question.fact for question in questions}
            case = replace(case, facts={**case.facts, **{question.fact: value for question in questions}})


def test_a_footnote_of_the_chart_asks_to_be_read() -> None:
    asked = {question.fact: question.text for question in _run(read_case({"eccn": "0A502", "destination": "AU"})).questions}
    assert asked["condition.CHART-FN-10-SHOTGUN"] == "Read Supp. 1 to part 738, footnote 10: does it reach the item?"


def test_what_settles_most_is_asked_first() -> None:
    questions = _run(read_case({"eccn": "3A001"})).questions
    assert [question.fact for question in questions][:1] == ["destination"]
    questions = _run(read_case({"eccn": "3A001", "destination": "CN"})).questions
    assert [question.fact for question in questions][:1] == ["eccn"]


def test_an_item_without_an_eccn_asks_for_it_and_says_where_the_answer_goes() -> None:
    found = determine_unclassified(read_case({"destination": "RU"}), load().in_force(D), as_of=D)
    assert found.outcome is Outcome.NEEDS_INFORMATION
    questions = determination_as_dict(found)["questions"]
    assert [(row["fact"], row["of"], row["hold"]) for row in questions[:2]] == [("eccn", "item", True), ("hs6", "item", True)]
    assert {row["of"] for row in questions} == {"item", "facts"}
