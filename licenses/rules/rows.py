"""The typed rows of licenses/rules/data: one frozen class a table; `meta` says where a row comes from and how sure it is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from licenses.rules.eccn import Eccn
from licenses.rules.types import RowRef


@dataclass(frozen=True, slots=True)
class Meta:
    """What every row carries. `ref` (table, rule_id, verified, dates, enforcement status) is what a finding shows."""

    ref: RowRef
    citation: str
    source_as_of: dt.date
    line: int

    @property
    def unverified(self) -> bool:
        """Recalled, not seen: the product writes *unverified* beside it."""
        return self.ref.verified == "unverified"

    @property
    def enforced(self) -> bool:
        """Printed and enforced; False for stayed, not enforced and reserved rows."""
        return self.ref.enforcement_status == "active"


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A country of the Commerce Country Chart (Supp. 1 to part 738) with its marked columns ("NS1"). `pointer`: the
    section that decides instead (row_kind embargo_pointer) or the country whose marks count (inherit)."""

    meta: Meta
    iso2: str
    name: str
    marks: frozenset[str]
    footnotes: tuple[str, ...]
    row_kind: str
    pointer: str


@dataclass(frozen=True, slots=True)
class FootnoteRow:
    """A footnote of the chart: countries, entries, and what step G4 does (note, question, requirement, inherit)."""

    meta: Meta
    footnote: str
    countries: frozenset[str]
    action: str
    items: tuple[Eccn, ...]
    except_items: tuple[Eccn, ...]
    reason: str
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class GroupRow:
    """Country Groups of one country (Supp. 1 to part 740): "A1" to "E2"."""

    meta: Meta
    iso2: str
    groups: frozenset[str]


@dataclass(frozen=True, slots=True)
class SetRow:
    """One country of a named set (gecc, un_arms, enc_favorable, dependency …); `value` is what the set says of it."""

    meta: Meta
    set: str
    iso2: str
    value: str


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A place name or the beginning of a postal code that lies in Crimea or the so-called DNR or LNR (746.6)."""

    meta: Meta
    region: str
    kind: str
    term: str


@dataclass(frozen=True, slots=True)
class CclRow:
    """An entry of the Commerce Control List. `other_agency` is not "" when the entry belongs to another agency; `lvs` and
    `gbs` are Y, N, cond or "" (not stated); `sta_restriction` the codes of its License Exception STA paragraph."""

    meta: Meta
    eccn: str
    category: str
    group: str
    series: str
    heading_words: tuple[str, ...]
    lvs: str
    gbs: str
    list_exceptions: str
    sta_restriction: tuple[str, ...]
    sta_paragraphs: tuple[Eccn, ...]
    other_agency: str
    reasons_without_row: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ControlRow:
    """One license requirement of an entry: reason, scope, kind and chart columns (docs/determination.md, G2).
    `countries`: a spec that limits a row whose text names countries, "" for no limit."""

    meta: Meta
    eccn: str
    reason: str
    scope_kind: str
    scope: tuple[Eccn, ...]
    excepts: tuple[Eccn, ...]
    conditional: bool
    kind: str
    columns: tuple[str, ...]
    countries: str


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """A curated fact that decides a conditional requirement row: `control` is its rule_id, `result` YES or NO."""

    meta: Meta
    control: str
    fact: str
    value: bool
    result: str
    text: str


@dataclass(frozen=True, slots=True)
class HsRow:
    """A six-digit HS code of a list: CHPL (with tier), SUPP2, SUPP4, SUPP5 (with a US dollar price per unit) or SUPP7."""

    meta: Meta
    list: str
    hs6: str
    tier: str
    usd_per_unit_min: Decimal | None
    description: str


@dataclass(frozen=True, slots=True)
class NamedItemRow:
    """An item of Supp. 6 to part 746 by name; chemicals with CAS number and least concentration in percent."""

    meta: Meta
    paragraph: str
    kind: str
    item: str
    cas: str
    min_percent: float | None
    limit: str


@dataclass(frozen=True, slots=True)
class EccnSetRow:
    """One ECCN of a named set. `limited`: only what `scope` names; without scope a person must read `note`.
    `parameters_inside`: of the paragraphs in `scope` only what `note` says; `parameters_outside`: they and, beyond them,
    what `note` says."""

    meta: Meta
    set: str
    eccn: Eccn
    scope_kind: str
    scope: tuple[Eccn, ...]
    note: str


@dataclass(frozen=True, slots=True)
class EndUseRow:
    """An end-use, end-user, support, party or embargo rule of parts 744 and 746. `countries` and `items` are specs
    (specs.py); `true_effect` what a true fact does; `unknown_effect` what an absent one does: HOLD, ASK or NONE. Of
    `keywords` one in the text, of `red_flags` one that is open, turns ASK into HOLD."""

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
class ListEffectRow:
    """What a hit of a list does: stop, requirement, conditions, blocking, warning or info, and the words shown."""

    meta: Meta
    list: str
    effect: str
    words: str


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A fact that is shown, not computed with (deemed exports, the supplements of part 746)."""

    meta: Meta
    topic: str
    kind: str
    text: str
