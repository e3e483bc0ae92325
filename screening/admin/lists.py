"""Cards of the lists, one list with its versions, and the door for a new file."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from exportcheck.errors import Refused
from screening import queries
from screening.admin.access import ListLogAdmin, list_admin, page_context
from screening.admin.export import TEMPLATES
from screening.admin.forms import OptionsForm, ReasonForm, StageForm
from screening.admin.sources import SourcePages, source_rows
from screening.lists.types import RawFile
from screening.models import ControlList, RefusedFile
from screening.services.versions.control_lists import set_list_options
from screening.services.versions.roll_back import roll_back
from screening.services.versions.stage import stage_list_version

VERSIONS_A_PAGE = 25
REFUSED_FILES_SHOWN = 10


@admin.register(ControlList)
class ControlListAdmin(ListLogAdmin):
    """The lists at a glance; a card leads to the list's versions."""

    def get_urls(self) -> list[URLPattern]:
        """The desk's own addresses before the admin's."""
        view, sources = self.admin_site.admin_view, SourcePages(self.admin_site)
        return [
            path("sources/<str:code>/", view(sources.switch), name="screening_source"),
            path("sources/<str:code>/fetch/", view(sources.fetch), name="screening_source_fetch"),
            path("stage/", view(self.stage), name="screening_stage"),
            path("template.<str:form>", view(self.template), name="screening_template"),
            path("<int:list_id>/options/", view(self.options), name="screening_list_options"),
            path("<int:list_id>/roll-back/<int:number>/", view(self.roll_back), name="screening_roll_back"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """A card a list: what answers, how old it is, what waits."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        ids = dict(ControlList.objects.values_list("code", "pk"))
        cards = queries.list_cards()
        for card in cards:
            card["pk"] = ids[card["list"]]
        context = {
            **page_context(self.admin_site, request, "Lists"),
            "cards": cards,
            "standing": queries.standing(),
            "engine": queries.engine_progress(),
            "refused_files": RefusedFile.objects.select_related("staged_by")[:REFUSED_FILES_SHOWN],
            "sources": source_rows(),
        }
        return TemplateResponse(request, "admin/screening/lists.html", context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """One list: its state and its versions, newest first."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return self._show_list(request, get_object_or_404(ControlList, pk=object_id))

    def stage(self, request: HttpRequest) -> HttpResponse:
        """Upload a file; what it did to each list is shown, and nothing answers by it yet."""
        actor = list_admin(request)
        form = StageForm(request.POST or None, request.FILES or None, initial={"code": request.GET.get("code", "CSL")})
        report = None
        if request.method == "POST" and form.is_valid():
            values = form.cleaned_data
            try:
                report = stage_list_version(
                    actor=actor,
                    code=values["list_code"],
                    files=[RawFile(file.name, file.read()) for file in values["file"]],
                    format=values["format"] or None,
                    published_on=values["published_on"],
                    reason=values["reason"],
                    organization=values["organization"],
                )
            except Refused as refused:
                form.add_error(None, refused.detail)
        context = {**page_context(self.admin_site, request, "Import a list"), "form": form, "report": report}
        return TemplateResponse(request, "admin/screening/stage.html", context)

    def template(self, request: HttpRequest, form: str) -> HttpResponse:
        """The template for a list of one's own, to be filled in."""
        list_admin(request)
        if form not in TEMPLATES:
            raise Http404(f"The template comes as {' and '.join(TEMPLATES)}.")
        return TEMPLATES[form]()

    def options(self, request: HttpRequest, list_id: int) -> HttpResponse:
        """Change a list's cadence, whether it is required, or a custom list's effect."""
        control_list = get_object_or_404(ControlList, pk=list_id)
        actor = list_admin(request)
        if request.method != "POST":
            raise PermissionDenied
        form = OptionsForm(request.POST, custom=control_list.custom)
        if not form.is_valid():
            return self._show_list(request, control_list, options=form)
        values = form.cleaned_data
        try:
            set_list_options(
                actor=actor,
                code=control_list.code,
                cadence_hours=values["cadence_hours"],
                required=values["required"],
                effect=values.get("effect", control_list.effect),
                reason=values["reason"],
            )
        except Refused as refused:
            form.add_error(None, refused.detail)
            return self._show_list(request, control_list, options=form)
        messages.success(request, f"The options of {control_list.code} are changed.")
        return redirect("desk:screening_controllist_change", list_id)

    def roll_back(self, request: HttpRequest, list_id: int, number: int) -> HttpResponse:
        """Stage the content of an earlier version again; another list admin activates it."""
        control_list = get_object_or_404(ControlList, pk=list_id)
        actor = list_admin(request)
        earlier = get_object_or_404(queries.versions_of(control_list.code), number=number)
        form = ReasonForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                staged = roll_back(actor=actor, list_code=control_list.code, to_number=number, reason=form.cleaned_data["reason"])
            except Refused as refused:
                form.add_error(None, refused.detail)
            else:
                messages.success(request, f"{staged} brings back version {number}. Another list admin activates it.")
                return redirect("desk:screening_listversion_change", staged.pk)
        context = {
            **page_context(self.admin_site, request, f"Bring back {earlier}"),
            "control_list": control_list,
            "earlier": earlier,
            "form": form,
        }
        return TemplateResponse(request, "admin/screening/roll_back.html", context)

    def _show_list(self, request: HttpRequest, control_list: ControlList, options: OptionsForm | None = None) -> HttpResponse:
        pages = Paginator(queries.versions_of(control_list.code), VERSIONS_A_PAGE)
        stored = {
            "cadence_hours": control_list.cadence_hours,
            "required": control_list.required,
            "effect": control_list.effect,
        }
        context = {
            **page_context(self.admin_site, request, f"{control_list.code}: {control_list.name}"),
            "control_list": control_list,
            "card": next(card for card in queries.freshness() if card["list"] == control_list.code),
            "page": pages.get_page(request.GET.get("page")),
            "options_form": options or OptionsForm(initial=stored, custom=control_list.custom),
            "refused_files": RefusedFile.objects.filter(source=control_list.code).select_related("staged_by")[
                :REFUSED_FILES_SHOWN
            ],
        }
        return TemplateResponse(request, "admin/screening/list.html", context)
