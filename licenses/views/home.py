"""Home: the organization's applications and what waits for whom."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from exportcheck.accounts.signed_in import person
from licenses import queries
from licenses.models import LicenseApplication

PAGE_SIZE = 25


def home(request: HttpRequest) -> HttpResponse:
    """People of the desk go to the desk; exporters see their applications, newest change first."""
    user = person(request)
    if not user.is_exporter:
        return redirect("desk:index" if user.is_desk else "profile")
    state, text = request.GET.get("state", ""), request.GET.get("q", "").strip()[:100]
    rows = queries.home_rows(user, state=state, text=text)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "state": state,
        "text": text,
        "states": LicenseApplication.State.choices,
        "filtered": bool(state or text),
        "waiting": queries.waiting_for_exporter(user),
    }
    return render(request, "licenses/home.html", context)
