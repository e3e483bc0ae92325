"""What one page costs: processor time, time by the clock, questions asked of the database."""

from __future__ import annotations

import logging
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection
from django.http.response import HttpResponseBase
from django.test.utils import CaptureQueriesContext

ANSWERED = (200, 302)


class NothingToMeasureError(RuntimeError):
    """There is nothing to measure with, or a page did not answer; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class PageCost:
    """Milliseconds of the process at the median and at worst, by the clock at the median and at the 95th percentile; queries."""

    cpu: float
    worst: float
    wall: float
    late: float
    queries: int

    def passes(self, *, max_queries: int, max_ms: float, by_clock: bool = False) -> bool:
        """Whether it costs more than the limits allow; `by_clock`: where the database runs in a process of its own."""
        return self.queries > max_queries or (self.wall if by_clock else self.cpu) > max_ms


def page_cost(ask: Callable[[], HttpResponseBase], repeats: int) -> PageCost:
    """Ask once for the caches (templates are compiled, the standing of the lists is read), then `repeats` times, then once to
    count the queries. Raises NothingToMeasureError for an answer that is no page."""
    ask()
    cpu, wall = [], []
    for _ in range(max(repeats, 1)):
        began, ran = time.perf_counter(), time.process_time()
        answer = ask()
        cpu.append((time.process_time() - ran) * 1_000)
        wall.append((time.perf_counter() - began) * 1_000)
        if answer.status_code not in ANSWERED:
            raise NothingToMeasureError(f"a page answered {answer.status_code}")
    with CaptureQueriesContext(connection) as seen:
        ask()
    return PageCost(statistics.median(cpu), max(cpu), statistics.median(wall), at_95(wall), len(seen))


def at_95(times: Sequence[float]) -> float:
    """The time that 95 of 100 keep."""
    return statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]


@contextmanager
def quiet_logs() -> Iterator[None]:
    """A line for every request would drown the figures."""
    quiet = logging.root.manager.disable
    logging.disable(logging.INFO)
    try:
        yield
    finally:
        logging.disable(quiet)
