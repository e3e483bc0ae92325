"""An immutable set of entries as flat arrays: what is written to disk, mapped into memory and searched.

Arrays (all little-endian, all one-dimensional; *_at are offsets, one longer than what they cut):
`name_entry` int32 entry of a name · `name_slot` uint16 0 = primary name, n = nth alias, with `name_part` uint8 which name
inside the printed text · `name_tokens`/`name_at` word numbers of each core · `name_weight` float32 · `name_legal` uint8
bit set · `name_script` uint8 · `name_flags` uint8 (1 comma, 2 weak) · `word_text`/`word_at` UTF-8 spellings · `word_weight`,
`word_info` float32 · `post_names`/`post_at` names of a word · `key_hash` uint32 sorted, `key_words`/`key_at` words of a key ·
`exact_hash` uint32 sorted, `exact_names` · `number_hash` uint32 sorted, `number_entries` identifiers · `place_hash`
uint32 sorted, `place_entries`, `place_slot` addresses ·
`entry_json`/`entry_at` records · `entry_list` uint8 · `entry_schema` uint8.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy.typing as npt

from .names import Name, make_name
from .records import from_bytes
from .tokens import token
from .types import ListedParty, Schema

LEGAL_CLASSES = ("llc", "ltd", "jsc", "inc", "fz", "pe")
SCRIPTS = (
    "Latn", "Grek", "Cyrl", "Armn", "Hebr", "Arab", "Indc", "Thai", "Mymr", "Geor", "Hang", "Ethi", "Cher", "Khmr", "Copt",
    "Kana", "Hani",
)  # fmt: skip
SCHEMAS = tuple(Schema)
COMMA, WEAK = 1, 2
"""Bits of name_flags: written "SURNAME, Given"; weak alias or abbreviation."""

Array = npt.NDArray[Any]
_CACHE = 50_000
"""Most words or names kept as objects in a process: about 12 MB."""


@dataclass(slots=True)
class Segment:
    """Arrays by name, the list codes entries refer to, and small caches of what was read from them."""

    arrays: dict[str, Array]
    lists: tuple[str, ...]
    _spellings: dict[int, str] = field(default_factory=dict, repr=False)
    _names: dict[int, Name] = field(default_factory=dict, repr=False)
    _entries: dict[int, ListedParty] = field(default_factory=dict, repr=False)
    lookups: dict[str, tuple[Array, Array]] = field(default_factory=dict, repr=False)

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
        found = self._entries.get(number)
        if found is None:
            at = self.arrays["entry_at"]
            found = from_bytes(self.arrays["entry_json"][int(at[number]) : int(at[number + 1])].tobytes())
            _bounded(self._entries, number, found, 2_000)
        return found

    def spelling(self, number: int) -> str:
        """The spelling with this word number."""
        found = self._spellings.get(number)
        if found is None:
            at = self.arrays["word_at"]
            found = self.arrays["word_text"][int(at[number]) : int(at[number + 1])].tobytes().decode()
            _bounded(self._spellings, number, found, _CACHE)
        return found

    def name(self, number: int) -> Name:
        """The core of the name with this number, without its printed text."""
        found = self._names.get(number)
        if found is None:
            arrays = self.arrays
            at = arrays["name_at"]
            tokens = tuple(
                token(self.spelling(word)) for word in arrays["name_tokens"][int(at[number]) : int(at[number + 1])].tolist()
            )
            bits = int(arrays["name_legal"][number])
            legal = frozenset(kind for place, kind in enumerate(LEGAL_CLASSES) if bits >> place & 1)
            comma = bool(int(arrays["name_flags"][number]) & COMMA)
            found = make_name("", tokens, legal, SCRIPTS[int(arrays["name_script"][number])], comma)
            _bounded(self._names, number, found, _CACHE)
        return found


def _bounded(cache: dict[int, Any], key: int, value: Any, most: int) -> None:
    """Keep `value`; a full cache is emptied, which is cheap and needs no bookkeeping on the hot path."""
    if len(cache) >= most:
        cache.clear()
    cache[key] = value
