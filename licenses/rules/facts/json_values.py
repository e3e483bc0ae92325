"""Shape checks of JSON values at the door: each names the place (`where`) and raises RuleInputError, or hands the value on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from licenses.rules.countries import COUNTRY_NAMES
from licenses.rules.types import RuleInputError

MAX_TEXT = 10_000
"""Longest text taken, in characters; the form's own limits (intake.md 1.2) are shorter."""


def as_object(value: Any, where: str) -> dict[str, Any]:
    """A JSON object with text keys."""
    if not isinstance(value, Mapping):
        raise RuleInputError("wrong_type", f"{where}: expected an object, got {type(value).__name__}")
    return {str(key): entry for key, entry in value.items()}


def as_list(value: Any, where: str) -> list[Any]:
    """A JSON list."""
    if not isinstance(value, list | tuple):
        raise RuleInputError("wrong_type", f"{where}: expected a list, got {type(value).__name__}")
    return list(value)


def as_bool(value: Any, where: str) -> bool:
    """True or false, nothing that merely looks like it."""
    if not isinstance(value, bool):
        raise RuleInputError("wrong_type", f"{where}: expected true, false or null, got {value!r}")
    return value


def as_number(value: Any, where: str, most: float) -> float:
    """A number from 0 to `most`, as float; NaN is refused."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise RuleInputError("wrong_type", f"{where}: expected a number, got {value!r}")
    if not 0 <= value <= most:
        raise RuleInputError("bad_value", f"{where}: {value!r} is outside 0 to {most:g}")
    return float(value)


def as_text(value: Any, where: str) -> str:
    """A text of at most MAX_TEXT characters."""
    if not isinstance(value, str):
        raise RuleInputError("wrong_type", f"{where}: expected a text, got {type(value).__name__}")
    if len(value) > MAX_TEXT:
        raise RuleInputError("too_long", f"{where}: longer than {MAX_TEXT} characters")
    return value


def read_country(value: Any, where: str) -> str:
    """An ISO 3166 alpha-2 code that exists, upper-cased."""
    code = as_text(value, where).strip().upper()
    if code not in COUNTRY_NAMES:
        raise RuleInputError("unknown_country", f"{where}: {value!r} is no ISO 3166 alpha-2 country code")
    return code


def read_date(value: Any, where: str) -> dt.date:
    """A date written YYYY-MM-DD."""
    try:
        return dt.date.fromisoformat(as_text(value, where).strip())
    except ValueError as error:
        raise RuleInputError("bad_value", f"{where}: {value!r} is no date; write YYYY-MM-DD") from error
