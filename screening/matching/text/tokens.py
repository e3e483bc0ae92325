"""Words as the scorer weighs them: what kind of word, how rare, and its coarser spellings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from screening.matching.lexicon.russian_stems import ENGLISH, STEMS
from screening.matching.lexicon.word_classes import CANONICAL, GENERIC, LEGAL_WORDS, ORDINALS, PARTICLES, PLACES, TITLES

from .frequencies import information, rarity


class Kind(IntEnum):
    """What a word says: WORD tells parties apart; the others less and less."""

    WORD = 0
    DIGITS = 1
    PLACE = 2
    GENERIC = 3
    INITIAL = 4
    TITLE = 5
    PARTICLE = 6
    LEGAL = 7


GENERAL = frozenset((Kind.GENERIC, Kind.LEGAL, Kind.TITLE, Kind.PARTICLE, Kind.INITIAL))
"""Words whose absence or presence says little."""
CLASS_WEIGHT = {
    Kind.WORD: 1.0,
    Kind.DIGITS: 1.0,
    Kind.PLACE: 0.55,
    Kind.GENERIC: 0.45,
    Kind.INITIAL: 0.15,
    Kind.TITLE: 0.1,
    Kind.PARTICLE: 0.05,
    Kind.LEGAL: 0.04,
}
"""Times rarity. Case that set generic and place: universities that differ in the one other word must not meet."""
DISTINCT = 0.45
"""A word whose weight reaches this is distinctive: left over on both sides, it contradicts."""

_GENERIC = GENERIC | frozenset(CANONICAL.values()) | ENGLISH
SERVANT = frozenset(("abdul", "abdel", "abdal", "abdur", "abdus", "abdu", "abdol", "abdool", "abdoul", "abdil"))
"""Spellings of abd al-, "servant of": Abdul Rahman, Abd al-Rahman and Abdurrahman are one name."""
SHORTEST_STEM = 5
"""Letters of a stem that may have an ending."""
LONGEST_ENDING = 5
"""Letters of the longest ending taken off: -ykh, -aya, -ogo, -iyami."""
_ORDINAL = re.compile(r"^0*(\d+)(st|nd|rd|th)?$")


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a core.

    `raw` is the folded word as written, `text` its canonical spelling; `information` 0-1.6 is what meeting it says;
    `weight` 0-1 is rarity times class: how much the word counts when names are compared.
    """

    raw: str
    text: str
    kind: Kind
    information: float
    weight: float


def canonical(word: str) -> str:
    """The English word or digits a folded word stands for; itself where there is none."""
    number = _ORDINAL.match(word)
    if number:
        return number.group(1)
    if word in SERVANT:
        return "abd"
    return ORDINALS.get(word) or CANONICAL.get(word) or english_of(word) or word


@lru_cache(maxsize=8_192)
def english_of(word: str) -> str:
    """English word of a Russian organization word in any ending, the longest stem first; "" when the stem is not known."""
    for size in range(len(word), max(SHORTEST_STEM, len(word) - LONGEST_ENDING) - 1, -1):
        if word[:size] in STEMS:
            return STEMS[word[:size]]
    return STEMS.get(word, "")


@lru_cache(maxsize=16_384)
def token(word: str) -> Token:
    """The token of a folded word (cached: names share most of their words)."""
    text = canonical(word)
    kind = _kind(text)
    weight = max(0.01, rarity(text) * CLASS_WEIGHT[kind])
    return Token(word, text, kind, information(text), weight)


def _kind(text: str) -> Kind:
    if text.isdigit():
        return Kind.DIGITS
    if len(text) == 1:
        return Kind.INITIAL
    if text in LEGAL_WORDS:
        return Kind.LEGAL
    if text in TITLES:
        return Kind.TITLE
    if text in PARTICLES:
        return Kind.PARTICLE
    if text in PLACES:
        return Kind.PLACE
    return Kind.GENERIC if text in _GENERIC else Kind.WORD
