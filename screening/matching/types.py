"""The words the matching engine is spoken to in: parties go in, hits with evidence come out.

Everything here is a frozen value. Dictionaries stop at the door: `read_party.party_from_dict` is the one place where an
outside party (JSON line, request, form) becomes a value.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Schema(StrEnum):
    """What kind of thing a party or a listed party is; UNKNOWN is screened against every kind."""

    ORGANIZATION = "organization"
    PERSON = "person"
    VESSEL = "vessel"
    AIRCRAFT = "aircraft"
    ADDRESS = "address"
    UNKNOWN = "unknown"


class Quality(StrEnum):
    """Alias quality as the publisher states it; BIS and State state none (UNKNOWN)."""

    STRONG = "strong"
    WEAK = "weak"
    UNKNOWN = "unknown"


class Channel(StrEnum):
    """What produced a hit: the name, the address or an identifier."""

    NAME = "name"
    ADDRESS = "address"
    IDENTIFIER = "identifier"


class Band(StrEnum):
    """One scale with the verdict: any STRONG hit is a match, else any POSSIBLE hit a possible match."""

    STRONG = "strong"
    POSSIBLE = "possible"


class Verdict(StrEnum):
    """Answer for one party; NOT_SCREENED never reads as no match."""

    MATCH = "match"
    POSSIBLE_MATCH = "possible_match"
    NO_MATCH = "no_match"
    NOT_SCREENED = "not_screened"


class Role(StrEnum):
    """Role of a party in the application (docs/contract.md); it never narrows what is screened."""

    APPLICANT = "applicant"
    OTHER_PARTY = "other_party"
    PURCHASER = "purchaser"
    INTERMEDIATE_CONSIGNEE = "intermediate_consignee"
    ULTIMATE_CONSIGNEE = "ultimate_consignee"
    END_USER = "end_user"
    ORIGINAL_ULTIMATE_CONSIGNEE = "original_ultimate_consignee"
    FREIGHT_FORWARDER = "freight_forwarder"
    MANUFACTURER = "manufacturer"
    BANK = "bank"
    NOTIFY_PARTY = "notify_party"
    OWNER = "owner"
    FOREIGN_PERSON = "foreign_person"
    VESSEL = "vessel"
    OTHER = "other"


class PartyError(ValueError):
    """A party that cannot be read; `code` is stable, the text says what to change."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number issued by somebody: type (as given, e.g. "IMO", "Registration Number"), value, issuing country."""

    type: str
    value: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """A party as entered. `addresses` are one-line texts; `country` is ISO 3166 alpha-2 or "" (unknown).

    `share_percent` has a meaning for owners only: percent held in the party above, None = unknown.
    `listed` carries hits a caller already has (command `determine`); the engine never reads it.
    """

    name: str = ""
    id: str = ""
    role: str = ""
    other_names: tuple[str, ...] = ()
    kind: Schema = Schema.UNKNOWN
    addresses: tuple[str, ...] = ()
    country: str = ""
    identifiers: tuple[Identifier, ...] = ()
    birth_date: str = ""
    citizenships: tuple[str, ...] = ()
    owners: tuple[Party, ...] = ()
    share_percent: float | None = None
    listed: tuple[Mapping[str, Any], ...] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Every name to screen, the primary one first, blanks and repeats left out."""
        return tuple(dict.fromkeys(n for n in (self.name, *self.other_names) if n.strip()))


@dataclass(frozen=True, slots=True)
class Alias:
    """A further name of a listed party. `kind`: aka, fka, nka, abbreviation, script."""

    name: str
    quality: Quality = Quality.UNKNOWN
    kind: str = "aka"


@dataclass(frozen=True, slots=True)
class ListedParty:
    """One entry of a control list, in the publisher's words with normalized companions beside them.

    `uid` is unique within `list` (lists.md 3). `addresses` are printed one-line texts, split but not parsed.
    `countries` are ISO alpha-2. `requirement_code`/`policy_code` are lists.md 6 codes made from the raw texts
    beside them. `effective_on`/`expires_on` bind denial orders: inclusive dates, None = open.
    `raw` keeps publisher text whose normalization loses something (column name -> text).
    """

    list: str
    uid: str
    name: str
    schema: Schema = Schema.UNKNOWN
    aliases: tuple[Alias, ...] = ()
    addresses: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    birth_dates: tuple[str, ...] = ()
    citizenships: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    license_requirement: str = ""
    requirement_code: str = ""
    license_policy: str = ""
    policy_code: str = ""
    federal_register: str = ""
    footnotes: tuple[str, ...] = ()
    effective_on: dt.date | None = None
    expires_on: dt.date | None = None
    remarks: str = ""
    source_url: str = ""
    raw: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One line of explanation: which feature compared which two texts, the similarity (0-1) and its effect.

    `value` is None where a feature has no similarity (a note). `effect` is in score points or plain words,
    e.g. "+4.0" or "ignored"; `sentence` is what a reviewer reads.
    """

    feature: str
    query: str
    listed: str
    value: float | None
    effect: str
    sentence: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The contract's explanation object."""
        row: dict[str, Any] = {
            "feature": self.feature,
            "query": self.query,
            "listed": self.listed,
            "value": None if self.value is None else round(self.value, 4),
            "effect": self.effect,
        }
        if self.sentence:
            row["sentence"] = self.sentence
        return row


@dataclass(frozen=True, slots=True)
class Hit:
    """A listed party that answers to the query: score 0-100, band, the name or address that matched, evidence."""

    entry: ListedParty
    score: float
    band: Band
    channel: Channel
    query: str
    matched_name: str
    alias_quality: Quality
    explanation: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Advisory:
    """Something worth showing that is no hit: `code` ADDRESS_SAME_BUILDING (same building, other unit)."""

    code: str
    entry: ListedParty
    query: str
    listed: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Screening:
    """Answer for one party: hits best first (ties by list, then uid), advisories, `screenable` False when the
    party has neither a name nor an address nor an identifier that says anything."""

    hits: tuple[Hit, ...]
    advisories: tuple[Advisory, ...] = ()
    screenable: bool = True
    why_not: str = ""

    @property
    def verdict(self) -> Verdict:
        """Verdict on the one scale of the contract."""
        if any(hit.band is Band.STRONG for hit in self.hits):
            return Verdict.MATCH
        if self.hits:
            return Verdict.POSSIBLE_MATCH
        return Verdict.NO_MATCH if self.screenable else Verdict.NOT_SCREENED


@dataclass(frozen=True, slots=True)
class PairScore:
    """Answer of `score_pairs`: the very scorer that `screen` uses, on one pair."""

    score: float
    verdict: Verdict
    explanation: tuple[Evidence, ...]
