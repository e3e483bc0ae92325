"""What a worker process pays for an index: `python -m screening.benchmarks.worker FOLDER < names`.

A process of its own, so that nothing the measuring command holds is counted. Prints one JSON object.
"""

from __future__ import annotations

import gc
import json
import resource
import sys
import time
from pathlib import Path

from screening.matching.engine import screen
from screening.matching.index.index import Index, load
from screening.matching.names.parse import read
from screening.matching.policy import DEFAULT
from screening.matching.types import Party


def private_mb() -> float:
    """Memory of this process alone in MB (Linux), else its largest resident size.

    Anonymous pages only: the others are the mapped files, which count as private until a second worker maps them.
    """
    gc.collect()
    status = Path("/proc/self/smaps_rollup")
    if status.exists():
        return sum(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("Anonymous")) / 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def mapped_mb(index: Index) -> float:
    """MB of the arrays of an index, which processes share."""
    return sum(values.nbytes for segment in index.segments for values in segment.arrays.values()) / 1e6


def measure(folder: Path, names: list[str]) -> dict[str, float]:
    """Seconds to open a snapshot; MB mapped; MB the process grew by when it was opened, and after screening the names."""
    read("Warm-up")
    before = private_mb()
    start = time.perf_counter()
    index = load(folder)
    ready = time.perf_counter() - start
    opened = private_mb()
    for name in names:
        screen(index, Party(name=name), DEFAULT)
    return {
        "ready_s": ready,
        "mapped_mb": mapped_mb(index),
        "opened_mb": max(0.0, opened - before),
        "private_mb": max(0.0, private_mb() - before),
    }


if __name__ == "__main__":
    json.dump(measure(Path(sys.argv[1]), sys.stdin.read().splitlines()), sys.stdout)
