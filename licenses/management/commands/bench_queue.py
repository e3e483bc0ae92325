"""Measure the reviewers' queue with many open flags, in a temporary database.

    manage.py bench_queue
    DATABASE_URL=postgres://... manage.py bench_queue --flags 50000 --repeats 15

Nothing of the installation is changed or read; on PostgreSQL the user of DATABASE_URL must be allowed to create a database. Each
page is asked for as a browser would (middleware, view and template; without the network). Ends with 1 when one asks more than 20
questions of the database or takes more than 300 ms: of the process on SQLite, which runs in it, by the clock elsewhere.
"""

from __future__ import annotations

import io
import sys
from argparse import ArgumentParser

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from exportcheck.process.temporary_installation import temporary_installation
from licenses.benchmarks.page_cost import NothingToMeasureError
from licenses.benchmarks.queue import MAX_MS, MAX_QUERIES, QueuePage, measure_queue

STARTER = settings.BASE_DIR / "screening/lists/data/starter.csv"


class Command(BaseCommand):
    """`manage.py bench_queue`: server time and queries of the queue's pages."""

    help = "Measure the review queue with many open flags in a temporary database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many flags, how often each page."""
        parser.add_argument("--flags", type=int, default=50_000, metavar="N", help="open flags (default %(default)s)")
        parser.add_argument("--repeats", type=int, default=9, metavar="N", help="requests of each page (default %(default)s)")

    def handle(self, *, flags: int, repeats: int, **_: object) -> None:
        """Make, ask, tell."""
        if flags < 1 or repeats < 2:
            raise CommandError("give at least one flag and two repeats")
        with temporary_installation("bench-queue"):
            reason = ("--reason", "the sample list, to measure with")
            call_command("import_list", "CSL", str(STARTER), "--sample", "--activate", *reason, stdout=io.StringIO())
            try:
                slow = measure_queue(flags=flags, repeats=repeats, on_made=self._tell_made, on_page=self._tell_page)
            except NothingToMeasureError as error:
                raise CommandError(str(error)) from error
        if slow:
            self.stderr.write(f"{slow} pages pass {MAX_QUERIES} queries or {MAX_MS} ms.")
            sys.exit(1)

    def _tell_made(self, flags: int, database: str) -> None:
        self.stdout.write(f"{flags:,} open flags in {database}; ms of the process, by the clock, at p95; queries")

    def _tell_page(self, page: QueuePage) -> None:
        cost, mark = page.cost, "  too much" if page.too_much else ""
        self.stdout.write(f"{page.name:<20}{cost.cpu:>7.0f}{cost.wall:>7.0f}{cost.late:>7.0f}{cost.queries:>5}{mark}")
