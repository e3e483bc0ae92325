"""Measuring accuracy on an index: leave one alias out, variations, innocent names, near misses. No database, no clock.

Entities are split in two halves by a digest of list and uid; weights were set on the tuning half, figures are given
for the validation half (half 1).
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from screening.matching.blocking.candidates import candidates
from screening.matching.engine import screen
from screening.matching.index.index import Index
from screening.matching.index.segment import Segment
from screening.matching.names.parse import Name, read
from screening.matching.names.score import compare_names
from screening.matching.policy import Policy
from screening.matching.text.tokens import DISTINCT, Kind
from screening.matching.types import ListedParty, Party, Schema

from .variations import VARIATIONS

CRAFT = (Schema.VESSEL, Schema.AIRCRAFT)
SEED = 20_26


@dataclass(frozen=True, slots=True)
class Rate:
    """`found` of `asked` under a heading; `of` names the kind of figure: recall, alerts, kept apart."""

    of: str
    heading: str
    found: int
    asked: int

    @property
    def share(self) -> float:
        """Found of asked, 0 when nothing was asked."""
        return self.found / self.asked if self.asked else 0.0


def seeded(seed: int) -> random.Random:
    """Repeatable chance for sampling; nothing here is secret."""
    return random.Random(seed)  # noqa: S311


def half_of(entry: ListedParty) -> int:
    """0 tuning, 1 validation."""
    return hashlib.blake2b(f"{entry.list}/{entry.uid}".encode(), digest_size=2).digest()[0] % 2


COUNTED = 0
"""Half of innocent names that the frequency tables were counted from; alerts are measured on the other."""


def half_of_name(name: str) -> int:
    """0 or 1 by a digest of an innocent name."""
    return hashlib.blake2b(name.encode(), digest_size=2).digest()[0] % 2


def numbered(segment: Segment) -> Iterator[tuple[int, ListedParty]]:
    """Entries of a segment with their numbers."""
    for number in range(segment.entries):
        yield number, segment.entry(number)


def alias_recall(index: Index, policy: Policy, *, half: int, sample: int, seed: int) -> list[Rate]:
    """Leave one alias out: query it, a hit is its own entry through another name. Weak aliases and vessels apart."""
    tally: dict[str, list[int]] = {}
    segment = index.segments[0]
    rows = [
        (number, slot)
        for number, entry in numbered(segment)
        if half_of(entry) == half
        for slot in range(1, len(entry.aliases) + 1)
    ]
    for number, slot in seeded(seed).sample(rows, min(sample, len(rows))):
        entry = segment.entry(number)
        alias = entry.aliases[slot - 1]
        name = read(alias.name).main
        if not name.comparable:
            continue
        found = _found_without(segment, name, number, alias.name, policy)
        weak = alias.quality == "weak" or alias.kind == "abbreviation"
        apart = "vessels and aircraft" if entry.schema in CRAFT else "weak aliases" if weak else "all"
        headings = (
            [apart] if apart != "all" else ["all", f"list {entry.list}", f"kind {entry.schema}", f"quality {alias.quality}"]
        )
        for heading in headings:
            count = tally.setdefault(heading, [0, 0])
            count[0] += found
            count[1] += 1
    return [Rate("alias recall", heading, *count) for heading, count in sorted(tally.items())]


def _found_without(segment: Segment, name: Name, entry: int, left_out: str, policy: Policy) -> bool:
    owners, slots = segment.arrays["name_entry"], segment.arrays["name_slot"]
    listed = segment.entry(entry)
    texts = [listed.name, *(alias.name for alias in listed.aliases)]
    for number, _ in candidates(segment, name, None, policy.possible):
        other_name = int(owners[number]) == entry and texts[int(slots[number])] != left_out
        if other_name and compare_names(name, segment.name(number)).points >= policy.possible:
            return True
    return False


def variation_recall(index: Index, policy: Policy, *, half: int, sample: int, seed: int) -> list[Rate]:
    """Primary names varied in one way each; a hit is the own entry among the answers of `screen`."""
    rng = seeded(seed)
    entries = [entry for entry in index if half_of(entry) == half and entry.schema not in (*CRAFT, Schema.ADDRESS)]
    rng.shuffle(entries)
    rates = []
    for heading, vary in VARIATIONS.items():
        found = asked = 0
        for entry in entries:
            if asked >= sample:
                break
            if not _fits(heading, entry):
                continue
            varied = vary(entry.name, rng)
            if not varied or varied == entry.name or not read(varied).main.comparable or not read(entry.name).main.comparable:
                continue
            asked += 1
            answer = screen(index, Party(name=varied), policy)
            found += any((hit.entry.list, hit.entry.uid) == (entry.list, entry.uid) for hit in answer.hits)
        rates.append(Rate("recall by variation", heading, found, asked))
    return rates


_HOMES = {
    "Han": {"CN", "HK", "TW"},
    "Hangul": {"KP", "KR"},
    "Arabic": {"SY", "IQ", "LB", "SA", "EG", "YE", "LY", "JO", "PS", "KW", "QA"},
    "Cyrillic": {"RU", "BY", "UA", "KZ"},
}
"""A script is tried on persons of countries that write it."""


def _fits(heading: str, entry: ListedParty) -> bool:
    homes = _HOMES.get(heading)
    if homes is None:
        return True
    return bool(homes & set(entry.countries)) and ("," in entry.name or entry.schema is Schema.PERSON)


def alert_rate(index: Index, names: Sequence[str], policy: Policy, heading: str) -> Rate:
    """Innocent names that raise any hit."""
    return Rate("alerts", heading, sum(bool(screen(index, Party(name=name), policy).hits) for name in names), len(names))


def kept_apart(index: Index, policy: Policy, *, sample: int, seed: int) -> list[Rate]:
    """Nearest different listed parties, and names with one distinguishing word exchanged: share below `possible`."""
    rng = seeded(seed)
    segment = index.segments[0]
    numbers = [number for number in range(segment.names) if not segment.weak(number)]
    near = _nearest_others(segment, rng.sample(numbers, min(sample, len(numbers))))
    apart = sum(compare_names(name, other).points < policy.possible for name, other in near)
    swapped = list(_exchanged(segment, rng, numbers, sample))
    still = sum(compare_names(read(text).main, name).points < policy.possible for text, name in swapped)
    return [
        Rate("kept apart", "nearest different listed party", apart, len(near)),
        Rate("kept apart", "one distinguishing word exchanged", still, len(swapped)),
    ]


def _nearest_others(segment: Segment, numbers: Iterable[int]) -> list[tuple[Name, Name]]:
    """Pairs of names of different entries of one list that each keep a distinctive word the other lacks."""
    owners = segment.arrays["name_entry"]
    pairs = []
    for number in numbers:
        name, entry = segment.name(number), int(owners[number])
        for near, _ in candidates(segment, name, None, 40.0):
            other_entry = int(owners[near])
            if other_entry == entry or segment.arrays["entry_list"][other_entry] != segment.arrays["entry_list"][entry]:
                continue
            alignment = compare_names(name, segment.name(near)).alignment
            kept = any(name.tokens[position].weight >= DISTINCT for position in alignment.query_left)
            lacked = any(segment.name(near).tokens[position].weight >= DISTINCT for position in alignment.listed_left)
            if kept and lacked:
                pairs.append((name, segment.name(near)))
                break
    return pairs


def _exchanged(segment: Segment, rng: random.Random, numbers: Sequence[int], sample: int) -> Iterator[tuple[str, Name]]:
    bank = [token for number in rng.sample(list(numbers), min(len(numbers), 2_000)) for token in segment.name(number).tokens]
    made = 0
    for number in rng.sample(list(numbers), len(numbers)):
        name = segment.name(number)
        own = [
            position
            for position, token in enumerate(name.tokens)
            if token.kind in (Kind.WORD, Kind.PLACE) and token.weight >= 0.3
        ]
        if len(name.tokens) < 2 or not own:
            continue
        position = rng.choice(own)
        others = [
            token for token in bank if token.kind is name.tokens[position].kind and token.text != name.tokens[position].text
        ]
        if not others:
            continue
        words = [token.raw for token in name.tokens]
        words[position] = rng.choice(others).raw
        yield " ".join(words), name
        made += 1
        if made >= sample:
            return
