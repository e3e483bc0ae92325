"""Destroying records whose retention ended (docs/design/intake.md#6): listed first, approved by a person, never under a hold,
each act in the audit log. The log itself stays: it tells that there were records and on whose word they were destroyed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial

from django.core.files.storage import default_storage
from django.db import transaction

from exportcheck.accounts import policy
from exportcheck.accounts.models import User
from exportcheck.audit.models import AuditEvent
from exportcheck.audit.services import OPERATOR, digest, record
from exportcheck.errors import Refused
from licenses.models import FlagDecision, LicenseApplication, Message, QualityReview, ShipmentLine
from licenses.services.application.acts import subject_of
from licenses.services.retention.retention import retain_until, standing_holds
from screening.services.matches.purge_case import forget_case

LISTED = "purge.listed"


@dataclass(frozen=True, slots=True)
class PurgeList:
    """What may be destroyed on a day, what a hold keeps, and the code that the approval must name."""

    due: tuple[str, ...]
    held: tuple[str, ...]
    code: str


def purge_list(today: dt.date) -> PurgeList:
    """Closed applications kept long enough, by reference, and those of them that a hold keeps. Writes nothing."""
    due: list[str] = []
    held: list[str] = []
    closed = LicenseApplication.objects.filter(state=LicenseApplication.State.CLOSED, retain_until__lt=today)
    for application in closed.select_related("organization").order_by("reference"):
        until = retain_until(application)
        if until is None or until >= today:
            continue
        (held if application.legal_hold or standing_holds(application) else due).append(application.reference)
    return PurgeList(tuple(due), tuple(held), digest(*due)[:16] if due else "")


@transaction.atomic
def list_purge(*, today: dt.date) -> PurgeList:
    """The list of the day, and its event in the system's chain: no approval without a list that was written down."""
    listed = purge_list(today)
    record(
        actor=None,
        actor_label=OPERATOR,
        action=LISTED,
        subject="purge:records",
        body={"code": listed.code, "due": list(listed.due), "held": list(listed.held)},
    )
    return listed


def purge_records(*, approver: User, code: str, authority: str, today: dt.date) -> list[str]:
    """Destroy what the list with this code names, each application in a transaction of its own. Returns the references.

    Raises Refused: "not_allowed" (a senior reviewer or auditor approves), "invalid" (no authority named, a list that was never
    written down), "stale" when the list is another one today, "state" when a hold was set meanwhile.
    """
    if not policy.can_set_hold(approver):
        raise Refused("not_allowed", "A senior reviewer or an auditor approves the destruction of records.")
    if not 5 <= len(authority.strip()) <= 200:
        raise Refused("invalid", "Name the decision the approval rests on (5 to 200 characters).")
    listed_today = purge_list(today)
    if not listed_today.due:
        raise Refused("stale", "Nothing is due for destruction today.")
    if code != listed_today.code:
        raise Refused("stale", "The list is another one by now; run with --dry-run again and read it.")
    listed = AuditEvent.objects.filter(action=LISTED, subject="purge:records").order_by("-pk")[:50]
    if code not in {event.body.get("code") for event in listed if event.body}:
        raise Refused("invalid", "This list was never written down; run with --dry-run first.")
    for reference in listed_today.due:
        purge_application(approver=approver, reference=reference, authority=authority, today=today)
    return list(listed_today.due)


@transaction.atomic
def purge_application(*, approver: User, reference: str, authority: str, today: dt.date) -> None:
    """Destroy the records of one application. Raises Refused("state") under a hold or before its time."""
    application = (
        LicenseApplication.objects.select_for_update(of=("self",)).select_related("organization").get(reference=reference)
    )
    if application.legal_hold or standing_holds(application):
        raise Refused("state", f"{reference} is under a legal hold; nothing of it is destroyed.")
    until = retain_until(application)
    if until is None or until >= today:
        raise Refused("state", f"{reference} is kept until {until or 'it is closed'}.")
    papers = [(str(row.file.name), row.sha256) for row in application.documents.all()]
    counts = {"checks": application.reports.count(), "flags": application.flags.count(), "documents": len(papers)}
    subject, organization = subject_of(application), application.organization
    _delete_rows(application)
    forgotten = forget_case(subject, organization=organization)
    record(
        actor=approver,
        action="record.purged",
        subject=subject,
        organization=organization,
        body={
            "retain_until": until,
            "authority": authority.strip(),
            **counts,
            "parties": forgotten.parties,
            "parties_kept": forgotten.kept,
            "papers": [sha256 for _, sha256 in papers],
        },
    )
    for name, _ in papers:
        transaction.on_commit(partial(default_storage.delete, name))


def _delete_rows(application: LicenseApplication) -> None:
    """Rows in the order in which they rest on each other; a kind of row this does not know stops it by its PROTECT."""
    QualityReview.objects.filter(decision__flag__application=application).delete()
    FlagDecision.objects.filter(flag__application=application).delete()
    Message.objects.filter(application=application).delete()
    ShipmentLine.objects.filter(shipment__application=application).delete()
    for rows in (
        application.questions,
        application.conditions,
        application.outcomes,
        application.shipments,
        application.stops,
        application.flags,
        application.reports,
        application.revisions,
        application.documents,
        application.parties,
        application.items,
    ):
        rows.all().delete()
    application.delete()
