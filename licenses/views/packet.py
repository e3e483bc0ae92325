"""The filing packet by block with its screening evidence, for the people of the application: a page to print, PDF, and JSON."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from exportcheck.accounts.current_user import current_user
from exportcheck.errors import Refused
from licenses import queries
from licenses.access import application_for
from licenses.models import LicenseApplication
from licenses.output import payloads
from licenses.output.packs import export_own_pack, packet_as_dict, pretty
from licenses.output.pdf import NO_PDF, PdfMissing, pdf_of
from licenses.services.filing.form_blocks import packet_of


def packet_context(request: HttpRequest, application: LicenseApplication) -> dict[str, Any]:
    """The packet and the check of just what it says; a check of another revision is no evidence for it."""
    packet = packet_of(actor=current_user(request), application_id=application.pk)
    report = queries.last_done_report(application)
    if report is None or report.revision.sha256 != packet.sha256:
        return {"packet": packet, "report": None, "result": None}
    return {"packet": packet, "report": report, "result": payloads.exporter_result(report.result or {}, queries.private_lists())}


@require_GET
def packet(request: HttpRequest, reference: str) -> HttpResponse:
    """Block by block, to print or to type from."""
    return render(request, "licenses/packet/page.html", packet_context(request, application_for(request.user, reference)))


@require_GET
def packet_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """The same as PDF."""
    application = application_for(request.user, reference)
    try:
        data = pdf_of(render_to_string("licenses/packet/pdf.html", packet_context(request, application)))
    except PdfMissing:
        messages.error(request, NO_PDF.replace("evidence.html holds the same pages", "Print the page instead"))
        return redirect("packet", reference=reference)
    headers = {"Content-Disposition": f'attachment; filename="{reference}-packet.pdf"'}
    return HttpResponse(data, content_type="application/pdf", headers=headers)


@require_POST
def evidence(request: HttpRequest, reference: str) -> HttpResponse:
    """The exporter's own evidence pack. By POST: taking it out is an act, and recorded."""
    application = application_for(request.user, reference)
    try:
        pack = export_own_pack(actor=current_user(request), application_id=application.pk, at=timezone.now())
    except Refused as refusal:
        raise PermissionDenied(refusal.detail) from refusal
    headers = {"Content-Disposition": f'attachment; filename="{pack.name}"'}
    return HttpResponse(pack.data, content_type="application/zip", headers=headers)


@require_GET
def packet_json(request: HttpRequest, reference: str) -> HttpResponse:
    """The same as JSON: the blocks as entered, the papers with their digests, the check with its lists."""
    context = packet_context(request, application_for(request.user, reference))
    headers = {"Content-Disposition": f'attachment; filename="{reference}-packet.json"'}
    body = pretty(packet_as_dict(context["packet"], context["report"], context["result"]))
    return HttpResponse(body, content_type="application/json; charset=utf-8", headers=headers)
