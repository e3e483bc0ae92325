"""An entry across versions, for people to read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from screening.lists.diff import Change, FieldChange, changed_fields
from screening.lists.entry_record import from_record
from screening.matching.types import ListedParty
from screening.models import ListEntry, ListVersion


@dataclass(frozen=True, slots=True)
class EntryInterval:
    """An entry over one interval: what it said, from which version, until which, and what had changed when it came.

    `stands` is True while it is part of the active version; `beside` marks a row of a HISTORY version.
    """

    entry: ListedParty
    since: ListVersion
    until: ListVersion | None
    stands: bool
    beside: bool
    changes: tuple[FieldChange, ...]


def history_of(rows: Sequence[ListEntry]) -> list[EntryInterval]:
    """Rows of one entry (newest first) as intervals, the one that stands now first, HISTORY versions last."""
    on_the_line = [row for row in rows if row.introduced_in_id != row.retired_in_id]
    beside = [row for row in rows if row.introduced_in_id == row.retired_in_id]
    entries = [from_record(row.record) for row in on_the_line]
    found = []
    for position, row in enumerate(on_the_line):
        earlier = entries[position + 1] if position + 1 < len(entries) else None
        found.append(_standing(row, entries[position], _between(earlier, entries[position]), beside=False))
    return [*found, *(_standing(row, from_record(row.record), (), beside=True) for row in beside)]


def _standing(row: ListEntry, entry: ListedParty, changes: tuple[FieldChange, ...], *, beside: bool) -> EntryInterval:
    stands = row.retired_in is None
    return EntryInterval(entry, row.introduced_in, None if beside else row.retired_in, stands, beside, changes)


def _between(earlier: ListedParty | None, later: ListedParty) -> tuple[FieldChange, ...]:
    if earlier is None:
        return ()
    return Change(later.uid, earlier, later, changed_fields(earlier, later)).details()
