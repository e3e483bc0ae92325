"""The objects of determine, precheck and the applications as JSON schemas, for the description of the API."""

from __future__ import annotations

from typing import Any

from licenses.models import TURNS, CheckReport, LicenseApplication
from licenses.rules.types import Outcome, Severity, TransactionType
from screening.schemas import COUNTRY, DATE, HIT, LIST_VERSION, MISSING, PARTY, SCREENED, STRINGS

TEXT: dict[str, Any] = {"type": "string"}
NULL_TEXT: dict[str, Any] = {"type": ["string", "null"]}
AMOUNT: dict[str, Any] = {"type": ["number", "null"], "minimum": 0}
WHEN: dict[str, Any] = {"type": ["string", "null"], "format": "date-time"}
FREE: dict[str, Any] = {"type": "object", "additionalProperties": True}
OUTCOME: dict[str, Any] = {"type": ["string", "null"], "enum": [*(outcome.value for outcome in Outcome), None]}
ANSWERS: dict[str, Any] = {
    **FREE,
    "description": "Facts of the end use and answers of the form; absent means unknown. An unknown key is an error.",
}


def _object(required: tuple[str, ...], properties: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(required), "properties": properties, **more}


LISTED_PARTY: dict[str, Any] = {
    **PARTY,
    "properties": {**PARTY["properties"], "listed": {"type": "array", "items": {"type": "object"}}},
}
ITEM: dict[str, Any] = _object(
    ("eccn",),
    {
        "id": TEXT,
        "eccn": {**TEXT, "description": "With paragraphs, such as 3A001.a.2, or EAR99."},
        "description": TEXT,
        "hs6": {**TEXT, "pattern": r"^\d{4}\.?\d{2}$"},
        "quantity": AMOUNT,
        "unit": TEXT,
        "unit_price_usd": AMOUNT,
        "value_usd": AMOUNT,
        "origin": COUNTRY,
        "answers": ANSWERS,
    },
    description="An item; app_wt, model_number, ccats, manufacturer and technical_description are taken too.",
)
CASE: dict[str, Any] = _object(
    ("eccn", "destination"),
    {
        "id": TEXT,
        "eccn": TEXT,
        "destination": COUNTRY,
        "hs6": TEXT,
        "value_usd": AMOUNT,
        "quantity": AMOUNT,
        "unit": TEXT,
        "description": TEXT,
        "transaction": {"type": "string", "enum": [kind.value for kind in TransactionType]},
        "origin": COUNTRY,
        "end_use": ANSWERS,
        "parties": {"type": "array", "items": LISTED_PARTY},
    },
    additionalProperties=False,
)
REQUIREMENT: dict[str, Any] = _object(
    ("reason", "column", "rule", "citation", "policy"),
    {"reason": TEXT, "column": TEXT, "rule": TEXT, "citation": TEXT, "policy": TEXT, "verified": TEXT},
)
EXCEPTION: dict[str, Any] = _object(
    ("code", "status", "why", "citation"),
    {
        "code": TEXT,
        "status": {"type": "string", "enum": ["available", "possible", "unavailable"]},
        "why": TEXT,
        "citation": TEXT,
        "duties": STRINGS,
        "verified": TEXT,
    },
)
QUESTION: dict[str, Any] = _object(
    ("fact", "text", "why", "hold"),
    {"fact": TEXT, "of": TEXT, "text": TEXT, "why": TEXT, "rule_id": TEXT, "hold": {"type": "boolean"}, "answers": STRINGS},
)
CONDITION: dict[str, Any] = _object(
    ("code", "why", "citation", "before"),
    {"code": TEXT, "why": TEXT, "citation": TEXT, "before": {"type": "string", "enum": ["export", "filing"]}},
)
HIT_REF: dict[str, Any] = _object(("list", "entry"), {"list": TEXT, "entry": TEXT})
STEP: dict[str, Any] = _object(
    ("step", "question", "answer", "effect", "citation"),
    {
        "step": TEXT,
        "question": TEXT,
        "answer": TEXT,
        "effect": TEXT,
        "citation": TEXT,
        "hits": {"type": "array", "items": HIT_REF},
        "row": FREE,
        "verified": TEXT,
    },
)
DETERMINATION: dict[str, Any] = _object(
    ("id", "outcome", "requirements", "exceptions", "review_policy", "questions", "conditions", "steps", "rules"),
    {
        "id": TEXT,
        "outcome": OUTCOME,
        "requirements": {"type": "array", "items": REQUIREMENT},
        "exceptions": {"type": "array", "items": EXCEPTION},
        "review_policy": NULL_TEXT,
        "questions": {"type": "array", "items": QUESTION},
        "conditions": {"type": "array", "items": CONDITION},
        "steps": {"type": "array", "items": STEP},
        "rules": TEXT,
        "unverified_rules": {"type": "integer"},
    },
)
APPLICATION_KEYS: dict[str, Any] = {
    "type": {"type": "string", "enum": LicenseApplication.Type.values},
    "transaction": {**TEXT, "description": "Kind of movement behind a replacement or a resubmission."},
    "destination": COUNTRY,
    "end_use": TEXT,
    "answers": ANSWERS,
    "form": {**FREE, "description": "Further fields of the form, by name."},
    "parties": {"type": "array", "items": PARTY},
    "items": {"type": "array", "items": ITEM},
}
APPLICATION: dict[str, Any] = {
    "type": "object",
    "properties": {"id": TEXT, **APPLICATION_KEYS},
    "additionalProperties": False,
    "description": "One application. Ids of parties and items are made where absent.",
}
DRAFT: dict[str, Any] = {**APPLICATION, "properties": {**APPLICATION["properties"], "title": TEXT}}
CHANGES: dict[str, Any] = {
    **DRAFT,
    "description": "What changes; `answers` and `form` are merged (null removes a key), `parties` and `items` replace the lists.",
}
RED_FLAG: dict[str, Any] = _object(
    ("code", "severity", "why", "facts", "citation"),
    {
        "code": TEXT,
        "severity": {"type": "string", "enum": [severity.value for severity in Severity]},
        "why": TEXT,
        "facts": STRINGS,
        "citation": TEXT,
        "party": TEXT,
        "item": TEXT,
        "settle": TEXT,
        "hit": HIT_REF,
    },
)
CHECKED_PARTY: dict[str, Any] = {
    **SCREENED,
    "required": [*SCREENED["required"], "role"],
    "properties": {
        **SCREENED["properties"],
        "role": TEXT,
        "name": TEXT,
        "owner_of": TEXT,
        "found_in": TEXT,
        "hits": {"type": "array", "items": HIT},
    },
}
PRECHECK: dict[str, Any] = _object(
    ("id", "outcome", "parties", "items", "red_flags", "completeness", "lists", "rules", "engine", "as_of"),
    {
        "id": TEXT,
        "outcome": OUTCOME,
        "sentence": TEXT,
        "why": STRINGS,
        "next_steps": STRINGS,
        "parties": {"type": "array", "items": CHECKED_PARTY},
        "items": {"type": ["array", "null"], "items": DETERMINATION},
        "red_flags": {"type": "array", "items": RED_FLAG},
        "completeness": {"type": "object", "additionalProperties": STRINGS},
        "conditions": {"type": "array", "items": CONDITION},
        "flag_questions": {
            "type": "array",
            "items": _object(("code", "fact", "text"), {"code": TEXT, "fact": TEXT, "text": TEXT}),
        },
        "lists": {"type": "array", "items": LIST_VERSION},
        "lists_missing": {"type": "array", "items": MISSING},
        "lists_outdated": {"type": "array", "items": MISSING},
        "rules": TEXT,
        "engine": TEXT,
        "as_of": {"type": "string", "format": "date"},
    },
)
ROW: dict[str, Any] = _object(
    ("reference", "state"),
    {
        "reference": TEXT,
        "state": {"type": "string", "enum": LicenseApplication.State.values},
        "type": TEXT,
        "title": TEXT,
        "destination": TEXT,
        "outcome": OUTCOME,
        "waits_for": {"type": ["string", "null"], "enum": [*TURNS, None]},
        "changed_at": WHEN,
    },
)
PAGE: dict[str, Any] = _object(
    ("results",), {"next": NULL_TEXT, "previous": NULL_TEXT, "results": {"type": "array", "items": ROW}}
)
STORED: dict[str, Any] = _object(
    ("reference", "state", "lock", "application"),
    {
        **ROW["properties"],
        "lock": {"type": "integer", "description": "Edit count; send it back as If-Match."},
        "report": {"type": ["integer", "null"], "description": "Number of the newest check."},
        "acn": NULL_TEXT,
        "filed_on": DATE,
        "decision": NULL_TEXT,
        "created_at": WHEN,
        "application": APPLICATION,
        "questions": {
            "type": "array",
            "items": _object(("id", "text"), {"id": {"type": "integer"}, "fact": NULL_TEXT, "text": TEXT, "due_on": DATE}),
        },
        "conditions": {"type": "array", "items": CONDITION},
    },
)
REPORT: dict[str, Any] = _object(
    ("report", "state", "checked", "result"),
    {
        "report": {"type": "integer"},
        "state": {"type": "string", "enum": CheckReport.State.values},
        "checked": {"type": "boolean", "description": "False: there is no answer, and nothing here means clear."},
        "created_at": WHEN,
        "finished_at": WHEN,
        "progress": FREE,
        "result": {"oneOf": [PRECHECK, {"type": "null"}]},
    },
)
