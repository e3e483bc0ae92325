"""The determination against the cases of cases/*.yaml: each is a sentence, facts, and what must come out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from licenses.rules.determination.determine import determine
from licenses.rules.facts.read_case import read_case
from licenses.rules.tables.loader import load
from licenses.rules.types import Determination, Requirement

CASES = Path(__file__).parent / "cases"
DEFAULT_DATE = dt.date(2026, 9, 24)
CLEAN = dict.fromkeys(
    (
        "military", "military_intelligence", "nuclear", "missile", "chemical_biological", "supercomputer", "advanced_ic",
        "ic_fabrication", "sme_production", "oil_gas_russia", "maritime_nuclear_propulsion", "foreign_vessel_or_aircraft",
        "us_person_support",
    ),
    False,
)  # fmt: skip
ITEM_BASED = ("LVS", "GBS", "TSR", "APP", "ENC", "NAC", "ACA", "HBM", "IEC", "ACE", "SPP")
KEYS = {
    "name",
    "as_of",
    "case",
    "facts",
    "outcome",
    "requirements",
    "exceptions",
    "only",
    "policy",
    "hold",
    "asks",
    "conditions",
    "says",
}


def cases_of(stem: str) -> Iterator[Any]:
    """The cases of one file, each named by its place and its sentence."""
    text = (CASES / f"{stem}.yaml").read_text(encoding="utf-8")
    for number, case in enumerate(yaml.load(text, Loader=yaml.CSafeLoader)):
        yield pytest.param(case, id=f"{stem}-{number + 1}: {case['name']}")


def _cases() -> Iterator[Any]:
    for path in sorted(CASES.glob("*.yaml")):
        yield from cases_of(path.stem)


def _line(case: dict[str, Any]) -> dict[str, Any]:
    line = dict(case["case"])
    facts = dict(CLEAN) if case.get("facts") == "clean" else dict(case.get("facts") or {})
    line["end_use"] = {**facts, **line.get("end_use", {})}
    if "party" in line:
        party = {"role": "ultimate_consignee", "name": "Example Company", "country": line["destination"], **line.pop("party")}
        line["parties"] = [*line.get("parties", []), party]
    return line


def _short(one: Requirement) -> str:
    return f"{one.reason} {one.column or one.rule}"


def run(case: dict[str, Any]) -> Determination:
    """What `determine` answers to the facts of a case."""
    as_of = case.get("as_of", DEFAULT_DATE)
    return determine(read_case(_line(case)), load().in_force(as_of), as_of=as_of)


@pytest.mark.parametrize("case", list(_cases()))
def test_case(case: dict[str, Any]) -> None:
    assert case.keys() <= KEYS, f"unknown keys {case.keys() - KEYS}"
    found = run(case)
    held = sorted(question.fact for question in found.questions if question.hold)
    statuses = {one.code: one.status for one in found.exceptions}
    got: dict[str, Any] = {"outcome": found.outcome.value}
    want: dict[str, Any] = {"outcome": case["outcome"]}
    if "requirements" in case:
        got["requirements"], want["requirements"] = sorted(map(_short, found.requirements)), sorted(case["requirements"])
    if "exceptions" in case:
        got["exceptions"] = {code: statuses.get(code) for code in case["exceptions"]}
        want["exceptions"] = case["exceptions"]
    if "only" in case:
        got["only"] = sorted(code for code, status in statuses.items() if code in ITEM_BASED and status != "unavailable")
        want["only"] = sorted(case["only"])
    if "policy" in case:
        got["policy"], want["policy"] = found.review_policy, case["policy"]
    if "hold" in case:
        got["hold"], want["hold"] = held, sorted(case["hold"])
    if "conditions" in case:
        got["conditions"], want["conditions"] = sorted(one.code for one in found.conditions), sorted(case["conditions"])
    assert got == want
    asked = {question.fact for question in found.questions if not question.hold}
    assert set(case.get("asks", ())) <= asked
    for step, words in case.get("says", {}).items():
        answers = " | ".join(one.answer for one in found.steps if one.step == step)
        assert str(words) in answers, f"step {step} says: {answers}"
