"""The address book and the catalog: saved with one click, used in a draft, screened again, and nobody else's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exportcheck.accounts.models import User
from exportcheck.audit.models import AuditEvent
from licenses.models import CatalogItem, Contact
from licenses.services.library.address_book import keep_party
from licenses.services.library.catalog import keep_item
from tests.licenses.factories import checked, draft, listed_line, load_lists

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def test_a_party_is_saved_with_one_click_with_what_the_last_check_found(alice: User, sign_in: SignIn) -> None:
    load_lists()
    application = checked(alice, listed_line())
    row = application.parties.get(role="ultimate_consignee")
    client = sign_in(alice)
    client.post(reverse("party_keep", args=(application.reference, row.key)))
    contact = Contact.objects.get()
    assert (contact.label, contact.country, contact.role) == (row.name, "CN", "ultimate_consignee")
    assert (contact.verdict, contact.screened_at) == ("match", application.reports.get().finished_at)
    page = client.get(reverse("address_book")).content.decode()
    assert "Entity List" in page
    client.post(reverse("party_keep", args=(application.reference, row.key)))
    assert Contact.objects.count() == 1


def test_a_party_of_the_address_book_fills_the_form_of_a_draft(alice: User, sign_in: SignIn) -> None:
    application = draft(alice)
    contact = keep_party(actor=alice, application_id=application.pk, key="P2")
    client = sign_in(alice)
    page = client.get(f"{reverse('party_add', args=(application.reference,))}?contact={contact.pk}")
    assert page.context["form"].initial["name"] == contact.label
    listed = client.get(f"{reverse('address_book')}?for={application.reference}").content.decode()
    assert f"Use in {application.reference}" in listed


def test_a_changed_party_counts_as_not_screened_until_it_is(alice: User, sign_in: SignIn) -> None:
    load_lists()
    application = draft(alice)
    contact = keep_party(actor=alice, application_id=application.pk, key="P2")
    assert contact.screened_at is None
    client = sign_in(alice)
    client.post(reverse("contact_screen", args=(contact.pk,)))
    contact.refresh_from_db()
    assert contact.verdict == "no_match"
    assert AuditEvent.objects.filter(action="name.screened").exists()
    fields = {
        "role": "purchaser",
        "name": "Quelbrant Photonics",
        "country": "DE",
        "addresses": "1 Ring, Ulm",
        "note": "new owner",
    }
    client.post(reverse("contact_edit", args=(contact.pk,)), fields)
    contact.refresh_from_db()
    assert (contact.label, contact.verdict, contact.screened_at) == ("Quelbrant Photonics", "", None)
    client.post(reverse("contact_screen", args=(contact.pk,)))
    contact.refresh_from_db()
    assert contact.verdict == "match"


def test_an_item_is_saved_classified_and_used_again(alice: User, sign_in: SignIn) -> None:
    application = draft(alice)
    client = sign_in(alice)
    client.post(reverse("item_keep", args=(application.reference, "I1")))
    item = CatalogItem.objects.get()
    assert (item.eccn, item.classified_by, item.classified_on) == ("EAR99", "", None)
    fields = {
        "part_number": "BS-4711",
        "eccn": "EAR99",
        "description": "test sockets",
        "hs6": "3926.90",
        "classified_by": "J. Example, export control",
        "classified_on": "2026-03-02",
    }
    assert client.post(reverse("catalog_edit", args=(item.pk,)), fields).status_code == 302
    page = client.get(f"{reverse('catalog')}?for={application.reference}").content.decode()
    assert "J. Example" in page
    assert "2 Mar 2026" in page
    form = client.get(f"{reverse('item_add', args=(application.reference,))}?catalog={item.pk}").context["form"]
    assert (form.initial["eccn"], form.initial["description"]) == ("EAR99", "test sockets")


@pytest.mark.parametrize("name", ["contact_edit", "contact_screen", "contact_remove"])
def test_a_stranger_finds_no_contact(name: str, alice: User, mallory: User, sign_in: SignIn) -> None:
    contact = keep_party(actor=alice, application_id=draft(alice).pk, key="P2")
    client = sign_in(mallory)
    answer = client.post(reverse(name, args=(contact.pk,)), follow=True)
    assert answer.status_code == 404 or "no longer in your address book" in answer.content.decode()
    assert contact.label not in client.get(reverse("address_book")).content.decode()
    contact.refresh_from_db()
    assert contact.removed_at is None


def test_a_stranger_keeps_nothing_of_another_organization(alice: User, mallory: User, sign_in: SignIn) -> None:
    application = draft(alice)
    client = sign_in(mallory)
    assert client.post(reverse("party_keep", args=(application.reference, "P2"))).status_code == 404
    item = keep_item(actor=alice, application_id=application.pk, key="I1")
    assert client.get(reverse("catalog_edit", args=(item.pk,))).status_code == 404
    contact = keep_party(actor=alice, application_id=application.pk, key="P2")
    own = draft(mallory)
    page = client.get(f"{reverse('party_add', args=(own.reference,))}?contact={contact.pk}")
    assert "name" not in page.context["form"].initial


@pytest.mark.parametrize("name", ["address_book", "catalog", "bulk_upload", "contact_add", "catalog_add"])
def test_people_of_the_desk_keep_no_library(name: str, rita: User, sign_in: SignIn) -> None:
    assert sign_in(rita).get(reverse(name)).status_code == 403


@pytest.mark.parametrize("count", [1, 12])
def test_the_address_book_asks_the_database_as_often_however_long_it_is(
    count: int, alice: User, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    for number in range(count):
        facts = {"name": f"Firm {number}", "country": "DE"}
        Contact.objects.create(organization=alice.organization, label=f"Firm {number}", country="DE", facts=facts, saved_by=alice)
    client = sign_in(alice)
    client.get(reverse("address_book"))
    with django_assert_max_num_queries(14):
        assert client.get(reverse("address_book")).status_code == 200


def test_a_removed_party_leaves_the_book_and_may_come_back(alice: User, sign_in: SignIn) -> None:
    application = draft(alice)
    contact = keep_party(actor=alice, application_id=application.pk, key="P2")
    client = sign_in(alice)
    client.post(reverse("contact_remove", args=(contact.pk,)))
    assert (
        contact.label
        not in client.get(reverse("address_book"), HTTP_ACCEPT="text/html")
        .content.decode()
        .split("<main")[1]
        .split("ec-cards")[1]
    )
    assert keep_party(actor=alice, application_id=application.pk, key="P2").pk != contact.pk
