"""What the services of an application have in common: lock it, ask whether a reviewer acts, write columns, give up its checks,
record the act in the chain of its organization. Each joins the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone

from exportcheck.accounts import policy
from exportcheck.accounts.models import User
from exportcheck.audit.services import record
from exportcheck.errors import Refused
from exportcheck.leases import revoke
from licenses.models import CheckReport, LicenseApplication


def subject_of(application: LicenseApplication) -> str:
    """Name of the application in the audit log."""
    return f"application:{application.reference}"


def locked(application_id: int) -> LicenseApplication:
    """The application, its row locked until the transaction ends, with its organization and who drafted it."""
    rows = LicenseApplication.objects.select_for_update(of=("self",))
    return rows.select_related("organization", "created_by").get(pk=application_id)


def require_reviewer(actor: User, application: LicenseApplication, *, act: str = "do this") -> None:
    """Raises Refused("not_allowed") unless the actor reviews this application (rule 1); `act` completes "Reviewers …"."""
    if not policy.can_dispose_ordinary(actor, application.organization_id, application.created_by_id):
        raise Refused("not_allowed", f"Reviewers {act}, on applications that are neither theirs nor of their organization.")


def record_on(application: LicenseApplication, *, actor: User | None, action: str, body: Mapping[str, Any]) -> None:
    """The event of an act on an application; body: what changed (None as actor: the system itself)."""
    record(actor=actor, action=action, subject=subject_of(application), organization=application.organization, body=body)


def cancel_unfinished_checks(application: LicenseApplication, *, because: str) -> None:
    """Give up the check that waits or runs: its answer would be about nothing, or about what was said before."""
    unfinished = CheckReport.objects.filter(application=application, state__in=CheckReport.UNFINISHED)
    revoke(unfinished, state=CheckReport.State.FAILED, finished_at=timezone.now(), error=because, given_up=True)


def write(row: models.Model, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Set the values, save, and answer what changed: {column: [old, new]}."""
    changes = {}
    for name, value in values.items():
        old = getattr(row, name)
        if old != value:
            changes[name] = [audit_value(old), audit_value(value)]
            setattr(row, name, value)
    if changes or row.pk is None:
        row.save(update_fields=None if row.pk is None else [*changes])
    return changes


def audit_value(value: object) -> object:
    """A column value as the audit log keeps it."""
    return str(value) if isinstance(value, Decimal | datetime) else value
