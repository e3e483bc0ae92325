"""Tells the audit log which request an act came through."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from exportcheck.audit.context import Origin, acting_through


class AuditContextMiddleware:
    """Sets the origin (door, address, client, session) for the time of a request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = request.session.session_key or ""
        origin = Origin(
            door="api" if request.path.startswith("/api/") else "web",
            ip=request.META.get("REMOTE_ADDR", ""),
            client=request.META.get("HTTP_USER_AGENT", "")[:200],
            session=hashlib.sha256(key.encode()).hexdigest()[:12] if key else "",
        )
        with acting_through(origin):
            return self.get_response(request)
