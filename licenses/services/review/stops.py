"""Stopping an application takes two people; the exporter may appeal with new facts (docs/design/intake.md#3)."""

from __future__ import annotations

from django.db import transaction

from exportcheck.accounts import policy
from exportcheck.accounts.models import User
from exportcheck.errors import Refused
from exportcheck.four_eyes import countersign
from licenses.models import CheckReport, LicenseApplication, Message, Stop
from licenses.services.application.acts import cancel_unfinished_checks, locked, record_on, require_reviewer, subject_of
from licenses.services.application.dispositions import MIN_REASON_CHARS
from licenses.services.application.workflow import Event, State, make_move
from licenses.services.checks.requests import check_again
from screening.services.parties.parties import retire_case


@transaction.atomic
def stop_application(*, actor: User, application_id: int, reason: str, citation: str) -> Stop:
    """The first person proposes to stop an application in review; nothing moves yet.

    Raises Refused: "not_allowed", "invalid" (reason and citation are needed), "state", "taken" when a stop is proposed already.
    """
    application = locked(application_id)
    require_reviewer(actor, application)
    if application.state not in (State.IN_REVIEW, State.REOPENED):
        raise Refused(
            "state", f"{application.reference} is {application.get_state_display()}; only an application in review is stopped."
        )
    if len(reason.strip()) < MIN_REASON_CHARS or not citation.strip():
        raise Refused("invalid", f"Give the reason in at least {MIN_REASON_CHARS} characters, and the citation it rests on.")
    if application.stops.filter(decided_at=None).exists():
        raise Refused("taken", "A stop is proposed already; a second person decides it.")
    if application.state == State.REOPENED:
        make_move(application, Event.PICK_UP)
    stop = Stop.objects.create(application=application, reason=reason.strip(), citation=citation.strip()[:200], proposed_by=actor)
    record_on(
        application, actor=actor, action="stop.proposed", body={"stop": stop.pk, "reason": stop.reason, "citation": stop.citation}
    )
    return stop


@transaction.atomic
def countersign_stop(*, actor: User, stop_id: int, agree: bool, note: str = "") -> Stop:
    """The second person confirms: the application is STOPPED. Or sends the proposal back. Raises Refused: "not_allowed",
    "taken", "state"."""
    stop = Stop.objects.get(pk=stop_id)
    application = locked(stop.application_id)
    require_reviewer(actor, application)
    if not policy.can_countersign(actor, stop.proposed_by_id):
        raise Refused("not_allowed", "Another person than the one who proposed the stop confirms it.")
    if not countersign(stop, actor=actor, agree=agree, note=note):
        raise Refused("taken", "Somebody decided this proposal already.")
    if agree:
        make_move(application, Event.STOP)
        cancel_unfinished_checks(application, because="The application was stopped.")
        retire_case(subject_of(application), organization=application.organization)
        words = f"This application is stopped ({stop.citation}). Do not proceed; see the page on stops and disclosure."
        Message.objects.create(application=application, author=None, text=words)
    record_on(
        application,
        actor=actor,
        action="stop.confirmed" if agree else "stop.sent_back",
        body={"stop": stop.pk, "note": note.strip()},
    )
    return stop


@transaction.atomic
def appeal(*, actor: User, application_id: int, facts: str) -> LicenseApplication:
    """The exporter brings new facts about a stopped application: it is reviewed again, by somebody who did not decide before.
    Raises Refused: "not_allowed", "invalid", "state"."""
    application = locked(application_id)
    if not policy.can_edit_draft(actor, application.organization_id):
        raise Refused("not_allowed", "Only people of the application's own organization appeal.")
    if len(facts.strip()) < MIN_REASON_CHARS:
        raise Refused("invalid", f"Say in at least {MIN_REASON_CHARS} characters what is new.")
    make_move(application, Event.APPEAL)
    Message.objects.create(application=application, author=actor, text=facts.strip()[:4_000])
    record_on(application, actor=actor, action="application.appealed", body={"facts": facts.strip()[:4_000]})
    check_again(application, cause=CheckReport.Cause.DECISION, actor=actor)
    return application
