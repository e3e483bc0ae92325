"""Home: the organization's applications and what waits for whom."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from exportcheck.accounts.current_user import current_user
from licenses import queries
from licenses.models import LicenseApplication
from licenses.rules.types import Outcome

PAGE_SIZE = 25
MAX_WAITING = 8
"""Questions shown above the table; all of them stand in the calendar."""
OUTCOMES = [(outcome.value, outcome.value.replace("_", " ").lower().replace(" ear", " EAR")) for outcome in Outcome]


def home(request: HttpRequest) -> HttpResponse:
    """People of the desk go to the desk; exporters see their applications, newest change first."""
    user = current_user(request)
    if not user.is_exporter:
        return redirect("desk:index" if user.is_desk else "profile")
    state, text = request.GET.get("state", ""), request.GET.get("q", "").strip()[:100]
    waits, outcome = request.GET.get("waits", "")[:10], request.GET.get("outcome", "")[:30]
    rows = queries.home_rows(user, state=state, text=text, waits=waits, outcome=outcome)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "state": state,
        "text": text,
        "states": LicenseApplication.State.choices,
        "waits": waits,
        "outcome": outcome,
        "outcomes": OUTCOMES,
        "filtered": bool(state or text or waits or outcome),
        "waiting": queries.waiting_for_exporter(user)[: MAX_WAITING + 1],
        "most_waiting": MAX_WAITING,
    }
    return render(request, "licenses/home.html", context)
