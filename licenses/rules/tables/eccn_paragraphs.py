"""Whether the first paragraph of a stated ECCN may be one that the entry prints (step B).

The entries' texts are not on file, only the paragraphs that their rows name, so a paragraph is never found to be wrong:
where nothing on file speaks for it, it is asked, and no better answer rests on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from licenses.rules.eccn import Eccn
from licenses.rules.tables.rows import ControlRow

LATE = frozenset("qrstuvw")
"""First letters that hardly any entry reaches: believed only where its rows name a letter from LONG_FROM on (3B001, 8A002,
9A004, 9A610). `z` holds advanced computing items alone, and every entry that prints it has rows for it."""
LONG_FROM = "o"
SPECIAL = frozenset("xyz")
"""Letters set apart from the run of the others: parts, parts of little concern, and advanced computing items."""


def named_letters(rows: Mapping[str, Sequence[Any]]) -> dict[str, frozenset[str]]:
    """Base -> the first letters of the paragraphs that any row names, its own entry's or another's."""
    by_base: dict[str, set[str]] = {}
    for ref in _refs(rows):
        if ref.path and len(ref.path[0]) == 1:
            by_base.setdefault(ref.base, set()).add(ref.path[0])
    return {base: frozenset(letters) for base, letters in by_base.items()}


def _refs(rows: Mapping[str, Sequence[Any]]) -> Iterable[Eccn]:
    for name in ("ccl_controls", "exception_scopes"):
        for row in rows[name]:
            yield from (*row.scope, *row.excepts)
    for row in rows["chart_footnotes"]:
        yield from (*row.items, *row.except_items)
    for row in rows["eccn_sets"]:
        yield from (row.eccn, *row.scope)
    for row in rows["ccl_entries"]:
        yield from row.sta_paragraphs


def doubtful(
    item: Eccn, series: str, named: frozenset[str], controls: Sequence[ControlRow], reached: Sequence[ControlRow]
) -> str:
    """Why the first paragraph cannot be taken as printed, "" when it can. `controls`: the rows of the entry, `reached` those
    of them that reach the item or may.

    Asked are a first level that is not one letter, a letter far beyond those that entries print, and a letter beyond those
    that an entry names, where each of its requirements stands under named paragraphs: nothing but AT would then be left.
    """
    first = item.path[0]
    if not (len(first) == 1 and first.isalpha()):
        return f"no entry prints a paragraph {first!r}: the first level is one letter"
    if first in named:
        return ""
    run = sorted(named - SPECIAL)
    if first == "z" or (first in LATE and not (run and run[-1] >= LONG_FROM)):
        return f"no row on file names a paragraph .{first} of {item.base}, and few entries have one"
    if series == "99x" or first in SPECIAL or not run or first < run[-1]:
        return ""  # an entry of series 99x has AT alone for most paragraphs, and a gap may be a paragraph that needs nothing
    if not _by_paragraph(controls) or any(row.reason != "AT" and _names_own(row) for row in reached):
        return ""
    return f"the rows of {item.base} name the paragraphs {' '.join(f'.{letter}' for letter in run)}, and .{first} is none of them"


def _by_paragraph(controls: Sequence[ControlRow]) -> bool:
    """Does each requirement but AT stand under paragraphs, and one of them under paragraphs of the entry itself?"""
    own = [row for row in controls if row.reason != "AT"]
    return all(row.scope_kind == "part" for row in own) and any(map(_names_own, own))


def _names_own(row: ControlRow) -> bool:
    return any(ref.base == row.eccn for ref in row.scope)
