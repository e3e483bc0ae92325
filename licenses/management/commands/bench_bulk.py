"""Measure a bulk file of parties and one of applications, on the active lists of this installation.

    manage.py bench_bulk --rows 5000

Both go the whole way (file, rows, screening or drafting, result file) inside a transaction that is rolled back.
"""

from __future__ import annotations

import random
import shutil
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.test import override_settings

from exportcheck.accounts.models import User
from exportcheck.accounts.roles import RoleName
from licenses.models import BulkJob
from licenses.services.bulk.jobs import run_bulk, start_bulk
from licenses.services.bulk.rows import COLUMNS
from licenses.services.bulk.table import write_csv
from screening.services.parties.snapshot import current

SEED = 20_26
WORDS = (
    "Northern Precision Optical Advanced Global Pacific Star Union Delta Quantum Micro Power Sensor Control Marine Aero Digital"
    " Circuit Material Thermal Vacuum Laser Motion Signal Harbor River Summit Golden Silver United Modern Prime Apex Vertex Orion"
).split()
FORMS = ("GmbH", "Ltd", "Co., Ltd.", "LLC", "S.p.A.", "AG", "Trading", "International", "JSC", "Corporation")
PLACES = (
    ("CN", "Shenzhen"),
    ("DE", "Ulm"),
    ("AE", "Dubai"),
    ("TR", "Istanbul"),
    ("HK", "Kowloon"),
    ("IN", "Pune"),
    ("KR", "Seoul"),
)


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
        folder = tempfile.mkdtemp(prefix="bench-bulk-")
        try:
            with override_settings(MEDIA_ROOT=Path(folder)):
                for kind, lines in (("parties", parties(rows)), ("applications", applications(rows))):
                    self.measure(actor, kind, lines, rows)
        finally:
            shutil.rmtree(folder)

    def measure(self, actor: User, kind: str, lines: Iterator[dict[str, str]], rows: int) -> None:
        """One file, and its time."""
        header = COLUMNS[kind]
        content = write_csv(header, ([line.get(name, "") for name in header] for line in lines))
        with transaction.atomic():
            began = time.perf_counter()
            job = start_bulk(actor=actor, kind=kind, mode="all", upload=SimpleUploadedFile("bench.csv", content))
            taken_in = time.perf_counter() - began
            run_bulk(job_id=job.pk)
            seconds = time.perf_counter() - began
            job = BulkJob.objects.get(pk=job.pk)
            transaction.set_rollback(True)
        self.stdout.write(
            f"{kind}: {job.rows_total:,} rows, {job.state}, {dict(job.counts)}: "
            f"{seconds:.1f} s ({taken_in:.1f} s until taken in, {rows / seconds:,.0f} rows/s)"
        )


def name(chance: random.Random) -> str:
    """A company name nobody has, of usual words."""
    return f"{' '.join(chance.sample(WORDS, chance.randint(2, 3)))} {chance.choice(FORMS)}"


def parties(rows: int) -> Iterator[dict[str, str]]:
    """Customers with addresses in seven countries."""
    chance = random.Random(SEED)  # noqa: S311 - made-up names, no secret
    for number in range(rows):
        country, town = chance.choice(PLACES)
        street = f"{chance.randint(1, 200)} {chance.choice(WORDS)} Road, {town}"
        yield {"reference": str(number), "name": name(chance), "address": street, "country": country}


def applications(rows: int) -> Iterator[dict[str, str]]:
    """Applications of five rows: the page, three parties, one item."""
    chance = random.Random(SEED)  # noqa: S311 - made-up names, no secret
    for number in range(0, rows, 5):
        key = {"application": f"A{number}"}
        country, town = chance.choice(PLACES)
        yield {**key, "record": "application", "type": "export", "destination": country, "end_use": f"Test of sensors in {town}"}
        for role, where in (("applicant", "US"), ("purchaser", country), ("ultimate_consignee", country)):
            address = f"{chance.randint(1, 200)} {chance.choice(WORDS)} Road"
            yield {**key, "record": "party", "role": role, "name": name(chance), "address": address, "country": where}
        yield {
            **key,
            "record": "item",
            "eccn": "EAR99",
            "description": "sensor",
            "hs6": "854239",
            "quantity": "5",
            "value_usd": "100",
        }
