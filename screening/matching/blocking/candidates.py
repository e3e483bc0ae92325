"""Which listed names are worth comparing: what rare words find, cut by two estimates that are never too low by much.

Every query word is looked up (word_lookup). The names that carry a rare word found collect its weight; common words bring
no name in. What could reach the floor by that rough estimate gets a finer one (upper_bound), made from all its words.
"""

from __future__ import annotations

import numpy as np

from screening.matching.index.segment import Array, Segment
from screening.matching.names.parse import Name
from screening.matching.names.weights import CEILING
from screening.matching.text.similarity import LOOSE_SCRIPTS
from screening.matching.text.tokens import Kind
from screening.matching.text.typos import slip_of_small_word

from .near_identical import near_identical_names
from .upper_bound import bound, most_points, most_points_of
from .word_lookup import WordMatches, distinct, gather, look_up

POSTINGS = 30_000
"""Most (word, name) pairs read for one query; rare words come first."""
MAX_COMPARED = 150
"""Most names compared in full for one query name."""
MAX_BOUNDED = 400
"""Most names that get the finer estimate, the most promising first."""
MAX_UNLIKELY = 16
"""Of these, most that the rough estimate puts more than SPARING under the floor."""
FEW_CANDIDATES = 8
"""So few names are compared without another estimate."""
NAMES_OF_ENTRY = 3
"""Most names of one entry compared when there are more than MAX_COMPARED."""
WORTH_SPARING = 200
"""A word that fewer names carry is read in any case."""
COUNT_WHEN = 12
"""Counting over all names beats sorting what was found from about one in so many names on (measured)."""
SPARING = 8.0
"""Points under the floor that common words may reach by themselves and still bring no name in."""
MARGIN = 22.0
"""Points the rough estimate may be short of the truth: initials, acronyms and far spellings are not in it. Case that set it:
Huada Jiutian for a listed Huada Jiutianke."""
LOOSE_MARGIN = 40.0
"""The same for scripts that leave much of the Latin spelling open."""


def candidates(segment: Segment, name: Name, allowed: Array | None, floor: float) -> list[tuple[int, float]]:
    """(number of a name to compare in full, points it can reach at most), most promising first.

    `allowed`: entry mask or None for all. `floor`: points (0-95) under which a comparison would be of no use.
    """
    rows = look_up(segment, name)
    sure = near_identical_names(segment, name)
    numbers, most = _promising(segment, name, rows, floor)
    if len(sure):
        fresh = ~np.isin(numbers, sure)
        numbers, most = numbers[fresh], most[fresh]
    if allowed is not None:
        owners = segment.arrays["name_entry"]
        sure, keep = sure[allowed[owners[sure]]], allowed[owners[numbers]]
        numbers, most = numbers[keep], most[keep]
    if len(numbers) > MAX_COMPARED:
        keep = _few_of_each(np.arange(len(numbers)), segment.arrays["name_entry"][numbers])[:MAX_COMPARED]
        numbers, most = numbers[keep], most[keep]
    return [(number, CEILING) for number in sure.tolist()] + list(zip(numbers.tolist(), most.tolist(), strict=True))


def _promising(segment: Segment, name: Name, rows: list[WordMatches], floor: float) -> tuple[Array, Array]:
    """(names, points each can reach at most), best first."""
    numbers, estimate = _roughly(segment, name, [row for row in rows if row.carried], floor - SPARING)
    margin = LOOSE_MARGIN if name.script in LOOSE_SCRIPTS else MARGIN
    keep = (estimate >= floor - margin).nonzero()[0]
    likely = int((estimate[keep] >= floor - SPARING).sum())
    keep = keep[(-estimate[keep]).argsort(kind="stable")][: min(likely + MAX_UNLIKELY, MAX_BOUNDED)]
    numbers, estimate = numbers[keep], estimate[keep] + margin
    runs = [row.names for row in rows if len(row.names)]
    if runs:
        more = np.setdiff1d(np.concatenate(runs), numbers)
        numbers, estimate = np.concatenate((numbers, more)), np.concatenate((estimate, np.full(len(more), CEILING)))
    if len(numbers) > FEW_CANDIDATES:
        estimate = np.minimum(estimate, bound(segment, name, numbers, rows, floor))
        keep = np.flatnonzero(estimate >= floor)
        keep = keep[np.argsort(-estimate[keep], kind="stable")]
        numbers, estimate = numbers[keep], estimate[keep]
    return numbers, estimate


def weight_of(name: Name) -> float:
    """Weight of the query without slips of small words, which the scorer forgives."""
    slips = sum(token.weight for token in name.tokens if token.kind is Kind.WORD and slip_of_small_word(token.raw))
    return name.weight - slips if slips < name.weight else name.weight


def _few_of_each(keep: Array, entries: Array) -> Array:
    """At most NAMES_OF_ENTRY names of one entry, in order, so that one with sixty aliases does not crowd out the rest."""
    order = np.argsort(entries, kind="stable")
    grouped = entries[order]
    first = np.flatnonzero(distinct(grouped))
    index = np.arange(len(grouped)) - np.repeat(first, np.diff(np.append(first, len(grouped))))
    few: Array = keep[np.sort(order[index < NAMES_OF_ENTRY])]
    return few


def _roughly(segment: Segment, name: Name, rows: list[WordMatches], floor: float) -> tuple[Array, Array]:
    """(names, rough estimate of the points each can reach).

    Common words bring no name in: as long as all of them together could not reach `floor`, they are taken to stand in
    every name that a rarer word found (the max-score idea of H. Turtle and J. Flood, 1995).
    """
    total = weight_of(name)
    rows = sorted(rows, key=lambda row: -row.carried)
    seeds: list[WordMatches] = []
    weight = information = 0.0
    sparing = True
    for row in rows:
        if sparing and len(row.positions) == 1 and row.carried >= WORTH_SPARING:
            more, known = weight + row.weight, information + 1.1 * row.information
            if most_points_of(1.0 - min(more / total, 1.0), known) < floor:
                weight, information = more, known
                continue
            sparing = False
        seeds.append(row)
    numbers, shared, known_of = _seeded(segment, seeds)
    of_query = np.minimum((shared + weight) / total, 1.0)
    initials = sum(token.kind is Kind.INITIAL for token in name.tokens)
    of_listed = np.minimum((shared + weight + initials) / segment.arrays["name_weight"].take(numbers), 1.0)
    estimate = most_points(1.0 - of_query, 1.0 - of_listed, known_of + information)
    return numbers, estimate


def _seeded(segment: Segment, rows: list[WordMatches]) -> tuple[Array, Array, Array]:
    """(names that carry a word of the rows, weight shared with each, information shared with each)."""
    arrays = segment.arrays
    kept: list[WordMatches] = []
    read = 0
    for row in reversed(rows):
        if kept and read + row.carried > POSTINGS:
            break
        kept.append(row)
        read += row.carried
    if not kept:
        return np.empty(0, dtype=np.int32), np.empty(0), np.empty(0)
    words = np.concatenate([row.words for row in kept])
    half = 0.5 * np.concatenate([row.worth for row in kept])
    counts = [len(row.words) for row in kept]
    starts = arrays["post_at"].take(words).astype(np.int64)
    sizes = arrays["post_at"].take(words + 1) - starts
    weights = half * (np.repeat([row.weight for row in kept], counts) + arrays["word_weight"].take(words))
    known = half * (np.repeat([row.information for row in kept], counts) + arrays["word_info"].take(words))
    ids = gather(arrays["post_names"], starts, sizes)
    return _summed(ids, weights.repeat(sizes), known.repeat(sizes), segment.names)


def _summed(ids: Array, weights: Array, information: Array, names: int) -> tuple[Array, Array, Array]:
    """Totals by name: by counting when many names were found, else by sorting."""
    if len(ids) * COUNT_WHEN > names:
        shared = np.bincount(ids, weights)
        numbers = np.flatnonzero(shared)
        return numbers, shared[numbers], np.bincount(ids, information)[numbers]
    order = ids.argsort(kind="stable")
    ids = ids[order]
    first = distinct(ids).nonzero()[0]
    return ids[first], np.add.reduceat(weights[order], first), np.add.reduceat(information[order], first)
