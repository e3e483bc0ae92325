"""Blocking recall: of what an exhaustive oracle and the scorer would show, how much retrieval brings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.process import cdist

from screening.matching.blocking.candidates import candidates
from screening.matching.index.index import Index
from screening.matching.index.segment import Segment
from screening.matching.names.parse import Name, read
from screening.matching.names.score import compare_names
from screening.matching.policy import Policy
from screening.matching.types import Schema

from .accuracy import seeded
from .variations import VARIATIONS

NEAREST = 150
"""Names the oracle hands to the scorer for one query."""
_TOGETHER = 32
"""Queries compared with all names at once: a block of so many bytes a name."""


@dataclass(frozen=True, slots=True)
class Recall:
    """`found` of `wanted` entries, and the queries that missed one, with the entry's number."""

    found: int
    wanted: int
    missed: tuple[tuple[str, int], ...]

    @property
    def share(self) -> float:
        """Found of wanted, 0 when nothing was wanted."""
        return self.found / self.wanted if self.wanted else 0.0


def mixed_queries(index: Index, innocents: Sequence[str], count: int, seed: int) -> list[str]:
    """About `count` queries: listed names varied in every way in equal parts, printed as they are, and innocent names."""
    rng = seeded(seed)
    entries = [entry for entry in index if entry.schema is not Schema.ADDRESS]
    printed = [entry.name for entry in entries] + [alias.name for entry in entries for alias in entry.aliases]
    each = max(count // (len(VARIATIONS) + 6), 1)
    queries = rng.sample(printed, min(4 * each, len(printed))) + rng.sample(list(innocents), min(2 * each, len(innocents)))
    for vary in VARIATIONS.values():
        varied = (vary(rng.choice(printed), rng) for _ in range(20 * each))
        queries += islice((text for text in varied if text), each)
    return queries


def blocking_recall(segment: Segment, queries: Iterable[str], policy: Policy) -> Recall:
    """The oracle takes the NEAREST names by ratio on the sorted and on the joined core, all names compared."""
    ordered, joined = [], []
    for number in range(segment.names):
        core = segment.name(number)
        ordered.append(" ".join(core.key))
        joined.append(core.joined)
    owners = segment.arrays["name_entry"]
    found = wanted = 0
    missed: list[tuple[str, int]] = []
    for text, query, nearest in _oracle(queries, ordered, joined):
        good = {int(owners[near]) for near in nearest if compare_names(query, segment.name(near)).points >= policy.possible}
        got = {int(owners[near]) for near, _ in candidates(segment, query, None, policy.possible)}
        found += len(good & got)
        wanted += len(good)
        missed += [(text, entry) for entry in sorted(good - got)]
    return Recall(found, wanted, tuple(missed))


def _oracle(queries: Iterable[str], ordered: list[str], joined: list[str]) -> Iterator[tuple[str, Name, list[int]]]:
    """(text, name, numbers of the nearest names) of every query that can be compared."""
    names = [(text, read(text).main) for text in queries]
    names = [(text, name) for text, name in names if name.comparable]
    for start in range(0, len(names), _TOGETHER):
        block = names[start : start + _TOGETHER]
        near = np.maximum(
            cdist([" ".join(name.key) for _, name in block], ordered, scorer=fuzz.ratio, dtype=np.uint8),
            cdist([name.joined for _, name in block], joined, scorer=fuzz.ratio, dtype=np.uint8),
        )
        for (text, name), row in zip(block, near, strict=True):
            yield text, name, np.argsort(255 - row, kind="stable")[:NEAREST].tolist()
