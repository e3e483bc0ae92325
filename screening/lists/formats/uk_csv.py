"""UK lists, CSV: the UK Sanctions List (58 columns) and the earlier consolidated list (Group ID), a row per name.

Not yet proven on a publisher's file: written from the published column names. A line with the date stands above the
header. Dates are day first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from screening.lists.collector import Harvest
from screening.lists.decoding import Text
from screening.lists.fields.addresses import countries_of
from screening.lists.fields.dates import european_date
from screening.lists.fields.identifiers import identifier
from screening.lists.fields.names import squeeze, with_abbreviations
from screening.lists.formats.small_csv import records
from screening.lists.schema import schema_of
from screening.matching.countries import code_for
from screening.matching.types import Alias, Identifier, ListedParty, Quality, Schema

LINK = "https://www.gov.uk/government/publications/the-uk-sanctions-list"
_KINDS = {"individual": Schema.PERSON, "entity": Schema.ORGANIZATION, "ship": Schema.VESSEL}
_GIVEN = ("name 1", "name 2", "name 3", "name 4", "name 5", "name 6")
_PRIMARY = re.compile(r"^primary name$", re.IGNORECASE)
_BLANK_DAY = re.compile(r"^(?:00|dd)/(?:00|mm)/", re.IGNORECASE)
_NUMBERS = (
    ("passport number", "Passport"),
    ("national identifier number", "National ID No."),
    ("national identification number", "National ID No."),
    ("imo number", "IMO"),
    ("business registration number (s)", "Registration Number"),
)
_DATE_LINE = re.compile(r"(?:Report Date|Last Updated)\W+([\w/\-]+)", re.IGNORECASE)


def parse(texts: Sequence[Text], harvest: Harvest) -> None:
    """Read the file(s): rows of one Unique ID (or Group ID) are one party, its primary name first."""
    for text in texts:
        first, _, rest = text.text.partition("\n")
        above = 0 if "name 6" in first.lower() else 1
        if above and (match := _DATE_LINE.search(first)):
            harvest.publish(european_date(match[1]))
        header = (rest if above else first).split("\n", 1)[0].lower()
        key = "unique id" if "unique id" in header else "group id"
        groups: dict[str, list[Mapping[str, str]]] = {}
        for line, row in records(text, harvest, required=("name 6", key), skip=above):
            if row[key] and _name(row):
                groups.setdefault(row[key], []).append(row)
            elif not (row[key] and row.get("name non-latin script")):
                harvest.reject(line, f"no {key}" if not row[key] else "no name", ",".join(row.values())[:200], "UK")
        for uid, rows in groups.items():
            harvest.add(_entry(uid, rows))


def _name(row: Mapping[str, str]) -> str:
    return squeeze(" ".join(row[column] for column in _GIVEN if row.get(column)))


def _entry(uid: str, rows: list[Mapping[str, str]]) -> ListedParty:
    ordered = sorted(rows, key=lambda row: not _PRIMARY.match(row.get("name type", "") or row.get("alias type", "")))
    first, name = ordered[0], _name(ordered[0])
    addresses = tuple(dict.fromkeys(filter(None, map(_address, rows))))
    places = ("address country", "country", "current believed flag of ship")
    countries = [code_for(row.get(column, "")) for row in rows for column in places]
    kind = (first.get("designation type", "") or first.get("group type", "")).lower()
    return ListedParty(
        list="UK",
        uid=uid,
        name=name,
        schema=_KINDS.get(kind) or schema_of(name, vessel=bool(first.get("imo number"))),
        aliases=with_abbreviations(name, [alias for row in ordered for alias in _aliases(row)]),
        addresses=addresses,
        countries=countries_of(addresses, *countries),
        identifiers=tuple(dict.fromkeys(key for row in rows for key in _identifiers(row))),
        birth_dates=tuple(
            dict.fromkeys(_birth(part) for row in rows for part in _values(row.get("d.o.b", "") or row.get("dob", "")))
        ),
        citizenships=tuple(
            dict.fromkeys(
                filter(
                    None,
                    (
                        code_for(part)
                        for row in rows
                        for part in _values(row.get("nationality(/ies)", "") or row.get("nationality", ""))
                    ),
                )
            )
        ),
        programs=tuple(dict.fromkeys(filter(None, (row.get("regime name", "") or row.get("regime", "") for row in rows)))),
        federal_register=first.get("un reference number", ""),
        effective_on=european_date(first.get("date designated", "") or first.get("listed on", "")),
        remarks="; ".join(
            dict.fromkeys(
                filter(
                    None, (first.get(column, "") for column in ("title", "position", "sanctions imposed", "other information"))
                )
            )
        ),
        source_url=LINK,
    )


def _aliases(row: Mapping[str, str]) -> list[Alias]:
    printed = (row.get("alias strength", "") or row.get("alias quality", "")).lower()
    quality = Quality.WEAK if printed.startswith("low") else Quality.STRONG if printed.startswith("good") else Quality.UNKNOWN
    printed_kind = (row.get("name type", "") or row.get("alias type", "")).lower()
    kind = "fka" if printed_kind.startswith(("fka", "formerly")) else "aka"
    script = squeeze(row.get("name non-latin script", ""))
    return [Alias(_name(row), quality, kind), *([Alias(script, quality, "script")] if script else [])]


def _address(row: Mapping[str, str]) -> str:
    lines = [row.get(f"address line {number}", "") or row.get(f"address {number}", "") for number in range(1, 7)]
    lines.append(row.get("address postal code", "") or row.get("post/zip code", ""))
    text = ", ".join(filter(None, map(squeeze, lines)))
    country = row.get("address country", "") or row.get("country", "")
    return ", ".join(filter(None, (text, country))) if text else ""


def _identifiers(row: Mapping[str, str]) -> list[Identifier]:
    found = (identifier(kind, part) for column, kind in _NUMBERS for part in _values(row.get(column, "")))
    return [key for key in found if key is not None]


def _values(printed: str) -> list[str]:
    """Values of one cell: "(1) A (2) B" or parted by semicolons."""
    parts = re.split(r"\s*\(\d\)\s*|\s*;\s*", printed)
    return [squeeze(part) for part in parts if part.strip()]


def _birth(printed: str) -> str:
    if _BLANK_DAY.match(printed):
        return printed[-4:]
    date = european_date(printed)
    return date.isoformat() if date else printed
