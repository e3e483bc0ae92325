"""Scores never move without a new engine version: 300 pairs with the score each had."""

from __future__ import annotations

import csv

from screening.matching.engine import ENGINE_VERSION
from screening.matching.names.parse import read
from screening.matching.names.score import compare_names

from .make_golden import GOLDEN


def test_no_score_moves_without_a_new_version() -> None:
    with GOLDEN.open(encoding="utf-8") as file:
        head, *rows = list(csv.reader(file))
    assert head[1].split(".")[0] == ENGINE_VERSION.split(".")[0], "a new MAJOR version needs a new golden file: run make_golden"
    assert len(rows) == 300
    moved = [
        (query, listed, was, f"{now:.1f}")
        for query, listed, was in rows
        if abs((now := compare_names(read(query).main, read(listed).main).points) - float(was)) > 0.051
    ]
    assert not moved, f"{len(moved)} scores moved: raise the MAJOR of ENGINE_VERSION and run make_golden; first: {moved[0]}"
