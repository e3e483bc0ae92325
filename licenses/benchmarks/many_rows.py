"""Rows by the thousand for measuring pages: plausible, bulk-made, past the services. Never called outside a measurement that is
rolled back."""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from collections.abc import Sequence

from django.utils import timezone

from exportcheck.accounts.models import User
from licenses.models import (
    ApplicationParty,
    BulkJob,
    CatalogItem,
    CheckReport,
    Contact,
    Flag,
    LicenseApplication,
    LineItem,
    Question,
    Revision,
)

State = LicenseApplication.State
SHARES: tuple[tuple[str, str, int], ...] = (
    (State.DRAFT, "", 20),
    (State.CLEARED, "NO_LICENSE_REQUIRED", 20),
    (State.IN_REVIEW, "LICENSE_REQUIRED", 20),
    (State.RETURNED, "NEEDS_INFORMATION", 10),
    (State.FILED, "LICENSE_REQUIRED", 10),
    (State.DECIDED, "LICENSE_REQUIRED", 10),
    (State.CLOSED, "NO_LICENSE_REQUIRED", 10),
)
"""State, outcome and percentage."""
COUNTRIES = ("CN", "DE", "KR", "AE", "TR", "IN", "HK", "MY")
ROLES = ("applicant", "purchaser", "ultimate_consignee")
BATCH = 2_000


def make_rows(actor: User, count: int) -> list[LicenseApplication]:
    """`count` applications of the actor's organization with parties, items, checks, flags and questions, and a tenth as many
    contacts, catalog items and bulk jobs."""
    assert actor.organization is not None  # noqa: S101 - the command asks for an exporter
    chance = random.Random(count)  # noqa: S311 - made-up rows, no secret
    states = [(state, outcome) for state, outcome, share in SHARES for _ in range(share)]
    today = timezone.now().date()
    applications = LicenseApplication.objects.bulk_create(
        [
            LicenseApplication(
                reference=f"BX-{today.year}-{number:05d}",
                organization=actor.organization,
                created_by=actor,
                title=f"Sensors of lot {number}",
                destination=chance.choice(COUNTRIES),
                end_use="Test of sensors in the buyer's own plant",
                state=states[number % 100][0],
                outcome=states[number % 100][1],
                acn=f"Z{number:06d}" if states[number % 100][0] in (State.FILED, State.DECIDED) else "",
                filed_on=today - dt.timedelta(days=number % 80) if states[number % 100][0] == State.FILED else None,
            )
            for number in range(count)
        ],
        batch_size=BATCH,
    )
    ApplicationParty.objects.bulk_create(
        [
            ApplicationParty(
                application=application,
                key=f"P{place}",
                position=place,
                role=role,
                name=f"Firm {chance.randint(1, count)} {role.replace('_', ' ')} Ltd",
                country="US" if role == "applicant" else application.destination,
                facts={"addresses": [f"{place} Example Road"]},
            )
            for application in applications
            for place, role in enumerate(ROLES, 1)
        ],
        batch_size=BATCH,
    )
    LineItem.objects.bulk_create(
        [
            LineItem(
                application=application, key="I1", eccn="3A991", description="sensor", hs6="854239", quantity=5, value_usd=100
            )
            for application in applications
        ],
        batch_size=BATCH,
    )
    _review(applications)
    _library(actor, count // 10)
    return applications


def _review(applications: Sequence[LicenseApplication]) -> None:
    """Revisions and finished checks of what was checked, flags of what is in review, questions of what waits."""
    checked = [application for application in applications if application.outcome]
    content = {"type": "export", "parties": [], "items": []}
    sha256 = hashlib.sha256(b"").hexdigest()
    revisions = Revision.objects.bulk_create(
        [Revision(application=application, number=1, content=content, sha256=sha256) for application in checked], batch_size=BATCH
    )
    now = timezone.now()
    reports = CheckReport.objects.bulk_create(
        [
            CheckReport(
                application=revision.application,
                revision=revision,
                number=1,
                state=CheckReport.State.DONE,
                finished_at=now,
                as_of=now.date(),
                outcome=revision.application.outcome,
                result={"outcome": revision.application.outcome, "parties": [], "items": []},
            )
            for revision in revisions
        ],
        batch_size=BATCH,
    )
    Flag.objects.bulk_create(
        [
            Flag(
                application=report.application,
                report=report,
                code="CHPL_ITEM",
                fingerprint=hashlib.sha256(str(report.pk).encode()).hexdigest(),
                severity="warning",
                why="HS 854239 is on the Common High Priority List.",
                due_at=now + dt.timedelta(hours=report.pk % 40),
            )
            for report in reports
            if report.application.state == State.IN_REVIEW
        ],
        batch_size=BATCH,
    )
    Question.objects.bulk_create(
        [
            Question(
                application=application, text="Who owns the buyer?", due_on=now.date() + dt.timedelta(days=application.pk % 20)
            )
            for application in applications
            if application.state == State.RETURNED
        ],
        batch_size=BATCH,
    )


def _library(actor: User, count: int) -> None:
    organization = actor.organization
    assert organization is not None  # noqa: S101 - asked for above
    Contact.objects.bulk_create(
        [
            Contact(
                organization=organization, label=f"Bench contact {number}", country="DE", role="purchaser", saved_by=actor,
                facts={"name": f"Bench contact {number}", "country": "DE"}, verdict="no_match", screened_at=timezone.now(),
            )
            for number in range(count)
        ],
        batch_size=BATCH,
    )  # fmt: skip
    CatalogItem.objects.bulk_create(
        [
            CatalogItem(
                organization=organization, part_number=f"BENCH-{number}", eccn="3A991", description="sensor", saved_by=actor
            )
            for number in range(count)
        ],
        batch_size=BATCH,
    )
    BulkJob.objects.bulk_create(
        [
            BulkJob(
                organization=organization, created_by=actor, kind="parties", mode="all", state="DONE", name=f"bench-{number}.csv",
                sha256="0" * 64, size=1, rows_total=9, rows_done=9,
            )
            for number in range(count)
        ],
        batch_size=BATCH,
    )  # fmt: skip
