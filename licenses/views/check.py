"""The check and its result."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRefresh

from exportcheck.accounts.signed_in import person
from exportcheck.errors import Refused
from licenses import queries
from licenses.access import application_for
from licenses.models import CheckReport
from licenses.picture import shipment_picture
from licenses.services.check import submit_for_check
from licenses.services.content import says_the_same
from licenses.views.comparison import differences

WORKING = (CheckReport.State.PENDING, CheckReport.State.RUNNING)


@require_POST
def check_start(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask for a check; the page then watches its row."""
    application = application_for(request.user, reference)
    try:
        submit_for_check(actor=person(request), application_id=application.pk)
    except Refused as refusal:
        messages.error(request, refusal.detail)
    return redirect("result", reference=reference)


@require_GET
def check_progress(request: HttpRequest, reference: str) -> HttpResponse:
    """The progress bar; tells the page to load again when there is something to show."""
    application = application_for(request.user, reference)
    report = queries.latest_report(application)
    if report is None or report.state not in WORKING:
        return HttpResponseClientRefresh()
    return render(request, "licenses/_progress.html", {"application": application, "report": report})


@require_GET
def result(request: HttpRequest, reference: str) -> HttpResponse:
    """One sentence, the next steps, then why."""
    application = application_for(request.user, reference)
    latest = queries.latest_report(application)
    done = queries.last_done_report(application)
    context: dict[str, Any] = {
        "application": application,
        "latest": latest,
        "working": latest is not None and latest.state in WORKING,
        "failed": latest is not None and latest.state == CheckReport.State.FAILED,
        "report": done,
        "questions": queries.open_questions(application),
        "thread": queries.thread_for_exporter(application),
        "current": done is not None and done == latest and says_the_same(application, done.revision),
    }
    if done is not None and done.result is not None:
        context |= {
            "result": done.result,
            "picture": shipment_picture(done.result, done.revision.content),
            "changes": differences(queries.previous_report(done), done),
        }
    return render(request, "licenses/result.html", context)


@require_GET
def result_json(request: HttpRequest, reference: str) -> HttpResponse:
    """The result as the contract's JSON, to keep."""
    application = application_for(request.user, reference)
    report = queries.last_done_report(application)
    if report is None:
        raise Http404
    text = json.dumps(report.result, indent=2, ensure_ascii=False, cls=DjangoJSONEncoder)
    headers = {"Content-Disposition": f'attachment; filename="{reference}-check-{report.number}.json"'}
    return HttpResponse(text, content_type="application/json; charset=utf-8", headers=headers)
