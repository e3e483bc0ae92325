"""The accuracy card: what is measured, on a handful of invented entities, has the shape that users are shown."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest

from screening.benchmarks.matching import card
from screening.benchmarks.matching.card import growth_figures, rates, rates_as_card, speed_figures
from screening.benchmarks.matching.sources import companies, entities, persons
from screening.matching.index.index import Index, build

NAMES = (
    "Zelmark Avionics Repair Plant",
    "Quorvex Technology Development Co., Ltd.",
    "PETRENKOVA, Olga Ivanovna",
    "Trelgen Bureau",
)


@pytest.fixture
def index(tmp_path: Path) -> Index:
    rows = [
        {
            "entity_id": str(number),
            "source": "EL",
            "schema": "Organization",
            "schema_inferred": number % 2 == 0,
            "primary_name": name,
            "aliases": [[f"{name} of Nelma", "strong", "aka"]],
            "countries": ["CN"],
            "addresses": [],
        }
        for number, name in enumerate(NAMES * 3)
    ]
    path = tmp_path / "entities.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return build(entities(str(path)))


def test_rates(index: Index) -> None:
    measured = list(rates(index, ["Blameless Wholesale"], ["Erin Plain"], sample=5))
    assert {rate.of for rate in measured} == {"alias recall", "recall by variation", "alerts", "kept apart"}
    assert [rate.found for rate in measured if rate.of == "alerts"] == [0, 0]
    shown = rates_as_card(measured, {"companies": "file", "persons": "none"})
    assert len(shown["rates"]) == len(measured)


def test_speed_and_growth(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(card, "SIZES", (30,))
    clock = itertools.count().__next__
    figures = speed_figures(index, [], clock).as_card()
    assert set(figures["latency"]) == {"this engine", "extract, WRatio", "extract, token_sort_ratio"}
    assert figures["latency"]["this engine"]["p50_ms"] == 1_000.0
    assert figures["blocking_recall"] > 0.9
    (grown,) = [row.as_card() for row in growth_figures(index, clock)]
    assert (grown["names"], grown["build_s"]) == (30, 1)
    assert grown["mapped_mb"] > 0


def test_innocent_names_that_were_counted_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "companies.tsv"
    path.write_text("".join(f"Blameless {number}\tmarket\n" for number in range(40)))
    assert 5 < len(companies(str(path))) < 35
    assert persons(0) == []
