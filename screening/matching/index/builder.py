"""Listed parties -> the flat arrays of a Segment. Work a name is little: what depends on a word is done once a word."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

import numpy as np

from screening.matching.names.listed_names import printed_names
from screening.matching.names.parse import Name
from screening.matching.text.phonetics import sound
from screening.matching.text.tokens import Kind, Token, token
from screening.matching.types import ListedParty

from .address_identifier_keys import Facts
from .keys import end_keys, exact_key, letter_counts, run_key, word_keys
from .segment import LEGAL_CLASSES, SCRIPTS, SPELT, Array, Segment
from .serialization import to_bytes

LONGEST_RUN = 32
"""Letters of words run together that are still looked for as one word."""


@dataclass(slots=True)
class _Names:
    """Columns of names under construction."""

    entry: array[int] = field(default_factory=lambda: array("i"))
    slot: array[int] = field(default_factory=lambda: array("H"))
    size: array[int] = field(default_factory=lambda: array("B"))
    tokens: array[int] = field(default_factory=lambda: array("i"))
    weight: array[float] = field(default_factory=lambda: array("f"))
    legal: array[int] = field(default_factory=lambda: array("B"))
    script: array[int] = field(default_factory=lambda: array("B"))
    weak: array[int] = field(default_factory=lambda: array("B"))
    exact: array[int] = field(default_factory=lambda: array("I"))
    core: array[int] = field(default_factory=lambda: array("Q"))
    run: array[int] = field(default_factory=lambda: array("I"))
    run_name: array[int] = field(default_factory=lambda: array("i"))
    length: array[int] = field(default_factory=lambda: array("B"))
    letters: array[int] = field(default_factory=lambda: array("Q"))
    end: array[int] = field(default_factory=lambda: array("I"))
    end_name: array[int] = field(default_factory=lambda: array("i"))
    words: dict[str, int] = field(default_factory=dict)


def build_segment(entries: Iterable[ListedParty]) -> Segment:
    """Arrays over the entries, in the order given."""
    names = _Names()
    records: list[bytes] = []
    lists: dict[str, int] = {}
    entry_list = array("B")
    facts = Facts()
    for number, entry in enumerate(entries):
        records.append(to_bytes(entry))
        entry_list.append(lists.setdefault(entry.list, len(lists)))
        facts.add(number, entry)
        for slot, name, weak in printed_names(entry):
            _add_name(names, number, slot, name, weak)
    arrays = {
        "entry_json": np.frombuffer(b"".join(records), dtype=np.uint8),
        "entry_at": _offsets([len(record) for record in records], np.int64),
        "entry_list": np.array(entry_list, dtype=np.uint8),
    }
    words = [token(raw) for raw in names.words]
    arrays |= _name_arrays(names) | _word_arrays(names, words) | facts.arrays()
    return Segment(arrays, tuple(lists))


def _add_name(names: _Names, entry: int, slot: int, name: Name, weak: bool) -> None:
    number = len(names.entry)
    legal = sum(1 << LEGAL_CLASSES.index(kind) for kind in name.legal)
    script = SCRIPTS.index(name.script) if name.script in SCRIPTS else 0
    tokens = array("i", [names.words.setdefault(token.raw, len(names.words)) for token in name.tokens])
    names.entry.append(entry)
    names.slot.append(slot)
    names.size.append(len(tokens))
    names.tokens.extend(tokens)
    names.weight.append(name.weight)
    names.legal.append(legal)
    names.script.append(script)
    names.weak.append(weak)
    names.exact.append(exact_key(name.key))
    core = blake2b(tokens.tobytes() + bytes((legal, script)), digest_size=8)
    names.core.append(int.from_bytes(core.digest(), "little"))
    runs = {run_key(run) for run in _runs(name.tokens)}
    names.run.extend(runs)
    names.run_name.extend((number,) * len(runs))
    ends = end_keys([token.raw for token in name.tokens])
    names.end.extend(ends)
    names.end_name.extend((number,) * len(ends))
    names.length.append(min(len(name.flat), 255))
    names.letters.append(letter_counts(name.flat))


def _runs(tokens: Sequence[Token]) -> Iterator[str]:
    """Two and three neighboring words run together."""
    for start in range(len(tokens) - 1):
        run = tokens[start].raw
        for piece in tokens[start : start + 3]:
            if piece.kind is Kind.DIGITS or len(run) > LONGEST_RUN:
                break
            if piece is not tokens[start]:
                run += piece.raw
                yield run


def _name_arrays(names: _Names) -> dict[str, Array]:
    exact = np.array(names.exact, dtype=np.uint32)
    order = np.argsort(exact, kind="stable")
    _, first, same = np.unique(np.array(names.core, dtype=np.uint64), return_index=True, return_inverse=True)
    return {
        "name_entry": np.array(names.entry, dtype=np.int32),
        "name_core": first[same].astype(np.int32),
        "name_slot": np.array(names.slot, dtype=np.uint16),
        "name_at": _offsets(names.size, np.uint32),
        "name_tokens": np.array(names.tokens, dtype=np.int32),
        "name_weight": np.array(names.weight, dtype=np.float32),
        "name_legal": np.array(names.legal, dtype=np.uint8),
        "name_script": np.array(names.script, dtype=np.uint8),
        "name_weak": np.array(names.weak, dtype=np.uint8),
        "exact_hash": exact[order],
        "exact_names": order.astype(np.int32),
        "name_length": np.array(names.length, dtype=np.uint8),
        "name_letters": np.array(names.letters, dtype=np.uint64),
        **_keyed("run_hash", names.run, "run_names", names.run_name),
        **_keyed("end_hash", names.end, "end_names", names.end_name),
    }


def _keyed(key: str, hashes: array[int], value: str, owners: array[int]) -> dict[str, Array]:
    """Two columns sorted by key, owners of one key in order."""
    packed = np.array(hashes, dtype=np.uint64) << np.uint64(32) | np.array(owners, dtype=np.uint64)
    packed.sort()
    return {key: (packed >> np.uint64(32)).astype(np.uint32), value: (packed & np.uint64(0xFFFFFFFF)).astype(np.int32)}


def _word_arrays(names: _Names, words: list[Token]) -> dict[str, Array]:
    """Written words first, then what they mean where that is another word; both are looked up, meanings are posted."""
    numbers = dict(names.words)
    for word in words:
        numbers.setdefault(word.text, len(numbers))
    words = words + [token(text) for text in list(numbers)[len(words) :]]
    meaning = np.array([numbers.get(word.text, number) for number, word in enumerate(words)], dtype=np.int32)
    # Twice: "kommercheskii" means commercial, which means trading.
    meaning = meaning[meaning]
    texts = [text.encode() for text in numbers]
    fixed = f"S{SPELT}"
    hashes, owners = array("I"), array("i")
    for text, number in numbers.items():
        keys = word_keys(text)
        hashes.extend(keys)
        owners.extend((number,) * len(keys))
    means = meaning[np.array(names.tokens, dtype=np.int32)].astype(np.int64)
    carriers = np.repeat(np.arange(len(names.size)), np.array(names.size, dtype=np.int64))
    posts = np.unique(means << 32 | carriers)
    return {
        "word_text": np.frombuffer(b"".join(texts), dtype=np.uint8),
        "word_at": _offsets([len(text) for text in texts], np.uint32),
        "word_start": np.array(texts, dtype=fixed),
        "word_sound": np.array([sound(text).encode() for text in numbers], dtype=fixed),
        "word_length": np.array([min(len(text), 255) for text in texts], dtype=np.uint8),
        "word_letters": np.array([letter_counts(text) for text in numbers], dtype=np.uint64),
        "word_meaning": meaning,
        "word_weight": np.array([word.weight for word in words], dtype=np.float32),
        "word_info": np.array([word.information for word in words], dtype=np.float32),
        "word_kind": np.array([word.kind for word in words], dtype=np.uint8),
        **_keyed("key_hash", hashes, "key_words", owners),
        "post_names": (posts & 0xFFFFFFFF).astype(np.int32),
        "post_at": np.searchsorted(posts >> 32, np.arange(len(texts) + 1)).astype(np.uint32),
    }


def _offsets(sizes: Sequence[int], kind: type[np.uint32] | type[np.int64]) -> Array:
    return np.concatenate((np.zeros(1, dtype=kind), np.cumsum(np.array(sizes, dtype=np.int64)).astype(kind)))
