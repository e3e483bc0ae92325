"""At the door: a `determine` line becomes a case, and every shape that does not fit is an error that names the key."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from licenses.rules.determination.determine import determine
from licenses.rules.facts.read_case import read_case, read_hs6, read_item
from licenses.rules.facts.write_determination import determination_as_dict
from licenses.rules.tables.loader import load
from licenses.rules.types import HitDecision, ItemFacts, Outcome, RuleInputError, TransactionType

LINE: dict[str, Any] = {"id": "L1", "eccn": "3a001(a)(2)", "destination": "my"}


def test_a_line_is_read_with_its_defaults() -> None:
    case = read_case({**LINE, "value_usd": 12.5, "quantity": "3", "hs6": "8542.31"})
    assert case.id == "L1"
    assert case.transaction is TransactionType.EXPORT
    assert case.destination == "MY"
    assert case.item == ItemFacts("L1", "3A001.a.2", hs6="854231", quantity=Decimal(3), value_usd=Decimal("12.5"), origin="US")
    assert case.parties == ()
    assert case.facts == {}


def test_parties_hits_and_owners_are_read() -> None:
    party = {
        "role": "end_user",
        "name": "A",
        "address": "one line",
        "addresses": ["another"],
        "country": "cn",
        "citizenships": ["ir"],
        "listed": [
            {
                "list": "el",
                "listed_name": "X",
                "decision": "true_match",
                "effective_on": "2024-05-09",
                "footnotes": [1],
                "programs": ["P"],
            }
        ],
        "owners": [{"name": "B", "share_percent": 50, "owners": [{"name": "C"}]}],
    }
    (read,) = read_case({**LINE, "parties": [party]}).parties
    assert (read.id, read.role, read.country, read.citizenships) == ("P1", "end_user", "CN", ("IR",))
    assert read.addresses == ("one line", "another")
    assert read.hits[0].list == "EL"
    assert read.hits[0].decision is HitDecision.TRUE_MATCH
    assert read.hits[0].effective_on == dt.date(2024, 5, 9)
    assert read.hits[0].footnotes == ("1",)
    assert (read.owners[0].id, read.owners[0].role, read.owners[0].share_percent) == ("P1.O1", "owner", 50.0)
    assert read.owners[0].owners[0].id == "P1.O1.O1"


def test_a_made_id_never_repeats_a_given_one() -> None:
    parties = read_case({**LINE, "parties": [{"name": "A"}, {"id": "P1", "name": "B"}]}).parties
    assert len({party.id for party in parties}) == 2


@pytest.mark.parametrize("blank", [{"eccn": ""}, {"eccn": None}, {"destination": ""}, {"destination": None}])
def test_a_blank_eccn_or_destination_is_left_to_a_question(blank: dict[str, Any]) -> None:
    case = read_case({**LINE, **blank})
    assert (case.item.eccn, case.destination).count("") == 1


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ({"eccn": "3A01"}, "bad_eccn", "'3A01'"),
        ({"destination": "Malaysia"}, "unknown_country", "input.destination: 'Malaysia'"),
        ({"destinaton": "MY"}, "unknown_key", "input.destinaton"),
        ({"transaction": "gift"}, "bad_value", "input.transaction: 'gift'"),
        ({"origin": "XX"}, "unknown_country", "input.origin"),
        ({"hs6": "85423"}, "bad_value", "not six digits"),
        ({"hs6": "8542310000"}, "bad_value", "not six digits"),
        ({"hs6": 854231}, "wrong_type", "as a text"),
        ({"value_usd": -1}, "bad_value", "input.value_usd"),
        ({"value_usd": "much"}, "bad_value", "'much' is no number"),
        ({"value_usd": True}, "wrong_type", "input.value_usd"),
        ({"value_usd": "NaN"}, "bad_value", "outside"),
        ({"value_usd": 1e300}, "bad_value", "outside"),
        ({"quantity": [1]}, "wrong_type", "input.quantity"),
        ({"end_use": {"militry": True}}, "unknown_key", "input.end_use.militry"),
        ({"end_use": "text"}, "wrong_type", "input.end_use: expected an object"),
        ({"parties": {}}, "wrong_type", "input.parties: expected a list"),
        ({"parties": ["A"]}, "wrong_type", "input.parties[0]"),
        ({"parties": [{"role": "end_user"}]}, "missing", "needs a name or an address"),
        ({"parties": [{"name": "A", "adress": "x"}]}, "unknown_key", "input.parties[0].adress"),
        ({"parties": [{"name": "A", "role": "boss"}]}, "bad_value", "input.parties[0].role"),
        ({"parties": [{"name": "A", "kind": "robot"}]}, "bad_value", "input.parties[0].kind"),
        ({"parties": [{"name": "A", "country": "ZZ"}]}, "unknown_country", "input.parties[0].country"),
        ({"parties": [{"name": "A", "citizenships": ["ZZ"]}]}, "unknown_country", "citizenships"),
        ({"parties": [{"name": "A", "share_percent": 120}]}, "bad_value", "share_percent"),
        ({"parties": [{"name": "A", "listed": [{"list": "EL"}]}]}, "missing", "listed[0].listed_name"),
        ({"parties": [{"name": "A", "listed": [{"list": "EL", "listed_name": "X", "band": "weak"}]}]}, "bad_value", "band"),
        (
            {"parties": [{"name": "A", "listed": [{"list": "EL", "listed_name": "X", "expires_on": "soon"}]}]},
            "bad_value",
            "expires_on",
        ),
        ({"parties": [{"name": "A", "listed": [{"list": "EL", "listed_name": "X", "colour": "red"}]}]}, "unknown_key", "colour"),
        ({"id": []}, "wrong_type", "input.id"),
    ],
)
def test_what_cannot_be_read_is_named(change: dict[str, Any], code: str, words: str) -> None:
    with pytest.raises(RuleInputError) as caught:
        read_case({**LINE, **change})
    assert caught.value.code == code
    assert words in caught.value.detail


def test_owners_are_read_six_layers_deep_and_no_deeper() -> None:
    def chain(layers: int) -> dict[str, Any]:
        return {"name": "A", "owners": [chain(layers - 1)] if layers else []}

    read_case({**LINE, "parties": [chain(6)]})
    with pytest.raises(RuleInputError, match="more than 6 layers"):
        read_case({**LINE, "parties": [chain(7)]})


def test_a_line_that_is_no_object_is_an_error() -> None:
    with pytest.raises(RuleInputError, match="expected an object"):
        read_case([])


def test_an_item_of_an_application_keeps_its_own_answers() -> None:
    item, answers = read_item(
        {"eccn": "3A991", "hs6": "8542.31", "model_number": "M", "answers": {"military": False}}, "items[0]"
    )
    assert item.eccn == "3A991"
    assert answers == {"military": False}
    blank, _ = read_item({"description": "not classified yet"}, "items[0]")
    assert blank.eccn == ""
    with pytest.raises(RuleInputError, match=r"items\[0\].eccn"):
        read_item({"eccn": "zzz"}, "items[0]")


def test_hs6_ignores_dots_and_blanks() -> None:
    assert read_hs6("0101.21", "hs6") == "010121"
    assert read_hs6(None, "hs6") == ""


def test_the_output_has_the_contract_s_keys_and_marks_only_what_is_unverified() -> None:
    day = dt.date(2026, 9, 24)
    answer = determination_as_dict(
        determine(read_case({**LINE, "eccn": "3B993", "destination": "CN"}), load().in_force(day), as_of=day)
    )
    assert answer.keys() == {
        "id", "outcome", "requirements", "exceptions", "review_policy", "questions", "conditions",
        "steps", "unverified_rules", "rules",
    }  # fmt: skip
    assert answer["outcome"] == Outcome.LICENSE_REQUIRED.value
    (need,) = answer["requirements"]
    assert need == {
        "reason": "RS", "column": "", "rule": "see_section", "citation": "742.6(a)(11)",
        "policy": "see section", "verified": "unverified",
    }  # fmt: skip
    assert {"step", "question", "answer", "effect", "citation"} <= answer["steps"][0].keys()
    for part in ("steps", "exceptions", "requirements"):
        assert {row.get("verified") for row in answer[part]} <= {None, "unverified"}
    asked = answer["questions"][0]
    assert asked.keys() == {"fact", "of", "text", "why", "rule_id", "hold", "answers"}
