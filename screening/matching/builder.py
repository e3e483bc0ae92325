"""Listed parties -> the flat arrays of a Segment."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from .facts import Facts
from .keys import exact_key, joined_keys, word_keys
from .names import Name, read
from .records import to_bytes
from .segment import COMMA, LEGAL_CLASSES, SCHEMAS, SCRIPTS, WEAK, Array, Segment
from .tokens import Kind
from .types import ListedParty, Quality, Schema

NAME_JOIN_WORDS = 2
"""Neighboring words also kept run together."""


@dataclass(slots=True)
class _Names:
    """Columns of names under construction."""

    entry: array[int] = field(default_factory=lambda: array("i"))
    slot: array[int] = field(default_factory=lambda: array("H"))
    part: array[int] = field(default_factory=lambda: array("B"))
    at: array[int] = field(default_factory=lambda: array("q", (0,)))
    tokens: array[int] = field(default_factory=lambda: array("i"))
    weight: array[float] = field(default_factory=lambda: array("f"))
    legal: array[int] = field(default_factory=lambda: array("B"))
    script: array[int] = field(default_factory=lambda: array("B"))
    flags: array[int] = field(default_factory=lambda: array("B"))
    exact: array[int] = field(default_factory=lambda: array("I"))
    words: dict[str, int] = field(default_factory=dict)
    post_word: array[int] = field(default_factory=lambda: array("i"))
    post_name: array[int] = field(default_factory=lambda: array("i"))
    joins: dict[str, tuple[float, float]] = field(default_factory=dict)
    searched: dict[str, tuple[float, float]] = field(default_factory=dict)


def printed_names(entry: ListedParty) -> Iterator[tuple[int, int, Name, bool]]:
    """(slot, part, core, weak) of every name an entry can be found by. Address-only entries have none."""
    if entry.schema is Schema.ADDRESS:
        return
    printed = [
        (entry.name, False),
        *((alias.name, alias.quality is Quality.WEAK or alias.kind == "abbreviation") for alias in entry.aliases),
    ]
    for slot, (text, weak) in enumerate(printed):
        reading = read(text)
        parts = [(name, weak) for name in (reading.main, *reading.others)] + [(name, True) for name in reading.asides]
        for part, (name, poor) in enumerate(parts):
            if name.comparable:
                yield slot, part, name, poor


def build_segment(entries: Iterable[ListedParty]) -> Segment:
    """Arrays over the entries, in the order given."""
    names = _Names()
    records: list[bytes] = []
    lists: dict[str, int] = {}
    entry_list, entry_schema = array("B"), array("B")
    facts = Facts()
    for number, entry in enumerate(entries):
        records.append(to_bytes(entry))
        entry_list.append(lists.setdefault(entry.list, len(lists)))
        entry_schema.append(SCHEMAS.index(entry.schema))
        facts.add(number, entry)
        for slot, part, name, weak in printed_names(entry):
            _add_name(names, number, slot, part, name, weak)
    arrays = {
        "entry_json": np.frombuffer(b"".join(records), dtype=np.uint8),
        "entry_at": _offsets([len(record) for record in records]),
        "entry_list": np.array(entry_list, dtype=np.uint8),
        "entry_schema": np.array(entry_schema, dtype=np.uint8),
    }
    arrays |= _name_arrays(names) | _word_arrays(names) | facts.arrays()
    return Segment(arrays, tuple(lists))


def _add_name(names: _Names, entry: int, slot: int, part: int, name: Name, weak: bool) -> None:
    number = len(names.entry)
    names.entry.append(entry)
    names.slot.append(slot)
    names.part.append(min(part, 255))
    names.weight.append(name.weight)
    names.legal.append(sum(1 << LEGAL_CLASSES.index(kind) for kind in name.legal))
    names.script.append(SCRIPTS.index(name.script) if name.script in SCRIPTS else 0)
    names.flags.append((COMMA if name.comma else 0) | (WEAK if weak else 0))
    names.exact.append(exact_key(name.key))
    seen: set[int] = set()
    for token in name.tokens:
        names.tokens.append(names.words.setdefault(token.raw, len(names.words)))
        _post(names, number, token.text, (token.weight, token.information), seen)
    names.at.append(len(names.tokens))
    for left, right in zip(name.tokens, name.tokens[1:], strict=False):
        if Kind.DIGITS not in (left.kind, right.kind):
            text = left.raw + right.raw
            names.joins.setdefault(text, (left.weight + right.weight, left.information + right.information))
            _post(names, number, text, None, seen)


def _post(names: _Names, number: int, text: str, worth: tuple[float, float] | None, seen: set[int]) -> None:
    """Note that a name carries a word; `worth` is its weight and information, None for two words run together."""
    word = names.words.setdefault(text, len(names.words))
    if worth is not None:
        names.searched.setdefault(text, worth)
    if word not in seen:
        seen.add(word)
        names.post_word.append(word)
        names.post_name.append(number)


def _name_arrays(names: _Names) -> dict[str, Array]:
    exact = np.array(names.exact, dtype=np.uint32)
    order = np.argsort(exact, kind="stable")
    return {
        "name_entry": np.array(names.entry, dtype=np.int32),
        "name_slot": np.array(names.slot, dtype=np.uint16),
        "name_part": np.array(names.part, dtype=np.uint8),
        "name_at": np.array(names.at, dtype=np.int64),
        "name_tokens": np.array(names.tokens, dtype=np.int32),
        "name_weight": np.array(names.weight, dtype=np.float32),
        "name_legal": np.array(names.legal, dtype=np.uint8),
        "name_script": np.array(names.script, dtype=np.uint8),
        "name_flags": np.array(names.flags, dtype=np.uint8),
        "exact_hash": exact[order],
        "exact_names": order.astype(np.int32),
    }


def _word_arrays(names: _Names) -> dict[str, Array]:
    hashes, owners = array("I"), array("i")
    weights = np.zeros(len(names.words), dtype=np.float32)
    information = np.zeros(len(names.words), dtype=np.float32)
    texts: list[bytes] = []
    for text, word in names.words.items():
        texts.append(text.encode())
        # A word that is also two words run together is worth what the dearer reading is worth: an estimate may be generous.
        worth = (names.searched.get(text, (0.0, 0.0)), names.joins.get(text, (0.0, 0.0)))
        weights[word], information[word] = max(row[0] for row in worth), max(row[1] for row in worth)
        keys = word_keys(text) if text in names.searched else joined_keys(text) if text in names.joins else ()
        for key in keys:
            hashes.append(key)
            owners.append(word)
    hash_array, owner_array = np.array(hashes, dtype=np.uint32), np.array(owners, dtype=np.int32)
    order = np.argsort(hash_array, kind="stable")
    unique, starts = np.unique(hash_array[order], return_index=True)
    post_word, post_name = np.array(names.post_word, dtype=np.int32), np.array(names.post_name, dtype=np.int32)
    by_word = np.argsort(post_word, kind="stable")
    return {
        "word_text": np.frombuffer(b"".join(texts), dtype=np.uint8),
        "word_at": _offsets([len(text) for text in texts]),
        "word_weight": weights,
        "word_info": information,
        "key_hash": unique,
        "key_at": np.append(starts, len(order)).astype(np.int64),
        "key_words": owner_array[order],
        "post_names": post_name[by_word],
        "post_at": np.searchsorted(post_word[by_word], np.arange(len(texts) + 1)).astype(np.int64),
    }


def _offsets(sizes: Sequence[int]) -> Array:
    return np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(np.array(sizes, dtype=np.int64), dtype=np.int64)))
