"""Every error of the API becomes problem details (RFC 9457) with a stable `code` (exportcheck.problems)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import transaction
from django.http import Http404, HttpResponse
from rest_framework import exceptions

from exportcheck.errors import Refused
from exportcheck.problems import response

log = structlog.get_logger(__name__)


def problem_handler(error: Exception, context: Mapping[str, Any]) -> HttpResponse:
    """REST framework's EXCEPTION_HANDLER: any exception of a view becomes problem details; what nobody expected is logged
    with its traceback and answered 500 without a word about its inside."""
    rollback()
    if isinstance(error, Refused):
        return response(error.status, error.code, error.detail)
    if isinstance(error, RequestDataTooBig):
        return response(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "request_too_large", "The body is larger than this server reads.")
    if isinstance(error, SuspiciousOperation):
        return response(HTTPStatus.BAD_REQUEST, "bad_request", "The request cannot be read.")
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied(str(error) or None)
    if isinstance(error, exceptions.ValidationError):
        errors = dict(by_field(error.detail))
        return response(HTTPStatus(error.status_code), "invalid", first_words(errors), errors=errors)
    if isinstance(error, exceptions.APIException):
        return response(HTTPStatus(error.status_code), code_of(error), str(error.detail), headers=headers_of(error))
    view = context.get("view")
    log.error("api_failed", view=type(view).__name__ if view else None, exc_info=error)
    return response(HTTPStatus.INTERNAL_SERVER_ERROR, "error", "Something failed on our side; it was recorded. Try again.")


def code_of(error: exceptions.APIException) -> str:
    """Stable code: the one given with the exception, such as token_expired, else that of its class."""
    codes = error.get_codes()
    return codes if isinstance(codes, str) else error.default_code


def headers_of(error: exceptions.APIException) -> dict[str, str]:
    """WWW-Authenticate for 401, Retry-After for 429."""
    headers: dict[str, str] = {}
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if (wait := getattr(error, "wait", None)) is not None:
        headers["Retry-After"] = str(int(wait))
    return headers


def by_field(detail: Any, path: str = "") -> Iterator[tuple[str, list[str]]]:
    """Nested errors of REST framework (Any: its lists, dicts and strings) as dotted paths and their sentences."""
    if isinstance(detail, Mapping):
        for key, value in detail.items():
            place = path if key == "non_field_errors" else f"{path}.{key}".lstrip(".")
            yield from by_field(value, place)
    elif isinstance(detail, list) and any(isinstance(row, Mapping | list) for row in detail):
        for number, row in enumerate(detail):
            if row:
                yield from by_field(row, f"{path}.{number}".lstrip("."))
    else:
        sentences = detail if isinstance(detail, list) else [detail]
        yield path or "body", [str(sentence) for sentence in sentences]


def first_words(errors: Mapping[str, list[str]]) -> str:
    """The first error as one sentence, and how many more there are."""
    (place, sentences), *others = errors.items()
    more = f" ({len(others)} more in errors)" if others else ""
    return f"{place}: {sentences[0]}{more}"


def rollback() -> None:
    """An error undoes what its request wrote, where the request is one transaction."""
    connection = transaction.get_connection()
    if connection.settings_dict.get("ATOMIC_REQUESTS") and connection.in_atomic_block:
        transaction.set_rollback(True)
