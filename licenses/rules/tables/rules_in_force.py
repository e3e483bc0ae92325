"""The rules in force on one date, indexed for the steps of the walk. Built by Tables.in_force, never by hand."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any

from licenses.rules.countries import COUNTRY_NAMES
from licenses.rules.eccn import Eccn, Fit, applicability
from licenses.rules.tables.eccn_paragraphs import doubtful, named_letters
from licenses.rules.tables.eccn_sets import holds
from licenses.rules.tables.list_facts import ListFacts
from licenses.rules.tables.occupied_regions import Gazetteer
from licenses.rules.tables.rows import (
    CclRow,
    ChartRow,
    ConditionRow,
    ControlRow,
    EccnSetRow,
    FootnoteRow,
    GroupRow,
    HsRow,
    NamedItemRow,
    RegionRow,
    SetRow,
)
from licenses.rules.tables.rule_rows import (
    DeMinimisRow,
    EmbargoExceptionRow,
    EndUseRow,
    EntityScopeRow,
    ExceptionRow,
    ExceptionScopeRow,
    FdpRow,
    FilterRow,
    NoteRow,
    PolicyRow,
    ProgramRow,
    SwitchRow,
)
from licenses.rules.tables.selectors import combine, country_tokens, item_tokens, plain_item_fit, without

_CACHE_LIMIT = 20_000
"""ECCNs come from outside: a cache by ECCN is emptied before it grows past this many entries."""
_CAS = re.compile(r"(?<!\d)\d{2,7}-\d{2}-\d(?!\d)")
_DASH = re.compile(r"\s*[-\u2010-\u2015\u2212]\s*")
_ITEM_LIMIT = 4_000
"""Items whose answers by spec are kept: each holds some thirty."""


class RulesInForce:
    """Typed, indexed access to the rows in force. Countries are ISO 3166 alpha-2; unknown keys give None or empty, never
    a guess. `digest` names this very set of rows."""

    def __init__(self, rows: Mapping[str, Sequence[Any]], digest: str) -> None:
        self.digest = digest
        self.newest_source = max((row.meta.source_as_of for part in rows.values() for row in part), default=dt.date.min)
        self._chart: dict[str, ChartRow] = {row.iso2: row for row in rows["country_chart"]}
        self._groups: dict[str, GroupRow] = {row.iso2: row for row in rows["country_groups"]}
        self._sets: dict[str, dict[str, SetRow]] = _by_two(rows["country_sets"], "set", "iso2")
        self._ccl: dict[str, CclRow] = {row.eccn: row for row in rows["ccl_entries"]}
        self._controls: dict[str, tuple[ControlRow, ...]] = _grouped(rows["ccl_controls"], "eccn")
        self._letters: dict[str, frozenset[str]] = named_letters(rows)
        self._conditions: dict[str, tuple[ConditionRow, ...]] = _grouped(rows["condition_rules"], "control")
        self._hs: dict[str, dict[str, HsRow]] = _by_two(rows["hs_lists"], "list", "hs6")
        self._cas: dict[str, tuple[NamedItemRow, ...]] = _grouped([row for row in rows["named_items"] if row.cas], "cas")
        self._eccn_sets: dict[str, tuple[EccnSetRow, ...]] = _grouped(rows["eccn_sets"], "set")
        self._programs: dict[str, ProgramRow] = {row.program: row for row in rows["sdn_programs"]}
        self._embargo_exceptions: dict[str, tuple[EmbargoExceptionRow, ...]] = _grouped(rows["embargo_exceptions"], "destination")
        self._policies: dict[str, tuple[PolicyRow, ...]] = _grouped(rows["review_policies"], "reason")
        self._scopes: dict[str, tuple[ExceptionScopeRow, ...]] = _grouped(rows["exception_scopes"], "eccn")
        self._exceptions: dict[str, ExceptionRow] = {
            row.code: row for row in sorted(rows["exceptions"], key=lambda row: row.rank)
        }
        self._filters: dict[str, FilterRow] = {row.paragraph: row for row in rows["exception_filters"]}
        self._effects: dict[str, ListFacts] = {row.list: row for row in rows["list_effects"]}
        self._switches: dict[str, SwitchRow] = {row.name: row for row in rows["switches"]}
        self._gazetteer = Gazetteer(rows["ua_regions"])
        self._end_use_by_id: dict[str, EndUseRow] = {row.meta.ref.rule_id: row for row in rows["end_use_rules"]}
        self._entity_scope: dict[str, dict[str, EntityScopeRow]] = _by_two(rows["entity_list_scope"], "kind", "key")
        self.named_items: tuple[NamedItemRow, ...] = tuple(rows["named_items"])
        self.footnotes: tuple[FootnoteRow, ...] = tuple(rows["chart_footnotes"])
        self.end_use_rules: tuple[EndUseRow, ...] = tuple(row for row in rows["end_use_rules"] if row.fact)
        self.fdp_rules: tuple[FdpRow, ...] = tuple(rows["fdp_rules"])
        self.de_minimis: tuple[DeMinimisRow, ...] = tuple(rows["de_minimis"])
        self.notes: tuple[NoteRow, ...] = tuple(rows["notes"])
        self._footnotes_of: dict[str, tuple[FootnoteRow, ...]] = {}
        self._country_cache: dict[str, frozenset[str]] = {}
        self._control_cache: dict[Eccn, tuple[tuple[ControlRow, Fit], ...]] = {}
        self._fits: dict[tuple[Eccn, str], dict[str, Fit]] = {}
        self._set_cache: dict[tuple[str, Eccn], tuple[EccnSetRow | None, Fit]] = {}
        self._rule_ids = frozenset(row.meta.ref.rule_id for part in rows.values() for row in part)

    def has_rule(self, rule_id: str) -> bool:
        """Is there a row with this id in force?"""
        return rule_id in self._rule_ids

    def governing(self, iso: str) -> str:
        """The state whose row counts: a dependency follows its state (738.3(b)), every other country itself."""
        row = self._sets.get("dependency", {}).get(iso)
        return row.value if row else iso

    def chart(self, iso: str) -> ChartRow | None:
        """The Country Chart row that counts for a country, None when the chart has none."""
        row = self._chart.get(self.governing(iso))
        return self._chart.get(row.pointer) if row and row.row_kind == "inherit" else row

    def printed_chart(self, iso: str) -> ChartRow | None:
        """The row printed for the country itself, before inheritance."""
        return self._chart.get(self.governing(iso))

    def footnotes_of(self, iso: str) -> tuple[FootnoteRow, ...]:
        """The footnotes of the Country Chart for a country: its own, and those of the row that it uses (738.3(b))."""
        found = self._footnotes_of.get(iso)
        if found is None:
            state = self.governing(iso)
            used = {note.column for note in self.footnotes if note.action == "inherit" and state in note.countries}
            found = self._footnotes_of[iso] = tuple(note for note in self.footnotes if {state, *used} & note.countries)
        return found

    def in_group(self, iso: str, group: str) -> bool:
        """Is the country in a Country Group, "D5" or "D:5"? Hong Kong counts with the groups of China."""
        row = self._groups.get(self.governing(iso))
        return row is not None and group.replace(":", "") in row.groups

    def groups(self, iso: str) -> frozenset[str]:
        """All groups of a country, empty when it has none."""
        row = self._groups.get(self.governing(iso))
        return row.groups if row else frozenset()

    def in_set(self, name: str, iso: str) -> bool:
        """Is the country, or the state it follows, in a named set of country_sets?"""
        return self.set_row(name, iso) is not None

    def set_row(self, name: str, iso: str) -> SetRow | None:
        """The row that puts a country, or the state it follows, in a set."""
        members = self._sets.get(name, {})
        return members.get(iso) or members.get(self.governing(iso))

    def partner(self, iso: str) -> bool:
        """Is the country in Supp. 3 to part 746 (partner countries)?"""
        return self.in_set("gecc", iso)

    def countries(self, spec: str) -> frozenset[str]:
        """The countries that a spec (specs.py) names."""
        found = self._country_cache.get(spec)
        if found is None:
            taken, left_out = country_tokens(spec)
            found = frozenset(
                iso
                for iso in COUNTRY_NAMES
                if any(self._reached(iso, token) for token in taken) and not any(self._reached(iso, token) for token in left_out)
            )
            self._country_cache[spec] = found
        return found

    def _reached(self, iso: str, name: str) -> bool:
        if name == "any":
            return True
        if name.startswith("set:"):
            return self.in_set(name[4:], iso)
        if ":" in name or name == "B":
            return self.in_group(iso, name)
        state = self.governing(iso)
        return state == name or (state == "HK" and name == "CN")

    def ccl(self, base: str) -> CclRow | None:
        """The entry of a five-character ECCN or EAR99, None when the tables do not know it."""
        return self._ccl.get(base)

    def entries(self) -> tuple[CclRow, ...]:
        """Every entry, in the order of the list."""
        return tuple(self._ccl.values())

    def controls(self, base: str) -> tuple[ControlRow, ...]:
        """The requirement rows of an entry."""
        return self._controls.get(base, ())

    def fitting_controls(self, item: Eccn) -> tuple[tuple[ControlRow, Fit], ...]:
        """The requirement rows that reach the item, with YES or MAYBE."""
        found = self._control_cache.get(item)
        if found is None:
            fits = (
                (row, applicability(row.scope_kind, row.scope, row.excepts, row.conditional, item))
                for row in self.controls(item.base)
            )
            found = tuple((row, fit) for row, fit in fits if fit is not Fit.NO)
            if len(self._control_cache) > _CACHE_LIMIT:
                self._control_cache.clear()
            self._control_cache[item] = found
        return found

    def doubtful_paragraph(self, item: Eccn) -> str:
        """Why the first paragraph of the ECCN must be asked, "" when it may be one that the entry prints (paragraphs.py)."""
        entry = self.ccl(item.base)
        if entry is None or not item.path:
            return ""
        reached = [row for row, _ in self.fitting_controls(item)]
        return doubtful(item, entry.series, self._letters.get(item.base, frozenset()), self.controls(item.base), reached)

    def conditions(self, control: str) -> tuple[ConditionRow, ...]:
        """Curated facts that decide a conditional requirement row."""
        return self._conditions.get(control, ())

    def hs_list(self, code: str, hs6: str) -> HsRow | None:
        """The row of an HS-6 code in a list (chpl, supp2, supp4, supp5, supp7, any case), None when it is not there."""
        return self._hs.get(code.upper(), {}).get(hs6)

    def hs_rows(self, hs: str) -> tuple[HsRow, ...]:
        """The rows of every list whose code begins with these digits, in order of code and list."""
        found = (row for rows in self._hs.values() for code, row in rows.items() if code.startswith(hs))
        return tuple(sorted(found, key=lambda row: (row.hs6, row.list)))

    def described_hs_rows(self) -> tuple[HsRow, ...]:
        """The rows that say in words what the code is for."""
        return tuple(row for row in self.hs_rows("") if row.description)

    def named_by_cas(self, cas: str) -> tuple[NamedItemRow, ...]:
        """The items of Supp. 6 to part 746 with a CAS number, or with one of several in a text (`CAS 107-06-2`)."""
        return tuple(row for number in _CAS.findall(_DASH.sub("-", cas)) for row in self._cas.get(number, ()))

    def eccn_set(self, name: str, item: Eccn) -> tuple[EccnSetRow | None, Fit]:
        """Does a named set hold the item? The row that says so, with YES, MAYBE or NO."""
        found = self._set_cache.get((name, item))
        if found is None:
            found = holds(self._eccn_sets.get(name, ()), item)
            if len(self._set_cache) > _CACHE_LIMIT:
                self._set_cache.clear()
            self._set_cache[name, item] = found
        return found

    def fits_of(self, item: Eccn, hs6: str) -> dict[str, Fit]:
        """What has been answered so far about one item, by item spec: callers read it and add to it."""
        found = self._fits.get((item, hs6))
        if found is None:
            if len(self._fits) > _ITEM_LIMIT:
                self._fits.clear()
            found = self._fits[item, hs6] = {}
        return found

    def item_fit(self, spec: str, item: Eccn, hs6: str = "") -> Fit:
        """Does an item spec (specs.py) hold the item?"""
        taken, left_out = item_tokens(spec)
        return without(
            combine(taken, lambda name: self._token_fit(name, item, hs6)),
            combine(left_out, lambda name: self._token_fit(name, item, hs6)),
        )

    def _token_fit(self, name: str, item: Eccn, hs6: str) -> Fit:
        entry = self.ccl(item.base)
        plain = plain_item_fit(name, item, entry.series if entry else "")
        if plain is not None:
            return plain
        prefix, _, value = name.partition(":")
        if prefix == "set":
            return self.eccn_set(value, item)[1]
        if prefix == "reason":
            fits = [fit for row, fit in self.fitting_controls(item) if row.reason == value]
            return Fit.YES if Fit.YES in fits else Fit.MAYBE if fits else Fit.NO
        if prefix == "list":
            return Fit.YES if hs6 and self.hs_list(value, hs6) else Fit.NO if hs6 or not item.is_ear99 else Fit.MAYBE
        return Fit.NO

    def program(self, tag: str) -> ProgramRow | None:
        """The row of an SDN program tag that 744.8 covers."""
        return self._programs.get(tag.strip())

    def embargo_exceptions(self, destination: str) -> tuple[EmbargoExceptionRow, ...]:
        """What part 746 leaves for CU, IQ, IR, KP, SY, UA-CRIMEA-DNR-LNR, RU-BY or UN-SET."""
        return self._embargo_exceptions.get(destination, ())

    def policies(self, reason: str) -> tuple[PolicyRow, ...]:
        """The review policies of a reason for control."""
        return self._policies.get(reason, ())

    def exception_scopes(self, base: str, code: str) -> tuple[ExceptionScopeRow, ...]:
        """The rows that an entry prints for a list-based exception."""
        return tuple(row for row in self._scopes.get(base, ()) if code in row.code.split("/"))

    def exceptions(self) -> tuple[ExceptionRow, ...]:
        """The license exceptions, in the order tried."""
        return tuple(self._exceptions.values())

    def exception(self, code: str) -> ExceptionRow | None:
        """One license exception."""
        return self._exceptions.get(code)

    def filter(self, paragraph: str) -> FilterRow | None:
        """One restriction of 740.2(a), by its short name ("a5i")."""
        return self._filters.get(paragraph)

    def end_use_rule(self, rule_id: str) -> EndUseRow:
        """One rule of parts 744 and 746 by id. Raises KeyError: the steps name only rules that the loader has checked."""
        return self._end_use_by_id[rule_id]

    def entity_scope(self, kind: str, key: str) -> EntityScopeRow | None:
        """What the tables know of an Entity List address, footnote, normal form or group."""
        return self._entity_scope.get(kind, {}).get(key)

    def list_effect(self, code: str) -> ListFacts | None:
        """What a hit of a list does, None for a list that the tables do not know."""
        return self._effects.get(code)

    def list_effects(self) -> tuple[ListFacts, ...]:
        """Every list that the tables know, in their order."""
        return tuple(self._effects.values())

    def switch(self, name: str) -> SwitchRow | None:
        """The row of a dated switch or constant, None when none is in force."""
        return self._switches.get(name)

    def switch_active(self, name: str) -> bool:
        """Is a switch in force and not stayed?"""
        row = self._switches.get(name)
        return row is not None and row.state == "active"

    def switch_number(self, name: str, default: float) -> float:
        """A constant as a number; `default` when no row is in force."""
        row = self._switches.get(name)
        return float(row.value) if row else default

    def region_row(self, iso: str, address: str) -> RegionRow | None:
        """The gazetteer row that puts an address in Crimea or the so-called DNR or LNR (746.6)."""
        return self._gazetteer.row(iso, address)

    def region_in(self, iso: str, address: str) -> str:
        """The region (crimea, dnr, lnr) an address of Ukraine (or written as Russia) lies in, "" when none is found."""
        row = self.region_row(iso, address)
        return row.region if row else ""


def _grouped(rows: Sequence[Any], field: str) -> dict[str, tuple[Any, ...]]:
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, field), []).append(row)
    return {key: tuple(part) for key, part in found.items()}


def _by_two(rows: Sequence[Any], first: str, second: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, first), {})[getattr(row, second)] = row
    return found
