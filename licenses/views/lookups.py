"""Looking things up without an application: a name, an ECCN."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from exportcheck.accounts.current_user import current_user
from exportcheck.accounts.policy import can_screen_name
from licenses.forms.actions import NameScreenForm
from licenses.forms.base import COUNTRY_CHOICES
from licenses.queries.library import names_screened_by
from licenses.services.evaluation.classification_help import eccn_facts, explained, find_eccns, find_hs_codes
from licenses.services.evaluation.name_screen import screen_name
from licenses.views.service_calls import saved

MAX_EARLIER = 10


@require_http_methods(["GET", "POST"])
def name_screen(request: HttpRequest) -> HttpResponse:
    """Screen one name or address; the answer is kept in the organization's record and can be printed."""
    if not can_screen_name(request.user):
        raise PermissionDenied("Exporters and reviewers screen names.")
    form = NameScreenForm(request.POST or None)
    answers: list[dict[str, Any]] = []

    def screen() -> None:
        data = {key: value for key, value in form.cleaned_data.items() if value}
        answers.append({**screen_name(actor=current_user(request), data=data), "moment": timezone.now()})

    answer = answers[0] if saved(request, form, screen) else None
    earlier = names_screened_by(current_user(request).organization)[:MAX_EARLIER]
    return render(request, "licenses/name_screen.html", {"form": form, "answer": answer, "earlier": earlier})


@require_GET
def eccn_search(request: HttpRequest) -> HttpResponse:
    """Find an entry of the Commerce Control List by code, heading words or HS hint; never a classification."""
    text = request.GET.get("q", "").strip()[:100]
    hits = {"entries": find_eccns(text), "hs_codes": find_hs_codes(text), "explained": explained(text)} if text else {}
    return render(request, "licenses/eccn_search.html", {"text": text, **hits})


@require_GET
def eccn_page(request: HttpRequest, eccn: str) -> HttpResponse:
    """One entry: category, group, reasons, and its requirements for a chosen country."""
    facts = eccn_facts(eccn, country=request.GET.get("country", "").upper()[:2])
    if facts is None:
        raise Http404
    return render(request, "licenses/eccn.html", {"entry": facts, "countries": COUNTRY_CHOICES})
