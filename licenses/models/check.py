"""What the machine concluded (docs/design/house.md#5)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from exportcheck.leases import Leasable
from licenses.models.application import LicenseApplication, Revision


class CheckReport(Leasable):
    """One check of one revision: leased by a worker, finished once. `result` is the precheck output of docs/contract.md;
    with `versions`, `rules`, `engine` and `as_of` it can be replayed. PENDING and RUNNING are work."""

    class State(models.TextChoices):
        """Where the work stands. Only DONE is an answer."""

        PENDING = "PENDING", "waiting for a worker"
        RUNNING = "RUNNING", "running"
        DONE = "DONE", "done"
        FAILED = "FAILED", "failed"

    UNFINISHED = (State.PENDING, State.RUNNING)

    class Cause(models.TextChoices):
        """Why it was asked for."""

        SUBMIT = "submit", "asked by the exporter"
        DECISION = "decision", "a flag was decided"
        LIST = "list", "a control list changed"
        ANSWER = "answer", "a question was answered"
        RETRY = "retry", "retried"

    application = models.ForeignKey(LicenseApplication, on_delete=models.PROTECT, related_name="reports")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="reports")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.PENDING)
    cause = models.CharField(max_length=10, choices=Cause.choices)
    created_at = models.DateTimeField(auto_now_add=True)
    attempts = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)
    given_up = models.BooleanField(default=False)
    """FAILED because nobody wants the answer any more, which is no failure of the check."""
    again = models.CharField(max_length=10, choices=Cause.choices, blank=True)
    """Why another check must follow: a decision came while this one ran, so that its answer is old when it arrives."""
    parties_done = models.PositiveIntegerField(default=0)
    parties_total = models.PositiveIntegerField(default=0)
    items_done = models.PositiveIntegerField(default=0)
    items_total = models.PositiveIntegerField(default=0)
    versions = models.JSONField(default=dict)
    rules = models.CharField(max_length=64, blank=True)
    engine = models.CharField(max_length=12, blank=True)
    as_of = models.DateField()
    outcome = models.CharField(max_length=20, blank=True)
    result = models.JSONField(null=True, blank=True)
    basis = models.JSONField(default=dict, blank=True)
    """Decisions of people the answer rests on, for the replay: about hits, settled flags, recorded outcomes."""

    class Meta:
        ordering = ("application_id", "-number")
        constraints = (
            models.UniqueConstraint(fields=("application", "number"), name="report_number_once"),
            models.UniqueConstraint(
                fields=("application",), condition=Q(state__in=("PENDING", "RUNNING")), name="one_check_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="DONE") | Q(result__isnull=False, finished_at__isnull=False), name="done_has_a_result"
            ),
        )
        indexes = (models.Index(fields=("state", "leased_at")),)

    def __str__(self) -> str:
        return f"{self.application} check {self.number}"
