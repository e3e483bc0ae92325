"""The exporter's pages over HTTP: what they show, what they refuse, and that strangers find nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exportcheck.accounts.models import User
from licenses.models import LicenseApplication
from licenses.services.drafting.edits import save_page
from screening.models import ControlList
from tests.licenses.factories import checked, clean_line, draft, item, line, listed_line, load_lists, party

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]

READS = ("result", "check_progress", "result_json", "application_withdraw")
WRITES = ("check_start", "application_copy", "application_withdraw", "party_preview", "item_preview", "document_add")


@pytest.mark.parametrize("name", READS)
def test_a_stranger_reads_nothing(name: str, alice: User, mallory: User, sign_in: SignIn) -> None:
    application = draft(alice)
    assert sign_in(mallory).get(reverse(name, args=(application.reference,))).status_code == 404


@pytest.mark.parametrize("name", WRITES)
def test_a_stranger_changes_nothing(name: str, alice: User, mallory: User, sign_in: SignIn) -> None:
    application = draft(alice)
    assert sign_in(mallory).post(reverse(name, args=(application.reference,))).status_code == 404
    application.refresh_from_db()
    assert application.state == LicenseApplication.State.DRAFT


@pytest.mark.parametrize("page", ["about", "parties", "items", "end_use", "documents", "review"])
def test_each_page_of_a_draft_opens_for_its_organization_only(
    page: str, alice: User, bob: User, mallory: User, client: Client, sign_in: SignIn
) -> None:
    url = reverse("draft_page", args=(draft(alice).reference, page))
    assert sign_in(bob).get(url).status_code == 200
    assert sign_in(mallory).get(url).status_code == 404


def test_an_unknown_page_is_not_found(alice: User, sign_in: SignIn) -> None:
    assert sign_in(alice).get(reverse("draft_page", args=(draft(alice).reference, "nowhere"))).status_code == 404


def test_a_draft_is_made_and_filled_through_the_pages(alice: User, sign_in: SignIn) -> None:
    client = sign_in(alice)
    made = client.post(reverse("draft_new"), {"type": "export", "destination": "DE", "title": "Sockets"})
    application = LicenseApplication.objects.get()
    assert made["Location"] == reverse("draft_page", args=(application.reference, "parties"))
    party: dict[str, Any] = {"role": "ultimate_consignee", "name": "Beispiel GmbH", "country": "DE", "lock": application.lock}
    assert client.post(reverse("party_add", args=(application.reference,)), party).status_code == 302
    application.refresh_from_db()
    item = {"eccn": "EAR99", "description": "sockets", "quantity": "5", "value_usd": "100", "lock": application.lock}
    assert client.post(reverse("item_add", args=(application.reference,)), item).status_code == 302
    application.refresh_from_db()
    facts = {"end_use": "Burn-in test of automotive chips in Neubiberg", "military": "false", "lock": application.lock}
    assert client.post(reverse("draft_page", args=(application.reference, "end_use")), facts).status_code == 302
    application.refresh_from_db()
    assert application.answers == {"military": False}
    assert [row.name for row in application.parties.all()] == ["Beispiel GmbH"]
    assert str(application.items.get().value_usd) == "100.00"


def test_the_second_of_two_people_is_told_that_the_draft_changed(alice: User, bob: User, sign_in: SignIn) -> None:
    application = draft(alice)
    seen = application.lock
    save_page(actor=bob, application_id=application.pk, lock=seen, page="about", data={"title": "Bob was here"})
    client, url = sign_in(alice), reverse("draft_page", args=(application.reference, "end_use"))
    page = client.post(url, {"end_use": "Something else entirely", "lock": seen})
    assert page.status_code == 200
    told = page.content.decode()
    assert "bob@example.com changed the page “About” (title: blank → Bob was here)" in told
    assert "Something else entirely" in told, "what she typed is not lost"
    application.refresh_from_db()
    assert application.end_use != "Something else entirely"
    again = {"end_use": "Something else entirely", "lock": page.context["application"].lock}
    assert client.post(url, again).status_code == 302
    application.refresh_from_db()
    assert (application.end_use, application.title) == ("Something else entirely", "Bob was here")


def test_a_bad_eccn_comes_back_with_words_and_saves_nothing(alice: User, sign_in: SignIn) -> None:
    application = draft(alice)
    before = application.items.count()
    item = {"eccn": "banana", "description": "x", "lock": application.lock}
    page = sign_in(alice).post(reverse("item_add", args=(application.reference,)), item)
    assert page.status_code == 200
    assert "banana" in page.content.decode()
    assert application.items.count() == before


def test_an_unchecked_application_never_reads_as_clear(alice: User, sign_in: SignIn) -> None:
    page = sign_in(alice).get(reverse("result", args=(draft(alice).reference,))).content.decode()
    assert "Not checked yet" in page
    assert "Nothing here means clear" in page


def test_the_result_shows_hit_requirement_and_picture(alice: User, sign_in: SignIn) -> None:
    load_lists()
    application = checked(alice, listed_line())
    page = sign_in(alice).get(reverse("result", args=(application.reference,))).content.decode()
    assert "License required" in page
    assert "85 FR 83420" in page
    assert "<svg" in page
    assert "cleared" not in page.lower()


@pytest.mark.parametrize(("days", "said"), [(70, "not checked for some time"), (200, "too long unchecked")])
def test_the_result_says_that_a_list_is_old(alice: User, sign_in: SignIn, days: int, said: str) -> None:
    load_lists()
    ControlList.objects.filter(code="EL").update(checked_at=timezone.now() - dt.timedelta(days=days))
    application = checked(alice)
    page = sign_in(alice).get(reverse("result", args=(application.reference,))).content.decode()
    assert f"EL: {said}" in page


@pytest.mark.parametrize("kind", ["classification", "advisory_opinion"])
def test_the_result_of_a_type_for_which_nothing_is_determined_opens(kind: str, alice: User, sign_in: SignIn) -> None:
    application = checked(alice, clean_line(type=kind, answers={}))
    answer = sign_in(alice).get(reverse("result", args=(application.reference,)))
    assert answer.status_code == 200
    assert "Screened and checked for completeness" in answer.content.decode()


def test_the_result_tells_what_each_answer_would_change(alice: User, sign_in: SignIn) -> None:
    body = line(party("ultimate_consignee", "Beijing Lampenbau", "CN"), destination="CN", items=[item("3A991")])
    load_lists()
    application = checked(alice, body)
    page = " ".join(sign_in(alice).get(reverse("result", args=(application.reference,))).content.decode().split())
    assert "With this answer alone: yes, license required; no, no license required." in page


def test_a_result_is_no_answer_for_an_edited_draft(alice: User, sign_in: SignIn) -> None:
    load_lists()
    application = checked(alice, clean_line())
    LicenseApplication.objects.filter(pk=application.pk).update(state="RETURNED")
    application.refresh_from_db()
    data = {"end_use": "Quite another end use, in another plant of the customer"}
    save_page(actor=alice, application_id=application.pk, lock=application.lock, page="end_use", data=data)
    page = sign_in(alice).get(reverse("result", args=(application.reference,))).content.decode()
    assert "does not answer for the present draft" in page


def test_a_check_asked_twice_is_refused_in_words(alice: User, sign_in: SignIn) -> None:
    load_lists()
    application = draft(alice)
    client = sign_in(alice)
    start = reverse("check_start", args=(application.reference,))
    client.post(start)
    page = client.post(start, follow=True).content.decode()
    assert application.reports.count() == 1
    assert "Being checked" in page


def test_the_preview_of_a_party_names_the_list_and_stores_nothing(alice: User, sign_in: SignIn) -> None:
    load_lists()
    application = draft(alice)
    parties = application.parties.count()
    fields = {"name": "SJ Semiconductor (Jiangyin) Corp.", "country": "CN"}
    page = sign_in(alice).post(reverse("party_preview", args=(application.reference,)), fields).content.decode()
    assert "Entity List" in page
    assert application.parties.count() == parties


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"eccn": "3A001.a.2"}, "license"),
        ({"eccn": "banana"}, "banana"),
        ({"eccn": ""}, ""),
    ],
)
def test_the_preview_of_an_item_answers_or_says_what_is_wrong(
    fields: dict[str, str], words: str, alice: User, sign_in: SignIn
) -> None:
    application = draft(alice)
    page = sign_in(alice).post(reverse("item_preview", args=(application.reference,)), fields)
    assert page.status_code == 200
    assert words in page.content.decode()


def test_a_name_is_screened_without_an_application_and_kept_for_its_organization(
    alice: User, mallory: User, sign_in: SignIn
) -> None:
    load_lists()
    page = sign_in(alice).post(reverse("name_screen"), {"name": "Quelbrant Photonics", "country": "DE"}).content.decode()
    assert "Entity List" in page
    assert "no legal advice" in page
    assert "Screened before" in sign_in(alice).get(reverse("name_screen")).content.decode()
    assert "Quelbrant" not in sign_in(mallory).get(reverse("name_screen")).content.decode()


def test_a_document_is_given_back_as_an_attachment_to_its_organization_only(
    alice: User, mallory: User, sign_in: SignIn, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    application = draft(alice)
    client = sign_in(alice)
    upload = SimpleUploadedFile("spec.pdf", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n", "application/pdf")
    client.post(reverse("document_add", args=(application.reference,)), {"kind": "other", "title": "Spec", "file": upload})
    document = application.documents.get()
    url = reverse("document_get", args=(application.reference, document.pk))
    got = client.get(url)
    assert got["Content-Disposition"].startswith("attachment")
    assert got["Content-Type"] == "application/octet-stream"
    assert b"".join(got.streaming_content).startswith(b"%PDF")
    assert sign_in(mallory).get(url).status_code == 404


@pytest.mark.parametrize("count", [1, 8])
def test_home_asks_the_database_the_same_number_of_questions_however_long_it_is(
    count: int, alice: User, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    for _ in range(count):
        draft(alice)
    client = sign_in(alice)
    client.get(reverse("home"))
    with django_assert_max_num_queries(14):
        assert client.get(reverse("home")).status_code == 200


FILTERS = [
    ("q=Musterhalb", True),
    ("q=nothing-like-it", False),
    ("state=CLEARED", False),
    ("waits=you", True),
    ("waits=us", False),
    ("outcome=PROHIBITED", False),
]


@pytest.mark.parametrize(("query", "found"), FILTERS)
def test_home_finds_by_party_state_outcome_and_turn(query: str, found: bool, alice: User, sign_in: SignIn) -> None:
    application = draft(alice)
    page = sign_in(alice).get(f"{reverse('home')}?{query}").content.decode()
    assert (application.reference in page) is found


@pytest.mark.parametrize("eccn", ["3A001", "EAR99", "5A002"])
def test_an_eccn_page_tells_its_requirements_for_a_country(eccn: str, alice: User, sign_in: SignIn) -> None:
    page = sign_in(alice).get(f"{reverse('eccn_page', args=(eccn,))}?country=CN")
    assert page.status_code == 200
    assert "The walk" in page.content.decode()


def test_an_unknown_eccn_is_not_found_and_a_search_says_so(alice: User, sign_in: SignIn) -> None:
    client = sign_in(alice)
    assert client.get(reverse("eccn_page", args=("9Z999",))).status_code == 404
    assert "No entry matches" in client.get(f"{reverse('eccn_search')}?q=zzzzzz").content.decode()
    assert "3A001" in client.get(f"{reverse('eccn_search')}?q=3A001").content.decode()


@pytest.mark.parametrize("fact", ["goods_already_shipped", "known_violation"])
def test_who_states_a_violation_is_led_to_the_page_about_stopping(fact: str, alice: User, sign_in: SignIn) -> None:
    application = draft(alice, clean_line(answers={fact: True}))
    for name, args in (("result", ()), ("draft_page", ("end_use",))):
        page = sign_in(alice).get(reverse(name, args=(application.reference, *args))).content.decode()
        assert "whom to ask" in page
        assert f'href="{reverse("stop")}"' in page.split("</main>")[0]
    calm = draft(alice, clean_line(answers={fact: False}))
    assert "whom to ask" not in sign_in(alice).get(reverse("result", args=(calm.reference,))).content.decode()


def test_a_number_without_an_entry_is_explained_by_its_places(alice: User, sign_in: SignIn) -> None:
    page = sign_in(alice).get(f"{reverse('eccn_search')}?q=3A555").content.decode()
    assert "No entry on file has the number 3A555" in page
    assert "Electronics" in page
    assert "Found by: lasers" in sign_in(alice).get(f"{reverse('eccn_search')}?q=lasers+for+cars").content.decode()
    assert "0 · National Security reasons" in sign_in(alice).get(reverse("eccn_page", args=("3A001",))).content.decode()


def test_an_hs_code_finds_its_lists_and_claims_no_eccn(alice: User, sign_in: SignIn) -> None:
    page = sign_in(alice).get(f"{reverse('eccn_search')}?q=8542.31").content.decode()
    assert "Common High Priority List, tier 1" in page
    assert "An HS code does not tell the ECCN" in page
    assert "No entry matches" not in page
