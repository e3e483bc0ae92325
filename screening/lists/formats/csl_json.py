"""Consolidated Screening List, JSON: an object with a `results` array, addresses and ids as objects.

Not yet proven on a publisher's file: written from the published field names, which are those of the CSV.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from screening.lists.collector import Harvest
from screening.lists.decoding import Text
from screening.lists.fields.names import squeeze
from screening.lists.formats.csl_csv import COLUMNS, take_record
from screening.lists.formats.extract_json import load
from screening.lists.types import FileRefused, WarningCode

_ADDRESS = ("address", "city", "state", "postal_code", "country")
_IGNORED = frozenset(("id", "country", "score", "issue_date", "expiration_date"))
_LISTS = ("alt_names", "addresses")


def parse(texts: Sequence[Text], harvest: Harvest) -> None:
    """Read the file(s). Raises FileRefused: truncated, header_drift (no `results` array)."""
    for text in texts:
        document = load(text)
        results = document.get("results")
        if not isinstance(results, list):
            raise FileRefused("header_drift", f"{text.name}: no 'results' array")
        total = document.get("total")
        if isinstance(total, int) and total > len(results):
            raise FileRefused("truncated", f"{text.name} promises {total:,} results and holds {len(results):,}")
        for number, result in enumerate(results, 1):
            _take(number, result, harvest)


def _take(number: int, result: object, harvest: Harvest) -> None:
    if not isinstance(result, Mapping):
        harvest.reject(number, "a result is no object", str(result)[:200])
        return
    for key in result:
        if key not in COLUMNS and key not in _IGNORED:
            harvest.note(WarningCode.UNKNOWN_COLUMN, f"unknown key {key!r} is not read")
    cells = dict.fromkeys(COLUMNS, "") | {key: _text(result[key]) for key in result if key in COLUMNS and key != "addresses"}
    cells["_id"] = _text(result.get("id"))
    addresses = [_address(item) for item in _list(result.get("addresses"))]
    cells["addresses"] = "; ".join(addresses)
    cells["ids"] = "; ".join(_identifier(item) for item in _list(result.get("ids")))
    # The arrays are exact where the joined text of the CSV is not: an alias may hold "; " itself.
    exact = {"alt_names": [squeeze(str(item)) for item in _list(result.get("alt_names"))], "addresses": addresses}
    take_record(number, cells, harvest, {key: exact[key] for key in _LISTS})


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else [] if value in (None, "") else [value]


def _text(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(squeeze(str(item)) for item in value if item not in (None, ""))
    return "" if value is None else str(value)


def _address(item: object) -> str:
    if not isinstance(item, Mapping):
        return squeeze(str(item))
    return ", ".join(squeeze(str(item[key])) for key in _ADDRESS if item.get(key))


def _identifier(item: object) -> str:
    if not isinstance(item, Mapping):
        return squeeze(str(item))
    return ", ".join(squeeze(str(item[key])) for key in ("type", "number", "country") if item.get(key))
