"""A lost connection and a session that ends in the middle of the wizard: nothing lost, nothing doubled, a kind message."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from licenses.models import LicenseApplication
from tests import people
from tests.browser.test_pages import accessible, sign_in
from tests.licenses.factories import draft, load_lists

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
END_USE = "Burn-in test of automotive chips, typed while the train went into the tunnel"


def test_what_was_typed_outlives_a_tunnel_and_a_session(page: Page, live_server: LiveServer) -> None:
    load_lists()
    alice = people.alice()
    application = draft(alice)
    sign_in(page, live_server, alice)
    url = f"{live_server.url}/applications/{application.reference}/edit/end_use/"
    page.goto(url)
    box = page.get_by_label("Specific end use")

    box.fill(END_USE)
    page.context.set_offline(True)
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing is lost")
    expect(box).to_have_value(END_USE)
    page.context.set_offline(False)
    accessible(page, "offline")

    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("was not saved")
    accessible(page, "put-it-back")
    page.get_by_role("button", name="Put it back").click()
    expect(box).to_have_value(END_USE)

    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_label("Password", exact=True)).to_be_visible()
    page.get_by_label("E-mail").fill(alice.email)
    page.get_by_label("Password", exact=True).fill(people.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Put it back")).to_be_visible()
    page.get_by_role("button", name="Put it back").click()
    page.get_by_role("link", name="Items").click()
    expect(page.get_by_role("heading", name="Items", level=2)).to_be_visible()
    application.refresh_from_db()
    assert application.end_use == END_USE, "leaving by the steps saves"

    page.goto(url)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_two_clicks_and_the_back_button_make_one_draft(page: Page, live_server: LiveServer) -> None:
    sign_in(page, live_server, people.alice())
    page.goto(f"{live_server.url}/applications/new/")
    page.get_by_label("Your name for it").fill("only once")
    page.get_by_role("button", name="Create the draft").dblclick()
    expect(page.get_by_role("heading", name="Parties", level=2)).to_be_visible()
    page.go_back()
    page.get_by_role("button", name="Create the draft").click()
    expect(page.get_by_role("heading", name="Parties", level=2)).to_be_visible()
    expect(page.get_by_text("saved already, and only once")).to_be_visible()
    assert LicenseApplication.objects.filter(title="only once").count() == 1
