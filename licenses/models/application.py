"""The license application as the exporter drafts it (docs/design/intake.md#1)."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.db import models
from django.db.models import Q

from exportcheck.accounts.models import Organization


class Reference(models.Model):
    """Counter of reference numbers: EX-<year>-<five digits>, one row a year, incremented in the creating transaction."""

    year = models.PositiveIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"EX-{self.year}-{self.last:05d}"


class LicenseApplication(models.Model):
    """One application. `form` holds the fields of the form beyond parties and items by field key (intake.md 1.2);
    `answers` the facts and answers keys of licenses.rules.facts.catalog; `lock` counts edits (optimistic locking)."""

    class State(models.TextChoices):
        """States of intake.md 3."""

        DRAFT = "DRAFT", "draft"
        CHECKING = "CHECKING", "being checked"
        CHECK_INCOMPLETE = "CHECK_INCOMPLETE", "not checked yet"
        CLEARED = "CLEARED", "review finished"
        IN_REVIEW = "IN_REVIEW", "in review"
        RETURNED = "RETURNED", "waiting for you"
        STOPPED = "STOPPED", "stopped"
        READY = "READY", "ready to file"
        FILED = "FILED", "filed"
        DECIDED = "DECIDED", "decided"
        REOPENED = "REOPENED", "reopened"
        WITHDRAWN = "WITHDRAWN", "withdrawn"
        CLOSED = "CLOSED", "closed"

    class WaitsFor(models.TextChoices):
        """Whose turn it is; the label stands on the exporter's pages. The moves of services/application/workflow.py set it."""

        YOU = "you", "you"
        CHECK = "check", "the check"
        REVIEWER = "reviewer", "the reviewer"
        GOVERNMENT = "government", "the government"
        NOBODY = "", "–"

    class Type(models.TextChoices):
        """Types of intake.md 1.1."""

        EXPORT = "export", "Export"
        REEXPORT = "reexport", "Reexport"
        IN_COUNTRY_TRANSFER = "in_country_transfer", "In-country transfer"
        DEEMED_EXPORT = "deemed_export", "Deemed export"
        CLASSIFICATION = "classification", "Classification request"
        ADVISORY_OPINION = "advisory_opinion", "Advisory opinion"
        REPLACEMENT = "replacement", "Replacement license"
        RESUBMISSION = "resubmission", "Resubmission"

    reference = models.CharField(max_length=16, unique=True)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="applications")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    state = models.CharField(max_length=16, choices=State.choices, default=State.DRAFT)
    lock = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=200, blank=True)
    type = models.CharField(max_length=20, choices=Type.choices, default=Type.EXPORT)
    transaction = models.CharField(max_length=20, blank=True)
    destination = models.CharField(max_length=2, blank=True)
    end_use = models.TextField(max_length=2000, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    form = models.JSONField(default=dict, blank=True)
    outcome = models.CharField(max_length=20, blank=True)
    outcome_sentence = models.TextField(blank=True)
    waits_for = models.CharField(max_length=10, choices=WaitsFor.choices, default=WaitsFor.YOU, blank=True)
    reopened_from = models.CharField(max_length=16, choices=State.choices, blank=True)
    """FILED or DECIDED, when a list or rule reopened it after filing: the review leads back there."""
    acn = models.CharField(max_length=7, blank=True)
    filed_on = models.DateField(null=True, blank=True)
    decision = models.CharField(max_length=30, blank=True)
    retain_until = models.DateField(null=True, blank=True)
    legal_hold = models.BooleanField(default=False)

    class Meta:
        ordering = ("-changed_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(state="CLEARED")
                | ~Q(outcome__in=("", "NEEDS_INFORMATION", "PROHIBITED"))
                | Q(outcome="", type__in=("classification", "advisory_opinion")),
                name="cleared_has_a_good_outcome",
            ),
        )
        indexes = (
            models.Index(fields=("organization", "state")),
            models.Index(fields=("organization", "-changed_at", "-id"), name="newest_of_an_organization"),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def editable(self) -> bool:
        """Whether the exporter may change it now."""
        return self.state in (self.State.DRAFT, self.State.RETURNED, self.State.CHECK_INCOMPLETE)

    @property
    def turn(self) -> str:
        """Whose turn it is as API and home page sort it (a key of TURNS), "" for nobody's."""
        return next((turn for turn, who in TURNS.items() if self.waits_for in who), "")


TURNS: Mapping[str, tuple[str, ...]] = {
    "you": (LicenseApplication.WaitsFor.YOU,),
    "us": (LicenseApplication.WaitsFor.CHECK, LicenseApplication.WaitsFor.REVIEWER),
    "government": (LicenseApplication.WaitsFor.GOVERNMENT,),
}
"""Turn as the API gives it and the home page filters by it -> values of `waits_for`; who of us it is the pages tell."""


class Revision(models.Model):
    """The application frozen at the moment a check was asked for: the precheck object of docs/contract.md."""

    application = models.ForeignKey(LicenseApplication, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("application_id", "number")
        constraints = (models.UniqueConstraint(fields=("application", "number"), name="revision_number_once"),)

    def __str__(self) -> str:
        return f"{self.application} revision {self.number}"


class ApplicationParty(models.Model):
    """A party on the application. `key` is its id in the contract ("P1"); `facts` is the rest of the Party object."""

    application = models.ForeignKey(LicenseApplication, on_delete=models.CASCADE, related_name="parties")
    key = models.CharField(max_length=20)
    role = models.CharField(max_length=30)
    name = models.CharField(max_length=600, blank=True)
    country = models.CharField(max_length=2, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("application_id", "position", "pk")
        verbose_name_plural = "application parties"
        constraints = (models.UniqueConstraint(fields=("application", "key"), name="party_key_once"),)

    def __str__(self) -> str:
        return self.name or next(iter(self.addresses), "") or self.key

    @property
    def addresses(self) -> list[str]:
        """Addresses as entered: the contract takes one line or a list."""
        return self.facts.get("addresses") or ([self.facts["address"]] if self.facts.get("address") else [])


class LineItem(models.Model):
    """A line of the application. `key` is its id in the contract ("I1"); money in US dollars; `form` the fields of
    intake.md step 13 beyond these."""

    application = models.ForeignKey(LicenseApplication, on_delete=models.CASCADE, related_name="items")
    key = models.CharField(max_length=20)
    eccn = models.CharField(max_length=40, blank=True)
    description = models.TextField(blank=True, max_length=4000)
    hs6 = models.CharField(max_length=6, blank=True)
    quantity = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    unit = models.CharField(max_length=30, blank=True)
    unit_price_usd = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    value_usd = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    origin = models.CharField(max_length=2, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    form = models.JSONField(default=dict, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("application_id", "position", "pk")
        constraints = (models.UniqueConstraint(fields=("application", "key"), name="item_key_once"),)

    def __str__(self) -> str:
        return f"{self.key} {self.eccn}"


class Document(models.Model):
    """A paper attached to the application: stored outside the web root, served only through access checks."""

    application = models.ForeignKey(LicenseApplication, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    file = models.FileField(upload_to="documents/%Y/%m/", max_length=255)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("uploaded_at", "pk")

    def __str__(self) -> str:
        return self.title
