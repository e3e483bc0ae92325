"""What `bench_screening` measures, in the order it prints: rates, speed and growth as values, and the accuracy card made of them.

Figures are for the validation half of the entities, at the one default threshold; the clock is passed in.
"""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from screening.benchmarks.worker import WorkerCost, cost_of_worker
from screening.matching.index.index import Index, build, load, save
from screening.matching.policy import DEFAULT
from screening.matching.types import Schema

from . import accuracy, speed
from .accuracy import SEED, Rate
from .recall import Recall, blocking_recall, mixed_queries
from .speed import Clock, Latency

VALIDATION = 1
MAX_VARIED, MAX_PAIRS = 400, 1_500
"""Most names a variation, most pairs that are to be kept apart."""
QUERIES, NAIVE_QUERIES = 2_000, 20
RECALL_QUERIES, GROWN_QUERIES = 1_000, 200
"""Queries for which an exhaustive oracle is asked as well."""
SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000)


@dataclass(frozen=True, slots=True)
class SpeedFigures:
    """Latency a party, this engine first; parties a second in batch; what a worker pays; what retrieval brings."""

    latencies: tuple[Latency, ...]
    batch_per_second: float
    worker: WorkerCost
    recall: Recall

    def as_card(self) -> dict[str, Any]:
        """The card's "speed"."""
        return {
            "latency": {row.heading: {"p50_ms": round(row.p50, 3), "p95_ms": round(row.p95, 3)} for row in self.latencies},
            "batch_per_second": round(self.batch_per_second),
            "blocking_recall": round(self.recall.share, 5),
            **self.worker.as_card(),
        }


@dataclass(frozen=True, slots=True)
class GrowthFigures:
    """One size of the growth table: seconds to build, latency, what a worker pays, what retrieval brings."""

    names: int
    build_seconds: float
    latency: Latency
    worker: WorkerCost
    recall: Recall

    def as_card(self) -> dict[str, float]:
        """A row of the card's "growth"."""
        return {
            "names": self.names,
            "build_s": round(self.build_seconds, 1),
            "p50_ms": round(self.latency.p50, 3),
            "p95_ms": round(self.latency.p95, 3),
            "blocking_recall": round(self.recall.share, 5),
            **self.worker.as_card(),
        }


def rates(index: Index, companies: Sequence[str], persons: Sequence[str], sample: int) -> Iterator[Rate]:
    """Recall of aliases and of variations, alerts on innocent names, names kept apart; at most `sample` a figure."""
    yield from accuracy.alias_recall(index, DEFAULT, half=VALIDATION, sample=sample, seed=SEED)
    yield from accuracy.variation_recall(index, DEFAULT, half=VALIDATION, sample=min(sample, MAX_VARIED), seed=SEED)
    if companies:
        yield accuracy.alert_rate(index, companies[:sample], DEFAULT, "innocent companies")
    if persons:
        yield accuracy.alert_rate(index, persons, DEFAULT, "innocent persons")
    yield from accuracy.kept_apart(index, DEFAULT, sample=min(sample, MAX_PAIRS), seed=SEED)


def rates_as_card(measured: Sequence[Rate], innocent_names: dict[str, str]) -> dict[str, Any]:
    """The card's "accuracy"; `innocent_names` says where companies and persons came from."""
    rows = [{"of": rate.of, "heading": rate.heading, "share": round(rate.share, 4), "of_names": rate.asked} for rate in measured]
    return {"half": "validation", "innocent_names": innocent_names, "rates": rows}


def speed_figures(index: Index, companies: Sequence[str], clock: Clock) -> SpeedFigures:
    """Speed of this engine beside RapidFuzz's own `extract` over the same names."""
    names = _queries(index, companies, QUERIES)
    latencies = (speed.screening_latency(index, DEFAULT, clock, names), *speed.naive_latency(index, clock, names[:NAIVE_QUERIES]))
    rate = speed.batch_rate(index, DEFAULT, clock, names)
    return SpeedFigures(latencies, rate, _worker(index, names), _recall(index, companies, RECALL_QUERIES))


def growth_figures(index: Index, clock: Clock) -> Iterator[GrowthFigures]:
    """The same on synthetic names in growing numbers, made of words of the index."""
    base = index.segments[0]
    words = sorted({token.raw for number in range(0, base.names, 7) for token in base.name(number).tokens})
    for size in SIZES:
        yield _grown(words, size, clock)


def _grown(words: Sequence[str], size: int, clock: Clock) -> GrowthFigures:
    """An index of so many synthetic names, measured as a worker has it, from disk."""
    with tempfile.TemporaryDirectory() as folder:
        start = clock()
        save(build(speed.synthetic(words, size, SEED)), Path(folder) / "snapshot")
        built = clock() - start
        gc.collect()
        grown = load(Path(folder) / "snapshot")
        names = [grown.entry(number * 97 % size).name for number in range(600)]
        names = [name if number % 2 else name[:-2] + name[-1] for number, name in enumerate(names)]
        latency = speed.screening_latency(grown, DEFAULT, clock, names)
        return GrowthFigures(size, built, latency, _worker(grown, names), _recall(grown, [], GROWN_QUERIES))


def _worker(index: Index, names: Sequence[str]) -> WorkerCost:
    with tempfile.TemporaryDirectory() as folder:
        save(index, Path(folder) / "snapshot")
        return cost_of_worker(Path(folder) / "snapshot", names)


def _recall(index: Index, companies: Sequence[str], count: int) -> Recall:
    """What retrieval brings of what an exhaustive oracle would show."""
    return blocking_recall(index.segments[0], mixed_queries(index, companies, count, SEED), DEFAULT)


def _queries(index: Index, companies: Sequence[str], most: int) -> list[str]:
    """Half innocent names, half listed ones, in turn; listed ones alone when there are no others."""
    listed = [entry.name for entry in index if entry.schema is not Schema.ADDRESS]
    rng = accuracy.seeded(SEED)
    listed = rng.sample(listed, min(most // 2, len(listed)))
    others = rng.sample(list(companies), min(most // 2, len(companies)))
    mixed = [name for pair in zip(listed, others, strict=False) for name in pair]
    return mixed or listed
