"""A one-line address proposed in the parts that a form asks for. A proposal: whoever typed the address confirms it.

The parser of `screening.matching.compare.addresses` tells what each piece between commas is; the piece keeps its own spelling.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass

from screening.matching.compare.addresses import Address, parse
from screening.matching.countries import code_for

LONGEST = {"street": 100, "building": 60, "floor": 20, "unit": 20, "city": 60, "state": 60, "postal_code": 20}
"""Most characters of each part (intake.md 1.2); a longer piece is left for a person to cut."""
_PIECE = re.compile(r"\s*[,\n、，;]\s*")
_NUMBER_ONLY = re.compile(r"(?i)^(?:no\.?\s*|nr\.?\s*|#\s*)?\d+[a-z]?(?:\s*[-–/]\s*\d+[a-z]?)?$")
_HOUSE = re.compile(r"(?i)^\d{1,4}[a-z]?\s+\D|\D\s+\d{1,4}[a-z]?$")
"""A house number before or after a name that no word marks as a street."""
_DIGITS = r"\d{5}-\d{4}|\d{3}[- ]\d{4}|\d{3} ?\d{2}|\d{4,6}(?: ?[A-Z]{2})?"
_LETTERS = r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d"
_POSTAL = re.compile(rf"(?<![\w-])((?:[A-Z]{{1,2}}-)?(?:{_DIGITS})|{_LETTERS})(?![\w-])")
"""Postal codes with digits (US, most of Europe, China, Japan, the Netherlands) and with letters (Britain, Canada)."""

_TOWNS = frozenset(("dubai", "abu dhabi"))
"""Towns that the table of countries takes for their country."""


@dataclass(frozen=True, slots=True)
class AddressParts:
    """The parts, each in the words of the line; "" where none was seen. `rest` is what found no place."""

    street: str = ""
    building: str = ""
    floor: str = ""
    unit: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    rest: str = ""

    def as_dict(self) -> dict[str, str]:
        """The parts that were seen, without the rest."""
        return {name: value for name, value in asdict(self).items() if value and name != "rest"}


def split_address(text: str, country: str = "") -> AddressParts:
    """Propose the parts of a one-line address. `country`: ISO alpha-2; its name at the end is no part. Never raises."""
    pieces = [piece.strip(" .") for piece in _PIECE.split(text) if piece.strip(" .")]
    if len(pieces) > 1 and _is_country(pieces[-1], country):
        pieces.pop()
    pieces = _with_numbers(pieces)
    found: dict[str, list[str]] = {name: [] for name in LONGEST}
    places: list[str] = []
    for piece in pieces:
        kind = _kind(piece, parse(piece), placed=bool(found["street"] or found["building"]))
        (places if kind == "place" else found[kind]).append(piece)
    return _settled(found, places)


def _with_numbers(pieces: list[str]) -> list[str]:
    """A number alone goes with the name after it: "150, Songdomirae-ro" is one street."""
    if len(pieces) > 2 and _NUMBER_ONLY.match(pieces[0]):
        return [f"{pieces[0]} {pieces[1]}", *pieces[2:]]
    return pieces


def _kind(piece: str, read: Address, *, placed: bool) -> str:
    """Which part a piece is; "place" for a town or region, with or without a postal code."""
    if read.box or any(sort for _, sort, _ in read.streets):
        return "street"
    if read.buildings:
        return "building"
    if read.units and not read.floor:
        return "unit"
    if read.floor:
        return "floor"
    if not placed and (read.streets or _HOUSE.search(piece)):
        return "street"
    return "place"


def _settled(found: dict[str, list[str]], places: list[str]) -> AddressParts:
    postal, towns = "", []
    for place in places:
        code = _POSTAL.search(place)
        if code is not None and not postal:
            postal = code.group(1)
            place = f"{place[: code.start()]} {place[code.end() :]}".strip(" -")
        if place:
            towns.append(" ".join(place.split()))
    values = {name: ", ".join(pieces) for name, pieces in found.items()}
    values |= {"postal_code": postal, "city": towns[0] if towns else "", "state": ", ".join(towns[1:])}
    rest = [value for name, value in values.items() if len(value) > LONGEST[name]]
    kept = {name: value if len(value) <= LONGEST[name] else "" for name, value in values.items()}
    return AddressParts(**kept, rest=", ".join(rest))


def _is_country(piece: str, country: str) -> bool:
    code = code_for(piece) or (piece.upper() if piece.upper() == country else "")
    return bool(code) and code == (country or code) and piece.casefold() not in _TOWNS
