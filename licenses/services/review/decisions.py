"""Decisions about flags (docs/design/intake.md#4): one person for ordinary ones, two for freeing a critical one. A decision
about a hit goes on to screening, which remembers it; the application is checked again, so that its outcome follows."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from exportcheck.accounts import policy
from exportcheck.accounts.models import User
from exportcheck.errors import Refused
from exportcheck.four_eyes import countersign
from licenses import queries
from licenses.models import CheckReport, Flag, FlagDecision, LicenseApplication
from licenses.rules.types import Outcome
from licenses.services.application.acts import record_on, require_reviewer
from licenses.services.application.dispositions import MIN_REASON_CHARS, Disposition, check_decision
from licenses.services.application.revisions import item_scope_of
from licenses.services.application.workflow import Event, State, make_move
from licenses.services.checks.flags import MANUAL_DETERMINATION, open_proposal
from licenses.services.checks.requests import check_again
from licenses.services.evaluation.manual_outcome import OPEN_TO_PEOPLE
from licenses.services.review.claims import claim_flag, refused_claim
from screening.models import FREEING, LEAVING_OPEN
from screening.services.matches.resolve import countersign_match, reopen_match, resolve_match

DAYS_HELD, DAYS_HELD_STRONG = 365, 90
"""How long a decision that frees a flag holds; shorter where the hit is strong (product defaults, intake.md 4)."""
SCOPES = ("application", "organization", "everyone")


@transaction.atomic
def decide_flag(
    *,
    actor: User,
    flag_id: int,
    disposition: str,
    reason_code: str,
    reason: str,
    scope: str = "application",
    determined_outcome: str = "",
    citation: str = "",
) -> FlagDecision:
    """Decide about a flag, or propose it where freeing it takes two people (the flag is then PROPOSED).

    scope: how far a decision about a hit is remembered; "everyone" is a senior reviewer's. determined_outcome and citation:
    for MANUAL_DETERMINATION only, with disposition "mitigated".
    Raises Refused: "not_allowed" (role, own application or organization), "invalid" (reason code, text, scope), "taken" (settled
    or held by somebody else, with the name and time), "state".
    """
    flag = Flag.objects.select_related("application__organization", "application__created_by", "match", "report__revision").get(
        pk=flag_id
    )
    application = flag.application
    require_reviewer(actor, application, act="settle flags")
    chosen = check_decision(flag, disposition, reason_code, reason)
    _check_scope(actor, flag, scope)
    _check_determined(flag, chosen, determined_outcome, citation)
    claim_flag(actor=actor, flag_id=flag_id)
    two_people = flag.critical and chosen in FREEING
    _move_flag(flag, chosen, proposed=two_people)
    now = timezone.now()
    decision = FlagDecision.objects.create(
        flag=flag,
        disposition=chosen.value,
        reason_code=reason_code,
        reason=reason.strip(),
        proposed_by=actor,
        two_people=two_people,
        decided_by=None if two_people else actor,
        decided_at=None if two_people else now,
        expires_at=_expiry(flag, chosen, now),
        determined_outcome=determined_outcome,
        citation=citation.strip(),
    )
    if flag.match_id is not None and chosen not in LEAVING_OPEN:
        resolve_match(
            actor=actor,
            match_id=flag.match_id,
            disposition=chosen.value,
            reason_code=reason_code,
            reason=reason.strip(),
            two_people=two_people,
            scope=scope,
            role=role_of(flag),
            item_scope=item_scope_of(flag.report.revision.content),
        )
    _record(flag, actor, "flag.proposed" if two_people else "flag.decided", decision, scope=scope)
    if not two_people and chosen not in LEAVING_OPEN:
        check_again(application, cause=CheckReport.Cause.DECISION, actor=actor)
    return decision


@transaction.atomic
def countersign_flag(*, actor: User, flag_id: int, agree: bool, note: str) -> FlagDecision:
    """The second person agrees, which settles the flag, or sends the proposal back, which opens it again.

    Raises Refused: "not_allowed" (not a senior reviewer, the one who proposed, or of the application's side), "invalid" (a note
    is needed when sending back), "taken" (somebody decided, or nothing is proposed).
    """
    flag = Flag.objects.select_related("application__organization", "match").get(pk=flag_id)
    application = flag.application
    proposal = open_proposal(flag)
    if proposal is None:
        raise (
            refused_claim(flag)
            if flag.state == Flag.State.DISPOSED
            else Refused("taken", "Nothing is proposed for this flag now.")
        )
    if not policy.can_countersign_critical(
        actor, application.organization_id, application.created_by_id, proposal.proposed_by_id
    ):
        raise Refused("not_allowed", "A senior reviewer other than the one who proposed decides, on applications not their own.")
    if not agree and len(note.strip()) < MIN_REASON_CHARS:
        raise Refused("invalid", f"Say in at least {MIN_REASON_CHARS} characters why the proposal goes back.")
    if not countersign(proposal, actor=actor, agree=agree, note=note):
        raise Refused("taken", "Somebody else decided this proposal a moment ago.")
    target = (
        {"state": Flag.State.DISPOSED, "disposition": proposal.disposition}
        if agree
        else {"state": Flag.State.REOPENED, "disposition": "", "reopened_because": note.strip()}
    )
    _change_flag(flag, (Flag.State.PROPOSED,), **target, assignee=None, claimed_until=None)
    if flag.match_id is not None:
        countersign_match(actor=actor, match_id=flag.match_id, agree=agree, note=note.strip())
    _record(flag, actor, "flag.decided" if agree else "flag.sent_back", proposal)
    if agree:
        check_again(application, cause=CheckReport.Cause.DECISION, actor=actor)
    return proposal


@transaction.atomic
def reopen_flag(*, actor: User, flag_id: int, because: str) -> Flag:
    """A senior reviewer takes a decision back: the flag is open again, the match too, and the application is checked.

    Raises Refused: "not_allowed", "invalid" without a reason, "state" when it is not settled or the application is over.
    """
    flag = Flag.objects.select_related("application__organization", "match").get(pk=flag_id)
    application = flag.application
    if not policy.can_override(actor, application.organization_id, application.created_by_id):
        raise Refused("not_allowed", "A senior reviewer reopens, on applications that are not their own.")
    if len(because.strip()) < MIN_REASON_CHARS:
        raise Refused("invalid", f"Say in at least {MIN_REASON_CHARS} characters why it is reopened.")
    open_again(flag, actor=actor, because=because.strip())
    record_on(
        application,
        actor=actor,
        action="flag.reopened",
        body={"flag": flag.pk, "code": flag.code, "because": because.strip()},
    )
    return flag


def open_again(flag: Flag, *, actor: User, because: str) -> None:
    """Open a settled flag and its match, and check the application again; within the caller's transaction, who records it.
    Raises Refused: "taken" when it is not settled, "state" when the application is over."""
    _change_flag(
        flag,
        (Flag.State.DISPOSED,),
        state=Flag.State.REOPENED,
        disposition="",
        reopened_because=because,
        opened_at=timezone.now(),
    )
    if flag.match_id is not None:
        reopen_match(actor=actor, match_id=flag.match_id, because=because)
    _back_to_review(flag.application)
    check_again(flag.application, cause=CheckReport.Cause.DECISION, actor=actor)


def _back_to_review(application: LicenseApplication) -> None:
    """A settled application whose flag was reopened is in doubt again."""
    if application.state in (State.CLEARED, State.READY, State.FILED, State.DECIDED):
        came_from = application.state if application.state in (State.FILED, State.DECIDED) else ""
        make_move(application, Event.REOPEN, reopened_from=came_from)
    elif application.state not in queries.QUEUED:
        raise Refused("state", f"{application.reference} is {application.get_state_display()}; its flags cannot be reopened now.")


def role_of(flag: Flag) -> str:
    """Role of the party a flag is about, in the application as checked."""
    for party in (flag.report.result or {}).get("parties", ()):
        if party["id"] == flag.party_key:
            return str(party.get("role", ""))
    return ""


def _check_scope(actor: User, flag: Flag, scope: str) -> None:
    if scope not in SCOPES:
        raise Refused("invalid", f"{scope[:20]!r} is no scope; choose {', '.join(SCOPES)}.")
    application = flag.application
    if scope == "everyone" and not policy.can_override(actor, application.organization_id, application.created_by_id):
        raise Refused("not_allowed", "Only a senior reviewer lets a decision hold for every organization.")


def _check_determined(flag: Flag, chosen: Disposition, outcome: str, citation: str) -> None:
    if flag.code != MANUAL_DETERMINATION:
        if outcome:
            raise Refused("invalid", "An outcome is recorded only where the rules give none.")
        return
    if chosen is not Disposition.MITIGATED:
        return
    if outcome not in set(OPEN_TO_PEOPLE) or not citation.strip():
        choices = ", ".join(choice.value for choice in OPEN_TO_PEOPLE)
        raise Refused("invalid", f"Record the outcome ({choices}) and the citation it rests on.")
    if Outcome(outcome) is Outcome.LICENSE_EXCEPTION and "740." not in citation:
        raise Refused("invalid", "Cite the paragraph of part 740 of the license exception.")


def _expiry(flag: Flag, chosen: Disposition, now: dt.datetime) -> dt.datetime | None:
    if chosen not in FREEING:
        return None
    strong = flag.match is not None and flag.match.band == "strong"
    return now + dt.timedelta(days=DAYS_HELD_STRONG if strong else DAYS_HELD)


def _move_flag(flag: Flag, chosen: Disposition, *, proposed: bool) -> None:
    """Claim the decision: of two people at once only one gets it."""
    open_states = (Flag.State.OPEN, Flag.State.REOPENED)
    if proposed:
        _change_flag(flag, open_states, state=Flag.State.PROPOSED, disposition="", assignee=None, claimed_until=None)
    elif chosen in LEAVING_OPEN:
        _change_flag(flag, open_states, disposition=chosen.value, assignee=None, claimed_until=None)
    else:
        _change_flag(flag, open_states, state=Flag.State.DISPOSED, disposition=chosen.value, assignee=None, claimed_until=None)


def _change_flag(flag: Flag, states: tuple[str, ...], **columns: object) -> None:
    if Flag.objects.filter(pk=flag.pk, state__in=states, gone_at=None).update(**columns) != 1:
        current = Flag.objects.select_related("application", "assignee").get(pk=flag.pk)
        if current.state == Flag.State.PROPOSED:
            raise Refused("taken", "A decision is proposed already; a second person decides it.")
        raise refused_claim(current)
    flag.refresh_from_db()


def _record(flag: Flag, actor: User, action: str, decision: FlagDecision, *, scope: str = "") -> None:
    record_on(
        flag.application,
        actor=actor,
        action=action,
        body={
            "flag": flag.pk,
            "code": flag.code,
            "party": flag.party_key,
            "item": flag.item_key,
            "disposition": decision.disposition,
            "reason_code": decision.reason_code,
            "reason": decision.reason,
            "note": decision.decision_note,
            "two_people": decision.two_people,
            "scope": scope,
            "outcome": decision.determined_outcome,
            "citation": decision.citation,
        },
    )
