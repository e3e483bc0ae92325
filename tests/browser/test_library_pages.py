"""The pages of what is used again, of many rows, and of what follows a review: seen, tabbed through, checked by axe."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from licenses.models import BulkJob, LicenseApplication, Question
from licenses.services.bulk.jobs import run_bulk
from licenses.services.library.address_book import keep_party, screen_contact
from licenses.services.library.catalog import keep_item
from tests import people
from tests.browser.test_pages import accessible, shot, sign_in
from tests.licenses.factories import checked, draft, listed_line, load_lists

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
ROWS = "name,country\nSJ Semiconductor (Jiangyin) Corp,CN\nBeispiel Backwaren AG,DE\n,FR\n"


def test_what_is_used_again_is_kept_found_and_used(page: Page, live_server: LiveServer) -> None:
    load_lists()
    alice = people.alice()
    application = draft(alice, listed_line())
    screen_contact(actor=alice, contact_id=keep_party(actor=alice, application_id=application.pk, key="P2").pk)
    keep_party(actor=alice, application_id=application.pk, key="P1")
    keep_item(actor=alice, application_id=application.pk, key="I1")
    sign_in(page, live_server, alice)
    page.goto(f"{live_server.url}/address-book/?for={application.reference}")
    expect(page.locator(".ec-card[data-band=strong]")).to_have_count(1)
    accessible(page, "address-book")
    page.get_by_role("link", name="Use in").first.click()
    expect(page.get_by_label("Name", exact=False).first).not_to_have_value("")
    expect(page.locator("#party-preview")).not_to_be_empty()
    page.goto(f"{live_server.url}/address-book/add/")
    accessible(page, "contact-add")
    page.goto(f"{live_server.url}/catalog/?for={application.reference}")
    accessible(page, "catalog")
    page.get_by_role("link", name="test sockets", exact=True).click()
    accessible(page, "catalog-edit")


def test_a_file_of_many_rows_goes_up_by_keyboard_and_comes_back(
    page: Page, live_server: LiveServer, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    load_lists()
    sign_in(page, live_server, people.alice())
    page.goto(f"{live_server.url}/bulk/")
    accessible(page, "bulk")
    page.get_by_label("Only the good rows").focus()
    page.keyboard.press("Space")
    page.get_by_label("File").set_input_files({"name": "customers.csv", "mimeType": "text/csv", "buffer": ROWS.encode()})
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Upload").press("Enter")
    expect(page.get_by_text("Waiting for a worker")).to_be_visible()
    run_bulk(job_id=BulkJob.objects.get().pk)
    page.reload()
    expect(page.get_by_role("link", name="Download the result")).to_be_visible()
    expect(page.get_by_role("cell", name="Give a name or an address", exact=False)).to_be_visible()
    accessible(page, "bulk-done")


def test_after_the_review_the_way_to_the_filing_is_shown(page: Page, live_server: LiveServer) -> None:
    load_lists()
    alice = people.alice()
    application = checked(alice, listed_line())
    application.flags.update(gone_at=timezone.now())
    Question.objects.create(
        application=application, fact="military", text="Is it for a military end use?", due_on=timezone.now().date()
    )
    rows = LicenseApplication.objects.filter(pk=application.pk)
    rows.update(state="CLEARED", outcome="LICENSE_REQUIRED")
    sign_in(page, live_server, alice)
    page.goto(f"{live_server.url}/applications/{application.reference}/")
    expect(page.get_by_text("Filing still waits for")).to_be_visible()
    accessible(page, "result-cleared")
    page.emulate_media(media="print")
    shot(page, "result-print")
    expect(page.get_by_role("button", name="Edit again")).not_to_be_visible()
    assert page.locator("#basis ~ details table").bounding_box()["height"] > 50, "folded parts are open on paper"
    expect(page.get_by_role("heading", name="License required")).to_be_visible()
    page.emulate_media(media="screen")
    page.goto(f"{live_server.url}/questions/{Question.objects.get(fact='military').pk}/")
    accessible(page, "question")
    rows.update(state="READY")
    page.goto(f"{live_server.url}/applications/{application.reference}/filing/")
    accessible(page, "filing")
    page.get_by_label("Application control number").fill("123")
    page.get_by_role("button", name="Enter the filing").click()
    expect(page.get_by_role("alert")).to_contain_text("One letter and six digits")
