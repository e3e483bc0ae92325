"""Screening a party: the pure engine over a snapshot, the contract's answer, and the rows that remember it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from exportcheck.accounts.models import Organization
from screening import queries
from screening.matching import engine
from screening.matching.engine import ENGINE_VERSION
from screening.matching.nearest import Near, nearest
from screening.matching.policy import DEFAULT
from screening.matching.types import Advisory, Hit, Party, Role, Screening, Verdict
from screening.models import ListVersion, Match, ScreenedParty, ScreeningRun
from screening.services.matches.record_hits import PartyHits, record_hits
from screening.services.parties.made_ids import next_free
from screening.services.parties.parties import keep_party, lock_lists_shared
from screening.services.parties.snapshot import Snapshot
from screening.services.screening.rescreen import requeue_party
from screening.services.screening.unfit_lists import missing_lists, outdated_lists

POSSIBLE_FROM, STRONG_FROM = DEFAULT.possible, DEFAULT.strong
"""Least scores of a possible and of a strong hit."""
DEFAULT_TOP = 20
"""Hits shown where a caller names no number."""


def screen_party(
    party: Party, snapshot: Snapshot, *, lists: frozenset[str] | None = None, least: float | None = None
) -> Screening:
    """What the lists say about one party; its owners are parties of their own. `lists` narrows what is searched. `least`: a
    lower score than POSSIBLE_FROM down to which hits are answered too; for asking "what if", never for an answer."""
    policy = DEFAULT if least is None else replace(DEFAULT, possible=least)
    return engine.screen(snapshot.index, party, policy, lists=_narrowed(snapshot, lists))


def _narrowed(snapshot: Snapshot, lists: frozenset[str] | None) -> frozenset[str] | None:
    """Of the lists asked for (None = all) those that may answer here."""
    if snapshot.only is None or lists is None:
        return snapshot.only if lists is None else lists
    return snapshot.only & lists


def verdict_of(screening: Screening, snapshot: Snapshot, *, lists: frozenset[str] | None = None) -> tuple[Verdict, str]:
    """Verdict and, for `not_screened`, the reason. No match is said only where every list asked for could answer."""
    if screening.verdict is not Verdict.NO_MATCH:
        return screening.verdict, screening.why_not
    refs = [ref for ref in snapshot.versions if lists is None or ref.list in lists]
    if not refs:
        return Verdict.NOT_SCREENED, "no control list is loaded"
    missing = missing_lists(snapshot, lists)
    if missing:
        return Verdict.NOT_SCREENED, f"{', '.join(row['list'] for row in missing)} could not answer"
    return Verdict.NO_MATCH, ""


def answer(
    party: Party,
    snapshot: Snapshot,
    *,
    lists: frozenset[str] | None = None,
    min_score: float | None = None,
    top: int = DEFAULT_TOP,
    screening: Screening | None = None,
    owners: bool = False,
    explain: bool = False,
) -> dict[str, Any]:
    """The output line of `screen` (docs/contract.md). `min_score` and `top` only shorten `hits`; the verdict is decided
    before. `screening`: the engine's answer where the caller has it already. `owners`: screen the party's owners too and
    answer them under `owners` (a pre-check lists them beside the parties instead). `explain`: tell the nearest entry that
    is no hit, and what kept it below."""
    found = screening if screening is not None else screen_party(party, snapshot, lists=lists)
    verdict, why_not = verdict_of(found, snapshot, lists=lists)
    shown = [hit for hit in found.hits if min_score is None or hit.score >= min_score][: max(top, 0)]
    row: dict[str, Any] = {
        "id": party.id,
        "verdict": str(verdict),
        "hits": [hit_dict(hit) for hit in shown],
        "lists": [ref.as_dict() for ref in snapshot.versions if lists is None or ref.list in lists],
        "engine": ENGINE_VERSION,
    }
    if len(shown) < len(found.hits):
        row["hits_left_out"] = len(found.hits) - len(shown)
    missing = missing_lists(snapshot, lists)
    if missing:
        row["lists_missing"] = missing
    outdated = outdated_lists(snapshot, lists)
    if outdated:
        row["lists_outdated"] = outdated
    if why_not:
        row["why_not"] = why_not
    if snapshot.as_of is not None:
        row["as_of"] = snapshot.as_of.isoformat()
    if found.advisories:
        row["advisories"] = [advisory_dict(advisory) for advisory in found.advisories]
    if explain:
        row["nearest"] = nearest_dict(nearest(snapshot.index, party, DEFAULT, found, lists=_narrowed(snapshot, lists)))
    if owners and party.owners:
        row["owners"] = [
            {
                **answer(owner, snapshot, lists=lists, min_score=min_score, top=top, owners=True, explain=explain),
                "role": str(Role.OWNER),
                "owner_of": party.id,
            }
            for owner in named_owners(party)
        ]
    return row


def named_owners(party: Party) -> tuple[Party, ...]:
    """The owners with ids: given ones, else `<party id>.O1…`, never one that is given already."""
    taken = {owner.id for owner in party.owners if owner.id}
    named = []
    number = 0
    for owner in party.owners:
        if owner.id:
            named.append(owner)
            continue
        number = next_free(f"{party.id}.O", number + 1, taken)
        named.append(replace(owner, id=f"{party.id}.O{number}"))
    return tuple(named)


def hit_dict(hit: Hit) -> dict[str, Any]:
    """The contract's Hit."""
    entry = hit.entry
    return {
        "list": entry.list,
        "entry": entry.uid,
        "listed_name": entry.name,
        "matched_name": hit.matched_name,
        "channel": str(hit.channel),
        "score": round(hit.score, 1),
        "band": str(hit.band),
        "explanation": [evidence.as_dict() for evidence in hit.explanation],
        "license_requirement": entry.license_requirement,
        "license_policy": entry.license_policy,
        "federal_register": entry.federal_register,
        "programs": list(entry.programs),
        "footnotes": list(entry.footnotes),
        "effective_on": _iso(entry.effective_on),
        "expires_on": _iso(entry.expires_on),
        "alias_quality": str(hit.alias_quality),
    }


def nearest_dict(near: Near | None) -> dict[str, Any] | None:
    """The nearest entry that is no hit, with its score, the names compared and the comparison; None when nothing is near."""
    if near is None:
        return None
    return {
        "list": near.entry.list,
        "entry": near.entry.uid,
        "listed_name": near.entry.name,
        "matched_name": near.listed,
        "query": near.query,
        "score": round(near.score, 1),
        "hits_from": POSSIBLE_FROM,
        "explanation": [evidence.as_dict() for evidence in near.explanation],
    }


PRIVATE_HIT_KEYS = frozenset(("license_requirement", "license_policy", "programs", "footnotes"))
"""What a list of one's own making gives as its reasons: hidden from exporters."""


def without_private_reasons(row: dict[str, Any], lists: frozenset[str]) -> dict[str, Any]:
    """An answer, and those of its owners, without what these lists give as their reasons."""
    shown = {
        **row,
        "hits": [
            {key: value for key, value in hit.items() if hit["list"] not in lists or key not in PRIVATE_HIT_KEYS}
            for hit in row["hits"]
        ],
    }
    if "owners" in row:
        shown["owners"] = [without_private_reasons(owner, lists) for owner in row["owners"]]
    return shown


def advisory_dict(advisory: Advisory) -> dict[str, Any]:
    """Something worth showing that is no hit."""
    return {
        "code": advisory.code,
        "list": advisory.entry.list,
        "entry": advisory.entry.uid,
        "listed_name": advisory.entry.name,
        "query": advisory.query,
        "listed": advisory.listed,
        "sentence": advisory.sentence,
    }


def _iso(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


@transaction.atomic
def start_run(
    *,
    kind: ScreeningRun.Kind | str,
    organization: Organization | None,
    snapshot: Snapshot,
    as_of: dt.date | None = None,
    cause: ListVersion | None = None,
) -> ScreeningRun:
    """One act of screening with the versions and the engine that answer. Joins the caller's transaction; the act's event is
    the caller's."""
    return ScreeningRun.objects.create(
        kind=kind,
        organization=organization,
        engine=ENGINE_VERSION,
        versions=snapshot.numbers,
        as_of=as_of if as_of is not None else snapshot.as_of,
        cause=cause,
    )


@transaction.atomic
def store_screening(
    *,
    organization: Organization,
    case: str,
    part: str,
    party: Party,
    screening: Screening,
    run: ScreeningRun,
    snapshot: Snapshot,
    item_scope: str = "",
) -> tuple[ScreenedParty, list[Match]]:
    """Remember what was found about a party; joins the caller's transaction, the act's event is the caller's.

    The party's row is made or found by fingerprint; what the part of the case was before is no longer live. A hit keeps its
    match, a new one is OPEN or carries a valid clearance (RESOLVED); a pair no longer found is gone. `item_scope`: items a
    clearance of not_in_scope or mitigated must have been given for. Lists activated since `snapshot` are caught up on by
    rescreening. Returns the party and its matches that stand, best first.
    """
    lock_lists_shared()
    row = keep_party(organization=organization, case=case, part=part, party=party, today=snapshot.as_of is None)
    if snapshot.as_of is None:
        # Before any match is touched: rescreening takes the version's row first and matches after it, too.
        _catch_up(row, snapshot)
    found = PartyHits(row, str(party.role), screening.hits, item_scope)
    standing = record_hits((found,), run=run, snapshot=snapshot).standing.get(row.pk, [])
    if snapshot.as_of is None:
        now = timezone.now()
        gone = Match.objects.filter(party=row, gone_at__isnull=True).exclude(pk__in=[match.pk for match in standing])
        gone.update(gone_at=now, touched_at=now)
    return row, sorted(standing, key=lambda match: (-match.score, match.pk))


def _catch_up(row: ScreenedParty, snapshot: Snapshot) -> None:
    """Have the rescreening of every list activated since the snapshot look at this party, from the version it was
    screened against."""
    seen = snapshot.numbers
    for version in queries.active_versions():
        if version.control_list.organization_id not in (None, row.organization_id):
            continue
        screened = seen.get(version.control_list.code, 0)
        if screened < version.number:
            requeue_party(version, row, since=screened)


def screened_sequence(parties: Sequence[Party], snapshot: Snapshot) -> list[Screening]:
    """Many parties at once, in order, by the engine's batch path."""
    return engine.screen_many(snapshot.index, parties, DEFAULT, lists=snapshot.only)
