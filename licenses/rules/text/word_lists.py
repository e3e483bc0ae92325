"""Word lists: which words in a name or a free text raise a concern. Dated rows of data/word_lists.csv, compiled once.

A row is one pattern of one list. Kinds: `word` (a whole word, plural included), `prefix`, `suffix` and `contains` (of a word),
`phrase` (words in a row, `*` ends a beginning), `cjk` (characters in scripts without spaces), `whole` (the text says nothing
else), `regex` (addresses) and `except` (a phrase whose words do not count). Nearly all are choices of this product, not law.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from licenses.rules.dated_rows import DatedRow, in_force, read_table
from licenses.rules.tables.loader import DATA
from licenses.rules.types import TableError

WORD_LISTS_CSV = DATA / "word_lists.csv"
WORD_LISTS_COLUMNS = ("list", "kind", "pattern", "language")
KINDS = frozenset(("word", "prefix", "suffix", "contains", "phrase", "cjk", "whole", "regex", "except"))

_LETTERS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "’": "'"})
_TOKEN = re.compile(r"[^\W_]+(?:'s\b)?")
_DOTTED = re.compile(r"\b[^\W_](?:\.[^\W_])+\b\.?")
_TOKEN_OR_COMMA = re.compile(_TOKEN.pattern + "|,")
_CLAUSE_END = re.compile(r"[.;:!?\n]|\bbut\b")
NEGATORS = frozenset(("no", "non", "not", "never", "without", "neither", "nor"))
NEGATION_FILLERS = frozenset(("a", "an", "any", "for", "of", "the", "in", "to", "use", "used", "intended", "or", "related"))


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Lower case without accents or width variants, for comparing words (not for identity)."""
    marks_apart = unicodedata.normalize("NFKD", text.translate(_LETTERS).casefold().translate(_LETTERS))
    return unicodedata.normalize("NFC", "".join(char for char in marks_apart if unicodedata.category(char) != "Mn"))


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[str, ...]:
    """The words of a text, folded: a possessive 's is dropped, a dotted abbreviation is one word (L.L.C. = llc).
    `tokens("Buyer's Freight-Forwarder")` = buyer, freight, forwarder."""
    joined = _DOTTED.sub(lambda found: found.group(0).replace(".", ""), folded(text))
    return tuple(found.removesuffix("'s") for found in _TOKEN.findall(joined))


@lru_cache(maxsize=8192)
def singulars(token: str) -> tuple[str, ...]:
    """The word and what it may be the English plural of: `assemblies` gives assemblies, assemblie, assembli, assembly."""
    found = [token]
    if token.endswith("s") and len(token) > 3:
        found.append(token[:-1])
    if token.endswith("es") and len(token) > 4:
        found.append(token[:-2])
    if token.endswith("ies") and len(token) > 4:
        found.append(token[:-3] + "y")
    return tuple(found)


@dataclass(frozen=True, slots=True)
class WordList:
    """One compiled list. Every `found_in` answers with the words found, in text order, so that a flag can show them."""

    name: str
    words: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    ideographs: tuple[str, ...] = ()
    wholes: tuple[tuple[str, ...], ...] = ()
    patterns: tuple[re.Pattern[str], ...] = ()
    exceptions: tuple[tuple[str, ...], ...] = ()

    def has(self, token: str) -> bool:
        """Does one folded word belong to the list, by itself, in the plural or as part of a compound?"""
        return any(
            form in self.words
            or (form.startswith(self.prefixes) if self.prefixes else False)
            or (len(form) > 3 and form.endswith(self.suffixes) if self.suffixes else False)
            or any(part in form for part in self.parts)
            for form in singulars(token)
        )

    def found_in(self, text: str) -> tuple[str, ...]:
        """The words of the list in the text; words inside an exception phrase do not count."""
        return tuple(dict.fromkeys(word for _, word in self._places(tokens(text)))) + self._signs(text)

    def affirmed_in(self, text: str) -> tuple[str, ...]:
        """As `found_in`, but a word that the text itself denies ("no military use") is left out. Only the denied word is:
        another one in the same text still counts, so a text can never talk a concern away."""
        kept: list[str] = []
        for clause in _CLAUSE_END.split(folded(text)):
            words = [found.removesuffix("'s") for found in _TOKEN_OR_COMMA.findall(clause)]
            kept.extend(word for place, word in self._places(words) if not self._denied(words, place))
        return tuple(dict.fromkeys(kept)) + self._signs(text)

    def is_whole(self, text: str) -> bool:
        """Does the text say nothing but one of the `whole` phrases?"""
        return tokens(text) in self.wholes

    def _places(self, words: Sequence[str]) -> Iterator[tuple[int, str]]:
        excepted = {
            place for phrase in self.exceptions for start in _starts(words, phrase) for place in range(start, start + len(phrase))
        }
        for place, word in enumerate(words):
            if place in excepted:
                continue
            if self.has(word):
                yield place, word
            for phrase in self.phrases:
                if _fits(words, place, phrase):
                    yield place, " ".join(words[place : place + len(phrase)])

    def _denied(self, words: Sequence[str], place: int) -> bool:
        """Is there a "no" before the word, with nothing but fillers and words of the list between? A comma is crossed only
        right after a word of the list: "no army, navy use" denies both, "not resold, navy use" denies neither."""
        after_comma = False
        for earlier in reversed(words[:place]):
            if earlier in NEGATORS:
                return not after_comma
            listed = self.has(earlier)
            if not listed and (after_comma or (earlier != "," and earlier not in NEGATION_FILLERS)):
                return False
            after_comma = earlier == ","
        return False

    def _signs(self, text: str) -> tuple[str, ...]:
        plain = folded(text)
        signs = [sign for sign in self.ideographs if sign in plain]
        signs.extend(found.group(0).strip() for found in (pattern.search(plain) for pattern in self.patterns) if found)
        return tuple(dict.fromkeys(signs))


def _fits(words: Sequence[str], place: int, phrase: Sequence[str]) -> bool:
    # Most phrases fail on their first two letters, which a plural shares with its singular: the cheap test comes first.
    if place + len(phrase) > len(words) or not words[place].startswith(phrase[0][:2]):
        return False
    return all(
        words[place + step].startswith(part[:-1]) if part.endswith("*") else part in singulars(words[place + step])
        for step, part in enumerate(phrase)
    )


def _starts(words: Sequence[str], phrase: Sequence[str]) -> Iterator[int]:
    return (place for place in range(len(words)) if _fits(words, place, phrase))


def read_rows(path: Path = WORD_LISTS_CSV) -> tuple[DatedRow, ...]:
    """The rows of the file, checked. Raises TableError naming the line: an unknown kind, a pattern that is blank, given
    twice, or no regular expression."""
    rows = read_table(path, WORD_LISTS_COLUMNS)
    seen: set[tuple[str, str, str, dt.date | None]] = set()
    for row in rows:
        key = (row["list"], row["kind"], row["pattern"], row.effective_from)
        if row["kind"] not in KINDS or not row["pattern"].strip():
            raise TableError(path.name, row.line, f"kind is one of {', '.join(sorted(KINDS))}, pattern not blank")
        if key in seen:
            raise TableError(path.name, row.line, f"{row['pattern']!r} stands twice in {row['list']}; remove one")
        if row["kind"] == "regex":
            _refuse_bad_regex(row, path.name)
        seen.add(key)
    return rows


def _refuse_bad_regex(row: DatedRow, file: str) -> None:
    try:
        re.compile(folded(row["pattern"]))
    except re.error as error:
        raise TableError(file, row.line, f"{row['pattern']!r} is no regular expression: {error}") from error


def compiled(name: str, rows: Iterable[DatedRow]) -> WordList:
    """The rows of one list as a WordList."""
    by_kind: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for row in rows:
        by_kind[row["kind"]].append(folded(row["pattern"]))

    def split(kind: str) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(pattern.split()) for pattern in by_kind[kind])

    return WordList(
        name=name,
        words=frozenset(by_kind["word"]),
        prefixes=tuple(by_kind["prefix"]),
        suffixes=tuple(by_kind["suffix"]),
        parts=tuple(by_kind["contains"]),
        phrases=split("phrase"),
        ideographs=tuple(by_kind["cjk"]),
        wholes=split("whole"),
        patterns=tuple(re.compile(pattern) for pattern in by_kind["regex"]),
        exceptions=split("except"),
    )


@lru_cache(maxsize=1)
def _all_rows() -> tuple[DatedRow, ...]:
    return read_rows()


@lru_cache(maxsize=8)
def _compiled_all(lines: tuple[int, ...]) -> dict[str, WordList]:
    lines_in_force = set(lines)
    rows = [row for row in _all_rows() if row.line in lines_in_force]
    names = dict.fromkeys(row["list"] for row in rows)
    return {name: compiled(name, (row for row in rows if row["list"] == name)) for name in names}


@lru_cache(maxsize=256)
def word_lists(as_of: dt.date) -> dict[str, WordList]:
    """Every list as in force on a date, by name (FORWARDER_WORDS, MILITARY_WORDS …)."""
    return _compiled_all(tuple(row.line for row in in_force(_all_rows(), as_of)))
