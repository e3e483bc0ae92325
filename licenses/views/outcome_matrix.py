"""The outcome at a glance: items down, requirements across, a word in every cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

MAX_COLUMNS = 8
"""Requirements shown; the items below the table name all."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One item under one requirement: `word` is read out, `sign` is drawn before it, `tone` colors it."""

    word: str
    sign: str
    tone: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One item: its name and code, a cell for each requirement, its outcome."""

    name: str
    eccn: str
    cells: tuple[Cell, ...]
    outcome: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """Requirements as columns (heading, citation), items as rows; `left_out` requirements had no room."""

    columns: tuple[tuple[str, str], ...]
    rows: tuple[MatrixRow, ...]
    left_out: int


ColumnsOf = Callable[[str], frozenset[str] | None]
REQUIRED = Cell("license", "▲", "stop")
MAYBE = Cell("depends on an answer", "△", "warn")
NOT_ASKED = Cell("none", "○", "")


def unknown_entry(_eccn: str) -> None:
    """For a caller that has no tables: any entry may meet any column."""


def outcome_matrix(items: Iterable[Mapping[str, Any]], columns_of: ColumnsOf = unknown_entry) -> Matrix | None:
    """The matrix of a result's items; None where no item has a requirement, because a table of "none" tells nothing.

    columns_of: the columns of the Country Chart that an item's entry can meet at all, by its ECCN as stated; None for an entry
    that is not known, which may meet any.
    """
    items = list(items)
    headings: dict[str, str] = {}
    for item in items:
        for row in item.get("requirements", ()):
            headings.setdefault(heading(row), str(row.get("citation", "")))
    if not headings:
        return None
    columns = tuple(headings.items())[:MAX_COLUMNS]
    chart = frozenset(str(row["column"]) for item in items for row in item.get("requirements", ()) if row.get("column"))
    rows = tuple(
        MatrixRow(
            name=str(item.get("description") or item["id"]),
            eccn=str(item.get("eccn") or "no ECCN"),
            cells=tuple(cell(item, name, chart, columns_of) for name, _ in columns),
            outcome=str(item.get("outcome", "")),
        )
        for item in items
    )
    return Matrix(columns, rows, len(headings) - len(columns))


def heading(requirement: Mapping[str, Any]) -> str:
    """A requirement in few words: the column of the Country Chart, else its reason."""
    return str(requirement.get("column") or str(requirement.get("reason") or "rule").replace("_", " "))


def cell(item: Mapping[str, Any], name: str, chart: frozenset[str], columns_of: ColumnsOf) -> Cell:
    """What one requirement says of one item. An answer that is still open decides only where the item's entry has that column."""
    if any(heading(row) == name for row in item.get("requirements", ())):
        return REQUIRED
    if item.get("outcome") != "NEEDS_INFORMATION":
        return NOT_ASKED
    possible = columns_of(str(item.get("eccn") or "")) if name in chart else None
    return MAYBE if possible is None or name in possible else NOT_ASKED
