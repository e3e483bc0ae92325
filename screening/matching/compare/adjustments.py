"""Facts beside the name: each one a bounded adjustment of the name's points, reported apart.

Missing facts neither help nor hurt; a country that merely differs is soft; agreement can lift, and only a birth date
that is clearly another one, or a kind of thing that cannot be the same, lowers much.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from screening.matching.types import Evidence, ListedParty, Party, Schema

from .address_match import Nearness, compare_texts

BIRTH_SAME, BIRTH_YEAR, BIRTH_NEAR, BIRTH_OTHER = 10.0, 3.0, 4.0, -14.0
"""Same date · same year, one side without a day · one digit or day and month swapped · years apart."""
COUNTRY_SAME, COUNTRY_OTHER = 1.5, -1.5
ADDRESS_UNIT, ADDRESS_BUILDING, ADDRESS_STREET = 8.0, 6.0, 2.0
CITIZENSHIP_SAME = 1.0
KIND_OTHER = -12.0
"""A person against an organization whose publisher says so."""
CRAFT_OTHER = -60.0
"""A person or organization against a ship or an aircraft."""
MAX_LIFT = 26.0
"""Most that facts beside the name can add: how far under the band a name is still looked at."""
WEAK_MORE = 8.0
"""Points that a weak alias loses when the party's name says more."""
MIN_TO_LIFT = 40.0
"""Points a name must have of its own before facts can add to it."""
_CRAFT = (Schema.VESSEL, Schema.AIRCRAFT)
_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_ISO = re.compile(r"\b(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?\b")
_WRITTEN = re.compile(r"\b(?:(\d{1,2})\s+)?([a-z]{3})[a-z]*\.?,?\s+(\d{4})\b")
_DAY_FIRST = re.compile(r"\b(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\b")


@dataclass(frozen=True, slots=True)
class Adjustment:
    """Points added (or taken) and the line that says why."""

    points: float
    evidence: Evidence


def adjustments(party: Party, entry: ListedParty, *, company: bool = False) -> list[Adjustment]:
    """Every fact of the party that the entry answers to; `company`: its name has a legal form."""
    facts = [
        _birth(party.birth_date, entry.birth_dates),
        _country(party.country, entry.countries),
        _citizenship(party.citizenships, entry.citizenships),
        _address(party.addresses, entry.addresses),
        _kind(party.kind, entry, company=company),
    ]
    return [fact for fact in facts if fact is not None]


def _row(feature: str, query: str, listed: str, value: float | None, points: float, sentence: str) -> Adjustment:
    return Adjustment(points, Evidence(feature, query, listed, value, f"{points:+.1f}", sentence))


def date_parts(text: str) -> tuple[int, int, int] | None:
    """(year, month, day) with 0 for what is not printed; None when there is no year."""
    lower = text.lower()
    if match := _DAY_FIRST.search(lower):
        day, month, year = (int(part) for part in match.groups())
        return (year, month, day) if month <= 12 else (year, day, month)
    if match := _WRITTEN.search(lower):
        return int(match.group(3)), _MONTHS.get(match.group(2), 0), int(match.group(1) or 0)
    if match := _ISO.search(lower):
        return int(match.group(1)), int(match.group(2) or 0), int(match.group(3) or 0)
    return None


def _birth(query: str, listed: tuple[str, ...]) -> Adjustment | None:
    """A date equal in every part printed corroborates; years more than one apart speak against it."""
    query_date = date_parts(query) if query else None
    rows: list[Adjustment] = []
    for text in listed:
        listed_date = date_parts(text)
        if query_date is not None and listed_date is not None:
            rows.append(_birth_pair(query, query_date, text, listed_date))
    return max(rows, key=lambda row: row.points, default=None)


def _birth_pair(query: str, query_date: tuple[int, int, int], listed: str, listed_date: tuple[int, int, int]) -> Adjustment:
    if query_date == listed_date and query_date[2]:
        return _row("birth date", query, listed, 1.0, BIRTH_SAME, "The birth dates are the same.")
    if query_date[0] == listed_date[0] and not (query_date[1] and listed_date[1]):
        return _row("birth date", query, listed, 0.8, BIRTH_YEAR, "The year of birth is the same.")
    if query_date[0] == listed_date[0] and (query_date[1], query_date[2]) == (listed_date[2], listed_date[1]):
        return _row("birth date", query, listed, 0.9, BIRTH_NEAR, "The birth dates agree with day and month swapped.")
    digits = [f"{part[0]:04d}{part[1]:02d}{part[2]:02d}" for part in (query_date, listed_date)]
    digits_apart = sum(a != b for a, b in zip(*digits, strict=True))
    if digits_apart <= 2 and query_date[2] and listed_date[2]:
        return _row(
            "birth date",
            query,
            listed,
            0.7,
            BIRTH_NEAR if digits_apart == 1 else 0.0,
            "The birth dates differ by a digit or two.",
        )
    if abs(query_date[0] - listed_date[0]) <= 1:
        return _row("birth date", query, listed, 0.5, 0.0, "The birth dates are at most a year or so apart.")
    return _row("birth date", query, listed, 0.0, BIRTH_OTHER, "The years of birth differ.")


def same_country(country: str, countries: Iterable[str]) -> bool:
    """Hong Kong entries are filed under China: HK meets CN on the list; a listed HK does not stand for all of China."""
    listed = set(countries)
    return country in listed or (country in ("HK", "CN") and bool(listed & {"CN", "HK"}))


def _country(query: str, listed: tuple[str, ...]) -> Adjustment | None:
    """The same country is a little for it, another one a little against: parties move and lists file where they please."""
    if not query or not listed:
        return None
    printed = ", ".join(listed)
    if same_country(query, listed):
        return _row("country", query, printed, 1.0, COUNTRY_SAME, "The country is among those listed.")
    return _row("country", query, printed, 0.0, COUNTRY_OTHER, "The country is not among those listed, which decides nothing.")


def _citizenship(query: tuple[str, ...], listed: tuple[str, ...]) -> Adjustment | None:
    if not set(query) & set(listed):
        return None
    return _row("citizenship", ", ".join(query), ", ".join(listed), 1.0, CITIZENSHIP_SAME, "A citizenship is the same.")


def _address(query: tuple[str, ...], listed: tuple[str, ...]) -> Adjustment | None:
    """The nearest of the printed addresses: same unit, same building, same street; another address says nothing."""
    best: Adjustment | None = None
    worth = {Nearness.UNIT: ADDRESS_UNIT, Nearness.BUILDING: ADDRESS_BUILDING, Nearness.STREET: ADDRESS_STREET}
    words = {
        Nearness.UNIT: "The addresses are the same.",
        Nearness.BUILDING: "The addresses are in one building.",
        Nearness.STREET: "The addresses are in one street.",
    }
    for given in query:
        for printed in listed:
            nearness = compare_texts(given, printed).nearness
            points = worth.get(nearness, 0.0)
            if points and (best is None or points > best.points):
                best = _row("address", given, printed, points / ADDRESS_UNIT, points, words[nearness])
    return best


def _kind(query: Schema, entry: ListedParty, *, company: bool) -> Adjustment | None:
    """What the publisher says the entry is; lists that say nothing are never trusted to mean something (lists.md 4).

    A party whose kind nobody stated, under a name with a legal form, is no person and no ship, though it may be named
    after one: that speaks against the entry as far as another kind does, and never rules it out.
    """
    listed = entry.schema
    if company and query is Schema.UNKNOWN and listed in (*_CRAFT, Schema.PERSON):
        return _row("kind", "company", str(listed), 0.0, KIND_OTHER, f"The list says {listed}, the name has a legal form.")
    if query in (Schema.UNKNOWN, Schema.ADDRESS) or listed in (Schema.UNKNOWN, Schema.ADDRESS) or query == listed:
        return None
    if query in _CRAFT or listed in _CRAFT:
        return _row("kind", str(query), str(listed), 0.0, CRAFT_OTHER, f"A {query} is not a {listed}.")
    return _row("kind", str(query), str(listed), 0.0, KIND_OTHER, f"The list says {listed}, the application says {query}.")


def total(points: float, facts: Iterable[Adjustment]) -> float:
    """Name points and adjustments together, 0-100; facts lift a name only if it has something in common to lift."""
    change = sum(fact.points for fact in facts)
    if change > 0:
        change = min(change, MAX_LIFT) if points >= MIN_TO_LIFT else 0.0
    return max(0.0, min(100.0, points + change))


def weak_total(points: float, facts: Iterable[Adjustment], *, strong: float, says_more: bool) -> float:
    """Points of a hit by a weak alias or an abbreviation: never strong on its own, and less where the party's name says
    more than the alias (CTI is not CTI Industries). A fact that identifies lifts the bound."""
    if corroborated(facts):
        return points
    return min(points, strong - 0.1) - (WEAK_MORE if says_more else 0.0)


def corroborated(facts: Iterable[Adjustment]) -> bool:
    """Whether a fact identifies enough to let a weak alias be strong: the birth date or the very address."""
    return any(fact.points >= min(BIRTH_SAME, ADDRESS_UNIT) for fact in facts)
