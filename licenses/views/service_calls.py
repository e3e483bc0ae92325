"""What every page that saves does: try, tell a refusal where the person looks, say that it is done."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest

from exportcheck.errors import Refused
from licenses.forms.base import PageForm


def saved(request: HttpRequest, form: PageForm, save: Callable[[], object], *, field: str | None = None) -> bool:
    """Whether a valid form was sent and `save` took it; a refusal becomes an error of the form, of its `field` where named."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        with transaction.atomic():
            save()
    except Refused as refusal:
        form.add_error(field, refusal.detail)
        return False
    return True


def attempt(request: HttpRequest, act: Callable[[], object], done: str = "") -> bool:
    """Do what a button asks for; a refusal, or `done` ({} = what `act` returned), is told on the next page."""
    try:
        with transaction.atomic():
            outcome = act()
    except Refused as refusal:
        messages.error(request, refusal.detail)
        return False
    if done:
        messages.success(request, done.format(outcome))
    return True
