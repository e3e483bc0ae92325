"""Measure every list page with many applications in the database.

    manage.py bench_pages --applications 10000

Seeds applications of the first exporter's organization, asks for each page as a browser would (the whole of middleware, view and
template; without the network), prints queries and milliseconds of the process, and rolls everything back. Ends with 1 when a page
passes the limits: 30 queries, 300 ms at the median of the repeats; or a preview as one types, 300 ms at p95 on the active lists.
"""

from __future__ import annotations

import logging
import statistics
import sys
import time
from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from exportcheck.accounts.models import User
from exportcheck.accounts.roles import RoleName
from licenses.benchmarks.many_rows import make_rows
from licenses.management.commands.bench_bulk import parties
from screening.services.parties.snapshot import current

MAX_QUERIES, MAX_MS = 30, 300
TYPED = 198
"""Previews of each kind."""
EXPORTER_PAGES = (
    "/",
    "/?page=200",
    "/?state=IN_REVIEW",
    "/?q=Firm+77",
    "/?q=Sensors+of+lot+99",
    "/address-book/",
    "/address-book/?q=contact+77",
    "/catalog/",
    "/catalog/?q=BENCH-77",
    "/deadlines/",
    "/bulk/",
    "/account/people/",
    "/lists/?q=semiconductor",
    "/eccn/?q=3A0",
)
REVIEWER_PAGES = (
    "/desk/",
    "/desk/licenses/flag/",
    "/desk/licenses/flag/?show=overdue",
    "/desk/licenses/licenseapplication/",
    "/desk/licenses/licenseapplication/?q=Firm+77",
)


class Command(BaseCommand):
    """`manage.py bench_pages`: queries and milliseconds of every list page."""

    help = "Measure every list page with many applications; nothing is kept."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many applications, how often each page."""
        parser.add_argument("--applications", type=int, default=10_000, metavar="N", help="applications seeded (default 10,000)")
        parser.add_argument("--repeats", type=int, default=5, metavar="N", help="requests of each page (default 5)")

    def handle(self, *, applications: int, repeats: int, **_: object) -> None:
        """Seed, measure, roll back."""
        exporter, reviewer = first(RoleName.EXPORTER), first(RoleName.REVIEWER)
        quiet = logging.root.manager.disable
        logging.disable(logging.INFO)
        try:
            slow = self.measure_all(exporter, reviewer, applications, repeats)
        finally:
            logging.disable(quiet)
        if slow:
            self.stderr.write(f"{slow} measurements pass {MAX_QUERIES} queries or {MAX_MS} ms.")
            sys.exit(1)

    def measure_all(self, exporter: User, reviewer: User, applications: int, repeats: int) -> int:
        """Everything, in a transaction that is rolled back; how many measurements pass the limits."""
        slow = 0
        with transaction.atomic(), override_settings(ALLOWED_HOSTS=["testserver"], SECURE_SSL_REDIRECT=False):
            began = time.perf_counter()
            made = make_rows(exporter, applications)
            self.stdout.write(f"{len(made):,} applications seeded in {time.perf_counter() - began:.0f} s; ms of this process")
            self.stdout.write(f"{'page':<48}{'queries':>8}{'median':>8}{'worst':>8}")
            for person, pages in (
                (exporter, (*EXPORTER_PAGES, f"/applications/{made[20].reference}/")),
                (reviewer, REVIEWER_PAGES),
            ):
                client = Client(raise_request_exception=True)
                client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[-1])
                slow += sum(self.measure(client, page, repeats) for page in pages)
                if person == exporter:
                    slow += self.measure_previews(client, made[0].reference)
            transaction.set_rollback(True)
        return slow

    def measure(self, client: Client, page: str, repeats: int) -> bool:
        """One page; whether it passes the limits."""
        client.get(page)  # templates are compiled and the standing of the lists is read once
        times = []
        for _ in range(max(repeats, 1)):
            began = time.process_time()
            answer = client.get(page)
            times.append((time.process_time() - began) * 1000)
        if answer.status_code != 200:
            raise CommandError(f"{page} answered {answer.status_code}")
        with CaptureQueriesContext(connection) as seen:
            client.get(page)
        median, passes = statistics.median(times), len(seen) > MAX_QUERIES
        passes = passes or median > MAX_MS
        self.stdout.write(f"{page:<48}{len(seen):>8}{median:>8.0f}{max(times):>8.0f}{'  too much' if passes else ''}")
        return passes

    def measure_previews(self, client: Client, reference: str) -> int:
        """What is shown as one types, on the active lists; how many of the two pass the limit."""
        entries = sum(version.entries for version in current().versions)
        typed = [{"name": row["name"], "country": row["country"], "addresses": row["address"]} for row in parties(TYPED)]
        codes = [{"eccn": code, "hs6": "8542.39"} for code in ("3A001.a.2", "EAR99", "5A002", "3A991", "1C350", "9A610.x")]
        slow = 0
        for name, bodies in (("parties", typed), ("items", codes * (TYPED // len(codes)))):
            url = f"/applications/{reference}/{name}/preview/"
            client.post(url, bodies[0])
            times = []
            for body in bodies:
                began = time.process_time()
                client.post(url, body)
                times.append((time.process_time() - began) * 1000)
            p95 = statistics.quantiles(times, n=20)[-1]
            slow += p95 > MAX_MS
            self.stdout.write(
                f"preview of {name} as typed, {len(times)} times on {entries:,} entries: "
                f"median {statistics.median(times):.0f} ms, p95 {p95:.0f} ms, worst {max(times):.0f} ms"
            )
        return slow


def first(role: RoleName) -> User:
    """The first active person of a role. Raises CommandError."""
    person = User.objects.filter(is_active=True, groups__name=role.value).order_by("pk").first()
    if person is None:
        raise CommandError(f"Nobody is {role.value} here: run `manage.py seed_demo`, then measure again.")
    return person
