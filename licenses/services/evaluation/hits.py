"""What was screened and decided, as the rules see it: hits with their decisions, parties with their hits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from licenses.rules.types import ApplicationFacts, HitDecision, ListedAs, PartyFacts
from licenses.services.application.dispositions import Disposition
from licenses.services.evaluation.screen_parties import ScreenedSubject, Subject
from screening.matching.types import Hit

HitKey = tuple[str, str]
"""(list code, entry uid)."""


@dataclass(frozen=True, slots=True)
class DecidedHit:
    """What people decided about a hit: the disposition, by whom, when, how long it holds; `carried` from an earlier case."""

    disposition: str
    by: str = ""
    on: dt.date | None = None
    valid_until: dt.date | None = None
    carried: bool = False


Decisions = Mapping[str, Mapping[HitKey, DecidedHit]]
"""Party id in the answer -> hit -> decision."""


def listed_as(hit: Hit, decided: DecidedHit | None) -> ListedAs:
    """One hit of the engine as the rules see it. "mitigated" says: it is the listed party, and the concern is answered."""
    entry = hit.entry
    disposition = decided.disposition if decided else ""
    if disposition == Disposition.MITIGATED:
        decision: HitDecision | None = HitDecision.TRUE_MATCH
    else:
        decision = HitDecision(disposition) if disposition in set(HitDecision) else None
    return ListedAs(
        list=entry.list,
        listed_name=entry.name,
        entry=entry.uid,
        matched_name=hit.matched_name,
        channel=hit.channel.value,
        band=hit.band.value,
        score=hit.score,
        alias_quality=hit.alias_quality.value,
        license_requirement=entry.license_requirement,
        requirement_code=entry.requirement_code,
        license_policy=entry.license_policy,
        policy_code=entry.policy_code,
        federal_register=entry.federal_register,
        programs=entry.programs,
        footnotes=entry.footnotes,
        effective_on=entry.effective_on,
        expires_on=entry.expires_on,
        decision=decision,
        settled=Disposition.MITIGATED.value if disposition == Disposition.MITIGATED else "",
    )


def with_hits(
    facts: ApplicationFacts, screened: Mapping[str, ScreenedSubject], decisions: Decisions, *, unscreened: Collection[str]
) -> ApplicationFacts:
    """The application with the hits of every party, and the names found in text as parties of the role they were found in.

    unscreened: ids of parties that could not be screened.
    """
    known = {party.id for party in facts.parties}
    parties = tuple(_party(party, screened, decisions, unscreened) for party in facts.parties)
    extra = tuple(
        _party(_named_in_text(key, row.subject), screened, decisions, unscreened)
        for key, row in screened.items()
        if row.subject.found_in and key not in known
    )
    return replace(facts, parties=(*parties, *extra))


def _named_in_text(key: str, subject: Subject) -> PartyFacts:
    return PartyFacts(id=key, role=subject.role, name=subject.party.name, found_in=subject.found_in)


def _party(
    party: PartyFacts, screened: Mapping[str, ScreenedSubject], decisions: Decisions, unscreened: Collection[str]
) -> PartyFacts:
    owners = tuple(_party(owner, screened, decisions, unscreened) for owner in party.owners)
    subject = screened.get(party.id)
    if subject is None:
        return replace(party, owners=owners, screened=False)
    decided = decisions.get(party.id, {})
    return replace(
        party,
        owners=owners,
        hits=tuple(listed_as(hit, decided.get((hit.entry.list, hit.entry.uid))) for hit in subject.screening.hits),
        advisories=tuple(dict.fromkeys(advisory.code for advisory in subject.screening.advisories)),
        screened=party.id not in unscreened,
    )
