"""How long records are kept, and what keeps them longer (15 CFR 762.6)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from exportcheck.accounts.models import Organization
from licenses.models.application import LicenseApplication


class LegalHold(models.Model):
    """Records asked for by an agency or a court: nothing of them is destroyed while the hold stands (762.6(b)).

    `subject` says of what: "application:EX-2026-00017", "organization:7" for every application of one, or "party:Example GmbH"
    for every application of the organization that names `party` (a Party object of docs/contract.md). Released by another
    person than the one who asked for the release, with the written authority named. The row stays after the application's
    own records were destroyed.
    """

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="legal_holds")
    application = models.ForeignKey(LicenseApplication, null=True, blank=True, on_delete=models.SET_NULL, related_name="holds")
    subject = models.CharField(max_length=120)
    party = models.JSONField(null=True, blank=True)
    reason = models.TextField()
    authority = models.CharField(max_length=200)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(auto_now_add=True)
    release_reason = models.TextField(blank=True)
    release_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    release_asked_at = models.DateTimeField(null=True, blank=True)
    release_authority = models.CharField(max_length=200, blank=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-set_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(released_by__isnull=True)
                | (Q(release_asked_by__isnull=False) & ~Q(released_by=F("release_asked_by"))),
                name="two_release_people_are_two",
            ),
        )

    def __str__(self) -> str:
        return f"hold on {self.subject}"

    @property
    def stands(self) -> bool:
        """Whether it still keeps the records."""
        return self.released_at is None
