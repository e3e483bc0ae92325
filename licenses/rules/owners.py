"""The one walk through the owners of parties, and the owners of owners."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from licenses.rules.types import PartyFacts

Held = TypeVar("Held")


def with_owners(parties: Iterable[PartyFacts]) -> Iterator[PartyFacts]:
    """Every party, each followed by its owners of all layers; one that owns several stands under each."""
    for party in parties:
        yield party
        yield from with_owners(party.owners)


def by_layer(parties: Iterable[PartyFacts]) -> tuple[PartyFacts, ...]:
    """Every party, the owners after all given ones, layer by layer (an owner given twice under one id counts once)."""
    given = tuple(parties)
    return (*given, *(owner for owner, _ in owners_of(given, lambda party: party.owners, lambda party: party.id)))


def owners_of(
    given: Iterable[Held], owners: Callable[[Held], Iterable[Held]], id_of: Callable[[Held], str]
) -> Iterator[tuple[Held, Held]]:
    """(owner, whom it owns), layer by layer. An id counts once, those of the given parties included; an owner without an id
    always does."""
    layer = list(given)
    seen = set(map(id_of, layer))
    while layer:
        above: list[Held] = []
        for party in layer:
            for owner in owners(party):
                key = id_of(owner)
                if key and key in seen:
                    continue
                seen.add(key)
                above.append(owner)
                yield owner, party
        layer = above
