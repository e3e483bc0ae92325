"""Measure a bulk file of parties and one of applications, on the active lists of this installation.

    manage.py bench_bulk --rows 5000

Both go the whole way (file, rows, screening or drafting, result file) inside a transaction that is rolled back.
"""

from __future__ import annotations

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from exportcheck.accounts.models import User
from exportcheck.accounts.roles import RoleName
from licenses.benchmarks.bulk import KINDS, bulk_file
from screening.services.parties.snapshot import current


class Command(BaseCommand):
    """`manage.py bench_bulk`: seconds for a file of parties and one of applications."""

    help = "Measure the upload of many rows on the active lists; nothing is kept."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many rows."""
        parser.add_argument("--rows", type=int, default=5_000, metavar="N", help="rows of each file (default 5,000)")

    def handle(self, *, rows: int, **_: object) -> None:
        """Two files, one after the other."""
        actor = User.objects.filter(is_active=True, groups__name=RoleName.EXPORTER.value).order_by("pk").first()
        if actor is None or actor.organization is None:
            raise CommandError("No exporter is registered here: create one, or run `seed_demo`, then measure again.")
        snapshot = current()
        entries = sum(ref.entries for ref in snapshot.versions)
        self.stdout.write(f"{len(snapshot.versions)} lists, {entries:,} entries")
        for kind in KINDS:
            figures = bulk_file(actor, kind, rows)
            self.stdout.write(
                f"{kind}: {figures.rows:,} rows, {figures.state}, {figures.counts}: {figures.seconds:.1f} s "
                f"({figures.taken_in:.1f} s until taken in, {rows / figures.seconds:,.0f} rows/s)"
            )
