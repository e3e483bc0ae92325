"""One version: what it changes, what that would touch, and the decisions about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from exportcheck.accounts import policy
from exportcheck.admin_actions import ServiceAction, by_post
from exportcheck.errors import Refused
from screening import queries
from screening.admin.access import ListLogAdmin, list_admin
from screening.admin.export import changes_csv, changes_json
from screening.admin.forms import ReasonForm
from screening.lists.types import OVERRIDABLE_GUARDS
from screening.models import ListChange, ListVersion
from screening.services.activation.activate import activate_version, check_base
from screening.services.versions.roll_back import set_aside
from screening.services.versions.stage import override_refusal

ROWS_A_PAGE = 50
TABS = ("added", "removed", "changed", "impact", "rejected")
State = ListVersion.State


@admin.register(ListVersion)
class ListVersionAdmin(ListLogAdmin):
    """The page of a version; the list of versions stands on the page of its list."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Not in the menu: a version is reached from its list."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """The desk's own addresses before the admin's."""
        view = self.admin_site.admin_view
        return [
            path("<int:version_id>/activate/", view(self.activate), name="screening_activate"),
            path("<int:version_id>/set-aside/", view(self.set_aside), name="screening_set_aside"),
            path("<int:version_id>/override/", view(self.override), name="screening_override"),
            path("<int:version_id>/changes.csv", view(self.csv), name="screening_changes_csv"),
            path("<int:version_id>/changes.json", view(self.json), name="screening_changes_json"),
            path("<int:version_id>/file/", view(self.file), name="screening_version_file"),
            path("<int:version_id>/progress/", view(self.progress), name="screening_progress"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Versions are found by their list."""
        return redirect("desk:screening_controllist_changelist")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The difference in tabs, the impact, and what may be done."""
        return self._show(request, self._version(request, object_id))

    def activate(self, request: HttpRequest, version_id: int) -> HttpResponse:
        """The second list admin makes it answer."""
        return self._act(
            request, version_id, activate_version, "{} answers now. Parties are being screened against what changed."
        )

    def set_aside(self, request: HttpRequest, version_id: int) -> HttpResponse:
        """It will not be activated."""
        return self._act(request, version_id, set_aside, "{} is set aside.")

    def override(self, request: HttpRequest, version_id: int) -> HttpResponse:
        """Stage what the count or date guard refused."""
        version, actor = self._version(request, version_id), list_admin(request)
        if request.method != "POST":
            raise PermissionDenied
        form = ReasonForm(request.POST)
        if form.is_valid():
            try:
                staged = override_refusal(actor=actor, version_id=version_id, reason=form.cleaned_data["reason"])
            except (Refused, FileNotFoundError) as refused:
                form.add_error(None, getattr(refused, "detail", "The file of this version is no longer in the store."))
            else:
                if staged.state == "staged":
                    messages.success(
                        request, f"{version.control_list.code} is staged against the guard; another list admin activates it."
                    )
                else:
                    messages.warning(request, f"{version.control_list.code} is {staged.state}: {staged.detail or 'see its page'}")
                return redirect("desk:screening_listversion_change", staged.version_id)
        return self._show(request, version, form=form)

    def csv(self, request: HttpRequest, version_id: int) -> HttpResponseBase:
        """The difference as CSV."""
        return changes_csv(self._version(request, version_id))

    def json(self, request: HttpRequest, version_id: int) -> HttpResponseBase:
        """The difference as JSON."""
        return changes_json(self._version(request, version_id))

    def file(self, request: HttpRequest, version_id: int) -> HttpResponseBase:
        """The file as it came."""
        version = self._version(request, version_id)
        name = version.raw_file.name
        if not name or not version.raw_file.storage.exists(name):
            raise Http404("The file of this version is not in the store.")
        return FileResponse(
            version.raw_file.open("rb"),
            as_attachment=True,
            filename=name.rpartition("/")[2],
            content_type="application/octet-stream",
        )

    def progress(self, request: HttpRequest, version_id: int) -> HttpResponse:
        """The bar alone, asked for again and again while work runs."""
        version = self._version(request, version_id)
        return TemplateResponse(request, "admin/screening/_progress.html", {"version": version, **queries.progress_of(version)})

    def _version(self, request: HttpRequest, version_id: str | int) -> ListVersion:
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows = ListVersion.objects.select_related("control_list", "base", "staged_by", "activated_by")
        return get_object_or_404(rows, pk=version_id)

    def _act(self, request: HttpRequest, version_id: int, service: Callable[..., ListVersion], done: str) -> HttpResponse:
        """Call a service with the reason given; a refusal comes back on the page. `done` has a place for the version."""
        version, actor = self._version(request, version_id), list_admin(request)
        by_post(request, may=True)  # list_admin has refused everybody else
        action = ServiceAction(
            ReasonForm(request.POST),
            lambda values: service(actor=actor, version_id=version_id, reason=values["reason"]),
            done.format,
        )
        if action.run(request):
            return redirect("desk:screening_listversion_change", version_id)
        version.refresh_from_db()
        return self._show(request, version, form=action.form)

    def _show(self, request: HttpRequest, version: ListVersion, form: forms.Form | None = None) -> HttpResponse:
        tab = request.GET.get("tab", "")
        counts = {
            "added": version.added,
            "removed": version.removed,
            "changed": version.changed,
            "impact": queries.impacts_of(version).count(),
            "rejected": version.rejected,
        }
        if tab not in TABS:
            tab = next((name for name in TABS if counts[name]), "added")
        context = {
            **self.admin_site.each_context(request),
            "opts": ListVersion._meta,
            "title": str(version),
            "version": version,
            "tabs": [{"name": name, "count": counts[name], "current": name == tab} for name in TABS],
            "tab": tab,
            "page": Paginator(_rows(version, tab), ROWS_A_PAGE).get_page(request.GET.get("page")),
            "form": form or ReasonForm(),
            "impact": queries.impact_counts(version),
            **queries.progress_of(version),
            **_may(request, version),
        }
        status = 422 if form is not None else 200
        return TemplateResponse(request, "admin/screening/version.html", context, status=status)


def _rows(version: ListVersion, tab: str) -> Any:
    if tab == "impact":
        return queries.impacts_of(version)
    if tab == "rejected":
        return version.rejects
    return queries.changes_of(version, ListChange.Kind(tab))


def _may(request: HttpRequest, version: ListVersion) -> dict[str, Any]:
    """What this person may do with it, and what stands in the way of activating it."""
    staged = version.state == State.STAGED
    hindrance = ""
    if staged:
        try:
            check_base(version)
        except Refused as refused:
            hindrance = refused.detail
    imports = policy.can_import_lists(request.user)
    return {
        "may_import": imports,
        "may_activate": staged and not hindrance and policy.can_activate(request.user, version.staged_by_id),
        "is_author": staged and imports and version.staged_by_id == request.user.pk,
        "may_set_aside": staged and imports,
        "may_override": imports
        and version.state == State.REFUSED
        and version.guard in OVERRIDABLE_GUARDS
        and version.entries > 0,
        "hindrance": hindrance,
    }
