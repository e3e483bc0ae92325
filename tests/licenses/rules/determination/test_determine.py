"""What holds for every determination: all steps are listed, unverified rows are counted, the shared examples come out."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from licenses.rules.determination.determine import determine
from licenses.rules.determination.what_if import what_if
from licenses.rules.facts.read_case import read_case
from licenses.rules.facts.write_determination import determination_as_dict
from licenses.rules.tables.loader import load
from licenses.rules.types import Case, Determination, ItemFacts, Outcome, PartyFacts, TransactionType

D = dt.date(2026, 9, 24)
STEPS = (
    "A1 A2 A3 A4 A5 A6 A7 B C1 C2 C3 D1 D2 E1 E2 E3 E4 E5 E6 E7 F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 F11 G0 G2 G4 H8 H9 H10 I J K"
).split()


def _run(line: dict[str, Any], as_of: dt.date = D) -> Determination:
    return determine(read_case({"eccn": "EAR99", "destination": "DE", **line}), load().in_force(as_of), as_of=as_of)


def test_every_step_is_listed_in_order_even_when_it_found_nothing() -> None:
    seen = list(dict.fromkeys(step.step for step in _run({}).steps))
    assert seen == STEPS


def test_every_step_carries_its_question_and_a_citation() -> None:
    for step in _run({"eccn": "3A001.a.2", "destination": "CN"}).steps:
        assert step.question
        assert step.citation
        assert step.answer
        assert step.effect in ("none", "requirement", "maybe", "filter", "stop", "question", "note")


def test_unverified_rows_are_counted_and_shown() -> None:
    blocked = {"parties": [{"role": "end_user", "name": "A", "listed": [{"list": "SDN", "listed_name": "A"}]}]}
    found = _run(blocked)
    assert found.unverified_rules == len({s.row.rule_id for s in found.steps if s.row and s.row.verified == "unverified"})
    assert found.unverified_rules >= 1
    assert _run({}).unverified_rules == 0


def test_the_digest_of_the_rules_is_in_the_answer() -> None:
    assert _run({}).rules == load().in_force(D).digest


def test_questions_that_hold_come_first_and_each_fact_is_asked_once() -> None:
    found = _run({"eccn": "3E001", "destination": "CN", "transaction": "deemed_export"})
    holds = [question.hold for question in found.questions]
    assert holds == sorted(holds, reverse=True)
    assert len({question.fact for question in found.questions}) == len(found.questions)


def test_an_unscreened_party_is_never_clear() -> None:
    party = PartyFacts("P1", "end_user", "A", "DE", screened=False)
    case = Case("x", TransactionType.EXPORT, "DE", ItemFacts("i", "EAR99"), (party,))
    assert determine(case, load().in_force(D), as_of=D).outcome is Outcome.NEEDS_INFORMATION


def test_which_answer_would_change_the_outcome_is_told() -> None:
    case = read_case({"eccn": "3A991", "destination": "CN"})
    rules = load().in_force(D)
    found = determine(case, rules, as_of=D)
    tried = what_if(case, rules, as_of=D, found=found)
    military = next(one for one in tried if one.question.fact == "military")
    assert military.outcomes == {"true": Outcome.LICENSE_REQUIRED, "false": Outcome.NO_LICENSE_REQUIRED}
    assert military.changes(found.outcome)
    maritime = next(one for one in tried if one.question.fact == "maritime_nuclear_propulsion")
    assert maritime.outcomes["false"] is found.outcome


def test_determination_is_repeatable() -> None:
    assert _run({"eccn": "3A001", "destination": "CN"}) == _run({"eccn": "3A001", "destination": "CN"})


SAMPLE = ("DE", "CA", "CN", "HK", "RU", "IR", "IQ", "UA", "BR", "PS")


def test_a_sweep_over_the_list_never_answers_better_than_the_chart_allows() -> None:
    rules = load().in_force(D)
    for number, entry in enumerate(rules.items.entries()[::3]):
        iso = SAMPLE[number % len(SAMPLE)]
        found = determine(Case("x", TransactionType.EXPORT, iso, ItemFacts("i", entry.eccn), ()), rules, as_of=D)
        chart = rules.countries.chart(iso)
        if chart is None:
            assert found.outcome.rank >= Outcome.NEEDS_INFORMATION.rank or entry.other_agency, entry.eccn
            continue
        marked = any(
            row.kind == "chart" and row.scope_kind == "entire" and set(row.columns) & chart.marks
            for row in rules.items.controls(entry.eccn)
        )
        if marked or (iso in ("RU", "IR") and not entry.other_agency and entry.eccn != "EAR99"):
            assert found.outcome.rank >= Outcome.LICENSE_EXCEPTION.rank, (entry.eccn, iso)
        assert (found.outcome is Outcome.NOT_SUBJECT_TO_EAR) == bool(entry.other_agency), entry.eccn


def _examples(shared: Path) -> list[dict[str, Any]]:
    text = (shared / "dev/determine_examples.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line]


def test_the_worked_examples_of_the_shared_folder(shared: Path) -> None:
    for example in _examples(shared):
        day = dt.date.fromisoformat(example["as_of"])
        answer = determination_as_dict(determine(read_case(example["input"]), load().in_force(day), as_of=day))
        want = example["expected"]
        assert answer["outcome"] == want["outcome"], example["id"]
        assert len(answer["requirements"]) == len(want["requirements"]), example["id"]
        for need in want["requirements"]:
            assert any(need.items() <= got.items() for got in answer["requirements"]), example["id"]
        for one in want["exceptions"]:
            allowed = one["status"].split("|")
            assert any(got["code"] == one["code"] and got["status"] in allowed for got in answer["exceptions"]), example["id"]
        assert answer["review_policy"] == want.get("review_policy", answer["review_policy"]), example["id"]
        assert {got["code"] for got in answer["conditions"]} >= set(want.get("conditions", ())), example["id"]


@pytest.mark.parametrize("eccn", ["", "   ", "nonsense"])
def test_an_eccn_that_is_missing_is_an_error_and_never_an_answer(eccn: str) -> None:
    with pytest.raises(ValueError):
        determine(Case("x", TransactionType.EXPORT, "DE", ItemFacts("i", eccn), ()), load().in_force(D), as_of=D)


def test_the_same_building_as_a_listed_address_is_only_noted() -> None:
    party = PartyFacts("P1", "end_user", "A", "HK", advisories=("ADDRESS_SAME_BUILDING",))
    case = Case("x", TransactionType.EXPORT, "HK", ItemFacts("i", "EAR99"), (party,))
    found = determine(case, load().in_force(D), as_of=D)
    assert found.outcome is Outcome.NO_LICENSE_REQUIRED
    assert any("same building" in step.answer for step in found.steps if step.step == "F2")


def test_an_exception_relied_on_from_memory_is_counted_as_unverified() -> None:
    found = _run({"eccn": "5A002.a", "destination": "FR"})
    assert found.outcome is Outcome.LICENSE_EXCEPTION
    assert found.unverified_rules == 1


@pytest.mark.parametrize(
    ("flags", "hold"),
    [(frozenset[str](), False), (frozenset({"DEFENCE_CUSTOMER"}), True), (frozenset({"PO_BOX_ADDRESS"}), False)],
)
def test_a_red_flag_that_points_to_an_end_use_makes_its_question_hold(flags: frozenset[str], hold: bool) -> None:
    case = replace(read_case({"eccn": "EAR99", "destination": "IQ"}), flags=flags)
    found = determine(case, load().in_force(D), as_of=D)
    military = next(question for question in found.questions if question.fact == "military")
    assert (military.hold, found.outcome is Outcome.NEEDS_INFORMATION) == (hold, hold)
    assert ("red flag DEFENCE_CUSTOMER points there" in military.why) == hold


def test_each_red_flag_that_a_rule_waits_for_is_on_file() -> None:
    known = set(load().in_force(D).red_flags.rows)
    assert {code for row in load().in_force(D).end_use_rules for code in row.red_flags} <= known


EFFECTS = {"none", "requirement", "maybe", "filter", "stop", "question", "note"}


@pytest.mark.parametrize(
    "line",
    [
        {},
        {"eccn": "3A001", "destination": "CN"},
        {"destination": "RU", "end_use": {"known_violation": True, "license_breach": True}},
        {"eccn": "3E001", "destination": "CN", "transaction": "deemed_export"},
        {"eccn": "5A002.a", "destination": "BR", "transaction": "reexport", "origin": "DE"},
    ],
)
def test_every_step_answers_in_words_with_an_effect_of_the_list(line: dict[str, Any]) -> None:
    for one in _run(line).steps:
        assert isinstance(one.answer, str)
        assert one.answer
        assert one.effect in EFFECTS, one


def test_a_step_names_the_row_that_it_rests_on() -> None:
    answer = determination_as_dict(_run({"eccn": "3A001.a.2", "destination": "CN"}))
    row = next(step["row"] for step in answer["steps"] if step["effect"] == "requirement")
    assert row == {
        "table": "ccl_controls",
        "rule_id": "3A001-2",
        "effective_from": None,
        "effective_to": None,
        "enforcement_status": "active",
    }


def test_gov_for_a_cooperating_government_rests_on_an_unverified_list() -> None:
    claim = {"exception_claimed": "GOV", "gov_paragraph": "740.11(c)"}
    found = _run({"eccn": "3A001.b.1", "destination": "SG", "end_use": claim})
    gov = next(one for one in found.exceptions if one.code == "GOV")
    assert (found.outcome, gov.status, gov.verified) == (Outcome.LICENSE_EXCEPTION, "available", "unverified")
    assert found.unverified_rules >= 1


def test_a_requirement_of_two_places_is_shown_with_the_stricter_policy() -> None:
    for destination, consignee in (("CN", "VN"), ("VN", "CN")):
        party = {"role": "ultimate_consignee", "name": "A", "country": consignee}
        found = _run({"eccn": "9E604.a", "destination": destination, "parties": [party]})
        assert {one.policy for one in found.requirements if one.reason == "NS"} == {"see section"}
