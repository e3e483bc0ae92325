"""What the OpenAPI description says of every call: how programs sign in, and how errors look."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension

PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "Problem details (RFC 9457).",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "Stable; branch on this."},
        "detail": {"type": "string", "description": "One sentence for a person."},
        "errors": {
            "type": "object",
            "description": "By field (dotted path), when the shape of the body is wrong.",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
    },
}
ERRORS = {
    "400": "The body or a parameter cannot be read.",
    "401": "No token or login, or one that is not valid.",
    "403": "The token's scope or the person's role does not allow it.",
    "404": "Nothing of yours is at this address.",
    "409": "It has changed since, somebody was faster, or its state does not allow it.",
    "422": "A value cannot be used, or the Idempotency-Key came with another body.",
    "429": "Too many calls; Retry-After says how long to wait.",
}
METHODS = frozenset(("get", "post", "put", "patch", "delete"))


class TokenScheme(OpenApiAuthenticationExtension):
    """API tokens, as the schema names them."""

    target_class = "exportcheck.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """HTTP bearer."""
        return {"type": "http", "scheme": "bearer", "description": "API token of an organization: `Authorization: Bearer ec_…`"}


def add_errors(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:  # noqa: ARG001 - a hook
    """Postprocessing hook: every call may answer with problem details."""
    result.setdefault("components", {}).setdefault("schemas", {})["Problem"] = PROBLEM
    for path in result.get("paths", {}).values():
        for method, operation in path.items():
            if method not in METHODS:
                continue
            responses = operation.setdefault("responses", {})
            for status, words in ERRORS.items():
                responses.setdefault(status, answer(words))
    return result


def answer(words: str) -> dict[str, Any]:
    """One error of an operation."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": words, "content": {"application/problem+json": {"schema": schema}}}
