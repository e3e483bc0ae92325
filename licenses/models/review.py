"""The review: flags derived from checks, decisions of people, questions and answers, duties that stay open
(docs/design/intake.md#4)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, Value, When

from exportcheck.four_eyes import CountersignedProposal, two_are_two
from licenses.models.application import Document, LicenseApplication
from licenses.models.check import CheckReport
from screening.models import Match, Resolution

RANK_SETTLED = 100
"""Rank from which a flag is settled or gone."""


class Flag(models.Model):
    """Something a person must settle. Derived from hits and facts on each check and matched to earlier flags by
    `fingerprint`; a list flag points to its Match. `critical` flags take two people."""

    class State(models.TextChoices):
        """Where the decision stands."""

        OPEN = "OPEN", "open"
        PROPOSED = "PROPOSED", "waiting for a second person"
        DISPOSED = "DISPOSED", "settled"
        REOPENED = "REOPENED", "reopened"

    application = models.ForeignKey(LicenseApplication, on_delete=models.PROTECT, related_name="flags")
    code = models.CharField(max_length=60)
    fingerprint = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    severity = models.CharField(max_length=8)
    critical = models.BooleanField(default=False)
    party_key = models.CharField(max_length=40, blank=True)
    item_key = models.CharField(max_length=40, blank=True)
    why = models.TextField()
    facts = models.JSONField(default=list)
    citation = models.CharField(max_length=200, blank=True)
    settle = models.TextField(blank=True)
    match = models.ForeignKey(Match, null=True, blank=True, on_delete=models.PROTECT, related_name="flags")
    report = models.ForeignKey(CheckReport, on_delete=models.PROTECT, related_name="flags")
    opened_at = models.DateTimeField(auto_now_add=True)
    gone_at = models.DateTimeField(null=True, blank=True)
    disposition = models.CharField(max_length=20, blank=True)
    reopened_because = models.TextField(blank=True)
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    claimed_until = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    band = models.CharField(max_length=8, blank=True)
    """Band of the hit it speaks of, "" for other concerns."""
    rank = models.GeneratedField(
        expression=Case(When(Q(gone_at__isnull=False) | Q(state="DISPOSED"), then=Value(RANK_SETTLED)), default=Value(0))
        + Case(When(critical=True, then=Value(0)), default=Value(6))
        + Case(When(severity="blocking", then=Value(0)), When(severity="warning", then=Value(2)), default=Value(4))
        + Case(When(band="strong", then=Value(0)), default=Value(1)),
        output_field=models.PositiveSmallIntegerField(),
        db_persist=True,
    )
    """Place in the queue, 0 the gravest: critical, then severity, then strong hits; RANK_SETTLED and more = wants nobody."""

    class Meta:
        ordering = ("-critical", "opened_at", "pk")
        constraints = (models.UniqueConstraint(fields=("application", "fingerprint"), name="one_flag_a_fingerprint"),)
        indexes = (models.Index(fields=("rank", "due_at", "id"), name="flags_in_order"),)

    def __str__(self) -> str:
        return f"{self.application} {self.code}"


class FlagDecision(CountersignedProposal):
    """What a person decided about a flag and why. With two people the first proposes and the second decides."""

    flag = models.ForeignKey(Flag, on_delete=models.PROTECT, related_name="decisions")
    disposition = models.CharField(max_length=20, choices=Resolution.Disposition.choices)
    reason_code = models.CharField(max_length=40)
    reason = models.TextField()
    two_people = models.BooleanField()
    expires_at = models.DateTimeField(null=True, blank=True)
    considered_at = models.DateTimeField(null=True, blank=True)
    """When it was among those that a quality review is drawn from; each clearance is once."""
    determined_outcome = models.CharField(max_length=20, blank=True)
    citation = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("pk",)
        indexes = (
            models.Index(fields=("decided_at",), condition=Q(considered_at__isnull=True), name="decisions_not_considered"),
        )
        constraints = (
            models.UniqueConstraint(fields=("flag",), condition=Q(decided_at__isnull=True), name="one_open_flag_proposal"),
            two_are_two("two_flag_people_are_two", one_is_enough=Q(two_people=False)),
        )

    def __str__(self) -> str:
        return f"{self.disposition} on {self.flag_id}"


class Question(models.Model):
    """A question to the exporter, from a reviewer or from the determination; `fact` is the answers key it fills."""

    application = models.ForeignKey(LicenseApplication, on_delete=models.PROTECT, related_name="questions")
    flag = models.ForeignKey(Flag, null=True, blank=True, on_delete=models.PROTECT, related_name="questions")
    fact = models.CharField(max_length=100, blank=True)
    text = models.TextField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    due_on = models.DateField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("asked_at", "pk")

    def __str__(self) -> str:
        return f"{self.application}: {self.text[:60]}"


class Message(models.Model):
    """A line in the thread of an application. `internal` ones are the desk's and never reach the exporter."""

    application = models.ForeignKey(LicenseApplication, on_delete=models.PROTECT, related_name="messages")
    question = models.ForeignKey(Question, null=True, blank=True, on_delete=models.PROTECT, related_name="messages")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    text = models.TextField()
    internal = models.BooleanField(default=False)
    documents = models.ManyToManyField(Document, blank=True)

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return self.text[:60]


class Condition(models.Model):
    """A duty before shipping or filing; open ones block it (for example UVL_STATEMENT_BEFORE_SHIPMENT)."""

    application = models.ForeignKey(LicenseApplication, on_delete=models.PROTECT, related_name="conditions")
    code = models.CharField(max_length=60)
    why = models.TextField()
    citation = models.CharField(max_length=200)
    before = models.CharField(max_length=8)
    met_at = models.DateTimeField(null=True, blank=True)
    met_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("application", "code"), name="one_condition_a_code"),)

    def __str__(self) -> str:
        return f"{self.application} {self.code}"


class Stop(CountersignedProposal):
    """A proposal to stop an application (two people, intake.md 3): confirmed, sent back, or waiting for the second person."""

    application = models.ForeignKey(LicenseApplication, on_delete=models.PROTECT, related_name="stops")
    reason = models.TextField()
    citation = models.CharField(max_length=200)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("application",), condition=Q(decided_at__isnull=True), name="one_open_stop_proposal"),
            two_are_two("two_stop_people_are_two"),
        )

    def __str__(self) -> str:
        return f"stop {self.application}"


class Shipment(models.Model):
    """A shipment under the application, released only on a fresh screening (V25) and with conditions met."""

    application = models.ForeignKey(LicenseApplication, on_delete=models.PROTECT, related_name="shipments")
    report = models.ForeignKey(CheckReport, on_delete=models.PROTECT, related_name="+")
    ship_on = models.DateField()
    value_usd = models.DecimalField(max_digits=18, decimal_places=2)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("ship_on", "pk")

    def __str__(self) -> str:
        return f"{self.application} shipped {self.ship_on}"


class SavedFilter(models.Model):
    """A view of the queue that a person kept under a name: the query string of its address, nothing else."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_filters")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("name", "pk")
        constraints = (models.UniqueConstraint(fields=("user", "name"), name="one_saved_filter_a_name"),)

    def __str__(self) -> str:
        return self.name
