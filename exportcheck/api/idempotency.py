"""Idempotency-Key: a write sent twice is done once and answered twice with the same answer."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from functools import partial
from http import HTTPStatus
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.utils import timezone
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from exportcheck.accounts.models import ApiToken, User
from exportcheck.api.models import IdempotencyKey
from exportcheck.audit.services import canonical

HEADER = "Idempotency-Key"
LONGEST = 100
KEPT = timedelta(hours=24)
"""An answer is repeated for a day; after that the key may be used anew."""
ABANDONED = timedelta(minutes=5)
"""A request still unanswered after this died with its process; the key may be used anew."""
KEPT_HEADERS = ("Content-Type", "Location", "ETag")
METHODS = frozenset(("POST", "PUT", "PATCH", "DELETE"))


class KeyMisusedError(APIException):
    """422: the key came with another body before."""

    status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    default_code = "idempotency_key_reused"
    default_detail = "This Idempotency-Key was used with another request. Use a new key for a new request."


class KeyBusyError(APIException):
    """409: the first request with the key is still being answered."""

    status_code = HTTPStatus.CONFLICT
    default_code = "idempotency_key_in_use"
    default_detail = "A request with this Idempotency-Key is still being answered. Try again in a moment."


class KeyMalformedError(APIException):
    """400."""

    status_code = HTTPStatus.BAD_REQUEST
    default_code = "idempotency_key_malformed"
    default_detail = f"An Idempotency-Key has 1 to {LONGEST} printable ASCII characters."


class RepeatedError(Exception):
    """Not an error of the caller: carries the stored answer past the view."""

    def __init__(self, answer: HttpResponse) -> None:
        super().__init__()
        self.answer = answer


class IdempotentMixin(APIView):
    """View whose writes honor the header. Without the header nothing changes.

    Answers of 5xx, 401, 403, 409 and 429 are not kept: they may come out differently next time. The stored answer comes
    back with `Idempotent-Replay: true`.
    """

    idempotency: IdempotencyKey | None = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """After authentication, permission and rate: take the key, or answer from it."""
        super().initial(request, *args, **kwargs)
        key = request.headers.get(HEADER)
        if key is None or request.method not in METHODS:
            return
        self.idempotency = take_key(request, key)

    def handle_exception(self, exc: Exception) -> HttpResponse:  # type: ignore[override]  # any HttpResponse will do
        """A repetition is answered as the first time."""
        if isinstance(exc, RepeatedError):
            return exc.answer
        return super().handle_exception(exc)

    def finalize_response(  # type: ignore[override]  # REST framework takes and gives any HttpResponse
        self, request: Request, response: HttpResponse, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Keep the answer as it is sent, or let go of the key."""
        answer: HttpResponse = super().finalize_response(request, response, *args, **kwargs)  # type: ignore[arg-type]
        row, self.idempotency = self.idempotency, None
        if row is None:
            return answer
        if isinstance(answer, Response):
            answer.add_post_render_callback(partial(settle, row))
        else:
            settle(row, answer)
        return answer


def take_key(request: Request, key: str) -> IdempotencyKey:
    """The key's row, this request's from now on. Raises RepeatedError, KeyMisusedError, KeyBusyError, KeyMalformedError."""
    if not 1 <= len(key) <= LONGEST or not key.isascii() or not key.isprintable():
        raise KeyMalformedError
    if not isinstance(request.user, User):
        raise KeyMalformedError("An Idempotency-Key needs a login.")
    token = request.auth if isinstance(request.auth, ApiToken) else None
    owner = {"token": token} if token else {"token__isnull": True, "user": request.user}
    now = timezone.now()
    rows = IdempotencyKey.objects.filter(key=key, **owner)
    # Whoever uses keys clears their own old ones away.
    IdempotencyKey.objects.filter(created_at__lt=now - KEPT, **owner).delete()
    rows.filter(created_at__lt=now - ABANDONED, status=None).delete()
    wanted = hash_of(request)
    try:
        with transaction.atomic():
            return IdempotencyKey.objects.create(key=key, request_hash=wanted, token=token, user=request.user)
    except IntegrityError:
        row = rows.first()
    if row is None:
        # Let go of between the two statements: whoever had it has failed, so the caller tries again.
        raise KeyBusyError
    if row.request_hash != wanted:
        raise KeyMisusedError
    if row.status is None:
        raise KeyBusyError
    raise RepeatedError(HttpResponse(row.body, status=row.status, headers={**row.headers, "Idempotent-Replay": "true"}))


def settle(row: IdempotencyKey, response: HttpResponse) -> None:
    """Store the answer of a finished write; let go of the key when the write may come out differently next time."""
    again = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.CONFLICT, HTTPStatus.TOO_MANY_REQUESTS)
    if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR or response.status_code in again:
        IdempotencyKey.objects.filter(pk=row.pk).delete()
        return
    headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
    row.status, row.body, row.headers = response.status_code, response.content.decode(), headers
    row.save(update_fields=("status", "body", "headers"))


def hash_of(request: Request) -> str:
    """SHA-256 of method, address and the parsed body: spacing and order of keys do not matter."""
    text = f"{request.method} {request.get_full_path()}\n{canonical(request.data)}"
    return hashlib.sha256(text.encode()).hexdigest()
