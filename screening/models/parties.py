"""Parties that were screened, what was found about them, and what people decided."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from exportcheck.accounts.models import Organization
from exportcheck.four_eyes import CountersignedProposal, two_are_two
from exportcheck.leases import Leasable
from screening.models.lists import ControlList, ListEntry, ListVersion


class ScreenedParty(models.Model):
    """A party an organization cares about. `case` and `part` are the caller's words and opaque here ("application:EX-2026-00017"
    and "P2"); `facts` is the Party object of docs/contract.md; `live` False = no longer screened when lists change.
    `engine_major`: MAJOR of the engine that last screened it against everything (0 = not known); a lower one than today's waits
    to be screened again."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="screened_parties")
    case = models.CharField(max_length=200)
    part = models.CharField(max_length=200, blank=True)
    facts = models.JSONField()
    fingerprint = models.CharField(max_length=64, db_index=True)
    live = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    last_screened_at = models.DateTimeField(null=True, blank=True)
    engine_major = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("pk",)
        constraints = (
            # Its index is also the one by which the parties of a case are found.
            models.UniqueConstraint(fields=("organization", "case", "part", "fingerprint"), name="one_party_a_part_of_a_case"),
        )
        indexes = (models.Index(fields=("live", "id")), models.Index(fields=("live", "engine_major", "id")))

    def __str__(self) -> str:
        return f"{self.facts.get('name', '')} ({self.subject})"

    @property
    def subject(self) -> str:
        """Case and part as one name, for people and the audit log ("application:EX-2026-00017:P2"); nothing is found by it."""
        return f"{self.case}:{self.part}" if self.part else self.case


class ScreeningRun(models.Model):
    """One act of screening: which list versions and engine answered. `versions` maps list code to version number."""

    class Kind(models.TextChoices):
        """What asked for it."""

        CHECK = "check", "check of an application"
        RESCREEN = "rescreen", "list change"
        NAME = "name", "name screened by hand"
        ENGINE = "engine", "new engine"

    kind = models.CharField(max_length=8, choices=Kind.choices)
    organization = models.ForeignKey(Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    engine = models.CharField(max_length=12)
    versions = models.JSONField(default=dict)
    as_of = models.DateField(null=True, blank=True)
    cause = models.ForeignKey(ListVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"


class Match(models.Model):
    """A hit of a party on an entry row, to be settled by a person. The same pair found again keeps its match as it is;
    changed content of the entry makes a new row (the entry row differs). Only when an engine of another major version scores
    the pair differently is the row rewritten (screening.services.matches.record_hits), with the run that said so."""

    class State(models.TextChoices):
        """Where the decision stands."""

        OPEN = "OPEN", "open"
        PROPOSED = "PROPOSED", "waiting for a second person"
        RESOLVED = "RESOLVED", "settled"
        REOPENED = "REOPENED", "reopened"

    run = models.ForeignKey(ScreeningRun, on_delete=models.PROTECT, related_name="matches")
    party = models.ForeignKey(ScreenedParty, on_delete=models.PROTECT, related_name="matches")
    control_list = models.ForeignKey(ControlList, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(ListEntry, on_delete=models.PROTECT, related_name="matches")
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    band = models.CharField(max_length=8)
    score = models.FloatField()
    channel = models.CharField(max_length=10)
    matched_name = models.CharField(max_length=600, blank=True)
    hit = models.JSONField()
    clearance = models.ForeignKey("Clearance", null=True, blank=True, on_delete=models.PROTECT, related_name="carried")
    reopened_because = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    touched_at = models.DateTimeField(default=timezone.now, db_index=True)
    """When a list, the engine or time last changed this pair: found, gone, back, reopened. Decisions do not move it."""
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-score", "pk")
        verbose_name_plural = "matches"
        constraints = (models.UniqueConstraint(fields=("party", "entry"), name="one_match_a_pair"),)
        indexes = (models.Index(fields=("state", "created_at")),)

    def __str__(self) -> str:
        return f"{self.party} ~ {self.entry}"


class EngineRescreen(Leasable):
    """That every live party is screened again because the engine's major version changed: a row a version. Which parties
    wait is on the parties (`engine_major`); this row is leased by the one worker that goes through them."""

    major = models.PositiveSmallIntegerField(unique=True)
    engine = models.CharField(max_length=12)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-major",)

    def __str__(self) -> str:
        return f"engine {self.engine}"


class Resolution(CountersignedProposal):
    """What a person decided about a match and why; a new decision is a new row. With two people `proposed_by` is the first
    and `decided_by` the second; `decided_at` null = proposed only; `sent_back` = the second person did not agree."""

    class Disposition(models.TextChoices):
        """What was decided, about a match or about any other concern; the labels stand on the desk (intake.md 4)."""

        FALSE_POSITIVE = "false_positive", "False positive"
        TRUE_MATCH = "true_match", "True match"
        NOT_IN_SCOPE = "not_in_scope", "Not in scope"
        MITIGATED = "mitigated", "Mitigated"
        ESCALATED = "escalated", "Escalated"
        UNRESOLVED = "unresolved", "Unresolved"

    match = models.ForeignKey(Match, on_delete=models.PROTECT, related_name="resolutions")
    disposition = models.CharField(max_length=20, choices=Disposition.choices)
    reason_code = models.CharField(max_length=40)
    reason = models.TextField()
    two_people = models.BooleanField()
    scope = models.CharField(max_length=12, default="application")
    role = models.CharField(max_length=40, blank=True)
    item_scope = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("match",), condition=Q(decided_at__isnull=True), name="one_open_proposal"),
            two_are_two("two_people_are_two", one_is_enough=Q(two_people=False)),
        )

    def __str__(self) -> str:
        return f"{self.disposition} on {self.match_id}"


FREEING = frozenset(
    (Resolution.Disposition.FALSE_POSITIVE, Resolution.Disposition.NOT_IN_SCOPE, Resolution.Disposition.MITIGATED)
)
"""Decisions that take a concern away: two people for critical ones; remembered as clearances."""
LEAVING_OPEN = frozenset((Resolution.Disposition.ESCALATED, Resolution.Disposition.UNRESOLVED))
"""Decisions that settle nothing: recorded, and what they are about stays where it was."""


class Clearance(models.Model):
    """A decision remembered: bound to the party's fingerprint, the entry's uid and content, and the engine's major version
    (docs/design/intake.md#4). It hides a hit from the queue, never from the record. `case`: where it was given; with scope
    `application` it reaches no further."""

    class Scope(models.TextChoices):
        """How far the memory reaches."""

        APPLICATION = "application", "this application"
        ORGANIZATION = "organization", "this organization"
        EVERYONE = "everyone", "every organization"

    resolution = models.OneToOneField(Resolution, on_delete=models.PROTECT, related_name="clearance")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="clearances")
    scope = models.CharField(max_length=12, choices=Scope.choices)
    case = models.CharField(max_length=200)
    party_fingerprint = models.CharField(max_length=64, db_index=True)
    control_list = models.ForeignKey(ControlList, on_delete=models.PROTECT, related_name="+")
    entry_uid = models.CharField(max_length=120)
    entry_content_hash = models.CharField(max_length=64)
    engine_major = models.PositiveIntegerField()
    score = models.FloatField()
    band = models.CharField(max_length=8)
    disposition = models.CharField(max_length=20)
    role = models.CharField(max_length=40, blank=True)
    item_scope = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_because = models.TextField(blank=True)

    class Meta:
        ordering = ("-created_at",)
        indexes = (models.Index(fields=("party_fingerprint", "control_list", "entry_uid")),)

    def __str__(self) -> str:
        return f"{self.disposition} {self.entry_uid} until {self.expires_at:%Y-%m-%d}"


class ImpactPreview(models.Model):
    """What activating a staged version would change for one screened party: hits gained, lost, or moved to another band."""

    version = models.ForeignKey(ListVersion, on_delete=models.CASCADE, related_name="impacts")
    party = models.ForeignKey(ScreenedParty, on_delete=models.PROTECT, related_name="+")
    gained = models.JSONField(default=list)
    lost = models.JSONField(default=list)
    band_changed = models.JSONField(default=list)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("version", "party"), name="one_impact_a_party"),)

    def __str__(self) -> str:
        return f"{self.version_id}: {self.party_id}"
