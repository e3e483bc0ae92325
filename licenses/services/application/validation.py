"""Values as exporters send them, checked before they are stored: the same readers the check uses, so that a stored draft can
always be read again. Problems are Refused("invalid") with the key and the remedy in plain words."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from exportcheck.errors import Refused
from licenses.models import LicenseApplication
from licenses.rules.eccn import parse_eccn
from licenses.rules.facts.json_values import as_text, read_country
from licenses.rules.facts.read_facts import read_answers
from licenses.rules.facts.read_form import read_fields, read_form
from licenses.rules.types import RuleInputError, TransactionType
from screening.matching.read_party import party_from_dict
from screening.matching.types import PartyError

PAGE_KEYS = frozenset(("type", "title", "transaction", "destination", "end_use", "answers", "form"))
ITEM_TEXTS = {"description": 4_000, "unit": 30}
"""Texts of an item and their most characters (docs/design/intake.md#1.2)."""
ITEM_AMOUNTS = {"quantity": 4, "unit_price_usd": 4, "value_usd": 2}
"""Amounts of an item and the decimals kept."""
ITEM_FORM_KEYS = frozenset(("app_wt", "model_number", "ccats", "manufacturer", "technical_description"))
"""Further fields of intake.md step 13 (Block 22 (b), (c), (d), (i), (j))."""
ITEM_KEYS = frozenset(("eccn", "hs6", "origin", "answers", "form", *ITEM_TEXTS, *ITEM_AMOUNTS, *ITEM_FORM_KEYS))
MAX_AMOUNT = Decimal(10) ** 13
"""Bound of the columns; ten trillion dollars or units is a typing mistake."""
MAX_FORM_TEXT = 4_000
"""Longest field of the form, Block 24."""
MAX_FORM_LEVELS, MAX_PARTS, MAX_KEY = 2, 400, 200
_FORM_KEY = re.compile(r"^[a-z][a-z0-9_]{0,59}$")
_HS6 = re.compile(r"^\d{6}$")
T = TypeVar("T")


def clean_page(data: Mapping[str, Any], *, answers: Mapping[str, Any], form: Mapping[str, Any]) -> dict[str, Any]:
    """Columns of the application from the `data` of `save_page`; `answers` and `form` are what is stored now."""
    _no_unknown(data, PAGE_KEYS, "this page")
    values: dict[str, Any] = {}
    if "type" in data:
        values["type"] = _one_of(data["type"], LicenseApplication.Type.values, "type")
    if "transaction" in data:
        values["transaction"] = _one_of(data["transaction"] or "", ("", *TransactionType), "transaction")
    if "title" in data:
        values["title"] = _text(data["title"], "title", 200)
    if "destination" in data:
        values["destination"] = read(read_country, data["destination"], "destination") if data["destination"] else ""
    if "end_use" in data:
        values["end_use"] = _text(data["end_use"], "end_use", 2_000)
    if "answers" in data:
        values["answers"] = merged(answers, clean_answers(data["answers"], "answers"), data["answers"])
    if "form" in data:
        values["form"] = merged(form, clean_form(data["form"]), data["form"])
    return values


def clean_party(data: Mapping[str, Any]) -> dict[str, Any]:
    """Columns of a party from a Party object without id and listed."""
    if not isinstance(data, Mapping):
        raise Refused("invalid", "A party is an object of name, role, country and so on.")
    _no_unknown(data, frozenset(data) - {"id", "listed"}, "a party")
    try:
        party = party_from_dict(data)
        for code in _countries_of(party):
            read_country(code, "country")
    except (PartyError, RuleInputError) as error:
        raise Refused("invalid", error.detail) from error
    if not party.role:
        raise Refused("invalid", "Give the party a role, such as ultimate_consignee.")
    facts = {key: value for key, value in data.items() if key not in ("name", "role", "country") and value not in (None, "", [])}
    return {"name": party.name, "role": party.role, "country": party.country, "facts": facts}


def _countries_of(party: Any) -> list[str]:  # a Party or one of its owners, whatever the layer
    own = [party.country, *party.citizenships, *(row.country for row in party.identifiers)]
    return [code for code in own if code] + [code for owner in party.owners for code in _countries_of(owner)]


def clean_item(data: Mapping[str, Any]) -> dict[str, Any]:
    """Columns of a line item from an Item object without id; fields that are not given become blank."""
    if not isinstance(data, Mapping):
        raise Refused("invalid", "An item is an object of eccn, description and so on.")
    _no_unknown(data, ITEM_KEYS, "an item")
    values: dict[str, Any] = {key: _text(data.get(key) or "", key, most) for key, most in ITEM_TEXTS.items()}
    values.update({key: _amount(data.get(key), key, places) for key, places in ITEM_AMOUNTS.items()})
    eccn = _text(data.get("eccn") or "", "eccn", 40)
    values["eccn"] = str(read(parse_eccn, eccn)) if eccn else ""
    hs6 = _text(data.get("hs6") or "", "hs6", 10).replace(".", "")
    if hs6 and not _HS6.match(hs6):
        raise Refused("invalid", f"hs6: {hs6!r} is not six digits, such as 8542.39.")
    values["hs6"] = hs6
    values["origin"] = read(read_country, data["origin"], "origin") if data.get("origin") else ""
    values["answers"] = {
        key: value for key, value in clean_answers(data.get("answers") or {}, "answers").items() if value is not None
    }
    extra = {key: data[key] for key in ITEM_FORM_KEYS if key in data}
    form = clean_form({**(data.get("form") or {}), **extra}, read_fields)
    values["form"] = {key: value for key, value in form.items() if value is not None}
    return values


def clean_answers(data: Any, where: str) -> dict[str, Any]:
    """Answers read by the rules' own reader, as JSON keeps them; Any: read_answers names what is wrong with any value."""
    answers: dict[str, Any] = read(read_answers, data, where)
    return {key: list(value) if isinstance(value, tuple) else value for key, value in answers.items()}


def clean_form(data: Any, reader: Callable[[Any, str], object] = read_form) -> dict[str, Any]:
    """Fields of the form: short texts, yes or no, numbers, lists or maps of these (two levels at most). `reader` is the rules'
    own, so that what is stored can be checked."""
    if not isinstance(data, Mapping):
        raise Refused("invalid", "form is an object of field names and values.")
    for key, value in data.items():
        if not isinstance(key, str) or not _FORM_KEY.match(key):
            raise Refused("invalid", f"form: {str(key)[:60]!r} is no field name.")
        if not _plain(value, MAX_FORM_LEVELS):
            raise Refused(
                "invalid",
                f"form.{key}: give a text (at most {MAX_FORM_TEXT:,} characters), yes or no, a number, or a list of these.",
            )
    read(reader, data, "form")
    return dict(data)


def _plain(value: object, levels: int) -> bool:
    if isinstance(value, str):
        return len(value) <= MAX_FORM_TEXT and "\x00" not in value
    if isinstance(value, list | Mapping):
        parts = list(value.values()) if isinstance(value, Mapping) else value
        keys = list(value) if isinstance(value, Mapping) else []
        short = all(isinstance(key, str) and len(key) <= MAX_KEY for key in keys)
        return levels > 0 and short and len(parts) <= MAX_PARTS and all(_plain(part, levels - 1) for part in parts)
    return value is None or isinstance(value, bool | int) or (isinstance(value, float) and math.isfinite(value))


def merged(stored: Mapping[str, Any], read_values: Mapping[str, Any], sent: Mapping[str, Any]) -> dict[str, Any]:
    """What is stored with what was sent laid over it; a key sent as None, or blank, goes."""
    gone = {key for key, value in sent.items() if value is None or value == ""}
    return {key: value for key, value in {**stored, **read_values}.items() if key not in gone}


def read(reader: Callable[..., T], *args: Any) -> T:
    """Call a reader of rules or parties; its complaint becomes Refused("invalid")."""
    try:
        return reader(*args)
    except (RuleInputError, PartyError) as error:
        raise Refused("invalid", error.detail) from error


def _no_unknown(data: Mapping[str, Any], known: frozenset[str], what: str) -> None:
    unknown = sorted(str(key) for key in data if key not in known)
    if unknown:
        raise Refused("invalid", f"{unknown[0][:60]!r} is no field of {what}.")


def _one_of(value: object, choices: Any, where: str) -> str:  # choices: any collection of texts
    if not isinstance(value, str) or value not in set(choices):
        raise Refused("invalid", f"{where}: {str(value)[:40]!r} is none of {', '.join(filter(None, choices))}.")
    return value


def _text(value: object, where: str, most: int) -> str:
    text = read(as_text, value, where).strip()
    if len(text) > most:
        raise Refused("invalid", f"{where} has {len(text):,} characters; {most:,} at most.")
    if "\x00" in text:
        raise Refused("invalid", f"{where} contains a NUL character; send plain text.")
    return text


def _amount(value: object, where: str, places: int) -> Decimal | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise Refused("invalid", f"{where} must be a number.")
    try:
        amount = Decimal(str(value)).quantize(Decimal(1).scaleb(-places))
    except InvalidOperation as error:
        raise Refused("invalid", f"{where}: {str(value)[:40]} cannot be read as an amount.") from error
    if not 0 <= amount < MAX_AMOUNT:
        raise Refused("invalid", f"{where}: {str(value)[:40]} is out of range.")
    return amount
