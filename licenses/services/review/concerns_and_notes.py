"""What reviewers do beside single decisions: raise a concern of their own, settle many alike hits at once, take that back, write
notes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from exportcheck.accounts import policy
from exportcheck.accounts.models import User
from exportcheck.audit.services import digest
from exportcheck.errors import Refused
from licenses import queries
from licenses.models import CheckReport, Flag, FlagDecision, Message
from licenses.services.application.acts import locked, record_on, require_reviewer
from licenses.services.application.dispositions import MAX_IN_BULK, MIN_REASON_CHARS, Disposition, is_critical, never_in_bulk
from licenses.services.application.workflow import Event, State, make_move
from licenses.services.checks.flags import MANUAL_CONCERN, review_due
from licenses.services.checks.requests import check_again
from licenses.services.review.decisions import decide_flag
from screening.services.matches.resolve import reopen_match

SEVERITIES = ("warning", "blocking")
UNDO_WITHIN = dt.timedelta(minutes=15)
"""So long one takes back one's own decision although the application is finished by it (product default)."""


@transaction.atomic
def raise_concern(
    *, actor: User, application_id: int, why: str, severity: str = "warning", party_key: str = "", item_key: str = ""
) -> Flag:
    """A reviewer's own flag (MANUAL_CONCERN), the only kind that people add. Raises Refused: "not_allowed", "invalid",
    "state"."""
    application = locked(application_id)
    require_reviewer(actor, application)
    if application.state not in queries.QUEUED:
        raise Refused(
            "state", f"{application.reference} is {application.get_state_display()}; concerns are raised while it is in review."
        )
    if severity not in SEVERITIES:
        raise Refused("invalid", f"{severity[:20]!r} is no severity; choose {' or '.join(SEVERITIES)}.")
    if len(why.strip()) < MIN_REASON_CHARS:
        raise Refused("invalid", f"Say in at least {MIN_REASON_CHARS} characters what the concern is.")
    report = queries.last_done_report(application)
    if report is None:
        raise Refused("state", f"{application.reference} was never checked.")
    if application.state == State.REOPENED:
        make_move(application, Event.PICK_UP)
    now = timezone.now()
    flag = Flag.objects.create(
        application=application,
        code=MANUAL_CONCERN,
        fingerprint=digest(MANUAL_CONCERN, str(actor.pk), now.isoformat(), why),
        severity=severity,
        critical=is_critical(code=MANUAL_CONCERN, severity=severity),
        party_key=party_key[:40],
        item_key=item_key[:40],
        why=why.strip(),
        facts=[f"raised by {actor}"],
        report=report,
        due_at=review_due(severity, now),
    )
    record_on(application, actor=actor, action="concern.raised", body={"flag": flag.pk, "why": flag.why, "severity": severity})
    return flag


@transaction.atomic
def bulk_false_positive(*, actor: User, flag_ids: Sequence[int], reason_code: str, reason: str) -> list[FlagDecision]:
    """Settle up to 50 flags alike: one list entry, one party fingerprint, the possible band only, never a blocking flag or
    one of a list that stops or asks for a license (docs/design/intake.md#4). All or none; every flag gets its own event.

    Raises Refused: "invalid" naming what differs, else as `decide_flag`.
    """
    wanted = sorted(set(flag_ids))
    if not 1 <= len(wanted) <= MAX_IN_BULK:
        raise Refused("invalid", f"Choose 1 to {MAX_IN_BULK} flags.")
    flags = list(
        Flag.objects.select_related("application", "match__party", "match__control_list", "match__entry").filter(pk__in=wanted)
    )
    if len(flags) != len(wanted):
        raise Refused("invalid", "One of the flags is not there any more; load the queue again.")
    pairs = set()
    for flag in flags:
        match = flag.match
        if match is None or match.band != "possible":
            raise Refused("invalid", f"{flag}: only possible matches are settled together.")
        if never_in_bulk(match.control_list.code) or flag.severity == "blocking" or flag.critical:
            raise Refused("invalid", f"{flag}: flags of {match.control_list.code} and blocking ones are settled one by one.")
        pairs.add((match.control_list_id, match.entry.uid, match.entry.content_hash, match.party.fingerprint))
    if len(pairs) != 1:
        raise Refused("invalid", "The flags are about different parties or entries; settle them one by one.")
    return [
        decide_flag(actor=actor, flag_id=flag.pk, disposition=Disposition.FALSE_POSITIVE, reason_code=reason_code, reason=reason)
        for flag in flags
    ]


@transaction.atomic
def undo_decision(*, actor: User, decision_id: int) -> Flag:
    """Take back one's own decision, the last one on its flag: the flag is open again. Raises Refused: "not_allowed" for somebody
    else's decision, "taken" when it is no longer the last one or waits for a second person's answer to it, "state"."""
    decision = FlagDecision.objects.select_related("flag__application__organization", "flag__match").get(pk=decision_id)
    flag, application = decision.flag, decision.flag.application
    if decision.proposed_by_id != actor.pk or decision.two_people:
        raise Refused(
            "not_allowed", "One takes back only one's own decisions that took one person; a senior reviewer reopens others."
        )
    require_reviewer(actor, application)
    if flag.decisions.order_by("-pk").values_list("pk", flat=True).first() != decision.pk:
        raise Refused("taken", "Another decision followed; it cannot be taken back any more.")
    just_now = decision.decided_at is not None and decision.decided_at > timezone.now() - UNDO_WITHIN
    if application.state == State.CLEARED and just_now:
        # The check that followed the decision is often faster than the reviewer's second thought.
        make_move(application, Event.REOPEN)
    elif application.state not in queries.QUEUED:
        raise Refused(
            "state", f"{application.reference} is {application.get_state_display()}; ask a senior reviewer to reopen the flag."
        )
    because = f"{actor} took the decision back."
    columns = {"state": Flag.State.REOPENED, "disposition": "", "reopened_because": because}
    if Flag.objects.filter(pk=flag.pk, state=Flag.State.DISPOSED, gone_at=None).update(**columns) != 1:
        raise Refused("taken", "The flag is not settled any more.")
    if flag.match_id is not None:
        reopen_match(actor=actor, match_id=flag.match_id, because=because)
    record_on(
        application, actor=actor, action="decision.undone", body={"flag": flag.pk, "code": flag.code, "decision": decision.pk}
    )
    check_again(application, cause=CheckReport.Cause.DECISION, actor=actor)
    flag.refresh_from_db()
    return flag


@transaction.atomic
def write_note(*, actor: User, application_id: int, text: str) -> Message:
    """An internal line of the desk; exporters never see it. Raises Refused: "not_allowed", "invalid"."""
    application = locked(application_id)
    if not policy.can_see_private_reasons(actor) or not policy.is_reviewer(actor):
        raise Refused("not_allowed", "Reviewers write notes.")
    if not 1 <= len(text.strip()) <= 4_000:
        raise Refused("invalid", "Write a note of at most 4,000 characters.")
    message = Message.objects.create(application=application, author=actor, text=text.strip(), internal=True)
    record_on(application, actor=actor, action="note.written", body={"message": message.pk})
    return message
