"""Screening: one party against everything listed, and the very same scorer on a single pair.

Three channels find entries (name, address, identifier); one scorer judges each; bands come from the policy. Nothing
here reads a clock, a database or a setting: index, party and policy in, answer out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from .blocking.candidates import candidates
from .blocking.word_lookup import prepare
from .compare.address_match import Nearness, compare_texts
from .compare.addresses import parse
from .compare.adjustments import IDENTIFIER_POINTS, MAX_LIFT, adjustments, total, weak_total
from .compare.identifiers import number_of, same_number
from .explanation import name_evidence
from .index.address_identifier_keys import entries_near, entries_with_number
from .index.index import Index
from .index.segment import WEAK, Array, Segment
from .names.parse import Name
from .names.query_names import QueryName, query_names
from .names.score import NameScore, compare_names, says_more
from .names.weights import CEILING
from .policy import Policy
from .score_pair import score_pair
from .text.normalize import fold
from .types import Advisory, Band, Channel, Evidence, Hit, Identifier, ListedParty, Party, Quality, Schema, Screening

__all__ = ["ENGINE_VERSION", "BestName", "fingerprint", "score_pair", "screen", "screen_many"]

ENGINE_VERSION = "3.0"
"""MAJOR.MINOR: MAJOR changes when any score or fingerprint can, MINOR else."""
BLOCK = 200
"""Parties of a batch whose words are looked up together."""
WHY_NOT = "Nothing to match on: the party has no name, address or identifier that says anything."


@dataclass(slots=True)
class BestName:
    """The best comparison of an entry so far."""

    query: QueryName
    name: Name
    number: int
    score: NameScore
    weak: bool


def screen(index: Index, party: Party, policy: Policy, *, lists: frozenset[str] | None = None) -> Screening:
    """Answer for one party; `lists` narrows what is searched. Owners are parties of their own and not screened here."""
    names = query_names(party)
    if not _screenable(party, names):
        return Screening((), screenable=False, why_not=WHY_NOT)
    hits: list[Hit] = []
    advisories: list[Advisory] = []
    for segment, mask in zip(index.segments, index.masks(lists), strict=True):
        found, by_number, near = _search(segment, mask, party, names, policy)
        for entry_number in found.keys() | by_number.keys():
            hit = _judge(segment, entry_number, party, found.get(entry_number), by_number.get(entry_number), policy)
            if hit is not None:
                hits.append(hit)
        for hit_or_advisory in near:
            if isinstance(hit_or_advisory, Hit):
                hits.append(hit_or_advisory)
            else:
                advisories.append(hit_or_advisory)
    best = _best_of_each(hits)
    shown = {(hit.entry.list, hit.entry.uid) for hit in best}
    kept = [one for one in advisories if (one.entry.list, one.entry.uid) not in shown]
    return Screening(tuple(best), tuple(sorted(kept, key=lambda one: (one.code, one.entry.list, one.entry.uid))))


def screen_many(
    index: Index, parties: Iterable[Party], policy: Policy, *, lists: frozenset[str] | None = None
) -> list[Screening]:
    """Answers for many parties, in order; equal parties are screened once."""
    bare = [
        Party(
            name=party.name, other_names=party.other_names, kind=party.kind, addresses=party.addresses, country=party.country,
            identifiers=party.identifiers, birth_date=party.birth_date, citizenships=party.citizenships,
        )
        for party in parties
    ]  # fmt: skip
    known: dict[Party, Screening] = {}
    different = list(dict.fromkeys(bare))
    for start in range(0, len(different), BLOCK):
        block = different[start : start + BLOCK]
        for segment in index.segments:
            prepare(segment, (query.name for party in block for query in query_names(party)))
        known.update((party, screen(index, party, policy, lists=lists)) for party in block)
    return [known[party] for party in bare]


def _screenable(party: Party, names: tuple[QueryName, ...]) -> bool:
    return (
        bool(names)
        or any(parse(text).comparable for text in party.addresses)
        or any(number_of(one) is not None for one in party.identifiers)
    )


def _search(
    segment: Segment, mask: Array | None, party: Party, names: tuple[QueryName, ...], policy: Policy
) -> tuple[dict[int, BestName], dict[int, Evidence], list[Hit | Advisory]]:
    """(best name comparison of an entry, identifier that is equal, hits and advisories by address)."""
    facts = bool(party.addresses or party.birth_date or party.country or party.citizenships)
    floor = policy.possible - (MAX_LIFT if facts else 0.0)
    found: dict[int, BestName] = {}
    owners = segment.arrays["name_entry"]
    flags = segment.arrays["name_flags"]
    cores = segment.arrays["name_core"]
    for query in names:
        scores: dict[int, NameScore] = {}
        for number, most in candidates(segment, query.name, mask, floor):
            entry = int(owners[number])
            best = found.get(entry)
            if best is not None and not best.weak and best.score.points >= min(most, CEILING):
                continue
            name, core = segment.name(number), int(cores[number])
            score = scores.get(core) or scores.setdefault(core, compare_names(query.name, name))
            if score.points < floor:
                continue
            weak = query.weak or bool(int(flags[number]) & WEAK)
            if best is None or _order(score, weak, number) < _order(best.score, best.weak, best.number):
                found[entry] = BestName(query, name, number, score, weak)
    return found, _by_number(segment, mask, party), _by_address(segment, mask, party, policy)


def _order(score: NameScore, weak: bool, number: int) -> tuple[float, bool, int]:
    return (-score.points, weak, number)


def _allowed(mask: Array | None, entry: int) -> bool:
    return mask is None or bool(mask[entry])


def _by_number(segment: Segment, mask: Array | None, party: Party) -> dict[int, Evidence]:
    """Entries that carry one of the party's identifiers."""
    equal: dict[int, Evidence] = {}
    for mine in party.identifiers:
        number = number_of(mine)
        if number is None:
            continue
        for entry_number in entries_with_number(segment, number):
            if not _allowed(mask, entry_number):
                continue
            for theirs in segment.entry(entry_number).identifiers:
                other = number_of(theirs)
                if other is not None and same_number(number, other):
                    kind = number.kind or other.kind or "identifier"
                    row = Evidence(
                        "identifier",
                        _plain(mine),
                        _plain(theirs),
                        1.0,
                        f"{IDENTIFIER_POINTS:.1f}",
                        f"The {kind} number is the same.",
                    )
                    equal.setdefault(entry_number, row)
    return equal


def _plain(identifier: Identifier) -> str:
    return f"{identifier.type} {identifier.value}".strip()


def _by_address(segment: Segment, mask: Array | None, party: Party, policy: Policy) -> list[Hit | Advisory]:
    """Address-only entries by their unit; an advisory for another unit, or for a named entry at the same unit."""
    rows: list[Hit | Advisory] = []
    for text in party.addresses:
        address = parse(text)
        if not address.comparable:
            continue
        for entry_number, slot in entries_near(segment, address):
            if not _allowed(mask, entry_number):
                continue
            entry = segment.entry(entry_number)
            listed = entry.addresses[slot]
            match = compare_texts(text, listed)
            if entry.schema is Schema.ADDRESS and match.nearness is Nearness.UNIT:
                band = policy.band(match.points)
                if band is not None:
                    head = Evidence(
                        "address",
                        text,
                        listed,
                        match.points / 100.0,
                        f"{match.points:.1f}",
                        f"The address is the listed one: {listed}",
                    )
                    rows.append(
                        Hit(entry, match.points, band, Channel.ADDRESS, text, listed, Quality.UNKNOWN, (head, *match.explanation))
                    )
            elif match.nearness >= (Nearness.BUILDING if entry.schema is Schema.ADDRESS else Nearness.UNIT):
                rows.append(_advisory(entry, text, listed, match.nearness))
    return rows


def _advisory(entry: ListedParty, text: str, listed: str, nearness: Nearness) -> Advisory:
    if nearness is Nearness.UNIT:
        return Advisory(
            "ADDRESS_OF_LISTED_PARTY", entry, text, listed, f"'{entry.name}' is listed at this very address under another name."
        )
    return Advisory(
        "ADDRESS_SAME_BUILDING", entry, text, listed, f"The building holds a listed address in another unit: {listed}"
    )


def _judge(
    segment: Segment, entry_number: int, party: Party, found: BestName | None, number: Evidence | None, policy: Policy
) -> Hit | None:
    """Points of an entry from its name, the facts beside it and its identifiers; None under the band."""
    entry = segment.entry(entry_number)
    company = found is not None and bool(found.query.name.legal)
    facts = adjustments(party, entry, company=company) if found is not None or number is not None else []
    if number is not None:
        return _number_hit(segment, entry, found, number, policy)
    if found is None:
        return None
    points = total(found.score.points, facts)
    if found.weak:
        points = weak_total(points, facts, strong=policy.strong, says_more=says_more(found.query.name, found.score))
    band = policy.band(points)
    if band is None:
        return None
    text, quality = listed_text(segment, entry, found)
    rows = name_evidence(found.query.name, found.name, found.query.text, text, found.score)
    rows += tuple(fact.evidence for fact in facts)
    if found.weak:
        rows += (
            Evidence(
                "alias quality",
                "",
                text,
                None,
                "at most possible",
                "A weak alias or an abbreviation alone is never a strong match.",
            ),
        )
    return Hit(entry, round(points, 1), band, Channel.NAME, found.query.text, text, quality, rows)


def _number_hit(segment: Segment, entry: ListedParty, found: BestName | None, number: Evidence, policy: Policy) -> Hit:
    if found is None or found.score.points < policy.possible:
        return Hit(
            entry, IDENTIFIER_POINTS, Band.STRONG, Channel.IDENTIFIER, number.query, entry.name, Quality.UNKNOWN, (number,)
        )
    text, quality = listed_text(segment, entry, found)
    rows = (number, *name_evidence(found.query.name, found.name, found.query.text, text, found.score))
    return Hit(entry, 100.0, Band.STRONG, Channel.IDENTIFIER, found.query.text, text, quality, rows)


def listed_text(segment: Segment, entry: ListedParty, found: BestName) -> tuple[str, Quality]:
    """The printed name that matched, and its quality as published. Of names that say the same in full, the one that is
    written like the party: an entry may print a name with and without its place."""
    if found.score.points >= CEILING:
        wanted = _letters(found.query.text)
        for text, quality in ((entry.name, Quality.UNKNOWN), *((alias.name, alias.quality) for alias in entry.aliases)):
            if quality is not Quality.WEAK and _letters(text) == wanted:
                return text, quality
    slot = int(segment.arrays["name_slot"][found.number])
    if slot == 0:
        return entry.name, Quality.UNKNOWN
    alias = entry.aliases[slot - 1]
    return alias.name, alias.quality


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _best_of_each(hits: list[Hit]) -> list[Hit]:
    """One hit an entry, best first; ties by list, then uid."""
    best: dict[tuple[str, str], Hit] = {}
    for hit in sorted(hits, key=lambda one: (-one.score, one.channel, one.matched_name)):
        best.setdefault((hit.entry.list, hit.entry.uid), hit)
    return sorted(best.values(), key=lambda hit: (-hit.score, hit.entry.list, hit.entry.uid))


def fingerprint(party: Party) -> str:
    """SHA-256 over the normalized facts that decide what a party hits: names, addresses, country, identifiers, birth date."""
    numbers = (number_of(one) for one in party.identifiers)
    facts = [
        sorted({" ".join(fold(text).words) for text in party.names}),
        sorted({" ".join(fold(text).words) for text in party.addresses}),
        party.country,
        sorted({f"{one.kind}:{one.value}:{one.country}" for one in numbers if one is not None}),
        party.birth_date,
    ]
    return hashlib.sha256(json.dumps(facts, ensure_ascii=True).encode()).hexdigest()
