"""Hits become matches: found again, new, carried by a clearance, or reopened because the entry changed."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from screening import queries
from screening.matching.types import Hit
from screening.models import Clearance, ListEntry, ListVersion, Match, Resolution, ScreenedParty, ScreeningRun
from screening.services.parties.engine_info import engine_major
from screening.services.parties.snapshot import Snapshot

SCORE_DRIFT = 5.0
"""A clearance of an older major engine lives on when the score moved by less, within its band (intake.md, memory)."""
NAME_CHARS = 600
WRITTEN_AT_ONCE = 500
"""Matches written by one statement."""
CHANGED_COLUMNS = (
    *("gone_at", "touched_at", "state", "clearance", "reopened_because"),
    *("run", "score", "band", "channel", "matched_name", "hit"),
)
"""What a pair that came back, or that is scored anew, may change."""


def entry_rows(hits: Iterable[Hit], versions: Mapping[str, int]) -> dict[tuple[str, str], ListEntry]:
    """Rows of the entries hit, as they stand in the versions that answered (list code -> version row id), with their list."""
    uids: dict[str, set[str]] = {}
    for hit in hits:
        uids.setdefault(hit.entry.list, set()).add(hit.entry.uid)
    found = {}
    for version in ListVersion.objects.filter(pk__in=[versions[code] for code in uids]).select_related("control_list"):
        code = version.control_list.code
        for row in queries.entries_of(version).filter(uid__in=uids[code]).defer("search_text", "record"):
            row.control_list = version.control_list
            found[code, row.uid] = row
    return found


@dataclass(frozen=True, slots=True)
class PartyHits:
    """What was found about a stored party. `role`, `item_scope`: what a clearance of not_in_scope or mitigated must have been
    given for. `because`: (list, uid) -> sentence, for entries whose change makes their match REOPENED instead of OPEN."""

    party: ScreenedParty
    role: str
    hits: Sequence[Hit]
    item_scope: str = ""
    because: Mapping[tuple[str, str], str] = field(default_factory=dict)


def record_hits(found: Sequence[PartyHits], *, run: ScreeningRun, snapshot: Snapshot) -> Recorded:
    """A match for every hit of every party, in the order of the hits, with its entry and list; joins the caller's transaction.
    The number of queries does not grow with the number of parties or hits."""
    hits = [hit for one in found for hit in one.hits]
    if not hits:
        return Recorded({}, {})
    rows = entry_rows(hits, {ref.list: ref.version_id for ref in snapshot.versions})
    known = _known(found, rows.values())
    clearances: dict[str, list[Clearance]] = defaultdict(list)
    for clearance in queries.valid_clearances({one.party.fingerprint for one in found}, now=timezone.now()):
        clearances[clearance.party_fingerprint].append(clearance)
    new: dict[int, list[Match]] = {}
    standing: dict[int, list[Match]] = {}
    changed: dict[int, Match] = {}
    for one in found:
        fresh, all_of_it = new.setdefault(one.party.pk, []), standing.setdefault(one.party.pk, [])
        for hit in one.hits:
            entry = rows[hit.entry.list, hit.entry.uid]
            carried = carry(
                clearances[one.party.fingerprint],
                party=one.party,
                role=one.role,
                entry=entry,
                hit=hit,
                item_scope=one.item_scope,
            )
            match = known.get((one.party.pk, entry.pk))
            if match is None:
                reason = one.because.get((hit.entry.list, hit.entry.uid), "")
                match = _new_match(one.party, entry, hit, run, carried, reason)
                fresh.append(match)
            else:
                match.entry, match.control_list = entry, entry.control_list
                if match.gone_at is not None:
                    _bring_back(match, carried)
                    fresh.append(match)
                    changed[match.pk] = match
                if _score_anew(match, hit, run):
                    changed[match.pk] = match
            all_of_it.append(match)
    unsaved = [match for matches in new.values() for match in matches if match.pk is None]
    Match.objects.bulk_create(unsaved, batch_size=WRITTEN_AT_ONCE)
    Match.objects.bulk_update(changed.values(), CHANGED_COLUMNS, batch_size=WRITTEN_AT_ONCE)
    return Recorded(standing, new)


@dataclass(frozen=True, slots=True)
class Recorded:
    """Matches by party id: all that stand, in the order of the hits, and those that stand since now (new or back)."""

    standing: Mapping[int, list[Match]]
    new: Mapping[int, list[Match]]


def _known(found: Sequence[PartyHits], rows: Iterable[ListEntry]) -> dict[tuple[int, int], Match]:
    """Matches that these parties have, or had, on the entry rows; (party id, row id) -> match."""
    parties = [one.party.pk for one in found if one.hits]
    matches = Match.objects.filter(party__in=parties, entry__in=[row.pk for row in rows]).select_related("run")
    return {(match.party_id, match.entry_id): match for match in matches}


def carry(
    clearances: Iterable[Clearance], *, party: ScreenedParty, role: str, entry: ListEntry, hit: Hit, item_scope: str = ""
) -> Clearance | None:
    """The newest clearance that reaches this party, entry, engine, role and case; None when a person must look."""
    for clearance in clearances:
        if (
            clearance.party_fingerprint == party.fingerprint
            and clearance.control_list_id == entry.control_list_id
            and clearance.entry_uid == entry.uid
            and clearance.entry_content_hash == entry.content_hash
            and _reaches(clearance, party)
            and _fits(clearance, role, item_scope)
            and same_engine(clearance, score=hit.score, band=str(hit.band))
        ):
            return clearance
    return None


def _reaches(clearance: Clearance, party: ScreenedParty) -> bool:
    if clearance.scope == Clearance.Scope.EVERYONE:
        return True
    if clearance.organization_id != party.organization_id:
        return False
    return clearance.scope == Clearance.Scope.ORGANIZATION or clearance.case == party.case


def _fits(clearance: Clearance, role: str, item_scope: str) -> bool:
    """A different party is different in any role; "not in scope" and "mitigated" hold for the role and items they were
    decided for."""
    if clearance.disposition == Resolution.Disposition.FALSE_POSITIVE:
        return True
    return clearance.role == role and clearance.item_scope == item_scope


def same_engine(clearance: Clearance, *, score: float, band: str) -> bool:
    """Whether the score means what it meant when the decision was made."""
    if clearance.engine_major == engine_major():
        return True
    return _means_the_same((clearance.score, clearance.band), (score, band))


def _means_the_same(before: tuple[float, str], after: tuple[float, str]) -> bool:
    return before[1] == after[1] and abs(before[0] - after[0]) < SCORE_DRIFT


def _new_match(
    party: ScreenedParty, entry: ListEntry, hit: Hit, run: ScreeningRun, carried: Clearance | None, because: str
) -> Match:
    state = Match.State.REOPENED if because else Match.State.OPEN
    if carried is not None:
        state, because = Match.State.RESOLVED, ""
    return Match(
        run=run,
        party=party,
        control_list=entry.control_list,
        entry=entry,
        state=state,
        band=str(hit.band),
        score=round(hit.score, 1),
        channel=str(hit.channel),
        matched_name=hit.matched_name[:NAME_CHARS],
        hit=_stored(hit),
        clearance=carried,
        reopened_because=because,
    )


def _bring_back(match: Match, carried: Clearance | None) -> None:
    """A pair found again keeps its decision while that is still good, and is reopened otherwise."""
    now: dt.datetime = timezone.now()
    match.gone_at, match.touched_at = None, now
    if match.state == Match.State.RESOLVED and carried is None and match.clearance_id is not None:
        match.state, match.clearance = Match.State.REOPENED, None
        match.reopened_because = "Found again; the earlier decision no longer holds."


def _score_anew(match: Match, hit: Hit, run: ScreeningRun) -> bool:
    """A pair that an engine of another major version scores differently says so from now on, and is settled anew: the
    decision was made on another score. A small move within the band changes nothing. Tells whether the pair changed."""
    if engine_major(match.run.engine) == engine_major(run.engine):
        return False
    before, after = (match.score, match.band), (round(hit.score, 1), str(hit.band))
    if _means_the_same(before, after):
        return False
    if match.state == Match.State.RESOLVED:
        match.state, match.clearance = Match.State.REOPENED, None
        said = f"engine {match.run.engine} said {before[0]} ({before[1]})"
        match.reopened_because = f"Engine {run.engine} scores this pair {after[0]} ({after[1]}); {said}."
    match.run, match.touched_at = run, timezone.now()
    match.score, match.band, match.channel = after[0], after[1], str(hit.channel)
    match.matched_name, match.hit = hit.matched_name[:NAME_CHARS], _stored(hit)
    return True


def _stored(hit: Hit) -> dict[str, object]:
    return {
        "list": hit.entry.list,
        "entry": hit.entry.uid,
        "listed_name": hit.entry.name,
        "matched_name": hit.matched_name,
        "query": hit.query,
        "channel": str(hit.channel),
        "score": round(hit.score, 1),
        "band": str(hit.band),
        "alias_quality": str(hit.alias_quality),
        "explanation": [evidence.as_dict() for evidence in hit.explanation],
    }
