"""What a reviewer does with a whole application: stop it (two people), raise a concern, write a note, ask no longer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path

from exportcheck.accounts import policy
from exportcheck.accounts.current_user import current_user
from exportcheck.errors import Refused
from licenses import queries
from licenses.desk.forms import ConcernForm, NoteForm, StopDecisionForm, StopForm
from licenses.models import LicenseApplication
from licenses.services.review.concerns_and_notes import raise_concern, write_note
from licenses.services.review.questions import withdraw_question
from licenses.services.review.stops import countersign_stop, stop_application

if TYPE_CHECKING:
    from licenses.desk.application_admin import ApplicationAdmin


class ApplicationActs:
    """Views behind the forms of the application page, bound to the admin that owns their addresses."""

    def __init__(self, applications: ApplicationAdmin) -> None:
        self.applications = applications

    def urls(self) -> list[URLPattern]:
        """Addresses below the application's own."""
        view = self.applications.admin_site.admin_view
        return [
            path("<int:application_id>/stop/", view(self.stop), name="licenses_licenseapplication_stop"),
            path(
                "<int:application_id>/stop/<int:stop_id>/", view(self.decide_stop), name="licenses_licenseapplication_stop_decide"
            ),
            path("<int:application_id>/concern/", view(self.concern), name="licenses_licenseapplication_concern"),
            path("<int:application_id>/note/", view(self.note), name="licenses_licenseapplication_note"),
            path("<int:application_id>/unask/<int:question_id>/", view(self.unask), name="licenses_licenseapplication_unask"),
        ]

    def context(self, request: HttpRequest, application: LicenseApplication) -> dict[str, Any]:
        """The forms that the page shows to this person now."""
        may = policy.can_dispose_ordinary(request.user, application.organization_id, application.created_by_id)
        reviewed = may and application.state in queries.QUEUED
        proposed = application.stops.filter(decided_at=None).select_related("proposed_by").first()
        second = may and proposed is not None and policy.can_countersign(request.user, proposed.proposed_by_id)
        return {
            "may_decide": may,
            "proposed_stop": proposed,
            "stop_form": StopForm(prefix="stop") if reviewed and proposed is None else None,
            "stop_decision_form": StopDecisionForm(prefix="second") if second else None,
            "concern_form": ConcernForm(prefix="concern", application=application) if reviewed else None,
            "note_form": NoteForm(prefix="note") if policy.is_reviewer(request.user) else None,
        }

    def stop(self, request: HttpRequest, application_id: int) -> HttpResponse:
        """First person: propose to stop it."""

        def act(values: dict[str, Any]) -> str:
            stop_application(actor=current_user(request), application_id=application_id, **values)
            return "The stop is proposed. Another reviewer confirms it or sends it back."

        return self._act(request, application_id, "stop_form", lambda _: StopForm(request.POST, prefix="stop"), act)

    def decide_stop(self, request: HttpRequest, application_id: int, stop_id: int) -> HttpResponse:
        """Second person: confirm, or send back."""

        def act(values: dict[str, Any]) -> str:
            stop = get_object_or_404(LicenseApplication, pk=application_id).stops.filter(pk=stop_id).first()
            if stop is None:
                raise Refused("taken", "This stop is not proposed here.")
            agree = values["agree"] == "yes"
            countersign_stop(actor=current_user(request), stop_id=stop.pk, agree=agree, note=values["note"])
            return "The application is stopped. Its exporter is told." if agree else "The proposal is sent back."

        def form(_: LicenseApplication) -> forms.Form:
            return StopDecisionForm(request.POST, prefix="second")

        return self._act(request, application_id, "stop_decision_form", form, act)

    def concern(self, request: HttpRequest, application_id: int) -> HttpResponse:
        """Raise a concern that no rule raised: a flag like the others."""

        def act(values: dict[str, Any]) -> str:
            raise_concern(actor=current_user(request), application_id=application_id, **values)
            return "The concern stands in the queue."

        def form(application: LicenseApplication) -> forms.Form:
            return ConcernForm(request.POST, prefix="concern", application=application)

        return self._act(request, application_id, "concern_form", form, act)

    def note(self, request: HttpRequest, application_id: int) -> HttpResponse:
        """Write a line that only the desk reads."""

        def act(values: dict[str, Any]) -> str:
            write_note(actor=current_user(request), application_id=application_id, text=values["text"])
            return "The note is kept; only the desk reads it."

        return self._act(request, application_id, "note_form", lambda _: NoteForm(request.POST, prefix="note"), act)

    def unask(self, request: HttpRequest, application_id: int, question_id: int) -> HttpResponse:
        """Take a question back that the exporter has not answered."""

        def act(_: dict[str, Any]) -> str:
            question = get_object_or_404(LicenseApplication, pk=application_id).questions.filter(pk=question_id).first()
            if question is None:
                raise Refused("taken", "This question is not asked here.")
            withdraw_question(actor=current_user(request), question_id=question.pk)
            return "The question is taken back."

        return self._act(request, application_id, "", lambda _: forms.Form({}), act)

    def _act(
        self,
        request: HttpRequest,
        application_id: int,
        name: str,
        make: Callable[[LicenseApplication], forms.Form],
        act: Callable[[dict[str, Any]], str],
    ) -> HttpResponse:
        """Check the form, call the service, say what happened. What can be mended comes back in the form `name`; any other
        refusal is told at the top, for the form may be gone."""
        if request.method != "POST" or not policy.is_reviewer(request.user):
            raise PermissionDenied
        form = make(get_object_or_404(self.applications.get_queryset(request), pk=application_id))
        if form.is_valid():
            try:
                said = act(form.cleaned_data)
            except Refused as refusal:
                if refusal.code == "invalid":
                    form.add_error(None, refusal.detail)
                else:
                    messages.error(request, refusal.detail)
            else:
                messages.success(request, said)
                return redirect("desk:licenses_licenseapplication_change", application_id)
        bound = {name: form} if form.errors else {}
        return self.applications.change_view(request, str(application_id), extra_context=bound)
