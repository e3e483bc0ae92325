"""How near two addresses are: the same unit, the same building, or merely somewhere.

"1605" is not "1605A"; "1318-19" holds 1318 and 1319; a listed floor holds the units on it; North is not South and a
Street is not an Avenue of the same name. Missing parts neither help nor hurt, but every printed part that agrees counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from rapidfuzz.distance import OSA

from screening.matching.text.phonetics import sound
from screening.matching.types import Evidence

from .addresses import Address, parse

EVERY_PART = 100.0
"""Every printed component of the listed address is in the query."""
SAME_UNIT = 96.0
"""The unit is the same and a component that identifies nothing (district, postcode, floor) is missing."""
_PART_MISSING = 1.0
_MIN_UNIT = 88.0
_ALIKE = 0.84
"""Names of streets and buildings this alike are the same: Fayuen/Fa Yuen, Babushkina/Babuskina."""


class Nearness(IntEnum):
    """What two addresses share."""

    NOTHING = 0
    STREET = 1
    BUILDING = 2
    UNIT = 3


@dataclass(frozen=True, slots=True)
class AddressMatch:
    """The verdict, points for UNIT (else 0), and one line of evidence a component."""

    nearness: Nearness
    points: float
    explanation: tuple[Evidence, ...]


_NONE = AddressMatch(Nearness.NOTHING, 0.0, ())


def compare_texts(query: str, listed: str) -> AddressMatch:
    """Compare two one-line addresses."""
    return compare_addresses(parse(query), parse(listed))


def compare_addresses(query: Address, listed: Address) -> AddressMatch:
    """Compare two parsed addresses; `listed` decides which components there are to agree."""
    if query.box and query.box == listed.box and query.words & listed.words:
        return AddressMatch(Nearness.UNIT, SAME_UNIT, (_row("post box", query.box, listed.box, 1.0, "same"),))
    street, street_conflict = _streets(query, listed)
    building = _names_agree(query.buildings, listed.buildings)
    numbers = bool(query.numbers & listed.numbers)
    numbers_conflict = bool(query.numbers and listed.numbers) and not numbers
    letters_conflict = bool(query.letters and listed.letters) and not query.letters & listed.letters
    if street_conflict and not building:
        return _NONE
    same_place = (street and numbers and not letters_conflict) or (
        building and not (street_conflict or (street and numbers_conflict))
    )
    if not same_place and not numbers_conflict and street and query.units & listed.units and not listed.numbers:
        same_place = True
    if not same_place:
        return AddressMatch(Nearness.STREET, 0.0, ()) if street else _NONE
    if query.buildings and listed.buildings and not building and not numbers:
        return _NONE
    rows = _evidence(query, listed, street, building, numbers)
    floors_conflict = bool(query.floor and listed.floor) and query.floor != listed.floor
    unit = _same_unit(query, listed, floors_conflict)
    if not unit:
        return AddressMatch(Nearness.BUILDING, 0.0, tuple(rows))
    missing = _missing(query, listed, street, building, numbers)
    points = EVERY_PART if not missing else max(_MIN_UNIT, SAME_UNIT - _PART_MISSING * (missing - 1))
    return AddressMatch(Nearness.UNIT, points, tuple(rows))


def _same_unit(query: Address, listed: Address, floors_conflict: bool) -> bool:
    if floors_conflict:
        return False
    if listed.units:
        return bool(query.units & listed.units)
    if listed.floor:
        return query.floor == listed.floor
    return not query.units or bool(listed.numbers)


def _streets(query: Address, listed: Address) -> tuple[bool, bool]:
    """(a street agrees, a street of the same name is another: type or direction differs)."""
    agree = conflict = False
    for name, kind, direction in listed.streets:
        for other, other_kind, other_direction in query.streets:
            if not _alike(name, other):
                continue
            if (kind and other_kind and kind != other_kind) or (direction and other_direction and direction != other_direction):
                conflict = True
            else:
                agree = True
    if not agree and not conflict and listed.streets:
        agree = any(
            len(name) > 4 and name in "".join(sorted(query.words)) for name, _, _ in listed.streets if name in query.words
        )
    return agree, conflict and not agree


def _names_agree(query: tuple[str, ...], listed: tuple[str, ...]) -> bool:
    return any(_alike(name, other) for name in query for other in listed)


def _alike(first: str, second: str) -> bool:
    if first == second:
        return True
    if min(len(first), len(second)) < 4:
        return False
    return OSA.normalized_similarity(first, second) >= _ALIKE or sound(first) == sound(second)


def _missing(query: Address, listed: Address, street: bool, building: bool, numbers: bool) -> int:
    """Printed components of the listed address that the query lacks."""
    missing = 0
    missing += bool(listed.streets) and not street
    missing += bool(listed.buildings) and not building
    missing += bool(listed.numbers) and not numbers
    missing += bool(listed.floor) and query.floor != listed.floor
    missing += bool(listed.units) and not listed.units <= query.units
    missing += bool(listed.postcode) and query.postcode != listed.postcode
    run_together = "".join(sorted(query.words))
    lacking = [word for word in listed.words if word not in query.words and not any(_alike(word, other) for other in query.words)]
    joined = "".join(name for name, _, _ in query.streets) + "".join(query.buildings) + run_together
    missing += sum(1 for word in lacking if word not in joined and word not in _SPELT_OTHERWISE)
    return missing


_SPELT_OTHERWISE = frozenset(
    "road rd street st centre center building bldg tower no hong kong china turkey turkiye flat room rm unit office floor "
    "sk sok sokak mah mahallesi kapi ic nt".split()
)


def _row(component: str, query: str, listed: str, value: float | None, effect: str) -> Evidence:
    return Evidence(f"address: {component}", query, listed, value, effect)


def _evidence(query: Address, listed: Address, street: bool, building: bool, numbers: bool) -> list[Evidence]:
    rows: list[Evidence] = []
    pairs = (
        ("unit", _text(query.units), _text(listed.units), bool(query.units & listed.units)),
        ("floor", query.floor, listed.floor, query.floor == listed.floor),
        ("building", ", ".join(query.buildings), ", ".join(listed.buildings), building),
        ("house number", _range(query.numbers), _range(listed.numbers), numbers),
        ("street", _street_text(query), _street_text(listed), street),
        ("postcode", query.postcode, listed.postcode, query.postcode == listed.postcode),
    )
    for component, of_query, of_listed, same in pairs:
        if of_listed or (of_query and component in ("unit", "floor")):
            effect = "same" if same and of_query else "missing" if not of_query or not of_listed else "differs"
            rows.append(
                _row(component, of_query, of_listed, 1.0 if effect == "same" else None if effect == "missing" else 0.0, effect)
            )
    return rows


def _text(values: frozenset[str]) -> str:
    return ", ".join(sorted(values))


def _range(numbers: frozenset[int]) -> str:
    if not numbers:
        return ""
    low, high = min(numbers), max(numbers)
    return str(low) if low == high else f"{low}-{high}"


def _street_text(address: Address) -> str:
    return ", ".join(" ".join(part for part in street if part) for street in address.streets)
