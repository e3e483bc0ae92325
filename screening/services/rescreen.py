"""When a list changed, every live party is screened against what was added or changed in it, and nothing else.

A worker claims the version, goes through the parties in the order of their numbers, and moves the cursor in the same
transaction that writes the matches: killed anywhere, the next worker goes on where it stood, nothing is doubled.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from exportcheck.accounts.models import Organization
from exportcheck.audit.services import record
from screening import queries
from screening.lists.diff import changed_fields
from screening.lists.record import from_record
from screening.matching import engine
from screening.matching import index as matching
from screening.matching.engine import ENGINE_VERSION
from screening.matching.policy import DEFAULT
from screening.matching.types import Screening, party_from_dict
from screening.models import Clearance, ListChange, ListEntry, ListVersion, Match, ScreenedParty, ScreeningRun
from screening.services.matches import record_hits
from screening.services.snapshot import Snapshot, ref_of

log = structlog.get_logger(__name__)

BATCH = 2_000
"""Parties screened between two saves of the cursor: about a second of work."""


@dataclass(frozen=True, slots=True)
class Ended:
    """An entry row that stands no longer: its uid, the uid it goes on under ("" = removed), a sentence saying what changed."""

    uid: str
    now: str
    because: str


@dataclass(frozen=True, slots=True)
class Delta:
    """What rescreening of a version looks at: the index of added and changed entries, and by row id what became
    of the rows that stand no longer and that some party matches."""

    snapshot: Snapshot
    ended: Mapping[int, Ended]


def rescreen(*, version_id: int) -> None:
    """Screen all live parties against the changes of an active version; does nothing when that is done or being done."""
    claim = timezone.now()
    if not _claim(version_id, claim):
        return
    while True:
        version = ListVersion.objects.select_related("control_list").get(pk=version_id)
        if version.rescreen_claimed_at != claim or version.state != ListVersion.State.ACTIVE:
            log.info("rescreen_taken_over", version=version_id)
            return
        claim, whole = _go_through(version, claim, delta_of(version))
        if whole and _finish(version, claim):
            return
        # A party was stored meanwhile that waits for this version; or somebody else has it, which the row will say.


def _go_through(version: ListVersion, claim: dt.datetime, delta: Delta) -> tuple[dt.datetime, bool]:
    """Batches from the cursor to the last party. Returns the claim as renewed last, and whether the end was reached."""
    while True:
        parties = list(ScreenedParty.objects.filter(live=True, pk__gt=version.rescreen_cursor).order_by("pk")[:BATCH])
        if not parties:
            return claim, True
        screenings = screen_parties(parties, delta.snapshot.index)
        renewed = timezone.now()
        if not _save_batch(version, claim, renewed, parties, screenings, delta):
            return claim, False
        claim, version.rescreen_cursor = renewed, parties[-1].pk


def screen_parties(parties: Sequence[ScreenedParty], index: matching.Index) -> list[Screening]:
    """Stored parties against an index, in order, by the engine's batch path."""
    if not len(index):
        return [Screening(()) for _ in parties]
    return engine.screen_many(index, [party_from_dict(party.facts) for party in parties], DEFAULT)


def _claim(version_id: int, moment: dt.datetime) -> bool:
    stale = moment - dt.timedelta(seconds=settings.CLAIM_EXPIRES_SECONDS)
    return queries.rescreen_due(before=stale).filter(pk=version_id).update(rescreen_claimed_at=moment) == 1


def delta_of(version: ListVersion) -> Delta:
    """Changes of a version since the version that every party is known to have been screened against."""
    current = ListEntry.objects.filter(control_list_id=version.control_list_id, retired_in__isnull=True)
    arrived = current.filter(introduced_in__number__gt=version.rescreen_since).order_by("uid")
    retired = _retired(version)
    index = matching.build(map(from_record, arrived.values_list("record", flat=True).iterator(chunk_size=1_000)))
    return Delta(Snapshot(index, (ref_of(version),)), _ended(version, current, retired))


def _retired(version: ListVersion) -> QuerySet[ListEntry]:
    """Rows that stood in the version screened before and stand no longer; rows of HISTORY versions never stood."""
    return ListEntry.objects.filter(
        control_list_id=version.control_list_id,
        retired_in__number__gt=version.rescreen_since,
        retired_in__number__lte=version.number,
    ).exclude(introduced_in=F("retired_in"))


def _ended(version: ListVersion, current: QuerySet[ListEntry], retired: QuerySet[ListEntry]) -> dict[int, Ended]:
    """Only rows that somebody has a match on: what became of them, in one sentence each."""
    code = version.control_list.code
    matched = Match.objects.filter(gone_at__isnull=True, party__live=True, control_list_id=version.control_list_id)
    old = list(retired.filter(pk__in=matched.values("entry_id")))
    moved = dict(
        ListChange.objects.filter(version__control_list_id=version.control_list_id, before__in=old)
        .exclude(kind=ListChange.Kind.REMOVED)
        .values_list("before_id", "uid")
    )
    new = {row.uid: row for row in current.filter(uid__in=[moved.get(row.pk, row.uid) for row in old])}
    found = {}
    for row in old:
        now = moved.get(row.pk, row.uid)
        replaced = new.get(now)
        if replaced is None:
            found[row.pk] = Ended(row.uid, "", f"{row.name} was removed from {code} by {version}.")
            continue
        fields = list(changed_fields(from_record(row.record), from_record(replaced.record)))
        if now != row.uid:
            fields.append(f"entry number, now {now}")
        said = f"changed the entry {row.name}: {', '.join(fields)}" if fields else f"printed the entry {row.name} anew, unchanged"
        found[row.pk] = Ended(row.uid, now, f"{version} {said}.")
    return found


@transaction.atomic
def _save_batch(
    version: ListVersion,
    claim: dt.datetime,
    renewed: dt.datetime,
    parties: Sequence[ScreenedParty],
    screenings: Sequence[Screening],
    delta: Delta,
) -> bool:
    """Matches of a batch and the moved cursor, together; False when another worker has taken over."""
    mine = ListVersion.objects.filter(
        pk=version.pk,
        state=ListVersion.State.ACTIVE,
        rescreened_at__isnull=True,
        rescreen_claimed_at=claim,
        rescreen_cursor=version.rescreen_cursor,
    )
    if mine.update(rescreen_cursor=parties[-1].pk, rescreen_claimed_at=renewed) != 1:
        return False
    ended = _end_matches(parties, delta, version)
    gained: dict[int, list[str]] = defaultdict(list)
    run: ScreeningRun | None = None
    for party, screening in zip(parties, screenings, strict=True):
        if not screening.hits:
            continue
        run = run or _run_of(version)
        before = set(Match.objects.filter(party=party, gone_at__isnull=True).values_list("pk", flat=True))
        standing = record_hits(
            party=party,
            role=party.facts.get("role", ""),
            hits=screening.hits,
            run=run,
            snapshot=delta.snapshot,
            because=ended.get(party.pk, {}),
        )
        new = [match for match in standing if match.pk not in before]
        gained[party.organization_id].extend(f"{party.subject} ~ {match.hit['listed_name']}" for match in new)
    _events(version, gained, _said(parties, ended))
    return True


def _end_matches(parties: Sequence[ScreenedParty], delta: Delta, version: ListVersion) -> dict[int, dict[tuple[str, str], str]]:
    """Matches of these parties on rows that stand no longer are gone, and what was decided about them is remembered no
    longer. Returns for each party the (list, uid) pairs under which a decided match must be looked at again, and why."""
    code = version.control_list.code
    again: dict[int, dict[tuple[str, str], str]] = defaultdict(dict)
    if not delta.ended:
        return again
    by_pk = {party.pk: party for party in parties}
    now = timezone.now()
    standing = Match.objects.filter(party__in=by_pk, gone_at__isnull=True, entry__in=list(delta.ended)).select_related("entry")
    for match in standing.defer("entry__record", "entry__search_text", "hit"):
        ended = delta.ended[match.entry_id]
        Match.objects.filter(pk=match.pk).update(gone_at=now, touched_at=now, reopened_because=ended.because)
        decided = match.state != Match.State.OPEN
        again[match.party_id][code, ended.now or ended.uid] = ended.because if decided else ""
        _revoke(by_pk[match.party_id], match.entry, ended.because, now)
    return again


def _revoke(party: ScreenedParty, entry: ListEntry, because: str, now: dt.datetime) -> None:
    same_content = ListEntry.objects.filter(
        control_list_id=entry.control_list_id, uid=entry.uid, retired_in__isnull=True, content_hash=entry.content_hash
    )
    if same_content.exists():
        return  # the same words under a new row: the decision still fits
    Clearance.objects.filter(
        party_fingerprint=party.fingerprint,
        control_list_id=entry.control_list_id,
        entry_uid=entry.uid,
        entry_content_hash=entry.content_hash,
        revoked_at__isnull=True,
    ).update(revoked_at=now, revoked_because=because)


def _said(parties: Sequence[ScreenedParty], ended: Mapping[int, Mapping[tuple[str, str], str]]) -> dict[int, list[str]]:
    """Matches that ended, by organization, for its event."""
    said: dict[int, list[str]] = defaultdict(list)
    for party in parties:
        said[party.organization_id].extend(f"{party.subject} ~ {uid}" for _, uid in sorted(ended.get(party.pk, {})))
    return said


def _run_of(version: ListVersion) -> ScreeningRun:
    """The one act of screening of a version's rescreening."""
    return ScreeningRun.objects.get_or_create(
        kind=ScreeningRun.Kind.RESCREEN,
        cause=version,
        organization=None,
        defaults={"engine": ENGINE_VERSION, "versions": {version.control_list.code: version.number}},
    )[0]


def _events(version: ListVersion, gained: Mapping[int, list[str]], ended: Mapping[int, list[str]]) -> None:
    touched = {pk for pk, texts in (*gained.items(), *ended.items()) if texts}
    for organization in Organization.objects.filter(pk__in=touched).order_by("pk"):
        record(
            actor=None,
            actor_label="rescreening",
            action="party.rescreened",
            subject=f"list:{version.control_list.code}",
            organization=organization,
            body={
                "list": version.control_list.code,
                "version": version.number,
                "engine": ENGINE_VERSION,
                "found": gained.get(organization.pk, []),
                "ended": ended.get(organization.pk, []),
            },
        )


@transaction.atomic
def _finish(version: ListVersion, claim: dt.datetime) -> bool:
    """Mark it done; False when a party waits again (stored meanwhile from an older snapshot), or another worker took over."""
    mine = ListVersion.objects.select_for_update().filter(
        pk=version.pk,
        state=ListVersion.State.ACTIVE,
        rescreen_claimed_at=claim,
        rescreen_cursor=version.rescreen_cursor,
        rescreen_since=version.rescreen_since,
    )
    if not mine.exists() or ScreenedParty.objects.filter(live=True, pk__gt=version.rescreen_cursor).exists():
        return False
    mine.update(rescreened_at=timezone.now(), rescreen_claimed_at=None)
    run = ScreeningRun.objects.filter(kind=ScreeningRun.Kind.RESCREEN, cause=version).first()
    record(
        actor=None,
        actor_label="rescreening",
        action="list.rescreened",
        subject=f"list:{version.control_list.code}",
        body={
            "list": version.control_list.code,
            "version": version.number,
            "parties": ScreenedParty.objects.filter(live=True).count(),
            "matches": 0 if run is None else Match.objects.filter(run=run).count(),
        },
    )
    return True
