"""Listed parties as bytes and back: what a snapshot stores of an entry, beside the arrays that find it."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from screening.matching.types import Alias, Identifier, ListedParty, Quality, Schema

_PLAIN = (
    "list",
    "uid",
    "name",
    "license_requirement",
    "requirement_code",
    "license_policy",
    "policy_code",
    "federal_register",
    "remarks",
    "source_url",
)
_TUPLES = ("addresses", "countries", "birth_dates", "citizenships", "programs", "footnotes")


def to_bytes(entry: ListedParty) -> bytes:
    """Compact JSON of one entry; empty values are left out."""
    row: dict[str, Any] = {key: value for key in _PLAIN if (value := getattr(entry, key))}
    row |= {key: list(value) for key in _TUPLES if (value := getattr(entry, key))}
    if entry.schema is not Schema.UNKNOWN:
        row["schema"] = str(entry.schema)
    if entry.aliases:
        row["aliases"] = [[alias.name, str(alias.quality), alias.kind] for alias in entry.aliases]
    if entry.identifiers:
        row["identifiers"] = [[item.type, item.value, item.country] for item in entry.identifiers]
    for key in ("effective_on", "expires_on"):
        if (day := getattr(entry, key)) is not None:
            row[key] = day.isoformat()
    if entry.raw:
        row["raw"] = dict(entry.raw)
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def from_bytes(data: bytes) -> ListedParty:
    """The entry `to_bytes` wrote."""
    row: dict[str, Any] = json.loads(data)
    for key in _TUPLES:
        if key in row:
            row[key] = tuple(row[key])
    if "schema" in row:
        row["schema"] = Schema(row["schema"])
    if "aliases" in row:
        row["aliases"] = tuple(Alias(name, Quality(quality), kind) for name, quality, kind in row["aliases"])
    if "identifiers" in row:
        row["identifiers"] = tuple(Identifier(*item) for item in row["identifiers"])
    for key in ("effective_on", "expires_on"):
        if key in row:
            row[key] = dt.date.fromisoformat(row[key])
    return ListedParty(**row)
