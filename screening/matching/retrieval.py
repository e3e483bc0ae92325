"""Which listed names are worth comparing: words looked up by their keys, names ranked by what they share.

Every query word (and every two neighbors run together) is looked up exactly, with a letter out and by consonants;
the names that carry a word found collect its weight. The estimate leaves out contradiction and spelling details, so
it ranks and never decides.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from .align import LIKE_ENOUGH, LOOSE_SCRIPTS
from .calibration import ENOUGH, most_points, most_points_of
from .keys import exact_key, joined_keys, word_keys
from .names import ABJAD, Name
from .phonetics import consonants, softened, sound
from .segment import Array, Segment
from .spelling import slip_of_small_word
from .tokens import Kind, Token, token

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
_NONE: Array = np.empty(0, dtype=np.int32)


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
        keep = _few_of_each(keep, segment.arrays["name_entry"][numbers[keep]])[:MOST]
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
    far = name.script in LOOSE_SCRIPTS
    abjad = name.script in ABJAD
    rows: list[_Row] = []
    for one in name.tokens:
        if one.kind in _LIGHT and len(name.tokens) > 1:
            continue
        words, sims = look_up(segment, one, far, abjad, run_together=False)
        if len(words):
            rows.append(_Row(one.weight, one.information, words, sims, True))
    for left, right in zip(name.tokens, name.tokens[1:], strict=False):
        if Kind.DIGITS not in (left.kind, right.kind):
            words, sims = look_up(segment, token(left.raw + right.raw), far, abjad, run_together=True)
            if len(words):
                rows.append(_Row(left.weight + right.weight, left.information + right.information, words, sims, False))
    return rows


def look_up(segment: Segment, word: Token, far: bool, abjad: bool, *, run_together: bool) -> tuple[Array, Array]:
    """(listed words like this one, similarity of each)."""
    spelling = word.raw if run_together else word.text
    cache_key = f"{spelling}|{far:d}{abjad:d}{run_together:d}"
    cached = segment.lookups.get(cache_key)
    if cached is not None:
        return cached
    keys = np.array(joined_keys(spelling) if run_together else word_keys(spelling), dtype=np.uint32)
    hashes = segment.arrays["key_hash"]
    at = np.minimum(np.searchsorted(hashes, keys), max(len(hashes) - 1, 0))
    at = at[hashes[at] == keys] if len(hashes) else at[:0]
    starts, ends = segment.arrays["key_at"][at], segment.arrays["key_at"][at + 1]
    words = [segment.arrays["key_words"][int(start) : int(end)] for start, end in zip(starts, ends, strict=True)]
    found = (_NONE, np.empty(0))
    if words:
        numbers = np.unique(np.concatenate(words))
        at = segment.arrays["word_at"]
        sizes = at[numbers + 1] - at[numbers]
        own = len(spelling)
        numbers = numbers[np.minimum(sizes, own) >= LEAST_LENGTH * np.maximum(sizes, own)]
        sims = _alike(spelling, [segment.spelling(number) for number in numbers.tolist()], far, abjad)
        order = np.argsort(-sims, kind="stable")[:WORDS_PER_LOOKUP]
        order = order[sims[order] >= LEAST_WORD]
        found = (numbers[order], 1.0 - UNLIKE * (1.0 - sims[order]))
    if len(segment.lookups) >= _LOOKUPS:
        segment.lookups.clear()
    segment.lookups[cache_key] = found
    return found


def _alike(word: str, others: list[str], far: bool, abjad: bool) -> Array:
    """Similarity of a word to many: the batch form of align.similarity, a little generous."""
    if not others:
        return np.empty(0)
    spelt = cdist([word], others, scorer=OSA.normalized_similarity, dtype=np.float32)[0]
    heard = cdist([sound(word)], [sound(other) for other in others], scorer=OSA.normalized_similarity, dtype=np.float32)[0]
    best: Array = np.maximum(spelt, 0.97 * heard)
    if far:
        skeleton = consonants if abjad else softened
        mine = skeleton(word)
        same = np.array([skeleton(other) == mine for other in others])
        best = np.maximum(best, np.where(same & (spelt >= LIKE_ENOUGH), 0.75 + 0.2 * spelt, 0.0))
    return best
