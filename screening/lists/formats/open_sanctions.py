"""OpenSanctions exports: `targets.simple.csv` and FollowTheMoney entities, one JSON object a line.

Not yet proven on a publisher's file: written from the published column and property names. The list code is the one
the import asks for; entity types of the export are taken as given.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from screening.lists.collector import Harvest
from screening.lists.decoding import Text
from screening.lists.fields.addresses import countries_of
from screening.lists.fields.dates import date_of
from screening.lists.fields.identifiers import identifier
from screening.lists.fields.names import squeeze, with_abbreviations
from screening.lists.formats.small_csv import records
from screening.lists.schema import is_address_only
from screening.lists.types import FileRefused, WarningCode
from screening.matching.countries import code_for
from screening.matching.types import Alias, Identifier, ListedParty, Quality, Schema

SCHEMAS = {
    "Person": Schema.PERSON,
    "Company": Schema.ORGANIZATION,
    "Organization": Schema.ORGANIZATION,
    "PublicBody": Schema.ORGANIZATION,
    "LegalEntity": Schema.UNKNOWN,
    "Vessel": Schema.VESSEL,
    "Airplane": Schema.AIRCRAFT,
    "CryptoWallet": Schema.UNKNOWN,
    "Security": Schema.UNKNOWN,
}
PAPERS = {"Passport": "Passport", "Identification": ""}
"""Types of entities that are papers of a holder, and the type of their number ("" = the entity says it)."""
_IMO = re.compile(r"IMO[ -]?(\d{7})")
REQUIRED = ("id", "schema", "name")
_NAMES = (("name", "aka"), ("alias", "aka"), ("previousName", "fka"), ("abbreviation", "abbreviation"))
_NUMBERS = (
    ("imoNumber", "IMO"),
    ("mmsi", "MMSI"),
    ("callSign", "Call Sign"),
    ("passportNumber", "Passport"),
    ("idNumber", "National ID No."),
    ("taxNumber", "Tax ID No."),
    ("innCode", "Tax ID No."),
    ("vatCode", "V.A.T. Number"),
    ("registrationNumber", "Registration Number"),
    ("ogrnCode", "Registration Number"),
    ("uscCode", "USCC"),
    ("leiCode", "LEI"),
    ("swiftBic", "SWIFT/BIC"),
    ("dunsCode", "DUNS"),
    ("publicKey", "Digital Currency Address"),
)


def parse_csv(texts: Sequence[Text], harvest: Harvest) -> None:
    """Read `targets.simple.csv`; multi-valued columns are parted by semicolons."""
    for text in texts:
        for line, row in records(text, harvest, required=REQUIRED):
            if not row["id"] or not row["name"]:
                harvest.reject(line, "no id" if not row["id"] else "no name", ",".join(row.values())[:200], harvest.code)
                continue
            harvest.row_date(date_of(row.get("last_change", "")) or date_of(row.get("last_seen", "")))
            harvest.add(_target(harvest.code, row, harvest))


def parse_jsonl(texts: Sequence[Text], harvest: Harvest) -> None:
    """Read FollowTheMoney lines: parties become entries, addresses are joined to them, other entities are left out."""
    for text in texts:
        lines = text.text.splitlines()
        entities: list[tuple[int, Mapping[str, Any]]] = []
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            entity = _entity(line)
            if entity is not None:
                entities.append((number, entity))
            elif number == len(lines):
                raise FileRefused("truncated", f"{text.name}: the last line is no whole JSON object; fetch it again")
            else:
                harvest.reject(number, "no JSON object with id, schema and properties", line[:200], harvest.code)
        places = {entity["id"]: _first(entity, "full") for _, entity in entities if entity["schema"] == "Address"}
        papers = _papers(entity for _, entity in entities)
        for number, entity in entities:
            _take(number, entity, places, papers, harvest)


def _entity(line: str) -> Mapping[str, Any] | None:
    try:
        entity = json.loads(line)
    except (ValueError, RecursionError):
        return None
    shaped = isinstance(entity, dict) and isinstance(entity.get("id"), str) and isinstance(entity.get("schema"), str)
    return entity if shaped and isinstance(entity.get("properties"), dict) else None


def _papers(entities: Iterable[Mapping[str, Any]]) -> dict[str, list[Identifier]]:
    """Numbers of passports and other papers, which are entities of their own, by the id of their holder."""
    held: dict[str, list[Identifier]] = {}
    for entity in entities:
        if entity["schema"] not in PAPERS:
            continue
        kind = PAPERS[entity["schema"]] or _first(entity, "type")
        country = code_for(_first(entity, "country"))
        numbers = (*_values(entity, "number"), *_values(entity, "passportNumber"))
        found = [key for key in (identifier(kind, text, country) for text in numbers) if key is not None]
        for holder in _values(entity, "holder"):
            held.setdefault(holder, []).extend(found)
    return held


def _take(
    number: int,
    entity: Mapping[str, Any],
    places: Mapping[str, str],
    papers: Mapping[str, Sequence[Identifier]],
    harvest: Harvest,
) -> None:
    if entity["schema"] not in SCHEMAS or entity.get("target") is False:
        if entity["schema"] not in ("Address", "Sanction", *PAPERS):
            harvest.note(
                WarningCode.ROWS_LEFT_OUT,
                f"entities of the type {entity['schema']} are no parties of the list and are left out",
                harvest.code,
            )
        return
    names = _values(entity, "name")
    if not names:
        harvest.reject(number, "a party without a name", str(entity["id"]), harvest.code)
        return
    harvest.row_date(date_of(str(entity.get("last_change") or entity.get("last_seen") or "")))
    harvest.add(_party(harvest.code, entity, names[0], places, papers.get(entity["id"], ())))


def _party(
    code: str, entity: Mapping[str, Any], name: str, places: Mapping[str, str], papers: Sequence[Identifier]
) -> ListedParty:
    aliases = [Alias(text, kind=kind) for key, kind in _NAMES for text in _values(entity, key)]
    aliases.extend(Alias(text, Quality.WEAK) for text in _values(entity, "weakAlias"))
    joined = (places.get(key, "") for key in _values(entity, "addressEntity"))
    addresses = tuple(dict.fromkeys(filter(None, (*_values(entity, "address"), *joined))))
    countries = [_country(text) for key in ("country", "jurisdiction", "mainCountry", "flag") for text in _values(entity, key)]
    keys = (identifier(kind, text) for key, kind in _NUMBERS for text in _values(entity, key))
    citizenships = (_country(text) for key in ("nationality", "citizenship") for text in _values(entity, key))
    return ListedParty(
        list=code,
        uid=entity["id"],
        name=name,
        schema=SCHEMAS[entity["schema"]],
        aliases=with_abbreviations(name, aliases),
        addresses=addresses,
        countries=countries_of(addresses, *countries),
        identifiers=tuple(dict.fromkeys((*(key for key in keys if key is not None), *papers))),
        birth_dates=_values(entity, "birthDate"),
        citizenships=tuple(dict.fromkeys(filter(None, citizenships))),
        programs=_values(entity, "programId") or _values(entity, "program"),
        remarks="; ".join((*_values(entity, "topics"), *_values(entity, "notes"))),
        source_url=_first(entity, "sourceUrl"),
    )


def _target(code: str, row: Mapping[str, str], harvest: Harvest) -> ListedParty:
    def parts(column: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(filter(None, map(squeeze, row.get(column, "").split(";")))))

    schema = Schema.ADDRESS if is_address_only(row["name"]) else SCHEMAS.get(row["schema"], Schema.UNKNOWN)
    if row["schema"] not in SCHEMAS:
        harvest.note(
            WarningCode.UNKNOWN_TYPE,
            f"the type {row['schema']!r} is not known; such entries are screened against every kind",
            code,
        )
    addresses = parts("addresses")
    return ListedParty(
        list=code,
        uid=row["id"],
        name=squeeze(row["name"]),
        schema=schema,
        aliases=with_abbreviations(row["name"], map(Alias, parts("aliases"))),
        addresses=addresses,
        countries=countries_of(addresses, *map(_country, parts("countries"))),
        identifiers=tuple(map(_number, parts("identifiers"))),
        birth_dates=parts("birth_date"),
        programs=parts("program_ids") or parts("sanctions"),
        remarks="; ".join((*parts("sanctions"), *parts("dataset"))),
    )


def _country(code: str) -> str:
    """ISO code of a country; a region such as "ua-cri" stands for its country, a state that is no more for none."""
    return code_for(code) or (code_for(code[:2]) if code[2:3] == "-" else "")


def _number(printed: str) -> Identifier:
    """The column names no types; a ship's number says what it is."""
    imo = _IMO.fullmatch(printed)
    return Identifier("IMO", imo[1]) if imo else Identifier("Identification Number", printed)


def _values(entity: Mapping[str, Any], key: str) -> tuple[str, ...]:
    given = entity["properties"].get(key) or ()
    values = given if isinstance(given, list | tuple) else (given,)
    return tuple(dict.fromkeys(filter(None, (squeeze(str(value)) for value in values))))


def _first(entity: Mapping[str, Any], key: str) -> str:
    return next(iter(_values(entity, key)), "")
