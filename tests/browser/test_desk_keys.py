"""A reviewer settles the queue by keyboard; pages and keys are counted (issue 7: one page, four keys and the reason a flag)."""

from __future__ import annotations

import re
from itertools import cycle

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from licenses.models import Flag, FlagDecision
from tests import people
from tests.browser.test_pages import accessible, sign_in
from tests.licenses.factories import checked, listed_line, load_lists
from tests.licenses.stories import LOUD, story_line, story_rows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TOLD = ("S01", "S07", "S12", "S17", "S26")
"""Stories with twenty flags between them: hits on three lists by name, alias and address, and fifteen other concerns."""
FLAGS = 20
REASON = "Registry number, address and papers were compared with the entry."
KEYS = {"LIST_SDN": "t", "ADDRESS_ONLY_EL": "f", "LIST_UVL": "f"}
"""Key that decides a flag of this code; the hits on the Entity List take turns, what is no hit is mitigated."""
ENTITY_LIST = "fst"


def test_twenty_flags_of_the_stories_are_settled_with_one_page_and_four_keys_each(page: Page, live_server: LiveServer) -> None:
    load_lists(story_rows())
    for number, story in enumerate(story for story in LOUD if story.id in TOLD):
        checked((people.alice, people.mallory)[number % 2](), story_line(story))
    assert Flag.objects.filter(state=Flag.State.OPEN).count() == FLAGS
    sign_in(page, live_server, people.rita())
    page.goto(f"{live_server.url}/desk/licenses/flag/?show=unassigned")
    loads: list[str] = []
    page.on("load", lambda loaded: loads.append(loaded.url))
    pressed: list[str] = []

    def press(key: str) -> None:
        page.keyboard.press(key)
        pressed.append(key)

    def onward(key: str) -> None:
        with page.expect_event("load"):
            press(key)

    turns = cycle(ENTITY_LIST)
    onward("n")
    while shown := re.search(r"/flag/(\d+)/change/", page.url):
        flag = Flag.objects.get(pk=shown[1])
        press(next(turns) if flag.code == "LIST_EL" else KEYS.get(flag.code, "m"))
        expect(page.locator("#id_reason_code")).to_be_focused()
        press("ArrowDown")  # the first reason that fits the decision; the others are disabled
        press("Tab")
        expect(page.locator("#id_reason")).to_be_focused()
        page.keyboard.insert_text(REASON)
        onward("Control+Enter")
        expect(page.get_by_text("Proposed." if flag.critical and pressed[-4] != "t" else "Recorded.")).to_be_visible()
        if len(loads) == 2:
            accessible(page, "match-next")
    decided = FlagDecision.objects.filter(proposed_by=people.rita(), reason=REASON)
    assert decided.values("flag").distinct().count() == FLAGS
    freed = ["false_positive", "mitigated", "not_in_scope"]
    assert sorted(set(decided.values_list("disposition", flat=True))) == [*freed, "true_match"]
    critical = Flag.objects.filter(critical=True, decisions__disposition__in=freed)
    assert set(critical.values_list("state", flat=True)) == {Flag.State.PROPOSED}, "freeing these takes a second person"
    assert Flag.objects.filter(state=Flag.State.PROPOSED).count() == critical.count()
    assert len(loads) <= FLAGS + 1, loads
    assert len(pressed) <= 1 + 4 * FLAGS, pressed


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
