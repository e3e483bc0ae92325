"""What goes wrong at a desk, over HTTP: two clicks, the back button, an ended session, a stranger. Nothing lost, nothing doubled,
a kind message."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exportcheck.accounts.models import User
from exportcheck.api.models import IdempotencyKey
from licenses.models import BulkJob, CatalogItem, Contact, Document, LicenseApplication, Question, Shipment
from licenses.services.filing.government_outcomes import record_outcome
from licenses.views import draft as draft_views
from licenses.views import idempotent_form as once_view
from tests.licenses.factories import checked, clean_line, draft, load_lists

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
TODAY = timezone.now().date().isoformat()


@dataclass(frozen=True)
class Form:
    """One form that makes something: its address, what is sent, and how to count what it made."""

    name: str
    args: Callable[[LicenseApplication], tuple[Any, ...]]
    data: Callable[[LicenseApplication], dict[str, Any]]
    count: Callable[[LicenseApplication], int]


def pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile("spec.pdf", b"%PDF-1.7 spec")


def question(application: LicenseApplication) -> int:
    return application.questions.get().pk


FORMS = [
    Form("draft_new", lambda _: (), lambda _: {"type": "export", "title": "x"}, lambda _: LicenseApplication.objects.count()),
    Form("sample_application", lambda _: (), lambda _: {}, lambda _: LicenseApplication.objects.count()),
    Form("application_copy", lambda row: (row.reference,), lambda _: {}, lambda _: LicenseApplication.objects.count()),
    Form(
        "party_add",
        lambda row: (row.reference,),
        lambda row: {"role": "bank", "name": "Example Bank", "lock": row.lock},
        lambda row: row.parties.count(),
    ),
    Form(
        "item_add",
        lambda row: (row.reference,),
        lambda row: {"eccn": "EAR99", "description": "x", "lock": row.lock},
        lambda row: row.items.count(),
    ),
    Form(
        "document_add",
        lambda row: (row.reference,),
        lambda _: {"kind": "other", "file": pdf()},
        lambda _: Document.objects.count(),
    ),
    Form("contact_add", lambda _: (), lambda _: {"role": "bank", "name": "Example Bank"}, lambda _: Contact.objects.count()),
    Form("catalog_add", lambda _: (), lambda _: {"description": "sensor"}, lambda _: CatalogItem.objects.count()),
    Form(
        "bulk_upload",
        lambda _: (),
        lambda _: {"kind": "parties", "mode": "all", "file": SimpleUploadedFile("a.csv", b"name\nA\n")},
        lambda _: BulkJob.objects.count(),
    ),
    Form(
        "question_answer",
        lambda row: (question(row),),
        lambda _: {"text": "The founder owns it.", "kind": "other", "file": pdf()},
        lambda row: Document.objects.count() + row.messages.count(),
    ),
]


@pytest.fixture
def ready(alice: User, settings: Any, tmp_path: Any) -> LicenseApplication:
    """A draft with one open question."""
    settings.MEDIA_ROOT = str(tmp_path)
    load_lists()
    application = draft(alice)
    Question.objects.create(application=application, text="Who owns the buyer?")
    LicenseApplication.objects.filter(pk=application.pk).update(state="RETURNED")
    application.refresh_from_db()
    return application


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_the_same_form_twice_is_done_once_and_leads_to_the_same_place(
    form: Form, ready: LicenseApplication, alice: User, sign_in: SignIn
) -> None:
    client, url = sign_in(alice), reverse(form.name, args=form.args(ready))
    sent = {**form.data(ready), "once": "a-token-of-the-form"}
    first = client.post(url, sent)
    assert first.status_code == 302, first.content.decode()[:2000]
    made = form.count(ready)
    again = client.post(url, {**form.data(ready), "once": "a-token-of-the-form"})
    assert (again.status_code, again["Location"]) == (302, first["Location"])
    assert form.count(ready) == made
    assert "saved already, and only once" in client.get(reverse("home")).content.decode()


def test_a_shipment_clicked_twice_leaves_once(alice: User, sign_in: SignIn) -> None:
    load_lists()
    application = checked(alice, clean_line())
    LicenseApplication.objects.update(state="FILED", outcome="LICENSE_REQUIRED", acn="Z123456", filed_on=TODAY)
    record_outcome(actor=alice, application_id=application.pk, decision="APPROVED", valid_until=timezone.now().date())
    client, url = sign_in(alice), reverse("application_shipment", args=(application.reference,))
    sent = {"ship_on": TODAY, "quantity_I1": "5", "value_I1": "100", "once": "t"}
    client.post(url, sent)
    client.post(url, sent)
    assert Shipment.objects.count() == 1
    client.post(url, {**sent, "once": "another form"})
    assert Shipment.objects.count() == 2, "the same amounts on a new form are a second shipment"


def test_what_was_changed_before_it_was_sent_again_counts(alice: User, sign_in: SignIn) -> None:
    client = sign_in(alice)
    for title in ("one", "two"):
        client.post(reverse("draft_new"), {"type": "export", "title": title, "once": "same"})
    assert set(LicenseApplication.objects.values_list("title", flat=True)) == {"one", "two"}


def test_a_form_that_came_back_with_errors_may_be_sent_again(alice: User, sign_in: SignIn) -> None:
    client, url = sign_in(alice), reverse("draft_new")
    sent = {"type": "export", "contact_email": "no address", "once": "t"}
    for _ in range(2):
        page = client.post(url, sent)
        assert page.status_code == 200
        assert "Please correct" in page.content.decode()
    assert not IdempotencyKey.objects.exists()


def test_a_click_while_the_first_is_at_work_is_told_so(alice: User, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    client, url, sent = sign_in(alice), reverse("draft_new"), {"type": "export", "title": "x", "once": "t"}
    told: list[Any] = []

    def meanwhile(*args: Any, **kwargs: Any) -> Any:
        told.append(Client.post(second, url, sent))
        return made(*args, **kwargs)

    second = Client()
    second.force_login(alice)
    made = draft_views.create_application
    monkeypatch.setattr(draft_views, "create_application", meanwhile)
    assert client.post(url, sent).status_code == 302
    (page,) = told
    assert page.status_code == 409
    assert "still at work" in page.content.decode()
    assert LicenseApplication.objects.count() == 1


def test_a_claim_whose_request_died_is_free_again(alice: User, sign_in: SignIn) -> None:
    client, url, sent = sign_in(alice), reverse("draft_new"), {"type": "export", "title": "x", "once": "t"}
    client.post(url, sent)
    IdempotencyKey.objects.update(status=None, created_at=timezone.now() - once_view.ABANDONED * 2)
    client.post(url, sent)
    assert LicenseApplication.objects.count() == 2


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_an_ended_session_asks_to_sign_in_and_leads_back(form: Form, ready: LicenseApplication, client: Client) -> None:
    before, url = form.count(ready), reverse(form.name, args=form.args(ready))
    answer = client.post(url, {**form.data(ready), "once": "t"})
    assert answer.status_code == 302
    assert answer["Location"] == f"{reverse('account_login')}?next={url}"
    assert form.count(ready) == before


@pytest.mark.parametrize("form", [form for form in FORMS if form.args.__code__.co_varnames[0] != "_"], ids=lambda form: form.name)
def test_a_stranger_makes_nothing(form: Form, ready: LicenseApplication, mallory: User, sign_in: SignIn) -> None:
    before = form.count(ready)
    url = reverse(form.name, args=form.args(ready))
    assert sign_in(mallory).post(url, {**form.data(ready), "once": "t"}).status_code == 404
    assert form.count(ready) == before
    assert not IdempotencyKey.objects.exists()


def test_a_preview_of_an_ended_session_loads_the_login_page_and_no_half_page(ready: LicenseApplication, client: Client) -> None:
    answer = client.post(reverse("party_preview", args=(ready.reference,)), {"name": "A"}, headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (204, reverse("account_login"))


def test_a_check_clicked_twice_is_one_check_and_no_error(ready: LicenseApplication, alice: User, sign_in: SignIn) -> None:
    client, url = sign_in(alice), reverse("check_start", args=(ready.reference,))
    client.post(url)
    page = client.post(url, follow=True).content.decode()
    assert ready.reports.count() == 1
    assert "Being checked" in page
    assert 'data-tone="stop"' not in page
