"""What a hit means for the items of its application: the requirements the last check drew from the list it is on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from licenses.models import Flag
from licenses.rules.determination.steps.f_parties import LISTING_REASONS
from licenses.services.checks.replay import form_of
from screening.models import Match

TELLING = frozenset(("requirement", "stop", "maybe", "question", "filter"))
"""Effects of steps that change what may be done; notes and steps that found nothing do not."""


@dataclass(frozen=True, slots=True)
class TouchedItem:
    """An item of the application, its outcome, and the lines of its determination that name the list of the hit."""

    key: str
    about: str
    outcome: str
    lines: tuple[str, ...]


def touched_items(flag: Flag) -> list[TouchedItem]:
    """Items of the last check that the list of this flag's hit touches; the flag's own item where it names one."""
    result: Mapping[str, Any] = flag.report.result or {}
    named = form_of(flag.report) > 1
    touched = []
    for item in result.get("items") or ():
        if flag.item_key and item["id"] != flag.item_key:
            continue
        lines = tuple(dict.fromkeys(lines_about(item, flag.match, named=named))) if flag.match else ()
        if lines or flag.item_key:
            about = " · ".join(part for part in (item.get("eccn", ""), item.get("description", "")) if part)
            touched.append(TouchedItem(item["id"], about, item["outcome"], lines))
    return touched


def lines_about(item: Mapping[str, Any], match: Match, *, named: bool) -> Iterable[str]:
    """Requirements that a listing on the list of the match makes, then the steps that are about its entry. `named`: the steps
    name their hits."""
    for row in item.get("requirements", ()):
        if LISTING_REASONS.get(row.get("reason", "")) == match.control_list.code:
            policy = f", {row['policy']}" if row.get("policy") else ""
            yield f"license required, {row['citation']}{policy}"
    for step in item.get("steps", ()):
        if step.get("effect") in TELLING and is_about(step, match, named=named):
            yield f"step {step['step']}: {step['answer']} ({step['citation']})"


def is_about(step: Mapping[str, Any], match: Match, *, named: bool) -> bool:
    """Whether a step is about the entry of a match. Results of form 1 have no hits at their steps: there its name tells."""
    if named:
        return {"list": match.control_list.code, "entry": match.entry.uid} in step.get("hits", ())
    return bool(match.entry.name) and match.entry.name in step.get("answer", "")


def as_range(keys: Iterable[str]) -> str:
    """Item keys as people say them: runs of numbers as a range ("I1–I3, I5")."""
    runs: list[list[str]] = []
    for key in keys:
        if runs and number_of(key) == number_of(runs[-1][-1]) + 1 > 0:
            runs[-1].append(key)
        else:
            runs.append([key])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def number_of(key: str) -> int:
    """The number in an item's key ("I3" is 3); -1 where there is none."""
    digits = key.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
    return int(digits) if digits.isdigit() else -1
