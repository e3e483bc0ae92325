"""Answers that stand at one item or at one party: none is lost, and none frees anybody else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from licenses.rules.facts.stated import case_facts, stated
from licenses.rules.red_flags.raise_flags import red_flags
from licenses.rules.types import ApplicationFacts
from tests.licenses.rules.builders import DAY, application, determination, item, party, rules

US = party("applicant", "Exporter Inc.", "US")
BUYER, USER = party("purchaser", "Buyer Pvt", "IN", id="B"), party("ultimate_consignee", "User Pvt", "IN", id="U")
HOUSE = party("freight_forwarder", "House Pvt", "IN", id="H")


def stating(everywhere: dict[str, Any] | None = None, **about: dict[str, Any]) -> ApplicationFacts:
    """Answers for the application, and about parties by their id; `i1` are those of the item."""
    own = {key: value for key, value in about.items() if key != "i1"}
    facts = application("IN", US, BUYER, USER, HOUSE, answers={**(everywhere or {}), **({"parties": own} if own else {})})
    return replace(facts, item_answers={"I1": about["i1"]} if "i1" in about else {})


YES, NO = {"military": True}, {"military": False}
CN, DE = {"headquarters_country": "CN"}, {"headquarters_country": "DE"}
FACTS = (
    ("nothing is stated", stating(), "military", None),
    ("a grave yes about one party is one of the transaction", stating(U=YES), "military", True),
    ("about a forwarder, too", stating(H=YES), "military", True),
    ("and it stands beside a no for the application", stating(NO, U=YES), "military", True),
    ("a no about one party leaves the others open", stating(U=NO), "military", None),
    ("a no about every buyer is a no", stating(U=NO, B=NO), "military", False),
    ("an item's own no wins over the application's yes", stating(YES, i1=NO), "military", False),
    ("what frees about one party does not free the others", stating(U={"civil_use": True}), "civil_use", None),
    ("about all it does", stating(U={"civil_use": True}, B={"civil_use": True}), "civil_use", True),
    ("one no takes it back", stating({"civil_use": True}, B={"civil_use": False}), "civil_use", False),
    ("a value about the party that uses the item", stating(U=CN), "headquarters_country", "CN"),
    ("about another party it answers nothing", stating(B=DE), "headquarters_country", None),
    ("a contradiction leaves it open", stating(DE, U=CN), "headquarters_country", None),
    (
        "routes add up",
        stating({"transit_countries": ("AE",)}, B={"transit_countries": ("KZ",)}),
        "transit_countries",
        ("AE", "KZ"),
    ),
    (
        "a region wins over none",
        stating({"destination_region": "none"}, U={"destination_region": "dnr"}),
        "destination_region",
        "dnr",
    ),
    ("a text about a party is no end use", stating(U={"text": "rockets"}), "text", None),
)


@pytest.mark.parametrize(("facts", "key", "value"), [case[1:] for case in FACTS], ids=[case[0] for case in FACTS])
def test_the_facts_of_an_item_hold_what_is_stated_about_its_parties(facts: ApplicationFacts, key: str, value: Any) -> None:
    assert case_facts(facts, facts.items[0]).get(key) == value


def released(**about: dict[str, Any]) -> ApplicationFacts:
    people = (party("foreign_person", "Ann", "US", id="F"), party("foreign_person", "Ben", "US", id="G"))
    answers = {"parties": about} if about else {}
    return application("CN", US, *people, party("end_user", "Lab", "US"), type="deemed_export", answers=answers)


def test_the_status_of_one_person_is_not_that_of_the_other() -> None:
    one, both = released(F={"permanent_resident": True}), {"permanent_resident": True}
    assert case_facts(one).get("permanent_resident") is None
    assert case_facts(released(F=both, G=both)).get("permanent_resident") is True
    flags = {flag.code: flag for flag in red_flags(one, {"I1": determination()}, rules(), as_of=DAY)}
    assert flags["STATUS_NOT_RECORDED"].facts[-1] == "G: Ben"


def test_every_answer_is_found_wherever_it_stands() -> None:
    assert stated(stating({"prior_orders": 3.0}, i1={"prior_orders": 0.0}, B={"prior_orders": 1.0}), "prior_orders") == (3, 0, 1)
    below = replace(USER, owners=(party("owner", "Above Ltd", id="O", facts={"defense_customer": True}),))
    assert stated(application("IN", US, below), "defense_customer") == (True,)


RAISED = (
    ("buyer_asked_to_omit_or_change_party", True, "BUYER_ASKED_TO_OMIT_PARTY"),
    ("document_references_removed", True, "RUSSIA_REFERENCE_REMOVED_FROM_DOCS"),
    ("late_route_change", True, "LAST_MINUTE_ROUTE_CHANGE"),
    ("end_use_matches_business", False, "END_USE_MISMATCH_BUSINESS"),
    ("defense_customer", True, "DEFENCE_CUSTOMER"),
    ("military", True, "MILITARY_END_USE"),
    ("payer_country", "CY", "THIRD_COUNTRY_PAYMENT"),
    ("route_countries", ("AE",), "TRANSSHIPMENT_ROUTE"),
    ("transit_countries", ("RU",), "DEST_RU_BY"),
    ("trailing_12_month_value_usd", 100.0, "VOLUME_SPIKE"),
    ("trailing_12_month_value_usd", 0.0, "VOLUME_SPIKE"),
    ("prior_orders", 0.0, "VOLUME_SPIKE"),
    ("payment_method", "cash", "RF_S3_5"),
    ("installation_declined", True, "RF_S3_7"),
    ("rf", {"RF_S3_6": True}, "RF_S3_6"),
    ("master_data_screening_off", True, "SCREENING_SUPPRESSED_IN_MASTER"),
    ("destination_region", "dnr", "EMBARGO_DEST"),
)


@pytest.mark.parametrize("where", ["application", "item", "party"])
@pytest.mark.parametrize(("key", "value", "code"), RAISED)
def test_an_answer_raises_its_flag_wherever_it_stands(where: str, key: str, value: Any, code: str) -> None:
    answer = {key: value}
    facts = {"application": stating(answer), "item": stating(i1=answer), "party": stating(B=answer)}[where]
    facts = replace(facts, items=(item("EAR99", "854231", 60_000),))
    assert code in {flag.code for flag in red_flags(facts, {"I1": determination()}, rules(), as_of=DAY)}


def test_a_first_order_of_a_newcomer_is_no_rise() -> None:
    facts = replace(stating({"trailing_12_month_value_usd": 0.0, "prior_orders": 0.0}), items=(item("EAR99", "940360"),))
    assert "VOLUME_SPIKE" not in {flag.code for flag in red_flags(facts, {"I1": determination()}, rules(), as_of=DAY)}
