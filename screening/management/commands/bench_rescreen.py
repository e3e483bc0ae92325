"""Measure a rescreening end to end: parties stored in a temporary database, a list that changes, workers that share the work.

    manage.py bench_rescreen
    manage.py bench_rescreen --parties 20000 --workers 1 --kill

Nothing of the installation is changed; the entries of its active lists are read, to have real names. Figures: seconds by the
clock from the first worker to the last part, CPU seconds of all workers, matches, and whether any was made twice.
"""

from __future__ import annotations

import os
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from exportcheck.process.temporary_installation import temporary_installation
from screening.benchmarks.lists import invented, store_parties
from screening.benchmarks.rescreen import (
    NothingToMeasureError,
    RescreenFigures,
    RescreenProgress,
    activate,
    listed_here,
    rescreened,
)
from screening.services.parties import snapshot


class Command(BaseCommand):
    """`manage.py bench_rescreen`: how long it takes until every stored party is screened against a change."""

    help = "Measure rescreening end to end in a temporary database: N stored parties against M changed entries."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How much of each, and whether to kill a worker on the way."""
        parser.add_argument("--parties", type=int, default=100_000, metavar="N", help="stored parties (default %(default)s)")
        parser.add_argument("--entries", type=int, default=500, metavar="M", help="added and changed entries (%(default)s)")
        parser.add_argument("--times", type=int, default=1, metavar="T", help="applications each party stands in (%(default)s)")
        parser.add_argument("--workers", type=int, default=2, metavar="W", help="processes that share the work (%(default)s)")
        parser.add_argument("--kill", action="store_true", help="kill a worker in the middle; another finishes its part")

    def handle(self, *args: Any, **options: Any) -> None:
        """Seed, change the list, rescreen, tell."""
        if min(options["parties"], options["entries"], options["workers"], options["times"]) < 1:
            raise CommandError("give at least one party, one entry and one worker")
        try:
            self._measure(options)
        except NothingToMeasureError as error:
            raise CommandError(str(error)) from error

    def _measure(self, options: dict[str, Any]) -> None:
        real = listed_here()
        lists = invented(real, options["entries"])
        self.stdout.write(f"names of {len(real):,} entries of active lists; {lists.added} arrive, {lists.changed} change")
        snapshot.close_all()
        with temporary_installation("bench-rescreen"):
            activate(lists.before)
            started = time.monotonic()
            store_parties(lists, options["parties"], times=options["times"])
            self.stdout.write(f"{options['parties']:,} parties stored in {time.monotonic() - started:.0f} s")
            figures = rescreened(
                activate(lists.after), workers=options["workers"], kill=options["kill"], on_progress=self._show_progress
            )
            self._show(figures, options["workers"])
            snapshot.close_all()

    def _show_progress(self, progress: RescreenProgress) -> None:
        self.stdout.write(f"  {progress.seconds:5.1f} s  {progress.done:>9,} of {progress.total:,}")
        if progress.killed:
            self.stdout.write("  killed a worker")

    def _show(self, figures: RescreenFigures, workers: int) -> None:
        self.stdout.write(
            f"{figures.parties:,} parties against {figures.entries} entries, {workers} workers, {os.cpu_count()} cores: "
            f"{figures.elapsed:.1f} s by the clock, {figures.cpu:.1f} CPU seconds "
            f"({figures.cpu / figures.parties * 1e3:.2f} ms a party)\n"
            f"{figures.standing:,} matches stand, {figures.ended:,} ended, {figures.twice} made twice"
        )
