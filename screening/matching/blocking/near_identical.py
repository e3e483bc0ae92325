"""Names looked up as a whole, whatever their words are worth.

Equal cores, and names a slip of the pen away (see names.slips), of which either the beginning or the end is intact.
"""

from __future__ import annotations

import numpy as np

from screening.matching.index.keys import end_keys, exact_key, letter_counts
from screening.matching.index.segment import Array, Segment
from screening.matching.names.parse import Name
from screening.matching.names.slips import SLIP_SHORTEST, SLIP_THREE, SLIP_TWO

from .word_lookup import gather

MAX_NEAR_IDENTICAL = 1_000
"""Most names taken because they are equal."""
MAX_SLIPS = 60
"""Most names taken because they may be a slip away."""
MAX_LENGTH = 2
"""Letters two names may differ in length by and still be a slip away."""


def near_identical_names(segment: Segment, name: Name) -> Array:
    """Numbers of names to compare whatever an estimate says, in order."""
    hashes = segment.arrays["exact_hash"]
    key = np.uint32(exact_key(name.key))
    start, end = int(hashes.searchsorted(key)), int(hashes.searchsorted(key, side="right"))
    equal = segment.arrays["exact_names"][start : min(end, start + MAX_NEAR_IDENTICAL)]
    slips = _slips(segment, name)
    return np.unique(np.concatenate((equal, slips))) if len(slips) else equal


def _slips(segment: Segment, name: Name) -> Array:
    """Names about as long with about the same letters and the same beginning or end, in written or in sorted order."""
    arrays = segment.arrays
    length = len(name.flat)
    if length < SLIP_SHORTEST - 1:
        return arrays["end_names"][:0]
    hashes = arrays["end_hash"]
    keys = np.array(sorted(end_keys([token.raw for token in name.tokens], MAX_LENGTH)), dtype=np.uint32)
    starts = hashes.searchsorted(keys)
    names = gather(arrays["end_names"], starts, hashes.searchsorted(keys, side="right") - starts)
    edits = 1 + (length >= SLIP_TWO) + (length >= SLIP_THREE)
    letters = np.uint64(letter_counts(name.flat))
    names = names[np.bitwise_count(arrays["name_letters"].take(names) ^ letters) <= 2 * edits]
    names = names[np.abs(arrays["name_length"].take(names).astype(np.int16) - length) <= min(edits, MAX_LENGTH)]
    slips: Array = names[:MAX_SLIPS]
    return slips
