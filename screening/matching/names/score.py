"""How alike two names are: their words aligned, what keeps them apart weighed into points, slips of the pen forgiven."""

from __future__ import annotations

from dataclasses import dataclass

from screening.matching.text.tokens import Kind

from .align import Alignment, Pair, align
from .parse import Name
from .penalties import legal_conflict, penalties
from .slips import slip
from .weights import COST, EQUAL, Features, points

SLIP_ENOUGH = 90.0
"""Names that score so high need no second look."""


@dataclass(frozen=True, slots=True)
class NameScore:
    """Points 0-95 and what they were made from: penalties by feature (0 = none) and the alignment."""

    points: float
    penalties: Features[float]
    alignment: Alignment


def compare_names(query: Name, listed: Name) -> NameScore:
    """Compare two names on their cores.

    Each word counts by its rarity and class. Points are lost for words left over (more on the query's side), for
    rare words left over on both sides (a contradiction costs more than an omission), for spelling that differs, for
    initials and acronyms, for numbers that differ, for other legal forms, and when little that is rare agrees.
    """
    alignment = align(query, listed)
    score = _scored(penalties(query, listed, alignment), alignment)
    if score.points >= SLIP_ENOUGH:
        return score
    slipped = _slipped(query, listed, alignment)
    return slipped if slipped is not None and slipped.points > score.points else score


def _slipped(query: Name, listed: Name, alignment: Alignment) -> NameScore | None:
    """The score of two names that are one but for a slip of the pen."""
    slipped = slip(query, listed, alignment)
    if slipped is None:
        return None
    values = EQUAL._replace(spelling=slipped.lost / COST.spelling, legal=legal_conflict(query, listed))
    pair = Pair(tuple(range(len(query.tokens))), tuple(range(len(listed.tokens))), slipped.similarity, "slip")
    return _scored(values, Alignment((pair,), (), ()))


def _scored(values: Features[float], alignment: Alignment) -> NameScore:
    return NameScore(max(0.0, points(values)), values, alignment)


def says_more(query: Name, score: NameScore) -> bool:
    """Whether the query has a word, particles and titles apart, that nothing of the listed name answers to."""
    kinds = (query.tokens[position].kind for position in score.alignment.query_left)
    return any(kind in (Kind.WORD, Kind.DIGITS, Kind.PLACE, Kind.GENERIC) for kind in kinds)
