"""What a reviewer does with a whole application: stop it (two people), raise a concern, write a note, ask no longer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path

from exportcheck.accounts import policy
from exportcheck.accounts.current_user import current_user
from exportcheck.admin_actions import ServiceAction, by_post, nothing_asked
from exportcheck.errors import Refused
from licenses import queries
from licenses.desk.application_page import ApplicationPage
from licenses.desk.forms import ConcernForm, NoteForm, StopDecisionForm, StopForm
from licenses.models import Flag, LicenseApplication, Message, Question, Stop
from licenses.services.review.concerns_and_notes import raise_concern, write_note
from licenses.services.review.questions import withdraw_question
from licenses.services.review.stops import countersign_stop, stop_application


class ApplicationActs:
    """Views behind the forms of the application page, on the site that has their addresses."""

    def __init__(self, site: AdminSite) -> None:
        self.site = site

    def urls(self) -> list[URLPattern]:
        """Addresses below the application's own."""
        view = self.site.admin_view
        return [
            path("<int:application_id>/stop/", view(self.stop), name="licenses_licenseapplication_stop"),
            path(
                "<int:application_id>/stop/<int:stop_id>/", view(self.decide_stop), name="licenses_licenseapplication_stop_decide"
            ),
            path("<int:application_id>/concern/", view(self.concern), name="licenses_licenseapplication_concern"),
            path("<int:application_id>/note/", view(self.note), name="licenses_licenseapplication_note"),
            path("<int:application_id>/unask/<int:question_id>/", view(self.unask), name="licenses_licenseapplication_unask"),
        ]

    def stop(self, request: HttpRequest, application_id: int) -> HttpResponse:
        """First person: propose to stop it."""
        application = self._application(request, application_id)

        def service(values: dict[str, Any]) -> Stop:
            return stop_application(actor=current_user(request), application_id=application.pk, **values)

        done = "The stop is proposed. Another reviewer confirms it or sends it back."
        action = ServiceAction(StopForm(request.POST, prefix="stop"), service, done)
        return self._act(request, application, "stop_form", action)

    def decide_stop(self, request: HttpRequest, application_id: int, stop_id: int) -> HttpResponse:
        """Second person: confirm, or send back."""
        application = self._application(request, application_id)

        def service(values: dict[str, Any]) -> Stop:
            stop = application.stops.filter(pk=stop_id).first()
            if stop is None:
                raise Refused("taken", "This stop is not proposed here.")
            agree = values["agree"] == "yes"
            return countersign_stop(actor=current_user(request), stop_id=stop.pk, agree=agree, note=values["note"])

        def done(stop: Stop) -> str:
            return "The proposal is sent back." if stop.sent_back else "The application is stopped. Its exporter is told."

        action = ServiceAction(StopDecisionForm(request.POST, prefix="second"), service, done)
        return self._act(request, application, "stop_decision_form", action)

    def concern(self, request: HttpRequest, application_id: int) -> HttpResponse:
        """Raise a concern that no rule raised: a flag like the others."""
        application = self._application(request, application_id)

        def service(values: dict[str, Any]) -> Flag:
            return raise_concern(actor=current_user(request), application_id=application.pk, **values)

        form = ConcernForm(request.POST, prefix="concern", application=application)
        action = ServiceAction(form, service, "The concern stands in the queue.")
        return self._act(request, application, "concern_form", action)

    def note(self, request: HttpRequest, application_id: int) -> HttpResponse:
        """Write a line that only the desk reads."""
        application = self._application(request, application_id)

        def service(values: dict[str, Any]) -> Message:
            return write_note(actor=current_user(request), application_id=application.pk, text=values["text"])

        form = NoteForm(request.POST, prefix="note")
        action = ServiceAction(form, service, "The note is kept; only the desk reads it.")
        return self._act(request, application, "note_form", action)

    def unask(self, request: HttpRequest, application_id: int, question_id: int) -> HttpResponse:
        """Take a question back that the exporter has not answered."""
        application = self._application(request, application_id)

        def service(_: dict[str, Any]) -> Question:
            question = application.questions.filter(pk=question_id).first()
            if question is None:
                raise Refused("taken", "This question is not asked here.")
            return withdraw_question(actor=current_user(request), question_id=question.pk)

        action = ServiceAction(nothing_asked(), service, "The question is taken back.")
        return self._act(request, application, "", action)

    def _application(self, request: HttpRequest, application_id: int) -> LicenseApplication:
        """The application of an act, for those who may."""
        by_post(request, may=policy.is_reviewer(request.user))
        return get_object_or_404(queries.handed_in(), pk=application_id)

    def _act(self, request: HttpRequest, application: LicenseApplication, name: str, action: ServiceAction[Any]) -> HttpResponse:
        """Run an act. What can be mended comes back in the form `name`; any other refusal is told at the top, for the form may
        be gone."""
        action = replace(action, at_form=lambda refusal: bool(name) and refusal.code == "invalid")
        if action.run(request):
            return redirect("desk:licenses_licenseapplication_change", application.pk)
        bound = {name: action.form} if action.form.errors else {}
        return ApplicationPage(self.site).show(request, application.pk, **bound)
