"""Supplements 4 (Entity List), 6 (Unverified) and 7 (Military End-User) to part 744 in the eCFR's XML.

Not yet proven on a publisher's file: written from the published structure (DIV9 TYPE="APPENDIX" with one TABLE).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from screening.lists.collector import Harvest
from screening.lists.decoding import Text
from screening.lists.fields.dates import date_of
from screening.lists.fields.names import squeeze
from screening.lists.formats.commerce import Printed, add_entry
from screening.lists.formats.entity_cell import read_cell
from screening.lists.types import FileRefused
from screening.lists.xmlstream import Element, elements, local

_SUPPLEMENT = re.compile(r"supplement no\. ?(\d)\s+to\s+part 744", re.IGNORECASE)
_LISTS = {"4": "EL", "6": "UVL", "7": "MEU"}
REQUIRED = {
    "EL": ("country", "entity", "requirement", "policy", "citation"),
    "UVL": ("country", "entity"),
    "MEU": ("country", "entity", "citation"),
}
"""Columns each table must have; the others have names of their own in each supplement."""
_AS_OF = re.compile(r"/on/(\d{4}-\d{2}-\d{2})/|<AMDDATE>\s*([^<]+?)\s*</AMDDATE>")
_BREAKS = frozenset(("BR", "P", "LI", "FP", "TR"))
_STARS = re.compile(r"^[\s*]*$")
_COLUMNS = (
    ("country", "country"),
    ("entity", "entity"),
    ("listed person", "entity"),
    ("name", "entity"),
    ("requirement", "requirement"),
    ("policy", "policy"),
    ("citation", "citation"),
    ("register", "citation"),
)


def parse(texts: Sequence[Text], harvest: Harvest) -> None:
    """Read every supplement in the file(s). Raises FileRefused: truncated, header_drift (no table as expected)."""
    for text in texts:
        for match in _AS_OF.finditer(text.text):
            harvest.publish(date_of(match[1] or match[2]))
        found = 0
        for _, appendix in elements(text, ("DIV9",)):
            number = _SUPPLEMENT.search(f"{appendix.attrib.get('N', '')} {_head(appendix)}")
            if number is not None and number[1] in _LISTS:
                found += 1
                _read_table(_LISTS[number[1]], appendix, harvest)
        if not found:
            raise FileRefused("header_drift", f"{text.name} holds none of Supplements No. 4, 6 and 7 to part 744")


def _head(appendix: Element) -> str:
    return next((rendered(item) for item in appendix if local(item) == "HEAD"), "")


def _read_table(code: str, appendix: Element, harvest: Harvest) -> None:
    columns: list[str] = []
    country = ""
    for line, row in enumerate((item for item in appendix.iter() if local(item) == "TR"), 1):
        cells = [rendered(cell) for cell in row if local(cell) in ("TD", "TH")]
        headed = _header(cells)
        if headed:
            missing = [name for name in REQUIRED[code] if name not in headed]
            if missing:
                raise FileRefused("header_drift", f"the table of {code} has no column for {', '.join(missing)}: {headed}")
            columns = headed
            continue
        if all(_STARS.match(cell) for cell in cells):
            continue
        if not columns:
            raise FileRefused("header_drift", f"the table of {code} begins without its header row: {cells[:2]}")
        if len(cells) != len(columns):
            if cells and not any(cell.strip() for cell in cells[1:]):
                country = squeeze(cells[0]) or country  # a heading row that spans the table
                continue
            harvest.reject(line, f"{len(cells)} cells instead of {len(columns)}", squeeze(" | ".join(cells))[:200], code)
            continue
        cell = dict(zip(columns, cells, strict=True))
        country = squeeze(cell["country"]) or country
        if "[reserved]" in cell["entity"].casefold() or not cell["entity"].strip():
            continue
        _take(code, country, cell, harvest)


def _take(code: str, country: str, cell: dict[str, str], harvest: Harvest) -> None:
    entity = read_cell(cell["entity"])
    add_entry(
        code,
        Printed(
            name=entity.name,
            country=country,
            aliases=entity.aliases,
            addresses=(entity.addresses,) if entity.addresses else (),
            citation=cell.get("citation", "").strip().rstrip("."),
            requirement=cell.get("requirement", ""),
            policy=cell.get("policy", ""),
            raw={"entity": squeeze(cell["entity"])},
        ),
        harvest,
    )


def _header(cells: Sequence[str]) -> list[str]:
    """Column names of a header row, [] for every other row."""
    if not cells or squeeze(cells[0]).casefold() != "country":
        return []
    names = []
    for cell in cells:
        text = squeeze(cell).casefold()
        names.append(next((name for words, name in _COLUMNS if words in text), text))
    return names


def rendered(element: Element) -> str:
    """Text of a cell with line breaks where the print breaks; footnote digits stay where they are printed."""
    return re.sub(r"[ \t\r\f\v]+", " ", "".join(_pieces(element))).strip()


def _pieces(element: Element) -> Iterator[str]:
    # A line end inside the XML text is no line end of the print.
    yield (element.text or "").replace("\n", " ")
    for child in element:
        if local(child).upper() in _BREAKS:
            yield "\n"
        yield from _pieces(child)
        yield (child.tail or "").replace("\n", " ")
