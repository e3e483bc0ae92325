"""Which listed words a query word may be: found by shared keys, kept when spelling or sound is alike.

All words of a query are looked up together; what a word found is kept, so that a batch asks for each word once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from screening.matching.index.keys import joined_keys, letter_counts, run_key, word_keys
from screening.matching.index.segment import SPELT, Array, Segment, bounded
from screening.matching.names.parse import ABJAD, Name
from screening.matching.text.phonetics import consonants, softened, sound
from screening.matching.text.similarity import LIKE_ENOUGH, LOOSE_SCRIPTS, SURNAME, SURNAME_GROUP
from screening.matching.text.tokens import Kind, Token, token
from screening.matching.text.typos import without_small_word

UNLIKE = 1.5
"""A word that is merely alike shares so much less: the scorer, too, takes more than the difference."""
MIN_LENGTH = 0.55
"""Words much shorter or longer are not alike."""
MIN_WORD = 0.62
"""Words less alike are not followed."""
MIN_WITH_SMALL, LONGEST_SMALL = 0.55, 4
"""Words less alike, or farther apart in letters, are not one word with a small word run onto it."""
MAX_EDITS, SPARED = 2.0 * (1.0 - MIN_WORD), 2.0
"""Counts of letters that may differ: two an edit, and some more for spellings of one sound."""
WORDS_PER_LOOKUP = 48
"""Most listed words taken for one query word, the most alike first."""
MAX_PIECES = 4
"""Up to so many words, three neighbors are run together, too; in longer names two."""
MAX_RUNS = 300
"""Most names taken in which a word stands as several."""
LONGEST_JOINED = {2: 26, 3: 16}
"""Letters of two and of three query words that are still tried as one word."""
SHORTEST_RUN = 4
"""Letters a word needs to be looked for as several listed words run together."""
_LOOKUPS = 10_000
"""Lookups kept in a process, about 4 MB; a full cache is emptied."""
_LIGHT = (Kind.INITIAL, Kind.PARTICLE, Kind.TITLE)
_NONE: Array = np.empty(0, dtype=np.int64)
_BITS, _MASK = 40, (1 << 40) - 1
"""A word number and the query word it was found for, packed into one integer so that both sort together."""


@dataclass(slots=True, eq=False)
class WordMatches:
    """What one query word, or neighbors run together, found.

    `words`: numbers of listed meanings, in order, with what share of a word each is worth (0-1); `names`: names in which
    the word stands as several words run together; `positions` in the query; `carried`: names that carry the words.
    """

    positions: tuple[int, ...]
    weight: float
    information: float
    words: Array
    worth: Array
    names: Array
    carried: int


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A word to look up: as written, what it means, and its positions in the query."""

    spelling: str
    meaning: str
    positions: tuple[int, ...]

    def keys(self) -> tuple[int, ...]:
        if len(self.positions) == 1:
            return word_keys(self.spelling)
        # Run together, two pieces may also be a general word: "Techno logies".
        return joined_keys(self.spelling) + word_keys(self.meaning)[:1]


_Lookup = tuple[Array, Array, Array, int]


def look_up(segment: Segment, name: Name) -> list[WordMatches]:
    """What each word of the query and its neighbors run together found; those that found nothing left out."""
    loose, abjad = name.script in LOOSE_SCRIPTS, name.script in ABJAD
    wanted = list(_wanted(name.tokens))
    rows = []
    for word, (words, worth, names, carried) in zip(wanted, _lookups(segment, wanted, loose, abjad), strict=True):
        if len(words) or len(names):
            weight = sum(name.tokens[position].weight for position in word.positions)
            information = sum(name.tokens[position].information for position in word.positions)
            rows.append(WordMatches(word.positions, weight, information, words, worth, names, carried))
    return rows


def prepare(segment: Segment, names: Iterable[Name]) -> None:
    """Look up the words of many queries at once, which costs less than one query after the other."""
    kinds: dict[tuple[bool, bool], list[_Wanted]] = {}
    for name in names:
        kinds.setdefault((name.script in LOOSE_SCRIPTS, name.script in ABJAD), []).extend(_wanted(name.tokens))
    for (loose, abjad), wanted in kinds.items():
        _lookups(segment, wanted, loose, abjad)


def _wanted(tokens: Sequence[Token]) -> Iterator[_Wanted]:
    for index, piece in enumerate(tokens):
        if piece.kind not in _LIGHT or len(tokens) == 1:
            yield _Wanted(piece.text, piece.text, (index,))
    most = 3 if len(tokens) <= MAX_PIECES else 2
    for start in range(len(tokens) - 1):
        for end in range(start + 2, min(start + most, len(tokens)) + 1):
            pieces = tokens[start:end]
            if any(piece.kind is Kind.DIGITS for piece in pieces):
                break
            both = "".join(piece.raw for piece in pieces)
            if len(both) > LONGEST_JOINED[len(pieces)]:
                break
            yield _Wanted(both, token(both).text if end == start + 2 else both, tuple(range(start, end)))


def _lookups(segment: Segment, wanted: list[_Wanted], loose: bool, abjad: bool) -> list[_Lookup]:
    """What every word found, the new ones looked up at once."""
    keys = [f"{word.spelling}|{loose:d}{abjad:d}{len(word.positions)}" for word in wanted]
    lookups = segment.lookups
    known = {key: lookups[key] for key in keys if key in lookups}
    unknown = {key: word for key, word in zip(keys, wanted, strict=True) if key not in known}
    if unknown:
        fresh = list(unknown.values())
        owners, numbers = _with_keys(segment, fresh, loose)
        words, worth, cuts = _alike(segment, fresh, owners, numbers, loose, abjad)
        post_at = segment.arrays["post_at"]
        carried = np.append(0, (post_at.take(words + 1) - post_at.take(words)).cumsum(dtype=np.int64)).tolist()
        runs = _as_runs(segment, fresh)
        for key, runs_of_word, start, end in zip(unknown, runs, cuts[:-1], cuts[1:], strict=True):
            known[key] = (words[start:end], worth[start:end], runs_of_word, carried[end] - carried[start])
            bounded(segment.lookups, key, known[key], _LOOKUPS)
    return [known[key] for key in keys]


def gather(source: Array, starts: Array, sizes: Array) -> Array:
    """source[start:start+size] of every row, end to end."""
    places = (starts - sizes.cumsum() + sizes).repeat(sizes)
    places += np.arange(len(places))
    gathered: Array = source.take(places)
    return gathered


def _with_keys(segment: Segment, wanted: list[_Wanted], loose: bool) -> tuple[Array, Array]:
    """(places in `wanted`, numbers of listed words that share a key with them and are about as long), in order."""
    arrays = segment.arrays
    hashes = arrays["key_hash"]
    keys_of = [word.keys() for word in wanted]
    keys = np.array([key for keys_of_word in keys_of for key in keys_of_word], dtype=np.uint32)
    owners = np.arange(len(wanted)).repeat([len(keys_of_word) for keys_of_word in keys_of])
    starts = hashes.searchsorted(keys)
    sizes = hashes.searchsorted(keys, side="right") - starts
    pairs = owners.repeat(sizes) << _BITS | gather(arrays["key_words"], starts, sizes)
    pairs.sort()
    pairs = pairs[distinct(pairs)]
    owners, words = pairs >> _BITS, pairs & _MASK
    lengths = arrays["word_length"].take(words)
    own = np.array([min(len(word.spelling), 255) for word in wanted], dtype=np.uint8).take(owners)
    longer = np.maximum(lengths, own)
    fit = (np.minimum(lengths, own) >= MIN_LENGTH * longer) | loose
    if not loose:
        letters = np.array([letter_counts(word.spelling) for word in wanted], dtype=np.uint64).take(owners)
        fit &= np.bitwise_count(arrays["word_letters"].take(words) ^ letters) <= SPARED + MAX_EDITS * longer
    return owners[fit], words[fit]


def distinct(ordered: Array) -> Array:
    """True where a value is another one than the value before it."""
    first = np.empty(len(ordered), dtype=bool)
    first[:1] = True
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return first


def _alike(
    segment: Segment, wanted: list[_Wanted], owners: Array, numbers: Array, loose: bool, abjad: bool
) -> tuple[Array, Array, list[int]]:
    """(meanings, their worth, where those of each place in `wanted` begin): what is alike enough, in order."""
    arrays = segment.arrays
    if not len(owners):
        return _NONE, np.empty(0), [0] * (len(wanted) + 1)
    indexes = owners.tolist()
    others = arrays["word_start"].take(numbers).tolist()
    spellings = [word.spelling for word in wanted]
    sims = likeness([spellings[index] for index in indexes], others, arrays["word_sound"].take(numbers).tolist(), loose, abjad)
    for index, word in enumerate(wanted):
        if word.meaning != word.spelling:
            meaning = word.meaning.encode()
            sims[[place for place in np.flatnonzero(owners == index).tolist() if others[place] == meaning]] = 1.0
    keep = (sims >= MIN_WORD).nonzero()[0]
    packed, sims = owners[keep] << _BITS | arrays["word_meaning"].take(numbers[keep]), sims[keep]
    order = np.lexsort((-sims, packed))
    packed, sims = packed[order], sims[order]
    first = distinct(packed)
    packed, sims = packed[first], sims[first]
    edges = np.arange(len(wanted) + 1) << _BITS
    cuts = packed.searchsorted(edges)
    if len(packed) > WORDS_PER_LOOKUP and int(np.diff(cuts).max()) > WORDS_PER_LOOKUP:
        most = np.concatenate([start + _largest(sims[start:end]) for start, end in pairwise(cuts.tolist())])
        packed, sims = packed[most], sims[most]
        cuts = packed.searchsorted(edges)
    return packed & _MASK, 1.0 - UNLIKE * (1.0 - sims), cuts.tolist()


def _largest(values: Array) -> Array:
    places: Array = np.sort(np.argsort(-values, kind="stable")[:WORDS_PER_LOOKUP])
    return places


def likeness(words: Sequence[str], others: list[bytes], sounds: list[bytes], loose: bool, abjad: bool) -> Array:
    """Similarity of pairs of words, 0-1: the batch form of similarity.similarity, a little generous.

    `sounds` are those of `others`. `loose`: the query's letters leave the spelling open; `abjad`: they write no vowels.
    """
    known = {word: (word[:SPELT].encode(), sound(word)[:SPELT].encode()) for word in set(words)}
    score = OSA.normalized_similarity
    spelt: Array = cpdist([known[word][0] for word in words], others, scorer=score, dtype=np.float32)
    sims: Array = np.maximum(spelt, 0.97 * cpdist([known[word][1] for word in words], sounds, scorer=score, dtype=np.float32))
    for index in ((spelt >= MIN_WITH_SMALL) & (sims < 1.0)).nonzero()[0].tolist():
        longer = len(words[index]) - len(others[index])
        if 2 <= abs(longer) <= LONGEST_SMALL:
            pair = words[index], others[index].decode()
            if without_small_word(*pair) if longer > 0 else without_small_word(*reversed(pair)):
                sims[index] = 1.0
    if loose:
        skeleton = consonants if abjad else softened
        for index, other in enumerate(others):
            word, listed = words[index], other.decode()
            if (spelt[index] >= LIKE_ENOUGH and skeleton(word) == skeleton(listed)) or (
                not abjad and word in SURNAME_GROUP and SURNAME_GROUP[word] == SURNAME_GROUP.get(listed)
            ):
                sims[index] = max(sims[index], SURNAME)
    return sims


def _as_runs(segment: Segment, wanted: list[_Wanted]) -> list[Array]:
    """For each word the names in which it stands as two or three words."""
    hashes = segment.arrays["run_hash"]
    names = [_NONE] * len(wanted)
    single = [index for index, word in enumerate(wanted) if len(word.positions) == 1 and len(word.spelling) >= SHORTEST_RUN]
    keys = np.array([run_key(wanted[index].spelling) for index in single], dtype=np.uint32)
    starts, ends = hashes.searchsorted(keys), hashes.searchsorted(keys, side="right")
    for index, start, end in zip(single, starts.tolist(), ends.tolist(), strict=True):
        if end > start:
            names[index] = segment.arrays["run_names"][start : min(end, start + MAX_RUNS)]
    return names
