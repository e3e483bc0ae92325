"""Findings of a pre-check as the objects of docs/contract.md, beside those of licenses.rules.facts.write_determination."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from licenses.rules.facts.write_determination import hit_object
from licenses.rules.types import Duty, RedFlag

FORM = 2
"""Form of a stored result. Since 2 steps name the hits they are about (`hits`), and red flags theirs (`hit`)."""
HIT_KEYS = frozenset(("hit", "hits"))


def condition_object(row: Duty) -> dict[str, Any]:
    """One duty before export or filing."""
    return {"code": row.code, "why": row.why, "citation": row.citation, "before": row.before}


def red_flag_object(row: RedFlag) -> dict[str, Any]:
    """One red flag, with the party, item or hit it is about."""
    fields: dict[str, Any] = {
        "code": row.code,
        "severity": row.severity.value,
        "why": row.why,
        "facts": list(row.facts),
        "citation": row.citation,
    }
    about = {"party": row.party, "item": row.item, "settle": row.settle}
    fields |= {key: value for key, value in about.items() if value}
    if row.diversion:
        fields["diversion"] = True
    if row.hit is not None:
        fields["hit"] = hit_object(row.hit)
    return fields | ({"verified": "unverified"} if row.verified == "unverified" else {})


def without_hits(row: Mapping[str, Any]) -> dict[str, Any]:
    """A step or a red flag as results of form 1 have it."""
    return {key: value for key, value in row.items() if key not in HIT_KEYS}


def in_form(form: int, part: str, value: Any) -> Any:  # Any: a part of a result, as JSON
    """A part of a fresh result as a result of this form would tell it."""
    if form >= FORM or value is None:
        return value
    if part == "red_flags":
        return [without_hits(flag) for flag in value]
    if part == "items":
        return [{**item, "steps": [without_hits(step) for step in item["steps"]]} for item in value]
    return value
