"""Write golden.csv anew: `python -m tests.screening.matching.make_golden`, after raising ENGINE_VERSION.

Invented names, each varied in every way the engine must stand, and paired with its neighbors in the list.
"""

from __future__ import annotations

import csv
import random
from itertools import pairwise
from pathlib import Path

from screening.benchmarks.matching.variations import VARIATIONS
from screening.matching.engine import ENGINE_VERSION
from screening.matching.names.parse import read
from screening.matching.names.score import compare_names

GOLDEN = Path(__file__).with_name("golden.csv")
NAMES = (
    "Zelmark Avionics Repair Plant",
    "Quorvex Technology Development Co., Ltd.",
    "OOO Nauchno-Proizvodstvennoe Predpriyatie Trelgen",
    "Beijing Hualin Precision Instruments Institute",
    "Jamvaria Charitable Foundation",
    "Nordic Zelma Shipping S.A.",
    "PETRENKOVA, Olga Ivanovna",
    "AL-ZELMI, Muhammad Abd al-Rahman",
    "KIM, Song Chol",
    "WANG, Xiaoming",
    "GARCIA QUORVEZ, Jose Luis",
    "13th Trelgen Design Bureau",
    "Zelma University of Science and Technology",
    "Trading House Quorn International LLC",
    "Joint Stock Company Zelmashzavod",
)
PAIRS = 300


def pairs() -> list[tuple[str, str]]:
    """The pairs, always the same."""
    rng = random.Random(7)  # noqa: S311
    found: list[tuple[str, str]] = []
    while len(found) < PAIRS:
        for name in NAMES:
            for vary in VARIATIONS.values():
                varied = vary(name, rng)
                if varied and read(varied).main.comparable:
                    found.append((varied, name))
        found += pairwise(NAMES)
    return found[:PAIRS]


def rows() -> list[tuple[str, str, str]]:
    """(query, listed, score) of every pair."""
    return [(a, b, f"{compare_names(read(a).main, read(b).main).points:.1f}") for a, b in pairs()]


def main() -> None:
    """Write the file."""
    with GOLDEN.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("engine", ENGINE_VERSION, ""))
        out.writerows(rows())


if __name__ == "__main__":
    main()
