"""When a list changed, every live party is screened against what was added or changed in it, and nothing else.

The parties are split into parts, so that several workers share the work. A worker leases a part, goes through its parties in
the order of their numbers, and moves the cursor in the same transaction that writes the matches: killed anywhere, the next
worker goes on where it stood, nothing is doubled.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from exportcheck.accounts.models import Organization
from exportcheck.audit.services import record
from exportcheck.leases import Lease, LeaseLost, lease
from exportcheck.queueing import enqueue_on_commit
from screening import queries
from screening.matching.engine import ENGINE_VERSION
from screening.matching.types import Screening
from screening.models import Clearance, ListVersion, Match, RescreenPart, ScreenedParty, ScreeningRun
from screening.services.matches.record_hits import PartyHits, record_hits
from screening.services.screening.batches import Overtaken, go_through
from screening.services.screening.list_delta import Delta, Ended, delta_of, screen_parties

PARTS = RescreenPart.PARTS
BATCH = 1_000
"""Parties screened between two saves of the cursor: about a second of work."""


def queue_rescreen(version: ListVersion) -> None:
    """Rows of the work that an activation makes; joins the caller's transaction. With nobody to rescreen there is none."""
    if not queries.parties_under(version.control_list).exists():
        version.rescreened_at = version.activated_at
        return
    RescreenPart.objects.bulk_create(RescreenPart(version=version, remainder=number) for number in range(PARTS))
    for _ in range(PARTS):
        enqueue_on_commit("screening.tasks.rescreen_version", version.pk)


def requeue_party(version: ListVersion, party: ScreenedParty, *, since: int) -> None:
    """Have a version's rescreening look at a party (again), from the version it was screened against; joins the caller's
    transaction."""
    done = version.rescreened_at is not None
    lowest = since if done else min(version.rescreen_since, since)
    ListVersion.objects.filter(pk=version.pk).update(rescreened_at=None, rescreen_since=lowest)
    part, _ = RescreenPart.objects.get_or_create(
        version=version, remainder=party.pk % PARTS, defaults={"cursor": party.pk - 1, "done_at": None}
    )
    rows = RescreenPart.objects.filter(pk=part.pk)
    rows.update(turn=F("turn") + 1, done_at=None)
    rows.filter(cursor__gte=party.pk).update(cursor=party.pk - 1)
    enqueue_on_commit("screening.tasks.rescreen_version", version.pk)


def rescreen(*, version_id: int) -> None:
    """Go through the parts of an active version that nobody works on; does nothing when there are none."""
    delta: Delta | None = None
    while held := lease(queries.free_parts().filter(version=version_id), related=("version__control_list",)):
        work = PartOfRescreen(held, delta)
        go_through(held, work)
        delta = work.delta


class PartOfRescreen:
    """The parties of one part, from its cursor on. `delta`: what changed in the list, once it was needed; the next part of the
    version begins with it."""

    def __init__(self, held: Lease[RescreenPart], delta: Delta | None) -> None:
        self.held, self.part, self.delta = held, held.row, delta
        self.turn = -1

    def next_batch(self) -> list[ScreenedParty]:
        """Live parties beyond the cursor."""
        self.part = self.held.fresh("version__control_list")
        if self.part.version.state != ListVersion.State.ACTIVE:
            raise Overtaken
        return list(self._waiting()[:BATCH])

    def screen(self, parties: list[ScreenedParty]) -> list[Screening]:
        """Against what changed, and nothing else."""
        delta = self._delta_now()
        return screen_parties(parties, delta.snapshot.index, delta.hitless)

    def save(self, parties: list[ScreenedParty], answers: list[Screening]) -> None:
        """Matches of a batch and the moved cursor, together; nothing when the part is not as it was when the batch began."""
        # An activation waits for this row or this batch for the activation: no match is made on what was retired meanwhile.
        if _locked(self.part).state != ListVersion.State.ACTIVE:
            raise Overtaken
        try:
            self.held.renew(self._as_it_was(), cursor=parties[-1].pk)
        except LeaseLost:
            return  # or a party waits before the cursor now: the next look at the row tells which
        _save_batch(self.part.version, parties, answers, self._delta_now())

    def finish(self) -> bool:
        """The part is done, and with the last part the version."""
        version = _locked(self.part)
        if version.state != ListVersion.State.ACTIVE:
            raise Overtaken
        if self._waiting().exists():
            return False
        try:
            self.held.release(self._as_it_was(), done_at=timezone.now())
        except LeaseLost:
            return False
        if not version.parts.filter(done_at__isnull=True).exists():
            ListVersion.objects.filter(pk=version.pk).update(rescreened_at=timezone.now())
            _finished(self.part.version)
        return True

    def _waiting(self) -> QuerySet[ScreenedParty]:
        """Live parties of the part beyond its cursor that are screened against its list."""
        rows = queries.parties_under(self.part.version.control_list).annotate(remainder=F("pk") % PARTS)
        return rows.filter(pk__gt=self.part.cursor, remainder=self.part.remainder).order_by("pk")

    def _delta_now(self) -> Delta:
        if self.delta is None or self.part.turn != self.turn:
            # A party stored from an older snapshot may have matches that nobody knew of when the delta was made.
            self.delta, self.turn = delta_of(self.part.version, known=self.delta), self.part.turn
        return self.delta

    def _as_it_was(self) -> Q:
        return Q(cursor=self.part.cursor, turn=self.part.turn, done_at__isnull=True)


def _locked(part: RescreenPart) -> ListVersion:
    return ListVersion.objects.select_for_update().get(pk=part.version_id)


def _save_batch(version: ListVersion, parties: Sequence[ScreenedParty], screenings: Sequence[Screening], delta: Delta) -> None:
    ended = _end_matches(parties, delta, version)
    found = [
        PartyHits(party, party.facts.get("role", ""), screening.hits, because=ended.get(party.pk, {}))
        for party, screening in zip(parties, screenings, strict=True)
        if screening.hits
    ]
    gained: dict[int, list[str]] = defaultdict(list)
    if found:
        recorded = record_hits(found, run=_run_of(version), snapshot=delta.snapshot)
        for one in found:
            new = recorded.new[one.party.pk]
            gained[one.party.organization_id].extend(f"{one.party.subject} ~ {match.hit['listed_name']}" for match in new)
    _events(version, gained, _said(parties, ended))


def _end_matches(parties: Sequence[ScreenedParty], delta: Delta, version: ListVersion) -> dict[int, dict[tuple[str, str], str]]:
    """Matches of these parties on rows that stand no longer are gone, and what was decided about them is remembered no
    longer. Returns for each party the (list, uid) pairs under which a decided match must be looked at again, and why."""
    code = version.control_list.code
    again: dict[int, dict[tuple[str, str], str]] = defaultdict(dict)
    if not delta.ended:
        return again
    by_pk = {party.pk: party for party in parties}
    now = timezone.now()
    standing = Match.objects.filter(party__in=by_pk, gone_at__isnull=True, entry__in=list(delta.ended))
    of_row: dict[int, list[int]] = defaultdict(list)
    for party, row, state in standing.order_by().values_list("party_id", "entry_id", "state"):
        ended = delta.ended[row]
        again[party][code, ended.now or ended.uid] = ended.because if state != Match.State.OPEN else ""
        of_row[row].append(party)
    for row, touched in of_row.items():
        ended = delta.ended[row]
        Match.objects.filter(entry=row, party__in=touched, gone_at__isnull=True).update(
            gone_at=now, touched_at=now, reopened_because=ended.because
        )
        if not ended.reprinted:
            _revoke({by_pk[party].fingerprint for party in touched}, ended, version, now)
    return again


def _revoke(fingerprints: Collection[str], ended: Ended, version: ListVersion, now: dt.datetime) -> None:
    """What was decided about these parties and the entry as it was is remembered no longer."""
    Clearance.objects.filter(
        party_fingerprint__in=fingerprints,
        control_list_id=version.control_list_id,
        entry_uid=ended.uid,
        entry_content_hash=ended.content_hash,
        revoked_at__isnull=True,
    ).update(revoked_at=now, revoked_because=ended.because)


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
    code = version.control_list.code
    tell_organizations(f"list:{code}", {"list": code, "version": version.number}, gained, ended)


def tell_organizations(
    subject: str, body: Mapping[str, Any], gained: Mapping[int, list[str]], ended: Mapping[int, list[str]]
) -> None:
    """One event for each organization (by id) of which a match was found or ended; joins the caller's transaction."""
    touched = {pk for pk, texts in (*gained.items(), *ended.items()) if texts}
    for organization in Organization.objects.filter(pk__in=touched).order_by("pk"):
        record(
            actor=None,
            actor_label="rescreening",
            action="party.rescreened",
            subject=subject,
            organization=organization,
            body={
                **body,
                "engine": ENGINE_VERSION,
                "found": gained.get(organization.pk, []),
                "ended": ended.get(organization.pk, []),
            },
        )


def _finished(version: ListVersion) -> None:
    run = ScreeningRun.objects.filter(kind=ScreeningRun.Kind.RESCREEN, cause=version).first()
    record(
        actor=None,
        actor_label="rescreening",
        action="list.rescreened",
        subject=f"list:{version.control_list.code}",
        body={
            "list": version.control_list.code,
            "version": version.number,
            "parties": queries.parties_under(version.control_list).count(),
            "matches": 0 if run is None else Match.objects.filter(run=run).count(),
        },
    )
