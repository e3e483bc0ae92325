"""Rows that take two people: one proposes, another countersigns. The columns, the constraint that two people are two, and the
claim of the second signature. Who may be the second person is asked of accounts/policy.py."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from exportcheck.accounts.models import User


class Proposal(models.Model):
    """A row that one person proposes and another decides; while `decided_at` is null it only waits."""

    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class CountersignedProposal(Proposal):
    """A proposal that the second person agrees to or sends back, with a note."""

    decision_note = models.TextField(blank=True)
    sent_back = models.BooleanField(default=False)

    class Meta:
        abstract = True


def two_are_two(name: str, *, one_is_enough: Q | None = None) -> models.CheckConstraint:
    """The constraint of a Proposal: nobody decides what they proposed, but where `one_is_enough`."""
    others = Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by"))
    return models.CheckConstraint(condition=others if one_is_enough is None else one_is_enough | others, name=name)


def countersign(row: CountersignedProposal, *, actor: User, agree: bool, note: str) -> bool:
    """Write the second signature where nobody decided yet, and on the instance; whether it was ours.

    Runs in the caller's transaction; the caller asked the policy before and records the event after.
    """
    columns = {"decided_by": actor, "decided_at": timezone.now(), "decision_note": note.strip(), "sent_back": not agree}
    if type(row)._default_manager.filter(pk=row.pk, decided_at=None).update(**columns) != 1:
        return False
    for name, value in columns.items():
        setattr(row, name, value)
    return True
