"""Cases drawn at random, always the same ones: any ECCN, country, date, parties with hits and owners, and stated facts."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

from licenses.rules.facts.catalog import FACTS, Fact, FactKind
from licenses.rules.facts.read_case import read_case
from licenses.rules.tables.loader import load
from licenses.rules.types import Case, TransactionType
from tests.licenses.rules.test_cases import CLEAN

BLOCKS, SIZE = 15, 100
DATES = tuple(map(dt.date.fromisoformat, ("2022-06-15", "2025-10-01", "2026-02-01", "2026-07-31", "2026-11-24", "2027-01-15")))
COUNTRIES = (
    "DE GB CA JP KR AU NL MX SG MY TW IN IL AE SA TR BR ZA UA PK VN PS KH MM VE CN HK MO RU BY IR CU SY KP IQ LY LB SO SD CF CD "
    "US NZ"
).split()
SUBJECTS = (
    "EAR99 EAR99 3A001.a.2 3A001.b.3 3A001.b.4 3A001 2B350.a 2B352 5A002.a 5A992.c 5D002.c.1 5E002 7A103 7A994 9A610.x 9A610.y "
    "9A515.x 3A611.x 3A991 3A090.a 4A090 4A003 4A994 3A904 3B001.d 3B991 3E001 3E991 1C350.b 1C351 0A501.a 0A501.y 0A504 0A978 "
    "6A003.a.3 6A002 0A521 8A018 9A005 9A990 9A991.b 3A555 3E002 0A998 2A983 1A984 0A979 0A981 0E982 1C298 5A980 8A992 9E003"
).split()
LISTED: tuple[dict[str, Any], ...] = (
    {"list": "EL", "listed_name": "X"},
    {"list": "EL", "listed_name": "X", "license_requirement": "For all items subject to the EAR", "license_policy": "Denial"},
    {"list": "EL", "listed_name": "X", "license_requirement": "For all items subject to the EAR (See §§ 734.9(e), and 744.11)",
     "footnotes": ["4"], "license_policy": "Presumption of denial"},
    {"list": "EL", "listed_name": "Address 01", "channel": "address", "requirement_code": "CCL_PLUS_SUPP7"},
    {"list": "EL", "listed_name": "X", "band": "possible"},
    {"list": "DPL", "listed_name": "X"},
    {"list": "DPL", "listed_name": "X", "expires_on": "2026-01-01"},
    {"list": "MEU", "listed_name": "X"},
    {"list": "UVL", "listed_name": "X"},
    {"list": "SDN", "listed_name": "X", "programs": ["SDGT"]},
    {"list": "SDN", "listed_name": "X", "programs": ["UKRAINE-EO13662"], "decision": "false_positive"},
    {"list": "ISN", "listed_name": "X"},
    {"list": "CMIC", "listed_name": "X"},
)  # fmt: skip
ROLES = ("ultimate_consignee", "end_user", "purchaser", "intermediate_consignee", "freight_forwarder", "bank", "applicant")
HS = ("", "", "854231", "854239", "847130", "940330", "730411", "880730", "220300", "710239", "290110")


def drawn(block: int) -> Iterator[tuple[str, Case, dt.date]]:
    """(name, case, date of the rules) of one block; every block has a seed of its own."""
    dice = random.Random(block)  # noqa: S311  # the same cases every time
    entries = sorted(entry.eccn for entry in load().in_force(DATES[-1]).items.entries())
    for number in range(SIZE):
        day = dice.choice(DATES)
        yield f"{block}-{number}", read_case(_line(dice, entries)), day


def _line(dice: random.Random, entries: list[str]) -> dict[str, Any]:
    there = dice.choice(COUNTRIES)
    facts = dict(CLEAN) if dice.random() < 0.6 else {}
    for name in dice.sample(sorted(FACTS), dice.choice((0, 1, 2, 4, 8))):
        facts[name] = _value(dice, FACTS[name])
    return {
        "id": "x",
        "transaction": dice.choice([kind.value for kind in TransactionType] + ["export"] * 3),
        "destination": there,
        "eccn": dice.choice(SUBJECTS if dice.random() < 0.7 else entries),
        "hs6": dice.choice(HS),
        "value_usd": dice.choice((None, 100, 2_500, 100_000)),
        "origin": dice.choice(("US", "US", "US", "DE", "CN")),
        "end_use": facts,
        "parties": [_party(dice, there) for _ in range(dice.choice((0, 1, 1, 2)))],
    }


def _party(dice: random.Random, there: str, layer: int = 0) -> dict[str, Any]:
    party: dict[str, Any] = {
        "role": "owner" if layer else dice.choice(ROLES),
        "name": dice.choice(("Example Company", "Trading House", "State Arsenal", "Ministry of Defense")),
        "country": there if dice.random() < 0.7 else dice.choice(COUNTRIES),
    }
    if dice.random() < 0.4:
        party["listed"] = [dice.choice(LISTED) for _ in range(dice.choice((1, 1, 2)))]
    if dice.random() < 0.2:
        party["citizenships"] = [dice.choice(COUNTRIES)]
    if layer < 2 and dice.random() < 0.25:
        party["owners"] = [_party(dice, there, layer + 1) for _ in range(dice.choice((1, 2)))]
    if layer:
        party["share_percent"] = dice.choice((None, 10, 25, 50, 60))
    return party


def _value(dice: random.Random, fact: Fact) -> Any:
    match fact.kind:
        case FactKind.BOOL:
            return dice.random() < 0.5
        case FactKind.NUMBER | FactKind.PERCENT:
            return dice.choice((0, 1, 9.9, 10, 24, 26, 50, 100))
        case FactKind.ISO:
            return dice.choice(COUNTRIES)
        case FactKind.ISO_LIST:
            return dice.sample(COUNTRIES, dice.choice((1, 2)))
        case FactKind.CODE:
            return dice.choice(fact.choices or ("GOV", "STA", "TMP", "APR", "LVS", "BAG", "740.11(b)(2)", "740.11(c)"))
        case FactKind.CODE_LIST:
            return [dice.choice(fact.choices or ("GOV", "TMP"))]
        case FactKind.DATE:
            return dice.choice(("2025-01-01", "2026-07-01"))
        case _:
            return dice.choice(("", "resale", "test of radios for the navy", "quantum computing research"))
