"""How one check differs from the one before, in sentences."""

from __future__ import annotations

from typing import Any

from licenses.models import CheckReport


def differences(before: CheckReport | None, after: CheckReport) -> list[str]:
    """What changed between two finished checks: outcome, hits per party, red flags, list versions, rules, engine."""
    if before is None or before.result is None or after.result is None:
        return []
    old, new = before.result, after.result
    lines = []
    if old.get("outcome") != new.get("outcome"):
        lines.append(f"The outcome was {words(old.get('outcome'))}; it is {words(new.get('outcome'))} now.")
    lines += [f"Now found: {line}." for line in sorted(hits(new) - hits(old))]
    lines += [f"No longer found: {line}." for line in sorted(hits(old) - hits(new))]
    old_flags, new_flags = ({flag["code"] for flag in result.get("red_flags", ())} for result in (old, new))
    lines += [f"New red flag: {words(code)}." for code in sorted(new_flags - old_flags)]
    lines += [f"Red flag gone: {words(code)}." for code in sorted(old_flags - new_flags)]
    old_lists, new_lists = ({row["list"]: row["version"] for row in result.get("lists", ())} for result in (old, new))
    moved = [code for code in sorted(new_lists) if old_lists.get(code) != new_lists[code]]
    if moved:
        lines.append(f"Newer lists were used: {', '.join(moved)}.")
    if old.get("rules") != new.get("rules"):
        lines.append("The rules in force differ from those of the earlier check.")
    if old.get("engine") != new.get("engine"):
        lines.append(f"The matching engine was {old.get('engine')}; it is {new.get('engine')} now.")
    return lines


def hits(result: dict[str, Any]) -> set[str]:
    """Each hit as a sentence part."""
    return {
        f"{party.get('name') or party['id']} on {hit['list']} ({hit.get('listed_name', '')})"
        for party in result.get("parties", ())
        for hit in party.get("hits", ())
    }


def words(code: str | None) -> str:
    """A code as lower-case words."""
    return (code or "not stated").replace("_", " ").lower()
