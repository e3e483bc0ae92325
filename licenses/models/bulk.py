"""Files of many rows that a worker reads: the row is the job's truth, a message only a nudge (house.md 3)."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from exportcheck.accounts.models import Organization
from exportcheck.leases import Leasable


class BulkJob(Leasable):
    """One uploaded file of parties to screen, or of applications to draft. A worker leases it; `rows_done` is its progress;
    `errors` holds {row, column, text} objects; `made` the applications drafted so far, [name in the file,
    reference, row, parties, items]; `checks` tells whether each is checked as soon as it is drafted."""

    class Kind(models.TextChoices):
        """What the rows are."""

        PARTIES = "parties", "Parties to screen"
        APPLICATIONS = "applications", "Applications to draft"

    class Mode(models.TextChoices):
        """What happens when a row cannot be used."""

        ALL = "all", "All or nothing"
        GOOD = "good", "Only the good rows"

    class State(models.TextChoices):
        """Where the work stands."""

        PENDING = "PENDING", "waiting"
        RUNNING = "RUNNING", "at work"
        DONE = "DONE", "done"
        REFUSED = "REFUSED", "nothing done: rows to correct"
        FAILED = "FAILED", "failed"

    UNFINISHED = (State.PENDING, State.RUNNING)

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="bulk_jobs")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    mode = models.CharField(max_length=4, choices=Mode.choices)
    checks = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PENDING)
    name = models.CharField(max_length=150)
    file = models.FileField(upload_to="bulk/%Y/%m/", max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    rows_bad = models.PositiveIntegerField(default=0)
    errors = models.JSONField(default=list, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    made = models.JSONField(default=list, blank=True)
    result = models.FileField(upload_to="bulk/%Y/%m/", max_length=255, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("-pk",)
        indexes = (models.Index(fields=("state", "leased_at")),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name}"

    @property
    def working(self) -> bool:
        """Whether there is more to wait for."""
        return self.state in self.UNFINISHED
