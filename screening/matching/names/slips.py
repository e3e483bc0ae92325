"""Two whole names that differ by a slip or two of the pen: a letter anywhere, or a space in the wrong place."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.distance import OSA

from screening.matching.text.phonetics import sound
from screening.matching.text.similarity import BESIDE, beside, slip_cost, written_apart
from screening.matching.text.tokens import GENERAL, Kind

from .align import Alignment
from .parse import Name

SLIP_SHORTEST = 3
"""Letters of own words that two names need."""
SLIP_GENERAL = 3
"""Half the letters of general words that agree count as own letters, up to so many: Koryo Bank."""
SLIP_OTHER, SLIP_FIRST = 7, 8
"""Own letters that two names need when one letter is another one, and when that is the first: Wang Wei is not Wang Wen,
Norvex not Korvex. A neighbor on the keyboard is a slip in any name."""
WORD_ONE, WORD_TWO = 4, 9
"""Letters of a word in which one other letter, or two edits, are a slip and not another word."""
MIN_AGREED_INFORMATION = 0.6
"""Information under which the words that agree say little: a common given name."""
SLIP_TWO, SLIP_THREE = 14, 24
"""Letters from which two and three edits are still a slip."""
SLIP_BASE, SLIP_EDIT = 4.5, 115.0
"""Points lost for any slip, and for its cost in edits as a share of the letters: four letters bear two swapped, six one
left out, and three only a doubled one."""


@dataclass(frozen=True, slots=True)
class Slip:
    """Points that the slip costs, and how alike (0-1) the two names are as wholes."""

    lost: float
    similarity: float


def slip(query: Name, listed: Name, alignment: Alignment) -> Slip | None:
    """The slip between two names; None where they are two names.

    Not between scripts whose letters are readings: there a slip on top of a reading is another name.
    """
    if abs(len(query.flat) - len(listed.flat)) > 2 or _read_not_written(query, listed):
        return None
    letters = _letters(query, listed, alignment)
    if letters < SLIP_SHORTEST:
        return None
    max_edits = 1 + (letters >= SLIP_TWO) + (letters >= SLIP_THREE)
    first, second = query.flat, listed.flat
    edits = OSA.distance(first, second, score_cutoff=max_edits)
    if edits > max_edits and len(query.tokens) > 1:
        first, second = ("".join(sorted(token.raw for token in name.tokens)) for name in (query, listed))
        edits = OSA.distance(first, second, score_cutoff=max_edits)
    if edits > max_edits or _digits(query) != _digits(listed):
        return None
    if (edits > 1 or letters < SLIP_TWO) and _has_other_word(query, listed, alignment):
        return None
    cost = _slip_cost(first, second, letters) if edits == 1 else float(edits)
    if cost is None:
        return None
    return Slip(SLIP_BASE + SLIP_EDIT * cost / letters, 1.0 - edits / letters)


def _letters(query: Name, listed: Name, alignment: Alignment) -> int:
    """Letters in which a slip can be told from another name."""
    if _own_all_same(listed, alignment):
        return min(len(query.flat), len(listed.flat))
    own = min(_own(query), _own(listed))
    return own + min(SLIP_GENERAL, _shared_general(listed, alignment) // 2) if own > 2 else own


def _has_other_word(query: Name, listed: Name, alignment: Alignment) -> bool:
    """Whether a word of one name stands where another word stands in the other."""
    pairs = [(pair.query, pair.listed) for pair in alignment.pairs if pair.how != "same"]
    pairs.append((alignment.query_left, alignment.listed_left))
    same = [query.tokens[pair.query[0]] for pair in alignment.pairs if pair.how == "same"]
    agreed = 0.0 if any(token.kind is Kind.GENERIC for token in same) else sum(token.information for token in same)
    return any(
        len(of_query) == len(of_listed) == 1
        and _other_word(query.tokens[of_query[0]].raw, listed.tokens[of_listed[0]].raw, agreed)
        for of_query, of_listed in pairs
    )


def _other_word(query: str, listed: str, agreed: float) -> bool:
    """Whether two words that answer to each other are two words and no slip: Zhang Wei and Zhang Lei, Lopez and Gomez.

    One other letter that is no neighboring key needs WORD_ONE letters in its word, two edits in a word need WORD_TWO. Where
    the words that agree say little (`agreed`, their information), a letter more or less needs WORD_ONE, too: John Tran is
    not John Tan.
    """
    letters = min(len(query), len(listed))
    edits = OSA.distance(query, listed, score_cutoff=1)
    if edits > 1:
        return letters < WORD_TWO
    if edits < 1 or letters >= WORD_ONE:
        return False
    if letters > 2 and sound(query) == sound(listed):
        return False
    if len(query) != len(listed) and 0.0 < agreed < MIN_AGREED_INFORMATION:
        return True
    return _slip_cost(query, listed, SLIP_OTHER - 1) is None


def _read_not_written(query: Name, listed: Name) -> bool:
    scripts = {query.script, listed.script}
    return written_apart(query.script, listed.script) or (len(scripts) > 1 and "Hani" in scripts)


def _slip_cost(first: str, second: str, letters: int) -> float | None:
    """Cost in edits of one edit; None when a letter is another one and the names are too short for that to be a slip."""
    cost = slip_cost(first, second)
    if cost < 1.0 or len(first) != len(second):
        return cost
    position = next((index for index in range(len(first)) if first[index] != second[index]), 0)
    if beside(first[position], second[position]):
        return BESIDE
    return None if letters < (SLIP_OTHER if position else SLIP_FIRST) else cost


def _own_all_same(listed: Name, alignment: Alignment) -> bool:
    """Whether every word of the listed name that is its own stands in the query as it is: the slip is in a general word."""
    same = {position for pair in alignment.pairs if pair.how == "same" for position in pair.listed}
    return bool(same) and all(
        (token.kind in GENERAL and token.kind is not Kind.INITIAL) or position in same
        for position, token in enumerate(listed.tokens)
    )


def _own(name: Name) -> int:
    """Letters of the words that are not general ones: the part in which a slip can be told from another name."""
    return sum(len(token.raw) for token in name.tokens if token.kind not in (Kind.GENERIC, Kind.LEGAL, Kind.INITIAL))


def _shared_general(listed: Name, alignment: Alignment) -> int:
    """Letters of general words that stand in both names."""
    same = (listed.tokens[position] for pair in alignment.pairs if pair.how == "same" for position in pair.listed)
    return sum(len(token.raw) for token in same if token.kind is Kind.GENERIC)


def _digits(name: Name) -> str:
    """Digits in order: a wrong digit is another number and no slip."""
    return "".join(char for char in name.flat if char.isdigit())
