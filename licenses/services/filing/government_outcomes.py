"""What BIS decided, typed by hand (docs/design/intake.md#3.2), with the duties that follow from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from exportcheck.accounts import policy
from exportcheck.accounts.models import User
from exportcheck.errors import Refused
from licenses.models import Condition, GovernmentOutcome, LicenseApplication
from licenses.services.application.acts import locked, record_on
from licenses.services.application.workflow import Event, State, make_move, refused_move
from licenses.services.checks.conditions import LICENSE_CONDITION
from licenses.services.drafting.documents import add_document
from licenses.services.filing.shipments import LICENSES
from licenses.services.retention.retention import EAR_YEARS, same_day

OUTCOMES = {
    "APPROVED": "approved",
    "APPROVED_WITH_CONDITIONS": "approved with conditions",
    "RETURNED_WITHOUT_ACTION": "returned without action",
    "NO_LICENSE_NEEDED": "no license needed",
    "INTENT_TO_DENY": "intent to deny",
    "DENIED": "denied",
    "HELD": "held (pending)",
    "REVOKED": "revoked or suspended",
}
"""Outcomes recorded by hand (intake.md 3.2)."""
MAX_CONDITIONS = 50


@transaction.atomic
def record_outcome(
    *,
    actor: User,
    application_id: int,
    decision: str,
    decided_on: dt.date | None = None,
    license_no: str = "",
    valid_until: dt.date | None = None,
    value_usd: Decimal | None = None,
    conditions: Sequence[str] = (),
    note: str = "",
    upload: UploadedFile[bytes] | None = None,
) -> GovernmentOutcome:
    """Record one outcome. A license needs the day it ends; each of its `conditions` becomes a duty before shipping, met when
    somebody acknowledges it. "Held" leaves the application filed. Raises Refused: "not_allowed", "invalid", "state"."""
    application = locked(application_id)
    if not policy.can_record_outcome(actor, application.organization_id):
        raise Refused("not_allowed", "People of the application's organization or a senior reviewer record the outcome.")
    if decision not in OUTCOMES:
        raise Refused("invalid", f"{decision[:40]!r} is no outcome; choose {', '.join(OUTCOMES)}.")
    day = decided_on or timezone.now().date()
    _check_days(application, decision, day, valid_until)
    duties = [text.strip()[:2_000] for text in conditions if text.strip()]
    if decision == "APPROVED_WITH_CONDITIONS" and not duties:
        raise Refused("invalid", "Enter the conditions of the license, one a line: each is acknowledged before shipping.")
    if len(duties) > MAX_CONDITIONS:
        raise Refused("invalid", f"{len(duties)} conditions were given; {MAX_CONDITIONS} at most.")
    _move(application, decision)
    paper = None
    if upload is not None:
        paper = add_document(actor=actor, application_id=application.pk, kind="other", title="", upload=upload)
    outcome = GovernmentOutcome.objects.create(
        application=application,
        decision=decision,
        decided_on=day,
        license_no=license_no.strip().upper()[:20],
        valid_until=valid_until if decision in LICENSES else None,
        value_usd=value_usd if decision in LICENSES else None,
        note=note.strip()[:2_000],
        document=paper,
        recorded_by=actor,
    )
    _write_conditions(application, duties if decision in LICENSES else [])
    body: dict[str, Any] = {"decision": decision, "decided_on": day, "note": outcome.note, "conditions": len(duties)}
    body |= {"license_no": outcome.license_no, "valid_until": outcome.valid_until, "paper": paper.sha256 if paper else ""}
    record_on(
        application,
        actor=actor,
        action="application.decided",
        body=body,
    )
    return outcome


def _check_days(application: LicenseApplication, decision: str, day: dt.date, valid_until: dt.date | None) -> None:
    if day > timezone.now().date():
        raise Refused("invalid", "The day of the outcome is not in the future.")
    if application.filed_on is not None and day < application.filed_on:
        raise Refused("invalid", f"It was filed on {application.filed_on:%-d %B %Y}; the outcome is not earlier.")
    if decision in LICENSES and valid_until is None:
        raise Refused("invalid", "Give the day the license ends: it is printed on the license.")
    if decision in LICENSES and valid_until is not None and valid_until < day:
        raise Refused("invalid", "The license ends before the day it was given.")


def _move(application: LicenseApplication, decision: str) -> None:
    today = timezone.now().date()
    if decision != "HELD":
        make_move(application, Event.OUTCOME, decision=decision, retain_until=same_day(today, today.year + EAR_YEARS))
    elif application.state == State.FILED:
        application.decision = decision
        application.save(update_fields=("decision", "changed_at"))
    else:
        raise refused_move(application, Event.OUTCOME)


def _write_conditions(application: LicenseApplication, duties: Sequence[str]) -> None:
    """The duties of the newest license; those of an earlier one no longer bind."""
    now = timezone.now()
    application.conditions.filter(code__startswith=LICENSE_CONDITION, gone_at=None).update(gone_at=now)
    earlier = application.conditions.filter(code__startswith=LICENSE_CONDITION).count()
    Condition.objects.bulk_create(
        Condition(
            application=application,
            code=f"{LICENSE_CONDITION}_{earlier + number}",
            why=text,
            citation="750.7(d)",
            before="export",
        )
        for number, text in enumerate(duties, 1)
    )
