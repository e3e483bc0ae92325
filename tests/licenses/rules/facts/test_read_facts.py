"""Facts and answers at the door: unknown keys are named, absent stays unknown, shapes are checked."""

from __future__ import annotations

from typing import Any

import pytest

from licenses.rules.facts.catalog import facts_among
from licenses.rules.facts.read_facts import read_answers, read_facts
from licenses.rules.types import RuleInputError


def test_true_false_and_null() -> None:
    assert read_facts({"military": True, "nuclear": False, "missile": None}, "end_use") == {"military": True, "nuclear": False}


def test_values_are_read_by_kind() -> None:
    facts = read_facts(
        {
            "us_controlled_content_percent": 12,
            "transit_countries": ["kz", "AE"],
            "headquarters_country": "cn",
            "enc_classification": "B1",
            "text": "a use",
            "condition.3A001-1": False,
        },
        "end_use",
    )
    assert facts == {
        "us_controlled_content_percent": 12.0,
        "transit_countries": ("KZ", "AE"),
        "headquarters_country": "CN",
        "enc_classification": "b1",
        "text": "a use",
        "condition.3A001-1": False,
    }


@pytest.mark.parametrize(
    ("facts", "code", "words"),
    [
        ({"militry": True}, "unknown_key", "end_use.militry: no such key; did you mean military?"),
        ({"website": "x"}, "unknown_key", "end_use.website"),
        ({"condition.": True}, "unknown_key", "condition."),
        ({"ofac_authorization": True}, "not_an_input", "end_use.ofac_authorization"),
        ({"military": "yes"}, "wrong_type", "end_use.military: expected true, false or null"),
        ({"military": 1}, "wrong_type", "end_use.military"),
        ({"us_controlled_content_percent": 101}, "bad_value", "outside 0 to 100"),
        ({"us_controlled_content_percent": -1}, "bad_value", "outside"),
        ({"us_controlled_content_percent": float("nan")}, "bad_value", "outside"),
        ({"us_controlled_content_percent": True}, "wrong_type", "expected a number"),
        ({"transit_countries": "KZ"}, "wrong_type", "expected a list"),
        ({"transit_countries": ["ZZ"]}, "unknown_country", "'ZZ'"),
        ({"headquarters_country": "China"}, "unknown_country", "'China'"),
        ({"enc_classification": "b9"}, "bad_value", "none of b1, b2, b3, none"),
        ({"exception_claimed": "a b"}, "bad_value", "is no code"),
        ({"text": 5}, "wrong_type", "expected a text"),
        ({"text": "x" * 10_001}, "too_long", "longer than"),
        ([], "wrong_type", "expected an object"),
    ],
)
def test_a_fact_that_cannot_be_read_is_named(facts: Any, code: str, words: str) -> None:
    with pytest.raises(RuleInputError) as caught:
        read_facts(facts, "end_use")
    assert caught.value.code == code
    assert words in caught.value.detail


def test_answers_take_facts_and_the_form_s_own_keys() -> None:
    answers = read_answers(
        {
            "military": False,
            "payer_country": "ae",
            "incorporated_on": "2023-01-31",
            "attachments": ["PRC_EUS"],
            "rf": {"RF_S3_7": True, "RF_S3_8": None},
            "parties": {"P1": {"website": "example.org", "registry_id": None}},
        },
        "answers",
    )
    assert answers["payer_country"] == "AE"
    assert answers["incorporated_on"] == "2023-01-31"
    assert answers["rf"] == {"RF_S3_7": True}
    assert answers["parties"] == {"P1": {"website": "example.org"}}
    assert facts_among(answers) == {"military": False}


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"wbsite": "x"}, "did you mean website?"),
        ({"incorporated_on": "31.1.2023"}, "write YYYY-MM-DD"),
        ({"rf": {"RF_1": "yes"}}, "answers.rf.RF_1"),
        ({"parties": {"P1": {"wbsite": "x"}}}, "answers.parties.P1.wbsite"),
        ({"parties": {"P1": {"parties": {}}}}, "holds no further"),
        ({"parties": []}, "answers.parties: expected an object"),
        ({"payment_method": "beads"}, "none of cash"),
        ({"ofac_authorization": True}, "two reviewers"),
    ],
)
def test_an_answer_that_cannot_be_read_is_named(answers: Any, words: str) -> None:
    with pytest.raises(RuleInputError) as caught:
        read_answers(answers, "answers")
    assert words in caught.value.detail
