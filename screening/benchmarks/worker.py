"""What a worker process pays for an index: `python -m screening.benchmarks.worker FOLDER < names`.

A process of its own, so that nothing the measuring command holds is counted. Prints one JSON object.
"""

from __future__ import annotations

import gc
import json
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from screening.matching.engine import screen
from screening.matching.index.index import Index, load
from screening.matching.names.parse import read
from screening.matching.policy import DEFAULT
from screening.matching.types import Party

_MODULE = "screening.benchmarks.worker"
_ROOT = Path(__file__).resolve().parents[2]


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


@dataclass(frozen=True, slots=True)
class WorkerCost:
    """Seconds to open a snapshot; MB mapped, which workers share; MB of the process alone once opened, and after screening."""

    ready_s: float
    mapped_mb: float
    opened_mb: float
    private_mb: float

    def as_card(self) -> dict[str, float]:
        """What the accuracy card says of it."""
        return {key: round(value, 3) for key, value in asdict(self).items()}


def measure(folder: Path, names: Sequence[str]) -> WorkerCost:
    """Open the snapshot and screen the names in this very process."""
    read("Warm-up")
    before = private_mb()
    start = time.perf_counter()
    index = load(folder)
    ready = time.perf_counter() - start
    opened = private_mb()
    for name in names:
        screen(index, Party(name=name), DEFAULT)
    return WorkerCost(ready, mapped_mb(index), max(0.0, opened - before), max(0.0, private_mb() - before))


def cost_of_worker(folder: Path, names: Sequence[str]) -> WorkerCost:
    """`measure` in a process of its own."""
    # The interpreter and module are this installation's own; names go in by standard input.
    command = [sys.executable, "-m", _MODULE, str(folder)]
    done = subprocess.run(  # noqa: S603
        command, input="\n".join(names), capture_output=True, text=True, check=True, cwd=_ROOT
    )
    return WorkerCost(**json.loads(done.stdout))


if __name__ == "__main__":
    json.dump(asdict(measure(Path(sys.argv[1]), sys.stdin.read().splitlines())), sys.stdout)
