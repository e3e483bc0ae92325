"""The typed rows of the rule tables: end uses, embargoes, exceptions, review policies, foreign-direct products, switches."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from licenses.rules.eccn import Eccn
from licenses.rules.tables.rows import Meta


@dataclass(frozen=True, slots=True)
class EndUseRow:
    """An end-use, end-user, support, party or embargo rule of parts 744 and 746. `countries` and `items` are specs
    (selectors.py); `true_effect` what a true fact does; `unknown_effect` what an absent one does: HOLD, ASK or NONE. Of
    `keywords` one in the text, of `red_flags` one that is open, turns ASK into HOLD. `approved_headquarters`: the spec of the
    countries whose firms are presumed to be approved (744.23(d)), "" for none."""

    meta: Meta
    section: str
    name: str
    fact: str
    countries: str
    items: str
    reach: str
    true_effect: str
    unknown_effect: str
    unless_fact: str
    kindred_reasons: frozenset[str]
    kindred_group: str
    keywords: tuple[str, ...]
    red_flags: frozenset[str]
    exceptions: frozenset[str]
    paragraphs: dict[str, tuple[str, ...]]
    policy: str
    policy_condition: str
    policy_verified: str
    approved_headquarters: str


@dataclass(frozen=True, slots=True)
class ProgramRow:
    """A program tag of the SDN List that 744.8 covers."""

    meta: Meta
    program: str
    family: str
    policy: str


@dataclass(frozen=True, slots=True)
class EmbargoExceptionRow:
    """An exception that part 746 leaves for a destination; NOT_REQUIRED frees on stated facts, NONE leaves nothing."""

    meta: Meta
    destination: str
    code: str
    paragraphs: str
    condition: str


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """A review policy. `scope` and `countries` are specs; `counts`: always, never (shown only) or the facts it needs."""

    meta: Meta
    reason: str
    scope: str
    countries: str
    counts: str
    policy: str
    item_scope: str
    printed_policy: str
    condition: str


@dataclass(frozen=True, slots=True)
class ExceptionScopeRow:
    """A list-based exception of an entry: paragraphs, US dollar limit, barred reasons, destinations (spec or "ask")."""

    meta: Meta
    eccn: str
    code: str
    scope_kind: str
    scope: tuple[Eccn, ...]
    excepts: tuple[Eccn, ...]
    usd_limit: Decimal | None
    barred_reasons: frozenset[str]
    destinations: str
    conditional: bool
    note: str


@dataclass(frozen=True, slots=True)
class ExceptionRow:
    """A license exception of part 740. `basis`: item (decided by item, destination, value) or claim (by a situation that
    only the exporter can assert); `rank` is the order tried, `countries` the spec of destinations it is made for."""

    meta: Meta
    code: str
    name: str
    basis: str
    rank: int
    countries: str
    eligibility: str
    destinations: str
    restrictions: str
    duties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FilterRow:
    """A restriction of 740.2(a). `survivors`: codes left; `any` or `not:CODE`."""

    meta: Meta
    paragraph: str
    applies_to: str
    survivors: str
    text: str


@dataclass(frozen=True, slots=True)
class FdpRow:
    """A foreign-direct product rule of 734.9: product scope and reach (by country, footnote or fact), both needed."""

    meta: Meta
    section: str
    name: str
    items: str
    countries: str
    footnote: str
    reach_fact: str
    requirement_section: str
    requirement_reason: str
    presumed_by: str
    product_scope: str
    technology_input: str
    reach: str


@dataclass(frozen=True, slots=True)
class DeMinimisRow:
    """A threshold (percent) or a class without de minimis level (734.4)."""

    meta: Meta
    kind: str
    percent: float | None
    items: str
    countries: str
    condition: str
    text: str


@dataclass(frozen=True, slots=True)
class EntityScopeRow:
    """What the rules know of the Entity List: address entries, footnotes, normal forms, groups."""

    meta: Meta
    kind: str
    key: str
    value: str
    policy: str
    text: str
    exceptions: str


@dataclass(frozen=True, slots=True)
class SwitchRow:
    """A dated switch or constant: `state` active or stayed; rows change by reviewed commit or by two list admins."""

    meta: Meta
    name: str
    state: str
    value: str
    text: str


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A fact that is shown, not computed with (deemed exports, the supplements of part 746)."""

    meta: Meta
    topic: str
    kind: str
    text: str
