"""Search keys of a word: itself, itself with one letter left out, its consonants, hashed alike in every process.

Two words one edit apart share a key (SymSpell's observation: delete on both sides), and so do two transliterations
with one consonant skeleton. Source: W. Garbe, SymSpell (2012).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from zlib import crc32

from screening.matching.text.phonetics import consonant_skeleton, consonants, softened
from screening.matching.text.similarity import SURNAME_GROUP
from screening.matching.text.typos import small_words_off

SHORTEST_DELETION = 3
"""Words under three letters are looked up as they are: with a letter out they are like too many others."""
_PLACE = {char: 2 * (index % 32) for index, char in enumerate("abcdefghijklmnopqrstuvwxyz0123456789")}
_GRAY = (0, 1, 3, 2)
"""Counting in this code changes one bit a step."""


def word_keys(text: str) -> tuple[int, ...]:
    """32-bit keys of a word, its own spelling first; shared keys mean "worth comparing", never "equal"."""
    spelt = text.encode()
    if text.isdigit() or len(text) < 2:
        return (crc32(spelt),)
    skeleton, written = consonant_skeleton(text).encode(), consonants(text).encode()
    keys = [crc32(spelt), crc32(b"*" + softened(text).encode())]
    if len(text) >= SHORTEST_DELETION:
        keys += [crc32(spelt[:index] + spelt[index + 1 :]) for index in range(len(spelt))]
    if len(skeleton) >= 3:
        keys.append(crc32(b"~" + skeleton))
    if len(skeleton) >= 5:
        keys += [crc32(b"~" + skeleton[:index] + skeleton[index + 1 :]) for index in range(len(skeleton))]
    if len(written) >= 2:
        keys.append(crc32(b"'" + written))
    keys += [crc32(rest.encode()) for rest in small_words_off(text)]
    if text in SURNAME_GROUP:
        keys.append(crc32(b"&%d" % SURNAME_GROUP[text]))
    return tuple(dict.fromkeys(keys))


def joined_keys(text: str) -> tuple[int, ...]:
    """Keys of words run together: the spelling, how it sounds, and its consonants."""
    return (
        crc32(text.encode()),
        crc32(b"*" + softened(text).encode()),
        crc32(b"~" + consonant_skeleton(text).encode()),
        crc32(b"'" + consonants(text).encode()),
    )


def run_key(text: str) -> int:
    """Key of two or three listed words run together: by sound, so that transliterations of one run meet."""
    return crc32(("+" + softened(text)).encode())


def letter_counts(text: str) -> int:
    """How often each letter stands in a text, modulo 4, two bits a letter: an edit changes at most two bits."""
    bits = 0
    for char in set(text):
        bits ^= _GRAY[text.count(char) & 3] << _PLACE[char]
    return bits


def _end(length: int) -> int:
    """Letters at either end of a name that are a key: one slip leaves one of the ends intact."""
    return min(max(length // 2 - 1, 2), 6)


def end_keys(words: Sequence[str], away: int = 0) -> set[int]:
    """Keys of both ends of the words run together, as written and sorted; for names up to `away` letters shorter or longer."""
    keys: set[int] = set()
    for text in {"".join(words), "".join(sorted(words))}:
        for size in {_end(max(len(text) + step, 0)) for step in range(-away, away + 1)}:
            keys.add(crc32(("<" + text[:size]).encode()))
            keys.add(crc32((">" + text[-size:]).encode()))
    return keys


def exact_key(words: Iterable[str]) -> int:
    """Key of a whole core in sorted order."""
    return crc32(("=" + " ".join(sorted(words))).encode())
