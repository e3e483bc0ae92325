"""Measure every list page with many applications in the database.

    manage.py bench_pages --applications 10000

Seeds applications of the first exporter's organization, asks for each page as a browser would (the whole of middleware, view and
template; without the network), prints queries and milliseconds of the process, and rolls everything back. Ends with 1 when a page
passes the limits: 30 queries, 300 ms at the median of the repeats; or a preview as one types, 300 ms at p95 on the active lists.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from exportcheck.accounts.models import User
from exportcheck.accounts.roles import RoleName
from licenses.benchmarks.page_cost import NothingToMeasureError, PageCost
from licenses.benchmarks.pages import PreviewFigures, measure_pages

MAX_QUERIES, MAX_MS = 30, 300


class Command(BaseCommand):
    """`manage.py bench_pages`: queries and milliseconds of every list page."""

    help = "Measure every list page with many applications; nothing is kept."
    slow = 0
    """Measurements that pass the limits."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many applications, how often each page."""
        parser.add_argument("--applications", type=int, default=10_000, metavar="N", help="applications seeded (default 10,000)")
        parser.add_argument("--repeats", type=int, default=5, metavar="N", help="requests of each page (default 5)")

    def handle(self, *, applications: int, repeats: int, **_: object) -> None:
        """Measure, tell, and end with 1 where it is too much."""
        exporter, reviewer = first(RoleName.EXPORTER), first(RoleName.REVIEWER)
        try:
            measure_pages(
                exporter,
                reviewer,
                applications=applications,
                repeats=repeats,
                on_seeded=self._tell_seeded,
                on_page=self._tell_page,
                on_previews=self._tell_previews,
            )
        except NothingToMeasureError as error:
            raise CommandError(str(error)) from error
        if self.slow:
            self.stderr.write(f"{self.slow} measurements pass {MAX_QUERIES} queries or {MAX_MS} ms.")
            sys.exit(1)

    def _tell_seeded(self, count: int, seconds: float) -> None:
        self.stdout.write(f"{count:,} applications seeded in {seconds:.0f} s; ms of this process")
        self.stdout.write(f"{'page':<48}{'queries':>8}{'median':>8}{'worst':>8}")

    def _tell_page(self, page: str, cost: PageCost) -> None:
        passes = cost.passes(max_queries=MAX_QUERIES, max_ms=MAX_MS)
        self.slow += passes
        self.stdout.write(f"{page:<48}{cost.queries:>8}{cost.cpu:>8.0f}{cost.worst:>8.0f}{'  too much' if passes else ''}")

    def _tell_previews(self, figures: PreviewFigures) -> None:
        self.slow += figures.late > MAX_MS
        self.stdout.write(
            f"preview of {figures.kind} as typed, {figures.previews} times on {figures.entries:,} entries: "
            f"median {figures.median:.0f} ms, p95 {figures.late:.0f} ms, worst {figures.worst:.0f} ms"
        )


def first(role: RoleName) -> User:
    """The first active person of a role. Raises CommandError."""
    person = User.objects.filter(is_active=True, groups__name=role.value).order_by("pk").first()
    if person is None:
        raise CommandError(f"Nobody is {role.value} here: run `manage.py seed_demo`, then measure again.")
    return person
