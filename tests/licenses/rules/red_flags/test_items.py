"""Red flags from what goes, and the rows behind all flags."""

from __future__ import annotations

from typing import Any

from licenses.rules.types import ApplicationFacts, Determination, ItemFacts, Outcome
from tests.licenses.rules.builders import USE, application, determination, hit, item, party, requirement
from tests.licenses.rules.red_flags.cases import FlagCase, check, table

US = party("applicant", "Exporter Inc.", "US")
CHIP, PLAIN = (item("EAR99", "854231", 9_000),), (item("EAR99", "480256"),)


def to(country: str, use: str = "control units of washing machines made in the plant", **more: Any) -> ApplicationFacts:
    return application(country, US, party("ultimate_consignee", "Firma", country), end_use=use, **more)


def by_way_of(country: str, users: str, *items: ItemFacts) -> ApplicationFacts:
    user = party("end_user", "Benutzer", users)
    return application(country, US, party("ultimate_consignee", "Firma", country), user, items=items, end_use=USE)


def needs(*lines: tuple[str, str]) -> dict[str, Determination]:
    """Each line needs a license for a reason and a column."""
    named = [(f"I{place + 1}", requirement(reason, column)) for place, (reason, column) in enumerate(lines)]
    return {key: determination(Outcome.LICENSE_REQUIRED, line, id=key) for key, line in named}


ITEMS = (
    FlagCase("Supp. 5 code to Russia", to("RU", items=(item("EAR99", "831130"),)), "HTS_ON_RU_SUPPLEMENT:warning"),
    FlagCase("the same code to Iran", to("IR", items=(item("EAR99", "831130"),)), absent="HTS_ON_RU_SUPPLEMENT"),
    FlagCase("a Supp. 7 code to Iran", to("IR", items=CHIP), "HTS_ON_RU_SUPPLEMENT:warning"),
    FlagCase(
        "by way of Germany", by_way_of("DE", "RU", item("EAR99", "831130")), "HTS_ON_RU_SUPPLEMENT:warning DEST_RU_BY:warning"
    ),
    FlagCase("a priority item to a partner for a user that is none", by_way_of("DE", "MY", *CHIP), "CHPL_ITEM:warning"),
    FlagCase("for a user in a hub", by_way_of("DE", "AE", *CHIP), "TRANSSHIPMENT_COUNTRY:warning CHPL_ITEM:blocking"),
    FlagCase(
        "for a user whose address alone tells where",
        application(
            "DE", US, party("end_user", "Benutzer", "", addresses=("ul. Lenina 8, Perm, Russia",)), items=CHIP, end_use=USE
        ),
        "DEST_RU_BY:warning HTS_ON_RU_SUPPLEMENT:warning CHPL_ITEM:warning",
    ),
    FlagCase("for a user in a partner country", by_way_of("DE", "JP", *CHIP), absent="*"),
    FlagCase("for a user in an embargoed country", by_way_of("AE", "IR", *PLAIN), "EMBARGO_DEST:warning"),
    FlagCase(
        "for a user in China the statement is needed as well",
        by_way_of("JP", "CN", item("3A001.a.2", "854231", 60_000)),
        "PRC_EUS_REQUIRED:warning",
        found=needs(("NS", "NS2")),
    ),
    FlagCase("a Supp. 7 code to Malaysia", to("MY", items=CHIP), "CHPL_ITEM:warning", "HTS_ON_RU_SUPPLEMENT"),
    FlagCase("a priority item to a partner is silent", to("DE", items=CHIP), absent="*"),
    FlagCase("beside another warning it is not", to("DE", items=CHIP, answers={"payer_country": "CY"}), "CHPL_ITEM:warning"),
    FlagCase(
        "outside the partners with a sign of diversion",
        to("MY", items=CHIP, answers={"payer_country": "CY"}),
        "CHPL_ITEM:blocking",
    ),
    FlagCase(
        "an information beside it changes nothing",
        application("DE", US, party("end_user", hits=(hit("CMIC"),)), items=CHIP),
        absent="CHPL_ITEM",
    ),
    FlagCase("no HS code, no priority flag", to("MY", items=(item("EAR99"),)), absent="*"),
    FlagCase("a CB2 requirement", to("SG", items=(item("2B350.a"),)), "CONTROL_CB2:info", found=needs(("CB", "CB2"))),
    FlagCase("an NP1 requirement", to("PK", items=(item("2A225"),)), "CONTROL_NP:info", found=needs(("NP", "NP1"))),
    FlagCase(
        "an NS requirement has no code",
        to("MY", items=(item("3A001.a.2"),)),
        absent="CONTROL_NP CONTROL_CB1",
        found=needs(("NS", "NS2")),
    ),
    FlagCase("quantum computing as end use", to("MY", "quantum computing", items=(item("3A991"),)), "QUANTUM_END_USE:warning"),
    FlagCase(
        "a dilution refrigerator",
        to("MY", items=(item("EAR99", description="Dilution refrigerators, used"),)),
        "QUANTUM_END_USE:warning",
    ),
    FlagCase("a quantum entry", to("MY", items=(item("4A906.a"),)), "QUANTUM_END_USE:warning"),
    FlagCase("EAR99 to a partner is left alone", to("DE", "quantum computing"), absent="QUANTUM_END_USE"),
    FlagCase(
        "a name alone never does",
        application("MY", US, party("end_user", "Quantum Computing Sdn Bhd", "MY")),
        absent="QUANTUM_END_USE",
    ),
    FlagCase(
        "a hit of the quantum group",
        application("CN", US, party("end_user", hits=(hit("EL", "Beijing Academy of Quantum Information Sciences"),))),
        "QUANTUM_END_USE:warning",
    ),
    FlagCase(
        "China, above the limit",
        to("CN", items=(item("3A001.a.2", value=50_001),)),
        "PRC_EUS_REQUIRED:warning",
        found=needs(("NS", "NS2")),
    ),
    FlagCase(
        "China, at the limit",
        to("CN", items=(item("3A001.a.2", value=50_000),)),
        absent="PRC_EUS_REQUIRED",
        found=needs(("NS", "NS2")),
    ),
    FlagCase(
        "two lines are added up",
        to("CN", items=(item("3A001.a.2", value=30_000), item("3A001.a.2", value=30_000, id="I2"))),
        "PRC_EUS_REQUIRED:warning",
        found=needs(("NS", "NS2"), ("NS", "NS2")),
    ),
    FlagCase("no license needed, no statement", to("CN", items=(item("3A991", value=90_000),)), absent="PRC_EUS_REQUIRED"),
    FlagCase(
        "a computer at any value",
        to("CN", items=(item("4A003.b", value=2_000),)),
        "PRC_EUS_REQUIRED:warning",
        found=needs(("NS", "NS2")),
    ),
    FlagCase(
        "a camera above its own limit",
        to("CN", items=(item("6A003.b.4", value=5_001),)),
        "PRC_EUS_REQUIRED:warning",
        found=needs(("NS", "NS2")),
    ),
    FlagCase(
        "encryption hardware is exempt",
        to("CN", items=(item("5A002.a", value=90_000),)),
        absent="PRC_EUS_REQUIRED",
        found=needs(("EI", "")),
    ),
    FlagCase(
        "technology is exempt",
        to("CN", items=(item("3E001", value=90_000),)),
        absent="PRC_EUS_REQUIRED",
        found=needs(("NS", "NS1")),
    ),
    FlagCase(
        "Hong Kong needs none",
        to("HK", items=(item("3A001.a.2", value=90_000),)),
        absent="PRC_EUS_REQUIRED",
        found=needs(("NS", "NS2")),
    ),
    FlagCase(
        "attached, nothing is asked",
        to("CN", items=(item("3A001.a.2", value=90_000),), answers={"attachments": ("PRC_END_USER_STATEMENT",)}),
        absent="PRC_EUS_REQUIRED",
        found=needs(("NS", "NS2")),
    ),
    FlagCase(
        "four times the year's orders",
        to("MY", items=PLAIN, answers={"trailing_12_month_value_usd": 250.0}),
        "VOLUME_SPIKE:warning",
    ),
    FlagCase("as much as before", to("MY", items=PLAIN, answers={"trailing_12_month_value_usd": 900.0}), absent="VOLUME_SPIKE"),
    FlagCase(
        "a large first order of priority items",
        to("MY", items=(item("EAR99", "854231", 50_000),), answers={"prior_orders": 0.0}),
        "VOLUME_SPIKE:warning",
    ),
    FlagCase("a small first order", to("MY", items=CHIP, answers={"prior_orders": 0.0}), absent="VOLUME_SPIKE"),
)


@table(ITEMS)
def test_item_flags(case: FlagCase) -> None:
    check(case)
