"""Whatever is typed, pasted or sent: a clear message, and nothing written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from exportcheck.accounts.models import User
from licenses.models import BulkJob, CatalogItem, Contact, LicenseApplication
from tests.licenses.factories import draft

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]

LONG = "A" * 9_000_000
BINARY = "\x00\x01\ufffd\u202e\x7f"
PAGES = {
    "about": ("title", {"type": "export"}),
    "end_use": ("end_use", {}),
    "items": ("total_value_usd", {}),
    "documents": ("import_certificate_number", {}),
    "review": ("signature_name", {}),
}


def state_of(application: LicenseApplication) -> tuple[Any, ...]:
    """Everything a form could have written."""
    application.refresh_from_db()
    return (
        application.lock,
        application.title,
        application.end_use,
        application.form,
        application.answers,
        list(application.parties.values_list("key", "name", "facts")),
        list(application.items.values_list("key", "description", "value_usd")),
    )


@pytest.mark.parametrize("value", [LONG, BINARY], ids=["nine megabytes", "binary"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_the_draft_refuses_garbage_beside_its_field(page: str, value: str, alice: User, sign_in: SignIn) -> None:
    application = draft(alice)
    field, rest = PAGES[page]
    before = state_of(application)
    answer = sign_in(alice).post(
        reverse("draft_page", args=(application.reference, page)), {**rest, field: value, "lock": application.lock}
    )
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert state_of(application) == before


PARTY = {"role": "end_user", "name": "Beispiel GmbH", "country": "DE"}
ITEM = {"eccn": "EAR99", "description": "sockets"}
ROWS = [
    ("party_add", {**PARTY, "name": LONG}),
    ("party_add", {**PARTY, "name": BINARY}),
    ("party_add", {**PARTY, "addresses": LONG}),
    ("party_add", {**PARTY, "other_names": "x\n" * 5_000}),
    ("party_add", {**PARTY, "owners": "x; 1\n" * 5_000}),
    ("party_add", {**PARTY, "owners": "Alpha; nan"}),
    ("party_add", {**PARTY, "owners": "Alpha; inf; DE"}),
    ("party_add", {**PARTY, "birth_date": "yesterday"}),
    ("party_add", {**PARTY, "citizenships": ["DE", "ZZ"]}),
    ("party_add", {**PARTY, "ein": "twelve"}),
    ("party_add", {**PARTY, "role": "king"}),
    ("item_add", {**ITEM, "description": LONG}),
    ("item_add", {**ITEM, "description": BINARY}),
    ("item_add", {**ITEM, "quantity": "NaN"}),
    ("item_add", {**ITEM, "quantity": "1e999"}),
    ("item_add", {**ITEM, "value_usd": "-1"}),
    ("item_add", {**ITEM, "value_usd": "9" * 40}),
    ("item_add", {**ITEM, "hs6": "../../etc"}),
    ("item_add", {**ITEM, "origin": "Narnia"}),
    ("item_add", {**ITEM, "eccn": "3A001" * 30}),
]


@pytest.mark.parametrize(("name", "data"), ROWS, ids=[f"{name} {sorted(data)[-1]} {n}" for n, (name, data) in enumerate(ROWS)])
def test_a_party_or_item_refuses_garbage_and_writes_nothing(
    name: str, data: dict[str, Any], alice: User, sign_in: SignIn
) -> None:
    application = draft(alice)
    before = state_of(application)
    answer = sign_in(alice).post(reverse(name, args=(application.reference,)), {**data, "lock": application.lock})
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert state_of(application) == before


@pytest.mark.parametrize("lock", ["", "-1", "99999999999999999999", "one", "1; DROP TABLE"])
def test_an_edit_count_nobody_had_is_stale(lock: str, alice: User, sign_in: SignIn) -> None:
    application = draft(alice)
    before = state_of(application)
    url = reverse("draft_page", args=(application.reference, "about"))
    answer = sign_in(alice).post(url, {"type": "export", "title": "new", "lock": lock})
    assert answer.status_code == 200
    assert "was changed meanwhile" in answer.content.decode()
    assert state_of(application) == before


@pytest.mark.parametrize("name", ["party_preview", "item_preview"])
@pytest.mark.parametrize("value", [LONG[:1_000_000], BINARY, "'\"><script>alert(1)</script>"], ids=["long", "binary", "script"])
def test_a_preview_answers_garbage_quietly(name: str, value: str, alice: User, sign_in: SignIn) -> None:
    application = draft(alice)
    data = dict.fromkeys(("name", "addresses", "other_names", "eccn", "hs6", "quantity"), value)
    answer = sign_in(alice).post(reverse(name, args=(application.reference,)), data)
    assert answer.status_code == 200
    assert "<script" not in answer.content.decode()


@pytest.mark.parametrize("value", [LONG, BINARY], ids=["long", "binary"])
@pytest.mark.parametrize(
    ("name", "field", "rest"),
    [
        ("name_screen", "name", {}),
        ("contact_add", "name", {"role": "bank"}),
        ("catalog_add", "description", {}),
        ("draft_new", "title", {"type": "export"}),
    ],
)
def test_other_forms_refuse_garbage(
    name: str, field: str, rest: dict[str, str], value: str, alice: User, sign_in: SignIn
) -> None:
    answer = sign_in(alice).post(reverse(name), {**rest, field: value})
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert not Contact.objects.exists()
    assert not CatalogItem.objects.exists()
    assert not LicenseApplication.objects.exists()


FILES = [
    ("page.pdf", b"<script>alert(1)</script>", "not what its ending"),
    ("empty.pdf", b"", "empty"),
    ("tool.exe", b"MZ\x90\x00", "not taken"),
    ("../../etc/passwd", b"root:x", "not taken"),
    ("no-ending", b"x", "not taken"),
]


@pytest.mark.parametrize(("name", "content", "words"), FILES)
def test_a_document_that_is_not_what_it_says_is_refused_with_the_reason(
    name: str, content: bytes, words: str, alice: User, sign_in: SignIn
) -> None:
    application = draft(alice)
    url = reverse("document_add", args=(application.reference,))
    answer = sign_in(alice).post(url, {"kind": "other", "title": "", "file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not application.documents.exists()


def test_more_than_ten_megabytes_of_text_is_refused_with_a_page(alice: User, sign_in: SignIn) -> None:
    application = draft(alice)
    before = state_of(application)
    answer = sign_in(alice).post(reverse("party_add", args=(application.reference,)), {**PARTY, "name": "A" * 11_000_000})
    assert answer.status_code == 400
    assert "Nothing was saved" in answer.content.decode()
    assert state_of(application) == before


def test_a_document_without_kind_or_file_says_what_is_missing(alice: User, sign_in: SignIn) -> None:
    page = sign_in(alice).post(reverse("document_add", args=(draft(alice).reference,)), {"kind": "passport"})
    assert page.status_code == 200
    assert "This field is required" in page.content.decode()


def test_a_file_of_rows_that_is_none_says_so_beside_the_field(alice: User, sign_in: SignIn) -> None:
    data = {"kind": "parties", "mode": "all", "file": SimpleUploadedFile("rows.xlsx", b"MZ\x90")}
    page = sign_in(alice).post(reverse("bulk_upload"), data)
    assert page.status_code == 200
    assert "not what its ending" in page.content.decode()
    assert not BulkJob.objects.exists()


@pytest.mark.parametrize("query", ["?contact=1%00", "?contact=" + "9" * 400, "?contact=-1", "?contact=x"])
def test_a_made_up_address_bar_starts_an_empty_form(query: str, alice: User, sign_in: SignIn) -> None:
    application = draft(alice)
    page = sign_in(alice).get(reverse("party_add", args=(application.reference,)) + query)
    assert page.status_code == 200
    assert page.context["form"].initial == {"role": ""}
