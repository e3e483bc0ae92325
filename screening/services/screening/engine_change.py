"""When the engine's major version changes, scores change: every live party is screened again, against everything.

Which parties wait stands on the parties themselves (the major version that screened them last), so a batch that was saved is
done for ever and a killed worker costs one batch. One worker at a time leases the row of the change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import structlog
from django.db import IntegrityError, transaction
from django.utils import timezone

from exportcheck.audit.services import record
from exportcheck.leases import Lease, lease
from screening import queries
from screening.matching.read_party import party_from_dict
from screening.matching.types import Screening
from screening.models import EngineRescreen, Match, ScreenedParty, ScreeningRun
from screening.services.matches.record_hits import PartyHits, record_hits
from screening.services.parties import snapshot
from screening.services.parties.engine_info import ENGINE_VERSION, engine_major, fingerprint
from screening.services.parties.parties import lock_lists_shared
from screening.services.parties.snapshot import Snapshot
from screening.services.screening.batches import Overtaken, go_through
from screening.services.screening.rescreen import tell_organizations
from screening.services.screening.screen import screened_sequence, start_run

log = structlog.get_logger(__name__)

BATCH = 500
"""Parties screened between two saves: about a second of work against every list."""
LABEL = "new engine"


def engine_change() -> EngineRescreen | None:
    """The row of today's engine while parties wait for it; made when it is new. None when nobody waits."""
    if not queries.parties_of_older_engine(engine_major()).exists():
        return None
    return EngineRescreen.objects.get_or_create(major=engine_major(), defaults={"engine": ENGINE_VERSION})[0]


def rescreen_for_engine() -> int:
    """Screen the parties that wait for today's engine; returns how many were done. Does nothing while another worker is at
    it, or while a list's rescreening is under way: that one says why a match ended, and comes first."""
    change = engine_change()
    if change is None or queries.lists_being_rescreened().exists():
        return 0
    held = lease(EngineRescreen.objects.filter(pk=change.pk), finished_at=None)
    if held is None:
        return 0
    work = EngineWork(held)
    go_through(held, work)
    return work.done


@dataclass(frozen=True, slots=True)
class EngineAnswers:
    """What today's engine says about a batch, by party id; from which lists, by organization; and the act of screening."""

    screenings: Mapping[int, Screening]
    answering: Mapping[int, Snapshot]
    run: ScreeningRun


class EngineWork:
    """The parties that wait for today's engine, by number. `done`: how many this worker has screened."""

    def __init__(self, held: Lease[EngineRescreen]) -> None:
        self.held, self.change = held, held.row
        self.done = self.last = 0
        self.run: ScreeningRun | None = None

    def next_batch(self) -> list[ScreenedParty]:
        """Parties beyond the last one looked at."""
        return list(queries.parties_of_older_engine(self.change.major).filter(pk__gt=self.last).order_by("pk")[:BATCH])

    def screen(self, parties: list[ScreenedParty]) -> EngineAnswers:
        """Each from the lists its organization is screened against."""
        everybodys = snapshot.current()
        if self.run is None or self.run.versions != everybodys.numbers:
            self.run = start_run(kind=ScreeningRun.Kind.ENGINE, organization=None, snapshot=everybodys)
        answering = {pk: snapshot.current(pk) for pk in {party.organization_id for party in parties}}
        return EngineAnswers(_screened(parties, answering), answering, self.run)

    def save(self, parties: list[ScreenedParty], answers: EngineAnswers) -> None:
        """Matches of a batch and the parties' new stamp, together. Overtaken when a list was activated since the snapshot: its
        rescreening comes first, and beat offers the rest again."""
        lock_lists_shared()
        screened = {ref.version_id for lists in answers.answering.values() for ref in lists.versions}
        owners = (None, *answers.answering)
        needed = {version.pk for version in queries.active_versions() if version.control_list.organization_id in owners}
        if screened != needed or queries.lists_being_rescreened().exists():
            raise Overtaken
        self.held.renew()
        _save_batch(self.change, parties, answers)
        self.done, self.last = self.done + len(parties), parties[-1].pk

    def finish(self) -> bool:
        """Everybody was looked at."""
        self.held.release(finished_at=timezone.now())
        body = {"engine": self.change.engine, "parties": self.done}
        subject = f"engine:{self.change.engine}"
        record(actor=None, actor_label=LABEL, action="engine.rescreened", subject=subject, body=body)
        return True


def _screened(parties: Sequence[ScreenedParty], answering: Mapping[int, Snapshot]) -> dict[int, Screening]:
    answers: dict[int, Screening] = {}
    for organization_id, lists in answering.items():
        own = [party for party in parties if party.organization_id == organization_id]
        found = screened_sequence([party_from_dict(party.facts) for party in own], lists)
        answers.update(zip((party.pk for party in own), found, strict=True))
    return answers


def _save_batch(change: EngineRescreen, parties: Sequence[ScreenedParty], answers: EngineAnswers) -> None:
    # A party that a check has screened meanwhile, or that is no longer live, is left as it stands.
    waiting = queries.parties_of_older_engine(change.major).filter(pk__in=[party.pk for party in parties])
    still = set(waiting.select_for_update().values_list("pk", flat=True))
    waiting_now = [party for party in parties if party.pk in still]
    before = Match.objects.filter(party__in=still, gone_at__isnull=True).select_related("entry", "control_list")
    stood = list(before.defer("hit", "entry__record", "entry__search_text"))
    standing: set[int] = set()
    gained: dict[int, list[str]] = defaultdict(list)
    for organization_id, lists in answers.answering.items():
        own = [party for party in waiting_now if party.organization_id == organization_id]
        found = [PartyHits(party, party.facts.get("role", ""), answers.screenings[party.pk].hits) for party in own]
        recorded = record_hits(found, run=answers.run, snapshot=lists)
        standing.update(match.pk for matches in recorded.standing.values() for match in matches)
        for party in own:
            new = recorded.new.get(party.pk, [])
            gained[organization_id].extend(f"{party.subject} ~ {match.hit['listed_name']}" for match in new)
    gone = _end(stood, standing)
    _stamp(waiting_now, change.major)
    tell_organizations(f"engine:{change.engine}", {}, gained, gone)


def _end(stood: Sequence[Match], standing: set[int]) -> dict[int, list[str]]:
    """Matches that this engine no longer finds are gone; told by organization."""
    ended = [match for match in stood if match.pk not in standing]
    now = timezone.now()
    Match.objects.filter(pk__in=[match.pk for match in ended]).update(
        gone_at=now, touched_at=now, reopened_because=f"Engine {ENGINE_VERSION} no longer finds this pair."
    )
    said: dict[int, list[str]] = defaultdict(list)
    for match in ended:
        said[match.party.organization_id].append(f"{match.party.subject} ~ {match.entry.uid}")
    return said


def _stamp(parties: Sequence[ScreenedParty], major: int) -> None:
    """Screened by this engine, and known under the fingerprint it gives."""
    rows = ScreenedParty.objects.filter(pk__in=[party.pk for party in parties])
    rows.update(engine_major=major, last_screened_at=timezone.now())
    for party in parties:
        made = fingerprint(party_from_dict(party.facts))
        if made != party.fingerprint:
            try:
                with transaction.atomic():
                    ScreenedParty.objects.filter(pk=party.pk).update(fingerprint=made)
            except IntegrityError:
                # An earlier row of the same subject has it already: two ways of writing that this engine takes for one.
                log.info("fingerprint_kept", party=party.pk)
