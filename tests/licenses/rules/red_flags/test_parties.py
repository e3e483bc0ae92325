"""Red flags from who the parties are and where the items go."""

from __future__ import annotations

import datetime as dt
from typing import Any

from licenses.rules.types import ApplicationFacts, PartyFacts
from tests.licenses.rules.builders import application, item, party
from tests.licenses.rules.red_flags.cases import FlagCase, check, table

US = party("applicant", "Exporter Inc.", "US")
CHIP = (item("EAR99", "854231", 9_000),)
PLAIN = (item("EAR99", "480256"),)


def sold(destination: str, *parties: PartyFacts, **more: Any) -> ApplicationFacts:
    return application(destination, US, *parties, **{"end_use": "control units of washing machines made in the plant", **more})


def to(name: str, country: str = "MY", role: str = "ultimate_consignee", *others: PartyFacts, **more: Any) -> ApplicationFacts:
    return sold(country, party(role, name, country), *others, **more)


def about(**answers: Any) -> ApplicationFacts:
    return to("Contoh Elektronik Sdn Bhd", items=CHIP, answers=answers)


USER = party("end_user", "Pembuat Sdn Bhd", "MY")
PARTIES = (
    FlagCase(
        "an end user that is to be named later is none",
        application("MY", party("ultimate_consignee", "Blue Trading Ltd", "MY"), party("end_user", "TBD", "MY", addresses=())),
        "END_USER_MISSING:warning",
    ),
    FlagCase(
        "an end user known by its address is one",
        application("MY", party("ultimate_consignee", "Blue Trading Ltd", "MY"), party("end_user", "", "MY")),
        absent="END_USER_MISSING",
    ),
    FlagCase(
        "no website and no registry number, in words",
        application("MY", answers={"website": "does not have one", "registry_id": "нет"}),
        "SHELL_COMPANY_PATTERN:warning",
    ),
    FlagCase(
        "a number and a domain name one",
        application("MY", answers={"website": "none.example", "registry_id": "No. 12345"}),
        absent="SHELL_COMPANY_PATTERN",
    ),
    FlagCase(
        "a forwarder as ultimate consignee",
        to("Fast Freight Ltd"),
        "FORWARDER_AS_ULTIMATE_CONSIGNEE:blocking END_USER_MISSING:blocking",
    ),
    FlagCase(
        "with an end user named, one flag is left",
        to("Fast Freight Ltd", "MY", "ultimate_consignee", USER),
        "FORWARDER_AS_ULTIMATE_CONSIGNEE:blocking",
        "END_USER_MISSING",
    ),
    FlagCase("a bank as end user", to("Commerzbank AG", "MY", "end_user"), "FORWARDER_AS_ULTIMATE_CONSIGNEE:blocking"),
    FlagCase(
        "a forwarder between is usual",
        to("Fast Freight Ltd", "MY", "intermediate_consignee", USER),
        absent="FORWARDER_AS_ULTIMATE_CONSIGNEE END_USER_MISSING",
    ),
    FlagCase(
        "the same firm is entered as forwarder too",
        to("Plain Name Sdn Bhd", "MY", "ultimate_consignee", party("freight_forwarder", "PLAIN NAME SDN. BHD.", "MY")),
        "FORWARDER_AS_ULTIMATE_CONSIGNEE:blocking",
    ),
    FlagCase(
        "a trading company and nobody behind it",
        to("Blue Wing Gen. Trading", items=PLAIN),
        "END_USER_MISSING:warning",
        "TRADING_COMPANY_AS_END_USER",
    ),
    FlagCase(
        "a trading company receives a priority item", to("Blue Wing Trading", items=CHIP), "TRADING_COMPANY_AS_END_USER:warning"
    ),
    FlagCase(
        "a trading company buys a controlled item",
        to("Blue Wing Trading", "MY", "purchaser", USER, items=(item("3A001.a.2"),)),
        "TRADING_COMPANY_AS_PURCHASER:warning",
        "TRADING_COMPANY_AS_END_USER",
    ),
    FlagCase(
        "series 99x alone is left alone", to("Blue Wing Trading", items=(item("5A992.c"),)), absent="TRADING_COMPANY_AS_END_USER"
    ),
    FlagCase(
        "production equipment of series 99x is not",
        to("Blue Wing Trading", items=(item("3B991"),)),
        "TRADING_COMPANY_AS_END_USER:warning",
    ),
    FlagCase("in a partner country a trader is usual", to("Handel GmbH", "DE", items=CHIP), absent="TRADING_COMPANY_AS_END_USER"),
    FlagCase(
        "a post office box",
        sold("MY", party("purchaser", "Kedai", "MY", addresses=("P.O. Box 12, Kuala Lumpur",)), USER),
        "PO_BOX_ADDRESS:warning",
    ),
    FlagCase(
        "the applicant's box is its own affair",
        application("DE", party("applicant", "X", "US", addresses=("PO Box 1",))),
        absent="PO_BOX_ADDRESS",
    ),
    FlagCase("a young company buys priority items", about(incorporated_on="2023-05-01"), "NEW_COMPANY_AFTER_2022_02_24:warning"),
    FlagCase(
        "founded on the very day is not after it", about(incorporated_on="2022-02-24"), absent="NEW_COMPANY_AFTER_2022_02_24"
    ),
    FlagCase(
        "an answer about one party counts for it",
        about(parties={"ultimate_consignee": {"incorporated_on": "2024-01-01"}}),
        "NEW_COMPANY_AFTER_2022_02_24:warning",
    ),
    FlagCase(
        "a young partner company is silent",
        to("Neu GmbH", "DE", items=CHIP, answers={"incorporated_on": "2023-05-01"}),
        absent="NEW_COMPANY_AFTER_2022_02_24",
    ),
    FlagCase(
        "a young company without priority items",
        to("Baru Sdn Bhd", items=PLAIN, answers={"incorporated_on": "2023-05-01"}),
        absent="NEW_COMPANY_AFTER_2022_02_24",
    ),
    FlagCase("paid from elsewhere", about(payer_country="CY"), "THIRD_COUNTRY_PAYMENT:warning"),
    FlagCase("paid from the United States", about(payer_country="US"), absent="THIRD_COUNTRY_PAYMENT"),
    FlagCase("paid from the consignee's country", about(payer_country="MY"), absent="THIRD_COUNTRY_PAYMENT"),
    FlagCase("no website and no registry", about(website="none", registry_id="no"), "SHELL_COMPANY_PATTERN:warning"),
    FlagCase(
        "answers speak of the consignee at hand",
        sold("MY", party("intermediate_consignee", "X", "MY"), answers={"website": "none", "registry_id": "no"}),
        "SHELL_COMPANY_PATTERN:warning",
    ),
    FlagCase("one sign is not enough", about(website="none"), absent="SHELL_COMPANY_PATTERN"),
    FlagCase("a blank answer is no sign", about(website="", registry_id=""), absent="SHELL_COMPANY_PATTERN"),
    FlagCase("young and without website", about(website="none", incorporated_on="2026-01-15"), "SHELL_COMPANY_PATTERN:warning"),
    FlagCase(
        "twelve months old is not young", about(website="none", incorporated_on="2025-07-31"), absent="SHELL_COMPANY_PATTERN"
    ),
    FlagCase(
        "two buyers at one address in a hub, nobody behind them",
        sold(
            "AE",
            party("purchaser", "One LLC", "AE", addresses=("Office 5, Tower 1, Dubai",)),
            party("ultimate_consignee", "Two LLC", "AE", addresses=("Office 5, Tower 1, Dubai",)),
        ),
        "SHELL_COMPANY_PATTERN:warning",
    ),
    FlagCase(
        "one firm in two roles shares nothing",
        sold(
            "AE",
            party("purchaser", "One LLC", "AE"),
            party("ultimate_consignee", "One L.L.C.", "AE"),
            answers={"website": "none"},
        ),
        absent="SHELL_COMPANY_PATTERN",
    ),
    FlagCase(
        "care of a registered agent, no website",
        sold("MY", party("end_user", "X", "MY", addresses=("c/o Registered Agent Ltd, Labuan",)), answers={"website": "none"}),
        "SHELL_COMPANY_PATTERN:warning",
    ),
    FlagCase("a defense customer by answer", about(defense_customer=True), "DEFENCE_CUSTOMER:warning"),
    FlagCase(
        "a defense customer by business",
        about(business_of_end_user="radios for the air force"),
        "DEFENCE_CUSTOMER:warning MILITARY_END_USE:blocking",
    ),
    FlagCase(
        "a defense customer by one party's answer",
        about(parties={"ultimate_consignee": {"defense_customer": True}}),
        "DEFENCE_CUSTOMER:warning",
    ),
    FlagCase("civil business", about(business_of_end_user="washing machines"), absent="DEFENCE_CUSTOMER MILITARY_END_USE"),
    FlagCase("screening off in the master data", about(master_data_screening_off=True), "SCREENING_SUPPRESSED_IN_MASTER:warning"),
    FlagCase(
        "one party marked so",
        about(parties={"applicant": {"master_data_screening_off": True}}),
        "SCREENING_SUPPRESSED_IN_MASTER:warning",
    ),
    FlagCase("screening on", about(master_data_screening_off=False), absent="SCREENING_SUPPRESSED_IN_MASTER"),
)
BETWEEN_PL = party("intermediate_consignee", "Spedycja", "PL")
ROUTES = (
    FlagCase("each embargoed country", to("Firma", "CU"), "EMBARGO_DEST:warning"),
    FlagCase("North Korea", to("Firma", "KP"), "EMBARGO_DEST:warning"),
    FlagCase("Syria", to("Firma", "SY"), "EMBARGO_DEST:warning"),
    FlagCase("Iran", to("Firma", "IR"), "EMBARGO_DEST:warning"),
    FlagCase(
        "a place in Crimea",
        sold("UA", party("ultimate_consignee", "Firma", "UA", addresses=("12 Lenina, Simferopol",))),
        "EMBARGO_DEST:warning",
    ),
    FlagCase("a stated region", to("Firma", "UA", answers={"destination_region": "dnr"}), "EMBARGO_DEST:warning"),
    FlagCase(
        "an end user in Crimea behind a consignee elsewhere",
        sold(
            "UA",
            party("ultimate_consignee", "Firma", "UA", addresses=("12 Khreshchatyk, Kyiv",)),
            party("end_user", "Zavod", "UA", addresses=("1 Lenina St, Simferopol",)),
        ),
        "EMBARGO_DEST:warning",
    ),
    FlagCase(
        "Kyiv is none",
        sold("UA", party("ultimate_consignee", "Firma", "UA", addresses=("12 Khreshchatyk, Kyiv",))),
        absent="EMBARGO_DEST",
    ),
    FlagCase("Russia", to("Firma", "RU"), "DEST_RU_BY:warning"),
    FlagCase(
        "a purchaser in Belarus",
        to("Kunde GmbH", "DE", "ultimate_consignee", party("purchaser", "Firma", "BY")),
        "DEST_RU_BY:warning",
    ),
    FlagCase(
        "a route over Russia",
        to("Kunde GmbH", "KZ", answers={"route_countries": ("RU",)}),
        "DEST_RU_BY:warning TRANSSHIPMENT_ROUTE:warning",
    ),
    FlagCase(
        "a forwarder in a third country",
        to("Firma", "MY", "ultimate_consignee", party("freight_forwarder", "X", "TR")),
        "TRANSSHIPMENT_ROUTE:warning",
    ),
    FlagCase(
        "a partner country on the way to one that is none",
        to("Firma", "MY", "ultimate_consignee", BETWEEN_PL),
        "TRANSSHIPMENT_ROUTE:warning",
    ),
    FlagCase(
        "a partner country on the way to another",
        to("Kunde GmbH", "DE", "ultimate_consignee", BETWEEN_PL),
        absent="TRANSSHIPMENT_ROUTE",
    ),
    FlagCase(
        "a third country on the way to a partner",
        to("Kunde GmbH", "DE", "ultimate_consignee", party("freight_forwarder", "X", "TR")),
        "TRANSSHIPMENT_ROUTE:warning",
    ),
    FlagCase(
        "a US forwarder is usual",
        to("Firma", "MY", "ultimate_consignee", party("freight_forwarder", "X", "US")),
        absent="TRANSSHIPMENT_ROUTE",
    ),
    FlagCase(
        "the purchaser's seat is no route",
        to("Firma", "MY", "ultimate_consignee", party("purchaser", "X", "SG")),
        absent="TRANSSHIPMENT_ROUTE",
    ),
    FlagCase(
        "resale of priority items at a hub",
        to("Firma", "AE", items=CHIP, end_use="resale of spare parts in shops"),
        "TRANSSHIPMENT_ROUTE:warning TRANSSHIPMENT_COUNTRY:warning",
    ),
    FlagCase(
        "a hub with an end user named",
        sold(
            "AE",
            party("ultimate_consignee", "A", "AE"),
            party("end_user", "B", "AE"),
            items=CHIP,
            end_use="resale of spare parts",
        ),
        "TRANSSHIPMENT_COUNTRY:warning",
        "TRANSSHIPMENT_ROUTE",
    ),
    FlagCase("paper to a hub", to("Firma", "AE", items=PLAIN), absent="TRANSSHIPMENT_COUNTRY"),
    FlagCase("a late change by answer", about(late_route_change=True), "LAST_MINUTE_ROUTE_CHANGE:warning"),
    FlagCase(
        "a late change by dates",
        to("Firma", form={"route_changed_on": "2026-08-01", "planned_ship_date": "2026-08-08"}),
        "LAST_MINUTE_ROUTE_CHANGE:warning",
    ),
    FlagCase(
        "eight days before is in time",
        to("Firma", form={"route_changed_on": dt.date(2026, 8, 1), "planned_ship_date": dt.date(2026, 8, 9)}),
        absent="LAST_MINUTE_ROUTE_CHANGE",
    ),
)


@table(PARTIES)
def test_party_flags(case: FlagCase) -> None:
    check(case)


@table(ROUTES)
def test_route_flags(case: FlagCase) -> None:
    check(case)
