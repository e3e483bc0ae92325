"""What the tables say of items: entries of the Commerce Control List with their requirements, HS lists, named items and sets."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from licenses.rules.eccn import Eccn, Fit, applicability
from licenses.rules.tables.eccn_paragraphs import doubtful, named_letters
from licenses.rules.tables.eccn_sets import holds
from licenses.rules.tables.row_indexes import by_two_fields, grouped
from licenses.rules.tables.rows import CclRow, ConditionRow, ControlRow, EccnSetRow, HsRow, NamedItemRow
from licenses.rules.tables.rule_rows import DeMinimisRow, FdpRow
from licenses.rules.tables.selectors import combine, item_tokens, plain_item_fit, without

_CACHE_LIMIT = 20_000
"""ECCNs come from outside: a cache by ECCN is emptied before it grows past this many entries."""
_ITEM_LIMIT = 4_000
"""Items whose answers by spec are kept: each holds some thirty."""
_CAS = re.compile(r"(?<!\d)\d{2,7}-\d{2}-\d(?!\d)")
_DASH = re.compile(r"\s*[-\u2010-\u2015\u2212]\s*")


class ItemTable:
    """Items go by ECCN and HS-6 code; an unknown one gives None or empty, never a guess."""

    def __init__(self, rows: Mapping[str, Sequence[Any]]) -> None:
        self._ccl: dict[str, CclRow] = {row.eccn: row for row in rows["ccl_entries"]}
        self._controls: dict[str, tuple[ControlRow, ...]] = grouped(rows["ccl_controls"], "eccn")
        self._letters: dict[str, frozenset[str]] = named_letters(rows)
        self._conditions: dict[str, tuple[ConditionRow, ...]] = grouped(rows["condition_rules"], "control")
        self._hs: dict[str, dict[str, HsRow]] = by_two_fields(rows["hs_lists"], "list", "hs6")
        self._cas: dict[str, tuple[NamedItemRow, ...]] = grouped([row for row in rows["named_items"] if row.cas], "cas")
        self._sets: dict[str, tuple[EccnSetRow, ...]] = grouped(rows["eccn_sets"], "set")
        self.fdp_rules: tuple[FdpRow, ...] = tuple(rows["fdp_rules"])
        self.de_minimis: tuple[DeMinimisRow, ...] = tuple(rows["de_minimis"])
        self._reaching: dict[Eccn, tuple[tuple[ControlRow, Fit], ...]] = {}
        self._fits: dict[tuple[Eccn, str], dict[str, Fit]] = {}
        self._in_sets: dict[tuple[str, Eccn], tuple[EccnSetRow | None, Fit]] = {}

    def entry(self, base: str) -> CclRow | None:
        """The entry of a five-character ECCN or EAR99, None when the tables do not know it."""
        return self._ccl.get(base)

    def entries(self) -> tuple[CclRow, ...]:
        """Every entry, in the order of the list."""
        return tuple(self._ccl.values())

    def controls(self, base: str) -> tuple[ControlRow, ...]:
        """The requirement rows of an entry."""
        return self._controls.get(base, ())

    def columns(self, base: str) -> frozenset[str] | None:
        """The columns of the Country Chart that any requirement row of an entry names; None for an entry that is not known."""
        return frozenset(column for row in self.controls(base) for column in row.columns) if self.entry(base) else None

    def fitting_controls(self, item: Eccn) -> tuple[tuple[ControlRow, Fit], ...]:
        """The requirement rows that reach the item, with YES or MAYBE."""
        known = self._reaching.get(item)
        if known is None:
            fits = (
                (row, applicability(row.scope_kind, row.scope, row.excepts, row.conditional, item))
                for row in self.controls(item.base)
            )
            if len(self._reaching) > _CACHE_LIMIT:
                self._reaching.clear()
            known = self._reaching[item] = tuple((row, fit) for row, fit in fits if fit is not Fit.NO)
        return known

    def doubtful_paragraph(self, item: Eccn) -> str:
        """Why the first paragraph of the ECCN must be asked, "" when it may be one that the entry prints (eccn_paragraphs.py)."""
        entry = self.entry(item.base)
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
        listed = (row for rows in self._hs.values() for code, row in rows.items() if code.startswith(hs))
        return tuple(sorted(listed, key=lambda row: (row.hs6, row.list)))

    def described_hs_rows(self) -> tuple[HsRow, ...]:
        """The rows that say in words what the code is for."""
        return tuple(row for row in self.hs_rows("") if row.description)

    def named_by_cas(self, cas: str) -> tuple[NamedItemRow, ...]:
        """The items of Supp. 6 to part 746 with a CAS number, or with one of several in a text (`CAS 107-06-2`)."""
        return tuple(row for number in _CAS.findall(_DASH.sub("-", cas)) for row in self._cas.get(number, ()))

    def eccn_set(self, name: str, item: Eccn) -> tuple[EccnSetRow | None, Fit]:
        """Does a named set hold the item? The row that says so, with YES, MAYBE or NO."""
        known = self._in_sets.get((name, item))
        if known is None:
            if len(self._in_sets) > _CACHE_LIMIT:
                self._in_sets.clear()
            known = self._in_sets[name, item] = holds(self._sets.get(name, ()), item)
        return known

    def fits_of(self, item: Eccn, hs6: str) -> dict[str, Fit]:
        """What has been answered so far about one item, by item spec: callers read it and add to it."""
        known = self._fits.get((item, hs6))
        if known is None:
            if len(self._fits) > _ITEM_LIMIT:
                self._fits.clear()
            known = self._fits[item, hs6] = {}
        return known

    def fit(self, spec: str, item: Eccn, hs6: str = "") -> Fit:
        """Does an item spec (selectors.py) hold the item?"""
        taken, left_out = item_tokens(spec)
        return without(
            combine(taken, lambda name: self._token_fit(name, item, hs6)),
            combine(left_out, lambda name: self._token_fit(name, item, hs6)),
        )

    def _token_fit(self, name: str, item: Eccn, hs6: str) -> Fit:
        entry = self.entry(item.base)
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
