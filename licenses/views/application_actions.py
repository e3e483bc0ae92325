"""What an exporter does with an application besides editing it: copy, withdraw, answer, attach."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from exportcheck.accounts.current_user import current_user
from exportcheck.accounts.policy import can_create_draft, can_edit_draft
from licenses.access import application_for, question_for
from licenses.forms.actions import AnswerForm, DocumentForm, ReasonForm
from licenses.models import Question
from licenses.services.drafting.applications import copy_application, import_application, withdraw
from licenses.services.drafting.documents import add_document, withdraw_document
from licenses.services.drafting.sample import sample_line
from licenses.services.review.questions import answer_question
from licenses.views.idempotent_form import once
from licenses.views.library import back_to
from licenses.views.service_calls import attempt, saved


@require_POST
@once
def application_copy(request: HttpRequest, reference: str) -> HttpResponse:
    """A new draft with the same parties, items and end use."""
    application = application_for(request.user, reference)
    if not can_edit_draft(request.user, application.organization_id):
        raise PermissionDenied("People of the application's own organization copy it.")
    copy = copy_application(actor=current_user(request), application_id=application.pk)
    messages.success(request, f"Copied {reference} to {copy.reference}.")
    return redirect("draft_page", reference=copy.reference, page="about")


@require_POST
@once
def sample_application(request: HttpRequest) -> HttpResponse:
    """The sample application as a draft of one's own."""
    if not can_create_draft(request.user):
        raise PermissionDenied("Exporters draft applications, for the organization they work for.")
    application = import_application(actor=current_user(request), line=sample_line())
    return redirect("draft_page", reference=application.reference, page="review")


@require_http_methods(["GET", "POST"])
def application_withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Withdraw with a reason; the application is kept."""
    application = application_for(request.user, reference)
    form = ReasonForm(request.POST or None)

    def save() -> object:
        return withdraw(actor=current_user(request), application_id=application.pk, reason=form.cleaned_data["reason"])

    if saved(request, form, save):
        messages.success(request, f"{reference} is withdrawn. It is kept, and can be copied.")
        return redirect("home")
    return render(request, "licenses/withdraw.html", {"application": application, "form": form})


@require_http_methods(["GET", "POST"])
@once
def question_answer(request: HttpRequest, question_id: int) -> HttpResponse:
    """Answer a question, in words, as the fact it asks for, and with a paper."""
    question = question_for(request.user, question_id)
    form = AnswerForm(request.POST or None, request.FILES or None, fact=question.fact, question=question.text)
    if saved(request, form, lambda: send_answer(request, question, form)):
        messages.success(request, "Your answer is sent.")
        return redirect("result", reference=question.application.reference)
    context = {"question": question, "application": question.application, "form": form}
    return render(request, "licenses/question.html", context)


def send_answer(request: HttpRequest, question: Question, form: AnswerForm) -> None:
    """Keep the paper, if there is one, and answer with it: both or neither. Raises Refused."""
    values, papers = form.cleaned_data, []
    if values.get("file"):
        paper = add_document(
            actor=current_user(request),
            application_id=question.application_id,
            kind=values["kind"],
            title="",
            upload=values["file"],
        )
        papers.append(paper.pk)
    answer_question(
        actor=current_user(request), question_id=question.pk, text=values["text"], fact_value=form.fact_value, documents=papers
    )


@require_http_methods(["GET", "POST"])
@once
def document_add(request: HttpRequest, reference: str) -> HttpResponse:
    """Attach a paper, from the page Documents or, once the draft is closed, from a page of its own."""
    application = application_for(request.user, reference)
    form = DocumentForm(request.POST or None, request.FILES or None, initial={"kind": request.GET.get("kind", "")})

    def save() -> object:
        values = form.cleaned_data
        return add_document(
            actor=current_user(request),
            application_id=application.pk,
            kind=values["kind"],
            title=values["title"],
            upload=values["file"],
        )

    if saved(request, form, save, field="file"):
        messages.success(request, "The document is attached.")
        return back_to(application, "documents")
    return render(request, "licenses/document_add.html", {"application": application, "form": form})


@require_POST
def document_remove(request: HttpRequest, reference: str, document_id: int) -> HttpResponse:
    """Take a paper off the application; the file is kept for the record."""
    application = application_for(request.user, reference)
    document = get_object_or_404(application.documents, pk=document_id, withdrawn_at=None)
    attempt(request, lambda: withdraw_document(actor=current_user(request), document_id=document.pk), "{} is withdrawn.")
    return back_to(application, "documents")


@require_GET
def document_get(request: HttpRequest, reference: str, document_id: int) -> FileResponse:
    """The paper itself, as an attachment and never shown in the page."""
    document = get_object_or_404(application_for(request.user, reference).documents, pk=document_id)
    response = FileResponse(document.file.open("rb"), as_attachment=True, filename=document.title)
    response["Content-Type"] = "application/octet-stream"
    response["X-Content-Type-Options"] = "nosniff"
    return response
