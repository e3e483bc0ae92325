"""The publishers that can be fetched on schedule: switched on, opened, asked now."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from exportcheck.errors import Refused
from exportcheck.queueing import enqueue_on_commit
from screening.admin.access import list_admin, page_context
from screening.admin.forms import SourceForm
from screening.lists.fetch_sources import FETCH_SOURCES
from screening.models import ListSource
from screening.services.activation.fetch import set_source


class SourcePages:
    """Views around one source, on the site of the desk."""

    def __init__(self, site: AdminSite) -> None:
        self.site = site

    def switch(self, request: HttpRequest, code: str) -> HttpResponse:
        """Switch the scheduled fetch on or off, with a reason."""
        actor = list_admin(request)
        if code not in FETCH_SOURCES:
            raise Http404("There is no such source.")
        row = ListSource.objects.filter(code=code).first()
        stored = {"enabled": row.enabled, "auto_activate": row.auto_activate} if row else {}
        form = SourceForm(request.POST or None, initial=stored)
        if request.method == "POST" and form.is_valid():
            try:
                set_source(actor=actor, code=code, **form.cleaned_data)
            except Refused as refused:
                form.add_error(None, refused.detail)
            else:
                messages.success(
                    request, f"{code} is {'fetched on schedule' if form.cleaned_data['enabled'] else 'switched off'}."
                )
                return redirect("desk:screening_controllist_changelist")
        context = {**page_context(self.site, request, f"Fetch {code}"), "source": FETCH_SOURCES[code], "row": row, "form": form}
        return TemplateResponse(request, "admin/screening/source.html", context)

    def fetch(self, request: HttpRequest, code: str) -> HttpResponse:
        """Ask the publisher as soon as a worker is free."""
        list_admin(request)
        if code not in FETCH_SOURCES:
            raise Http404("There is no such source.")
        if request.method != "POST":
            raise PermissionDenied
        enqueue_on_commit("screening.tasks.fetch_list_source", code)
        messages.info(request, f"{code} is being asked. What is new will wait here as a staged version.")
        return redirect("desk:screening_controllist_changelist")


def source_rows() -> list[dict[str, Any]]:
    """Every source with its switch and what it last said."""
    rows = {row.code: row for row in ListSource.objects.all()}
    return [{"source": source, "row": rows.get(source.code)} for source in FETCH_SOURCES.values()]
