"""When the engine's major version changes, scores change: every live party is screened again, against everything.

Which parties wait stands on the parties themselves (the major version that screened them last), so a batch that was saved is
done for ever and a killed worker costs one batch. One worker at a time holds the row of the change.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from exportcheck.audit.services import record
from screening import queries
from screening.matching.party_reading import party_from_dict
from screening.matching.types import Screening
from screening.models import EngineRescreen, Match, ScreenedParty, ScreeningRun
from screening.services import snapshot
from screening.services.delta import screen_parties
from screening.services.engine import ENGINE_VERSION, engine_major, fingerprint
from screening.services.matches import Found, record_hits
from screening.services.parties import hold_lists
from screening.services.rescreen import tell_organizations
from screening.services.screen import start_run
from screening.services.snapshot import Snapshot

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
    claim = timezone.now()
    stale = claim - dt.timedelta(seconds=settings.CLAIM_EXPIRES_SECONDS)
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=stale)
    if EngineRescreen.objects.filter(free, pk=change.pk).update(claimed_at=claim, finished_at=None) != 1:
        return 0
    return _go_through(change, claim)


def _go_through(change: EngineRescreen, claim: dt.datetime) -> int:
    done = last = 0
    run: ScreeningRun | None = None
    while True:
        answering = snapshot.current()
        parties = list(queries.parties_of_older_engine(change.major).filter(pk__gt=last).order_by("pk")[:BATCH])
        if not parties:
            _finish(change, claim, done)
            return done
        if run is None or run.versions != answering.numbers:
            run = start_run(kind=ScreeningRun.Kind.ENGINE, organization=None, snapshot=answering)
        screenings = screen_parties(parties, answering.index)
        renewed = timezone.now()
        if not _save_batch(change, claim, renewed, parties, screenings, answering, run):
            log.info("engine_rescreen_interrupted", engine=change.engine)
            EngineRescreen.objects.filter(pk=change.pk, claimed_at=claim).update(claimed_at=None)
            return done
        claim, done, last = renewed, done + len(parties), parties[-1].pk


@transaction.atomic
def _save_batch(
    change: EngineRescreen,
    claim: dt.datetime,
    renewed: dt.datetime,
    parties: Sequence[ScreenedParty],
    screenings: Sequence[Screening],
    answering: Snapshot,
    run: ScreeningRun,
) -> bool:
    """Matches of a batch and the parties' new stamp, together; False when another worker took over, or a list was activated
    since the snapshot (its rescreening comes first, and beat offers the rest again)."""
    hold_lists()
    active = {version.control_list.code: version.number for version in queries.active_versions()}
    if active != answering.numbers or queries.lists_being_rescreened().exists():
        return False
    if EngineRescreen.objects.filter(pk=change.pk, claimed_at=claim).update(claimed_at=renewed) != 1:
        return False
    # A party that a check has screened meanwhile, or that is no longer live, is left as it stands.
    waiting = queries.parties_of_older_engine(change.major).filter(pk__in=[party.pk for party in parties])
    still = set(waiting.select_for_update().values_list("pk", flat=True))
    pairs = [(party, screening) for party, screening in zip(parties, screenings, strict=True) if party.pk in still]
    before = Match.objects.filter(party__in=still, gone_at__isnull=True).select_related("entry", "control_list")
    stood = list(before.defer("hit", "entry__record", "entry__search_text"))
    found = [Found(party, party.facts.get("role", ""), screening.hits) for party, screening in pairs]
    recorded = record_hits(found, run=run, snapshot=answering)
    gone = _end(stood, {match.pk for matches in recorded.standing.values() for match in matches})
    gained: dict[int, list[str]] = defaultdict(list)
    for party, _ in pairs:
        new = recorded.new.get(party.pk, [])
        gained[party.organization_id].extend(f"{party.subject} ~ {match.hit['listed_name']}" for match in new)
    _stamp([party for party, _ in pairs], change.major)
    tell_organizations(f"engine:{change.engine}", {}, gained, gone)
    return True


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


@transaction.atomic
def _finish(change: EngineRescreen, claim: dt.datetime, done: int) -> None:
    now = timezone.now()
    if EngineRescreen.objects.filter(pk=change.pk, claimed_at=claim).update(finished_at=now, claimed_at=None) == 1:
        record(
            actor=None,
            actor_label=LABEL,
            action="engine.rescreened",
            subject=f"engine:{change.engine}",
            body={"engine": change.engine, "parties": done},
        )
