"""The values the rules are spoken to in: facts go in, findings come out. Nothing here knows Django, a clock or a list.

A fact is true, false or None: None is *unknown*, a value of its own, never read as false where false would free
the exporter. Countries are ISO 3166 alpha-2, dates are law dates, money is Decimal US dollars.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

BITING_ROLES = frozenset(("purchaser", "intermediate_consignee", "ultimate_consignee", "end_user", "foreign_person"))
"""Roles in which a listed party creates a license requirement (748.5(c)-(f), 744.16(a))."""
UNASKED_TYPES = ("classification", "advisory_opinion")
"""Application types that state no end use and no transaction."""

FactValue = bool | float | str | tuple[str, ...]
"""A stated fact; an unknown fact is absent from the mapping that holds it."""


class Outcome(StrEnum):
    """Answer for an item or an application; `rank` orders them, the gravest wins (docs/contract.md)."""

    NOT_SUBJECT_TO_EAR = "NOT_SUBJECT_TO_EAR"
    NO_LICENSE_REQUIRED = "NO_LICENSE_REQUIRED"
    LICENSE_EXCEPTION = "LICENSE_EXCEPTION"
    NEEDS_INFORMATION = "NEEDS_INFORMATION"
    LICENSE_REQUIRED = "LICENSE_REQUIRED"
    PROHIBITED = "PROHIBITED"

    @property
    def rank(self) -> int:
        """0 (not subject to the EAR) to 5 (prohibited)."""
        return list(Outcome).index(self)


def gravest(*outcomes: Outcome) -> Outcome:
    """The gravest of at least one outcome."""
    return max(outcomes, key=lambda outcome: outcome.rank)


class TransactionType(StrEnum):
    """What happens to the item (734.13, 734.14, 734.16)."""

    EXPORT = "export"
    REEXPORT = "reexport"
    IN_COUNTRY_TRANSFER = "in_country_transfer"
    DEEMED_EXPORT = "deemed_export"


MOVEMENTS = tuple(kind.value for kind in TransactionType)
"""The application types that are a movement themselves; replacement and resubmission name theirs in `transaction`."""


class HitDecision(StrEnum):
    """What a person decided about a hit; absence (None) means undecided."""

    TRUE_MATCH = "true_match"
    FALSE_POSITIVE = "false_positive"
    NOT_IN_SCOPE = "not_in_scope"


class Severity(StrEnum):
    """Of a red flag: info is shown, warning must be answered before READY, blocking holds the outcome."""

    INFO = "info"
    WARNING = "warning"
    BLOCKING = "blocking"


class RuleInputError(ValueError):
    """An input line that cannot be read; `code` is stable, the text names the key and the remedy."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


class Reply(StrEnum):
    """What a step answers to its question, where it is a question of yes or no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class HitRef:
    """Which hit a finding is about: code of the list and uid of the entry, "" where the caller of the rules gave none."""

    list: str
    entry: str


@dataclass(frozen=True, slots=True)
class ListedAs:
    """One hit of a party, as the rules see it (the Hit of docs/contract.md). Texts are the publisher's;
    the codes are those of lists.md 6, "" where the caller gave only text (the rules then read the text)."""

    list: str
    listed_name: str
    entry: str = ""
    matched_name: str = ""
    channel: str = "name"
    band: str = "strong"
    score: float = 100.0
    alias_quality: str = "unknown"
    license_requirement: str = ""
    requirement_code: str = ""
    license_policy: str = ""
    policy_code: str = ""
    federal_register: str = ""
    programs: tuple[str, ...] = ()
    footnotes: tuple[str, ...] = ()
    effective_on: dt.date | None = None
    expires_on: dt.date | None = None
    decision: HitDecision | None = None
    settled: str = ""
    """Disposition of a blocking concern that a person settled: "mitigated" or "" (none)."""

    @property
    def ref(self) -> HitRef:
        """What findings about this hit name."""
        return HitRef(self.list, self.entry)

    @property
    def counts(self) -> bool:
        """Confirmed, or strong and undecided."""
        return self.decision is HitDecision.TRUE_MATCH or (self.decision is None and self.band == "strong")

    @property
    def undecided(self) -> bool:
        """A possible hit nobody has decided: at least NEEDS_INFORMATION."""
        return self.decision is None and self.band != "strong"

    @property
    def stands(self) -> bool:
        """A hit that nobody ruled out: confirmed, strong or still possible."""
        return self.counts or self.undecided

    def in_force(self, as_of: dt.date) -> bool:
        """Is the entry or order in force on the date? An open bound always holds."""
        return (self.effective_on is None or self.effective_on <= as_of) and (self.expires_on is None or as_of <= self.expires_on)

    def bites(self, as_of: dt.date) -> bool:
        """Does the hit count, and is the entry or order in force on the date?"""
        return self.counts and self.in_force(as_of)


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """A party of the transaction with its hits. `screened` False: could not be screened, never read as clear.
    `advisories` are codes such as ADDRESS_SAME_BUILDING. `facts` are answers about this party only (intake.md 1.3).
    `found_in`: the text in which the name of somebody who is not entered as a party was found; "" for a given party."""

    id: str
    role: str
    name: str
    country: str = ""
    addresses: tuple[str, ...] = ()
    citizenships: tuple[str, ...] = ()
    hits: tuple[ListedAs, ...] = ()
    advisories: tuple[str, ...] = ()
    owners: tuple[PartyFacts, ...] = ()
    share_percent: float | None = None
    screened: bool = True
    found_in: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """A line item. `eccn` as the exporter states it ("3A001.a.2", "EAR99"); `origin` ISO alpha-2, default US."""

    id: str
    eccn: str
    description: str = ""
    hs6: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    value_usd: Decimal | None = None
    origin: str = "US"


@dataclass(frozen=True, slots=True)
class Case:
    """What `determine` answers: one item, its transaction, the parties, and the stated end-use facts. `flags`: codes of the
    open red flags of the application (info left out), which turn a question that they point to from ASK into HOLD."""

    id: str
    transaction: TransactionType
    destination: str
    item: ItemFacts
    parties: tuple[PartyFacts, ...]
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RowRef:
    """Which rule row spoke: table, rule_id, how sure (`seen`, `inferred`, `unverified`), its dates."""

    table: str
    rule_id: str
    verified: str = "seen"
    effective_from: dt.date | None = None
    effective_to: dt.date | None = None
    enforcement_status: str = "active"


@dataclass(frozen=True, slots=True)
class Finding:
    """One step that ran: `step` (A1 to K), the question in plain words, the reason with the fact used, the effect
    (none, requirement, maybe, filter, stop, question, note), the citation and the row that spoke, if one did. `hits`: those
    the step is about; `reply` None where the question is none of yes or no."""

    step: str
    question: str
    reason: str
    effect: str
    citation: str
    row: RowRef | None = None
    hits: tuple[HitRef, ...] = ()
    reply: Reply | None = None

    @property
    def answer(self) -> str:
        """Reply and reason as people read them: "no: stated", "no"."""
        return ": ".join(part for part in (self.reply, self.reason) if part)


@dataclass(frozen=True, slots=True)
class Requirement:
    """A definite license requirement. `policy` is the review policy in lower-case words (docs/contract.md)."""

    reason: str
    column: str
    rule: str
    citation: str
    policy: str = "not stated"
    verified: str = "seen"


@dataclass(frozen=True, slots=True)
class ExceptionFinding:
    """A license exception considered: available, possible (a fact is unknown) or unavailable; `why` names what decided."""

    code: str
    status: str
    why: str
    citation: str
    duties: tuple[str, ...] = ()
    verified: str = "seen"


@dataclass(frozen=True, slots=True)
class MissingFact:
    """A missing fact: the exact key to send, the question in the exporter's words, why it matters, whether it holds
    the outcome at NEEDS_INFORMATION, and the answers allowed."""

    fact: str
    text: str
    why: str
    rule_id: str
    hold: bool
    answers: tuple[str, ...] = ("true", "false")


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty that open conditions put on shipping, for example UVL_STATEMENT_BEFORE_SHIPMENT. `before`: export or filing."""

    code: str
    why: str
    citation: str
    before: str = "export"


@dataclass(frozen=True, slots=True)
class Determination:
    """Answer of `determine` for one item; `rules` is the digest of the rows in force."""

    id: str
    outcome: Outcome
    requirements: tuple[Requirement, ...]
    exceptions: tuple[ExceptionFinding, ...]
    review_policy: str | None
    questions: tuple[MissingFact, ...]
    conditions: tuple[Duty, ...]
    steps: tuple[Finding, ...]
    rules: str
    unverified_rules: int


@dataclass(frozen=True, slots=True)
class RedFlag:
    """A red flag raised by the application's facts, with what raised it (`facts`) and how it is settled.
    `party` or `item` is the id it is about, "" for the whole application; `diversion` marks the codes with a dagger. `hit`: the
    hit that raised it; `settled_with_hit`: whoever decides whether the party is the listed one has settled the flag."""

    code: str
    severity: Severity
    why: str
    facts: tuple[str, ...]
    citation: str
    party: str = ""
    item: str = ""
    settle: str = ""
    diversion: bool = False
    verified: str = "seen"
    hit: HitRef | None = None
    settled_with_hit: bool = False


@dataclass(frozen=True, slots=True)
class ApplicationFacts:
    """A whole application as the rules see it. `answers` holds the facts of end use and the keys of intake.md 1.3;
    `type` may be one of the eight application types, `transaction` the kind of movement behind it (None for
    classification and advisory_opinion)."""

    id: str
    type: str
    transaction: TransactionType | None
    destination: str
    end_use: str
    parties: tuple[PartyFacts, ...]
    items: tuple[ItemFacts, ...]
    answers: Mapping[str, Any] = field(default_factory=dict)
    item_answers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    form: Mapping[str, Any] = field(default_factory=dict)
    """Fields of the form beyond parties and items (intake.md 1.2), by field name, as the wizard stores them."""
