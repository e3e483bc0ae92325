"""Reading a Party object of docs/contract.md: shape only, every unknown key named, nothing guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from screening.matching.countries import ISO2
from screening.matching.types import Identifier, Party, PartyError, Role, Schema

PARTY_KEYS = frozenset(
    (
        "id",
        "role",
        "name",
        "other_names",
        "kind",
        "address",
        "addresses",
        "country",
        "identifiers",
        "birth_date",
        "citizenships",
        "owners",
        "share_percent",
        "listed",
    )
)
IDENTIFIER_KEYS = frozenset(("type", "value", "country"))
MAX_OWNER_LAYERS = 6
"""Layers of owners taken (docs/contract.md, Party)."""
MAX_NAME_CHARS = 1_000
"""Longest name or address taken; the longest printed on a list is about 400 characters."""
MAX_ITEMS = 500
"""Most names, addresses, identifiers or owners a party may carry."""


def party_from_dict(data: object, *, where: str = "party", layer: int = 0) -> Party:
    """Read one Party object of docs/contract.md.

    Raises PartyError naming the place, the key and the remedy: unknown keys, wrong types, over-long texts,
    more than six layers of owners. Shape only: whether there is enough to screen is the engine's answer.
    """
    if not isinstance(data, Mapping):
        raise PartyError("wrong_type", f"{where} must be an object, not {type(data).__name__}")
    unknown = sorted(str(key) for key in data if key not in PARTY_KEYS)
    if unknown:
        raise PartyError("unknown_key", f"{where}: unknown key {unknown[0]!r}; known keys are {', '.join(sorted(PARTY_KEYS))}")
    if layer > MAX_OWNER_LAYERS:
        raise PartyError("too_deep", f"{where}: owners are taken through {MAX_OWNER_LAYERS} layers at most")
    if "address" in data and "addresses" in data:
        raise PartyError("conflict", f"{where}: give either 'address' (one line) or 'addresses' (a list), not both")
    addresses = _texts(data, "addresses", where) if "addresses" in data else tuple(filter(None, (_text(data, "address", where),)))
    return Party(
        name=_text(data, "name", where),
        id=_text(data, "id", where),
        role=_choice(data, "role", where, Role),
        other_names=_texts(data, "other_names", where),
        kind=Schema(_choice(data, "kind", where, Schema) or Schema.UNKNOWN),
        addresses=addresses,
        country=_country(data, "country", where),
        identifiers=_identifiers(data, where),
        birth_date=_text(data, "birth_date", where),
        citizenships=tuple(_iso(value, f"{where}.citizenships") for value in _texts(data, "citizenships", where)),
        owners=tuple(
            party_from_dict(owner, where=f"{where}.owners[{position}]", layer=layer + 1)
            for position, owner in enumerate(_sequence(data, "owners", where))
        ),
        share_percent=_share(data, where),
        listed=_listed(data, where),
    )


def _sequence(data: Mapping[str, Any], key: str, where: str) -> Sequence[Any]:
    value = data.get(key)
    if value is None:
        return ()
    if isinstance(value, str | bytes) or not isinstance(value, Sequence):
        raise PartyError("wrong_type", f"{where}.{key} must be a list, not {type(value).__name__}")
    if len(value) > MAX_ITEMS:
        raise PartyError("too_many", f"{where}.{key} has {len(value)} values; {MAX_ITEMS} at most")
    return value


def _checked(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise PartyError("wrong_type", f"{where} must be text, not {type(value).__name__}")
    if len(value) > MAX_NAME_CHARS:
        raise PartyError("too_long", f"{where} has {len(value):,} characters; {MAX_NAME_CHARS:,} at most")
    if "\x00" in value:
        raise PartyError("bad_text", f"{where} contains a NUL character; send plain text")
    return value.strip()


def _text(data: Mapping[str, Any], key: str, where: str) -> str:
    value = data.get(key)
    return "" if value is None else _checked(value, f"{where}.{key}")


def _texts(data: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    texts = (_checked(value, f"{where}.{key}[{position}]") for position, value in enumerate(_sequence(data, key, where)))
    return tuple(text for text in texts if text)


def _choice(data: Mapping[str, Any], key: str, where: str, kinds: type[StrEnum]) -> str:
    value = _text(data, key, where)
    if value and value not in set(kinds):
        raise PartyError("bad_value", f"{where}.{key}: {value[:40]!r} is none of {', '.join(kinds)}")
    return value


def _iso(value: str, where: str) -> str:
    code = value.upper()
    if code and code not in ISO2:
        raise PartyError("bad_country", f"{where}: {value[:40]!r} is not an ISO 3166 two-letter country code, such as 'DE'")
    return code


def _country(data: Mapping[str, Any], key: str, where: str) -> str:
    return _iso(_text(data, key, where), f"{where}.{key}")


def _identifiers(data: Mapping[str, Any], where: str) -> tuple[Identifier, ...]:
    identifiers: list[Identifier] = []
    for position, row in enumerate(_sequence(data, "identifiers", where)):
        row_where = f"{where}.identifiers[{position}]"
        if not isinstance(row, Mapping):
            raise PartyError("wrong_type", f"{row_where} must be an object with type, value and country")
        unknown = sorted(str(key) for key in row if key not in IDENTIFIER_KEYS)
        if unknown:
            raise PartyError("unknown_key", f"{row_where}: unknown key {unknown[0]!r}; known keys are country, type, value")
        if not _text(row, "value", row_where):
            raise PartyError("missing", f"{row_where}.value is empty")
        identifiers.append(
            Identifier(_text(row, "type", row_where), _text(row, "value", row_where), _country(row, "country", row_where))
        )
    return tuple(identifiers)


def _share(data: Mapping[str, Any], where: str) -> float | None:
    value = data.get("share_percent")
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise PartyError("wrong_type", f"{where}.share_percent must be a number from 0 to 100, or absent when unknown")
    if not 0 <= value <= 100:
        raise PartyError("bad_value", f"{where}.share_percent is {value}; it must lie between 0 and 100")
    return float(value)


def _listed(data: Mapping[str, Any], where: str) -> tuple[Mapping[str, Any], ...] | None:
    if data.get("listed") is None:
        return None
    rows = _sequence(data, "listed", where)
    for position, row in enumerate(rows):
        if not isinstance(row, Mapping):
            raise PartyError("wrong_type", f"{where}.listed[{position}] must be a hit object")
    return tuple(rows)
