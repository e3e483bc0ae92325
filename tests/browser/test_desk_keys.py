"""A reviewer settles the queue by keyboard; pages and keys are counted (issue 7: one page, four keys and the reason a flag)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from licenses.models import Flag
from tests import people
from tests.browser.test_pages import accessible, sign_in
from tests.licenses.factories import checked, listed_line, load_lists

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FLAGS = 5
REASON = "Registry number and address are those of the entry."


def test_flags_are_settled_with_one_page_and_four_keys_each(page: Page, live_server: LiveServer) -> None:
    load_lists()
    for _ in range(FLAGS):
        checked(people.alice(), listed_line())
    sign_in(page, live_server, people.rita())
    page.goto(f"{live_server.url}/desk/licenses/flag/?show=unassigned")
    pages: list[str] = []
    page.on("load", lambda loaded: pages.append(loaded.url))
    pressed = 0

    def press(key: str) -> None:
        nonlocal pressed
        page.keyboard.press(key)
        pressed += 1

    press("n")
    for number in range(FLAGS):
        expect(page.locator("#decision")).to_be_visible()
        press("t")
        expect(page.locator("#id_reason_code")).to_be_focused()
        press("ArrowDown")  # the first reason that fits a true match; the others are disabled
        press("Tab")
        expect(page.locator("#id_reason")).to_be_focused()
        page.keyboard.insert_text(REASON)
        press("Control+Enter")
        expect(page.get_by_text("Recorded.")).to_be_visible()
        if number == 0:
            accessible(page, "match-next")
    settled = Flag.objects.filter(state=Flag.State.DISPOSED, disposition="true_match")
    assert settled.count() == FLAGS
    assert len(pages) == FLAGS + 1, pages
    assert pressed == 1 + 4 * FLAGS


def test_the_desks_other_pages_are_accessible(page: Page, live_server: LiveServer) -> None:
    load_lists()
    application = checked(people.alice(), listed_line())
    sign_in(page, live_server, people.sam())
    for name, path in (
        ("desk", "/desk/"),
        ("simulator", "/desk/licenses/flag/simulator/?threshold=55&parties=5"),
        ("desk-application", f"/desk/licenses/licenseapplication/{application.pk}/change/"),
        ("desk-applications", "/desk/licenses/licenseapplication/?country=CN"),
        ("holds", "/desk/licenses/legalhold/"),
        ("packet", f"/applications/{application.reference}/packet/"),
    ):
        page.goto(f"{live_server.url}{path}")
        accessible(page, name)
