"""The list desk in a real browser: two list admins bring a file to life, each page checked for accessibility."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from screening.models import ListVersion
from screening.services.parties import snapshot
from tests import people
from tests.browser.test_pages import accessible, sign_in
from tests.screening.factories import check, csl, load, party, row, rows

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
MOVED = row("Zarvonik Microsystems", addresses="2 Canal Road, Shenzhen, CN", alt_names="Zarvonik Micro; Zarvonik Chips")


@pytest.fixture(autouse=True)
def own_folders(settings: Any, tmp_path: Path) -> None:
    """List files and snapshots go to a folder of the test."""
    settings.VAR_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    snapshot.close_all()


def test_two_list_admins_bring_a_file_to_life(page: Page, live_server: LiveServer, tmp_path: Path) -> None:
    load(rows(10), day=dt.date(2026, 3, 2))
    check(party(), organization=people.organization())
    file = tmp_path / "consolidated.csv"
    file.write_bytes(csl([*rows(9)[1:], MOVED, row("Umbrasol Sensors")]).data)

    sign_in(page, live_server, people.ada())
    page.goto(f"{live_server.url}/desk/screening/controllist/")
    accessible(page, "list-cards")
    page.get_by_role("link", name="Import a file").click()
    accessible(page, "list-import")
    page.get_by_label("File").set_input_files(str(file))
    page.get_by_label("Published on").fill("2026-04-06")
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_text("staged", exact=True)).to_be_visible()
    accessible(page, "list-import-done")
    page.get_by_role("table").get_by_role("link", name="2").click()
    expect(page.get_by_text("another list admin activates it").first).to_be_visible()
    for tab in ("Added", "Removed", "Changed"):
        page.get_by_role("link", name=tab).click()
        accessible(page, f"list-version-{tab.lower()}")
    expect(page.locator("del").first).to_be_visible()
    page.get_by_role("link", name="EL", exact=True).click()
    accessible(page, "list-versions")

    page.context.clear_cookies()
    sign_in(page, live_server, people.abe())
    version = ListVersion.objects.get(state="STAGED")
    page.goto(f"{live_server.url}/desk/screening/listversion/{version.pk}/change/")
    page.locator("#id_reason").fill("published by the agency today")
    page.get_by_role("button", name="Activate version 2").click()
    expect(page.get_by_text("answers now")).to_be_visible()
    accessible(page, "list-activated")

    page.goto(f"{live_server.url}/lists/?q=zarvonik")
    accessible(page, "entry-search")
    page.get_by_role("link", name="Zarvonik Microsystems").click()
    expect(page.locator("ins").first).to_be_visible()
    accessible(page, "entry-page")
