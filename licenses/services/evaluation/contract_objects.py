"""Findings of a pre-check as the objects of docs/contract.md, beside those of licenses.rules.facts.write_determination."""

from __future__ import annotations

from typing import Any

from licenses.rules.types import Duty, RedFlag


def condition_object(row: Duty) -> dict[str, Any]:
    """One duty before export or filing."""
    return {"code": row.code, "why": row.why, "citation": row.citation, "before": row.before}


def red_flag_object(row: RedFlag) -> dict[str, Any]:
    """One red flag, with the party or item it is about."""
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
    return fields | ({"verified": "unverified"} if row.verified == "unverified" else {})
