"""What the tables say of license exceptions: part 740, what entries print, 740.2(a), and what part 746 leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from licenses.rules.tables.row_indexes import grouped
from licenses.rules.tables.rule_rows import EmbargoExceptionRow, ExceptionRow, ExceptionScopeRow, FilterRow


class ExceptionTable:
    """Exceptions go by code (LVS, GOV …); an unknown one gives None or empty, never a guess."""

    def __init__(self, rows: Mapping[str, Sequence[Any]]) -> None:
        self._exceptions: dict[str, ExceptionRow] = {
            row.code: row for row in sorted(rows["exceptions"], key=lambda row: row.rank)
        }
        self._scopes: dict[str, tuple[ExceptionScopeRow, ...]] = grouped(rows["exception_scopes"], "eccn")
        self._restrictions: dict[str, FilterRow] = {row.paragraph: row for row in rows["exception_filters"]}
        self._embargo: dict[str, tuple[EmbargoExceptionRow, ...]] = grouped(rows["embargo_exceptions"], "destination")

    def in_order(self) -> tuple[ExceptionRow, ...]:
        """The license exceptions, in the order tried."""
        return tuple(self._exceptions.values())

    def named(self, code: str) -> ExceptionRow | None:
        """One license exception."""
        return self._exceptions.get(code)

    def printed(self, base: str, code: str) -> tuple[ExceptionScopeRow, ...]:
        """The rows that an entry prints for a list-based exception."""
        return tuple(row for row in self._scopes.get(base, ()) if code in row.code.split("/"))

    def restriction(self, paragraph: str) -> FilterRow | None:
        """One restriction of 740.2(a), by its short name ("a5i")."""
        return self._restrictions.get(paragraph)

    def left_by_embargo(self, destination: str) -> tuple[EmbargoExceptionRow, ...]:
        """What part 746 leaves for CU, IQ, IR, KP, SY, UA-CRIMEA-DNR-LNR, RU-BY or UN-SET."""
        return self._embargo.get(destination, ())
