"""Rows of a table by the value of one field, or of two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def grouped(rows: Sequence[Any], field: str) -> dict[str, tuple[Any, ...]]:
    """Value of the field -> the rows that have it, in table order."""
    groups: dict[str, list[Any]] = {}
    for row in rows:
        groups.setdefault(getattr(row, field), []).append(row)
    return {key: tuple(members) for key, members in groups.items()}


def by_two_fields(rows: Sequence[Any], first: str, second: str) -> dict[str, dict[str, Any]]:
    """Value of the first field -> value of the second -> the row."""
    index: dict[str, dict[str, Any]] = {}
    for row in rows:
        index.setdefault(getattr(row, first), {})[getattr(row, second)] = row
    return index
