"""One try at one door: the request, and whether anything in the database changed by it. Everything is taken back afterwards."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client
from django.urls import reverse

from exportcheck.accounts.models import ApiToken
from exportcheck.audit.models import AuditEvent
from tests.permissions.endpoints import Args, Data
from tests.permissions.fixture_organization import World

UNWATCHED = (Session, ApiToken)
"""What reading may change: messages of a session, and when a key was used last."""
TO_LOGIN = ("/accounts/login/", "/desk/login/")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back and what it left behind."""

    path: str
    status: int
    location: str
    content: bytes
    wrote: bool
    changed: bool
    events: int

    @property
    def refused(self) -> bool:
        """403, 404, 401, 405, the login page, or back to the desk's first page as the admin does for a row that is not there."""
        sent_away = self.location.startswith(TO_LOGIN) or (self.location == "/desk/" and self.path.startswith("/desk/"))
        return self.status in (401, 403, 404, 405) or (self.status == 302 and sent_away)

    @property
    def served(self) -> bool:
        """An answer that is none of the refusals."""
        return self.status in (200, 201, 202, 204, 302) and not self.refused

    @property
    def words(self) -> bytes:
        """What is on the page, without the address asked for and what is new on every page."""
        text = self.content.replace(self.path.encode(), b"PATH")
        return re.sub(rb'(csrfmiddlewaretoken" value=|nonce=|X-CSRFToken": )"[^"]*"', b"", text)


class Tries:
    """Requests against one world. The rows are hashed once; a request that wrote nothing needs no second look."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.before = digest()

    def go(
        self,
        client: Client,
        method: str,
        name: str,
        args: Args,
        data: Data | None = None,
        *,
        headers: Mapping[str, str] | None = None,
        json: bool = False,
    ) -> Answer:
        """Ask, look, take back."""
        cookies = deepcopy(client.cookies)  # signing out is one of the acts
        with transaction.atomic():
            path = reverse(name, args=args(self.world))
            fields = dict(data(self.world)) if data is not None and method != "GET" else {}
            ask: Callable[..., HttpResponse | StreamingHttpResponse] = getattr(client, method.lower())
            more = {"content_type": "application/json"} if json and method != "GET" else {}
            events = AuditEvent.objects.count()
            with writes() as written:
                answer = ask(path, fields, headers=dict(headers or {}), **more)
                content = answer.getvalue()
            changed = bool(written) and digest() != self.before
            made = AuditEvent.objects.count() - events if written else 0
            transaction.set_rollback(True)
        client.cookies = cookies
        return Answer(path, answer.status_code, answer.headers.get("Location", ""), content, bool(written), changed, made)


@contextmanager
def writes() -> Iterator[list[str]]:
    """Statements that write to a watched table while the block runs."""
    unwatched = tuple(model._meta.db_table for model in UNWATCHED)
    found: list[str] = []

    def look(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and not any(f'"{table}"' in sql[:80] for table in unwatched):
            found.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield found


def digest() -> str:
    """SHA-256 over every row of every watched table."""
    state = hashlib.sha256()
    for model in apps.get_models(include_auto_created=True):
        if model not in UNWATCHED:
            rows: Any = model._default_manager.order_by("pk").values_list()
            state.update(repr((model._meta.label, list(rows))).encode())
    return state.hexdigest()
