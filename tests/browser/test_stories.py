"""Two stories of intake.md 9 from sign-up to packet: S01 (with a fictional ultimate consignee), by mouse on a desk, and C03,
stopped by the missing ultimate consignee and then completed, by keyboard alone on a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from licenses.models import Flag, LicenseApplication
from tests import people
from tests.browser.walk import Exporter
from tests.licenses.factories import load_lists, run_pending_checks, settle

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
APPLICANT = ("Applicant (Block 14)", "Granite Wafer Works LLC", "United States (US)", "400 Stone Break Road, Malta, NY 12020")
PASSWORD = "a long and quiet password"


def reviewed(reference: str) -> LicenseApplication:
    """The reviewers settle every flag: who is listed is confirmed by one, the concerns are answered by two."""
    rita, sam = people.rita(), people.sam()
    for flag in Flag.objects.filter(application__reference=reference, gone_at=None).exclude(state=Flag.State.DISPOSED):
        listed = flag.match_id is not None
        settle(
            flag,
            by=rita,
            second=sam,
            disposition="true_match" if listed else "mitigated",
            reason_code="CONFIRMED_BY_EXPORTER" if listed else "END_USE_EVIDENCE",
        )
    run_pending_checks()
    return LicenseApplication.objects.get(reference=reference)


def test_s01_from_sign_up_to_a_packet_that_can_be_filed(page: Page, live_server: LiveServer) -> None:
    load_lists()
    jane = Exporter(page, live_server)
    jane.sign_up("Jane Example", "Granite Wafer Works", "jane@example.com", PASSWORD)
    jane.at("home-first-visit")
    reference = jane.start("China (CN)", "Wafers for assembly and test")
    jane.party(*APPLICANT, ein="14-1234567")
    jane.party("Purchaser (Block 16)", "Company 1 (name withheld)", "China (CN)", "8 Qingyuan Road, Pudong, Shanghai 201203")
    jane.party(
        "Intermediate consignee (Block 17)",
        "SJ Semiconductor (Jiangyin) Corp.",
        "China (CN)",
        "No. 9 Dongsheng West Road, Jiangyin, Jiangsu",
        picture="party-flagged",
    )
    jane.party(
        "Ultimate consignee (Block 18)",
        "Lumivora Display Modules Co., Ltd.",
        "China (CN)",
        "22 Fangzhou Road, Suzhou 215021",
    )
    jane.at("parties")
    jane.onward("Items")
    wafers = {
        "ECCN": "EAR99",
        "HS code": "8542.39",
        "Technical description": "Silicon wafers, 22 nm, for outsourced assembly and test of display drivers",
        "Quantity": "5697",
        "Unit price": "3001.8745",
        "Total price": "17101679",
    }
    jane.item({**wafers, "Unit": "wafer"} | {"Unit price": ""}, picture="item")
    jane.onward("End use")
    jane.fill(
        "Specific end use",
        "Bumping, assembly and test of display driver wafers in Jiangyin; modules are built by Lumivora in Suzhou",
    )
    jane.at("end-use")
    jane.onward("Documents")
    jane.at("documents")
    jane.onward("Review")
    jane.sign()
    jane.at("review")
    jane.go(page.get_by_role("button", name="Run the check"))
    expect(page.get_by_role("heading", name="Being checked")).to_be_visible()
    run_pending_checks()
    expect(page.get_by_role("heading", name="License required")).to_be_visible()
    expect(page.locator(".ec-party[data-band=strong]")).to_have_count(1)
    expect(page.locator(".ec-party[data-band=strong]")).to_contain_text("SJ Semiconductor (Jiangyin)")
    for code in ("LIST_EL", "OSAT_NOT_PURCHASER", "CHPL_ITEM"):
        assert Flag.objects.filter(application__reference=reference, code=code).exists(), code
    jane.at("result-in-review")

    application = reviewed(reference)
    assert (application.state, application.outcome) == ("CLEARED", "LICENSE_REQUIRED")
    page.reload()
    jane.at("result-reviewed")
    jane.go(page.get_by_role("button", name="Mark ready to file"))
    expect(page.get_by_text("is ready to file")).to_be_visible()
    jane.go(page.get_by_role("link", name="Packet by block"))
    for words in ("Lumivora Display Modules", "17101679", "Frozen as revision", "Entity List"):
        expect(page.get_by_role("main")).to_contain_text(words)
    jane.at("packet")
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")


def test_c03_by_keyboard_is_stopped_by_the_missing_ultimate_consignee_and_then_completed(
    page: Page, live_server: LiveServer
) -> None:
    load_lists()
    page.set_viewport_size(PHONE)
    jim = Exporter(page, live_server, keyboard=True, look=False)
    jim.sign_up("Jim Example", "Granite Wafer Works", "jim@example.com", PASSWORD)
    reference = jim.start("Korea, South (KR)", "Wafers to Incheon")
    jim.party(*APPLICANT, ein="14-1234567")
    jim.party(
        "Purchaser (Block 16)", "Hanbit Memory Design Co., Ltd.", "Korea, South (KR)", "12 Quornhae-ro, Gangnam-gu, Seoul 06234"
    )
    jim.party(
        "Intermediate consignee (Block 17)",
        "Amkor Technology Korea, Inc.",
        "Korea, South (KR)",
        "150 Songdomirae-ro, Yeonsu-gu, Incheon 21991",
    )
    jim.onward("Items")
    jim.item(
        {
            "ECCN": "3A991",
            "HS code": "8542.39",
            "Technical description": "Finished wafers of memory controllers",
            "Quantity": "400",
            "Unit": "wafer",
            "Total price": "220000",
        }
    )
    jim.onward("End use")
    jim.fill("Specific end use", "Assembly and test of memory controller wafers, then returned to the purchaser in Seoul")
    jim.onward("Documents")
    jim.onward("Review")
    jim.sign()
    jim.go(page.get_by_role("button", name="Run the check"))
    expect(page.get_by_role("heading", name="Being checked")).to_be_visible()
    run_pending_checks()
    expect(page.get_by_role("heading", name="No license required")).to_be_visible()
    expect(page.locator(".ec-party[data-band=strong], .ec-party[data-band=possible]")).to_have_count(0)
    assert not Flag.objects.exists()
    expect(page.get_by_text("Name the ultimate consignee").first).to_be_visible()
    expect(page.get_by_text("Nothing may leave now")).to_be_visible()
    jim.prefix, jim.look = "c03-", True
    jim.at("result-incomplete")

    jim.look = False
    jim.go(page.get_by_role("button", name="Edit again"))
    jim.go(page.get_by_role("navigation", name="Pages of the application").get_by_role("link", name=re.compile("^Parties")))
    jim.party(
        "Ultimate consignee (Block 18)", "Hanbit Memory Modules Co., Ltd.", "Korea, South (KR)", "3 Quornhae-ro, Suwon 16677"
    )
    jim.go(page.get_by_role("navigation", name="Pages of the application").get_by_role("link", name=re.compile("^Review")))
    expect(page.get_by_text("Every section is complete")).to_be_visible()
    jim.go(page.get_by_role("button", name="Run the check"))
    expect(page.get_by_role("heading", name="Being checked")).to_be_visible()
    run_pending_checks()
    expect(page.get_by_role("heading", name="No license required")).to_be_visible()
    # Five questions about the end use were never answered, and each may change the answer.
    expect(page.get_by_text("Questions that may still change the answer: 5.")).to_be_visible()
    expect(page.get_by_text("A shipment can be released")).to_have_count(0)
    expect(page.get_by_text("Still open before filing")).to_have_count(0)
    jim.look = True
    jim.at("result-complete")
    jim.go(page.get_by_role("link", name="Packet by block"))
    for words in ("Hanbit Memory Modules", "Amkor Technology Korea", "no match in 4 lists"):
        expect(page.get_by_role("main")).to_contain_text(words)
    assert LicenseApplication.objects.get(reference=reference).outcome == "NO_LICENSE_REQUIRED"
