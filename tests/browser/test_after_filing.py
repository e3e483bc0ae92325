"""From the control number to the shipment, the calendar, a screened name and the stop page: each with nonsense typed first."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from licenses.models import LicenseApplication
from tests import people
from tests.browser.test_pages import accessible, sign_in
from tests.licenses.factories import checked, clean_line, load_lists

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def test_after_the_filing_every_step_refuses_nonsense_in_words(page: Page, live_server: LiveServer) -> None:
    load_lists()
    alice = people.alice()
    application = checked(alice, clean_line())
    rows = LicenseApplication.objects.filter(pk=application.pk)
    rows.update(state="READY", outcome="LICENSE_REQUIRED")
    today = timezone.now().date().isoformat()
    sign_in(page, live_server, alice)
    result = f"{live_server.url}/applications/{application.reference}/"

    page.goto(f"{result}filing/")
    page.get_by_label("Application control number").fill("12345")
    page.get_by_role("button", name="Enter the filing").click()
    expect(page.get_by_role("alert")).to_contain_text("One letter and six digits")
    page.get_by_label("Application control number").fill("z123456")
    page.get_by_label("Filed on").fill(today)
    page.get_by_role("button", name="Enter the filing").click()
    expect(page.get_by_role("heading", name="Dates")).to_be_visible()
    accessible(page, "result-filed")

    page.get_by_role("link", name="Record the outcome").click()
    page.get_by_label("Outcome").select_option("APPROVED_WITH_CONDITIONS")
    page.get_by_label("Dated").fill(today)
    page.get_by_role("button", name="Record the outcome").click()
    expect(page.get_by_role("alert")).to_contain_text("day the license ends")
    accessible(page, "outcome")
    page.get_by_label("License number").fill("D1234567")
    page.get_by_label("License ends on").fill(f"{timezone.now().year + 4}-06-30")
    page.get_by_label("Conditions, one a line").fill("Musterhalbleiter Dresden AG does not retransfer the sockets.")
    page.get_by_role("button", name="Record the outcome").click()
    expect(page.get_by_text("Before shipping: Musterhalbleiter")).to_be_visible()
    accessible(page, "result-licensed")
    page.get_by_role("link", name="Confirm by hand").click()
    page.get_by_label("How it was met").fill("Letter of the consignee of today")
    page.get_by_role("button", name="Confirm a duty").click()

    page.get_by_role("link", name="Release a shipment").click()
    page.get_by_label("Quantity").fill("501")
    page.get_by_label("Value, US dollars").fill("100")
    page.get_by_role("button", name="Release the shipment").click()
    expect(page.get_by_role("alert")).to_contain_text("you ship 501, and 500 are left")
    accessible(page, "shipment")
    page.get_by_label("Quantity").fill("200")
    page.get_by_role("button", name="Release the shipment").click()
    expect(page.get_by_text("The shipment is released")).to_be_visible()
    expect(page.get_by_text("200 shipped, 300 left")).to_be_visible()

    page.get_by_role("link", name="Deadlines").click()
    expect(page.get_by_text("License D1234567 ends")).to_be_visible()
    accessible(page, "deadlines")

    page.get_by_role("link", name="Screen a name").click()
    page.get_by_role("button", name="Screen", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Give a name or an address")
    page.get_by_label("Name").fill("Quelbrant Photonic")
    page.get_by_role("button", name="Screen", exact=True).click()
    expect(page.get_by_text("Entity List").first).to_be_visible()
    accessible(page, "name-screen")
    page.goto(f"{live_server.url}/stop/")
    accessible(page, "stop")
