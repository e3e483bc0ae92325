"""The answer of a pre-check as a value, and the floors: reasons why the outcome cannot be better than NEEDS_INFORMATION."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from licenses.rules.types import Determination, ListedAs, Outcome, PartyFacts, RedFlag, Severity


class FloorCode(StrEnum):
    """Why the outcome of an application is at least NEEDS_INFORMATION."""

    PARTY_NOT_SCREENED = "PARTY_NOT_SCREENED"
    HIT_UNDECIDED = "HIT_UNDECIDED"
    FLAG_BLOCKING = "FLAG_BLOCKING"
    NO_LISTS = "NO_LISTS"
    LIST_SAMPLE = "LIST_SAMPLE"
    LIST_EXPIRED = "LIST_EXPIRED"
    LIST_OUTDATED = "LIST_OUTDATED"
    LIST_MISSING = "LIST_MISSING"
    NO_PARTIES = "NO_PARTIES"
    NO_ITEMS = "NO_ITEMS"
    ITEM_NOT_DETERMINED = "ITEM_NOT_DETERMINED"


@dataclass(frozen=True, slots=True)
class SearchedLists:
    """The lists an answer rests on (lists.md 7). `loaded`: codes searched; `sample`: those of which only the starter list is
    loaded; `expired`: required lists not confirmed for too long; `stale`: lists past their cadence (shown, no floor);
    `outdated`: required lists published too long ago, code -> why; `missing`: required lists without a version, code -> why;
    `effects`: what a hit of a custom list does, as chosen when it was set up, code -> severity."""

    loaded: tuple[str, ...]
    sample: tuple[str, ...] = ()
    expired: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    outdated: Mapping[str, str] = field(default_factory=dict)
    missing: Mapping[str, str] = field(default_factory=dict)
    effects: Mapping[str, Severity] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Floor:
    """One reason why the outcome is at least NEEDS_INFORMATION; `about` is a party, item, flag or list code."""

    code: FloorCode
    sentence: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Conclusion:
    """The outcome of an application.

    `outcome` is None for classification and advisory opinion, which are screened and checked for completeness only.
    `items_outcome` is the gravest item before the floors. `why` explains in order: what the items found, then each floor,
    also those that a graver outcome makes moot. `reasons`, `policy`, `exceptions` feed the one-sentence outcome:
    what asks for a license in plain words, the strictest review policy, the exceptions that appear to fit. `hit_parties` and
    `barred_parties` (denied or blocked) are names, once each; `parties` counts names too.
    """

    outcome: Outcome | None
    why: tuple[str, ...]
    floors: tuple[Floor, ...]
    items_outcome: Outcome | None = None
    reasons: tuple[str, ...] = ()
    policy: str = ""
    exceptions: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    parties: int = 0
    hit_parties: tuple[str, ...] = ()
    barred_parties: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    ask: int = 0

    @property
    def held(self) -> bool:
        """Did a floor, not an item, make the outcome?"""
        return bool(self.floors) and self.outcome is Outcome.NEEDS_INFORMATION and self.items_outcome is not self.outcome

    @property
    def may_say_no_match(self) -> bool:
        """May the answer say "no match"? Only when every party was screened, with every required, real list (intake.md 8)."""
        blind = {floor.code for floor in self.floors} & {
            FloorCode.PARTY_NOT_SCREENED,
            FloorCode.NO_LISTS,
            FloorCode.LIST_SAMPLE,
            FloorCode.LIST_EXPIRED,
            FloorCode.LIST_OUTDATED,
            FloorCode.LIST_MISSING,
            FloorCode.NO_PARTIES,
        }
        return not self.hit_parties and not blind


def stands(hit: ListedAs) -> bool:
    """A hit that nobody ruled out."""
    return hit.counts or hit.undecided


def party_floors(parties: Sequence[PartyFacts]) -> Iterator[Floor]:
    """Parties not screened, and hits that nobody has decided."""
    if not parties:
        yield Floor(FloorCode.NO_PARTIES, "No party is stated, so nobody was screened.")
    for party in parties:
        name = party.name or party.id
        if not party.screened:
            yield Floor(FloorCode.PARTY_NOT_SCREENED, f"{name} was not screened; that does not mean it is not listed.", party.id)
        for hit in party.hits:
            if hit.undecided:
                yield Floor(
                    FloorCode.HIT_UNDECIDED,
                    f"{name} is a possible match with {hit.listed_name} on list {hit.list}, and nobody has decided yet.",
                    party.id,
                )


def flag_floors(flags: Sequence[RedFlag]) -> Iterator[Floor]:
    """Blocking red flags that are open. Those of an undecided hit are said by `party_floors` already."""
    for flag in flags:
        if flag.severity is Severity.BLOCKING:
            yield Floor(FloorCode.FLAG_BLOCKING, f"Red flag {flag.code} is open: {flag.why}", flag.code)


def list_floors(lists: SearchedLists) -> Iterator[Floor]:
    """Lists that could not be searched, or not in a state one may rely on."""
    if not lists.loaded:
        yield Floor(FloorCode.NO_LISTS, "No control list is loaded, so no party could be compared with one.")
    if lists.sample:
        codes = ", ".join(lists.sample)
        yield Floor(FloorCode.LIST_SAMPLE, f"Only the sample list is loaded for {codes}; real lists were not searched.", codes)
    for code in lists.expired:
        yield Floor(FloorCode.LIST_EXPIRED, f"List {code} has not been confirmed for too long to rely on it.", code)
    for code, reason in lists.missing.items():
        yield Floor(FloorCode.LIST_MISSING, f"Required list {code} is missing: {reason}".rstrip(".") + ".", code)


def age_floors(lists: SearchedLists) -> Iterator[Floor]:
    """Lists whose edition was published too long ago, one floor for those of one day."""
    codes: dict[str, list[str]] = {}
    for code, reason in lists.outdated.items():
        codes.setdefault(reason, []).append(code)
    for reason, named in codes.items():
        about = ", ".join(named)
        yield Floor(FloorCode.LIST_OUTDATED, f"No answer may rest on {about}: {reason}.", about)


def item_floors(determinations: Mapping[str, Determination], expected: int) -> Iterator[Floor]:
    """Items that have no answer: none stated, or fewer answers than lines."""
    if not expected and not determinations:
        yield Floor(FloorCode.NO_ITEMS, "No item is stated, so no license requirement could be determined.")
    elif len(determinations) < expected:
        yield Floor(FloorCode.ITEM_NOT_DETERMINED, f"{expected - len(determinations)} of {expected} items have no answer.")
