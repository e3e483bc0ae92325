"""Which words of a query answer to which words of many listed names: the material of the finer estimate (upper_bound).

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

    query: Array
    listed: Array


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
    of_these = keep[listed.owner]
    owner = (np.cumsum(keep) - 1)[listed.owner[of_these]]
    begins = np.flatnonzero(distinct(owner))
    kept = Listed(
        listed.numbers[places],
        listed.words[of_these],
        listed.weight[of_these],
        listed.information[of_these],
        listed.kind[of_these],
        begins,
        owner,
    )
    return kept, Answers(answers.query[:, places], answers.listed[of_these])


def first_answers(segment: Segment, name: Name, listed: Listed, rows: list[WordMatches]) -> Answers:
    """What the lookups found, words run together, and acronyms."""
    of_query = np.zeros((len(name.tokens), len(listed.begins)))
    of_query[[position for position, piece in enumerate(name.tokens) if piece.kind in _LIGHT]] = 1.0
    of_listed = np.where(_IS_LIGHT[listed.kind], 1.0, 0.0)
    with_words = [row for row in rows if len(row.words)]
    if with_words:
        worth = _worth(with_words, listed.words)
        np.maximum(of_listed, worth.max(axis=0), out=of_listed)
        for row, values in zip(with_words, np.maximum.reduceat(worth, listed.begins, axis=1), strict=True):
            for position in row.positions:
                np.maximum(of_query[position], values, out=of_query[position])
    for row in rows:
        if len(row.names):
            _run_together(segment, name.tokens[row.positions[0]].text, listed, row, of_query, of_listed)
    for position, piece in enumerate(name.tokens):
        if piece.kind is Kind.WORD and 2 <= len(piece.text) <= LONGEST_SHORT and not of_query[position].all():
            _acronym(segment, piece.text, listed, of_query[position], of_listed)
    return Answers(of_query, of_listed)


def _worth(rows: list[WordMatches], words: Array) -> Array:
    """For every row and every listed word what share of a word they have in common."""
    keys = np.concatenate([row.words + (index << _BITS) for index, row in enumerate(rows)])
    values = np.concatenate([row.worth for row in rows])
    wanted = words + (np.arange(len(rows)) << _BITS)[:, None]
    where = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    worth: Array = np.where(keys[where] == wanted, values[where], 0.0)
    return worth


def _run_together(segment: Segment, text: str, listed: Listed, row: WordMatches, of_query: Array, of_listed: Array) -> None:
    """A query word that stands in some of the names as several words."""
    names = set(row.names.tolist())
    columns = [column for column, number in enumerate(listed.numbers.tolist()) if number in names]
    of_query[row.positions[0], columns] = 1.0
    sound = softened(text)
    for column in columns:
        start = int(listed.begins[column])
        end = int(listed.begins[column + 1]) if column + 1 < len(listed.begins) else len(listed.words)
        for index in range(start, end):
            if softened(segment.spelling(int(listed.words[index]))) in sound:
                of_listed[index] = 1.0


def _acronym(segment: Segment, text: str, listed: Listed, of_query: Array, of_listed: Array) -> None:
    """A short query word that spells the initials of neighboring listed words."""
    firsts = segment.arrays["word_start"].view(np.uint8)[listed.words * segment.arrays["word_start"].itemsize]
    size = len(firsts) - len(text) + 1
    if size <= 0:
        return
    fits = listed.owner[:size] == listed.owner[len(text) - 1 :]
    for index, letter in enumerate(text.encode()):
        fits &= firsts[index : index + size] == letter
    for start in np.flatnonzero(fits).tolist():
        of_query[listed.owner[start]] = max(of_query[listed.owner[start]], AGREES)
        of_listed[start : start + len(text)] = np.maximum(of_listed[start : start + len(text)], AGREES)


def more_answers(segment: Segment, name: Name, listed: Listed, answers: Answers) -> Array:
    """Add far spellings, general words cut short and acronyms among words that found no answer; True for names that gained."""
    gained = np.zeros(len(listed.numbers), dtype=bool)
    open_words = np.flatnonzero(answers.listed == 0.0)
    asking = [position for position in range(len(name.tokens)) if not answers.query[position].all()]
    if not asking or not len(open_words):
        return gained
    words, where = np.unique(listed.words[open_words], return_inverse=True)
    worth = _loose_spellings(segment, name, asking, words)
    _short_forms(segment, name, asking, words, worth)
    for row, position in enumerate(asking):
        values = worth[row][where]
        alike = values > 0.0
        if alike.any():
            owners = listed.owner[open_words[alike]]
            np.maximum.at(answers.query[position], owners, values[alike])
            answers.listed[open_words[alike]] = np.maximum(answers.listed[open_words[alike]], values[alike])
            gained[owners] = True
    return gained


def _loose_spellings(segment: Segment, name: Name, asking: list[int], words: Array) -> Array:
    """For every query word that asks and every listed word what share of a word they have in common."""
    arrays = segment.arrays
    texts = [name.tokens[position].text for position in asking]
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
    for row, position in enumerate(asking):
        word = name.tokens[position]
        if len(word.text) <= LONGEST_SHORT or word.kind is Kind.GENERIC:
            for column in np.flatnonzero((firsts == ord(word.text[0])) & (general | (word.kind is Kind.GENERIC))).tolist():
                if _cut_short(word.text, segment.spelling(int(words[column]))):
                    worth[row, column] = max(worth[row, column], AGREES)
    initials = _initials(name.tokens)
    if initials:
        short = np.flatnonzero(arrays["word_length"][words] <= min(LONGEST_SHORT, len(name.tokens)))
        for column in short.tolist():
            for run in initials.get(segment.spelling(int(words[column])), ()):
                for row, position in enumerate(asking):
                    if position in run:
                        worth[row, column] = AGREES


def _cut_short(word: str, other: str) -> bool:
    """Whether one is a general word and the other the same cut short."""
    short, full = (word, other) if len(word) < len(other) else (other, word)
    return shortens(short, full) and token(full).kind is Kind.GENERIC


def _initials(tokens: tuple[Token, ...]) -> dict[str, list[range]]:
    """Positions of neighboring query words by their initials."""
    runs: dict[str, list[range]] = {}
    firsts = "".join(piece.text[:1] for piece in tokens)
    for start in range(len(firsts) - 1):
        for end in range(start + 2, min(start + LONGEST_SHORT, len(firsts)) + 1):
            runs.setdefault(firsts[start:end], []).append(range(start, end))
    return runs
