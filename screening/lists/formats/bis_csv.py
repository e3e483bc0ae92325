"""Commerce CSVs: the legacy Entity List (a row per alias and address, 31 to 36 columns) and the Unverified List."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from screening.lists.collector import Harvest
from screening.lists.decoding import Text
from screening.lists.formats.commerce import Printed, add_entry, merged
from screening.lists.formats.small_csv import records

_ADDRESS = ("address", "city", "state/province", "postal code", "country")
_ENTITY = ("source list", "name", "country", "federal register notice", "license requirement", "license policy")
_UNVERIFIED = ("country", "name", "address")


def parse(texts: Sequence[Text], harvest: Harvest) -> None:
    """Read the file(s): rows of one name, country and citation are one entry with all its aliases and addresses."""
    for text in texts:
        legacy = "source list" in text.text.split("\n", 1)[0].lower()
        rows: list[Printed] = []
        for line, row in records(text, harvest, required=_ENTITY if legacy else _UNVERIFIED):
            code = row["source list"].upper() if legacy else "UVL"
            if not row["name"] or code not in ("EL", "UVL"):
                harvest.reject(
                    line, "no name" if not row["name"] else f"unknown list {code!r}", ",".join(row.values())[:200], code
                )
                continue
            rows.append(_legacy(row) if legacy else _unverified(row))
        for printed in merged(rows):
            add_entry("EL" if legacy else "UVL", printed, harvest)


def _unverified(row: Mapping[str, str]) -> Printed:
    address = row["address"].rstrip(".")
    named = ", ".join(filter(None, (address, row["country"])))
    return Printed(name=row["name"], country=row["country"], addresses=(named,) if address else ())


def _legacy(row: Mapping[str, str]) -> Printed:
    address = ", ".join(filter(None, (row.get(column, "") for column in _ADDRESS)))
    alias = row.get("alternate name", "")
    return Printed(
        name=row["name"],
        country=row["country"],
        aliases=(alias,) if alias else (),
        addresses=(address,) if address and address != row["country"] else (),
        citation=row["federal register notice"],
        requirement=row["license requirement"],
        policy=row["license policy"],
        effective=row.get("effective date", ""),
        remarks=row.get("remarks/notes", ""),
    )
