"""What people decide about a match. Claims are conditional updates: the slower of two people is told who was faster."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from exportcheck.accounts import policy
from exportcheck.accounts.models import User
from exportcheck.audit.services import record
from exportcheck.errors import Refused
from exportcheck.four_eyes import countersign
from screening.models import LEAVING_OPEN, Clearance, Match, Resolution
from screening.services.matches.clearances import remember, revoke

MIN_REASON = 20
"""Characters of a reason (intake.md, dispositions)."""
UNDECIDED = (Match.State.OPEN, Match.State.REOPENED)


@dataclass(frozen=True, slots=True)
class StandingResolution:
    """What stands about a match: disposition, reason code and text, who decided (both people of two), when, and the
    clearance it was carried over from, if any."""

    disposition: str
    reason_code: str
    reason: str
    people: tuple[str, ...]
    decided_at: Any
    clearance: Clearance | None


@transaction.atomic
def resolve_match(
    *,
    actor: User,
    match_id: int,
    disposition: str,
    reason_code: str,
    reason: str,
    two_people: bool,
    scope: str = "application",
    role: str = "",
    item_scope: str = "",
) -> Resolution:
    """Decide an open match, or propose it to a second person (`two_people`; a true match takes one).

    Raises Refused: "not_allowed", "invalid" (disposition, scope, reason shorter than 20 characters), "taken" (decided or
    proposed meanwhile; says by whom and when).
    """
    match = _match(match_id)
    organization_id = match.party.organization_id
    allowed = policy.can_propose_critical if two_people else policy.can_dispose_ordinary
    if not allowed(actor, organization_id, None):
        raise Refused("not_allowed", "Only reviewers decide matches, and never those of their own organization.")
    _check(disposition, scope, reason)
    if scope == Clearance.Scope.EVERYONE and not (two_people or policy.can_override(actor, organization_id, None)):
        raise Refused("not_allowed", "A decision for every organization takes a senior reviewer.")
    after = F("state") if disposition in LEAVING_OPEN else Match.State.PROPOSED if two_people else Match.State.RESOLVED
    if Match.objects.filter(pk=match_id, state__in=UNDECIDED, gone_at__isnull=True).update(state=after) != 1:
        raise _taken(match_id)
    now = timezone.now()
    proposed_only = two_people and disposition not in LEAVING_OPEN
    resolution = Resolution.objects.create(
        match=match,
        disposition=disposition,
        reason_code=reason_code,
        reason=reason.strip(),
        proposed_by=actor,
        two_people=proposed_only,
        decided_by=None if proposed_only else actor,
        decided_at=None if proposed_only else now,
        scope=scope,
        role=role,
        item_scope=item_scope,
    )
    if not proposed_only:
        remember(resolution, match)
    _event(actor, "match.proposed" if proposed_only else "match.decided", match, resolution)
    return resolution


@transaction.atomic
def countersign_match(*, actor: User, match_id: int, agree: bool, note: str = "") -> Resolution:
    """The second person agrees (the match is settled) or sends the proposal back (it is open again, with the note).

    Raises Refused: "not_allowed" (not a senior reviewer, or the one who proposed), "state" (nothing is proposed), "taken",
    "invalid" (sent back without a note).
    """
    match = _match(match_id)
    resolution = Resolution.objects.filter(match=match, decided_at__isnull=True).select_related("proposed_by").first()
    if match.state != Match.State.PROPOSED or resolution is None:
        raise Refused("state", "Nothing is proposed for this match.")
    if not policy.can_countersign_critical(actor, match.party.organization_id, None, resolution.proposed_by_id):
        raise Refused("not_allowed", "The second decision takes a senior reviewer who did not propose it.")
    if not agree and not note.strip():
        raise Refused("invalid", "Say why it goes back.")
    after = Match.State.RESOLVED if agree else Match.State.OPEN
    if Match.objects.filter(pk=match_id, state=Match.State.PROPOSED).update(state=after) != 1:
        raise _taken(match_id)
    if not countersign(resolution, actor=actor, agree=agree, note=note):
        raise _taken(match_id)
    if agree:
        remember(resolution, match)
    _event(actor, "match.decided" if agree else "match.sent_back", match, resolution)
    return resolution


@transaction.atomic
def reopen_match(*, actor: User | None, match_id: int, because: str) -> Match:
    """Open a settled match again and forget its clearance; actor None is the system.

    Raises Refused: "not_allowed", "invalid" (no reason), "state" (not settled).
    """
    match = _match(match_id)
    if actor is not None and not policy.can_dispose_ordinary(actor, match.party.organization_id, None):
        raise Refused("not_allowed", "Only reviewers reopen matches, and never those of their own organization.")
    if not because.strip():
        raise Refused("invalid", "Say why it is reopened.")
    own = Clearance.objects.filter(resolution__match=match, revoked_at__isnull=True).select_related("resolution")
    now = timezone.now()
    changed = Match.objects.filter(pk=match_id, state=Match.State.RESOLVED).update(
        state=Match.State.REOPENED, reopened_because=because.strip(), clearance=None, touched_at=now
    )
    if changed != 1:
        raise Refused("state", "Only a settled match is reopened.")
    for clearance in own:
        revoke(clearance, because=because.strip())
    match.refresh_from_db()
    record(
        actor=actor,
        action="match.reopened",
        subject=f"match:{match.pk}",
        organization=match.party.organization,
        body={"because": because.strip(), **_facts(match)},
    )
    return match


def decision_of(match: Match) -> StandingResolution | None:
    """What stands about a match; None while nobody has settled it."""
    return decisions_of((match,)).get(match.pk)


def decisions_of(matches: Iterable[Match]) -> dict[int, StandingResolution]:
    """What stands about each match that somebody has settled, by the match's id. Two queries for any number of matches."""
    settled = [match for match in matches if match.state == Match.State.RESOLVED]
    carried = {match.clearance_id for match in settled if match.clearance_id is not None}
    clearances = Clearance.objects.select_related("resolution__proposed_by", "resolution__decided_by").in_bulk(carried)
    decided = Resolution.objects.filter(
        match__in=[match.pk for match in settled if match.clearance_id is None], decided_at__isnull=False, sent_back=False
    ).exclude(disposition__in=LEAVING_OPEN)
    last = {row.match_id: row for row in decided.select_related("proposed_by", "decided_by").order_by("pk")}
    found = {}
    for match in settled:
        clearance = clearances.get(match.clearance_id) if match.clearance_id is not None else None
        resolution = clearance.resolution if clearance is not None else last.get(match.pk)
        if resolution is not None:
            found[match.pk] = _standing(resolution, clearance)
    return found


def _standing(resolution: Resolution, clearance: Clearance | None) -> StandingResolution:
    people = dict.fromkeys(str(person) for person in (resolution.proposed_by, resolution.decided_by) if person is not None)
    return StandingResolution(
        resolution.disposition, resolution.reason_code, resolution.reason, tuple(people), resolution.decided_at, clearance
    )


def _match(match_id: int) -> Match:
    return Match.objects.select_related("party__organization", "entry", "control_list").get(pk=match_id)


def _check(disposition: str, scope: str, reason: str) -> None:
    if disposition not in Resolution.Disposition.values:
        raise Refused("invalid", f"{disposition[:40]!r} is none of {', '.join(sorted(Resolution.Disposition))}.")
    if scope not in Clearance.Scope.values:
        raise Refused("invalid", f"{scope[:40]!r} is none of {', '.join(Clearance.Scope.values)}.")
    if len(reason.strip()) < MIN_REASON:
        raise Refused("invalid", f"Give a reason of at least {MIN_REASON} characters.")


def _taken(match_id: int) -> Refused:
    """Who was faster, and when."""
    last = Resolution.objects.filter(match_id=match_id).select_related("proposed_by", "decided_by").order_by("-pk").first()
    if last is None:
        return Refused("taken", "This match no longer waits for a decision; load it again.")
    if last.decided_at is not None:
        return Refused("taken", f"{last.decided_by} resolved this at {last.decided_at:%H:%M} UTC.")
    return Refused("taken", f"{last.proposed_by} proposed {last.disposition} at {last.proposed_at:%H:%M} UTC.")


def _facts(match: Match) -> dict[str, Any]:
    return {
        "subject": match.party.subject,
        "list": match.control_list.code,
        "entry": match.entry.uid,
        "listed_name": match.entry.name,
        "score": match.score,
        "band": match.band,
    }


def _event(actor: User, action: str, match: Match, resolution: Resolution) -> None:
    record(
        actor=actor,
        action=action,
        subject=f"match:{match.pk}",
        organization=match.party.organization,
        body={
            **_facts(match),
            "disposition": resolution.disposition,
            "reason_code": resolution.reason_code,
            "reason": resolution.reason,
            "two_people": resolution.two_people,
            "proposed_by": resolution.proposed_by.email,
            "note": resolution.decision_note,
            "scope": resolution.scope,
            "role": resolution.role,
            "item_scope": resolution.item_scope,
        },
    )
