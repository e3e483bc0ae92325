"""Looking entries up: for people who only want to see what a list says."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from exportcheck.accounts import policy
from screening import queries
from screening.models import ControlList, ListEntry
from screening.queries.entry_intervals import history_of

ENTRIES_A_PAGE = 25
MAX_CHARS = 200


def seen_by(request: HttpRequest, rows: QuerySet[ListEntry]) -> QuerySet[ListEntry]:
    """Lists of one's own making may be private: only the desk sees what they say, or that they exist."""
    return rows if sees_all(request) else rows.filter(control_list__custom=False)


def sees_all(request: HttpRequest) -> bool:
    """Whether lists of one's own making are shown to this person."""
    return policy.can_see_private_reasons(request.user) or policy.can_read_list_log(request.user)


@require_GET
def entry_search(request: HttpRequest) -> HttpResponse:
    """Entries of the active lists by name, alias, address, citation, program or number."""
    text = request.GET.get("q", "").strip()[:MAX_CHARS]
    code = request.GET.get("list", "").strip()[:16]
    page = None
    if text:
        found = seen_by(request, queries.search_entries(text, code))
        page = Paginator(found.defer("search_text"), ENTRIES_A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "text": text,
        "code": code,
        "page": page,
        "lists": queries.known_lists(None if sees_all(request) else ControlList.objects.filter(custom=False)),
        "facts": queries.standing(),
    }
    return render(request, "screening/entry_search.html", context)


@require_GET
def entry_page(request: HttpRequest, code: str, uid: str) -> HttpResponse:
    """One entry as it stands, and what it said before."""
    rows = list(seen_by(request, queries.entry_history(code, uid)))
    if not rows:
        raise Http404("There is no such entry.")
    history = history_of(rows)
    return render(
        request, "screening/entry.html", {"shown": history[0], "history": history, "control_list": rows[0].control_list}
    )
