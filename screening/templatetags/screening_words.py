"""Words and tones of the list pages: a color never stands alone, its word is beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from screening.models import ListChange

register = template.Library()

_FRESHNESS = {
    "current": "good",
    "due": "info",
    "stale": "warn",
    "expired": "stop",
    "outdated": "stop",
    "undated": "stop",
    "never": "neutral",
    "sample": "warn",
}
_VERSION = {"STAGED": "wait", "REFUSED": "stop", "ACTIVE": "good", "RETIRED": "neutral", "HISTORY": "neutral"}
_STAGED = {"staged": "wait", "active": "good", "history": "neutral", "unchanged": "info", "refused": "stop"}
_GUARDS = {
    "empty": "empty file",
    "pointer": "not the file itself",
    "truncated": "cut off",
    "archive": "archive too large",
    "header_drift": "columns changed",
    "rejects": "too many unreadable rows",
    "count_band": "number of entries out of band",
    "date_regression": "older than what is active",
    "canary": "a well-known entry is missing",
    "sample": "sample after the real list",
    "set_aside": "set aside",
}
_FIELDS = {"effective_on": "effective", "expires_on": "expires", "birth_date": "date of birth", "text": "printed text"}


@register.filter
def freshness_tone(state: str) -> str:
    """Tone of a freshness state."""
    return _FRESHNESS.get(state, "neutral")


@register.filter
def version_tone(state: str) -> str:
    """Tone of a version's state."""
    return _VERSION.get(state, "neutral")


@register.filter
def staged_tone(state: str) -> str:
    """Tone of what an import did."""
    return _STAGED.get(state, "neutral")


@register.filter
def guard_name(guard: str) -> str:
    """A guard (or several, joined by commas) in words."""
    return ", ".join(_GUARDS.get(one, one) for one in guard.split(","))


@register.filter
def field_name(field: str) -> str:
    """A field of the difference in words."""
    return _FIELDS.get(field, field)


@register.filter
def cadence(hours: int) -> str:
    """Hours as hours or days: 6 hours, 30 days."""
    if hours % 24:
        return f"{hours} hours"
    days = hours // 24
    return "day" if days == 1 else f"{days} days"


@register.filter
def record_of(change: ListChange) -> Mapping[str, Any]:
    """The entry as it comes, or as it was where it goes."""
    if change.record is not None:
        return change.record
    return change.before.record if change.before is not None else {}
