"""Measure the reviewers' queue with many open flags, on the database of this installation.

    manage.py bench_queue --flags 50000

The flags are invented, inside a transaction that is rolled back; a list must be active and a reviewer registered.
"""

from __future__ import annotations

import datetime as dt
import logging
import random
import statistics
import time
from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from exportcheck.accounts.models import User
from exportcheck.accounts.roles import RoleName
from licenses.models import CheckReport, Flag, LicenseApplication, Revision
from screening.models import ListEntry, Match, ScreenedParty, ScreeningRun

SEED = 20_26
OF_ONE = 20
"""Flags of one application."""
ROUNDS = 15
"""Times each page is asked for; the first answers do not count."""
WARM = 3
SEVERITIES = ("blocking", "warning", "warning", "info")


class Command(BaseCommand):
    """`manage.py bench_queue`: server time and queries of the queue's pages."""

    help = "Measure the review queue with many open flags; nothing is kept."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many flags."""
        parser.add_argument("--flags", type=int, default=50_000, metavar="N", help="open flags (default 50,000)")

    def handle(self, *, flags: int, **_: object) -> None:
        """Invent, ask, take back."""
        reviewer = User.objects.filter(is_active=True, groups__name=RoleName.REVIEWER.value).order_by("pk").first()
        author = User.objects.filter(is_active=True, groups__name=RoleName.EXPORTER.value).order_by("pk").first()
        entry = ListEntry.objects.select_related("control_list").order_by("pk").first()
        if reviewer is None or author is None or entry is None:
            raise CommandError("A reviewer, an exporter and a list entry are needed: run `make demo` or `seed_demo` first.")
        logging.disable(logging.INFO)  # a line for every request would drown the figures
        with transaction.atomic():
            invent(flags, author, entry)
            self.stdout.write(f"{Flag.objects.count():,} flags in {connection.vendor}")
            with override_settings(ALLOWED_HOSTS=["*"], SECURE_SSL_REDIRECT=False):
                self.measure(reviewer)
            transaction.set_rollback(True)

    def measure(self, reviewer: User) -> None:
        """Each page as the reviewer gets it."""
        client = Client()
        client.force_login(reviewer, backend=settings.AUTHENTICATION_BACKENDS[-1])
        queue = reverse("desk:licenses_flag_changelist")
        for what, page in (
            ("the queue", queue),
            ("unassigned", f"{queue}?show=unassigned"),
            ("overdue", f"{queue}?show=overdue"),
            ("last page", f"{queue}?p=400"),
            ("search", f"{queue}?q=quorve"),
        ):
            times = []
            for _ in range(ROUNDS):
                with CaptureQueriesContext(connection) as asked:
                    began = time.perf_counter()
                    answer = client.get(page)
                    times.append(time.perf_counter() - began)
                if answer.status_code != 200:
                    raise CommandError(f"{page} answered {answer.status_code}")
            spent = sorted(times[WARM:])
            middle, late = statistics.median(spent) * 1_000, spent[int(len(spent) * 0.95)] * 1_000
            self.stdout.write(f"{what:<12} median {middle:6.0f} ms   p95 {late:6.0f} ms   {len(asked)} queries")


def invent(count: int, author: User, entry: ListEntry) -> None:
    """Applications in review with flags about hits on one entry."""
    chance = random.Random(SEED)  # noqa: S311 - made-up flags, no secret
    now = timezone.now()
    organization = author.organization
    if organization is None:
        raise CommandError(f"{author} belongs to no organization.")
    applications = LicenseApplication.objects.bulk_create(
        LicenseApplication(
            reference=f"BENCH-{number:06d}", organization=organization, created_by=author, destination="CN",
            state=LicenseApplication.State.IN_REVIEW, outcome="NEEDS_INFORMATION",
        )
        for number in range((count + OF_ONE - 1) // OF_ONE)
    )  # fmt: skip
    revisions = Revision.objects.bulk_create(
        Revision(application=one, number=1, content={}, sha256="0" * 64) for one in applications
    )
    reports = CheckReport.objects.bulk_create(
        CheckReport(application=one.application, revision=one, number=1, cause="submit", as_of=now.date(), state="FAILED")
        for one in revisions
    )
    run = ScreeningRun.objects.create(kind=ScreeningRun.Kind.CHECK, organization=organization, engine="bench")
    parties = ScreenedParty.objects.bulk_create(
        (
            ScreenedParty(
                organization=organization, subject=f"bench:{at}", facts={"name": f"Quorve {at}"}, fingerprint=f"{at:064d}"
            )
            for at in range(count)
        ),
        batch_size=5_000,
    )
    matches = Match.objects.bulk_create(
        (
            Match(
                run=run, party=one, control_list=entry.control_list, entry=entry, band=chance.choice(("strong", "possible")),
                score=80.0, channel="name", matched_name=f"Quorve {at}", hit={},
            )
            for at, one in enumerate(parties)
        ),
        batch_size=5_000,
    )  # fmt: skip
    Flag.objects.bulk_create(
        (
            Flag(
                application=reports[at // OF_ONE].application, report=reports[at // OF_ONE], match=one,
                code=f"LIST_{entry.control_list.code}", fingerprint=f"{at:064d}", severity=chance.choice(SEVERITIES),
                critical=chance.random() < 0.4, why="bench", due_at=now + dt.timedelta(hours=chance.randint(-48, 96)),
            )
            for at, one in enumerate(matches)
        ),
        batch_size=5_000,
    )  # fmt: skip
