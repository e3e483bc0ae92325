"""From a finished review to the filed, decided and closed application, by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from exportcheck.accounts.current_user import current_user
from licenses.access import application_for
from licenses.forms.base import PageForm
from licenses.forms.filing import AppealForm, DutyForm, FilingForm, OutcomeForm, ShipmentForm
from licenses.models import LicenseApplication
from licenses.services.checks.conditions import meet_condition
from licenses.services.drafting.edit_again import return_to_draft
from licenses.services.filing.filing import close, enter_filing, mark_ready
from licenses.services.filing.government_outcomes import record_outcome
from licenses.services.filing.shipments import balance_of, release_shipment, why_not_ship
from licenses.services.review.stops import appeal
from licenses.views.idempotent_form import once
from licenses.views.service_calls import attempt, saved

Act = Callable[[LicenseApplication, PageForm], object]


@require_POST
def application_ready(request: HttpRequest, reference: str) -> HttpResponse:
    """Mark it ready to file."""
    application = application_for(request.user, reference)
    done = "{} is ready to file. Enter it in SNAP-R, then type the control number back here."
    attempt(request, lambda: mark_ready(actor=current_user(request), application_id=application.pk), done)
    return redirect("result", reference=reference)


@require_POST
def application_edit_again(request: HttpRequest, reference: str) -> HttpResponse:
    """Back to a draft, to enter what filing still lacks."""
    application = application_for(request.user, reference)
    done = "You can edit again. Run the check when you are done; what was decided about the parties stands."
    if not attempt(request, lambda: return_to_draft(actor=current_user(request), application_id=application.pk), done):
        return redirect("result", reference=reference)
    return redirect("draft_page", reference=reference, page="review")


@require_http_methods(["GET", "POST"])
@once
def application_appeal(request: HttpRequest, reference: str) -> HttpResponse:
    """New facts about a stopped application."""

    def act(application: LicenseApplication, form: PageForm) -> object:
        return appeal(actor=current_user(request), application_id=application.pk, facts=form.cleaned_data["facts"])

    return by_form(
        request, reference, AppealForm(request.POST or None), act, "Bring new facts", "The application is reviewed again."
    )


@require_POST
def application_close(request: HttpRequest, reference: str) -> HttpResponse:
    """Nothing more will happen under it."""
    application = application_for(request.user, reference)
    attempt(
        request, lambda: close(actor=current_user(request), application_id=application.pk), "{} is closed. Its records are kept."
    )
    return redirect("result", reference=reference)


@require_http_methods(["GET", "POST"])
@once
def application_filing(request: HttpRequest, reference: str) -> HttpResponse:
    """The control number that SNAP-R gave."""

    def act(application: LicenseApplication, form: PageForm) -> object:
        return enter_filing(actor=current_user(request), application_id=application.pk, **form.cleaned_data)

    return by_form(request, reference, FilingForm(request.POST or None), act, "Enter the filing", "The filing is recorded.")


@require_http_methods(["GET", "POST"])
@once
def application_outcome(request: HttpRequest, reference: str) -> HttpResponse:
    """What BIS decided."""
    form = OutcomeForm(request.POST or None, request.FILES or None)

    def act(application: LicenseApplication, form: PageForm) -> object:
        assert isinstance(form, OutcomeForm)  # noqa: S101 - tells mypy which form it is
        return record_outcome(actor=current_user(request), application_id=application.pk, **form.outcome_data())

    return by_form(request, reference, form, act, "Record the outcome", "The outcome is recorded.", files=True)


@require_http_methods(["GET", "POST"])
@once
def application_shipment(request: HttpRequest, reference: str) -> HttpResponse:
    """Release one shipment, or learn everything that keeps it here."""
    application = application_for(request.user, reference)
    balance = balance_of(application)
    form = ShipmentForm(request.POST or None, balance=balance, initial={"ship_on": timezone.now().date()})

    def release() -> object:
        values = form.cleaned_data
        return release_shipment(
            actor=current_user(request), application_id=application.pk, ship_on=values["ship_on"], lines=form.shipped(values)
        )

    if saved(request, form, release):
        messages.success(request, "The shipment is released.")
        return redirect("result", reference=reference)
    context = {"application": application, "form": form, "balance": balance, "why_not": why_not_ship(application)}
    return render(request, "licenses/shipment.html", context)


@require_http_methods(["GET", "POST"])
@once
def condition_meet(request: HttpRequest, reference: str, condition_id: int) -> HttpResponse:
    """Confirm by hand that a duty is done."""
    condition = get_object_or_404(application_for(request.user, reference).conditions, pk=condition_id, gone_at=None)

    def act(_: LicenseApplication, form: PageForm) -> object:
        return meet_condition(actor=current_user(request), condition_id=condition.pk, note=form.cleaned_data["note"])

    return by_form(
        request, reference, DutyForm(request.POST or None), act, "Confirm a duty", "The duty is met.", lead=condition.why
    )


def by_form(request: HttpRequest, reference: str, form: PageForm, act: Act, title: str, done: str, **more: Any) -> HttpResponse:
    """One form that does one thing to an application, and goes back to its page."""
    application = application_for(request.user, reference)
    if saved(request, form, lambda: act(application, form)):
        messages.success(request, done)
        return redirect("result", reference=reference)
    return render(request, "licenses/act.html", {"application": application, "form": form, "title": title, **more})
