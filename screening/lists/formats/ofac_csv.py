"""OFAC's header-less CSV set: primary (12 columns), alt (5), add (6), comments (2), told apart by their width.

Null is "-0- ". The last byte of an official file is 0x1A and proves it complete. Comments continue remarks that were cut
near 1,000 characters, in the middle of a word. Weak aliases are not in alt: they stand in the remarks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from screening.lists.collector import Harvest
from screening.lists.csvrows import CsvRow, rows_of, shown
from screening.lists.decoding import Text
from screening.lists.fields.identifiers import vessel_keys
from screening.lists.fields.names import squeeze
from screening.lists.formats.ofac_entry import OfacFacts, add_all
from screening.lists.types import FileRefused, WarningCode
from screening.matching.types import Alias, Quality

PRIMARY, ALT, ADD, COMMENTS = 12, 5, 6, 2
_WIDTHS = {PRIMARY: "primary", ALT: "alt", ADD: "add", COMMENTS: "comments"}
_END = "\x1a"
_DETAILS = ((4, "title"), (6, "vessel_type"), (7, "tonnage"), (8, "grt"), (9, "flag"), (10, "owner"))
MAX_ORPHANS = 0.01
"""Largest share of alt and address rows without a primary row; more means files of different days were mixed."""


def parse(texts: Sequence[Text], harvest: Harvest) -> None:
    """Read the set. Raises FileRefused: truncated (no primary file, cut file, orphans), header_drift (two of a kind)."""
    files: dict[int, Text] = {}
    for text in texts:
        width = _width(text)
        if width in files:
            raise FileRefused(
                "header_drift",
                f"{files[width].name} and {text.name} are both {_WIDTHS[width]} files; import one publication at a time",
            )
        files[width] = text
    if PRIMARY not in files:
        raise FileRefused(
            "truncated", f"the primary file (12 columns) is missing beside {', '.join(item.name for item in texts)}"
        )
    harvest.end_mark = _marked(files[PRIMARY])
    entries = list(_primaries(files[PRIMARY], harvest))
    # A number may stand on two primary rows (a digit lost in print, 2022-01-31): both are kept and share their rows.
    found: dict[str, list[OfacFacts]] = defaultdict(list)
    for facts in entries:
        found[facts.number].append(facts)
    orphans = rows = 0
    for width in (ALT, ADD):
        if width not in files:
            harvest.note(
                WarningCode.FILE_MISSING,
                f"no {_WIDTHS[width]} file was given: its {'aliases' if width == ALT else 'addresses'} are missing",
            )
            continue
        for row in _rows(files[width], width, harvest):
            rows += 1
            orphans += row.cells[0] not in found
            for facts in found.get(row.cells[0], ()):
                if width == ALT:
                    facts.aliases.append(Alias(squeeze(row.cells[3]), Quality.STRONG, row.cells[2].lower()[:3]))
                else:
                    facts.addresses.append((", ".join(filter(None, row.cells[2:4])), row.cells[4]))
    if orphans > MAX_ORPHANS * rows:
        raise FileRefused(
            "truncated", f"{orphans:,} of {rows:,} alias and address rows have no primary row: files of different days"
        )
    if orphans:
        harvest.note(WarningCode.ROWS_LEFT_OUT, f"{orphans:,} alias and address rows have no primary row and are left out")
    if COMMENTS in files:
        for row in _rows(files[COMMENTS], COMMENTS, harvest):
            for facts in found.get(row.cells[0], ()):
                facts.remarks += row.cells[1]
    add_all(entries, harvest)


def _width(text: Text) -> int:
    for row in rows_of(_body(text), name=text.name):
        if len(row.cells) in _WIDTHS and row.cells[0].strip().isdigit():
            return len(row.cells)
        raise FileRefused("header_drift", f"{text.name}: the first row has {len(row.cells)} fields, an OFAC file 12, 5, 6 or 2")
    raise FileRefused("empty", f"{text.name} has no row")


def _marked(text: Text) -> bool:
    return text.text.rstrip("\r\n").endswith(_END)


def _body(text: Text) -> str:
    """The rows without the end mark."""
    return text.text.rstrip("\r\n").removesuffix(_END) if _marked(text) else text.text


def _rows(text: Text, width: int, harvest: Harvest) -> Iterator[CsvRow]:
    """Rows of the right width, nulls as "". A last row of the wrong width, or one that is not ended, is a cut file."""
    last: CsvRow | None = None
    body = _body(text)
    for row in rows_of(body, name=text.name):
        if last is not None:
            yield from _checked(last, width, text, harvest)
        last = row
    if last is None:
        raise FileRefused("empty", f"{text.name} has no row")
    if last.error or len(last.cells) != width or not body.endswith(("\n", "\r")):
        raise FileRefused("truncated", f"{text.name}: the last row (line {last.line:,}) is cut; fetch it again")
    yield from _checked(last, width, text, harvest)


def _checked(row: CsvRow, width: int, text: Text, harvest: Harvest) -> Iterator[CsvRow]:
    if row.error or len(row.cells) != width or not row.cells[0].strip().isdigit():
        harvest.reject(row.line, f"{text.name}: {row.error or f'{len(row.cells)} fields instead of {width}'}", shown(row.cells))
        return
    yield CsvRow(row.line, ["" if cell.strip() == "-0-" else cell if width == COMMENTS else cell.strip() for cell in row.cells])


def _primaries(text: Text, harvest: Harvest) -> Iterator[OfacFacts]:
    for row in _rows(text, PRIMARY, harvest):
        number, name, kind, programs = row.cells[:4]
        if not name:
            harvest.reject(row.line, "no name", shown(row.cells))
            continue
        call_sign, remarks = row.cells[5], row.cells[11]
        yield OfacFacts(
            number=number,
            name=name,
            kind=kind or "entity",
            programs=[part for part in programs.split("] [") if part],
            remarks=remarks,
            identifiers=vessel_keys(call_sign),
            vessel=bool(call_sign or row.cells[6]),
            details={label: row.cells[at] for at, label in _DETAILS if row.cells[at]},
        )
