"""The check and its result."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRefresh

from exportcheck.accounts.current_user import current_user
from exportcheck.accounts.policy import can_mark_ready
from licenses import queries
from licenses.access import application_for
from licenses.models import CheckReport, LicenseApplication
from licenses.output import payloads
from licenses.output.shipment_picture import shipment_picture
from licenses.rules.red_flags.lists import flag_code
from licenses.services.application.revisions import says_the_same
from licenses.services.checks.requests import retry, submit_for_check
from licenses.services.evaluation.classification_help import columns_of_entry
from licenses.services.evaluation.what_if import with_outcomes
from licenses.services.filing.deadlines import deadlines_of
from licenses.views.check_differences import differences
from licenses.views.next_acts import RENEWED, next_acts
from licenses.views.outcome_matrix import outcome_matrix
from licenses.views.service_calls import attempt

State = LicenseApplication.State
FILED_OR_OVER = (State.FILED, State.DECIDED, State.CLOSED, State.WITHDRAWN)
"""States in which what the check said to do next is done."""
WORKING = (CheckReport.State.PENDING, CheckReport.State.RUNNING)


@require_POST
def check_start(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask for a check; the page then watches its row. A settled application keeps its state while its screening is renewed."""
    application = application_for(request.user, reference)
    ask = retry if application.state in RENEWED else submit_for_check
    if application.state == State.CHECKING:
        messages.info(request, "It is being checked already; one check is enough.")
        return redirect("result", reference=reference)
    attempt(request, lambda: ask(actor=current_user(request), application_id=application.pk))
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
    may_act = can_mark_ready(current_user(request), application.organization_id)
    context: dict[str, Any] = {
        "application": application,
        "acts": next_acts(application, done if done is not None and done.result is not None else None, may_act=may_act),
        "latest": latest,
        "working": latest is not None and latest.state in WORKING,
        "failed": latest is not None and latest.state == CheckReport.State.FAILED,
        "report": done,
        "questions": queries.open_questions(application),
        "thread": queries.thread_for_exporter(application),
        "current": done is not None and done == latest and says_the_same(application, done.revision),
    }
    if done is not None and done.result is not None:
        shown = payloads.exporter_result(done.result, queries.private_lists())
        context |= after_filing(application)
        context |= {
            "result": shown,
            "red_flags": with_hits(shown),
            "items": with_outcomes(done.result),
            "picture": shipment_picture(done.result, done.revision.content),
            "changes": differences(queries.previous_report(done), done),
            # An application of a type for which nothing is determined has no items in its answer.
            "matrix": outcome_matrix(done.result.get("items") or (), partial(columns_of_entry, as_of=done.as_of)),
            "duties": application.conditions.filter(gone_at=None).select_related("document", "met_by"),
        }
    return render(request, "licenses/result.html", context)


def with_hits(result: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The red flags of a result, each with `is_hit`: whether it says that a party answers to a list, which a reviewer settles."""
    return [{**flag, "is_hit": flag["code"].startswith(flag_code(""))} for flag in result.get("red_flags", ())]


def after_filing(application: LicenseApplication) -> dict[str, Any]:
    """What stands in the record of the application: outcomes of the government, dates, shipments."""
    today = timezone.now().date()
    return {
        "behind": application.state in FILED_OR_OVER,
        "outcomes": application.outcomes.select_related("document", "recorded_by"),
        "dates": deadlines_of(application.organization_id, today=today, application=application),
        "today": today,
        "shipments": application.shipments.select_related("released_by").prefetch_related("lines"),
    }


@require_GET
def result_json(request: HttpRequest, reference: str) -> HttpResponse:
    """The result as the contract's JSON, to keep."""
    application = application_for(request.user, reference)
    report = queries.last_done_report(application)
    if report is None:
        raise Http404
    shown = payloads.exporter_result(report.result or {}, queries.private_lists())
    text = json.dumps(shown, indent=2, ensure_ascii=False, cls=DjangoJSONEncoder)
    headers = {"Content-Disposition": f'attachment; filename="{reference}-check-{report.number}.json"'}
    return HttpResponse(text, content_type="application/json; charset=utf-8", headers=headers)
