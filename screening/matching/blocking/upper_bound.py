"""Two estimates of the points a listed name can reach at best: a rough one from what it shares with the query in all, and a
finer one from every word of it, for many names at once.

They follow names.score on what can be told without aligning: what is left over on either side, how far the spellings are, how
much that is rare agrees. Names that words left over on both sides keep down are looked at again: those words may be far
spellings of each other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from screening.matching.index.segment import Array, Segment
from screening.matching.names.parse import Name
from screening.matching.names.weights import ENOUGH_INFORMATION, THINNESS_OF_WHOLE_NAME, Features, Measure, points
from screening.matching.text.tokens import GENERAL, Kind
from screening.matching.text.typos import slip_of_small_word

from .word_coverage import Answers, Listed, first_answers, listed_words, more_answers, only
from .word_lookup import UNLIKE, WordMatches

SPELLING_SHARE = 0.5
"""Of what a likeness is short of 1: doubled, swapped and omitted letters cost less than another letter."""
KNOWN_SHARE = 0.33
"""Of what a worth is short of 1: what a long word says hardly suffers from an edit."""
NOTHING_LEFT = 0.1
"""Share of the listed name's weight under which an estimate takes it to be all there: particles and initials."""
_IS_GENERAL = np.array([kind in GENERAL for kind in Kind])


@dataclass(frozen=True, slots=True, eq=False)
class _Query:
    """Columns over the words of the query: weight, information, general or not, and what needs no answer."""

    weight: Array
    information: Array
    general: Array
    forgiven: Array
    initials: int
    total: float


def most_points_of(query_left: float, information: float) -> float:
    """most_points of one comparison in which nothing of the listed name is left over."""
    thin = THINNESS_OF_WHOLE_NAME * max(0.0, 1.0 - information / ENOUGH_INFORMATION)
    return points(_rough(query_left, 0.0, thin))


def most_points(query_left: Array, listed_left: Array, information: Array) -> Array:
    """Points comparisons can reach at best, from what is left over (shares 0-1) and the information shared."""
    return points(_rough(query_left, listed_left, _thin(information, listed_left)))


def _rough(query_left: Measure, listed_left: Measure, thin: Measure) -> Features[Measure]:
    """Every word left over is taken for a general one, and all that agrees for the same."""
    return Features(
        query_left=0.0,
        query_left_more=0.0,
        query_left_general=query_left,
        listed_left=0.0,
        listed_left_more=0.0,
        listed_left_general=listed_left,
        contradiction=0.0,
        spelling=0.0,
        far_spelling=0.0,
        indirect=0.0,
        digits=0.0,
        legal=0.0,
        thin=thin,
        thin_left=thin * (1.0 - (1.0 - query_left) * (1.0 - listed_left)),
        nothing_rare=0.0,
        general_conflict=0.0,
    )


def _thin(information: Array, listed_left: Array) -> Array:
    thin = np.maximum(0.0, 1.0 - information / ENOUGH_INFORMATION)
    thinner: Array = np.where(listed_left < NOTHING_LEFT, thin * THINNESS_OF_WHOLE_NAME, thin)
    return thinner


def bound(segment: Segment, name: Name, numbers: Array, rows: list[WordMatches], floor: float) -> Array:
    """Points (0-95) each of the numbered names can reach at most; exact only about which are under `floor`."""
    query = _query(name)
    listed = listed_words(segment, numbers)
    answers = first_answers(segment, name, listed, rows)
    most = points(_features(query, listed, answers))
    low = np.flatnonzero(most < floor)
    if len(low):
        listed, answers = only(listed, answers, low)
        gained = np.flatnonzero(more_answers(segment, name, listed, answers))
        if len(gained):
            most[low[gained]] = points(_features(query, *only(listed, answers, gained)))
    return most


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


def _features(query: _Query, listed: Listed, answers: Answers) -> Features[Array]:
    """What keeps the names apart at least, if the words answer each other so; what only an alignment tells is 0."""
    open_l = np.where(answers.listed > 0.0, 0.0, listed.weight)
    general = _IS_GENERAL[listed.kind]
    known = listed.information * np.where(answers.listed > 0.0, 1.0 - KNOWN_SHARE * (1.0 - answers.listed), 0.0)
    columns = np.stack((listed.weight, np.where(general, 0.0, open_l), np.where(general, open_l, 0.0), known))
    total, own_l, general_l, known_l = np.add.reduceat(columns, listed.begins, axis=1)
    total = np.maximum(total, 1e-6)
    own_l, general_l = own_l / total, general_l / total
    answered = answers.query > 0.0
    open_q = np.where(answered | query.forgiven, 0.0, query.weight)
    general_q = np.where(query.general, open_q, 0.0).sum(axis=0) / query.total
    own_q = open_q.sum(axis=0) / query.total - general_q
    if query.initials:
        named = np.maximum.reduceat(open_l, listed.begins) / total * query.initials
        own_l, general_l = np.maximum(own_l - named, 0.0), np.maximum(general_l - named, 0.0)
    letters = listed.kind == Kind.INITIAL
    if letters.any():
        own_q = np.maximum(own_q - open_q.max(axis=0) / query.total * np.add.reduceat(letters, listed.begins), 0.0)
    matched = np.where(answered, query.weight, 0.0)
    away = 1.0 - answers.query
    spelling = (matched * away).sum(axis=0) * (SPELLING_SHARE / UNLIKE) / np.maximum(matched.sum(axis=0), 1e-6)
    known_q = (np.where(answered, 1.0 - KNOWN_SHARE * away, 0.0) * query.information).sum(axis=0)
    left_l = own_l + general_l
    thin = _thin(0.5 * (known_q + known_l), left_l)
    return Features(
        query_left=own_q,
        query_left_more=0.0,  # a point at most
        query_left_general=general_q,
        listed_left=own_l,
        listed_left_more=own_l * own_l,
        listed_left_general=general_l,
        contradiction=0.0,
        spelling=spelling,
        far_spelling=0.0,
        indirect=0.0,
        digits=0.0,
        legal=0.0,
        thin=thin,
        thin_left=thin * (1.0 - (1.0 - own_q - general_q) * (1.0 - left_l)),
        nothing_rare=0.0,
        general_conflict=0.0,
    )
