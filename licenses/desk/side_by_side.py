"""Party and entry side by side, as rows a template can print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from licenses.words import country
from screening.matching.types import ListedParty

NEAR = 0.75
"""Similarity from which two words are shown as near spellings; below, they stand alone. For the eye only."""


TOKEN_FEATURES = frozenset(("token", "token left in query", "token left in listed name"))
"""Lines of evidence about single words (screening.matching.explanation)."""
ADDRESS_PART = "address: "
"""How lines of evidence about a part of an address begin (screening.matching.compare.address_match)."""


@dataclass(frozen=True, slots=True)
class SideBySideRow:
    """One fact on both sides; "–" where a side says nothing."""

    label: str
    party: str
    entry: str


@dataclass(frozen=True, slots=True)
class Component:
    """One part of an address on both sides; `effect` same, differs or missing (one side does not say)."""

    part: str
    party: str
    entry: str
    effect: str


@dataclass(frozen=True, slots=True)
class Token:
    """One compared word: text on each side and the mark (same, near, only, absent)."""

    query: str
    listed: str
    mark: str
    title: str

    @property
    def text(self) -> str:
        """Both words where both sides have one and they differ, else the one there is."""
        if self.mark == "near" or (self.mark == "only" and self.listed):
            return f"{self.query} / {self.listed}"
        return self.query or self.listed


def fact_rows(facts: Mapping[str, Any], entry: ListedParty) -> list[SideBySideRow]:
    """Facts beside each other, rows without any side left out."""
    numbers = [f"{row.get('type', '')} {row.get('value', '')}".strip() for row in facts.get("identifiers", ())]
    rows = (
        SideBySideRow("Name", text([facts.get("name", "")]), entry.name),
        SideBySideRow("Other names", text(facts.get("other_names", ())), text(alias.name for alias in entry.aliases)),
        SideBySideRow("Kind", str(facts.get("kind", "")), entry.schema.value),
        SideBySideRow("Country", country(facts.get("country", "")), text(map(country, entry.countries))),
        SideBySideRow("Identifiers", text(numbers), text(f"{row.type} {row.value}" for row in entry.identifiers)),
        SideBySideRow("Date of birth", str(facts.get("birth_date", "")), text(entry.birth_dates)),
        SideBySideRow("Citizenships", text(map(country, facts.get("citizenships", ()))), text(map(country, entry.citizenships))),
        SideBySideRow("Programs", "", text(entry.programs)),
        SideBySideRow("License requirement", "", entry.license_requirement),
        SideBySideRow("Review policy", "", entry.license_policy),
        SideBySideRow("Federal Register", "", entry.federal_register),
        SideBySideRow("In force", "", in_force(entry)),
        SideBySideRow("Remarks", "", entry.remarks),
    )
    return [row for row in rows if row.party or row.entry]


def address_rows(facts: Mapping[str, Any], entry: ListedParty) -> list[SideBySideRow]:
    """Addresses line by line; the evidence says which parts agree."""
    given = facts.get("addresses") or ([facts["address"]] if facts.get("address") else [])
    count = max(len(given), len(entry.addresses))
    return [
        SideBySideRow(
            f"Address {number + 1}" if count > 1 else "Address",
            given[number] if number < len(given) else "",
            entry.addresses[number] if number < len(entry.addresses) else "",
        )
        for number in range(count)
    ]


def component_rows(hit: Mapping[str, Any]) -> list[Component]:
    """The compared address taken apart (unit, floor, building, house number, street, postcode), from the evidence of the hit;
    none where the engine compared no address."""
    return [
        Component(
            part=line["feature"].removeprefix(ADDRESS_PART).capitalize(),
            party=line.get("query", ""),
            entry=line.get("listed", ""),
            effect=line.get("effect", ""),
        )
        for line in hit.get("explanation", ())
        if line.get("feature", "").startswith(ADDRESS_PART)
    ]


def token_rows(hit: Mapping[str, Any]) -> list[Token]:
    """The words the engine compared, from the evidence of the hit."""
    return [token(line) for line in hit.get("explanation", ()) if line.get("feature") in TOKEN_FEATURES]


def token(line: Mapping[str, Any]) -> Token:
    """One line of evidence as a marked word."""
    query, listed, value = line.get("query", ""), line.get("listed", ""), line.get("value")
    if not listed:
        mark = "only"
    elif not query:
        mark = "absent"
    elif value is not None and value >= 1:
        mark = "same"
    else:
        mark = "near" if value is not None and value >= NEAR else "only"
    return Token(query, listed, mark, line.get("sentence") or line.get("effect", ""))


def in_force(entry: ListedParty) -> str:
    """Dates between which an order binds."""
    if not entry.effective_on and not entry.expires_on:
        return ""
    start = f"{entry.effective_on:%d %b %Y}" if entry.effective_on else "always"
    end = f"{entry.expires_on:%d %b %Y}" if entry.expires_on else "no end stated"
    return f"{start} to {end}"


def text(values: Any) -> str:
    """Values that say something, one after the other."""
    return "; ".join(str(value) for value in values if value)
