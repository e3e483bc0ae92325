"""A form that was sent twice is done once: a double click, the back button, a reload of a form that was sent.

The form carries a token of its own (template tag `once`). The first request claims a row for token and content; the same again is
sent to where the first one led. What was changed before it was sent again is another request.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from exportcheck.accounts.current_user import current_user
from exportcheck.api.idempotency import ABANDONED, KEPT
from exportcheck.api.models import IdempotencyKey

View = Callable[..., HttpResponse]
LONGEST_TOKEN = 40
UNTOLD = frozenset(("csrfmiddlewaretoken", "once"))
"""What differs between two requests that ask for the same."""


def once(view: View) -> View:
    """Do the view's POST once for each token and content."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        token = request.POST.get("once", "") if request.method == "POST" else ""
        if not token or len(token) > LONGEST_TOKEN or not token.isascii() or not token.isprintable():
            return view(request, *args, **kwargs)
        row, earlier = claim(request, token)
        if row is None:
            return repeated(request, earlier)
        try:
            response = view(request, *args, **kwargs)
        except BaseException:
            row.delete()
            raise
        if not isinstance(response, HttpResponseRedirect):
            # Nothing was done: the form came back with what to correct.
            row.delete()
            return response
        row.status, row.headers = response.status_code, {"Location": response.url}
        row.save(update_fields=("status", "headers"))
        return response

    return wrapped


def claim(request: HttpRequest, token: str) -> tuple[IdempotencyKey | None, IdempotencyKey | None]:
    """(the row of this request, None), or (None, the row of the same request before)."""
    user, now, digest = current_user(request), timezone.now(), content_hash(request)
    rows = IdempotencyKey.objects.filter(user=user, token__isnull=True, key=f"page {token} {digest[:32]}")
    IdempotencyKey.objects.filter(user=user, token__isnull=True, key__startswith="page ", created_at__lt=now - KEPT).delete()
    rows.filter(status=None, created_at__lt=now - ABANDONED).delete()
    try:
        with transaction.atomic():
            made = IdempotencyKey.objects.create(user=user, key=f"page {token} {digest[:32]}", request_hash=digest)
    except IntegrityError:
        return None, rows.first()
    return made, None


def content_hash(request: HttpRequest) -> str:
    """SHA-256 of address and fields as sent, files by name and size."""
    fields = sorted((name, value) for name, values in request.POST.lists() if name not in UNTOLD for value in values)
    files = sorted((name, str(file.name), file.size or 0) for name in request.FILES for file in request.FILES.getlist(name))
    return hashlib.sha256(repr((request.path, fields, files)).encode()).hexdigest()


def repeated(request: HttpRequest, earlier: IdempotencyKey | None) -> HttpResponse:
    """Where the first request led, or that it is still at work."""
    if earlier is None or earlier.status is None:
        return render(request, "licenses/busy.html", status=HTTPStatus.CONFLICT)
    messages.info(request, "That was saved already, and only once. Here is what came of it.")
    return HttpResponseRedirect(earlier.headers["Location"])
