"""Which publisher's format a set of files is in: told by content, never by file name."""

from __future__ import annotations

import csv
import io
import re

from screening.lists.decoding import Text
from screening.lists.types import FileRefused

FORMATS = (
    "csl_csv",
    "csl_json",
    "ecfr_xml",
    "bis_csv",
    "dpl_txt",
    "ofac_csv",
    "ofac_xml",
    "ofac_enhanced_xml",
    "un_xml",
    "eu_csv",
    "eu_xml",
    "uk_csv",
    "isn_csv",
    "dtc_csv",
    "extract_json",
    "os_targets_csv",
    "ftm_jsonl",
    "custom_csv",
    "custom_xlsx",
)
"""Names `--format` takes."""
HEAD = 65_536
"""Characters looked at."""

# A root element, or a mark inside the first elements, tells an XML format.
_XML_MARKS = (
    ("un_xml", re.compile(r"<CONSOLIDATED_LIST\b")),
    ("ofac_xml", re.compile(r"<sdnList\b")),
    ("ofac_enhanced_xml", re.compile(r"<sanctionsData\b")),
    ("eu_xml", re.compile(r"<(?:\w+:)?export\b|<sanctionEntity\b")),
    ("ecfr_xml", re.compile(r"<(?:ECFR|DLPSTEXTCLASS|DIV[1-9])\b")),
)
# Columns that only this format has, lower case; the first row is looked at, the UK list has a line above its header.
_CSV_MARKS = (
    ("csl_csv", ("source", "name", "federal_register_notice")),
    ("dpl_txt", ("name", "street_address", "effective_date", "expiration_date")),
    ("eu_csv", ("entity_logicalid", "namealias_wholename")),
    ("uk_csv", ("unique id", "regime name")),
    ("uk_csv", ("name 6", "group type", "group id")),
    ("bis_csv", ("source list", "entity number", "license requirement")),
    ("isn_csv", ("programs", "name", "federal register notice")),
    ("bis_csv", ("country", "name", "address")),
    ("dtc_csv", ("debarred party full name and alias", "notice")),
    ("dtc_csv", ("federal register notices - debarred party (full name)", "notice")),
    ("dtc_csv", ("party name", "federal register notice")),
    ("dtc_csv", ("full name", "federal register notice")),
    ("os_targets_csv", ("id", "schema", "name", "aliases", "dataset")),
    ("custom_csv", ("name",)),
)
_TEMPLATE_ONLY = frozenset(("other_names", "effective_on", "expires_on", "identifiers", "kind"))
"""Columns of the custom template, which also has country, name and address."""
_OFAC_WIDTHS = frozenset((12, 5, 6, 2))


def tell(texts: list[Text]) -> str:
    """Format of decoded files that are one set. Raises FileRefused("header_drift") when no known format fits."""
    for text in texts:
        found = _tell_one(text.text)
        if found:
            return found
    seen = texts[0].text[:120].replace("\n", " ") if texts else ""
    raise FileRefused("header_drift", f"no known list format; the file begins: {seen!r}. Name the format with --format")


def _tell_one(text: str) -> str:
    head = text[:HEAD].lstrip()
    if head.startswith("<"):
        return next((name for name, mark in _XML_MARKS if mark.search(head)), "")
    if head.startswith(("{", "[")):
        return _tell_json(head)
    rows = _first_rows(head)
    for row in rows[:3]:
        columns = {cell.strip().strip("\ufeff").lower() for cell in row}
        for name, marks in _CSV_MARKS:
            if all(mark in columns for mark in marks) and not (name == "bis_csv" and columns & _TEMPLATE_ONLY):
                return name
    if rows and len(rows[0]) in _OFAC_WIDTHS and rows[0][0].strip().isdigit():
        return "ofac_csv"
    return ""


def _tell_json(head: str) -> str:
    if re.search(r'"results"\s*:\s*\[', head):
        return "csl_json"
    if re.search(r'"entities"\s*:\s*\[', head) and '"list_id"' in head:
        return "extract_json"
    if re.match(r'\{[^\n]*"schema"\s*:', head) and '"properties"' in head.split("\n", 1)[0]:
        return "ftm_jsonl"
    return ""


def _first_rows(head: str) -> list[list[str]]:
    delimiter = "\t" if "\t" in head.split("\n", 1)[0] else (";" if head.split("\n", 1)[0].count(";") > 5 else ",")
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
    rows: list[list[str]] = []
    try:
        for row in reader:
            rows.append(row)
            if len(rows) == 4:
                break
    except csv.Error:
        return rows  # what could be read decides; the parser reports the bad row with its line
    return rows
