"""AuditEvent: who did what, append-only, in hash chains (15 CFR 762.5(b)(4))."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models


class AppendOnlyError(RuntimeError):
    """Somebody tried to change or delete an audit event."""


class AuditQuerySet(models.QuerySet["AuditEvent"]):
    """Reads only: bulk writes raise."""

    def update(self, **kwargs: Any) -> int:
        """Never."""
        raise AppendOnlyError("Audit events are never changed.")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Never."""
        raise AppendOnlyError("Audit events are never deleted.")


class AuditChain(models.Model):
    """Head of one chain: "system", or "org:<pk>" for an organization. The row is locked while an event is added."""

    name = models.CharField(max_length=40, unique=True)
    length = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.name} ({self.length})"


class AuditEvent(models.Model):
    """One thing that happened.

    `hash` = SHA-256 over (previous hash, chain, seq, envelope, body hash); `body_hash` = SHA-256 over (salt, canonical
    body), so that a body can be redacted (body and salt set to null) and the chain still verifies. A trigger of the
    database allows nothing else.
    """

    chain = models.CharField(max_length=40)
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    actor_label = models.CharField(max_length=200)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)
    origin = models.JSONField(default=dict)
    body = models.JSONField(null=True)
    salt = models.CharField(max_length=32, null=True)  # noqa: DJ001 - null means redacted, "" would be a salt
    body_hash = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering = ("chain", "seq")
        constraints = (models.UniqueConstraint(fields=("chain", "seq"), name="audit_seq_once"),)
        indexes = (models.Index(fields=("subject", "at")), models.Index(fields=("action", "at")))

    def __str__(self) -> str:
        return f"{self.chain}#{self.seq} {self.action} {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Only once."""
        if self.pk is not None:
            raise AppendOnlyError("Audit events are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Never."""
        raise AppendOnlyError("Audit events are never deleted.")
