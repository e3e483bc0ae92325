"""The calendar page and the shipment page, as an exporter sees them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exportcheck.accounts.models import User
from licenses.models import LicenseApplication
from licenses.services.outcomes import record_outcome
from tests.licenses.factories import checked, clean_line, load_lists

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
TODAY = timezone.now().date()


@pytest.fixture
def filed(alice: User) -> LicenseApplication:
    """An application that waits for the government."""
    load_lists()
    application = checked(alice, clean_line())
    rows = LicenseApplication.objects.filter(pk=application.pk)
    rows.update(state="FILED", outcome="LICENSE_REQUIRED", acn="Z123456", filed_on=TODAY)
    return rows.get()


def test_an_empty_calendar_says_what_will_stand_in_it(alice: User, sign_in: SignIn) -> None:
    assert "No date to keep" in sign_in(alice).get(reverse("deadlines")).content.decode()


def test_the_calendar_shows_the_governments_clock_to_its_own_people(
    filed: LicenseApplication, alice: User, mallory: User, rita: User, sign_in: SignIn
) -> None:
    url = reverse("deadlines")
    page = sign_in(alice).get(url).content.decode()
    assert filed.reference in page
    assert "750.4" in page
    assert filed.reference not in sign_in(mallory).get(url).content.decode()
    assert sign_in(rita).get(url).status_code == 403


def test_the_shipment_page_answers_no_with_the_reason_and_yes_with_what_is_left(
    filed: LicenseApplication, alice: User, sign_in: SignIn
) -> None:
    client, url = sign_in(alice), reverse("application_shipment", args=(filed.reference,))
    page = client.get(url).content.decode()
    assert "Nothing may leave now" in page
    assert "Release the shipment" not in page
    record_outcome(actor=alice, application_id=filed.pk, decision="APPROVED", valid_until=TODAY)
    page = client.get(url).content.decode()
    assert "Yes, a shipment can be released" in page
    assert "500 left of the license" in page
    back = client.post(url, {"ship_on": TODAY.isoformat(), "quantity_I1": "5"}).content.decode()
    assert "Give the value of what leaves" in back
    assert not filed.shipments.exists()
