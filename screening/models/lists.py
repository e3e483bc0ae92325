"""Control lists, their versions, and entries as interval rows (house.md 4).

An entry row lives from the version that introduced it to the version that retired it (exclusive); unchanged entries are
never copied. The intervals run over the activation line (ACTIVE and RETIRED versions). A HISTORY version stands beside
the line: its rows are its own, introduced and retired by itself.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from exportcheck.accounts.models import Organization
from exportcheck.leases import Leasable


class ControlList(models.Model):
    """One list, such as EL or SDN. `effect` is used for custom lists (info, warning, blocking). `organization`: whose own
    custom list it is; nobody else is screened against it or sees that it exists. None: everybody is screened against it."""

    code = models.CharField(max_length=16, unique=True)
    name = models.CharField(max_length=200)
    publisher = models.CharField(max_length=200, blank=True)
    effect = models.CharField(max_length=12, blank=True)
    custom = models.BooleanField(default=False)
    organization = models.ForeignKey(Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="control_lists")
    required = models.BooleanField(default=True)
    exists_from = models.DateField(null=True, blank=True)
    cadence_hours = models.PositiveIntegerField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(condition=Q(organization__isnull=True) | Q(custom=True), name="own_lists_are_custom"),
        )

    def __str__(self) -> str:
        return self.code


class ListVersion(Leasable):
    """One import of one list. The active one answers; a refused one is kept with the guard that spoke. The lease is that of its
    impact preview."""

    class State(models.TextChoices):
        """Where a version stands; only ACTIVE answers without a date."""

        STAGED = "STAGED", "staged"
        REFUSED = "REFUSED", "refused"
        ACTIVE = "ACTIVE", "active"
        RETIRED = "RETIRED", "retired"
        HISTORY = "HISTORY", "history"

    control_list = models.ForeignKey(ControlList, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    source = models.CharField(max_length=16, blank=True)
    """The code the file was imported under: a list's own code or a bundle's, such as CSL."""
    content_digest = models.CharField(max_length=64, blank=True)
    """SHA-256 over the sorted uids and content hashes: equal content, equal digest."""
    state = models.CharField(max_length=8, choices=State.choices)
    base = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sample = models.BooleanField(default=False)
    file_name = models.CharField(max_length=255)
    file_format = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64)
    raw_file = models.FileField(upload_to="lists/", blank=True, max_length=255)
    end_mark = models.BooleanField(null=True, blank=True)
    """Whether an OFAC file ended with its mark (0x1A); null where the format has none."""
    published_on = models.DateField(null=True, blank=True)
    published_from = models.CharField(max_length=8, blank=True)
    """Where the date was found: "option" (given by whoever imported), "file", "rows" (a lower bound), "import" (that day)."""
    seen_on = models.JSONField(default=list, blank=True)
    """Further dates (ISO) of which the publisher's file said the same: `--as-of` finds the version from each of them."""
    confirmed_on = models.DateField(null=True, blank=True)
    current_on = models.DateField(null=True, blank=True)
    """The last day of which the publisher is known to have said this: printed, given, the newest row of the whole file, or
    a look at the publisher's own address. None where nothing tells."""
    entries = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    removed = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    rejects = models.JSONField(default=list, blank=True)
    warnings = models.JSONField(default=list, blank=True)
    guard = models.CharField(max_length=20, blank=True)
    detail = models.TextField(blank=True)
    overridden_guard = models.CharField(max_length=40, blank=True)
    staged_at = models.DateTimeField(auto_now_add=True)
    staged_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    staged_label = models.CharField(max_length=200, blank=True)
    stage_reason = models.TextField(blank=True)
    activated_at = models.DateTimeField(null=True, blank=True)
    activated_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    activated_label = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    rescreened_at = models.DateTimeField(null=True, blank=True)
    rescreen_since = models.PositiveIntegerField(default=0)
    """Number of the version that every party is known to have been screened against when the rescreen begins."""
    previewed_at = models.DateTimeField(null=True, blank=True)
    preview_cursor = models.PositiveBigIntegerField(default=0)
    preview_done = models.PositiveBigIntegerField(default=0)
    preview_total = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ("control_list__code", "-number")
        constraints = (
            models.UniqueConstraint(fields=("control_list", "number"), name="version_number_once"),
            models.UniqueConstraint(fields=("control_list",), condition=Q(state="ACTIVE"), name="one_active_version"),
            models.CheckConstraint(
                condition=~Q(state__in=("ACTIVE", "RETIRED")) | Q(activated_at__isnull=False), name="active_has_a_date"
            ),
            models.CheckConstraint(
                condition=Q(activated_by__isnull=True) | Q(staged_by__isnull=True) | ~Q(activated_by=F("staged_by")),
                name="activated_by_a_second_person",
            ),
        )

    def __str__(self) -> str:
        return f"{self.control_list.code} version {self.number}"


class RescreenPart(Leasable):
    """A share of the parties that one worker rescreens at a time: those whose number leaves `remainder` divided by PARTS.
    `cursor`: the last party done. `turn` grows whenever a party stored from an older snapshot
    is to be looked at again, so that a batch under way when that happens is not saved."""

    PARTS = 4
    """More than a small machine has workers for, so that none waits long for the last share."""

    version = models.ForeignKey(ListVersion, on_delete=models.CASCADE, related_name="parts")
    remainder = models.PositiveSmallIntegerField()
    cursor = models.PositiveBigIntegerField(default=0)
    turn = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("version_id", "remainder")
        constraints = (models.UniqueConstraint(fields=("version", "remainder"), name="one_part_a_remainder"),)

    def __str__(self) -> str:
        return f"{self.version_id} part {self.remainder}"


class RefusedFile(models.Model):
    """A file that was refused whole (empty, pointer, truncated, header drift, rejects): it reached no list and changed
    nothing. `source` is the code it was imported under."""

    source = models.CharField(max_length=16)
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    raw_file = models.FileField(upload_to="lists/", blank=True, max_length=255)
    guard = models.CharField(max_length=20)
    detail = models.TextField()
    refused_at = models.DateTimeField(auto_now_add=True)
    staged_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    staged_label = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-refused_at", "-pk")

    def __str__(self) -> str:
        return f"{self.file_name} ({self.guard})"


class ListSource(Leasable):
    """A publisher's address that is fetched on schedule once a list admin switched it on (`screening/lists/fetch_sources.py`).
    `validators` maps a URL to its [ETag, Last-Modified]; `sha256` is what was staged last, `refused_sha256` what was
    refused and `refused_detail` why."""

    code = models.CharField(max_length=16, unique=True)
    enabled = models.BooleanField(default=False)
    auto_activate = models.BooleanField(default=False)
    validators = models.JSONField(default=dict, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    refused_sha256 = models.CharField(max_length=64, blank=True)
    refused_detail = models.TextField(blank=True, default="")
    checked_at = models.DateTimeField(null=True, blank=True)
    """Last time the publisher answered, with a new file or with "not modified"."""
    tried_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code


class ListEntry(models.Model):
    """One entry of a list over an interval of versions. `record` is the entry as JSON (screening.lists.entry_record)."""

    control_list = models.ForeignKey(ControlList, on_delete=models.PROTECT, related_name="entries")
    uid = models.CharField(max_length=120)
    content_hash = models.CharField(max_length=64)
    name = models.CharField(max_length=600)
    search_text = models.TextField(blank=True)
    record = models.JSONField()
    introduced_in = models.ForeignKey(ListVersion, on_delete=models.PROTECT, related_name="introduced")
    retired_in = models.ForeignKey(ListVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="retired")

    class Meta:
        ordering = ("control_list_id", "uid", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("control_list", "uid"), condition=Q(retired_in__isnull=True), name="one_current_row_a_uid"
            ),
            models.UniqueConstraint(fields=("control_list", "uid", "introduced_in"), name="uid_introduced_once"),
        )
        indexes = (models.Index(fields=("control_list", "retired_in")), models.Index(fields=("introduced_in", "retired_in")))

    def __str__(self) -> str:
        return f"{self.name} ({self.uid})"


class ListChange(models.Model):
    """One line of the difference between a version and its base: what activation applies and the diff page shows.

    `record`/`content_hash` are the entry after (added, changed); `before` is the row it replaces or removes;
    `fields` maps a field name to [before, after].
    """

    class Kind(models.TextChoices):
        """What happened to the entry."""

        ADDED = "added", "added"
        REMOVED = "removed", "removed"
        CHANGED = "changed", "changed"

    version = models.ForeignKey(ListVersion, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    uid = models.CharField(max_length=120)
    name = models.CharField(max_length=600)
    content_hash = models.CharField(max_length=64, blank=True)
    record = models.JSONField(null=True, blank=True)
    before = models.ForeignKey(ListEntry, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    fields = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("version_id", "kind", "name", "pk")
        constraints = (models.UniqueConstraint(fields=("version", "uid"), name="one_change_a_uid"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"
