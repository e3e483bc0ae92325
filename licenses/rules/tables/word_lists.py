"""Word lists: which words in a name or a free text raise a concern. Dated rows of data/word_lists.csv, compiled once.

A row is one pattern of one list. Kinds: `word` (a whole word, plural included), `prefix`, `suffix` and `contains` (of a word),
`phrase` (words in a row, `*` ends a beginning), `cjk` (characters in scripts without spaces), `whole` (the text says nothing
else), `regex` (addresses) and `except` (a phrase whose words do not count). Nearly all are choices of this product, not law.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from licenses.rules.tables.parsers import Raw, one_of
from licenses.rules.tables.rows import Meta
from licenses.rules.word_forms import TOKEN, folded, singulars, tokens

KINDS = frozenset(("word", "prefix", "suffix", "contains", "phrase", "cjk", "whole", "regex", "except"))
NEGATORS = frozenset(("no", "non", "not", "never", "without", "neither", "nor"))
NEGATION_FILLERS = frozenset(("a", "an", "any", "for", "of", "the", "in", "to", "use", "used", "intended", "or", "related"))
_TOKEN_OR_COMMA = re.compile(TOKEN.pattern + "|,")
_CLAUSE_END = re.compile(r"[.;:!?\n]|\bbut\b")


@dataclass(frozen=True, slots=True)
class WordRow:
    """One pattern of one list (FORWARDER_WORDS, MILITARY_WORDS …); `language` is the one that the pattern is written in."""

    meta: Meta
    list: str
    kind: str
    pattern: str
    language: str


def word_row(meta: Meta, raw: Raw) -> WordRow:
    """Raises ValueError for an unknown kind, a blank pattern, or one that is no regular expression."""
    kind, pattern = one_of(raw["kind"], KINDS, "kind"), raw["pattern"]
    if not pattern.strip():
        raise ValueError("pattern is blank")
    if kind == "regex":
        try:
            re.compile(folded(pattern))
        except re.error as error:
            raise ValueError(f"pattern {pattern!r} is no regular expression: {error}") from error
    return WordRow(meta, raw["list"], kind, pattern, raw["language"])


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
        return tuple(dict.fromkeys(word for _, word in self._positions(tokens(text)))) + self._signs(text)

    def affirmed_in(self, text: str) -> tuple[str, ...]:
        """As `found_in`, but a word that the text itself denies ("no military use") is left out. Only the denied word is:
        another one in the same text still counts, so a text can never talk a concern away."""
        kept: list[str] = []
        for clause in _CLAUSE_END.split(folded(text)):
            words = [word.removesuffix("'s") for word in _TOKEN_OR_COMMA.findall(clause)]
            kept.extend(word for index, word in self._positions(words) if not self._denied(words, index))
        return tuple(dict.fromkeys(kept)) + self._signs(text)

    def is_whole(self, text: str) -> bool:
        """Does the text say nothing but one of the `whole` phrases?"""
        return tokens(text) in self.wholes

    def _positions(self, words: Sequence[str]) -> Iterator[tuple[int, str]]:
        excepted = {
            index for phrase in self.exceptions for start in _starts(words, phrase) for index in range(start, start + len(phrase))
        }
        for index, word in enumerate(words):
            if index in excepted:
                continue
            if self.has(word):
                yield index, word
            for phrase in self.phrases:
                if _fits(words, index, phrase):
                    yield index, " ".join(words[index : index + len(phrase)])

    def _denied(self, words: Sequence[str], index: int) -> bool:
        """Is there a "no" before the word, with nothing but fillers and words of the list between? A comma is crossed only
        right after a word of the list: "no army, navy use" denies both, "not resold, navy use" denies neither."""
        after_comma = False
        for earlier in reversed(words[:index]):
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
        signs.extend(match.group(0).strip() for match in (pattern.search(plain) for pattern in self.patterns) if match)
        return tuple(dict.fromkeys(signs))


def _fits(words: Sequence[str], index: int, phrase: Sequence[str]) -> bool:
    # Most phrases fail on their first two letters, which a plural shares with its singular: the cheap test comes first.
    if index + len(phrase) > len(words) or not words[index].startswith(phrase[0][:2]):
        return False
    return all(
        words[index + offset].startswith(part[:-1]) if part.endswith("*") else part in singulars(words[index + offset])
        for offset, part in enumerate(phrase)
    )


def _starts(words: Sequence[str], phrase: Sequence[str]) -> Iterator[int]:
    return (index for index in range(len(words)) if _fits(words, index, phrase))


def compiled(name: str, rows: Iterable[WordRow]) -> WordList:
    """The rows of one list as a WordList."""
    by_kind: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for row in rows:
        by_kind[row.kind].append(folded(row.pattern))

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


WordLists = Mapping[str, WordList]
"""The lists in force on one date, by name."""


def word_lists(rows: Sequence[WordRow]) -> WordLists:
    """Every list that these rows make."""
    by_list: dict[str, list[WordRow]] = {}
    for row in rows:
        by_list.setdefault(row.list, []).append(row)
    return {name: compiled(name, own) for name, own in by_list.items()}
