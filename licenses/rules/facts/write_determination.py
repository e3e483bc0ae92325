"""A determination as the JSON object of docs/contract.md. The word "verified" appears only where a row is unverified."""

from __future__ import annotations

from typing import Any

from licenses.rules.types import Determination, ExceptionFinding, Finding, HitRef, Requirement


def determination_as_dict(determination: Determination) -> dict[str, Any]:
    """The output line of `determine`; keys and words as docs/contract.md has them."""
    return {
        "id": determination.id,
        "outcome": determination.outcome.value,
        "requirements": [_requirement(requirement) for requirement in determination.requirements],
        "exceptions": [_exception(exception) for exception in determination.exceptions],
        "review_policy": determination.review_policy,
        "questions": [
            {
                "fact": question.fact,
                "of": _home(question.fact),
                "text": question.text,
                "why": question.why,
                "rule_id": question.rule_id,
                "hold": question.hold,
                "answers": list(question.answers),
            }
            for question in determination.questions
        ],
        "conditions": [
            {"code": duty.code, "why": duty.why, "citation": duty.citation, "before": duty.before}
            for duty in determination.conditions
        ],
        "steps": [_step(step) for step in determination.steps],
        "unverified_rules": determination.unverified_rules,
        "rules": determination.rules,
    }


def hit_object(ref: HitRef) -> dict[str, str]:
    """Which hit a step or a red flag is about."""
    return {"list": ref.list, "entry": ref.entry}


def _home(fact: str) -> str:
    """Where the answer goes: a field of the item or of the transaction, or a key of the facts (`end_use`, `answers`)."""
    return "item" if fact in ("eccn", "hs6", "value_usd") else "transaction" if fact == "destination" else "facts"


def _marked(row: dict[str, Any], verified: str) -> dict[str, Any]:
    return {**row, "verified": verified} if verified == "unverified" else row


def _requirement(requirement: Requirement) -> dict[str, Any]:
    row = {
        "reason": requirement.reason,
        "column": requirement.column,
        "rule": requirement.rule,
        "citation": requirement.citation,
        "policy": requirement.policy,
    }
    return _marked(row, requirement.verified)


def _exception(exception: ExceptionFinding) -> dict[str, Any]:
    row = {
        "code": exception.code,
        "status": exception.status,
        "why": exception.why,
        "citation": exception.citation,
        "duties": list(exception.duties),
    }
    return _marked(row, exception.verified)


def _step(step: Finding) -> dict[str, Any]:
    line: dict[str, Any] = {
        "step": step.step,
        "question": step.question,
        "answer": step.answer,
        "effect": step.effect,
        "citation": step.citation,
    }
    if step.hits:
        line["hits"] = [hit_object(ref) for ref in step.hits]
    if step.row is None:
        return line
    line["row"] = {
        "table": step.row.table,
        "rule_id": step.row.rule_id,
        "effective_from": step.row.effective_from.isoformat() if step.row.effective_from else None,
        "effective_to": step.row.effective_to.isoformat() if step.row.effective_to else None,
        "enforcement_status": step.row.enforcement_status,
    }
    return _marked(line, step.row.verified)
