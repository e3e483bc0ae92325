"""The three journeys as people walk them, in a real browser, with an accessibility check on each page on the way."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from exportcheck.accounts.models import User
from tests import people
from tests.licenses.factories import load_sample_lists, run_pending_checks

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
SHOTS = os.environ.get("SCREENSHOTS", "")
"""Folder to leave screenshots in, for a person to look at; none by default."""


def shot(page: Page, name: str) -> None:
    """Leave a picture of the page where somebody asked for it."""
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)


def accessible(page: Page, name: str) -> None:
    """axe finds nothing on the page, and the page does not scroll sideways on a phone."""
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]})
    assert found.violations_count == 0, f"{name}: {found.generate_report()}"
    shot(page, name)
    size = page.viewport_size
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, f"{name} scrolls sideways on a phone"
    shot(page, f"{name}-phone")
    page.set_viewport_size(size)


def sign_in(page: Page, server: LiveServer, user: User) -> None:
    """With a session of its own and the first page open; test_lost.py goes through the login page, test_stories.py signs up."""
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": server.url}])
    page.goto(server.url)


def test_the_login_page_is_accessible_and_refuses_a_wrong_password(page: Page, live_server: LiveServer) -> None:
    alice = people.alice()
    page.goto(live_server.url)
    accessible(page, "login")
    page.get_by_label("E-mail").fill(alice.email)
    page.get_by_label("Password", exact=True).fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("not correct")


def test_an_exporter_checks_the_sample_and_a_reviewer_settles_its_flag(page: Page, live_server: LiveServer) -> None:
    load_sample_lists()
    sign_in(page, live_server, people.alice())
    accessible(page, "home-empty")
    page.get_by_role("button", name="Try the sample application").click()
    expect(page.get_by_role("heading", name="Review", level=2)).to_be_visible()
    reference = re.search(r"EX-\d{4}-\d{5}", page.url).group()
    page.locator(".ec-steps").get_by_text("About").click()
    accessible(page, "draft-about")
    page.locator(".ec-steps").get_by_text("Review").click()
    page.get_by_role("button", name="Run the check").click()
    expect(page.get_by_role("heading", name="Being checked")).to_be_visible()
    shot(page, "checking")
    run_pending_checks()
    page.reload()
    expect(page.get_by_role("heading", name="License required")).to_be_visible()
    expect(page.locator(".ec-party[data-band=strong]")).to_have_count(1)
    accessible(page, "result")
    page.goto(f"{live_server.url}/")
    accessible(page, "home")

    page.context.clear_cookies()
    sign_in(page, live_server, people.rita())
    page.goto(f"{live_server.url}/desk/licenses/flag/")
    expect(page.get_by_role("link", name=re.compile(reference))).not_to_have_count(0)
    accessible(page, "queue")
    page.keyboard.press("n")
    expect(page.get_by_role("heading", name=re.compile(f"^{reference}"))).to_be_visible()
    accessible(page, "match")
    page.keyboard.press("t")
    expect(page.get_by_label(re.compile("^True match"))).to_be_checked()
    page.get_by_label("Reason", exact=False).first.select_option("CONFIRMED_BY_EXPORTER")
    page.get_by_label("What was compared").fill("The exporter confirmed that it is the listed test house in Jiangyin.")
    page.get_by_role("button", name=re.compile("^Record")).click()
    expect(page.get_by_text("Recorded.")).to_be_visible()


def test_a_party_is_screened_as_it_is_typed(page: Page, live_server: LiveServer) -> None:
    load_sample_lists()
    sign_in(page, live_server, people.alice())
    page.get_by_role("button", name="Try the sample application").click()
    page.locator(".ec-steps").get_by_text("Parties").click()
    page.get_by_role("link", name="Add a party").click()
    page.get_by_label("Name", exact=False).first.fill("SJ Semi (Jiangyin) Corp")
    expect(page.locator("#party-preview")).to_contain_text("Entity List")
    accessible(page, "party")
    page.get_by_role("button", name="Save the party").click()
    expect(page.get_by_role("alert")).to_contain_text("Role")
