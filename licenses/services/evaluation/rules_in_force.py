"""The rules in force: the tables of the repository, with the dated switches that two list admins approved laid over them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from licenses.models import Switch
from licenses.rules.tables import loader as files
from licenses.rules.tables.rows import Meta
from licenses.rules.tables.rule_rows import SwitchRow
from licenses.rules.tables.rules_in_force import RulesInForce
from licenses.rules.types import RowRef

STATES = ("active", "stayed")

Approved = tuple[str, str, dt.date, dt.date | None, str, dt.date, str]
"""(name, value, effective_from, effective_to, citation, approved on, reason) of one approved switch, oldest approval first."""


def tables(known_at: dt.datetime | None = None) -> files.Tables:
    """Every row of every date: the repository's, with the switches approved by now, or by a moment of the past. Built once for
    each set of switches.

    Raises TableError when the tables of the repository cannot be used: nothing is determined then.
    """
    return _with_switches(_approved(known_at))


def rules_of_form_one(as_of: dt.date, known_at: dt.datetime | None) -> RulesInForce:
    """The rules as reports of form 1 told them: there a switch passed as new data of the tables, which step K says the day of."""
    return _with_switches(_approved(known_at), are_sources=True).in_force(as_of)


def rules(as_of: dt.date, *, known_at: dt.datetime | None = None) -> RulesInForce:
    """The rules in force on a date, as they are known now; with `known_at` as they were known then: a switch that was approved
    later closes rows of earlier days too, and a report must replay by what its day knew."""
    return tables(known_at).in_force(as_of)


def rules_with(proposed: Switch | None, as_of: dt.date) -> RulesInForce:
    """The rules of a date as they would be with one more switch approved (None: as they are)."""
    extra = () if proposed is None else (_line_of(proposed, as_of),)
    return _with_switches((*_approved(), *extra)).in_force(as_of)


def known_switches() -> dict[str, bool]:
    """Name of each switch of the repository, and whether it carries a number besides being on or off."""
    rows = [line.row for line in files.load().lines if isinstance(line.row, SwitchRow)]
    return {name: any(row.value for row in rows if row.name == name) for name in dict.fromkeys(row.name for row in rows)}


def _approved(known_at: dt.datetime | None = None) -> tuple[Approved, ...]:
    rows = Switch.objects.filter(decided_at__isnull=False, withdrawn_at=None).order_by("decided_at", "pk")
    if known_at is not None:
        rows = rows.filter(decided_at__lte=known_at)
    return tuple(_line_of(row, row.decided_at.date()) for row in rows if row.decided_at is not None)


def _line_of(row: Switch, approved_on: dt.date) -> Approved:
    return (row.name, row.value, row.effective_from, row.effective_to, row.citation, approved_on, row.reason)


@lru_cache(maxsize=8)
def _with_switches(approved: tuple[Approved, ...], *, are_sources: bool = False) -> files.Tables:
    base = files.load()
    if not approved:
        return base
    names = {name for name, *_ in approved}
    kept = [line.row for line in base.lines if isinstance(line.row, SwitchRow) and line.row.name in names]
    for switch in approved:
        kept = [*laid_over(kept, switch), _row_of(switch, kept, are_sources=are_sources)]
    return base.with_switches(kept)


def laid_over(rows: Iterable[SwitchRow], switch: Approved) -> list[SwitchRow]:
    """The rows that stay when a switch takes its stretch of time: cut before and after it."""
    name, _, start, end, *_ = switch
    pieces: list[SwitchRow] = []
    for row in rows:
        if row.name != name:
            pieces.append(row)
            continue
        begins, ends = row.meta.ref.effective_from, row.meta.ref.effective_to
        if begins is None or begins < start:
            pieces.append(_dated(row, begins, start if ends is None or ends > start else ends))
        if end is not None and (ends is None or ends > end):
            pieces.append(_dated(row, end if begins is None or begins < end else begins, ends))
    return pieces


def _dated(row: SwitchRow, start: dt.date | None, end: dt.date | None) -> SwitchRow:
    return replace(row, meta=replace(row.meta, ref=replace(row.meta.ref, effective_from=start, effective_to=end)))


def _row_of(switch: Approved, rows: Sequence[SwitchRow], *, are_sources: bool) -> SwitchRow:
    name, value, start, end, citation, approved_on, reason = switch
    earlier = next((row.value for row in rows if row.name == name), "")
    state = value if value in STATES else "active"
    status = "stayed" if state == "stayed" else "active"
    ref = RowRef("switches", f"SWITCH-{name}", "seen", start, end, status)
    meta = Meta(ref, citation, approved_on, int(are_sources))
    return SwitchRow(meta, name, state, earlier if value in STATES else value, reason)
