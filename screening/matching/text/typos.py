"""Slips in general words put right: "Limtied Liability", "Corproation", "Technolgy".

Only words that no counted name holds are touched, only toward words of legal forms and general vocabulary, and only
by one edit: a rare word is what tells parties apart and is never "corrected" into another rare word.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz.distance import OSA

from screening.matching.lexicon.word_classes import CANONICAL, GENERIC, INSTITUTION, LEGAL_WORDS

from .frequencies import seen

SHORTEST = 7
"""General words under seven letters are left as they are: too many rare words are one letter away. Places are never
put right: Kazax is a company and no slip of Kazan."""
SHORTEST_LEGAL = 5


def _without_one(word: str) -> Iterator[str]:
    yield word
    for index in range(len(word)):
        yield word[:index] + word[index + 1 :]


def _slips() -> dict[str, list[str]]:
    table: dict[str, list[str]] = {}
    words = {word for word in LEGAL_WORDS if len(word) >= SHORTEST_LEGAL}
    words |= {word for word in GENERIC | INSTITUTION | set(CANONICAL) | set(CANONICAL.values()) if len(word) >= SHORTEST}
    for word in sorted(words):
        for key in _without_one(word):
            table.setdefault(key, []).append(word)
    return table


_SLIPS = _slips()
_SMALL = frozenset(
    "ltd llc inc co corp open gmbh ooo oao zao pao jsc pjsc ojsc cjsc ao sa srl sarl fze fzco sal bv pte pvt pty doo eood "
    "and the for of with".split()
)


@lru_cache(maxsize=8_192)
def corrected(word: str) -> str:
    """The general word this one is a slip of, or the word itself."""
    if len(word) < SHORTEST_LEGAL - 1 or (word in _SLIPS and word in _SLIPS[word]) or seen(word) or not word.isalpha():
        return word
    near = {known for key in _without_one(word) for known in _SLIPS.get(key, ()) if OSA.distance(word, known) == 1}
    meanings = {CANONICAL.get(known, known) for known in near}
    return min(near) if len(meanings) == 1 else word


@lru_cache(maxsize=8_192)
def slip_of_small_word(word: str) -> bool:
    """Whether a word no name holds is one edit from a short legal form or a linking word: "lgd", "ooto", "amd" for and."""
    return 2 <= len(word) <= 5 and not seen(word) and any(OSA.distance(word, small, score_cutoff=1) <= 1 for small in _SMALL)


_SHORT_FORMS = {
    "llc": ("llc", "ooo", "gmbh", "srl", "sarl"),
    "ltd": ("ltd", "plc", "pte"),
    "jsc": ("jsc", "ojsc", "pjsc", "cjsc", "oao", "zao", "pao"),
    "inc": ("inc", "corp"),
    "fz": ("fze", "fzco", "dmcc"),
}
"""The forms that are written most, by class (legal_forms)."""


@lru_cache(maxsize=16_384)
def slip_of_form(word: str, kind: str) -> bool:
    """Whether a short word is one edit from a legal form of this class: "JC" where JSC is missing, "DCMC" for DMCC."""
    if not 2 <= len(word) <= 5:
        return False
    return any(OSA.distance(word, form, score_cutoff=1) <= 1 for form in _SHORT_FORMS.get(kind, ()))


def without_small_word(longer: str, word: str) -> bool:
    """Whether `longer` is the word with a linking word or a legal form run onto either end of it."""
    if len(word) < SHORTEST_LEGAL or not 2 <= len(longer) - len(word) <= 4:
        return False
    if longer.startswith(word):
        return longer[len(word) :] in _SMALL
    return longer.endswith(word) and longer[: -len(word)] in _SMALL


def small_words_off(longer: str) -> Iterator[str]:
    """What is left of a word when a linking word or legal form is taken off one of its ends (see without_small_word)."""
    for size in range(2, min(4, len(longer) - SHORTEST_LEGAL) + 1):
        if longer[-size:] in _SMALL:
            yield longer[:-size]
        if longer[:size] in _SMALL:
            yield longer[size:]
