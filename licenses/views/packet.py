"""The filing packet by block, for the people of the application: as a page to print, and as PDF."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET

from exportcheck.accounts.signed_in import person
from licenses.access import application_for
from licenses.packet import NO_PDF, PdfMissing, pdf_of
from licenses.services.blocks import packet_of


@require_GET
def packet(request: HttpRequest, reference: str) -> HttpResponse:
    """Block by block, to print or to type from."""
    application = application_for(request.user, reference)
    return render(
        request, "licenses/packet/page.html", {"packet": packet_of(actor=person(request), application_id=application.pk)}
    )


@require_GET
def packet_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """The same as PDF."""
    application = application_for(request.user, reference)
    found = packet_of(actor=person(request), application_id=application.pk)
    try:
        data = pdf_of(render_to_string("licenses/packet/pdf.html", {"packet": found}))
    except PdfMissing:
        messages.error(request, NO_PDF.replace("evidence.html holds the same pages", "Print the page instead"))
        return redirect("packet", reference=reference)
    headers = {"Content-Disposition": f'attachment; filename="{reference}-packet.pdf"'}
    return HttpResponse(data, content_type="application/pdf", headers=headers)
