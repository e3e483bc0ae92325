"""JSON extracts of agency lists: one object with `list_id`, `source_file`, `extracted` and `entities`."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from screening.lists.collector import Harvest
from screening.lists.decoding import Text
from screening.lists.fields.dates import date_of
from screening.lists.fields.names import squeeze
from screening.lists.formats.commerce import Printed, add_entry
from screening.lists.formats.denial import Order, denial_entry
from screening.lists.formats.state import State, debarred_entry, sanction_entry
from screening.lists.formats.warning_list import warning_entry
from screening.lists.types import FileRefused, WarningCode

LISTS = {
    "bis-entity-list": "EL",
    "bis-meu": "MEU",
    "bis-uvl": "UVL",
    "bis-dpl": "DPL",
    "state-nonproliferation": "ISN",
    "state-debarred-statutory": "DTC",
    "state-debarred-admin": "DTC",
    "ofac-nscmic": "CMIC",
    "dow-1260h": "1260H",
    "dow-1286": "1286",
    "dhs-uflpa": "UFLPA",
}
KEYS = ("name", "aliases", "country", "address", "status", "effective_date", "federal_register", "notes")
_LIVE = re.compile(r"Supplement No\.|live fetch")
_STAMPS = (
    (re.compile(r"(?<!\d)(20\d\d)(\d\d)(\d\d)(?!\d)"), "{0}-{1}-{2}"),
    (re.compile(r"(?<!\d)(\d\d)(\d\d)(20\d\d)(?!\d)"), "{2}-{0}-{1}"),
    (re.compile(r"(?<!\d)(\d\d)\.(\d\d)\.(\d\d)(?!\d)"), "20{2}-{0}-{1}"),
)
_MONTH = re.compile(r"\b([A-Z][a-z]{2,8})-(20\d\d)\b")
_EXPIRES = re.compile(r"Expires: (\S+)")


def parse(texts: Sequence[Text], harvest: Harvest) -> None:
    """Read the file(s). Raises FileRefused: truncated (JSON cut, or fewer entities than `count`), header_drift."""
    for text in texts:
        document = load(text)
        entities, count = document.get("entities"), document.get("count")
        if not isinstance(entities, list) or not isinstance(document.get("list_id"), str):
            raise FileRefused("header_drift", f"{text.name}: no 'list_id' with a list of 'entities'")
        if isinstance(count, int) and count != len(entities):
            raise FileRefused("truncated", f"{text.name} promises {count:,} entities and holds {len(entities):,}")
        code = LISTS.get(document["list_id"], harvest.code)
        harvest.publish(file_date(str(document.get("source_file") or ""), str(document.get("extracted") or "")))
        for number, entity in enumerate(entities, 1):
            _take(code, number, entity, harvest)


def load(text: Text) -> dict[str, Any]:
    """The JSON object of a file. Raises FileRefused("truncated") when it does not end, "header_drift" for no object."""
    try:
        document = json.loads(text.text)
    except (ValueError, RecursionError) as error:
        raise FileRefused("truncated", f"{text.name}: the JSON cannot be read whole ({error}); fetch it again") from error
    if not isinstance(document, dict):
        raise FileRefused("header_drift", f"{text.name}: one JSON object is expected, not {type(document).__name__}")
    return document


def file_date(source_file: str, extracted: str) -> dt.date | None:
    """Date of the agency's file, from its own name; the day of extraction for a page that has no other date."""
    if _LIVE.search(source_file):
        return date_of(extracted)
    for pattern, form in _STAMPS:
        if (match := pattern.search(source_file)) and (found := date_of(form.format(*match.groups()))):
            return found
    match = _MONTH.search(source_file)
    return date_of(f"1 {match[1]} {match[2]}") if match else None


def _take(code: str, number: int, entity: object, harvest: Harvest) -> None:
    if not isinstance(entity, Mapping):
        harvest.reject(number, "an entity is no object", str(entity)[:200], code)
        return
    for key in entity:
        if key not in KEYS:
            harvest.note(WarningCode.UNKNOWN_COLUMN, f"unknown key {key!r} is not read", code)
    row = {key: squeeze_lines(entity.get(key)) for key in KEYS if key != "aliases"}
    given = entity.get("aliases") or []
    aliases = tuple(squeeze(str(item)) for item in given if str(item).strip()) if isinstance(given, list) else ()
    if not row["name"]:
        harvest.reject(number, "no name", str(dict(entity))[:200], code)
    elif code in ("EL", "MEU", "UVL"):
        add_entry(code, _commerce(code, row, aliases), harvest)
    elif code == "DPL":
        harvest.add(denial_entry(_order(row, aliases), harvest))
    elif code == "ISN":
        harvest.add(sanction_entry(_state(row, aliases), harvest))
    elif code == "DTC":
        harvest.add(debarred_entry(_state(row, aliases), harvest))
    else:
        harvest.add(warning_entry(code, _state(row, aliases), harvest))


def squeeze_lines(value: object) -> str:
    """Text of a JSON value, lines squeezed one by one (several citations stand on several lines)."""
    return "\n".join(filter(None, map(squeeze, str(value).splitlines()))) if value not in (None, "") else ""


def _commerce(code: str, row: Mapping[str, str], aliases: tuple[str, ...]) -> Printed:
    requirement = row["notes"] if code == "EL" else ""
    return Printed(
        name=row["name"],
        country=row["country"],
        aliases=aliases,
        addresses=(row["address"],) if row["address"] else (),
        citation=row["federal_register"],
        requirement=requirement,
        effective=row["effective_date"],
        remarks="" if code == "EL" else row["notes"],
    )


def _order(row: Mapping[str, str], aliases: tuple[str, ...]) -> Order:
    expires = _EXPIRES.search(row["notes"])
    return Order(
        name=row["name"],
        addresses=tuple(filter(None, map(squeeze, row["address"].split("; ")))),
        country=row["country"],
        aliases=aliases,
        effective=row["effective_date"],
        expires=expires[1].rstrip(";,.") if expires else "",
        citation=row["federal_register"],
        remarks=row["notes"],
    )


def _state(row: Mapping[str, str], aliases: tuple[str, ...]) -> State:
    return State(
        name=row["name"],
        aliases=aliases,
        country=row["country"],
        address=row["address"],
        citation=row["federal_register"],
        effective=row["effective_date"],
        notes=row["notes"],
    )
