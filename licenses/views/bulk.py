"""Files of many rows: upload, progress, result."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods
from django_htmx.http import HttpResponseClientRefresh

from exportcheck.accounts.policy import organization_id_of
from licenses.forms.library import BulkForm
from licenses.models import BulkJob
from licenses.queries.library import bulk_jobs_of, made_applications
from licenses.services.bulk.jobs import result_now, start_bulk, template
from licenses.services.bulk.rows import COLUMNS
from licenses.views.idempotent_form import once
from licenses.views.library import exporter
from licenses.views.service_calls import saved

MAX_JOBS = 30
MAX_MADE = 200
"""Applications shown on the page of a file; the result file has all."""
TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@require_http_methods(["GET", "POST"])
@once
def bulk_upload(request: HttpRequest) -> HttpResponse:
    """Send a file, and see the earlier ones."""
    user = exporter(request)
    form = BulkForm(request.POST or None, request.FILES or None) if request.method == "POST" else BulkForm()
    started: list[BulkJob] = []

    def save() -> None:
        values = form.cleaned_data
        started.append(
            start_bulk(actor=user, **{name: values[name] for name in ("kind", "mode", "checks")}, upload=values["file"])
        )

    if saved(request, form, save, field="file"):
        return redirect("bulk_job", job_id=started[0].pk)
    jobs = bulk_jobs_of(organization_id_of(user))[:MAX_JOBS]
    return render(request, "licenses/bulk.html", {"form": form, "jobs": jobs, "kinds": BulkJob.Kind.choices})


@require_GET
def bulk_template(request: HttpRequest, kind: str, ending: str) -> HttpResponse:
    """The template of a kind of file."""
    exporter(request)
    if kind not in COLUMNS or ending not in TYPES:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{kind}-template.{ending}"'}
    return HttpResponse(template(kind, ending), content_type=TYPES[ending], headers=headers)


@require_GET
def bulk_job(request: HttpRequest, job_id: int) -> HttpResponse:
    """One file: how far it is, what to correct, what came of it."""
    job = own_job(request, job_id)
    made = made_applications(job, MAX_MADE) if job.made else ()
    return render(request, "licenses/bulk_job.html", {"job": job, "made": made, "most": MAX_MADE})


@require_GET
def bulk_progress(request: HttpRequest, job_id: int) -> HttpResponse:
    """The progress bar; tells the page to load again when there is something to show."""
    job = own_job(request, job_id)
    if not job.working:
        return HttpResponseClientRefresh()
    return render(request, "licenses/_bulk_progress.html", {"job": job})


@require_GET
def bulk_result(request: HttpRequest, job_id: int) -> HttpResponse:
    """The result as a file; a formula in it stays a text."""
    job = own_job(request, job_id)
    if not job.result:
        raise Http404
    name = f"{job.name.rsplit('.', 1)[0]}-result.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(result_now(job), content_type=TYPES["csv"], headers=headers)


def own_job(request: HttpRequest, job_id: int) -> BulkJob:
    """The job, if it is of the person's organization; else there is none. Raises Http404, PermissionDenied."""
    return get_object_or_404(bulk_jobs_of(organization_id_of(exporter(request))), pk=job_id)
