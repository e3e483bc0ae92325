"""JSON bodies, read strictly: capped, UTF-8, no NaN, no key twice, no character that a database refuses."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import IO, Any

from django.conf import settings
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import JSONParser

DEEPEST = 40
"""Nesting that a body may have; owners of owners of owners end far before."""


class TooLargeError(APIException):
    """413."""

    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    default_code = "request_too_large"


class StrictJSONParser(JSONParser):
    """application/json of at most DATA_UPLOAD_MAX_MEMORY_SIZE bytes."""

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        """Value of the body (Any: JSON). Raises ParseError (400) with what is wrong, TooLargeError (413)."""
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        data = stream.read(most + 1)
        if len(data) > most:
            raise TooLargeError(f"The body is larger than {most:,} bytes.")
        return read(data)


def read(data: bytes) -> Any:
    """Value of a JSON text in UTF-8. Raises ParseError (400)."""
    try:
        text = data.decode("utf-8")
        value = json.loads(text, parse_constant=refuse_constant, object_pairs_hook=once)
    except UnicodeDecodeError as error:
        raise ParseError("The body is not UTF-8.") from error
    except RecursionError as error:
        raise ParseError("The body is nested too deeply.") from error
    except ValueError as error:
        raise ParseError(f"The body is no JSON: {error}") from error
    check(value, 0)
    return value


def refuse_constant(name: str) -> None:
    """NaN and Infinity are no JSON."""
    raise ValueError(f"{name} is no JSON number")


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys are all different: of two values one would be silently ignored."""
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [key for key, _ in pairs]
        raise ValueError(f"the key {next(key for key in names if names.count(key) > 1)!r} is given twice")
    return found


def check(value: Any, depth: int) -> None:
    """Raise ParseError for text that cannot be stored (NUL, half a surrogate pair) and for deep nesting."""
    if depth > DEEPEST:
        raise ParseError(f"The body is nested more than {DEEPEST} deep.")
    if isinstance(value, str):
        if "\x00" in value or any("\ud800" <= character <= "\udfff" for character in value):
            raise ParseError("A text holds a NUL character or half a surrogate pair.")
    elif isinstance(value, dict):
        for key, inner in value.items():
            check(key, depth + 1)
            check(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            check(inner, depth + 1)
