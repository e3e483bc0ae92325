"""Parties and items of a draft, one at a time, with what a check would say of them as they are typed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from exportcheck.accounts.current_user import current_user
from exportcheck.errors import Refused
from licenses.access import application_for
from licenses.forms.base import PageForm
from licenses.forms.item import ItemForm
from licenses.forms.party import PartyForm
from licenses.models import ApplicationParty, LicenseApplication, LineItem
from licenses.queries.library import catalog_of, contacts_of
from licenses.services.drafting.edits import remove_item, save_item
from licenses.services.drafting.party_entry import enter_party, take_off_party
from licenses.services.evaluation.preview import preview_item, preview_party
from licenses.views.address import proposing, with_parts
from licenses.views.draft import sent_lock
from licenses.views.idempotent_form import once
from licenses.views.service_calls import attempt, saved
from licenses.words import ITEM_TERMS, ROLE_TERMS


@require_http_methods(["GET", "POST"])
@once
def party_edit(request: HttpRequest, reference: str, key: str = "") -> HttpResponse:
    """Add or change a party."""
    application = application_for(request.user, reference)
    row = get_object_or_404(application.parties, key=key) if key else None
    stored, initial = party_start(request, application, row)
    if "propose" in request.POST:
        return part_page(request, application, "licenses/party_edit.html", proposing(request, stored), key)
    form = PartyForm(request.POST or None, initial=with_parts(initial), stored=stored)

    def save() -> object:
        return enter_party(
            actor=current_user(request),
            application_id=application.pk,
            lock=sent_lock(request),
            key=key or None,
            data=form.party_data(),
            address=form.address_data(),
        )

    if saved(request, form, save):
        return redirect("draft_page", reference=reference, page="parties")
    return part_page(request, application, "licenses/party_edit.html", form, key)


def party_start(
    request: HttpRequest, application: LicenseApplication, row: ApplicationParty | None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the form of a party starts from: (Party object as stored, initial values); a new one may come from the book."""
    if row:
        stored = {"name": row.name, "country": row.country, **row.facts}
        parts = (application.form.get("parties") or {}).get(row.key)
        return stored, PartyForm.initial_from(row.role, stored, parts)
    role, wanted = request.GET.get("role", ""), request.GET.get("contact", "")
    contact = contacts_of(application.organization_id).filter(pk=wanted).first() if short_number(wanted) else None
    if contact is None:
        return {}, {"role": role}
    return contact.facts, PartyForm.initial_from(role or contact.role, contact.facts, contact.address)


@require_http_methods(["GET", "POST"])
@once
def item_edit(request: HttpRequest, reference: str, key: str = "") -> HttpResponse:
    """Add or change an item."""
    application = application_for(request.user, reference)
    row = get_object_or_404(application.items, key=key) if key else None
    stored, initial = item_start(request, application, row)
    form = ItemForm(request.POST or None, initial=initial, stored=stored)

    def save() -> object:
        return save_item(
            actor=current_user(request),
            application_id=application.pk,
            lock=sent_lock(request),
            key=key or None,
            data=form.item_data(),
        )

    if saved(request, form, save):
        return redirect("draft_page", reference=reference, page="items")
    return part_page(request, application, "licenses/item_edit.html", form, key)


def item_start(
    request: HttpRequest, application: LicenseApplication, row: LineItem | None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the form of an item starts from: (what the form does not show, initial values); a new one, from the catalog."""
    names = ("eccn", "description", "hs6", "quantity", "unit", "unit_price_usd", "value_usd", "origin")
    if row:
        initial = {**row.form, **{name: getattr(row, name) for name in names}}
        return {"form": row.form, "answers": row.answers}, {name: plain(value) for name, value in initial.items()}
    wanted = request.GET.get("catalog", "")
    kept = catalog_of(application.organization_id).filter(pk=wanted).first() if short_number(wanted) else None
    if kept is None:
        return {}, {}
    same = {name: getattr(kept, name) for name in names if name not in ("quantity", "value_usd")}
    return {}, {name: plain(value) for name, value in {**kept.form, **same}.items()}


def part_page(request: HttpRequest, application: LicenseApplication, template: str, form: PageForm, key: str) -> HttpResponse:
    """The page around one party or item."""
    if not application.editable:
        messages.info(request, f"{application} cannot be edited while it is {application.get_state_display()}.")
        return redirect("result", reference=application.reference)
    terms = ROLE_TERMS if isinstance(form, PartyForm) else ITEM_TERMS
    return render(request, template, {"application": application, "form": form, "key": key, "terms": terms})


@require_POST
def party_remove(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Take a party off the draft."""
    application, lock = application_for(request.user, reference), sent_lock(request)
    attempt(request, lambda: take_off_party(actor=current_user(request), application_id=application.pk, lock=lock, key=key))
    return redirect("draft_page", reference=reference, page="parties")


@require_POST
def item_remove(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Take an item off the draft."""
    application, lock = application_for(request.user, reference), sent_lock(request)
    attempt(request, lambda: remove_item(actor=current_user(request), application_id=application.pk, lock=lock, key=key))
    return redirect("draft_page", reference=reference, page="items")


@require_POST
def party_address(request: HttpRequest) -> HttpResponse:
    """The address in parts, proposed from the line typed above; nothing is stored."""
    current_user(request)
    return render(request, "licenses/_address_parts.html", {"form": proposing(request, {})})


@require_POST
def party_preview(request: HttpRequest, reference: str) -> HttpResponse:
    """What screening would find for the party as typed so far; nothing is stored."""
    application = application_for(request.user, reference)
    form = PartyForm(request.POST)
    form.is_valid()
    data = {name: form.cleaned_data.get(name) or "" for name in ("name", "country", "kind")}
    data = {name: value for name, value in data.items() if value}
    for name in ("other_names", "addresses"):
        data[name] = [line.strip() for line in (form.cleaned_data.get(name) or "").splitlines() if line.strip()]
    answer, problem = None, ""
    if data.get("name") or data["addresses"]:
        try:
            answer = preview_party(data, application.organization_id)
        except Refused as refusal:
            problem = refusal.detail
    return render(request, "licenses/_party_preview.html", {"answer": answer, "problem": problem})


@require_POST
def item_preview(request: HttpRequest, reference: str) -> HttpResponse:
    """What the determination would say of the item as typed so far; nothing is stored."""
    application = application_for(request.user, reference)
    form = ItemForm(request.POST)
    form.is_valid()
    data = {name: form.cleaned_data.get(name) for name in ("eccn", "hs6", "origin", "value_usd", "quantity")}
    data = {name: value for name, value in data.items() if value}
    answer, problem = None, ""
    if data.get("eccn") and application.destination:
        try:
            answer = preview_item(data, application.destination)
        except Refused as refusal:
            problem = refusal.detail
    context = {"answer": answer, "problem": problem, "application": application, "eccn": data.get("eccn", "")}
    return render(request, "licenses/_item_preview.html", context)


def short_number(text: str) -> bool:
    """Whether a text of the address bar is a number a row can have."""
    return text.isascii() and text.isdecimal() and len(text) < 18


def plain(value: object) -> object:
    """A decimal without the zeros the database adds."""
    return f"{value:f}".rstrip("0").rstrip(".") if isinstance(value, Decimal) and "." in f"{value:f}" else value
