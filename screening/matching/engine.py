"""Screening: one party against everything listed.

Three channels find entries (name, address, identifier); one judge scores each; bands come from the policy. Nothing
here reads a clock, a database or a setting: index, party and policy in, answer out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from .blocking.candidates import candidates
from .blocking.word_lookup import prepare
from .compare.address_match import Nearness, compare_texts
from .compare.addresses import parse
from .compare.adjustments import MAX_LIFT
from .compare.identifiers import number_of, same_identifier
from .explanation import address_evidence
from .index.address_identifier_keys import entries_near, entries_with_number
from .index.index import Index
from .index.segment import Array, Segment
from .judge import BestName, as_hit, judge, rank
from .names.query_names import QueryName, query_names
from .names.score import NameScore, compare_names
from .names.weights import CEILING
from .policy import Policy
from .text.normalize import fold
from .types import Advisory, Channel, Evidence, Hit, ListedParty, Party, Quality, Schema, Screening

ENGINE_VERSION = "3.0"
"""MAJOR.MINOR: MAJOR changes when any score or fingerprint can, MINOR else."""
BLOCK = 200
"""Parties of a batch whose words are looked up together."""
WHY_NOT = "Nothing to match on: the party has no name, address or identifier that says anything."


def screen(index: Index, party: Party, policy: Policy, *, lists: frozenset[str] | None = None) -> Screening:
    """Answer for one party; `lists` narrows what is searched. Owners are parties of their own and not screened here."""
    names = query_names(party)
    if not _screenable(party, names):
        return Screening((), screenable=False, why_not=WHY_NOT)
    hits: list[Hit] = []
    advisories: list[Advisory] = []
    for segment, mask in zip(index.segments, index.masks(lists), strict=True):
        best, equal = _by_name(segment, mask, party, names, policy), _by_number(segment, mask, party)
        for entry in best.keys() | equal.keys():
            shown = as_hit(judge(party, segment.entry(entry), best.get(entry), equal.get(entry), policy))
            if shown is not None:
                hits.append(shown)
        for hit_or_advisory in _by_address(segment, mask, party, policy):
            if isinstance(hit_or_advisory, Hit):
                hits.append(hit_or_advisory)
            else:
                advisories.append(hit_or_advisory)
    answers = _best_of_each(hits)
    answered = {(answer.entry.list, answer.entry.uid) for answer in answers}
    kept = [advisory for advisory in advisories if (advisory.entry.list, advisory.entry.uid) not in answered]
    kept.sort(key=lambda advisory: (advisory.code, advisory.entry.list, advisory.entry.uid))
    return Screening(tuple(answers), tuple(kept))


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
        or any(number_of(identifier) is not None for identifier in party.identifiers)
    )


def _by_name(
    segment: Segment, mask: Array | None, party: Party, names: tuple[QueryName, ...], policy: Policy
) -> dict[int, BestName]:
    """The best comparison of each entry whose name comes near enough for the facts to lift it into the band."""
    facts = bool(party.addresses or party.birth_date or party.country or party.citizenships)
    floor = policy.possible - (MAX_LIFT if facts else 0.0)
    best_names: dict[int, BestName] = {}
    owners = segment.arrays["name_entry"]
    cores = segment.arrays["name_core"]
    for query in names:
        scores: dict[int, NameScore] = {}
        for number, most in candidates(segment, query.name, mask, floor):
            entry = int(owners[number])
            best = best_names.get(entry)
            if best is not None and not best.weak and best.score.points >= min(most, CEILING):
                continue
            name, core = segment.name(number), int(cores[number])
            score = scores.get(core) or scores.setdefault(core, compare_names(query.name, name))
            if score.points < floor:
                continue
            weak = query.weak or segment.weak(number)
            if best is None or rank(score, weak, number) < best.rank:
                best_names[entry] = BestName(query, name, number, segment.slot(number), score, weak)
    return best_names


def _allowed(mask: Array | None, entry: int) -> bool:
    return mask is None or bool(mask[entry])


def _by_number(segment: Segment, mask: Array | None, party: Party) -> dict[int, Evidence]:
    """Entries that carry one of the party's identifiers, with the first that is the same."""
    equal: dict[int, Evidence] = {}
    for identifier in party.identifiers:
        number = number_of(identifier)
        for entry_number in entries_with_number(segment, number) if number is not None else ():
            if entry_number not in equal and _allowed(mask, entry_number):
                same = same_identifier((identifier,), segment.entry(entry_number).identifiers)
                if same is not None:
                    equal[entry_number] = same
    return equal


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
                    evidence = address_evidence(text, listed, match)
                    rows.append(Hit(entry, match.points, band, Channel.ADDRESS, text, listed, Quality.UNKNOWN, evidence))
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


def _best_of_each(hits: list[Hit]) -> list[Hit]:
    """One hit an entry, best first; ties by list, then uid."""
    best: dict[tuple[str, str], Hit] = {}
    for hit in sorted(hits, key=lambda hit: (-hit.score, hit.channel, hit.matched_name)):
        best.setdefault((hit.entry.list, hit.entry.uid), hit)
    return sorted(best.values(), key=lambda hit: (-hit.score, hit.entry.list, hit.entry.uid))


def fingerprint(party: Party) -> str:
    """SHA-256 over the normalized facts that decide what a party hits: names, addresses, country, identifiers, birth date."""
    numbers = (number_of(identifier) for identifier in party.identifiers)
    facts = [
        sorted({" ".join(fold(text).words) for text in party.names}),
        sorted({" ".join(fold(text).words) for text in party.addresses}),
        party.country,
        sorted({f"{number.kind}:{number.value}:{number.country}" for number in numbers if number is not None}),
        party.birth_date,
    ]
    return hashlib.sha256(json.dumps(facts, ensure_ascii=True).encode()).hexdigest()
