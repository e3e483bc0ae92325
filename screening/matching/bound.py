"""The finer estimate: points a listed name can reach at best, from every word of it, for many names at once.

It follows namescore on what can be told without aligning: what is left over on either side, how far the spellings are, how
much that is rare agrees. Where the scorer may forgive (initials, letters doubled or swapped), the estimate forgives more.
Names that words left over on both sides keep down are looked at again: those words may be far spellings of each other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .align import LEAST, shortens
from .calibration import ALL_THERE, CEILING, COST, ENOUGH
from .lookup import UNLIKE, Row, gather, likeness
from .names import ABJAD, Name
from .namescore import FEATURES, GENERAL
from .segment import Array, Segment
from .similarity import LOOSE_SCRIPTS
from .spelling import slip_of_small_word
from .tokens import Kind, token

SPELLING_SHARE = 0.5
"""Of what a likeness is short of 1: doubled, swapped and omitted letters cost less than another letter."""
KNOWN_SHARE = 0.33
"""Of what a worth is short of 1: what a long word says hardly suffers from an edit."""
HOPED = 0.8
"""Likeness that two words left over are given the benefit of, before they are compared."""
SHORTENED, LONGEST_SHORT = 0.85, 6
"""Worth of a general word cut short, and the letters it may then have (see align)."""
LIGHT = (Kind.PARTICLE, Kind.TITLE, Kind.INITIAL)
"""Words of the query that are not looked up: the estimate takes them to be answered."""
_BITS = 32
_IS_GENERAL = np.array([kind in GENERAL for kind in Kind])
_COST = dict(zip(FEATURES, COST, strict=True))


@dataclass(frozen=True, slots=True, eq=False)
class _Query:
    """Columns over the words of the query: weight, information, general or not, and what needs no answer."""

    weight: Array
    information: Array
    general: Array
    forgiven: Array
    initials: int
    whole: float


@dataclass(frozen=True, slots=True, eq=False)
class _Listed:
    """Words of many names end to end: meanings, weights, kinds, and where each name begins."""

    words: Array
    weight: Array
    kind: Array
    begins: Array


def bound(segment: Segment, name: Name, numbers: Array, rows: list[Row], floor: float) -> Array:
    """Points (0-95) each of the numbered names can reach at most; exact only about which are under `floor`."""
    query = _query(name)
    rows = [row for row in rows if len(row.words)]
    listed = _listed(segment, numbers)
    worth = _worth(rows, listed.words)
    answered = _answered(name, rows, worth, listed.begins)
    points, hopeful = _points(query, listed, answered, worth.max(axis=0))
    doubtful = np.flatnonzero((points < floor) & (hopeful >= floor))
    if len(doubtful):
        listed = _listed(segment, numbers[doubtful])
        worth = _worth(rows, listed.words)
        answered, theirs = _answered(name, rows, worth, listed.begins), worth.max(axis=0)
        far = _far_spellings(segment, name, listed, answered, theirs)
        answered = np.maximum(answered, np.maximum.reduceat(far, listed.begins, axis=1))
        points[doubtful] = _points(query, listed, answered, np.maximum(theirs, far.max(axis=0)))[0]
    return points


def _query(name: Name) -> _Query:
    tokens = name.tokens
    return _Query(
        np.array([token.weight for token in tokens]),
        np.array([token.information for token in tokens]),
        np.array([token.kind in GENERAL for token in tokens]),
        np.array([token.kind is Kind.WORD and slip_of_small_word(token.raw) for token in tokens]),
        sum(token.kind is Kind.INITIAL for token in tokens),
        max(name.weight, 1e-6),
    )


def _listed(segment: Segment, numbers: Array) -> _Listed:
    arrays = segment.arrays
    starts = arrays["name_at"][numbers].astype(np.int64)
    sizes = arrays["name_at"][numbers + 1] - starts
    words = arrays["word_meaning"][gather(arrays["name_tokens"], starts, sizes)].astype(np.int64)
    return _Listed(words, arrays["word_weight"][words], arrays["word_kind"][words], np.cumsum(sizes) - sizes)


def _worth(rows: list[Row], words: Array) -> Array:
    """For every row and every listed word what share of a word they have in common."""
    keys = np.concatenate([row.words + (at << _BITS) for at, row in enumerate(rows)])
    values = np.concatenate([row.worth for row in rows])
    asked = words + (np.arange(len(rows)) << _BITS)[:, None]
    found = np.minimum(np.searchsorted(keys, asked), len(keys) - 1)
    worth: Array = np.where(keys[found] == asked, values[found], 0.0)
    return worth


def _answered(name: Name, rows: list[Row], worth: Array, begins: Array) -> Array:
    """For every query word and every name how well the word is answered."""
    answered = np.zeros((len(name.tokens), len(begins)))
    answered[[at for at, one in enumerate(name.tokens) if one.kind in LIGHT]] = 1.0
    for row, values in zip(rows, np.maximum.reduceat(worth, begins, axis=1), strict=True):
        for at in row.at:
            np.maximum(answered[at], values, out=answered[at])
    return answered


def _points(query: _Query, listed: _Listed, answered: Array, theirs: Array) -> tuple[Array, Array]:
    """(points at most, the same if words left over on both sides were far spellings of each other)."""
    left = np.where(theirs > 0.0, 0.0, listed.weight)
    general = _IS_GENERAL[listed.kind]
    columns = np.stack((listed.weight, np.where(general, 0.0, left), np.where(general, left, 0.0)))
    sums = np.add.reduceat(columns, listed.begins, axis=1)
    whole = np.maximum(sums[0], 1e-6)
    own_l, general_l = sums[1] / whole, sums[2] / whole
    mine = query.weight[:, None]
    gone = np.where((answered > 0.0) | query.forgiven[:, None], 0.0, mine)
    own_q, general_q = gone[~query.general].sum(axis=0) / query.whole, gone[query.general].sum(axis=0) / query.whole
    if query.initials:
        named = np.maximum.reduceat(left, listed.begins) / whole * query.initials
        own_l, general_l = np.maximum(own_l - named, 0.0), np.maximum(general_l - named, 0.0)
    letters = np.add.reduceat(listed.kind == Kind.INITIAL, listed.begins)
    if letters.any():
        own_q = np.maximum(own_q - gone.max(axis=0) / query.whole * letters, 0.0)
    matched = np.where(answered > 0.0, mine, 0.0)
    lost = (matched * (1.0 - answered)).sum(axis=0) * (SPELLING_SHARE / UNLIKE)
    known = (np.where(answered > 0.0, 1.0 - (1.0 - answered) * KNOWN_SHARE, 0.0) * query.information[:, None]).sum(axis=0)
    agreed = np.maximum(matched.sum(axis=0), 1e-6)
    points = _cost(own_q, general_q, own_l, general_l, lost / agreed, known)

    left_q, left_l = (own_q + general_q) * query.whole, (own_l + general_l) * whole
    both = np.minimum(left_q, left_l)
    kept_q, kept_l = 1.0 - both / np.maximum(left_q, 1e-6), 1.0 - both / np.maximum(left_l, 1e-6)
    lost, agreed = lost + (1.0 - HOPED) * both, agreed + both
    hopeful = _cost(own_q * kept_q, general_q * kept_q, own_l * kept_l, general_l * kept_l, lost / agreed, known + 0.5 * both)
    return points, hopeful


def _cost(own_q: Array, general_q: Array, own_l: Array, general_l: Array, spelling: Array, known: Array) -> Array:
    thin = np.maximum(0.0, 1.0 - known / ENOUGH)
    thin = np.where(own_l + general_l < 0.1, thin * ALL_THERE, thin)
    thin = np.where((own_l + general_l + own_q + general_q < 1e-9) & (spelling < 1e-9), 0.0, thin)
    either = 1.0 - (1.0 - own_q - general_q) * (1.0 - own_l - general_l)
    points: Array = (
        CEILING
        - _COST["query_left"] * own_q
        - _COST["query_left_general"] * general_q
        - (_COST["listed_left"] + _COST["listed_left_more"] * own_l) * own_l
        - _COST["listed_left_general"] * general_l
        - _COST["spelling"] * spelling
        - (_COST["thin"] + _COST["thin_left"] * either) * thin
    )
    return points


def _far_spellings(segment: Segment, name: Name, listed: _Listed, answered: Array, theirs: Array) -> Array:
    """For every query word and every listed word what share of a word they have in common, of those that found no answer."""
    far = np.zeros((len(name.tokens), len(listed.words)))
    asking = [at for at in range(len(name.tokens)) if not answered[at].all()]
    spots = np.flatnonzero(theirs == 0.0)
    if not asking or not len(spots):
        return far
    words, where = np.unique(listed.words[spots], return_inverse=True)
    arrays = segment.arrays
    others, sounds = arrays["word_start"][words].tolist(), arrays["word_sound"][words].tolist()
    loose, abjad = name.script in LOOSE_SCRIPTS, name.script in ABJAD
    for at in asking:
        one = name.tokens[at]
        sims = likeness([one.text] * len(others), others, sounds, loose, abjad)
        worth = np.where(sims >= LEAST, 1.0 - UNLIKE * (1.0 - sims), 0.0)
        if len(one.text) <= LONGEST_SHORT or one.kind is Kind.GENERIC:
            cut = [spot for spot, other in enumerate(others) if _cut_short(one.text, other.decode())]
            worth[cut] = np.maximum(worth[cut], SHORTENED)
        far[at, spots] = worth[where]
    return far


def _cut_short(word: str, other: str) -> bool:
    """Whether one is a general word and the other the same cut short."""
    short, full = (word, other) if len(word) < len(other) else (other, word)
    return short[0] == full[0] and shortens(short, full) and token(full).kind is Kind.GENERIC
