"""The outcome at a glance: items down, requirements across, a word in every cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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


REQUIRED = Cell("license", "▲", "stop")
MAYBE = Cell("depends on an answer", "△", "warn")
NOT_ASKED = Cell("none", "○", "")


def outcome_matrix(items: Iterable[Mapping[str, Any]]) -> Matrix | None:
    """The matrix of a result's items; None where no item has a requirement, because a table of "none" tells nothing."""
    items = list(items)
    found: dict[str, str] = {}
    for item in items:
        for row in item.get("requirements", ()):
            found.setdefault(heading(row), str(row.get("citation", "")))
    if not found:
        return None
    columns = tuple(found.items())[:MAX_COLUMNS]
    rows = tuple(
        MatrixRow(
            name=str(item.get("description") or item["id"]),
            eccn=str(item.get("eccn") or "no ECCN"),
            cells=tuple(cell(item, name) for name, _ in columns),
            outcome=str(item.get("outcome", "")),
        )
        for item in items
    )
    return Matrix(columns, rows, len(found) - len(columns))


def heading(requirement: Mapping[str, Any]) -> str:
    """A requirement in few words: the column of the Country Chart, else its reason."""
    return str(requirement.get("column") or str(requirement.get("reason") or "rule").replace("_", " "))


def cell(item: Mapping[str, Any], name: str) -> Cell:
    """What one requirement says of one item."""
    said = [row for row in item.get("requirements", ()) if heading(row) == name]
    if not said:
        return MAYBE if item.get("outcome") == "NEEDS_INFORMATION" else NOT_ASKED
    return REQUIRED
