"""Score pairs of parties with the very scorer that `screen` uses; no lists and no database needed (docs/contract.md).

Input line: `{"id", "query", "candidate", "schema"}`; `query` and `candidate` are names or Party objects.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from exportcheck.jsonlines import Answer, LinesCommand
from screening.matching.policy import DEFAULT
from screening.matching.read_party import party_from_dict
from screening.matching.score_pair import score_pair
from screening.matching.types import Party, PartyError

LINE_KEYS = ("id", "query", "candidate", "schema")


def read_side(value: object, where: str, schema: str | None) -> Party:
    """A name, or an address when the line says Address, or a Party object. Raises PartyError."""
    if value is None:
        raise PartyError("missing", f"{where} is missing: give a name or a Party object")
    if isinstance(value, str):
        key = "address" if (schema or "").lower() == "address" else "name"
        return party_from_dict({key: value}, where=where)
    return party_from_dict(value, where=where)


def answer_pair(line: object) -> dict[str, Any]:
    """Score one line. Raises PartyError with a code for the line."""
    if not isinstance(line, Mapping):
        raise PartyError("wrong_type", "a line must be an object with query and candidate")
    unknown = sorted(str(key) for key in line if key not in LINE_KEYS)
    if unknown:
        raise PartyError("unknown_key", f"unknown key {unknown[0]!r}; known keys are {', '.join(LINE_KEYS)}")
    schema = line.get("schema")
    if schema is not None and not isinstance(schema, str):
        raise PartyError("wrong_type", f"schema must be text, not {type(schema).__name__}")
    query, candidate = read_side(line.get("query"), "query", schema), read_side(line.get("candidate"), "candidate", schema)
    result = score_pair(query, candidate, schema, DEFAULT)
    return {
        "id": line.get("id"),
        "score": result.score,
        "verdict": str(result.verdict),
        "explanation": [row.as_dict() for row in result.explanation],
    }


class Command(LinesCommand):
    """`manage.py score_pairs`: one score a line."""

    help = "Score pairs of names or parties, one JSON object a line; needs no lists and no database."
    errors = (PartyError,)

    def answerer(self, **options: Any) -> Answer:
        """Nothing to prepare."""
        return answer_pair
