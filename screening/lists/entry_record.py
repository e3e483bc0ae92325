"""An entry as a compact JSON-ready dict and back, exactly: what a database row stores."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from screening.matching.types import Alias, Identifier, ListedParty, Quality, Schema

_TEXTS = (
    "license_requirement",
    "requirement_code",
    "license_policy",
    "policy_code",
    "federal_register",
    "remarks",
    "source_url",
)
_LISTS = ("addresses", "countries", "birth_dates", "citizenships", "programs", "footnotes")
_SCHEMAS = {str(schema): schema for schema in Schema}
_QUALITIES = {str(quality): quality for quality in Quality}


def to_record(entry: ListedParty) -> dict[str, Any]:
    """JSON-ready dict of an entry; fields that hold their default are left out.

    Aliases are `[name]`, `[name, quality]` or `[name, quality, kind]`; identifiers `[type, value]` or
    `[type, value, country]`; dates ISO text. `from_record` gives back an equal entry.
    """
    record: dict[str, Any] = {"list": entry.list, "uid": entry.uid, "name": entry.name}
    if entry.schema is not Schema.UNKNOWN:
        record["schema"] = str(entry.schema)
    if entry.aliases:
        record["aliases"] = [_alias_record(alias) for alias in entry.aliases]
    if entry.identifiers:
        record["identifiers"] = [
            [item.type, item.value, item.country] if item.country else [item.type, item.value] for item in entry.identifiers
        ]
    for name in _LISTS:
        value = getattr(entry, name)
        if value:
            record[name] = list(value)
    for name in _TEXTS:
        value = getattr(entry, name)
        if value:
            record[name] = value
    if entry.effective_on is not None:
        record["effective_on"] = entry.effective_on.isoformat()
    if entry.expires_on is not None:
        record["expires_on"] = entry.expires_on.isoformat()
    if entry.raw:
        record["raw"] = dict(entry.raw)
    return record


def from_record(record: Mapping[str, Any]) -> ListedParty:
    """The entry `to_record` was made from. Raises TypeError on a record without list, uid and
    name, or with a field that does not exist."""
    fields: dict[str, Any] = {}
    for name, value in record.items():
        reader = _READERS.get(name)
        fields[name] = value if reader is None else reader(value)
    return ListedParty(**fields)


def _alias_record(alias: Alias) -> list[str]:
    row = [alias.name]
    if alias.quality is not Quality.UNKNOWN or alias.kind != "aka":
        row.append(str(alias.quality))
        if alias.kind != "aka":
            row.append(alias.kind)
    return row


def _alias(row: list[str]) -> Alias:
    if len(row) == 1:
        return Alias(row[0])
    return Alias(row[0], _QUALITIES[row[1]], *row[2:])


def _aliases(rows: list[list[str]]) -> tuple[Alias, ...]:
    return tuple([_alias(row) for row in rows])


def _identifiers(rows: list[list[str]]) -> tuple[Identifier, ...]:
    return tuple([Identifier(*row) for row in rows])


# Fields that are not stored as they are; a field that is not in the record keeps the default of ListedParty.
_READERS: Mapping[str, Callable[[Any], Any]] = {
    "schema": _SCHEMAS.__getitem__,
    "aliases": _aliases,
    "identifiers": _identifiers,
    "effective_on": dt.date.fromisoformat,
    "expires_on": dt.date.fromisoformat,
    "raw": dict,
    **dict.fromkeys(_LISTS, tuple),
}
