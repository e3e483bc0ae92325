"""Measuring speed on an index: latency, throughput, start-up, and growth on synthetic names. The clock is passed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from screening.matching.engine import screen, screen_many
from screening.matching.index.index import Index
from screening.matching.policy import Policy
from screening.matching.types import ListedParty, Party

from .accuracy import seeded

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds a party: median, 95th percentile, mean, over `asked` parties."""

    heading: str
    p50: float
    p95: float
    mean: float
    asked: int


def latency(heading: str, clock: Clock, ask: Callable[[str], object], names: Sequence[str], *, warm: int = 0) -> Latency:
    """Time each call on its own, after `warm` calls that do not count."""
    for name in names[:warm]:
        ask(name)
    times = []
    for name in names[warm:]:
        start = clock()
        ask(name)
        times.append(clock() - start)
    values = np.array(times) * 1_000
    return Latency(heading, float(np.percentile(values, 50)), float(np.percentile(values, 95)), float(values.mean()), len(values))


def screening_latency(index: Index, policy: Policy, clock: Clock, names: Sequence[str]) -> Latency:
    """Latency of `screen` with evidence."""
    return latency("this engine", clock, lambda name: screen(index, Party(name=name), policy), names, warm=len(names) // 10)


def naive_latency(index: Index, clock: Clock, names: Sequence[str]) -> list[Latency]:
    """RapidFuzz `extract` over the same printed names, the way most tools do it."""
    printed = [text for entry in index for text in (entry.name, *(alias.name for alias in entry.aliases))]
    return [
        latency("extract, WRatio", clock, lambda name: process.extract(name, printed, scorer=fuzz.WRatio, limit=5), names),
        latency(
            "extract, token_sort_ratio",
            clock,
            lambda name: process.extract(name, printed, scorer=fuzz.token_sort_ratio, limit=5),
            names,
        ),
    ]


def batch_rate(index: Index, policy: Policy, clock: Clock, names: Sequence[str]) -> float:
    """Parties a second through `screen_many`."""
    start = clock()
    screen_many(index, [Party(name=name) for name in names], policy)
    return len(names) / max(clock() - start, 1e-9)


_PIECES = "ka lo mi ren tas vor zel qui ban dor shi lan meg pra tun osk el har win jo fer bul cha nok rys".split()


def synthetic(words: Sequence[str], count: int, seed: int) -> Iterator[ListedParty]:
    """Entries with one name each: one or two words of the given ones, one invented word, sometimes a general one."""
    rng = seeded(seed)
    general = ("trading", "technology", "company", "group", "shipping", "electronics", "institute", "llc", "co ltd")
    for number in range(count):
        made = "".join(rng.choice(_PIECES) for _ in range(rng.randrange(2, 5)))
        parts = [rng.choice(words) for _ in range(rng.randrange(1, 3))] + [made]
        if rng.random() < 0.6:
            parts.append(rng.choice(general))
        yield ListedParty("SYN", str(number), " ".join(parts))
