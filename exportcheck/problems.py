"""Problem details (RFC 9457): how a program is told that something went wrong.

Members: type (about:blank), title (of the status), status, code (stable), detail (one sentence), errors (by field, when a
shape is wrong: {"parties.0.name": ["This field is required."]}).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpResponse

CONTENT_TYPE: Final = "application/problem+json"


def response(
    status: HTTPStatus,
    code: str,
    detail: str,
    *,
    errors: Mapping[str, list[str]] | None = None,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The answer, whatever the view renders else: a program that reads YAML still gets its errors as JSON."""
    body = members(status, code, detail)
    if errors:
        body["errors"] = dict(errors)
    text = json.dumps(body, ensure_ascii=False)
    return HttpResponse(text, status=status, content_type=CONTENT_TYPE, headers=dict(headers or {}))


def members(status: HTTPStatus, code: str, detail: str) -> dict[str, Any]:
    """Members of RFC 9457 with our `code`."""
    return {"type": "about:blank", "title": status.phrase, "status": int(status), "code": code, "detail": detail}
