"""Statutorily debarred parties, the State Department's CSVs of 2014 to today; aliases stand inside the full name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from screening.lists.collector import Harvest
from screening.lists.decoding import Text
from screening.lists.formats.small_csv import records
from screening.lists.formats.state import State, debarred_entry

NAMES = (
    "debarred party full name and alias",
    "federal register notices - debarred party (full name)",
    "party name",
    "full name",
)
NOTICES = ("notice", "federal register notice")


def parse(texts: Sequence[Text], harvest: Harvest) -> None:
    """Read the file(s); the name column is told by its header. Raises FileRefused("header_drift") for none."""
    for text in texts:
        header = text.text.split("\n", 1)[0].lower()
        name = next((column for column in NAMES if column in header), NAMES[0])
        notice = next((column for column in NOTICES if f"{column}," in header or f'{column}"' in header), NOTICES[0])
        for line, row in records(text, harvest, required=(name, notice)):
            if row[name]:
                harvest.add(debarred_entry(_state(row, name, notice), harvest))
            else:
                harvest.reject(line, "no name", ",".join(row.values())[:200], "DTC")


def _state(row: Mapping[str, str], name: str, notice: str) -> State:
    corrected, rescinded = row.get("corrected notice", ""), row.get("rescission notice", "")
    notes = "; ".join(
        filter(
            None,
            (
                f"corrected by {corrected}" if corrected else "",
                f"rescinded by {rescinded}" if rescinded else "",
                row.get("notes", ""),
            ),
        )
    )
    return State(
        name=row[name],
        aliases=tuple(part.strip() for part in row.get("alias", "").split(";") if part.strip()),
        citation=row[notice],
        effective=row.get("eff. date", "") or row.get("notice date", ""),
        expires=row.get("rescission eff. date", ""),
        programs=tuple(filter(None, (row.get("type", ""),))),
        birth=row.get("date of birth", "") or row.get("dob", ""),
        notes=notes,
    )
