"""Everything the lists say, ready to be searched: an immutable base, a small delta beside it, and what was taken back.

An index is a value: `merge` gives a new one and shares the arrays of the old. Entries are numbered through all
segments in order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from screening.matching.types import ListedParty

from .builder import build_segment
from .segment import Array, Segment
from .storage import SnapshotError, read_segment, stamp, write_segment

__all__ = ["Index", "SnapshotError", "build", "load", "merge", "save", "stamp"]


@dataclass(frozen=True, slots=True)
class Index:
    """Segments in order, and for each the entries taken back since (None = none)."""

    segments: tuple[Segment, ...]
    removed: tuple[frozenset[int], ...]
    _masks: dict[frozenset[str] | None, tuple[Array | None, ...]] = field(default_factory=dict, repr=False, compare=False)

    def __len__(self) -> int:
        """How many entries can be found."""
        return sum(segment.entries for segment in self.segments) - sum(len(gone) for gone in self.removed)

    @property
    def names(self) -> int:
        """How many names can be matched."""
        return sum(segment.names for segment in self.segments)

    @property
    def lists(self) -> tuple[str, ...]:
        """List codes of the entries, in order of first appearance."""
        return tuple(dict.fromkeys(code for segment in self.segments for code in segment.lists))

    def entry(self, number: int) -> ListedParty:
        """The listed party with this number; numbers run through the segments and count removed entries too."""
        for segment in self.segments:
            if number < segment.entries:
                return segment.entry(number)
            number -= segment.entries
        raise IndexError("no entry with this number")

    def __iter__(self) -> Iterator[ListedParty]:
        """Every entry that can be found, in order."""
        for segment, gone in zip(self.segments, self.removed, strict=True):
            for number in range(segment.entries):
                if number not in gone:
                    yield segment.entry(number)

    def masks(self, lists: frozenset[str] | None) -> tuple[Array | None, ...]:
        """For each segment a boolean array over entries of what may be answered, or None for all."""
        known = self._masks.get(lists)
        if known is None:
            known = tuple(_mask(segment, gone, lists) for segment, gone in zip(self.segments, self.removed, strict=True))
            if len(self._masks) >= _MAX_MASKS:
                self._masks.clear()
            self._masks[lists] = known
        return known


_MAX_MASKS = 32
"""Narrowings kept; a mask is one byte an entry."""


def _mask(segment: Segment, gone: frozenset[int], lists: frozenset[str] | None) -> Array | None:
    if lists is None and not gone:
        return None
    mask: Array = np.ones(segment.entries, dtype=bool)
    if lists is not None:
        codes = [number for number, code in enumerate(segment.lists) if code in lists]
        mask = np.isin(segment.arrays["entry_list"], codes)
    if gone:
        mask[np.array(sorted(gone), dtype=np.int64)] = False
    return mask


def build(entries: Iterable[ListedParty]) -> Index:
    """A fresh index over the entries."""
    return Index((build_segment(entries),), (frozenset(),))


def merge(index: Index, *, added: Iterable[ListedParty] = (), removed: Iterable[tuple[str, str]] = ()) -> Index:
    """The index after a small change: entries added, and those named by (list, uid) taken back.

    A changed entry is removed and added. The old index stays as it is and goes on answering.
    """
    gone_keys = set(removed)
    gone: list[frozenset[int]] = []
    for segment, already in zip(index.segments, index.removed, strict=True):
        codes = {code for code, _ in gone_keys}
        suspects = _mask(segment, frozenset(), frozenset(codes)) if gone_keys else None
        numbers = np.flatnonzero(suspects).tolist() if suspects is not None else []
        taken_back = {number for number in numbers if (segment.entry(number).list, segment.entry(number).uid) in gone_keys}
        gone.append(already | taken_back)
    segments = list(index.segments)
    fresh = build_segment(added)
    if fresh.entries:
        segments.append(fresh)
        gone.append(frozenset())
    return Index(tuple(segments), tuple(gone))


def save(index: Index, folder: Path) -> str:
    """Write a snapshot, one segment, swapped in atomically; gives the stamp that `stamp(folder)` reads back."""
    unchanged = len(index.segments) == 1 and not index.removed[0]
    return write_segment(index.segments[0] if unchanged else build_segment(index), folder)


def load(folder: Path) -> Index:
    """Open a snapshot by mapping its files: ready in milliseconds, shared between processes.

    Raises SnapshotError when it is missing, damaged or made by another version: rebuild it, and answer
    "not screened" until then.
    """
    return Index((read_segment(folder),), (frozenset(),))
