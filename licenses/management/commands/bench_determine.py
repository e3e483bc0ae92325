"""Determine every ECCN for every country, and say what came out and how long a call takes.

    manage.py bench_determine                 # every end use denied
    manage.py bench_determine --facts none    # nothing stated

Processor time is measured, not the clock on the wall, so that a busy machine changes little. Exit code 1 when a pair crashed or
was answered better than the Country Chart allows.
"""

from __future__ import annotations

import datetime as dt
import os
import statistics
import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from licenses.benchmarks.determine import FACTS, whole_sweep
from licenses.management.as_of import date_argument
from licenses.rules.determination.sweep import Sweep
from licenses.rules.types import Outcome

MAX_SHOWN = 20
MILLION = 1_000_000


class Command(BaseCommand):
    """`manage.py bench_determine`: outcomes by kind, crashes, and the processor time of a call."""

    help = "Determine every ECCN for every country: outcomes by kind, crashes, answers better than the chart, time of a call."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The day, the facts, how many processes, and how much of the list."""
        parser.add_argument("--as-of", type=date_argument, metavar="DATE", help="rules of this day (default today)")
        parser.add_argument("--facts", choices=FACTS, default="denied", help="end uses denied, or nothing stated")
        parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="processes (default all cores)")
        parser.add_argument("--every", type=int, default=1, metavar="N", help="only each Nth entry (default all)")

    def handle(self, *, as_of: dt.date | None, facts: str, jobs: int, every: int, **_: Any) -> None:
        """Sweep, tell, and end with 1 where something is wrong."""
        day, begun = as_of or timezone.now().date(), time.monotonic()
        whole = whole_sweep(day, facts=facts, jobs=jobs, every=every)
        self._tell(whole, day, time.monotonic() - begun)
        if whole.crashed or whole.better:
            sys.exit(1)

    def _tell(self, whole: Sweep, day: dt.date, seconds: float) -> None:
        pairs = sum(whole.outcomes.values()) + len(whole.crashed)
        self.stdout.write(f"{pairs:,} pairs by the rules of {day}")
        for outcome in Outcome:
            share = whole.outcomes[outcome] / pairs if pairs else 0
            self.stdout.write(f"  {outcome.value:<20} {whole.outcomes[outcome]:>8,}  {share:6.1%}")
        self.stdout.write(f"  crashed              {len(whole.crashed):>8,}")
        self.stdout.write(f"  better than allowed  {len(whole.better):>8,}")
        for line in (*whole.crashed, *whole.better)[:MAX_SHOWN]:
            self.stdout.write(f"    {line}")
        used = sorted(whole.nanoseconds)
        if used:
            median, late = statistics.median(used) / MILLION, used[int(len(used) * 0.99)] / MILLION
            total = sum(used) / MILLION / 1000
            self.stdout.write(f"{seconds:.1f} s by the clock, {total:.1f} s of processor time in the calls")
            self.stdout.write(f"median call {median:.3f} ms, 99 of 100 within {late:.3f} ms (processor time)")
