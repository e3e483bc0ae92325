"""Rows of bulk files with names that nobody has, made of usual words."""

from __future__ import annotations

import random
from collections.abc import Iterator

SEED = 20_26
WORDS = (
    "Northern Precision Optical Advanced Global Pacific Star Union Delta Quantum Micro Power Sensor Control Marine Aero Digital"
    " Circuit Material Thermal Vacuum Laser Motion Signal Harbor River Summit Golden Silver United Modern Prime Apex Vertex Orion"
).split()
FORMS = ("GmbH", "Ltd", "Co., Ltd.", "LLC", "S.p.A.", "AG", "Trading", "International", "JSC", "Corporation")
PLACES = (
    ("CN", "Shenzhen"),
    ("DE", "Ulm"),
    ("AE", "Dubai"),
    ("TR", "Istanbul"),
    ("HK", "Kowloon"),
    ("IN", "Pune"),
    ("KR", "Seoul"),
)


def company_name(chance: random.Random) -> str:
    """A company of two or three words and a legal form."""
    return f"{' '.join(chance.sample(WORDS, chance.randint(2, 3)))} {chance.choice(FORMS)}"


def parties(rows: int) -> Iterator[dict[str, str]]:
    """Customers with addresses in seven countries."""
    chance = random.Random(SEED)  # noqa: S311 - made-up names, no secret
    for number in range(rows):
        country, town = chance.choice(PLACES)
        street = f"{chance.randint(1, 200)} {chance.choice(WORDS)} Road, {town}"
        yield {"reference": str(number), "name": company_name(chance), "address": street, "country": country}


def applications(rows: int) -> Iterator[dict[str, str]]:
    """Applications of five rows: the page, three parties, one item."""
    chance = random.Random(SEED)  # noqa: S311 - made-up names, no secret
    for number in range(0, rows, 5):
        key = {"application": f"A{number}"}
        country, town = chance.choice(PLACES)
        yield {**key, "record": "application", "type": "export", "destination": country, "end_use": f"Test of sensors in {town}"}
        for role, where in (("applicant", "US"), ("purchaser", country), ("ultimate_consignee", country)):
            address = f"{chance.randint(1, 200)} {chance.choice(WORDS)} Road"
            yield {**key, "record": "party", "role": role, "name": company_name(chance), "address": address, "country": where}
        yield {
            **key,
            "record": "item",
            "eccn": "EAR99",
            "description": "sensor",
            "hs6": "854239",
            "quantity": "5",
            "value_usd": "100",
        }
