"""The desk's page of an application: what its exporter sees, every candidate, decision and event, and the forms of what may be
done."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from exportcheck.accounts import policy
from licenses import queries
from licenses.desk.forms import ConcernForm, HoldForm, NoteForm, StopDecisionForm, StopForm
from licenses.desk.holds import parties_of
from licenses.models import LicenseApplication
from licenses.output.shipment_picture import shipment_picture
from licenses.queries import review_queue
from licenses.services.retention.retention import standing_holds

HISTORY_ROWS = 100


class ApplicationPage:
    """The page on the site that has its address."""

    def __init__(self, site: AdminSite) -> None:
        self.site = site

    def show(self, request: HttpRequest, object_id: str | int, **bound: forms.Form) -> HttpResponse:
        """The page. `bound` are forms that came back with errors, by their names in the template."""
        if not policy.can_see_queue(request.user):
            raise PermissionDenied
        application = get_object_or_404(queries.handed_in(), pk=object_id)
        report = queries.last_done_report(application)
        context = {
            **self.site.each_context(request),
            "opts": LicenseApplication._meta,
            "title": application.reference,
            "application": application,
            "report": report,
            "result": report.result if report else None,
            "picture": shipment_picture(report.result, report.revision.content) if report and report.result else "",
            "reports": application.reports.all(),
            "flags": application.flags.select_related("match__control_list", "match__entry", "assignee"),
            "questions": application.questions.select_related("asked_by", "answered_by"),
            "messages_thread": application.messages.select_related("author"),
            "documents": application.documents.select_related("uploaded_by"),
            "history": review_queue.history_of(application)[:HISTORY_ROWS],
            "holds": standing_holds(application),
            "may_export": policy.can_export_evidence(request.user, application.organization_id),
            **offered_forms(request.user, application),
            **bound,
        }
        return TemplateResponse(request, "admin/licenses/licenseapplication/page.html", context)


def offered_forms(user: policy.Person, application: LicenseApplication) -> dict[str, Any]:
    """The forms that the page shows to this person now, and the stop that waits for a second one."""
    may = policy.can_dispose_ordinary(user, application.organization_id, application.created_by_id)
    reviewed = may and application.state in queries.QUEUED
    proposed = application.stops.filter(decided_at=None).select_related("proposed_by").first()
    second = may and proposed is not None and policy.can_countersign(user, proposed.proposed_by_id)
    return {
        "may_decide": may,
        "proposed_stop": proposed,
        "stop_form": StopForm(prefix="stop") if reviewed and proposed is None else None,
        "stop_decision_form": StopDecisionForm(prefix="second") if second else None,
        "concern_form": ConcernForm(prefix="concern", application=application) if reviewed else None,
        "note_form": NoteForm(prefix="note") if policy.is_reviewer(user) else None,
        "hold_form": HoldForm(parties=parties_of(application)) if policy.can_set_hold(user) else None,
    }
