"""Nonproliferation sanctions, the State Department's CSV: one row per party and authority, blank filler rows."""

from __future__ import annotations

from collections.abc import Sequence

from screening.lists.collector import Harvest
from screening.lists.decoding import Text
from screening.lists.formats.small_csv import records
from screening.lists.formats.state import State, sanction_entry

REQUIRED = ("programs", "name", "country", "federal register notice")


def parse(texts: Sequence[Text], harvest: Harvest) -> None:
    """Read the file(s); a row without a name is rejected."""
    for text in texts:
        for line, row in records(text, harvest, required=REQUIRED):
            if not row["name"]:
                harvest.reject(line, "no name", ",".join(row.values())[:200], "ISN")
                continue
            aliases = row.get("alternative names", "")
            harvest.add(
                sanction_entry(
                    State(
                        name=row["name"],
                        aliases=tuple(part.strip() for part in aliases.split(";") if part.strip()),
                        country=row["country"],
                        address=row.get("address", ""),
                        citation=row["federal register notice"],
                        effective=row.get("effective date", ""),
                        expires=row.get("date lifted/waived/expired", ""),
                        programs=tuple(filter(None, (row["programs"],))),
                        notes=row.get("remarks/notes", ""),
                    ),
                    harvest,
                )
            )
