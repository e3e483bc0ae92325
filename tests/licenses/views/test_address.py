"""An address typed as one line is proposed in parts; the exporter confirms it, or nothing is confirmed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exportcheck.accounts.models import User
from licenses.services.evaluation.completeness import completeness_of
from licenses.services.library.address_book import keep_party
from tests.licenses.factories import clean_line, draft, line, party

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
TOWER = "Room 12, 3/F, Zelma Plaza, 610 Quorn Road, Mong Kok, Kowloon, Hong Kong"
PARTS = {"unit": "Room 12", "floor": "3/F", "building": "Zelma Plaza", "street": "610 Quorn Road", "city": "Mong Kok"}


def typed(lock: int, **more: Any) -> dict[str, Any]:
    """A party as it is sent."""
    return {"role": "ultimate_consignee", "name": "Beispiel Ltd", "country": "HK", "addresses": TOWER, "lock": lock, **more}


@pytest.mark.parametrize("name", ["party_add", "contact_add"])
def test_the_button_fills_the_parts_and_stores_nothing(name: str, alice: User, sign_in: SignIn) -> None:
    application = draft(alice)
    url = reverse(name, args=(application.reference,) if name == "party_add" else ())
    page = sign_in(alice).post(url, {**typed(application.lock), "propose": "1", "street": "an older street"})
    assert {key: page.context["form"][key].value() for key in PARTS} == PARTS
    assert page.context["form"]["name"].value() == "Beispiel Ltd"
    assert "Proposed from" in page.content.decode()
    assert application.parties.count() == 3


def test_the_same_as_one_types(alice: User, sign_in: SignIn) -> None:
    page = sign_in(alice).post(reverse("address_parts"), typed(1)).content.decode()
    assert all(f'value="{value}"' in page for value in PARTS.values())


def test_a_stored_line_opens_in_parts_and_is_open_until_it_is_confirmed(alice: User, sign_in: SignIn) -> None:
    application = draft(alice, line(party("ultimate_consignee", "Beispiel Ltd", "HK") | {"address": TOWER}, destination="HK"))
    client, url = sign_in(alice), reverse("party_edit", args=(application.reference, "P2"))
    form = client.get(url).context["form"]
    assert {key: form[key].value() for key in PARTS} == PARTS
    assert not form["confirmed"].value()

    def open_addresses() -> int:
        application.refresh_from_db()
        return len(completeness_of(application).get("address_verification", ()))

    assert client.post(url, typed(application.lock, **PARTS)).status_code == 302
    assert open_addresses() == 1
    assert client.post(url, typed(application.lock, **PARTS, confirmed="on")).status_code == 302
    assert open_addresses() == 0


def test_parts_that_were_given_are_never_proposed_over(alice: User, sign_in: SignIn) -> None:
    application = draft(alice, clean_line())
    contact = keep_party(actor=alice, application_id=application.pk, key="P1")
    contact.address = {"street": "Given Street 1"}
    contact.save()
    form = sign_in(alice).get(reverse("contact_edit", args=(contact.pk,))).context["form"]
    assert (form["street"].value(), form["city"].value()) == ("Given Street 1", None)
