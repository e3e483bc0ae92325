"""From a finished review to the filed and closed application (docs/design/intake.md#3). A person files in SNAP-R; what came
back is kept by government_outcomes.py, what left by shipments.py."""

from __future__ import annotations

import datetime as dt
import re

from django.db import transaction
from django.utils import timezone

from exportcheck.accounts import policy
from exportcheck.accounts.models import User
from exportcheck.errors import Refused
from licenses import queries
from licenses.models import CheckReport, LicenseApplication
from licenses.rules.completeness.messages import messages
from licenses.rules.tables.form_definitions import CompletenessMessage
from licenses.services.application.acts import locked, record_on, subject_of
from licenses.services.application.revisions import freeze
from licenses.services.application.workflow import Event, State, make_move
from licenses.services.evaluation.read_application import read_line
from licenses.services.evaluation.rules_in_force import rules
from licenses.services.evaluation.screening_age import last_screening
from licenses.services.retention.retention import EAR_YEARS, same_day
from screening.services.parties.parties import retire_case

_ACN = re.compile(r"^[A-Z]\d{6}$")


@transaction.atomic
def mark_ready(*, actor: User, application_id: int) -> LicenseApplication:
    """Ready to file: rules V1 to V25 pass, no flag is open, the last screening is fresh and on the active lists; what will be
    filed is frozen. Raises Refused: "not_allowed"; "invalid" with the first thing to mend; "state"."""
    application = locked(application_id)
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
    record_on(application, actor=actor, action="application.ready", body={"revision": revision.number, "sha256": revision.sha256})
    return application


def blocking_messages(report: CheckReport) -> list[CompletenessMessage]:
    """What the form rules say that filing waits for, V25 (age and lists of the last screening) included."""
    line = read_line(report.revision.content)
    today = timezone.now().date()
    lacking = messages(line.facts, rules(today), None, as_of=today, screened=last_screening(report), whole_form=True)
    return [message for message in lacking if message.blocking]


@transaction.atomic
def enter_filing(*, actor: User, application_id: int, acn: str, filed_on: dt.date) -> LicenseApplication:
    """The application control number that SNAP-R gave, typed back. Raises Refused: "not_allowed", "invalid", "state"."""
    application = locked(application_id)
    _own(actor, application, "enter the filing")
    number = acn.strip().upper()
    if not _ACN.match(number):
        raise Refused("invalid", "An application control number is one letter and six digits, such as Z123456.")
    if filed_on > timezone.now().date():
        raise Refused("invalid", "The filing date is not in the future.")
    make_move(application, Event.FILE, acn=number, filed_on=filed_on)
    record_on(application, actor=actor, action="application.filed", body={"acn": number, "filed_on": filed_on})
    return application


@transaction.atomic
def close(*, actor: User, application_id: int) -> LicenseApplication:
    """Nothing more will happen under the application; its records are kept for five years from the last event. Raises Refused:
    "not_allowed"; "state", also for a cleared application that needs a license."""
    application = locked(application_id)
    _own(actor, application, "close it")
    if application.state == State.CLEARED and application.outcome == "LICENSE_REQUIRED":
        raise Refused("state", "This application needs a license: file it or withdraw it.")
    today = timezone.now().date()
    make_move(application, Event.CLOSE, retain_until=same_day(today, today.year + EAR_YEARS))
    retire_case(subject_of(application), organization=application.organization)
    record_on(application, actor=actor, action="application.closed", body={"retain_until": application.retain_until})
    return application


def _own(actor: User, application: LicenseApplication, act: str) -> None:
    if not policy.can_mark_ready(actor, application.organization_id):
        raise Refused("not_allowed", f"Only people of the application's own organization {act}.")
