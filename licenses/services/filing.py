"""From a finished review to the filed and decided application (intake.md 3). A person files in SNAP-R; the product keeps what was
filed and what came back."""

from __future__ import annotations

import datetime as dt
import re

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from exportcheck.accounts import policy
from exportcheck.accounts.models import User
from exportcheck.audit.services import record
from exportcheck.errors import Refused
from licenses import queries
from licenses.models import CheckReport, LicenseApplication, Shipment
from licenses.rules.completeness import Screened, messages
from licenses.rules.form_rules import Message
from licenses.services.content import freeze
from licenses.services.draft import subject_of
from licenses.services.line import read_line
from licenses.services.rules import rules
from licenses.services.states import Event, State, make_move
from licenses.services.stops import confirm_stop, stop_application
from screening.services.parties import retire_subject
from screening.services.snapshot import current as current_snapshot

__all__ = (
    "close",
    "confirm_stop",
    "enter_filing",
    "mark_ready",
    "record_outcome",
    "release_shipment",
    "stop_application",
)
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
RETENTION_YEARS = 5
"""762.6(a): five years from the latest of export, known reexport, transfer, diversion or other termination."""
_ACN = re.compile(r"^[A-Z]\d{6}$")


@transaction.atomic
def mark_ready(*, actor: User, application_id: int) -> LicenseApplication:
    """Ready to file: rules V1 to V25 pass, no flag is open, the last screening is fresh and on the active lists; what will be
    filed is frozen. Raises Refused: "not_allowed"; "invalid" with the first thing to mend; "state"."""
    application = _application(application_id)
    _own(actor, application, "mark it ready")
    report = queries.last_done_report(application)
    if application.state == State.CLEARED and report is not None:
        for trouble in blocking_messages(report):
            raise Refused("invalid", f"{trouble.text} ({trouble.citation})")
        if queries.open_flags(application).exists():
            raise Refused("state", f"{application.reference} has open flags; a reviewer settles them first.")
        if queries.open_conditions(application, "filing").exists():
            duty = queries.open_conditions(application, "filing").first()
            raise Refused("invalid", f"Before filing: {duty.why}" if duty else "")
    make_move(application, Event.READY)
    revision = freeze(application, actor=actor)
    _record(application, actor, "application.ready", {"revision": revision.number, "sha256": revision.sha256})
    return application


def blocking_messages(report: CheckReport) -> list[Message]:
    """What the form rules say that filing waits for, V25 (age and lists of the last screening) included."""
    line = read_line(report.revision.content)
    today = timezone.now().date()
    found = messages(line.facts, rules(today), None, as_of=today, screened=last_screening(report), whole_form=True)
    return [message for message in found if message.blocking]


def last_screening(report: CheckReport) -> Screened:
    """Age of a check and whether it used the lists that are active now (V25)."""
    age = None if report.finished_at is None else (timezone.now() - report.finished_at).total_seconds() / 3600
    current = current_snapshot(report.application.organization_id).numbers == report.versions
    return Screened(age_hours=age, on_active_lists=current, limit_hours=settings.SCREEN_MAX_AGE_HOURS)


@transaction.atomic
def enter_filing(*, actor: User, application_id: int, acn: str, filed_on: dt.date) -> LicenseApplication:
    """The application control number that SNAP-R gave, typed back. Raises Refused: "not_allowed", "invalid", "state"."""
    application = _application(application_id)
    _own(actor, application, "enter the filing")
    number = acn.strip().upper()
    if not _ACN.match(number):
        raise Refused("invalid", "An application control number is one letter and six digits, such as Z123456.")
    if filed_on > timezone.now().date():
        raise Refused("invalid", "The filing date is not in the future.")
    make_move(application, Event.FILE, acn=number, filed_on=filed_on)
    _record(application, actor, "application.filed", {"acn": number, "filed_on": filed_on})
    return application


@transaction.atomic
def record_outcome(*, actor: User, application_id: int, decision: str, note: str = "") -> LicenseApplication:
    """What BIS decided, by hand. Raises Refused: "not_allowed", "invalid", "state"."""
    application = _application(application_id)
    if not policy.can_record_outcome(actor, application.organization_id):
        raise Refused("not_allowed", "People of the application's organization or a senior reviewer record the outcome.")
    if decision not in OUTCOMES:
        raise Refused("invalid", f"{decision[:40]!r} is no outcome; choose {', '.join(OUTCOMES)}.")
    make_move(application, Event.OUTCOME, decision=decision, retain_until=_retain_until())
    _record(application, actor, "application.decided", {"decision": decision, "note": note.strip()[:2_000]})
    return application


@transaction.atomic
def close(*, actor: User, application_id: int) -> LicenseApplication:
    """Nothing more will happen under the application; its records are kept for five years from the last event. Raises Refused:
    "not_allowed"; "state", also for a cleared application that needs a license."""
    application = _application(application_id)
    _own(actor, application, "close it")
    if application.state == State.CLEARED and application.outcome == "LICENSE_REQUIRED":
        raise Refused("state", "This application needs a license: file it or withdraw it.")
    make_move(application, Event.CLOSE, retain_until=_retain_until())
    retire_subject(subject_of(application), organization=application.organization)
    _record(application, actor, "application.closed", {"retain_until": application.retain_until})
    return application


@transaction.atomic
def release_shipment(*, actor: User, application_id: int, ship_on: dt.date, value_usd: float) -> Shipment:
    """Release one shipment: on a fresh screening (V25), with no open duty, from a state that allows it. Raises Refused:
    "not_allowed", "invalid" (what is missing), "state"."""
    application = _application(application_id)
    _own(actor, application, "release shipments")
    report = queries.last_done_report(application)
    free = application.state in (State.CLEARED, State.CLOSED) and application.outcome in (
        "NO_LICENSE_REQUIRED",
        "LICENSE_EXCEPTION",
        "NOT_SUBJECT_TO_EAR",
    )
    licensed = application.state == State.DECIDED and application.decision in (
        "APPROVED",
        "APPROVED_WITH_CONDITIONS",
        "NO_LICENSE_NEEDED",
    )
    if report is None or not (free or licensed):
        raise Refused(
            "state", f"{application.reference} is {application.get_state_display()}; nothing may be shipped under it now."
        )
    screening = last_screening(report)
    if not screening.on_active_lists or screening.age_hours is None or screening.age_hours > screening.limit_hours:
        raise Refused("invalid", "The last screening is too old or on earlier lists; run the check again before shipping.")
    duty = queries.open_conditions(application, "export").first()
    if duty is not None:
        raise Refused("invalid", f"Before shipping: {duty.why}")
    shipment = Shipment.objects.create(
        application=application, report=report, ship_on=ship_on, value_usd=round(value_usd, 2), released_by=actor
    )
    _record(
        application,
        actor,
        "shipment.released",
        {"ship_on": ship_on, "value_usd": str(shipment.value_usd), "report": report.number},
    )
    return shipment


def _retain_until() -> dt.date:
    today = timezone.now().date()
    day = 28 if (today.month, today.day) == (2, 29) else today.day
    return dt.date(today.year + RETENTION_YEARS, today.month, day)


def _application(application_id: int) -> LicenseApplication:
    return LicenseApplication.objects.select_for_update(of=("self",)).select_related("organization").get(pk=application_id)


def _own(actor: User, application: LicenseApplication, act: str) -> None:
    if not policy.can_mark_ready(actor, application.organization_id):
        raise Refused("not_allowed", f"Only people of the application's own organization {act}.")


def _record(application: LicenseApplication, actor: User, action: str, body: dict[str, object]) -> None:
    record(actor=actor, action=action, subject=subject_of(application), organization=application.organization, body=body)
