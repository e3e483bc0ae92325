"""The finer estimate: points a listed name can reach at best, from every word of it, for many names at once.

It follows namescore on what can be told without aligning: what is left over on either side, how far the spellings are, how
much that is rare agrees. Names that words left over on both sides keep down are looked at again: those words may be far
spellings of each other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from screening.matching.index.segment import Array, Segment
from screening.matching.names.parse import Name
from screening.matching.names.score import FEATURES, GENERAL
from screening.matching.names.weights import CEILING, COST, ENOUGH_INFORMATION, NOTHING_LEFT, THINNESS_OF_WHOLE_NAME
from screening.matching.text.tokens import Kind
from screening.matching.text.typos import slip_of_small_word

from .word_coverage import Answers, Listed, first_answers, listed_words, more_answers, only
from .word_lookup import UNLIKE, WordMatches

SPELLING_SHARE = 0.5
"""Of what a likeness is short of 1: doubled, swapped and omitted letters cost less than another letter."""
KNOWN_SHARE = 0.33
"""Of what a worth is short of 1: what a long word says hardly suffers from an edit."""
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


def bound(segment: Segment, name: Name, numbers: Array, rows: list[WordMatches], floor: float) -> Array:
    """Points (0-95) each of the numbered names can reach at most; exact only about which are under `floor`."""
    query = _query(name)
    listed = listed_words(segment, numbers)
    answers = first_answers(segment, name, listed, rows)
    points = _points(query, listed, answers)
    low = np.flatnonzero(points < floor)
    if len(low):
        listed, answers = only(listed, answers, low)
        gained = np.flatnonzero(more_answers(segment, name, listed, answers))
        if len(gained):
            points[low[gained]] = _points(query, *only(listed, answers, gained))
    return points


def _query(name: Name) -> _Query:
    tokens = name.tokens
    return _Query(
        np.array([token.weight for token in tokens])[:, None],
        np.array([token.information for token in tokens])[:, None],
        np.array([token.kind in GENERAL for token in tokens])[:, None],
        np.array([token.kind is Kind.WORD and slip_of_small_word(token.raw) for token in tokens])[:, None],
        sum(token.kind is Kind.INITIAL for token in tokens),
        max(name.weight, 1e-6),
    )


def _points(query: _Query, listed: Listed, answers: Answers) -> Array:
    """Points at most, if the words answer each other so."""
    open_l = np.where(answers.theirs > 0.0, 0.0, listed.weight)
    general = _IS_GENERAL[listed.kind]
    known = listed.information * np.where(answers.theirs > 0.0, 1.0 - KNOWN_SHARE * (1.0 - answers.theirs), 0.0)
    columns = np.stack((listed.weight, np.where(general, 0.0, open_l), np.where(general, open_l, 0.0), known))
    whole, own_l, general_l, known_l = np.add.reduceat(columns, listed.begins, axis=1)
    whole = np.maximum(whole, 1e-6)
    own_l, general_l = own_l / whole, general_l / whole
    said = answers.mine > 0.0
    open_q = np.where(said | query.forgiven, 0.0, query.weight)
    general_q = np.where(query.general, open_q, 0.0).sum(axis=0) / query.whole
    own_q = open_q.sum(axis=0) / query.whole - general_q
    if query.initials:
        named = np.maximum.reduceat(open_l, listed.begins) / whole * query.initials
        own_l, general_l = np.maximum(own_l - named, 0.0), np.maximum(general_l - named, 0.0)
    letters = listed.kind == Kind.INITIAL
    if letters.any():
        own_q = np.maximum(own_q - open_q.max(axis=0) / query.whole * np.add.reduceat(letters, listed.begins), 0.0)
    matched = np.where(said, query.weight, 0.0)
    away = 1.0 - answers.mine
    spelling = (matched * away).sum(axis=0) * (SPELLING_SHARE / UNLIKE) / np.maximum(matched.sum(axis=0), 1e-6)
    known_q = (np.where(said, 1.0 - KNOWN_SHARE * away, 0.0) * query.information).sum(axis=0)
    left_l = own_l + general_l
    thin = np.maximum(0.0, 1.0 - 0.5 * (known_q + known_l) / ENOUGH_INFORMATION)
    thin = np.where(left_l < NOTHING_LEFT, thin * THINNESS_OF_WHOLE_NAME, thin)
    either = 1.0 - (1.0 - own_q - general_q) * (1.0 - left_l)
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
