"""The typed rows of licenses/rules/data: one frozen class a table; `meta` says where a row comes from and how sure it is.

Here what is printed about items and countries (CCL, chart, lists); rule_rows.py has the rules of parts 734 to 746 and 764."""

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
    """A footnote of the chart: countries, entries, and what step G4 does (note, question, requirement, inherit). `column`:
    the chart column of the requirement, for `inherit` the country whose row is used."""

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
    """A curated fact that decides a conditional row of a requirement or an exception: `control` is its rule_id, `result` YES
    or NO."""

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
