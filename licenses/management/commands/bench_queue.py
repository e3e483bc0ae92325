"""Measure the reviewers' queue with many open flags, in a temporary database.

    manage.py bench_queue
    DATABASE_URL=postgres://... manage.py bench_queue --flags 50000 --repeats 15

Nothing of the installation is changed or read; on PostgreSQL the user of DATABASE_URL must be allowed to create a database. Each
page is asked for as a browser would (middleware, view and template; without the network). Ends with 1 when one asks more than 20
questions of the database or takes more than 300 ms: of the process on SQLite, which runs in it, by the clock elsewhere.
"""

from __future__ import annotations

import io
import logging
import statistics
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, OutputWrapper
from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exportcheck.accounts.roles import RoleName
from exportcheck.process.temporary_installation import temporary_installation
from licenses.benchmarks.many_flags import make_flags, person
from licenses.models import Flag
from licenses.queries import review_queue
from screening.models import ControlList

MAX_QUERIES, MAX_MS = 20, 300
STARTER = settings.BASE_DIR / "screening/lists/data/starter.csv"


@dataclass(frozen=True, slots=True)
class Spent:
    """What one page took: ms of the process and by the clock at the median, by the clock at the 95th percentile, queries."""

    cpu: float
    wall: float
    late: float
    queries: int

    @property
    def too_much(self) -> bool:
        """Whether it passes the limits."""
        return self.queries > MAX_QUERIES or (self.cpu if connection.vendor == "sqlite" else self.wall) > MAX_MS


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
            slow = measure_queue(self.stdout, flags=flags, repeats=repeats)
        if slow:
            self.stderr.write(f"{slow} pages pass {MAX_QUERIES} queries or {MAX_MS} ms.")
            sys.exit(1)


def measure_queue(out: OutputWrapper, *, flags: int, repeats: int) -> int:
    """Make the flags and two reviewers in the database as it is, measure each page; returns how many pass the limits."""
    quiet = logging.root.manager.disable
    logging.disable(logging.INFO)  # a line for every request would drown the figures
    reviewer, other = person("reviewer", RoleName.SENIOR_REVIEWER), person("other", RoleName.REVIEWER)
    try:
        make_flags(flags, reviewer=reviewer, other=other)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # what autovacuum does in service
        out.write(f"{Flag.objects.count():,} open flags in {connection.vendor}; ms of the process, by the clock, at p95; queries")
        client = Client()
        client.force_login(reviewer, backend=settings.AUTHENTICATION_BACKENDS[-1])
        with override_settings(ALLOWED_HOSTS=["*"], SECURE_SSL_REDIRECT=False):
            return sum(_told(out, what, _spent(ask, repeats)) for what, ask in _pages(client, flags))
    finally:
        logging.disable(quiet)


def _pages(client: Client, flags: int) -> list[tuple[str, Callable[[], HttpResponseBase]]]:
    queue = reverse("desk:licenses_flag_changelist")
    listed, last = ControlList.objects.order_by("pk").first(), -(-flags // 50)
    queries = {
        "first page": "",
        **{f"tab {show}": f"show={show}" for show in review_queue.PARTS},
        "severity and band": "severity=blocking&match__band=strong",
        "critical": "critical__exact=1",
        "one list": f"match__control_list__id__exact={listed.pk if listed else 0}",
        "organization": "application__organization__id__exact=1",
        "search, every flag": "q=quorve",
        "search, few flags": "q=BENCH-000017",
        "page 400": f"p={min(400, last * 4 // 5 or 1)}",
        "last page": f"p={last * 4 // 5 or 1}",
    }
    flag = Flag.objects.order_by("rank", "due_at", "pk").first()
    page = reverse("desk:licenses_flag_change", args=(flag.pk if flag else 0,))
    return [
        *((what, lambda query=query: client.get(f"{queue}?{query}")) for what, query in queries.items()),
        ("dashboard", lambda: client.get(reverse("desk:index"))),
        ("match page", lambda: client.get(page)),
        ("the Next key", lambda: client.post(reverse("desk:licenses_flag_next"))),
    ]


def _spent(ask: Callable[[], HttpResponseBase], repeats: int) -> Spent:
    """Ask once for the caches, then `repeats` times."""
    ask()
    cpu, wall = [], []
    for _ in range(repeats):
        began, ran = time.perf_counter(), time.process_time()
        answer = ask()
        cpu.append((time.process_time() - ran) * 1_000)
        wall.append((time.perf_counter() - began) * 1_000)
        if answer.status_code not in (200, 302):
            raise CommandError(f"a page answered {answer.status_code}")
    with CaptureQueriesContext(connection) as seen:
        ask()
    return Spent(statistics.median(cpu), statistics.median(wall), statistics.quantiles(wall, n=20)[-1], len(seen))


def _told(out: OutputWrapper, what: str, spent: Spent) -> bool:
    mark = "  too much" if spent.too_much else ""
    out.write(f"{what:<20}{spent.cpu:>7.0f}{spent.wall:>7.0f}{spent.late:>7.0f}{spent.queries:>5}{mark}")
    return spent.too_much
