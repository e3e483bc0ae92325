"""What a reviewer and an exporter read: the exact words of the flags, and the facts beside them."""

from __future__ import annotations

from typing import Any

import pytest

from licenses.rules.types import ApplicationFacts
from tests.licenses.rules.builders import US, application, hit, item, party
from tests.licenses.rules.red_flags.cases import FlagCase, run

CHIP = (item("EAR99", "854231", 9_000),)


def to(
    name: str, country: str, role: str = "ultimate_consignee", use: str = "control units of pumps", **more: Any
) -> ApplicationFacts:
    given = {"items": CHIP, **more}
    return application(country, US, party(role, name, country), end_use=use, **given)


def listed(role: str, code: str) -> ApplicationFacts:
    return application("DE", US, party(role, "Firma", hits=(hit(code, "Listed Ltd"),)))


WORDS = (
    ("LIST_SDN", listed("bank", "SDN"), "Firma (bank) is a match with 'Listed Ltd' on list SDN: a stop in any role."),
    (
        "LIST_EL",
        listed("notify_party", "EL"),
        "Firma (notify party) is a match with 'Listed Ltd' on list EL: ask whether it takes possession of the items.",
    ),
    (
        "LIST_EL",
        listed("end_user", "EL"),
        "Firma (end user) is a match with 'Listed Ltd' on list EL: the entry's scope does not include the items as described.",
    ),
    (
        "LIST_UVL",
        listed("end_user", "UVL"),
        "Firma (end user) is a match with 'Listed Ltd' on list UVL: no license requirement by itself; no exceptions.",
    ),
    (
        "LIST_CMIC",
        listed("end_user", "CMIC"),
        "Firma (end user) is a match with 'Listed Ltd' on list CMIC: investment restriction; not an export bar.",
    ),
    (
        "LIST_HOUSE",
        listed("end_user", "HOUSE"),
        "Firma (end user) is a match with 'Listed Ltd' on list HOUSE: read what the owner of the list says.",
    ),
    (
        "LIST_EU",
        listed("other_party", "EU"),
        "Firma (other party) is a match with 'Listed Ltd' on list EU: who acts for the applicant must be settled first.",
    ),
    (
        "VESSEL_MATCH",
        listed("vessel", "SDN"),
        "The vessel Firma answers to 'Listed Ltd' on list SDN by name; its IMO number would settle it.",
    ),
    (
        "APPLICANT_DENIED",
        listed("applicant", "DPL"),
        "The applicant Firma answers to the denied person 'Listed Ltd', who may not apply.",
    ),
    ("CHPL_ITEM", to("Firma", "MY"), "HS 854231 is on the Common High Priority List, outside the partner countries."),
    (
        "CHPL_ITEM",
        to("Firma", "DE", answers={"payer_country": "CY"}),
        "HS 854231 is on the Common High Priority List, beside another warning.",
    ),
    (
        "CHPL_ITEM",
        to("Firma", "MY", answers={"payer_country": "CY"}),
        "HS 854231 is on the Common High Priority List, outside the partner countries, and a sign of diversion stands beside it.",
    ),
    (
        "THIRD_COUNTRY_PAYMENT",
        to("Firma", "MY", answers={"payer_country": "CY"}),
        "It is paid from CY, where no buyer or consignee sits.",
    ),
    (
        "TRADING_COMPANY_AS_END_USER",
        to("Blue Trading", "MY"),
        "By its name Blue Trading is a trading company; it is the ultimate consignee.",
    ),
    (
        "FORWARDER_AS_ULTIMATE_CONSIGNEE",
        to("Fast Freight", "MY"),
        "Fast Freight looks like a forwarder or bank, which is no ultimate consignee.",
    ),
    ("END_USER_MISSING", to("Fast Freight", "MY"), "Fast Freight hands the item on, and no end user is named."),
    ("EMBARGO_DEST", to("Firma", "CU"), "The destination CU is under a section of part 746 of its own."),
    (
        "DEST_RU_BY",
        to("Firma", "RU"),
        "Russia or Belarus is the destination, the seat of a buyer or consignee, or on the route (746.8).",
    ),
    ("HTS_ON_RU_SUPPLEMENT", to("Firma", "IR"), "HS 854231 stands in Supp. 7 to part 746."),
    ("TRANSSHIPMENT_COUNTRY", to("Firma", "AE"), "HS 854231 is a priority code, and AE is a known transshipment place."),
    (
        "TRANSSHIPMENT_ROUTE",
        to("Firma", "AE", use="resale in shops"),
        "A priority item goes to AE for resale, and no end user is named.",
    ),
    ("VAGUE_END_USE", to("Firma", "DE", use="industrial use"), "The end use says nothing: only general words: industrial, use."),
    (
        "LAST_MINUTE_ROUTE_CHANGE",
        to("Firma", "DE", form={"route_changed_on": "2026-08-01", "planned_ship_date": "2026-08-03"}),
        "The route was changed 2 days before shipping (7 is late).",
    ),
    (
        "VOLUME_SPIKE",
        to("Firma", "DE", answers={"trailing_12_month_value_usd": 100.0}),
        "The order is more than 3 times what the buyer ordered in twelve months.",
    ),
    (
        "NEW_COMPANY_AFTER_2022_02_24",
        to("Firma", "MY", answers={"incorporated_on": "2023-01-02"}),
        "Firma was founded on 2023-01-02 and buys a priority item.",
    ),
    (
        "SHELL_COMPANY_PATTERN",
        to("Firma", "MY", answers={"website": "none", "registry_id": "none"}),
        "2 signs of a shell company at Firma.",
    ),
    (
        "QUANTUM_END_USE",
        to("Firma", "MY", use="quantum computing"),
        "The end use, an item or a listed party points to quantum computing.",
    ),
    (
        "END_USE_MISMATCH_BUSINESS",
        to("Firma", "DE", answers={"end_use_matches_business": False}),
        "The end use is stated not to fit the business of the end user.",
    ),
    (
        "SCREENING_SUPPRESSED_IN_MASTER",
        to("Firma", "DE", answers={"master_data_screening_off": True}),
        "Screening is switched off for a party in the exporter's master data; it was screened here all the same.",
    ),
    (
        "RF_G7_3",
        to("Firma", "DE", answers={"rf": {"RF_G7_3": True}}),
        "A firm that supplied Russia turned to other countries after 2022-02-24.",
    ),
)
FACTS = (
    ("EMBARGO_DEST", to("Firma", "CU"), ("destination: CU",)),
    ("DEST_RU_BY", to("Firma", "RU"), ("destination: RU", "ultimate_consignee (ultimate_consignee) in RU")),
    ("CHPL_ITEM", to("Firma", "MY"), ("destination: MY", "I1.hs6: 854231")),
    ("QUANTUM_END_USE", to("Firma", "MY", use="quantum computing"), ("end use: quantum computing",)),
    ("FORWARDER_AS_ULTIMATE_CONSIGNEE", to("Fast Freight", "MY"), ("ultimate_consignee.name: Fast Freight (freight)",)),
    (
        "VOLUME_SPIKE",
        to("Firma", "MY", items=(item("EAR99", "854231", 60_000),), answers={"prior_orders": 0.0}),
        ("prior_orders: 0", "value: USD 60,000"),
    ),
    ("THIRD_COUNTRY_PAYMENT", to("Firma", "MY", answers={"payer_country": "CY"}), ("payer_country: CY",)),
    (
        "TRADING_COMPANY_AS_END_USER",
        to("Blue Trading", "MY"),
        ("ultimate_consignee.name: Blue Trading (trading)", "I1: EAR99 854231"),
    ),
    (
        "SHELL_COMPANY_PATTERN",
        to("Firma", "MY", answers={"website": "none", "registry_id": "none"}),
        ("ultimate_consignee: no website", "ultimate_consignee: no registry number"),
    ),
    ("MILITARY_END_USE", to("Firma", "MY", use="naval radios"), ("end use: naval",)),
    (
        "DEFENCE_CUSTOMER",
        to("Firma", "MY", answers={"business_of_end_user": "navy stores"}),
        ("ultimate_consignee business: navy stores (navy)",),
    ),
    (
        "VOLUME_SPIKE",
        to("Firma", "DE", answers={"trailing_12_month_value_usd": 100.0}),
        ("value: USD 9,000", "trailing_12_month_value_usd: USD 100"),
    ),
    (
        "RF_S3_5",
        to("Firma", "DE", items=(item("EAR99", "480256", 20_000),), answers={"payment_method": "cash"}),
        ("payment_method: cash; value: USD 20,000 (limit USD 10,000)",),
    ),
)


@pytest.mark.parametrize(("code", "told", "words"), WORDS, ids=[f"{code}: {words[:50]}" for code, _, words in WORDS])
def test_words(code: str, told: ApplicationFacts, words: str) -> None:
    assert words in [flag.why for flag in run(FlagCase("", told)) if flag.code == code]


@pytest.mark.parametrize(("code", "told", "facts"), FACTS, ids=[code for code, _, _ in FACTS])
def test_facts(code: str, told: ApplicationFacts, facts: tuple[str, ...]) -> None:
    assert facts in [flag.facts for flag in run(FlagCase("", told)) if flag.code == code]


def test_the_line_that_ties_a_stored_flag_to_its_hit() -> None:
    told = application("DE", US, party("end_user", hits=(hit("EL", entry="0a1b"),)))
    assert all("list EL, entry 0a1b" in flag.facts for flag in run(FlagCase("", told)) if flag.code == "LIST_EL")
