"""The draft, page by page, in the order of the SNAP-R sub-forms (docs/design/intake.md#1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from exportcheck.accounts.current_user import current_user
from exportcheck.accounts.policy import can_create_draft
from licenses.access import application_for
from licenses.forms.about import AboutForm
from licenses.forms.actions import DocumentForm
from licenses.forms.base import PageForm
from licenses.forms.signature import CERTIFICATION
from licenses.models import LicenseApplication
from licenses.services.drafting.applications import create_application
from licenses.services.drafting.edits import save_page
from licenses.services.evaluation.completeness import completeness_of
from licenses.views.draft_forms import page_form
from licenses.views.idempotent_form import once
from licenses.views.service_calls import saved
from licenses.words import FILING_TERMS


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the draft: its key, title, and the completeness sections it fills."""

    key: str
    title: str
    sections: tuple[str, ...]


PAGES = (
    Page("about", "About", ("contact", "license_information", "company")),
    Page(
        "parties",
        "Parties",
        (
            "applicant",
            "other_party",
            "purchaser",
            "intermediate_consignee",
            "ultimate_consignee",
            "end_user",
            "original_ultimate_consignee",
            "address_verification",
        ),
    ),
    Page("items", "Items", ("items",)),
    Page("end_use", "End use", ("end_use", "additional_information")),
    Page("documents", "Documents", ("documents", "supporting_documents")),
    Page("review", "Review", ("preview", "signature")),
)
ORDER = [page.key for page in PAGES]


@require_http_methods(["GET", "POST"])
@once
def draft_new(request: HttpRequest) -> HttpResponse:
    """A blank draft, after one question: what kind of application."""
    if not can_create_draft(request.user):
        raise PermissionDenied("Exporters draft applications, for the organization they work for.")
    form = AboutForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.page_data()
        application = create_application(actor=current_user(request), type=data["type"], title=data["title"])
        save_page(actor=current_user(request), application_id=application.pk, lock=application.lock, page="about", data=data)
        return redirect("draft_page", reference=application.reference, page="parties")
    return render(request, "licenses/draft_new.html", {"form": form, "terms": FILING_TERMS})


@require_http_methods(["GET", "POST"])
def draft_page(request: HttpRequest, reference: str, page: str) -> HttpResponse:
    """Show or save one page of a draft."""
    if page not in ORDER:
        raise Http404
    application = application_for(request.user, reference)
    if not application.editable:
        messages.info(request, f"{reference} cannot be edited while it is {application.get_state_display()}.")
        return redirect("result", reference=reference)
    form = page_form(application, page, request.POST or None)

    def save() -> object:
        lock = sent_lock(request)
        return save_page(actor=current_user(request), application_id=application.pk, lock=lock, page=page, data=form.page_data())

    if saved(request, form, save):
        return redirect("draft_page", reference=reference, page=onward(request, page))
    return render(request, f"licenses/draft_{page}.html", page_context(application, page, form))


def page_context(application: LicenseApplication, page: str, form: PageForm) -> dict[str, Any]:
    """What every page of the draft shows: steps with their open points, rows, form."""
    open_points = completeness_of(application)
    steps = [
        {
            "page": step,
            "current": step.key == page,
            "number": number,
            "open": sum(len(open_points.get(section, ())) for section in step.sections),
        }
        for number, step in enumerate(PAGES, 1)
    ]
    return {
        "application": application,
        "page": PAGES[ORDER.index(page)],
        "steps": steps,
        "open_points": [
            {"section": key, "page": page_of(key), "points": points} for key, points in open_points.items() if points
        ],
        "form": form,
        "document_form": DocumentForm() if page == "documents" else None,
        "certification": CERTIFICATION,
        "parties": application.parties.all(),
        "items": application.items.all(),
        "documents": application.documents.filter(withdrawn_at=None).select_related("uploaded_by"),
        "previous": ORDER[ORDER.index(page) - 1] if page != ORDER[0] else "",
        "following": following(page),
    }


def page_of(section: str) -> str:
    """Key of the page that fills a section."""
    return next((page.key for page in PAGES if section in page.sections), ORDER[-1])


def following(page: str) -> str:
    """Key of the next page; the last one stays."""
    return ORDER[min(ORDER.index(page) + 1, len(ORDER) - 1)] if page in ORDER else ORDER[0]


def onward(request: HttpRequest, page: str) -> str:
    """Where the sender wants to go after saving: a page of the draft, else the next one."""
    wanted = request.POST.get("next", "")
    return wanted if wanted in ORDER else following(page)


def sent_lock(request: HttpRequest) -> int:
    """The edit count the sender had on screen; nonsense is never current."""
    value = request.POST.get("lock", "")
    return int(value) if value.isdigit() and len(value) < 10 else -1
