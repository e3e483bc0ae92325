"""Which listed names are worth comparing: words looked up by their keys, names ranked by what they share.

Every query word (and every two neighbors run together) is looked up exactly, with a letter out and by consonants;
the names that carry a word found collect its weight. The estimate leaves out contradiction and spelling details, so
it ranks and never decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from .calibration import ENOUGH, most_points, most_points_of
from .keys import exact_key, joined_keys, word_keys
from .names import ABJAD, Name
from .phonetics import consonants, softened, sound
from .segment import Array, Segment
from .similarity import LIKE_ENOUGH, LOOSE_SCRIPTS
from .spelling import slip_of_small_word
from .tokens import Kind, token

POSTINGS = 30_000
"""Most (word, name) pairs read for one query; rare words come first."""
UNLIKE = 1.5
"""A word that is merely alike shares so much less: the scorer, too, takes more than the difference."""
LEAST_LENGTH = 0.55
"""Words much shorter or longer are not alike."""
LEAST_WORD = 0.62
"""Words less alike are not followed."""
MOST = 28
"""Most names compared in full for one query name."""
MOST_SURE, SURE = 100, 88.0
"""Names estimated so high are all compared, up to so many: a family of companies under one name."""
WORDS_PER_LOOKUP = 48
"""Most listed words taken for one query word, the most alike first."""
_LOOKUPS = 20_000
"""Lookups kept in a process; a full cache is emptied."""
NEARLY_ALL = 0.75
"""Share of weight on both sides from which names are compared in any case."""
NAMES_OF_ENTRY = 3
"""Most names of one entry compared when there are more than MOST."""
WORTH_SPARING = 200
"""A word that fewer names carry is read in any case."""
COMMON_SPELLINGS = 24
"""Most listed spellings of a common word asked about."""
COUNT_WHEN = 12
"""Counting over all names beats sorting what was found from about one in so many names on (measured)."""
MARGIN = 8.0
"""Points the estimate may be short of the truth: initials, acronyms and far spellings are not looked up."""
_LIGHT = (Kind.INITIAL, Kind.PARTICLE, Kind.TITLE)
_TRUE: Array = np.ones(1, dtype=bool)
_NONE: Array = np.empty(0, dtype=np.int64)
_NOTHING: tuple[Array, Array] = (_NONE, np.empty(0))
_OWNER_BITS, _WORD_MASK = 40, (1 << 40) - 1
"""A word number and the query word it was found for, packed into one integer so that both sort together."""


def candidates(segment: Segment, name: Name, allowed: Array | None, floor: float) -> list[tuple[int, float]]:
    """(number of a name to compare in full, points it can reach at most), most promising first.

    `allowed`: entry mask or None for all. `floor`: points (0-95) under which a comparison would be of no use.
    """
    found = _collect(segment, name, floor - MARGIN)
    if found is None:
        return []
    numbers, shared, information = found
    if allowed is not None:
        keep = allowed[segment.arrays["name_entry"][numbers]]
        numbers, shared, information = numbers[keep], shared[keep], information[keep]
    of_query = np.minimum(shared / _weight(name), 1.0)
    of_listed = np.minimum(shared / segment.arrays["name_weight"][numbers], 1.0)
    estimate = most_points(1.0 - of_query, 1.0 - of_listed, information)
    # Two names that agree nearly all over may be one with a slip of the pen, whatever the words are worth.
    nearly_all = (of_query >= NEARLY_ALL) & (of_listed >= NEARLY_ALL)
    keep = np.flatnonzero((estimate >= floor - MARGIN) | nearly_all)
    keep = keep[np.argsort(-estimate[keep], kind="stable")]
    if len(keep) > MOST:
        keep = _few_of_each(keep, segment.arrays["name_entry"][numbers[keep]])
        keep = keep[: max(MOST, min(MOST_SURE, int(np.count_nonzero(estimate[keep] >= SURE))))]
    return list(zip(numbers[keep].tolist(), (estimate[keep] + MARGIN).tolist(), strict=True))


def _weight(name: Name) -> float:
    """Weight of the query without slips of small words, which the scorer forgives."""
    slips = sum(token.weight for token in name.tokens if token.kind is Kind.WORD and slip_of_small_word(token.raw))
    return name.weight - slips if slips < name.weight else name.weight


def _few_of_each(keep: Array, entries: Array) -> Array:
    """At most NAMES_OF_ENTRY names of one entry, in order, so that one with sixty aliases does not crowd out the rest."""
    order = np.argsort(entries, kind="stable")
    grouped = entries[order]
    first = np.flatnonzero(np.concatenate((_TRUE, grouped[1:] != grouped[:-1])))
    place = np.arange(len(grouped)) - np.repeat(first, np.diff(np.append(first, len(grouped))))
    few: Array = keep[np.sort(order[place < NAMES_OF_ENTRY])]
    return few


@dataclass(slots=True, eq=False)
class _Row:
    """What one query word (or two run together) found: listed words, similarities, and how many names carry them."""

    weight: float
    information: float
    words: Array
    sims: Array
    single: bool
    carried: int = 0


def _collect(segment: Segment, name: Name, floor: float) -> tuple[Array, Array, Array] | None:
    """(names, weight shared with each, information shared with each).

    Common words bring no name in: as long as all of them together could not reach `floor`, their long lists are only
    asked about names that rarer words found (the max-score idea of H. Turtle and J. Flood, 1995).
    """
    arrays = segment.arrays
    post_at = arrays["post_at"]
    rows = _lookups(segment, name)
    for row in rows:
        row.carried = int((post_at[row.words + 1] - post_at[row.words]).sum())
    rows.sort(key=lambda row: -row.carried)
    common: list[_Row] = []
    weight = information = 0.0
    for row in rows:
        if not row.single or row.carried < WORTH_SPARING:
            continue
        weight, information = weight + row.weight, information + 1.1 * row.information
        if most_points_of(1.0 - min(weight / _weight(name), 1.0), information) >= floor:
            break
        common.append(row)
    seeds = [row for row in rows if row not in common and row.carried]
    found = _seeded(segment, name, seeds)
    if found is None or not common:
        return found
    numbers, shared, known = found
    for row in common:
        _add_common(arrays, row, numbers, shared, known)
    return numbers, shared, known


def _seeded(segment: Segment, name: Name, rows: list[_Row]) -> tuple[Array, Array, Array] | None:
    arrays = segment.arrays
    exact = _exact(segment, name)
    kept: list[_Row] = []
    read = 0
    for row in reversed(rows):
        if kept and read + row.carried > POSTINGS:
            break
        kept.append(row)
        read += row.carried
    if not kept and not len(exact):
        return None
    ids, weights, information = [exact], [np.full(len(exact), name.weight)], [np.full(len(exact), ENOUGH)]
    if kept:
        words = np.concatenate([row.words for row in kept])
        sims = np.concatenate([row.sims for row in kept])
        counts = [len(row.words) for row in kept]
        starts = arrays["post_at"][words]
        sizes = arrays["post_at"][words + 1] - starts
        ids.append(_gather(arrays["post_names"], starts, sizes, read))
        half = 0.5 * sims
        mine = np.repeat([row.weight for row in kept], counts)
        known = np.repeat([row.information for row in kept], counts)
        weights.append(np.repeat(half * (mine + arrays["word_weight"][words]), sizes))
        information.append(np.repeat(half * (known + arrays["word_info"][words]), sizes))
    return _summed(np.concatenate(ids), np.concatenate(weights), np.concatenate(information), segment.names)


def _summed(ids: Array, weights: Array, information: Array, names: int) -> tuple[Array, Array, Array]:
    """Totals by name: by counting when many names were found, else by sorting."""
    if len(ids) * COUNT_WHEN > names:
        shared = np.bincount(ids, weights)
        numbers = np.flatnonzero(shared)
        return numbers, shared[numbers], np.bincount(ids, information)[numbers]
    order = np.argsort(ids, kind="stable")
    ids = ids[order]
    first = np.flatnonzero(np.concatenate((_TRUE, ids[1:] != ids[:-1])))
    return ids[first], np.add.reduceat(weights[order], first), np.add.reduceat(information[order], first)


def _add_common(arrays: dict[str, Array], row: _Row, numbers: Array, shared: Array, known: Array) -> None:
    """Add a common word's worth to the names already found that carry it; each list of names is sorted."""
    taken = np.zeros(len(numbers), dtype=bool)
    for word, sim in zip(row.words[:COMMON_SPELLINGS].tolist(), row.sims[:COMMON_SPELLINGS].tolist(), strict=True):
        posts = arrays["post_names"][int(arrays["post_at"][word]) : int(arrays["post_at"][word + 1])]
        if not len(posts):
            continue
        at = np.searchsorted(posts, numbers)
        at[at == len(posts)] = 0
        here = (posts[at] == numbers) & ~taken
        taken |= here
        shared[here] += 0.5 * sim * (row.weight + float(arrays["word_weight"][word]))
        known[here] += 0.5 * sim * (row.information + float(arrays["word_info"][word]))


def _gather(source: Array, starts: Array, sizes: Array, total: int) -> Array:
    """source[start:start+size] of every row, end to end."""
    if len(starts) == 1:
        return source[int(starts[0]) : int(starts[0]) + total]
    shift = np.repeat(starts - np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(sizes)[:-1])), sizes)
    gathered: Array = source[np.arange(total) + shift]
    return gathered


def _exact(segment: Segment, name: Name) -> Array:
    hashes = segment.arrays["exact_hash"]
    key = np.uint32(exact_key(name.key))
    start, end = np.searchsorted(hashes, key), np.searchsorted(hashes, key, side="right")
    return segment.arrays["exact_names"][start : min(end, start + MOST)]


def _lookups(segment: Segment, name: Name) -> list[_Row]:
    """What each word of the query, and each two neighbors run together, found."""
    far = name.script in LOOSE_SCRIPTS
    abjad = name.script in ABJAD
    wanted = [
        _Wanted(one.text, one.text, word_keys(one.text), one.weight, one.information, True)
        for one in name.tokens
        if one.kind not in _LIGHT or len(name.tokens) == 1
    ]
    for left, right in pairwise(name.tokens):
        if Kind.DIGITS not in (left.kind, right.kind):
            both = left.raw + right.raw
            # Run together, two pieces may also be a general word: "Techno logies".
            meaning = token(both).text
            keys = joined_keys(both) + word_keys(meaning)[:1]
            wanted.append(_Wanted(both, meaning, keys, left.weight + right.weight, left.information + right.information, False))
    found = _found(segment, wanted, far, abjad)
    return [_Row(one.weight, one.information, *what, one.single) for one, what in zip(wanted, found, strict=True) if len(what[0])]


@dataclass(slots=True, eq=False)
class _Wanted:
    """A word to look up: as written, what it means, its keys, its worth, and whether it is one word of the query."""

    spelling: str
    meaning: str
    keys: tuple[int, ...]
    weight: float
    information: float
    single: bool


def _found(segment: Segment, wanted: list[_Wanted], far: bool, abjad: bool) -> list[tuple[Array, Array]]:
    """(listed words like it, share of a word that each is worth) of every word; all new ones are looked up at once."""
    if len(segment.lookups) >= _LOOKUPS:
        segment.lookups.clear()
    names = [f"{one.spelling}|{far:d}{abjad:d}{one.single:d}" for one in wanted]
    fresh = {key: one for key, one in zip(names, wanted, strict=True) if key not in segment.lookups}
    if fresh:
        for key, one, numbers in zip(fresh, fresh.values(), _with_keys(segment, list(fresh.values())), strict=True):
            segment.lookups[key] = _like(segment, one, numbers, far, abjad) if len(numbers) else _NOTHING
    return [segment.lookups[key] for key in names]


def _with_keys(segment: Segment, wanted: list[_Wanted]) -> list[Array]:
    """For each word the numbers of listed words that share a key with it and are about as long."""
    arrays = segment.arrays
    hashes = arrays["key_hash"]
    if not len(hashes):
        return [_NONE] * len(wanted)
    keys = np.array([key for one in wanted for key in one.keys], dtype=np.uint32)
    owners = np.repeat(np.arange(len(wanted)), [len(one.keys) for one in wanted])
    at = np.minimum(np.searchsorted(hashes, keys), len(hashes) - 1)
    hit = hashes[at] == keys
    at, owners = at[hit], owners[hit]
    starts = arrays["key_at"][at]
    sizes = arrays["key_at"][at + 1] - starts
    total = int(sizes.sum())
    if not total:
        return [_NONE] * len(wanted)
    words = _gather(arrays["key_words"], starts, sizes, total).astype(np.int64)
    owners = np.repeat(owners, sizes)
    lengths = arrays["word_at"][words + 1] - arrays["word_at"][words]
    own = np.array([len(one.spelling) for one in wanted])[owners]
    fit = np.minimum(lengths, own) >= LEAST_LENGTH * np.maximum(lengths, own)
    pairs = np.unique(owners[fit] << _OWNER_BITS | words[fit])
    cuts = np.searchsorted(pairs, np.arange(1, len(wanted)) << _OWNER_BITS)
    return np.split(pairs & _WORD_MASK, cuts)


def _like(segment: Segment, one: _Wanted, numbers: Array, far: bool, abjad: bool) -> tuple[Array, Array]:
    """Those of the numbered words that are alike enough, the most alike first."""
    others = [segment.spelling(number) for number in numbers.tolist()]
    sims = _alike(one.spelling, others, far, abjad)
    if one.meaning != one.spelling:
        sims = np.where([other == one.meaning for other in others], 1.0, sims)
    order = np.argsort(-sims, kind="stable")[:WORDS_PER_LOOKUP]
    order = order[sims[order] >= LEAST_WORD]
    return numbers[order], 1.0 - UNLIKE * (1.0 - sims[order])


def _alike(word: str, others: list[str], far: bool, abjad: bool) -> Array:
    """Similarity of a word to many: the batch form of align.similarity, a little generous."""
    spelt = cdist([word], others, scorer=OSA.normalized_similarity, dtype=np.float32)[0]
    heard = cdist([sound(word)], [sound(other) for other in others], scorer=OSA.normalized_similarity, dtype=np.float32)[0]
    best: Array = np.maximum(spelt, 0.97 * heard)
    if far:
        skeleton = consonants if abjad else softened
        mine = skeleton(word)
        same = np.array([skeleton(other) == mine for other in others])
        best = np.maximum(best, np.where(same & (spelt >= LIKE_ENOUGH), 0.75 + 0.2 * spelt, 0.0))
    return best
