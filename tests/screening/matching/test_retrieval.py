"""Blocking recall: what retrieval brings of what an exhaustive oracle and the scorer would show."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

import pytest

from screening.matching.bench import seeded
from screening.matching.bench_speed import blocking_recall
from screening.matching.index import Index, build
from screening.matching.names import read
from screening.matching.policy import DEFAULT
from screening.matching.types import Alias, ListedParty
from screening.matching.variations import VARIATIONS


@pytest.fixture(scope="module")
def entity_list(shared: Path) -> Index:
    with gzip.open(shared / "lists" / "bis" / "entity_list_2026-07-09.json.gz", "rt", encoding="utf-8") as file:
        rows = json.load(file)["entities"]
    return build(
        ListedParty("EL", str(at), row["name"], aliases=tuple(Alias(name) for name in row["aliases"]))
        for at, row in enumerate(rows[:900])
    )


def _queries(index: Index, count: int) -> list[str]:
    rng: random.Random = seeded(1)
    kinds = [vary for name, vary in VARIATIONS.items() if name not in ("Arabic", "Han", "Hangul")]
    names = [entry.name for entry in index]
    return [rng.choice(kinds)(name, rng) or name for name in rng.sample(names, count)]


def test_blocking_recall_on_real_names(entity_list: Index) -> None:
    found, wanted = blocking_recall(entity_list.segments[0], _queries(entity_list, 70), DEFAULT, lambda text: read(text).main)
    assert wanted > 60
    assert found / wanted >= 0.995, (found, wanted)


def test_blocking_recall_on_invented_names() -> None:
    rng = seeded(2)
    syllables = "zel mark quor vex trel gen nel mof jam var ias osk tok bri dun fap hig lur pen wos cyd".split()
    names = ["".join(rng.sample(syllables, 4)) + rng.choice((" Trading", " Works", " Avionics", "")) for _ in range(200)]
    index = build(ListedParty("X", str(at), name) for at, name in enumerate(names))
    found, wanted = blocking_recall(index.segments[0], _queries(index, 80), DEFAULT, lambda text: read(text).main)
    assert wanted >= 75
    assert found / wanted >= 0.99, (found, wanted)
