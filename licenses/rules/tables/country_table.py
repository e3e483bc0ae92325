"""What the tables say of countries: the Country Chart, groups, named sets, dependencies, and the occupied regions of Ukraine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from licenses.rules.countries import COUNTRY_NAMES
from licenses.rules.tables.occupied_regions import Gazetteer
from licenses.rules.tables.row_indexes import by_two_fields
from licenses.rules.tables.rows import ChartRow, FootnoteRow, GroupRow, RegionRow, SetRow
from licenses.rules.tables.selectors import ADVANCED_COMPUTING, country_tokens


class CountryTable:
    """Countries are ISO 3166 alpha-2; an unknown one gives None or empty, never a guess."""

    def __init__(self, rows: Mapping[str, Sequence[Any]]) -> None:
        self._chart: dict[str, ChartRow] = {row.iso2: row for row in rows["country_chart"]}
        self._groups: dict[str, GroupRow] = {row.iso2: row for row in rows["country_groups"]}
        self._sets: dict[str, dict[str, SetRow]] = by_two_fields(rows["country_sets"], "set", "iso2")
        self._footnotes: tuple[FootnoteRow, ...] = tuple(rows["chart_footnotes"])
        self._gazetteer = Gazetteer(rows["ua_regions"])
        self._footnotes_of: dict[str, tuple[FootnoteRow, ...]] = {}
        self._named: dict[str, frozenset[str]] = {}
        self.advanced_computing: frozenset[str] = self.named("AE") | self.named("D:1 D:4 D:5 not:A:5 not:A:6")
        """Destinations to which advanced computing items need a license: the United Arab Emirates, which are in A:5 and named
        beside the groups, and D:1, D:4 and D:5 other than A:5 and A:6 (742.6(a)(6)(iii)(B))."""

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
        known = self._footnotes_of.get(iso)
        if known is None:
            state = self.governing(iso)
            used = {note.column for note in self._footnotes if note.action == "inherit" and state in note.countries}
            known = self._footnotes_of[iso] = tuple(note for note in self._footnotes if {state, *used} & note.countries)
        return known

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

    def named(self, spec: str) -> frozenset[str]:
        """The countries that a spec (selectors.py) names."""
        known = self._named.get(spec)
        if known is None:
            taken, left_out = country_tokens(spec)
            known = self._named[spec] = frozenset(
                iso
                for iso in COUNTRY_NAMES
                if any(self._reached(iso, token) for token in taken) and not any(self._reached(iso, token) for token in left_out)
            )
        return known

    def _reached(self, iso: str, name: str) -> bool:
        if name == "any":
            return True
        if name.startswith("set:"):
            return self.in_set(name[4:], iso)
        if name == ADVANCED_COMPUTING:
            return iso in self.advanced_computing
        if ":" in name or name == "B":
            return self.in_group(iso, name)
        state = self.governing(iso)
        return state == name or (state == "HK" and name == "CN")

    def region_row(self, iso: str, address: str) -> RegionRow | None:
        """The gazetteer row that puts an address in Crimea or the so-called DNR or LNR (746.6)."""
        return self._gazetteer.row(iso, address)

    def region_in(self, iso: str, address: str) -> str:
        """The region (crimea, dnr, lnr) an address of Ukraine (or written as Russia) lies in, "" when none is found."""
        row = self.region_row(iso, address)
        return row.region if row else ""
