"""CSV rows with their line numbers, wrong rows told apart from right ones, a cut file told from a whole one."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from screening.lists.types import FileRefused

MAX_SHOWN = 200
"""Characters of a rejected row that are kept."""


@dataclass(frozen=True, slots=True)
class CsvRow:
    """One row: first line it stands on, its cells, and why it cannot be read ("" when it can)."""

    line: int
    cells: list[str]
    error: str = ""


class _Lines:
    """Lines of a text; `ended` when one was asked for behind the last. A reader that fails then stood in the middle of a value:
    that is how a cut file is told, not by what the error says."""

    def __init__(self, text: str) -> None:
        self._lines = io.StringIO(text, newline="")
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        yield from self._lines
        self.ended = True


def rows_of(text: str, *, delimiter: str = ",", name: str) -> Iterator[CsvRow]:
    """Rows of a CSV text, blank ones left out. A quote that is never closed raises FileRefused("truncated")."""
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if lines.ended:
                raise FileRefused(
                    "truncated", f"{name}: the file ends inside a quoted value (line {line:,}); fetch it again"
                ) from error
            yield CsvRow(line, [], str(error))
        else:
            if any(cell.strip() for cell in cells):
                yield CsvRow(line, cells)
        line = reader.line_num + 1


def shown(cells: Sequence[str]) -> str:
    """A row as kept with a rejection: cells joined, cut."""
    return ",".join(cells)[:MAX_SHOWN]


def require_columns(header: Sequence[str], required: Sequence[str], name: str) -> None:
    """Raise FileRefused("header_drift") naming the required columns that are not in the header."""
    missing = [column for column in required if column not in header]
    if missing:
        raise FileRefused(
            "header_drift",
            f"{name}: column {', '.join(missing)} is missing; the publisher changed the layout. Seen: {shown(header)}",
        )


def require_line_end(text: str, name: str) -> None:
    """Raise FileRefused("truncated") when the last line is neither ended nor closed by a quote: cut inside a cell."""
    if not text.endswith(("\n", "\r", '"')):
        raise FileRefused("truncated", f"{name}: the last line is not ended, so its last value may be cut; fetch it again")


def cell_map(header: Sequence[str], cells: Sequence[str]) -> Mapping[str, str]:
    """Cells by column name; both have the same length."""
    return dict(zip(header, cells, strict=True))
