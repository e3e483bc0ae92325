"""Which words of a query answer to which words of many listed names: the material of the finer estimate (bound).

Generous where the scorer may be: a word may answer several, and nobody checks their order.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from screening.matching.index.keys import letter_counts
from screening.matching.index.segment import Array, Segment
from screening.matching.names.align import MIN_SIMILARITY, shortens
from screening.matching.names.parse import ABJAD, Name
from screening.matching.text.phonetics import softened
from screening.matching.text.similarity import LOOSE_SCRIPTS
from screening.matching.text.tokens import Kind, Token, token

from .word_lookup import MAX_EDITS, SPARED, UNLIKE, WordMatches, distinct, gather, likeness

AGREES = 0.85
"""Worth of a general word cut short, of an acronym and of words run together: less than the word itself."""
LONGEST_SHORT = 6
"""Letters of the longest acronym and of the longest word cut short (see align)."""
_LIGHT = (Kind.PARTICLE, Kind.TITLE, Kind.INITIAL)
"""Words that are not looked up: taken to be answered on either side."""
_IS_LIGHT = np.array([kind in _LIGHT for kind in Kind])
_BITS = 32


@dataclass(frozen=True, slots=True, eq=False)
class Listed:
    """Words of many names end to end: meanings, weights, information, kinds, where each name begins, whose each word is."""

    numbers: Array
    words: Array
    weight: Array
    information: Array
    kind: Array
    begins: Array
    owner: Array


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """How well (0-1) each query word is answered in each name, and each listed word by the query."""

    mine: Array
    theirs: Array


def listed_words(segment: Segment, numbers: Array) -> Listed:
    """The words of the numbered names."""
    arrays = segment.arrays
    starts = arrays["name_at"][numbers].astype(np.int64)
    sizes = arrays["name_at"][numbers + 1] - starts
    words = arrays["word_meaning"].take(gather(arrays["name_tokens"], starts, sizes)).astype(np.int64)
    begins, owner = np.cumsum(sizes) - sizes, np.repeat(np.arange(len(numbers)), sizes)
    weight, information = arrays["word_weight"].take(words), arrays["word_info"].take(words)
    return Listed(numbers, words, weight, information, arrays["word_kind"].take(words), begins, owner)


def only(listed: Listed, answers: Answers, places: Array) -> tuple[Listed, Answers]:
    """The names at these places alone."""
    keep = np.zeros(len(listed.numbers), dtype=bool)
    keep[places] = True
    spots = keep[listed.owner]
    owner = (np.cumsum(keep) - 1)[listed.owner[spots]]
    begins = np.flatnonzero(distinct(owner))
    kept = Listed(
        listed.numbers[places],
        listed.words[spots],
        listed.weight[spots],
        listed.information[spots],
        listed.kind[spots],
        begins,
        owner,
    )
    return kept, Answers(answers.mine[:, places], answers.theirs[spots])


def first_answers(segment: Segment, name: Name, listed: Listed, rows: list[WordMatches]) -> Answers:
    """What the lookups found, words run together, and acronyms."""
    mine = np.zeros((len(name.tokens), len(listed.begins)))
    mine[[at for at, one in enumerate(name.tokens) if one.kind in _LIGHT]] = 1.0
    theirs = np.where(_IS_LIGHT[listed.kind], 1.0, 0.0)
    found = [row for row in rows if len(row.words)]
    if found:
        worth = _worth(found, listed.words)
        np.maximum(theirs, worth.max(axis=0), out=theirs)
        for row, values in zip(found, np.maximum.reduceat(worth, listed.begins, axis=1), strict=True):
            for at in row.at:
                np.maximum(mine[at], values, out=mine[at])
    for row in rows:
        if len(row.names):
            _run_together(segment, name.tokens[row.at[0]].text, listed, row, mine, theirs)
    for at, one in enumerate(name.tokens):
        if one.kind is Kind.WORD and 2 <= len(one.text) <= LONGEST_SHORT and not mine[at].all():
            _acronym(segment, one.text, listed, mine[at], theirs)
    return Answers(mine, theirs)


def _worth(rows: list[WordMatches], words: Array) -> Array:
    """For every row and every listed word what share of a word they have in common."""
    keys = np.concatenate([row.words + (at << _BITS) for at, row in enumerate(rows)])
    values = np.concatenate([row.worth for row in rows])
    asked = words + (np.arange(len(rows)) << _BITS)[:, None]
    found = np.minimum(np.searchsorted(keys, asked), len(keys) - 1)
    worth: Array = np.where(keys[found] == asked, values[found], 0.0)
    return worth


def _run_together(segment: Segment, text: str, listed: Listed, row: WordMatches, mine: Array, theirs: Array) -> None:
    """A query word that stands in some of the names as several words."""
    names = set(row.names.tolist())
    here = [at for at, number in enumerate(listed.numbers.tolist()) if number in names]
    mine[row.at[0], here] = 1.0
    sound = softened(text)
    for at in here:
        start = int(listed.begins[at])
        end = int(listed.begins[at + 1]) if at + 1 < len(listed.begins) else len(listed.words)
        for spot in range(start, end):
            if softened(segment.spelling(int(listed.words[spot]))) in sound:
                theirs[spot] = 1.0


def _acronym(segment: Segment, text: str, listed: Listed, mine: Array, theirs: Array) -> None:
    """A short query word that spells the initials of neighboring listed words."""
    firsts = segment.arrays["word_start"].view(np.uint8)[listed.words * segment.arrays["word_start"].itemsize]
    size = len(firsts) - len(text) + 1
    if size <= 0:
        return
    fits = listed.owner[:size] == listed.owner[len(text) - 1 :]
    for at, letter in enumerate(text.encode()):
        fits &= firsts[at : at + size] == letter
    for start in np.flatnonzero(fits).tolist():
        mine[listed.owner[start]] = max(mine[listed.owner[start]], AGREES)
        theirs[start : start + len(text)] = np.maximum(theirs[start : start + len(text)], AGREES)


def more_answers(segment: Segment, name: Name, listed: Listed, answers: Answers) -> Array:
    """Add far spellings, general words cut short and acronyms among words that found no answer; True for names that gained."""
    gained = np.zeros(len(listed.numbers), dtype=bool)
    spots = np.flatnonzero(answers.theirs == 0.0)
    asking = [at for at in range(len(name.tokens)) if not answers.mine[at].all()]
    if not asking or not len(spots):
        return gained
    words, where = np.unique(listed.words[spots], return_inverse=True)
    worth = _far_spellings(segment, name, asking, words)
    _short_forms(segment, name, asking, words, worth)
    for row, at in enumerate(asking):
        mine = worth[row][where]
        here = mine > 0.0
        if here.any():
            owners = listed.owner[spots[here]]
            np.maximum.at(answers.mine[at], owners, mine[here])
            answers.theirs[spots[here]] = np.maximum(answers.theirs[spots[here]], mine[here])
            gained[owners] = True
    return gained


def _far_spellings(segment: Segment, name: Name, asking: list[int], words: Array) -> Array:
    """For every query word that asks and every listed word what share of a word they have in common."""
    arrays = segment.arrays
    texts = [name.tokens[at].text for at in asking]
    counts = np.array([letter_counts(text) for text in texts], dtype=np.uint64)[:, None]
    lengths = np.maximum(arrays["word_length"][words], np.array([[len(text)] for text in texts]))
    loose, abjad = name.script in LOOSE_SCRIPTS, name.script in ABJAD
    fit = np.bitwise_count(arrays["word_letters"][words] ^ counts) <= SPARED + MAX_EDITS * lengths
    rows, columns = np.nonzero(fit | loose)
    worth = np.zeros(fit.shape)
    if len(rows):
        others, sounds = arrays["word_start"].take(words[columns]).tolist(), arrays["word_sound"].take(words[columns]).tolist()
        sims = likeness([texts[row] for row in rows.tolist()], others, sounds, loose, abjad)
        worth[rows, columns] = np.where(sims >= MIN_SIMILARITY, 1.0 - UNLIKE * (1.0 - sims), 0.0)
    return worth


def _short_forms(segment: Segment, name: Name, asking: list[int], words: Array, worth: Array) -> None:
    """General words cut short, and listed acronyms of query words."""
    arrays = segment.arrays
    firsts = arrays["word_start"].view(np.uint8)[words * arrays["word_start"].itemsize]
    general = arrays["word_kind"][words] == Kind.GENERIC
    for row, at in enumerate(asking):
        one = name.tokens[at]
        if len(one.text) <= LONGEST_SHORT or one.kind is Kind.GENERIC:
            for spot in np.flatnonzero((firsts == ord(one.text[0])) & (general | (one.kind is Kind.GENERIC))).tolist():
                if _cut_short(one.text, segment.spelling(int(words[spot]))):
                    worth[row, spot] = max(worth[row, spot], AGREES)
    initials = _initials(name.tokens)
    if initials:
        short = np.flatnonzero(arrays["word_length"][words] <= min(LONGEST_SHORT, len(name.tokens)))
        for spot in short.tolist():
            for run in initials.get(segment.spelling(int(words[spot])), ()):
                for row, at in enumerate(asking):
                    if at in run:
                        worth[row, spot] = AGREES


def _cut_short(word: str, other: str) -> bool:
    """Whether one is a general word and the other the same cut short."""
    short, full = (word, other) if len(word) < len(other) else (other, word)
    return shortens(short, full) and token(full).kind is Kind.GENERIC


def _initials(tokens: tuple[Token, ...]) -> dict[str, list[range]]:
    """Positions of neighboring query words by their initials."""
    found: dict[str, list[range]] = {}
    firsts = "".join(one.text[:1] for one in tokens)
    for start in range(len(firsts) - 1):
        for end in range(start + 2, min(start + LONGEST_SHORT, len(firsts)) + 1):
            found.setdefault(firsts[start:end], []).append(range(start, end))
    return found
