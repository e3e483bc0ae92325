"""What the answers to a check's questions would change: kept with the report, shown beside each question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from licenses.rules.determination.what_if import what_if
from licenses.rules.tables.rules_in_force import RulesInForce
from licenses.rules.types import Outcome
from licenses.services.evaluation.evaluate import Evaluation

MAX_ITEMS = 50
"""Items tried, in order: each question of one costs a walk an answer."""
SETTLED = frozenset((Outcome.PROHIBITED, Outcome.NOT_SUBJECT_TO_EAR))
"""Outcomes that no answer of the exporter is asked to change."""


def answers_that_matter(evaluation: Evaluation, rules: RulesInForce) -> dict[str, dict[str, dict[str, str]]]:
    """Item id -> fact -> answer -> outcome of that item, for the questions of which one answer, alone and with nothing else
    changed, would give another outcome than the present one."""
    outcomes: dict[str, dict[str, dict[str, str]]] = {}
    for item_id, case in list(evaluation.answers.cases.items())[:MAX_ITEMS]:
        determination = evaluation.answers.determinations[item_id]
        by_person = item_id in evaluation.answers.undetermined and determination.outcome is not Outcome.NEEDS_INFORMATION
        if not case.item.eccn.strip() or by_person or determination.outcome in SETTLED:
            continue
        facts = {
            tried.question.fact: {answer: outcome.value for answer, outcome in tried.outcomes.items()}
            for tried in what_if(case, rules, as_of=evaluation.given.day, found=determination)
            if tried.changes(determination.outcome)
        }
        if facts:
            outcomes[item_id] = facts
    return outcomes


def with_outcomes(result: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The items of a result with `outcomes` (answer -> outcome) at each question that has some, for a page."""
    outcomes = result.get("what_if") or {}
    return [
        {
            **item,
            "questions": [
                {**question, "outcomes": outcomes.get(item["id"], {}).get(question["fact"], {})}
                for question in item.get("questions", ())
            ],
        }
        for item in result.get("items") or ()
    ]
