"""Which word of one name answers to which word of the other: one use a word, merges and splits, initials, acronyms.

The order of words never matters. The result is what the score is made from and what the reviewer is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from .names import ABJAD, Name
from .phonetics import bones, consonants, softened, sound
from .tokens import Kind, Token

LEAST = 0.55
"""Similarity under which two words are simply two words."""
_MERGED = 0.97
"""Words run together that also differ in a letter keep this much; without a difference they are the same word."""
LEAST_RUN = 0.8
"""Similarity under which words run together are not the other word."""
LEAST_RUN_HEARD = 0.88
"""The same for how they sound: Songchol is not Tongchol."""
_INITIAL = 0.72
"""An initial for a word: it agrees, it does not identify."""
_DOUBLED, _SWAPPED, _OMITTED, _OTHER_OF_THREE = 0.5, 0.7, 0.85, 1.25
"""Cost in edits of a doubled letter, two letters swapped, one left out, and one of three letters changed."""
LIKE_ENOUGH = 0.3
"""Least spelling in common for consonants to carry a match."""
SOUND_SHARE = 0.6
"""Weight of how a word sounds against how it is spelt: Mohammed/Muhamad must meet, Coty/Cotei must not."""
LOOSE_SCRIPTS = frozenset(("Arab", "Hebr", "Indc", "Thai", "Mymr", "Khmr", "Ethi", "Kana", "Hang"))
"""Scripts whose letters leave much of the Latin spelling open, so consonants alone may carry a match."""
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
        far = query.script != listed.script and (query.script in LOOSE_SCRIPTS or listed.script in LOOSE_SCRIPTS)
        abjad = far and (query.script in ABJAD or listed.script in ABJAD)
        _near(query.tokens, listed.tokens, left_q, left_l, pairs, far, abjad)
        if left_q and left_l:
            _indirect(query.tokens, listed.tokens, left_q, left_l, pairs)
    return Alignment(tuple(pairs), tuple(left_q), tuple(left_l))


def _same(query: tuple[Token, ...], listed: tuple[Token, ...], left_q: list[int], left_l: list[int]) -> list[Pair]:
    pairs: list[Pair] = []
    texts = [token.text for token in listed]
    for at, token in enumerate(query):
        if token.text in texts:
            other = texts.index(token.text)
            texts[other] = ""
            left_q.remove(at)
            left_l.remove(other)
            pairs.append(Pair((at,), (other,), 1.0, "same"))
    return pairs


def _near(
    query: tuple[Token, ...],
    listed: tuple[Token, ...],
    left_q: list[int],
    left_l: list[int],
    pairs: list[Pair],
    far: bool,
    abjad: bool,
) -> None:
    found: list[tuple[float, tuple[int, ...], tuple[int, ...], float, str]] = []
    for i in left_q:
        for j in left_l:
            score, how = similarity(query[i], listed[j], far, abjad)
            if score >= LEAST:
                found.append((score * (query[i].weight + listed[j].weight), (i,), (j,), score, how))
    _merges(query, listed, left_q, left_l, found, far, abjad, turned=False)
    _merges(listed, query, left_l, left_q, found, far, abjad, turned=True)
    found.sort(key=lambda row: (-row[0], row[1], row[2]))
    for _, mine, theirs, score, how in found:
        if all(i in left_q for i in mine) and all(j in left_l for j in theirs):
            for i in mine:
                left_q.remove(i)
            for j in theirs:
                left_l.remove(j)
            pairs.append(Pair(mine, theirs, score, how))


def _merges(
    many: tuple[Token, ...],
    one: tuple[Token, ...],
    left_many: list[int],
    left_one: list[int],
    found: list[tuple[float, tuple[int, ...], tuple[int, ...], float, str]],
    far: bool,
    abjad: bool,
    *,
    turned: bool,
) -> None:
    """Two or three neighboring words that make one word of the other side."""
    for start in left_many:
        if start + 1 not in left_many:
            continue
        first = many[start].raw[0]
        wholes = [j for j in left_one if far or one[j].raw[0] == first]
        if wholes:
            _runs_from(many, one, start, left_many, wholes, found, far, abjad, turned=turned)


def _runs_from(
    many: tuple[Token, ...],
    one: tuple[Token, ...],
    start: int,
    left_many: list[int],
    wholes: list[int],
    found: list[tuple[float, tuple[int, ...], tuple[int, ...], float, str]],
    far: bool,
    abjad: bool,
    *,
    turned: bool,
) -> None:
    run = many[start].raw
    members = [start]
    weight = many[start].weight
    for nxt in (start + 1, start + 2):
        if nxt not in left_many:
            break
        if not (abjad and many[nxt].kind is Kind.PARTICLE):
            run += many[nxt].raw
        members.append(nxt)
        weight += many[nxt].weight
        for j in wholes:
            whole = one[j].raw
            if abs(len(whole) - len(run)) > (6 if far else 2) or len(run) < 4:
                continue
            score, how = _run_similarity(run, whole, far, abjad)
            if score >= LEAST_RUN:
                sides = ((j,), tuple(members)) if turned else (tuple(members), (j,))
                kept = 1.0 if run == whole else score * _MERGED
                found.append((score * (weight + one[j].weight) * 1.2, *sides, kept, how))


@lru_cache(maxsize=16_384)
def _run_similarity(run: str, whole: str, far: bool, abjad: bool) -> tuple[float, str]:
    score = OSA.normalized_similarity(run, whole)
    if not far or not 0.9 > score >= LIKE_ENOUGH:
        return score, "joined"
    heard = _sounds(run, whole)
    score = max(score, 0.95 * heard) if heard >= LEAST_RUN_HEARD else score
    skeleton = _consonants(run, whole, abjad)
    return (skeleton, "consonants") if skeleton > score else (score, "joined")


def _indirect(
    query: tuple[Token, ...], listed: tuple[Token, ...], left_q: list[int], left_l: list[int], pairs: list[Pair]
) -> None:
    """Initials, abbreviations and acronyms among what is left, each only where there is one to try."""
    left = [query[i] for i in left_q] + [listed[j] for j in left_l]
    if any(token.kind is Kind.INITIAL for token in left):
        _initials(query, listed, left_q, left_l, pairs)
    if any(token.kind is Kind.GENERIC for token in left):
        _abbreviations(query, listed, left_q, left_l, pairs)
    if len(left_q) + len(left_l) > 2:
        _acronyms(query, listed, left_q, left_l, pairs, turned=False)
        _acronyms(listed, query, left_l, left_q, pairs, turned=True)


def _initials(
    query: tuple[Token, ...], listed: tuple[Token, ...], left_q: list[int], left_l: list[int], pairs: list[Pair]
) -> None:
    for i in tuple(left_q):
        for j in left_l:
            a, b = query[i], listed[j]
            if (a.kind is Kind.INITIAL) != (b.kind is Kind.INITIAL) and a.text[0] == b.text[0]:
                full = b if a.kind is Kind.INITIAL else a
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
            a, b = query[i], listed[j]
            short, full = (a, b) if len(a.text) < len(b.text) else (b, a)
            if full.kind is Kind.GENERIC and short.kind in (Kind.WORD, Kind.GENERIC) and _shortens(short.text, full.text):
                left_q.remove(i)
                left_l.remove(j)
                pairs.append(Pair((i,), (j,), _ABBREVIATED, "abbreviation"))
                break


@lru_cache(maxsize=16_384)
def _shortens(short: str, full: str) -> bool:
    if not 2 <= len(short) <= len(full) - 2 or len(short) > 6 or short[0] != full[0]:
        return False
    if full.startswith(short):
        return len(short) >= 3
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
                mine, theirs = (tuple(run), (i,)) if turned else ((i,), tuple(run))
                pairs.append(Pair(mine, theirs, _ACRONYM, "acronym"))
                break


def similarity(a: Token, b: Token, far: bool = False, abjad: bool = False) -> tuple[float, str]:
    """(0-1, how) of two words. `far`: written in different scripts, so sound counts for more."""
    if a.kind is Kind.DIGITS or b.kind is Kind.DIGITS:
        return (1.0, "same") if a.text == b.text else (0.0, "")
    best = _similarity(a.text, b.text, far, abjad)
    if a.raw != a.text or b.raw != b.text:
        # A slip in a word that has an English one: Sovremsnnye for Sovremennye.
        written = _similarity(a.raw, b.raw, far, abjad)
        return written if written[0] > best[0] else best
    return best


@lru_cache(maxsize=65_536)
def _similarity(a: str, b: str, far: bool, abjad: bool) -> tuple[float, str]:
    if a == b:
        return 1.0, "same"
    short, long = (len(a), len(b)) if len(a) <= len(b) else (len(b), len(a))
    if short < 2:
        return 0.0, ""
    best = _spelt(a, b, short, long) if 2 * short >= long else 0.0
    how = "near"
    heard = _sounds(a, b)
    if heard >= 0.8:
        mixed = SOUND_SHARE * heard + (1.0 - SOUND_SHARE) * best
        if mixed > best:
            best, how = mixed, "sound"
    if far:
        skeleton = _consonants(a, b, abjad)
        if skeleton > best >= LIKE_ENOUGH:
            best, how = skeleton, "consonants"
    if a[0] != b[0] and how == "near":
        best -= 0.04
    return best, how


def _spelt(a: str, b: str, short: int, long: int) -> float:
    """Edit similarity in which the commonest slips cost less than a letter that is simply another one."""
    edits = float(OSA.distance(a, b))
    if edits == 1.0:
        if short != long:
            at = next((spot for spot in range(short) if a[spot] != b[spot]), short)
            longer = a if len(a) == long else b
            edits = _DOUBLED if at and longer[at] == longer[at - 1] else _OMITTED
        elif sorted(a) == sorted(b):
            edits = _SWAPPED
        elif short <= 3:
            # One letter of three is as often another word as a slip: Ali/Adi, Kim/Kin.
            edits = _OTHER_OF_THREE
    return 1.0 - edits / long


def _sounds(a: str, b: str) -> float:
    from_a, from_b = sound(a), sound(b)
    if from_a == from_b:
        return 1.0 if len(from_a) > 2 else 0.85
    return OSA.normalized_similarity(from_a, from_b)


def _consonants(a: str, b: str, abjad: bool) -> float:
    """Likeness of two words of which one was written in letters that leave much of the spelling open."""
    if not abjad:
        soft = OSA.normalized_similarity(softened(a), softened(b))
        skeletons = bones(a), bones(b)
        same = 0.84 if skeletons[0] == skeletons[1] and len(skeletons[0]) >= 4 else 0.0
        return max(same, 0.93 if soft == 1.0 and min(len(a), len(b)) > 2 else 0.86 * soft)
    mine, theirs = consonants(a), consonants(b)
    if not mine or not theirs:
        return 0.0
    if mine == theirs:
        return (0.0, 0.62, 0.8, 0.88, 0.93)[min(len(mine), 4)]
    return 0.86 * OSA.normalized_similarity(mine, theirs) if min(len(mine), len(theirs)) >= 4 else 0.0
