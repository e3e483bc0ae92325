"""The rules in force on one date. Built by Tables.in_force, never by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from licenses.rules.tables.columns import DETERMINATION_TABLES
from licenses.rules.tables.country_table import CountryTable
from licenses.rules.tables.exception_table import ExceptionTable
from licenses.rules.tables.form_definitions import FormRules
from licenses.rules.tables.item_table import ItemTable
from licenses.rules.tables.list_table import ListTable
from licenses.rules.tables.red_flag_definitions import FlagRules
from licenses.rules.tables.row_indexes import grouped
from licenses.rules.tables.rule_rows import EndUseRow, NoteRow, PolicyRow, SwitchRow
from licenses.rules.tables.word_lists import WordLists, word_lists


class RulesInForce:
    """What is about countries, items, lists and exceptions stands in tables of these names, what is about red flags, the form
    and words in `red_flags`, `forms` and `words`; the rules of parts 742, 744 and 746 stand here. `digest` names this very set
    of rows."""

    def __init__(self, rows: Mapping[str, Sequence[Any]], digest: str) -> None:
        self.digest = digest
        metas = [row.meta for name in DETERMINATION_TABLES for row in rows[name]]
        # A switch approved at run time (no line of a file) says nothing about how old the tables are.
        self.newest_source = max((meta.source_as_of for meta in metas if meta.line), default=dt.date.min)
        self._rule_ids = frozenset(meta.ref.rule_id for meta in metas)
        self.countries = CountryTable(rows)
        self.items = ItemTable(rows)
        self.lists = ListTable(rows)
        self.exceptions = ExceptionTable(rows)
        self.red_flags = FlagRules.of(_enforced(rows["red_flag_rules"]))
        self.forms = FormRules.of(
            _enforced(rows["validation_rules"]),
            _enforced(rows["form_fields"]),
            _enforced(rows["document_kinds"]),
            _enforced(rows["support_documents"]),
        )
        self.words: WordLists = word_lists(_enforced(rows["word_lists"]))
        self.end_use_rules: tuple[EndUseRow, ...] = tuple(row for row in rows["end_use_rules"] if row.fact)
        self._end_use_by_id: dict[str, EndUseRow] = {row.meta.ref.rule_id: row for row in rows["end_use_rules"]}
        self._policies: dict[str, tuple[PolicyRow, ...]] = grouped(rows["review_policies"], "reason")
        self._switches: dict[str, SwitchRow] = {row.name: row for row in rows["switches"]}
        self.notes: tuple[NoteRow, ...] = tuple(rows["notes"])

    def has_rule(self, rule_id: str) -> bool:
        """Is a row of the determination with this id in force?"""
        return rule_id in self._rule_ids

    def end_use_rule(self, rule_id: str) -> EndUseRow:
        """One rule of parts 744 and 746 by id. Raises KeyError: the steps name only rules that the loader has checked."""
        return self._end_use_by_id[rule_id]

    def policies(self, reason: str) -> tuple[PolicyRow, ...]:
        """The review policies of a reason for control."""
        return self._policies.get(reason, ())

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


def _enforced(rows: Sequence[Any]) -> list[Any]:
    return [row for row in rows if row.meta.enforced]
