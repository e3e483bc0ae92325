"""Search keys of a word: itself, itself with one letter left out, its consonants, hashed alike in every process.

Two words one edit apart share a key (SymSpell's observation: delete on both sides), and so do two transliterations
with one consonant skeleton. Source: W. Garbe, SymSpell (2012).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from zlib import crc32

from .phonetics import bones, consonants, softened, sound

SHORTEST_DELETION = 3
"""Words under three letters are looked up as they are: with a letter out they are like too many others."""


@lru_cache(maxsize=65_536)
def word_keys(text: str) -> tuple[int, ...]:
    """32-bit keys of a word, its own spelling first; shared keys mean "worth comparing", never "equal"."""
    if text.isdigit() or len(text) < 2:
        return (crc32(text.encode()),)
    keys = {text}
    if len(text) >= SHORTEST_DELETION:
        keys.update(text[:at] + text[at + 1 :] for at in range(len(text)))
    keys.add("^" + sound(text))
    keys.add("*" + softened(text))
    skeleton = bones(text)
    if len(skeleton) >= 3:
        keys.add("~" + skeleton)
    if len(skeleton) >= 5:
        keys.update("~" + skeleton[:at] + skeleton[at + 1 :] for at in range(len(skeleton)))
    written = consonants(text)
    if len(written) >= 2:
        keys.add("'" + written)
    return (crc32(text.encode()), *(crc32(key.encode()) for key in sorted(keys - {text})))


@lru_cache(maxsize=16_384)
def joined_keys(text: str) -> tuple[int, ...]:
    """Keys of words run together, which nobody printed: the spelling and its consonants."""
    return (
        crc32(text.encode()),
        crc32(("^" + sound(text)).encode()),
        crc32(("*" + softened(text)).encode()),
        crc32(("~" + bones(text)).encode()),
    )


def exact_key(words: Iterable[str]) -> int:
    """Key of a whole core in sorted order."""
    return crc32(("=" + " ".join(sorted(words))).encode())
