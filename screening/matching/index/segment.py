"""An immutable set of entries as flat arrays: what is written to disk, mapped into memory and searched.

Arrays (all little-endian, all one-dimensional; *_at are offsets, one longer than what they cut):
names: `name_entry` int32 entry · `name_core` int32 first name with the very same core · `name_slot` uint16 0 = primary name,
n = nth alias · `name_tokens`/`name_at` word numbers of each core · `name_weight` float32 · `name_legal` uint8 bit set ·
`name_script` uint8 · `name_weak` uint8 weak or abbreviation · `exact_hash` uint32 sorted, `exact_names` whole cores ·
`name_length` uint8 and `name_letters` uint64 letters and letter counts of the words run together ·
`run_hash` uint32 sorted, `run_names` neighboring words run together · `end_hash` uint32 sorted, `end_names` either end
words: `word_text`/`word_at` spellings · `word_start`, `word_sound` S24 their first letters and those of their sounds, ASCII ·
`word_length` uint8, `word_letters` uint64 letter counts ·
`word_meaning` int32 the word it stands for, itself mostly · `word_weight`, `word_info` float32 · `word_kind` uint8 ·
`key_hash` uint32 sorted, `key_words` words with a key · `post_names`/`post_at` names that carry a meaning, in order
facts: `number_hash` uint32 sorted, `number_entries` identifiers · `place_hash` uint32 sorted, `place_entries`,
`place_slot` addresses
entries: `entry_json`/`entry_at` records · `entry_list` uint8.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy.typing as npt

from screening.matching.names.parse import Name, make_name
from screening.matching.text.tokens import token
from screening.matching.types import ListedParty

from .serialization import from_bytes

LEGAL_CLASSES = ("llc", "ltd", "jsc", "inc", "fz", "pe")
SCRIPTS = (
    "Latn", "Grek", "Cyrl", "Armn", "Hebr", "Arab", "Indc", "Thai", "Mymr", "Geor", "Hang", "Ethi", "Cher", "Khmr", "Copt",
    "Kana", "Hani",
)  # fmt: skip
SPELT = 24
"""Letters of a word that are compared when it is looked up; longer ones are a handful."""

Array = npt.NDArray[Any]
_SPELLINGS, _NAMES, _ENTRIES = 10_000, 10_000, 1_000
"""Most words, names and entries kept as objects in a process: about 10 MB together."""


@dataclass(slots=True)
class Segment:
    """Arrays by name, the list codes entries refer to, and small caches of what was read from them."""

    arrays: dict[str, Array]
    lists: tuple[str, ...]
    _spellings: dict[int, str] = field(default_factory=dict, repr=False)
    _names: dict[int, Name] = field(default_factory=dict, repr=False)
    _entries: dict[int, ListedParty] = field(default_factory=dict, repr=False)
    lookups: dict[str, tuple[Array, Array, Array, int]] = field(default_factory=dict, repr=False)

    @property
    def entries(self) -> int:
        """How many entries there are."""
        return len(self.arrays["entry_list"])

    @property
    def names(self) -> int:
        """How many names there are."""
        return len(self.arrays["name_entry"])

    def entry(self, number: int) -> ListedParty:
        """The listed party with this number."""
        entry = self._entries.get(number)
        if entry is None:
            offsets = self.arrays["entry_at"]
            entry = from_bytes(self.arrays["entry_json"][int(offsets[number]) : int(offsets[number + 1])].tobytes())
            bounded(self._entries, number, entry, _ENTRIES)
        return entry

    def slot(self, number: int) -> int:
        """Where an entry prints the name with this number: 0 is the primary name, n the nth alias."""
        return int(self.arrays["name_slot"][number])

    def weak(self, number: int) -> bool:
        """Whether the name with this number may only raise a possible match."""
        return bool(self.arrays["name_weak"][number])

    def spelling(self, number: int) -> str:
        """The spelling with this word number."""
        text = self._spellings.get(number)
        if text is None:
            offsets = self.arrays["word_at"]
            text = self.arrays["word_text"][int(offsets[number]) : int(offsets[number + 1])].tobytes().decode()
            bounded(self._spellings, number, text, _SPELLINGS)
        return text

    def name(self, number: int) -> Name:
        """The core of the name with this number, without its printed text; names with one core share it."""
        arrays = self.arrays
        number = int(arrays["name_core"][number])
        name = self._names.get(number)
        if name is None:
            offsets = arrays["name_at"]
            words = arrays["name_tokens"][int(offsets[number]) : int(offsets[number + 1])].tolist()
            bits = int(arrays["name_legal"][number])
            legal = frozenset(kind for bit, kind in enumerate(LEGAL_CLASSES) if bits >> bit & 1) if bits else _NO_LEGAL
            tokens = tuple([token(self.spelling(word)) for word in words])
            name = make_name(tokens, legal, SCRIPTS[int(arrays["name_script"][number])])
            bounded(self._names, number, name, _NAMES)
        return name


_NO_LEGAL: frozenset[str] = frozenset()


def bounded(cache: dict[Any, Any], key: Any, value: Any, most: int) -> None:
    """Keep `value`; a full cache is emptied, which is cheap and needs no bookkeeping on the hot path."""
    if len(cache) >= most:
        cache.clear()
    cache[key] = value
