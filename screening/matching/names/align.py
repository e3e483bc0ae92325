"""Which word of one name answers to which word of the other: one use a word, merges and splits, initials, acronyms.

The order of words never matters. The result is what the score is made from and what the reviewer is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from screening.matching.text.similarity import run_similarity, similarity, written_apart
from screening.matching.text.tokens import Kind, Token
from screening.matching.text.typos import without_small_word

from .parse import ABJAD, Name

MIN_SIMILARITY = 0.55
"""Similarity under which two words are simply two words."""
MIN_GENERAL = 0.8
"""The same for two general words, which are known words each: national is not international."""
_MERGED = 0.97
"""Words run together that also differ in a letter keep this much; without a difference they are the same word."""
MIN_RUN = 0.8
"""Similarity under which words run together are not the other word."""
_INITIAL = 0.72
"""An initial for a word: it agrees, it does not identify."""
_ABBREVIATED = 0.9
"""A general word cut short."""
_ACRONYM = 0.70


@dataclass(frozen=True, slots=True)
class Pair:
    """Words of the query and of the listed name that answer to each other.

    `how`: same, near, sound, consonants, joined, initial, abbreviation, acronym, slip.
    """

    query: tuple[int, ...]
    listed: tuple[int, ...]
    similarity: float
    how: str


@dataclass(frozen=True, slots=True)
class Alignment:
    """Pairs, and the positions left over on each side."""

    pairs: tuple[Pair, ...]
    query_left: tuple[int, ...]
    listed_left: tuple[int, ...]


def align(query: Name, listed: Name) -> Alignment:
    """Assign words greedily, best and heaviest pairs first."""
    left_q = list(range(len(query.tokens)))
    left_l = list(range(len(listed.tokens)))
    pairs = _same(query.tokens, listed.tokens, left_q, left_l)
    if left_q and left_l:
        _with_small_words(query.tokens, listed.tokens, left_q, left_l, pairs)
        cross_script = written_apart(query.script, listed.script)
        abjad = cross_script and (query.script in ABJAD or listed.script in ABJAD)
        _near(query.tokens, listed.tokens, left_q, left_l, pairs, cross_script, abjad)
        if left_q and left_l:
            _indirect(query.tokens, listed.tokens, left_q, left_l, pairs)
    return Alignment(tuple(pairs), tuple(left_q), tuple(left_l))


def _same(query: tuple[Token, ...], listed: tuple[Token, ...], left_q: list[int], left_l: list[int]) -> list[Pair]:
    pairs: list[Pair] = []
    texts = [token.text for token in listed]
    for position, token in enumerate(query):
        if token.text in texts:
            answer = texts.index(token.text)
            texts[answer] = ""
            left_q.remove(position)
            left_l.remove(answer)
            pairs.append(Pair((position,), (answer,), 1.0, "same"))
    return pairs


def _near(
    query: tuple[Token, ...],
    listed: tuple[Token, ...],
    left_q: list[int],
    left_l: list[int],
    pairs: list[Pair],
    cross_script: bool,
    abjad: bool,
) -> None:
    near: list[tuple[float, tuple[int, ...], tuple[int, ...], float, str]] = []
    for i in left_q:
        for j in left_l:
            score, how = similarity(query[i], listed[j], cross_script, abjad)
            general = query[i].kind is Kind.GENERIC and listed[j].kind is Kind.GENERIC
            if score >= (MIN_GENERAL if general else MIN_SIMILARITY):
                near.append((score * (query[i].weight + listed[j].weight), (i,), (j,), score, how))
    _merges(query, listed, left_q, left_l, near, cross_script, abjad, turned=False)
    _merges(listed, query, left_l, left_q, near, cross_script, abjad, turned=True)
    near.sort(key=lambda row: (-row[0], row[1], row[2]))
    for _, of_query, of_listed, score, how in near:
        if all(i in left_q for i in of_query) and all(j in left_l for j in of_listed):
            for i in of_query:
                left_q.remove(i)
            for j in of_listed:
                left_l.remove(j)
            pairs.append(Pair(of_query, of_listed, score, how))


def _merges(
    split: tuple[Token, ...],
    merged: tuple[Token, ...],
    left_split: list[int],
    left_merged: list[int],
    near: list[tuple[float, tuple[int, ...], tuple[int, ...], float, str]],
    cross_script: bool,
    abjad: bool,
    *,
    turned: bool,
) -> None:
    """Two or three neighboring words that make one word of the other side."""
    for start in left_split:
        if start + 1 not in left_split:
            continue
        first = split[start].raw[0]
        words = [j for j in left_merged if cross_script or merged[j].raw[0] == first]
        if words:
            _runs_from(split, merged, start, left_split, words, near, cross_script, abjad, turned=turned)


def _runs_from(
    split: tuple[Token, ...],
    merged: tuple[Token, ...],
    start: int,
    left_split: list[int],
    words: list[int],
    near: list[tuple[float, tuple[int, ...], tuple[int, ...], float, str]],
    cross_script: bool,
    abjad: bool,
    *,
    turned: bool,
) -> None:
    run = split[start].raw
    members = [start]
    weight = split[start].weight
    for position in (start + 1, start + 2):
        if position not in left_split:
            break
        if not (abjad and split[position].kind is Kind.PARTICLE):
            run += split[position].raw
        members.append(position)
        weight += split[position].weight
        for j in words:
            word = merged[j].raw
            if abs(len(word) - len(run)) > (6 if cross_script else 2) or (len(run) < 4 and run != word):
                continue
            score, how = run_similarity(run, word, cross_script, abjad)
            if score >= MIN_RUN:
                sides = ((j,), tuple(members)) if turned else (tuple(members), (j,))
                kept = 1.0 if run == word else score * _MERGED
                near.append((score * (weight + merged[j].weight) * 1.2, *sides, kept, how))


def _indirect(
    query: tuple[Token, ...], listed: tuple[Token, ...], left_q: list[int], left_l: list[int], pairs: list[Pair]
) -> None:
    """Initials, abbreviations and acronyms among what is left, each only where there is one to try."""
    left = [query[i] for i in left_q] + [listed[j] for j in left_l]
    if any(token.kind is Kind.INITIAL for token in left) and not any(token.kind is Kind.GENERIC for token in (*query, *listed)):
        # Names of persons have initials; beside general words a letter is part of a company's own name: H&T Control.
        _initials(query, listed, left_q, left_l, pairs)
    if any(token.kind is Kind.GENERIC for token in left):
        _abbreviations(query, listed, left_q, left_l, pairs)
    if len(left_q) + len(left_l) > 2:
        _acronyms(query, listed, left_q, left_l, pairs, turned=False)
        _acronyms(listed, query, left_l, left_q, pairs, turned=True)


def _with_small_words(
    query: tuple[Token, ...], listed: tuple[Token, ...], left_q: list[int], left_l: list[int], pairs: list[Pair]
) -> None:
    """A word with a linking word or a legal form run onto it: "ANDceramic", "Offshoresarl"."""
    for i in tuple(left_q):
        word = query[i].raw
        for j in left_l:
            other = listed[j].raw
            if without_small_word(word, other) if len(word) > len(other) else without_small_word(other, word):
                left_q.remove(i)
                left_l.remove(j)
                pairs.append(Pair((i,), (j,), 1.0, "joined"))
                break


def _initials(
    query: tuple[Token, ...], listed: tuple[Token, ...], left_q: list[int], left_l: list[int], pairs: list[Pair]
) -> None:
    for i in tuple(left_q):
        for j in left_l:
            token_q, token_l = query[i], listed[j]
            if (token_q.kind is Kind.INITIAL) != (token_l.kind is Kind.INITIAL) and token_q.text[0] == token_l.text[0]:
                full = token_l if token_q.kind is Kind.INITIAL else token_q
                if full.kind in (Kind.WORD, Kind.GENERIC, Kind.PLACE, Kind.TITLE):
                    left_q.remove(i)
                    left_l.remove(j)
                    pairs.append(Pair((i,), (j,), _INITIAL, "initial"))
                    break


def _abbreviations(
    query: tuple[Token, ...], listed: tuple[Token, ...], left_q: list[int], left_l: list[int], pairs: list[Pair]
) -> None:
    """A general word cut short (`Indust`) or to consonants (`Svcs`)."""
    for i in tuple(left_q):
        for j in left_l:
            token_q, token_l = query[i], listed[j]
            short, full = (token_q, token_l) if len(token_q.text) < len(token_l.text) else (token_l, token_q)
            if full.kind is Kind.GENERIC and short.kind in (Kind.WORD, Kind.GENERIC) and shortens(short.text, full.text):
                left_q.remove(i)
                left_l.remove(j)
                pairs.append(Pair((i,), (j,), _ABBREVIATED, "abbreviation"))
                break


@lru_cache(maxsize=8_192)
def shortens(short: str, full: str) -> bool:
    """Whether a word may be another cut short (`Indust`) or reduced to consonants (`Svcs`)."""
    if not 3 <= len(short) <= len(full) - 2 or len(short) > 6 or short[0] != full[0]:
        return False
    if full.startswith(short):
        return True
    letters = iter(full)
    return all(letter in letters for letter in short) and sum(letter in "aeiou" for letter in short) <= 1


def _acronyms(
    short: tuple[Token, ...],
    full: tuple[Token, ...],
    left_short: list[int],
    left_full: list[int],
    pairs: list[Pair],
    *,
    turned: bool,
) -> None:
    """A short word that spells the initials of neighboring words of the other side: two for dotted initials, more for names."""
    if len(left_full) < 2:
        return
    for i in tuple(left_short):
        letters = short[i].text
        if not 2 <= len(letters) <= min(6, len(left_full)) or short[i].kind is not Kind.WORD:
            continue
        for start in left_full:
            run = [start + step for step in range(len(letters))]
            if all(j in left_full for j in run) and "".join(full[j].text[0] for j in run) == letters:
                left_short.remove(i)
                for j in run:
                    left_full.remove(j)
                of_query, of_listed = (tuple(run), (i,)) if turned else ((i,), tuple(run))
                pairs.append(Pair(of_query, of_listed, _ACRONYM, "acronym"))
                break
