"""A button of a desk page: the form it sends, the service it calls, what is said when it is done or refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from exportcheck.errors import Refused

Result = TypeVar("Result")


def by_post(request: HttpRequest, *, may: bool) -> None:
    """Acts come by POST and from those who may; raises PermissionDenied for anything else."""
    if request.method != "POST" or not may:
        raise PermissionDenied


def always(_: Refused) -> bool:
    """Every refusal is shown at the form."""
    return True


def nothing_asked() -> forms.Form:
    """The form of a button that asks for nothing; it is always valid."""
    return forms.Form({})


@dataclass(frozen=True, slots=True)
class ServiceAction(Generic[Result]):
    """One act.

    form: as it was sent. service: called with its cleaned values, once they are valid. done: the sentence for the person, or how
    to make it of what the service returns. at_form: whether a refusal is shown at the form, where it can be mended; others are
    told above the page, for somebody may have been faster and the form be gone.
    """

    form: forms.Form
    service: Callable[[dict[str, Any]], Result]
    done: str | Callable[[Result], str]
    at_form: Callable[[Refused], bool] = always

    def run(self, request: HttpRequest) -> bool:
        """Check, call, say what happened. False: nothing was done; the form has the errors, or a message the refusal."""
        if not self.form.is_valid():
            return False
        try:
            result = self.service(self.form.cleaned_data)
        except Refused as refusal:
            if self.at_form(refusal):
                self.form.add_error(None, refusal.detail)
            else:
                messages.error(request, refusal.detail)
            return False
        messages.success(request, self.done if isinstance(self.done, str) else self.done(result))
        return True

    def tell(self, request: HttpRequest) -> None:
        """Run it where the page does not show the form again: what is wrong with the form is told above the page."""
        if not self.run(request) and self.form.errors:
            messages.error(request, " ".join(str(error) for errors in self.form.errors.values() for error in errors))
