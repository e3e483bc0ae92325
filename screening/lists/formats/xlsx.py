"""The first sheet of an XLSX workbook as rows of text: no formulas, no macros, bombs refused."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from screening.lists.archive import members
from screening.lists.decoding import Text
from screening.lists.types import FileRefused, RawFile
from screening.lists.xmlstream import Element, children, elements, local

MAX_ROWS = 200_000
"""Most rows read; a sheet can hold a million, a list of denied parties does not."""
MAX_COLUMNS = 200
_WORKBOOK, _RELATIONS, _STRINGS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"
_COLUMN = re.compile(r"^([A-Z]{1,3})\d*$")


def rows_of_workbook(source: Text) -> Iterator[tuple[int, list[str]]]:
    """Row number and cell texts of the first sheet, blank cells filled in. Raises FileRefused: truncated, archive,
    header_drift (no sheet)."""
    files = {member.name: member for member in members(RawFile(source.name, source.data))}
    strings = [_text(item) for _, item in _parts(files, _STRINGS, "si")] if _STRINGS in files else []
    number = 0
    for _, row in _parts(files, _sheet(source, files), "row"):
        printed = row.attrib.get("r", "")
        number = int(printed) if printed.isdigit() else number + 1
        if number > MAX_ROWS:
            raise FileRefused("archive", f"{source.name}: more than {MAX_ROWS:,} rows")
        cells: list[str] = []
        for cell in children(row, "c"):
            at = _column(cell.attrib.get("r", ""), len(cells))
            if at >= MAX_COLUMNS:
                raise FileRefused("archive", f"{source.name}: more than {MAX_COLUMNS} columns in row {number}")
            cells.extend([""] * (at - len(cells)))
            cells.append(_value(cell, strings))
        if any(cell.strip() for cell in cells):
            yield number, cells


def _parts(files: Mapping[str, RawFile], name: str, tag: str) -> Iterator[tuple[str, Element]]:
    return elements(Text(name, "", data=files[name].data), (tag,))


def _sheet(source: Text, files: Mapping[str, RawFile]) -> str:
    """Path of the first sheet, by the workbook's own relations."""
    if _WORKBOOK in files and _RELATIONS in files:
        wanted = next((_relation(sheet) for _, sheet in _parts(files, _WORKBOOK, "sheet")), "")
        for _, relation in _parts(files, _RELATIONS, "Relationship"):
            if relation.attrib.get("Id") == wanted:
                target = relation.attrib.get("Target", "").lstrip("/")
                path = target if target.startswith("xl/") else f"xl/{target}"
                if path in files:
                    return path
    raise FileRefused("header_drift", f"{source.name}: the workbook holds no sheet that can be read")


def _relation(sheet: Element) -> str:
    return next((value for key, value in sheet.attrib.items() if key.rsplit("}", 1)[-1] == "id"), "")


def _column(reference: str, following: int) -> int:
    match = _COLUMN.match(reference)
    if match is None:
        return following
    index = 0
    for letter in match[1]:
        index = index * 26 + ord(letter) - ord("A") + 1
    return max(index - 1, following)


def _value(cell: Element, strings: list[str]) -> str:
    kind = cell.attrib.get("t", "n")
    if kind == "inlineStr":
        return "".join(_text(item) for item in children(cell, "is"))
    value = next((item.text or "" for item in children(cell, "v")), "")
    if kind == "s":
        return strings[int(value)] if value.isdigit() and int(value) < len(strings) else ""
    return value.removesuffix(".0") if kind == "n" else value


def _text(item: Element) -> str:
    """Text of a string item; phonetic readings beside it are left out."""
    if local(item) == "rPh":
        return ""
    own = (item.text or "") if local(item) == "t" else ""
    return own + "".join(_text(child) for child in item)
