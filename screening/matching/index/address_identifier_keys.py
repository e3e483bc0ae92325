"""The channels beside the name: identifiers and addresses looked up by keys of their own, so that neither needs a name."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from itertools import product
from zlib import crc32

import numpy as np

from screening.matching.compare.addresses import Address, name_keys, parse
from screening.matching.compare.identifiers import Number, number_of
from screening.matching.types import ListedParty

from .segment import Array, Segment

_MAX_NUMBERS = 60
"""House numbers of one address that get a key."""


def number_key(number: Number) -> int:
    """Key of an identifier's value; the kind is compared afterwards."""
    return crc32(number.value.encode())


def place_keys(address: Address) -> set[int]:
    """Keys that two ways of writing one address share: a street or building name with a house number, unit or floor."""
    names = name_keys(address)
    parts = [f"n{number}" for number in sorted(address.numbers)[:_MAX_NUMBERS]] + [f"u{unit}" for unit in sorted(address.units)]
    if address.floor:
        parts.append(f"f{address.floor}")
    keys = {crc32(f"{name}|{part}".encode()) for name, part in product(names, parts)}
    if address.box:
        keys |= {crc32(f"box|{address.box}".encode())}
    if len(names) > 1:
        ordered = sorted(names)
        keys |= {crc32(f"{a}|{b}".encode()) for index, a in enumerate(ordered) for b in ordered[index + 1 :]}
    return keys


@dataclass(slots=True)
class Facts:
    """Identifiers and addresses under construction."""

    hashes: array[int] = field(default_factory=lambda: array("I"))
    owners: array[int] = field(default_factory=lambda: array("i"))
    place_hashes: array[int] = field(default_factory=lambda: array("I"))
    place_owners: array[int] = field(default_factory=lambda: array("i"))
    place_slots: array[int] = field(default_factory=lambda: array("H"))

    def add(self, number: int, entry: ListedParty) -> None:
        """Note the identifiers and addresses of an entry."""
        for identifier in entry.identifiers:
            issued = number_of(identifier)
            if issued is not None:
                self.hashes.append(number_key(issued))
                self.owners.append(number)
        for slot, text in enumerate(entry.addresses):
            for key in place_keys(parse(text)):
                self.place_hashes.append(key)
                self.place_owners.append(number)
                self.place_slots.append(slot)

    def arrays(self) -> dict[str, Array]:
        """Sorted columns for a Segment."""
        hashes = np.array(self.hashes, dtype=np.uint32)
        order = np.argsort(hashes, kind="stable")
        places = np.array(self.place_hashes, dtype=np.uint32)
        by_place = np.argsort(places, kind="stable")
        return {
            "number_hash": hashes[order],
            "number_entries": np.array(self.owners, dtype=np.int32)[order],
            "place_hash": places[by_place],
            "place_entries": np.array(self.place_owners, dtype=np.int32)[by_place],
            "place_slot": np.array(self.place_slots, dtype=np.uint16)[by_place],
        }


def entries_with_number(segment: Segment, number: Number) -> list[int]:
    """Entries that may carry this identifier."""
    hashes = segment.arrays["number_hash"]
    key = np.uint32(number_key(number))
    start, end = int(np.searchsorted(hashes, key)), int(np.searchsorted(hashes, key, side="right"))
    return sorted(set(segment.arrays["number_entries"][start:end].tolist()))


def entries_near(segment: Segment, address: Address) -> list[tuple[int, int]]:
    """(entry, address slot) of listed addresses worth comparing."""
    hashes = segment.arrays["place_hash"]
    keys = np.array(sorted(place_keys(address)), dtype=np.uint32)
    starts, ends = np.searchsorted(hashes, keys), np.searchsorted(hashes, keys, side="right")
    near: set[tuple[int, int]] = set()
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        entries = segment.arrays["place_entries"][start:end].tolist()
        near.update(zip(entries, segment.arrays["place_slot"][start:end].tolist(), strict=True))
    return sorted(near)
