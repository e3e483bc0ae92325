"""Dated switches and thresholds: the only rules that change at run time, by two people (docs/design/intake.md#5)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from exportcheck.four_eyes import Proposal, two_are_two


class Switch(Proposal):
    """A value of a rule row from a date on, such as `affiliates_50` stayed; it enters the digest of the rules once approved."""

    name = models.CharField(max_length=60)
    value = models.CharField(max_length=60)
    effective_from = models.DateField()
    effective_to = models.DateField(null=True, blank=True)
    citation = models.CharField(max_length=200)
    reason = models.TextField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("name", "effective_from", "pk")
        verbose_name_plural = "switches"
        constraints = (
            two_are_two("switch_approved_by_another"),
            models.CheckConstraint(
                condition=Q(effective_to__isnull=True) | Q(effective_to__gt=F("effective_from")), name="switch_dates_ordered"
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} = {self.value} from {self.effective_from}"
