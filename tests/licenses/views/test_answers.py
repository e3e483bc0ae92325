"""A question is answered as the fact it asks for, in words, with a paper: all of it or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from exportcheck.accounts.models import User
from licenses.models import LicenseApplication, Question
from tests.licenses.factories import draft

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def files_of_their_own(settings: Any, tmp_path: Any) -> None:
    """Papers stay out of the installation's folder."""
    settings.MEDIA_ROOT = str(tmp_path)


def asked(actor: User, fact: str = "", text: str = "Please tell us more about the plant.") -> Question:
    """An application that waits for its exporter, with one question."""
    application = draft(actor)
    LicenseApplication.objects.filter(pk=application.pk).update(state="RETURNED")
    due = dt.date(2099, 1, 1)
    return Question.objects.create(application=application, fact=fact, text=text, due_on=due)


def paper(name: str = "plan.pdf", content: bytes = b"%PDF-1.4\n%%EOF\n") -> SimpleUploadedFile:
    """A small file."""
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize(("sent", "kept"), [("true", True), ("false", False)])
def test_yes_or_no_becomes_the_fact_and_the_check_runs_again(sent: str, kept: bool, alice: User, sign_in: SignIn) -> None:
    question = asked(alice, "military")
    client = sign_in(alice)
    url = reverse("question_answer", args=(question.pk,))
    assert "Not known yet" in client.get(url).content.decode()
    assert client.post(url, {"fact": sent, "text": ""}).status_code == 302
    application = LicenseApplication.objects.get()
    assert (application.answers["military"], application.state) == (kept, "CHECKING")


def test_a_condition_of_a_rule_is_answered_too(alice: User, sign_in: SignIn) -> None:
    question = asked(alice, "condition.ccl-3A001-2", "Is it in a missile?")
    sign_in(alice).post(reverse("question_answer", args=(question.pk,)), {"fact": "false", "text": "It is a lamp."})
    assert LicenseApplication.objects.get().answers == {"condition.ccl-3A001-2": False}


def test_not_known_needs_words(alice: User, sign_in: SignIn) -> None:
    question = asked(alice, "military")
    page = sign_in(alice).post(reverse("question_answer", args=(question.pk,)), {"fact": "", "text": ""})
    assert page.status_code == 200
    assert "say in words why" in page.content.decode()
    question.refresh_from_db()
    assert question.answered_at is None


def test_a_paper_goes_with_the_answer_and_stands_in_the_thread(alice: User, sign_in: SignIn) -> None:
    question = asked(alice)
    client = sign_in(alice)
    data = {"text": "See the plan of the plant.", "kind": "other", "file": paper()}
    assert client.post(reverse("question_answer", args=(question.pk,)), data).status_code == 302
    application = LicenseApplication.objects.get()
    document = application.documents.get()
    assert [row.pk for row in application.messages.get().documents.all()] == [document.pk]
    page = client.get(reverse("result", args=(application.reference,))).content.decode()
    assert reverse("document_get", args=(application.reference, document.pk)) in page


BAD = [
    ({"text": "See the plan.", "kind": "", "file": paper}, "what kind of document"),
    ({"text": "See the plan.", "kind": "other", "file": lambda: paper("plan.exe")}, "not taken"),
    ({"text": "See the plan.", "kind": "other", "file": lambda: paper("plan.pdf", b"MZ")}, "not what its ending"),
    ({"text": "", "kind": "other", "file": paper}, "required"),
]


@pytest.mark.parametrize(("data", "words"), BAD)
def test_a_paper_that_cannot_be_taken_leaves_the_question_open(
    data: dict[str, Any], words: str, alice: User, sign_in: SignIn
) -> None:
    question = asked(alice)
    sent = {key: value() if callable(value) else value for key, value in data.items()}
    page = sign_in(alice).post(reverse("question_answer", args=(question.pk,)), sent)
    assert page.status_code == 200
    assert words in page.content.decode()
    question.refresh_from_db()
    assert question.answered_at is None
    assert not question.application.documents.exists()


def test_a_stranger_answers_nothing(alice: User, mallory: User, sign_in: SignIn) -> None:
    question = asked(alice)
    assert sign_in(mallory).post(reverse("question_answer", args=(question.pk,)), {"text": "x"}).status_code == 404
