"""A draft can be completed through the pages alone, to the last point, and taken from there to the filed application."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exportcheck.accounts.models import User
from licenses.models import LicenseApplication
from licenses.services.drafting.edits import save_party
from licenses.services.evaluation.completeness import completeness_of
from tests.licenses.factories import clean_line, done, draft, load_lists, run_pending_checks

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
PLANT = "Hauptstrasse 1, Dresden"


def post(client: Client, application: LicenseApplication, name: str, data: Mapping[str, Any], *more: str) -> Any:
    """Post to a page of the application with its present edit count; the page must accept it."""
    application.refresh_from_db()
    answer = client.post(reverse(name, args=(application.reference, *more)), {"lock": application.lock, **data})
    assert answer.status_code == 302, answer.content.decode()
    return answer


def complete(client: Client, destination: str = "DE", eccn: str = "EAR99") -> LicenseApplication:
    """A draft with nothing left open, made through the pages."""
    about = {
        "type": "export",
        "destination": destination,
        "contact_name": "Jane Example",
        "contact_phone": "+1 555 0100",
        "contact_email": "jane@example.com",
        "filer_capacity": "FIRST_PARTY",
    }
    client.post(reverse("draft_new"), about)
    application = LicenseApplication.objects.get()
    applicant = {
        "role": "applicant",
        "name": "Granite State Semiconductors, Inc.",
        "country": "US",
        "street": "1 Main Street",
        "city": "Nashua",
        "state": "NH",
        "postal_code": "03060",
        "ein": "12-3456789",
        "confirmed": "on",
    }
    post(client, application, "party_add", applicant)
    for role in ("purchaser", "ultimate_consignee"):
        buyer = {"role": role, "name": "Musterhalbleiter Dresden AG", "country": destination, "addresses": PLANT}
        post(client, application, "party_add", buyer)
    post(client, application, "draft_page", {"no_intermediate_consignee": "on"}, "parties")
    item = {
        "eccn": eccn,
        "description": "Burn-in sockets",
        "hs6": "8536.69",
        "quantity": "500",
        "unit": "each",
        "unit_price_usd": "29",
        "value_usd": "14500",
    }
    post(client, application, "item_add", item)
    post(client, application, "draft_page", {"total_value_usd": "14500"}, "items")
    use = {"end_use": "Burn-in test of automotive chips in the buyer's own plant in Dresden", "additional_information": ""}
    post(client, application, "draft_page", {**use, **dict.fromkeys(("military", "nuclear", "missile"), "false")}, "end_use")
    post(client, application, "draft_page", {}, "documents")
    signed = {"signature_name": "Jane Example", "signature_title": "Export manager", "certification": "on"}
    post(client, application, "draft_page", signed, "review")
    application.refresh_from_db()
    return application


def test_the_pages_alone_bring_a_draft_to_no_open_point(alice: User, sign_in: SignIn) -> None:
    client = sign_in(alice)
    application = complete(client)
    assert completeness_of(application) == {}
    assert (
        "Every section is complete" in client.get(reverse("draft_page", args=(application.reference, "review"))).content.decode()
    )
    assert application.form["certification_version"]
    assert application.parties.get(role="applicant").addresses == ["1 Main Street, Nashua, NH 03060"]


OPEN = [
    ("about", {"type": "resubmission", "transaction": "export", "resubmission_acn": "z123456"}, "additional_information"),
    ("about", {"type": "export", "filer_capacity": "AGENT_OF_FPPI"}, "company"),
    ("documents", {"docs_submitted": ["TECH_SPECS"]}, "documents"),
    ("documents", {"import_certificate_country": "DE"}, "documents"),
    (
        "end_use",
        {"end_use": "Test of chips in the plant of the buyer in Dresden", "goods_detained": "true"},
        "additional_information",
    ),
    ("items", {"total_value_usd": "1"}, "items"),
    ("parties", {}, "intermediate_consignee"),
    ("review", {"signature_name": "Jane"}, "signature"),
]


@pytest.mark.parametrize(("page", "data", "section"), OPEN)
def test_what_a_page_leaves_open_is_named_in_its_section(
    page: str, data: dict[str, Any], section: str, alice: User, sign_in: SignIn
) -> None:
    client = sign_in(alice)
    application = complete(client)
    post(client, application, "draft_page", data, page)
    application.refresh_from_db()
    assert section in completeness_of(application)


def test_an_agent_completes_power_of_attorney_block_7_and_block_24(alice: User, sign_in: SignIn) -> None:
    client = sign_in(alice)
    application = complete(client)
    about = {
        **application.form,
        "type": "export",
        "destination": "DE",
        "filer_capacity": "AGENT_OF_FPPI",
        "power_of_attorney": "on",
    }
    post(client, application, "draft_page", {key: value for key, value in about.items() if isinstance(value, str)}, "about")
    post(client, application, "draft_page", {"docs_on_file": ["OTHER"]}, "documents")
    use = {"end_use": application.end_use, "additional_information": "748.4(b)(2), for Musterhalbleiter Dresden AG"}
    post(client, application, "draft_page", use, "end_use")
    application.refresh_from_db()
    assert completeness_of(application) == {}


def test_an_attached_paper_answers_the_rule_that_asks_for_its_kind(
    alice: User, sign_in: SignIn, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    client = sign_in(alice)
    application = draft(alice, clean_line(answers={"nuclear": True}))
    assert "supporting_documents" in completeness_of(application)
    upload = SimpleUploadedFile("statement.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")
    client.post(
        reverse("document_add", args=(application.reference,)), {"kind": "nuclear_certification", "title": "", "file": upload}
    )
    assert "supporting_documents" not in completeness_of(application)


def test_owners_behind_owners_further_numbers_and_answers_outlive_the_form(alice: User, sign_in: SignIn) -> None:
    client = sign_in(alice)
    application = draft(alice)
    deep = {
        "name": "Alpha Holding Ltd",
        "share_percent": 35,
        "owners": [{"name": "Beta Trust", "addresses": ["1 Quay, Hamilton"]}],
    }
    data = {
        "role": "end_user",
        "name": "Beispiel GmbH",
        "country": "DE",
        "addresses": [PLANT],
        "owners": [deep],
        "identifiers": [{"type": "LEI", "value": "529900T8BM49AURSDO55"}, {"type": "Tax ID", "value": "DE811569869"}],
    }
    row = save_party(actor=alice, application_id=application.pk, lock=application.lock, key=None, data=data)
    page = client.get(reverse("party_edit", args=(application.reference, row.key)))
    assert "Owners behind Alpha Holding Ltd" in page.content.decode()
    sent = {key: value for key, value in page.context["form"].initial.items() if value not in ("", [], None)}
    post(client, application, "party_edit", {**sent, "name": "Beispiel AG"}, row.key)
    row.refresh_from_db()
    assert row.name == "Beispiel AG"
    assert row.facts["owners"] == [{**deep, "role": "owner", "share_percent": 35.0}]
    assert row.facts["identifiers"] == data["identifiers"]


def test_a_removed_party_leaves_no_address_behind(alice: User, sign_in: SignIn) -> None:
    client = sign_in(alice)
    application = complete(client)
    key = application.parties.get(role="applicant").key
    assert application.form["parties"][key]["city"] == "Nashua"
    post(client, application, "party_remove", {}, key)
    application.refresh_from_db()
    assert "parties" not in application.form


def test_a_complete_application_goes_from_the_check_to_filed_decided_and_closed(alice: User, sign_in: SignIn) -> None:
    load_lists()
    client = sign_in(alice)
    application = complete(client, destination="IN", eccn="3A001.a.2")
    client.post(reverse("check_start", args=(application.reference,)))
    run_pending_checks()
    application.refresh_from_db()
    # The reviewer's part is told in tests/licenses/services/review/test_decisions.py; here it is over.
    application.flags.update(gone_at=timezone.now())
    LicenseApplication.objects.filter(pk=application.pk).update(state="CLEARED", outcome="LICENSE_REQUIRED")
    result = reverse("result", args=(application.reference,))
    assert "Mark ready to file" in client.get(result).content.decode()
    assert (
        "ready to file" in client.post(reverse("application_ready", args=(application.reference,)), follow=True).content.decode()
    )
    filing = {"acn": "z123456", "filed_on": timezone.now().date().isoformat()}
    post(client, application, "application_filing", filing)
    post(
        client,
        application,
        "application_outcome",
        {"decision": "APPROVED", "decided_on": filing["filed_on"], "valid_until": "2099-01-01", "note": "seen today"},
    )
    page = client.get(result).content.decode()
    assert "Release a shipment" in page
    post(client, application, "application_close", {})
    application.refresh_from_db()
    assert (application.state, application.acn, application.decision) == ("CLOSED", "Z123456", "APPROVED")


def test_what_filing_still_lacks_is_named_and_can_be_entered(alice: User, sign_in: SignIn) -> None:
    load_lists()
    client = sign_in(alice)
    application = draft(alice, clean_line(form={"contact_name": "Jane"}))
    client.post(reverse("check_start", args=(application.reference,)))
    done(application)
    LicenseApplication.objects.filter(pk=application.pk).update(state="CLEARED", outcome="LICENSE_REQUIRED")
    page = client.get(reverse("result", args=(application.reference,))).content.decode()
    assert "Filing still waits for" in page
    assert "name of the person who signs" in page
    assert "Mark ready to file" not in page
    post(client, application, "application_edit_again", {})
    application.refresh_from_db()
    assert (application.state, application.outcome) == ("DRAFT", "")
    assert client.get(reverse("draft_page", args=(application.reference, "review"))).status_code == 200


ACTS = ("application_ready", "application_edit_again", "application_filing", "application_outcome", "application_close")


@pytest.mark.parametrize("name", [*ACTS, "application_shipment", "application_appeal"])
def test_a_stranger_files_nothing_and_a_reviewer_only_looks(
    name: str, alice: User, mallory: User, rita: User, sign_in: SignIn
) -> None:
    application = draft(alice)
    url = reverse(name, args=(application.reference,))
    assert sign_in(mallory).post(url).status_code == 404
    sign_in(rita).post(url, {"acn": "Z123456", "filed_on": "2026-01-02", "decision": "APPROVED", "facts": "x" * 30})
    application.refresh_from_db()
    assert application.state == LicenseApplication.State.DRAFT
