"""Flags of an application: derived from each check, matched to earlier ones by fingerprint (intake.md 4). People add none but
MANUAL_CONCERN and delete none; a flag that a check no longer finds is `gone`, and comes back reopened when found again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from django.conf import settings
from django.utils import timezone

from exportcheck.audit.services import digest
from licenses.models import CheckReport, Flag, FlagDecision, LicenseApplication
from licenses.rules.red_flags.lists import flag_code
from licenses.rules.types import RedFlag, Severity
from licenses.services.application.dispositions import is_critical
from licenses.services.application.working_time import office
from screening.models import Match
from screening.services.matches.resolve import StandingResolution, decisions_of

MANUAL_CONCERN, MANUAL_DETERMINATION = "MANUAL_CONCERN", "MANUAL_DETERMINATION"
BY_PEOPLE = frozenset((MANUAL_CONCERN,))
"""Codes no check derives: a check leaves them as they are."""
FOLLOWS_MATCH = frozenset(("APPLICANT_DENIED", "VESSEL_MATCH"))
"""Codes that are settled with a match beside the flag of the hit itself, which every other code with a match is."""
OPEN_STATES = (Flag.State.OPEN, Flag.State.PROPOSED, Flag.State.REOPENED)
SYNCED = (
    *("severity", "critical", "band", "why", "facts", "citation", "settle", "party_key", "item_key", "match_id", "gone_at"),
    *("state", "disposition", "reopened_because", "assignee_id", "claimed_until", "opened_at", "due_at"),
)
"""Columns of a flag that a check may change, besides its report."""
WRITTEN_AT_ONCE = 500
"""Flags written by one statement."""
MatchKey = tuple[str, str, str]
"""(party id, list code, entry uid)."""


@dataclass(frozen=True, slots=True)
class Concern:
    """What a check found that a person must settle. `match_id` for concerns about a hit; `decided` is the disposition of that
    match ("" = undecided), which settles the concern. `hours` is the review target."""

    code: str
    fingerprint: str
    severity: str
    critical: bool
    why: str
    facts: tuple[str, ...]
    citation: str
    settle: str = ""
    party_key: str = ""
    item_key: str = ""
    match_id: int | None = None
    decided: str = ""
    reopened_because: str = ""
    band: str = ""


@dataclass(frozen=True, slots=True)
class StoredHits:
    """What a check stored about its parties: the match of each hit, what stands about those that people settled (by the match's
    id), and the fingerprint of each party as screened (by its id in the answer)."""

    matches: Mapping[MatchKey, Match]
    decided: Mapping[int, StandingResolution]
    prints: Mapping[str, str]

    @classmethod
    def of(cls, matches: Mapping[MatchKey, Match], prints: Mapping[str, str]) -> StoredHits:
        """With the decisions as they stand now."""
        return cls(matches, decisions_of(matches.values()), prints)

    def match_of(self, flag: RedFlag) -> Match | None:
        """The match of the hit that raised a red flag."""
        return self.matches.get((flag.party, flag.hit.list, flag.hit.entry)) if flag.hit is not None else None

    def disposition_of(self, match: Match) -> str:
        """The decision that stands on a match; "" while it is open."""
        decided = self.decided.get(match.pk)
        return decided.disposition if decided else ""


@dataclass(frozen=True, slots=True)
class FlagsAfterCheck:
    """Flags after a check: those that still want a person, and those a person settled."""

    open: tuple[Flag, ...]
    settled: tuple[Flag, ...] = field(default=())


def concerns_of(red_flags: Iterable[RedFlag], hits: StoredHits) -> list[Concern]:
    """The concerns among the red flags of a check. A flag of severity info is shown, not settled, unless it stands for a hit
    nobody decided."""
    found: dict[str, Concern] = {}
    for flag in red_flags:
        match = hits.match_of(flag)
        follows = match is not None and flag.settled_with_hit
        undecided = follows and match is not None and match.state != Match.State.RESOLVED
        if flag.severity is Severity.INFO and not undecided:
            continue
        concern = _concern(flag, match, hits, follows=follows)
        found.setdefault(concern.fingerprint, concern)
    return list(found.values())


def settled_concerns(hits: StoredHits, found: Iterable[Concern]) -> list[Concern]:
    """Hits that a decision takes out of the red flags (not the listed party, not in scope): a clearance hides a hit from the
    queue, never from the record."""
    covered = {concern.match_id for concern in found}
    rows = []
    for (party, code, uid), match in hits.matches.items():
        decided = hits.decided.get(match.pk) if match.pk not in covered else None
        if decided is None:
            continue
        people = " and ".join(decided.people)
        until = f", valid until {decided.clearance.expires_at:%Y-%m-%d}" if decided.clearance else ""
        said = decided.disposition.replace("_", " ")
        rows.append(
            Concern(
                code=flag_code(code),
                fingerprint=digest(flag_code(code), party, "", hits.prints.get(party, ""), code, uid, match.entry.content_hash),
                severity="info",
                critical=is_critical(code=flag_code(code), severity="info", list_code=code),
                why=f"Same hit as before: {said}, decided by {people} on {decided.decided_at:%Y-%m-%d}{until}.",
                facts=(f"list {code}, entry {uid}", f"listed as: {match.entry.name}"),
                citation="",
                party_key=party,
                match_id=match.pk,
                decided=decided.disposition,
                band=match.band,
            )
        )
    return rows


def _concern(flag: RedFlag, match: Match | None, hits: StoredHits, *, follows: bool) -> Concern:
    # About a hit: the entry's content binds, not score or decision, which the facts also tell.
    bound: tuple[str, ...] = flag.facts
    if match is not None:
        bound = (match.control_list.code, match.entry.uid, match.entry.content_hash)
    return Concern(
        code=flag.code,
        fingerprint=digest(flag.code, flag.party, flag.item, hits.prints.get(flag.party, ""), *bound),
        severity=flag.severity.value,
        critical=is_critical(
            code=flag.code, severity=flag.severity, list_code=match.control_list.code if match and follows else ""
        ),
        why=flag.why,
        facts=flag.facts,
        citation=flag.citation,
        settle=flag.settle,
        party_key=flag.party,
        item_key=flag.item,
        match_id=match.pk if match and follows else None,
        decided=hits.disposition_of(match) if match and follows else "",
        reopened_because=match.reopened_because if match and follows else "",
        band=match.band if match and follows else "",
    )


def last_decisions(application: LicenseApplication) -> dict[int, FlagDecision]:
    """Flag id -> the last decision on it that two people agreed on, or that took one."""
    rows = FlagDecision.objects.filter(flag__application=application, decided_at__isnull=False, sent_back=False)
    return {row.flag_id: row for row in rows.order_by("pk")}


def settled_fingerprints(
    application: LicenseApplication, decisions: Mapping[int, FlagDecision], now: dt.datetime
) -> dict[str, str]:
    """Fingerprint -> disposition of the flags of this application that people settled and whose decision still holds."""
    return {
        flag.fingerprint: flag.disposition
        for flag in application.flags.filter(state=Flag.State.DISPOSED)
        if not expired(decisions.get(flag.pk), now)
    }


def expired(last: FlagDecision | None, now: dt.datetime) -> bool:
    """Whether the last decision on a settled flag has run out."""
    return last is not None and last.expires_at is not None and last.expires_at <= now


def sync_flags(
    application: LicenseApplication,
    report: CheckReport,
    concerns: Sequence[Concern],
    decisions: Mapping[int, FlagDecision],
    now: dt.datetime,
) -> FlagsAfterCheck:
    """Bring the flag rows of an application in line with what a check found. Runs in the transaction of the check; the number
    of queries does not grow with the number of flags. `decisions`: as last_decisions gives them.

    New concern: a new flag. Known one: its words follow, its decision stays, unless it expired, its match was reopened, or it
    had gone and came back. Not found any more: gone.
    """
    known = {flag.fingerprint: flag for flag in application.flags.select_for_update()}
    by_match = {flag.match_id: flag for flag in known.values() if flag.match_id is not None and flag.code not in FOLLOWS_MATCH}
    before = {flag.pk: _synced(flag) for flag in known.values()}
    found = []
    for concern in concerns:
        earlier = known.get(concern.fingerprint) or (by_match.get(concern.match_id or 0) if concern.severity == "info" else None)
        found.append(_sync_one(application, report, earlier, concern, decisions, now))
    kept = {flag.pk for flag in found}
    for flag in known.values():
        if flag.pk not in kept and flag.gone_at is None and flag.code not in BY_PEOPLE:
            flag.gone_at = now
    changed = [flag for flag in known.values() if _synced(flag) != before[flag.pk]]
    Flag.objects.bulk_update(changed, SYNCED, batch_size=WRITTEN_AT_ONCE)
    application.flags.filter(pk__in=kept - {None}).update(report=report)
    Flag.objects.bulk_create([flag for flag in found if flag.pk is None], batch_size=WRITTEN_AT_ONCE)
    by_people = [flag for flag in known.values() if flag.code in BY_PEOPLE and flag.gone_at is None]
    standing = [*found, *by_people]
    return FlagsAfterCheck(
        open=tuple(flag for flag in standing if flag.state in OPEN_STATES),
        settled=tuple(flag for flag in standing if flag.state == Flag.State.DISPOSED),
    )


_synced = attrgetter(*SYNCED)


def _sync_one(
    application: LicenseApplication,
    report: CheckReport,
    flag: Flag | None,
    concern: Concern,
    decisions: Mapping[int, FlagDecision],
    now: dt.datetime,
) -> Flag:
    """The flag as the check leaves it; a new one is not written yet."""
    if flag is None:
        flag = Flag(
            application=application, fingerprint=concern.fingerprint, code=concern.code, due_at=review_due(concern.severity, now)
        )
        came_back = False
    else:
        came_back = flag.gone_at is not None
    flag.severity, flag.critical, flag.band, flag.report = concern.severity, concern.critical, concern.band, report
    flag.why, flag.facts, flag.citation, flag.settle = concern.why, list(concern.facts), concern.citation, concern.settle
    flag.party_key, flag.item_key, flag.match_id, flag.gone_at = concern.party_key, concern.item_key, concern.match_id, None
    _sync_state(flag, concern, decisions.get(flag.pk), came_back=came_back, now=now)
    return flag


def _sync_state(flag: Flag, concern: Concern, last: FlagDecision | None, *, came_back: bool, now: dt.datetime) -> None:
    """The state of a flag follows its match where it has one; else the flag's own decision stands until it expires."""
    if concern.decided and flag.state != Flag.State.DISPOSED:
        flag.state, flag.disposition = Flag.State.DISPOSED, concern.decided
    elif concern.match_id is not None and not concern.decided and flag.state == Flag.State.DISPOSED:
        _reopen(flag, concern.reopened_because or "The decision about the listed party no longer holds.", now)
    elif flag.pk is not None and flag.state == Flag.State.DISPOSED and expired(last, now):
        _reopen(flag, "The decision expired.", now)
    elif came_back and flag.state == Flag.State.DISPOSED and concern.match_id is None:
        _reopen(flag, "The concern had gone and was found again.", now)
    elif flag.pk is None and not concern.decided and concern.reopened_because:
        # The list gave the entry another content, which makes a match and a flag of its own; what was decided is in doubt again.
        flag.state, flag.reopened_because = Flag.State.REOPENED, concern.reopened_because


def _reopen(flag: Flag, because: str, now: dt.datetime) -> None:
    flag.state, flag.disposition, flag.reopened_because = Flag.State.REOPENED, "", because
    flag.assignee, flag.claimed_until = None, None
    flag.opened_at, flag.due_at = now, review_due(flag.severity, now)


def review_due(severity: str, now: dt.datetime) -> dt.datetime:
    """When a flag opened now is due: REVIEW_SLA_HOURS of the desk's working time, half of it for blocking flags
    (intake.md 3.1)."""
    hours: int = settings.REVIEW_SLA_HOURS
    return office().after(now, dt.timedelta(hours=hours / 2 if severity == "blocking" else hours))


def open_proposal(flag: Flag) -> FlagDecision | None:
    """The proposal that waits for a second person."""
    return flag.decisions.filter(decided_at=None).select_related("proposed_by").first()


def pause_clocks(application: LicenseApplication) -> None:
    """Stop the review clock of every open flag: the case waits for the exporter (intake.md 3.1)."""
    application.flags.filter(state__in=OPEN_STATES, gone_at=None, paused_at=None).update(paused_at=timezone.now())


def resume_clocks(application: LicenseApplication) -> None:
    """Start the clocks again, with the working time that was left when they stopped."""
    now, desk = timezone.now(), office()
    for flag in application.flags.filter(paused_at__isnull=False):
        if flag.due_at is not None and flag.paused_at is not None and flag.due_at > flag.paused_at:
            flag.due_at = desk.after(now, desk.between(flag.paused_at, flag.due_at))
        elif flag.due_at is not None and flag.paused_at is not None:
            flag.due_at += now - flag.paused_at  # it was late already, and is as late as it was
        flag.paused_at = None
        flag.save(update_fields=("due_at", "paused_at"))
