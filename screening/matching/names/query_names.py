"""The names a party is screened by: those given, those it states itself ("a.k.a."), bracketed ones as weak."""

from __future__ import annotations

from dataclasses import dataclass

from screening.matching.types import Party

from .parse import Name, read

SHORTEST_ASIDE = 4
"""A bracketed word of fewer letters is an abbreviation of anything and not searched."""


@dataclass(frozen=True, slots=True)
class QueryName:
    """A core to search, the text it came from, and whether it may only raise a possible match."""

    text: str
    name: Name
    weak: bool


def query_names(party: Party) -> tuple[QueryName, ...]:
    """Every name of a party that can be compared, repeats left out."""
    rows: dict[tuple[str, ...], QueryName] = {}
    for text in party.names:
        reading = read(text)
        for name in (reading.main, *reading.others):
            if name.comparable:
                rows.setdefault(name.key, QueryName(text, name, False))
        for name in reading.asides:
            if len(name.tokens) > 1 or len(name.joined) >= SHORTEST_ASIDE:
                rows.setdefault(name.key, QueryName(text, name, len(name.tokens) < 2))
    return tuple(rows.values())
