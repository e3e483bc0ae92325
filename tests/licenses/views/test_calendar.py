"""The calendar page and the shipment page, as an exporter sees them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exportcheck.accounts.models import User
from licenses.models import CheckReport, LicenseApplication
from licenses.services.filing.government_outcomes import record_outcome
from tests.licenses.factories import checked, clean_line, load_lists, run_pending_checks

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
    assert "500 left" in page
    back = client.post(url, {"ship_on": TODAY.isoformat(), "quantity_I1": "5"}).content.decode()
    assert "Give the value of what leaves" in back
    assert not filed.shipments.exists()


def test_a_screening_that_grew_old_is_renewed_without_leaving_the_state(
    filed: LicenseApplication, alice: User, sign_in: SignIn
) -> None:
    LicenseApplication.objects.update(outcome="NO_LICENSE_REQUIRED")  # what its check says: nothing changed meanwhile
    record_outcome(actor=alice, application_id=filed.pk, decision="APPROVED", valid_until=TODAY)
    CheckReport.objects.update(finished_at=timezone.now() - dt.timedelta(hours=25))
    client, url = sign_in(alice), reverse("result", args=(filed.reference,))
    page = client.get(url).content.decode()
    assert "The last screening is too old" in page
    assert "Screen again" in page
    assert "Release a shipment" not in page
    client.post(reverse("check_start", args=(filed.reference,)))
    run_pending_checks()
    page = client.get(url).content.decode()
    assert "A shipment can be released" in page
    filed.refresh_from_db()
    assert (filed.state, filed.reports.count()) == ("DECIDED", 2)
