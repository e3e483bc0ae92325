"""What every page shows at its foot: which lists answer, as of when, with which engine."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from screening import queries

KEY = "exportcheck.standing"
SECONDS = 30
"""A page may be so much behind an activation; the results themselves never are."""


def standing(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001 - signature of context processors
    """Template variable `standing`, read only by pages that show it."""
    return {"standing": SimpleLazyObject(current)}


def current() -> dict[str, Any]:
    """Standing of the lists (screening.queries.standing), at most SECONDS old."""
    known: dict[str, Any] | None = cache.get(KEY)
    if known is None:
        known = queries.standing()
        cache.set(KEY, known, SECONDS)
    return known
