"""The rows of an uploaded CSV or XLSX file, read with limits: a table of texts with a known header, or a reason why not."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import PurePath
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from exportcheck.errors import Refused

MAX_BYTES = 10_000_000
MAX_UNPACKED = 100_000_000
"""Bytes of a spreadsheet unpacked; 5,000 full rows need about 10 million."""
MAX_MEMBERS = 500
MAX_ROWS = 20_000
MAX_COLUMNS = 60
MAX_CELL = 4_000
ENDINGS = (".csv", ".xlsx")
DELIMITERS = ",;\t"


@dataclass(frozen=True, slots=True)
class BulkRow:
    """One row: its number as the spreadsheet shows it, and its filled cells by column."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class RowError:
    """What keeps one row from being used."""

    row: int
    column: str
    text: str

    def as_dict(self) -> dict[str, Any]:
        """As the job keeps it."""
        return {"row": self.row, "column": self.column, "text": self.text}


def read_rows(content: bytes, name: str, columns: Iterable[str]) -> list[BulkRow]:
    """The rows below the header, blank ones left out. Raises Refused("invalid") with what to change about the file."""
    ending = PurePath(name).suffix.lower()
    if ending not in ENDINGS:
        raise Refused("invalid", f"Files ending in {ending[:10] or 'nothing'} are not taken; send .csv or .xlsx.")
    if not content:
        raise Refused("invalid", "The file is empty.")
    if len(content) > MAX_BYTES:
        raise Refused("invalid", f"The file has {len(content):,} bytes; {MAX_BYTES:,} at most. Split it.")
    lines = _xlsx(content) if ending == ".xlsx" else _csv(content)
    try:
        return _table(lines, tuple(columns))
    except csv.Error as error:
        raise Refused("invalid", f"The file cannot be read as CSV: {error}.") from error
    except (zipfile.BadZipFile, ParseError, DefusedXmlException, KeyError, ValueError, EOFError, OSError) as error:
        # openpyxl reads its sheets lazily: a broken one shows here.
        raise Refused("invalid", "The file cannot be read as a spreadsheet. Save it again, as XLSX or CSV UTF-8.") from error


def _table(lines: Iterator[list[str]], columns: tuple[str, ...]) -> list[BulkRow]:
    header = _header(next(lines, []), columns)
    rows: list[BulkRow] = []
    for number, cells in enumerate(lines, start=2):
        if len(rows) >= MAX_ROWS:
            raise Refused("invalid", f"The file has more than {MAX_ROWS:,} rows. Split it.")
        if any(cells[len(header) :]):
            raise Refused("invalid", f"Row {number} has more cells than the header has columns.")
        filled = {column: cell for column, cell in zip(header, cells, strict=False) if cell and column}
        long = next((column for column, cell in filled.items() if len(cell) > MAX_CELL), None)
        if long:
            raise Refused("invalid", f"Row {number}, {long}: the cell has more than {MAX_CELL:,} characters.")
        if filled:
            rows.append(BulkRow(number, filled))
    if not rows:
        raise Refused("invalid", "The file has a header and no row below it.")
    return rows


def _header(cells: list[str], columns: tuple[str, ...]) -> list[str]:
    names = [cell.strip().lower().replace(" ", "_") for cell in cells[:MAX_COLUMNS]]
    while names and not names[-1]:
        names.pop()
    for name in names:
        if name not in columns:
            near = get_close_matches(name, columns, n=1)
            hint = f"did you mean {near[0]}?" if near else f"columns are {', '.join(columns)}."
            raise Refused("invalid", f"Row 1: {name[:40]!r} is no column of the template; {hint}")
    repeated = next((name for index, name in enumerate(names) if name in names[:index]), None)
    if repeated:
        raise Refused("invalid", f"Row 1: the column {repeated} is there twice.")
    if not names:
        raise Refused("invalid", "The first row must name the columns, as in the template.")
    return names


def _csv(content: bytes) -> Iterator[list[str]]:
    try:
        text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused("invalid", "The file is not UTF-8 text. In the spreadsheet program, save it as CSV UTF-8.") from error
    if "\x00" in text:
        raise Refused("invalid", "The file contains NUL characters; it is no CSV file.")
    head = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=head.count)
    for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        yield [cell.strip() for cell in line]


def _xlsx(content: bytes) -> Iterator[list[str]]:
    _no_bomb(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    except (InvalidFileException, zipfile.BadZipFile, ParseError, DefusedXmlException, KeyError, ValueError, OSError) as error:
        raise Refused("invalid", "The file cannot be read as a spreadsheet. Save it again, as XLSX or CSV UTF-8.") from error
    try:
        sheet = book.worksheets[0] if book.worksheets else None
        if sheet is None:
            raise Refused("invalid", "The workbook has no sheet.")
        for line in sheet.iter_rows(max_row=MAX_ROWS + 2, max_col=MAX_COLUMNS, values_only=True):
            yield [_text(cell) for cell in line]
    finally:
        book.close()


def _no_bomb(content: bytes) -> None:
    """The sizes that the archive itself states; the reader never takes more of a member than stated."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except zipfile.BadZipFile as error:
        raise Refused("invalid", "The content of the file is not what its ending .xlsx says.") from error
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
        raise Refused("invalid", "The spreadsheet unpacks to far more than its rows can need; it is not read.")


def _text(cell: Any) -> str:  # Any: whatever openpyxl finds in a cell
    match cell:
        case None:
            return ""
        case dt.datetime():
            return cell.date().isoformat()
        case dt.date():
            return cell.isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return str(cell).strip()


def write_csv(header: Iterable[str], lines: Iterable[Iterable[object]]) -> bytes:
    """A CSV file that spreadsheet programs open as text: UTF-8 with its mark, formulas made harmless."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header)
    for line in lines:
        writer.writerow([_harmless(cell) for cell in line])
    return out.getvalue().encode("utf-8-sig")


def write_xlsx(header: Iterable[str], lines: Iterable[Iterable[object]], title: str) -> bytes:
    """A spreadsheet of texts, with its first row fixed."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    sheet.append(list(header))
    for line in lines:
        sheet.append([str(cell) for cell in line])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _harmless(cell: object) -> str:
    text = "" if cell is None else str(cell)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
