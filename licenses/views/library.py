"""The address book and the catalog of one's organization."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from exportcheck.accounts.current_user import current_user
from exportcheck.accounts.models import User
from exportcheck.accounts.policy import can_create_draft, organization_id_of
from licenses.access import application_for, visible_applications
from licenses.forms.library import CatalogForm, ContactForm
from licenses.models import LicenseApplication
from licenses.queries.library import catalog_of, contacts_of
from licenses.services.application.workflow import EDITABLE
from licenses.services.library.address_book import keep_party, remove_contact, save_contact, screen_contact
from licenses.services.library.catalog import keep_item, remove_catalog_item, save_catalog_item
from licenses.views.address import proposing, with_parts
from licenses.views.idempotent_form import once
from licenses.views.party_and_item import plain
from licenses.views.service_calls import attempt, saved
from licenses.words import ITEM_TERMS, ROLE_TERMS

PAGE_SIZE = 50
MAX_DRAFTS = 20
"""Drafts offered for "use in"."""


def exporter(request: HttpRequest) -> User:
    """The person, who must work for an exporting organization. Raises PermissionDenied."""
    user = current_user(request)
    if not can_create_draft(user):
        raise PermissionDenied
    return user


def open_drafts(user: User) -> list[LicenseApplication]:
    """The newest drafts a party or an item can go to."""
    return list(visible_applications(user).filter(state__in=EDITABLE).order_by("-changed_at")[:MAX_DRAFTS])


@require_GET
def address_book(request: HttpRequest) -> HttpResponse:
    """Frequent parties with their last screening."""
    user = exporter(request)
    text = request.GET.get("q", "").strip()[:100]
    page = Paginator(contacts_of(organization_id_of(user), text), PAGE_SIZE)
    context = {"page": page.get_page(request.GET.get("page")), "text": text, **chosen(request, user)}
    return render(request, "licenses/address_book.html", context)


@require_GET
def catalog(request: HttpRequest) -> HttpResponse:
    """Items exported again and again, with who classified them and when."""
    user = exporter(request)
    text = request.GET.get("q", "").strip()[:100]
    page = Paginator(catalog_of(organization_id_of(user), text), PAGE_SIZE)
    context = {"page": page.get_page(request.GET.get("page")), "text": text, **chosen(request, user)}
    return render(request, "licenses/catalog.html", context)


def chosen(request: HttpRequest, user: User) -> dict[str, Any]:
    """The draft that rows are used in: the one named in the address, or a choice of the open ones."""
    reference = request.GET.get("for", "")[:16]
    drafts = open_drafts(user)
    return {"drafts": drafts, "target": next((draft for draft in drafts if draft.reference == reference), None)}


@require_http_methods(["GET", "POST"])
@once
def contact_edit(request: HttpRequest, contact_id: int = 0) -> HttpResponse:
    """Add or change a party of the address book."""
    user = exporter(request)
    contact = get_object_or_404(contacts_of(organization_id_of(user)), pk=contact_id) if contact_id else None
    stored = contact.facts if contact else {}
    if "propose" in request.POST:
        form: ContactForm = proposing(request, stored, ContactForm)
        return render(request, "licenses/contact_edit.html", {"form": form, "contact": contact, "terms": ROLE_TERMS})
    initial = ContactForm.initial_from(contact.role, contact.facts, contact.address) | {"note": contact.note} if contact else {}
    form = ContactForm(request.POST or None, initial=with_parts(initial), stored=stored)

    def save() -> object:
        parts = {name: value for name, value in form.address_data().items() if name != "confirmed"}
        return save_contact(
            actor=user, contact_id=contact_id or None, data=form.party_data(), address=parts, note=form.cleaned_data["note"]
        )

    if saved(request, form, save):
        messages.success(request, "Saved in the address book.")
        return redirect("address_book")
    return render(request, "licenses/contact_edit.html", {"form": form, "contact": contact, "terms": ROLE_TERMS})


@require_http_methods(["GET", "POST"])
@once
def catalog_edit(request: HttpRequest, item_id: int = 0) -> HttpResponse:
    """Add or change an item of the catalog."""
    user = exporter(request)
    item = get_object_or_404(catalog_of(organization_id_of(user)), pk=item_id) if item_id else None
    initial: dict[str, Any] = {}
    if item:
        names = ("eccn", "description", "hs6", "unit", "unit_price_usd", "origin", "classified_on", *CatalogForm.TEXTS)
        initial = {name: plain(value) for name, value in {**item.form, **{name: getattr(item, name) for name in names}}.items()}
    form = CatalogForm(request.POST or None, initial=initial, stored={"form": item.form} if item else None)

    def save() -> object:
        return save_catalog_item(
            actor=user,
            item_id=item_id or None,
            data=form.item_data(),
            classified_on=form.cleaned_data["classified_on"],
            **form.texts(),
        )

    if saved(request, form, save):
        messages.success(request, "Saved in the catalog.")
        return redirect("catalog")
    return render(request, "licenses/catalog_edit.html", {"form": form, "item": item, "terms": ITEM_TERMS})


@require_POST
def contact_screen(request: HttpRequest, contact_id: int) -> HttpResponse:
    """Screen a party of the address book now."""
    user = exporter(request)
    attempt(request, lambda: screen_contact(actor=user, contact_id=contact_id), "{} was screened.")
    return redirect("address_book")


@require_POST
def contact_remove(request: HttpRequest, contact_id: int) -> HttpResponse:
    """Take a party out of the address book."""
    user = exporter(request)
    gone = "{} is no longer in the address book. Applications keep it."
    attempt(request, lambda: remove_contact(actor=user, contact_id=contact_id), gone)
    return redirect("address_book")


@require_POST
def catalog_remove(request: HttpRequest, item_id: int) -> HttpResponse:
    """Take an item out of the catalog."""
    user = exporter(request)
    gone = "{} is no longer in the catalog. Applications keep it."
    attempt(request, lambda: remove_catalog_item(actor=user, item_id=item_id), gone)
    return redirect("catalog")


@require_POST
def party_keep(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """One click: a party of an application into the address book."""
    application, user = application_for(request.user, reference), exporter(request)
    attempt(request, lambda: keep_party(actor=user, application_id=application.pk, key=key), "{} is in your address book.")
    return back_to(application, "parties")


@require_POST
def item_keep(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """One click: an item of an application into the catalog."""
    application, user = application_for(request.user, reference), exporter(request)
    kept = "{} is in your catalog. Say there who classified it, and when."
    attempt(request, lambda: keep_item(actor=user, application_id=application.pk, key=key), kept)
    return back_to(application, "items")


def back_to(application: LicenseApplication, page: str) -> HttpResponse:
    """The page one came from."""
    if application.editable:
        return redirect("draft_page", reference=application.reference, page=page)
    return redirect("result", reference=application.reference)
