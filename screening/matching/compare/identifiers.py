"""Numbers issued by somebody: one spelling, a kind, and when two of them are the same number.

python-stdnum checks the kinds it knows; a number that fails its own check digit is compared as plain text only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from stdnum import imo, lei

from screening.matching.types import Evidence, Identifier

_KINDS = (
    ("imo", re.compile(r"\bimo\b|vessel registration identification|vessel registration")),
    ("lei", re.compile(r"\blei\b|legal entity identifier")),
    ("swift", re.compile(r"swift|\bbic\b")),
    ("mmsi", re.compile(r"mmsi")),
    ("duns", re.compile(r"d-?u-?n-?s")),
    ("passport", re.compile(r"passport")),
    ("date", re.compile(r"established|incorporat\w* date|date of")),
    ("tax", re.compile(r"\btax|\btin\b|\bvat\b|\binn\b|\brfc\b|r\.f\.c|\bnit\b|\bruc\b|\bcuit\b|fiscal|\bssn\b|social security")),
    (
        "registration",
        re.compile(
            r"registr|\breg\b|\bogrn\b|company number|commercial|unified social|uscc|\bcik\b|"
            r"enterprise number|business number|license"
        ),
    ),
    ("national", re.compile(r"national|cedula|c\.?u\.?r\.?p|identification|\bid\b|personal|\bnie\b|tazkira|identity|kimlik")),
    ("call sign", re.compile(r"call ?sign")),
    ("aircraft", re.compile(r"tail|aircraft|serial|\bmsn\b")),
)
_SAME_FAMILY = frozenset(
    (frozenset(("tax", "registration")), frozenset(("tax", "national")), frozenset(("registration", "national")))
)
"""Kinds that publishers interchange: a Russian or Chinese company number is printed as either."""
SHORTEST = 5
"""A shorter number is anybody's."""
_IMO_DIGITS = 7
IDENTIFIER_POINTS = 98.0
"""An exact strong identifier is a match by itself; with a name that meets it is 100."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number ready to compare: `kind` "" when the type says nothing."""

    kind: str
    value: str
    country: str


@lru_cache(maxsize=16_384)
def kind_of(type_text: str) -> str:
    """Kind of an identifier from its type as given; "" when unknown."""
    text = type_text.lower()
    return next((kind for kind, pattern in _KINDS if pattern.search(text)), "")


def number_of(identifier: Identifier) -> Number | None:
    """The comparable form; None for dates and for what is too short or has no digit to identify anything."""
    kind = kind_of(identifier.type)
    if kind == "date":
        return None
    value = re.sub(r"[^0-9A-Z]", "", identifier.value.upper())
    if kind == "imo" or value.startswith("IMO"):
        digits = re.sub(r"\D", "", value)
        return Number("imo", digits, "") if len(digits) == _IMO_DIGITS and imo.is_valid(digits) else None
    if kind == "lei" or (not kind and len(value) == 20 and lei.is_valid(value)):
        return Number("lei", value, "") if len(value) == 20 else None
    if kind == "swift":
        return Number(kind, value[:8], "") if len(value) in (8, 11) else None
    if len(value) < SHORTEST or (sum(char.isdigit() for char in value) < 4 and kind != "aircraft"):
        return None
    return Number(kind, value, identifier.country.upper())


def same_number(first: Number, second: Number) -> bool:
    """Equal values of kinds that may be the same; two different issuing countries are two numbers."""
    if first.value != second.value:
        return False
    if first.country and second.country and first.country != second.country:
        return False
    if first.kind == second.kind:
        return True
    if not first.kind or not second.kind:
        return len(first.value) >= SHORTEST + 1
    return frozenset((first.kind, second.kind)) in _SAME_FAMILY and len(first.value) >= 8


def same_identifier(query: tuple[Identifier, ...], listed: tuple[Identifier, ...]) -> Evidence | None:
    """The first of the party's identifiers that is one of the entry's, as evidence."""
    for given in query:
        number = number_of(given)
        if number is None:
            continue
        for printed in listed:
            other = number_of(printed)
            if other is not None and same_number(number, other):
                sentence = f"The {number.kind or other.kind or 'identifier'} number is the same."
                return Evidence("identifier", _text(given), _text(printed), 1.0, f"{IDENTIFIER_POINTS:.1f}", sentence)
    return None


def _text(identifier: Identifier) -> str:
    return f"{identifier.type} {identifier.value}".strip()
