"""A determination as the JSON object of docs/contract.md. The word "verified" appears only where a row is unverified."""

from __future__ import annotations

from typing import Any

from licenses.rules.types import Determination, ExceptionFinding, Finding, HitRef, Requirement


def determination_as_dict(d: Determination) -> dict[str, Any]:
    """The output line of `determine`; keys and words as docs/contract.md has them."""
    return {
        "id": d.id,
        "outcome": d.outcome.value,
        "requirements": [_requirement(one) for one in d.requirements],
        "exceptions": [_exception(one) for one in d.exceptions],
        "review_policy": d.review_policy,
        "questions": [
            {
                "fact": one.fact,
                "of": _home(one.fact),
                "text": one.text,
                "why": one.why,
                "rule_id": one.rule_id,
                "hold": one.hold,
                "answers": list(one.answers),
            }
            for one in d.questions
        ],
        "conditions": [
            {"code": one.code, "why": one.why, "citation": one.citation, "before": one.before} for one in d.conditions
        ],
        "steps": [_step(one) for one in d.steps],
        "unverified_rules": d.unverified_rules,
        "rules": d.rules,
    }


def hit_object(ref: HitRef) -> dict[str, str]:
    """Which hit a step or a red flag is about."""
    return {"list": ref.list, "entry": ref.entry}


def _home(fact: str) -> str:
    """Where the answer goes: a field of the item or of the transaction, or a key of the facts (`end_use`, `answers`)."""
    return "item" if fact in ("eccn", "hs6", "value_usd") else "transaction" if fact == "destination" else "facts"


def _marked(row: dict[str, Any], verified: str) -> dict[str, Any]:
    return {**row, "verified": verified} if verified == "unverified" else row


def _requirement(one: Requirement) -> dict[str, Any]:
    row = {"reason": one.reason, "column": one.column, "rule": one.rule, "citation": one.citation, "policy": one.policy}
    return _marked(row, one.verified)


def _exception(one: ExceptionFinding) -> dict[str, Any]:
    row = {"code": one.code, "status": one.status, "why": one.why, "citation": one.citation, "duties": list(one.duties)}
    return _marked(row, one.verified)


def _step(one: Finding) -> dict[str, Any]:
    said: dict[str, Any] = {
        "step": one.step,
        "question": one.question,
        "answer": one.answer,
        "effect": one.effect,
        "citation": one.citation,
    }
    if one.hits:
        said["hits"] = [hit_object(ref) for ref in one.hits]
    if one.row is None:
        return said
    said["row"] = {
        "table": one.row.table,
        "rule_id": one.row.rule_id,
        "effective_from": one.row.effective_from.isoformat() if one.row.effective_from else None,
        "effective_to": one.row.effective_to.isoformat() if one.row.effective_to else None,
        "enforcement_status": one.row.enforcement_status,
    }
    return _marked(said, one.row.verified)
