"""The names an entry can be found by: those printed, those they state themselves ("a.k.a."), bracketed ones as weak."""

from __future__ import annotations

from collections.abc import Iterator

from screening.matching.types import ListedParty, Quality, Schema

from .parse import Name, read


def printed_names(entry: ListedParty) -> Iterator[tuple[int, Name, bool]]:
    """(slot, core, weak) of every name an entry can be found by. Address-only entries have none."""
    if entry.schema is Schema.ADDRESS:
        return
    printed = [
        (entry.name, False),
        *((alias.name, alias.quality is Quality.WEAK or alias.kind == "abbreviation") for alias in entry.aliases),
    ]
    for slot, (text, weak) in enumerate(printed):
        reading = read(text)
        for name in (reading.main, *reading.others):
            if name.comparable:
                yield slot, name, weak
        for name in reading.asides:
            if name.comparable:
                yield slot, name, True
