"""Clearances that another reviewer looks at again: a share of them, drawn at random (docs/design/intake.md#4)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from licenses.models.review import FlagDecision


class QualityReview(models.Model):
    """One drawn clearance and what the second look at it found: agreed, or not, with the note. Nobody chooses what is drawn, and
    nobody who decided looks again at the own decision."""

    decision = models.OneToOneField(FlagDecision, on_delete=models.PROTECT, related_name="quality_review")
    drawn_at = models.DateTimeField(auto_now_add=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    agreed = models.BooleanField(null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("drawn_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True, agreed__isnull=True, reviewed_by__isnull=True)
                | Q(reviewed_at__isnull=False, agreed__isnull=False, reviewed_by__isnull=False),
                name="quality_review_is_whole",
            ),
        )

    def __str__(self) -> str:
        return f"quality review of {self.decision}"
