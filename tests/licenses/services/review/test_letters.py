"""Letters about questions: one a batch, safe words, nobody told twice, nobody forgotten."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from exportcheck.accounts.models import User
from exportcheck.audit.models import AuditEvent
from licenses.models import LicenseApplication, Notice, Question
from licenses.services.review import letters
from licenses.services.review.questions import ask_exporter
from tests.licenses.factories import TEST_HOUSE, checked, listed_line, load_lists

pytestmark = pytest.mark.django_db
TEXT = f"Is {TEST_HOUSE} the firm of the Entity List entry?"


@pytest.fixture
def asked(alice: User, rita: User) -> LicenseApplication:
    """An application with a reviewer's question to its exporter."""
    load_lists()
    application = checked(alice, listed_line())
    ask_exporter(actor=rita, application_id=application.pk, text=TEXT)
    return application


def test_the_letter_says_where_to_answer_and_nothing_of_the_case(asked: LicenseApplication, alice: User) -> None:
    assert letters.tell_everybody() == 1
    (letter,) = mail.outbox
    assert letter.to == [alice.email]
    assert asked.reference in letter.subject
    assert f"/applications/{asked.reference}/" in letter.body
    for secret in (TEST_HOUSE, "Entity List", "EL", "match", "Rita"):
        assert secret not in letter.body.replace("ExportCheck", "")
    assert AuditEvent.objects.filter(action="question.told").count() == 1


def test_nobody_is_told_twice_but_of_a_new_question(asked: LicenseApplication, rita: User) -> None:
    letters.tell_everybody()
    assert letters.tell_everybody() == 0
    ask_exporter(actor=rita, application_id=asked.pk, text="And who pays for the test house?")
    assert letters.tell_everybody() == 1
    assert len(mail.outbox) == 2


def test_a_letter_that_cannot_be_sent_is_tried_again(asked: LicenseApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*_: Any, **__: Any) -> int:
        raise ConnectionRefusedError

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", down)
        assert letters.tell_everybody() == 0
    assert Notice.objects.get().sent_at is None
    assert letters.tell_everybody() == 1


def test_a_worker_that_fell_silent_loses_its_lease(asked: LicenseApplication) -> None:
    question = Question.objects.get(asked_by__isnull=False)
    row = Notice.objects.create(question=question, leased_at=timezone.now())
    assert letters.tell_exporter(application_id=asked.pk) is False
    Notice.objects.filter(pk=row.pk).update(leased_at=timezone.now() - dt.timedelta(hours=1))
    assert letters.tell_exporter(application_id=asked.pk) is True


def test_one_reminder_three_days_before_the_answer_is_due(asked: LicenseApplication) -> None:
    assert letters.remind_everybody() == 0, "nobody was told yet"
    letters.tell_everybody()
    assert letters.remind_everybody() == 0, "ten days are left"
    Question.objects.update(due_on=timezone.now().date() + dt.timedelta(days=3))
    assert letters.remind_everybody() == 0, "not on the day of the first letter"
    Notice.objects.update(sent_at=timezone.now() - dt.timedelta(days=7))
    assert letters.remind_everybody() == 1
    assert letters.remind_everybody() == 0, "once"
    assert mail.outbox[-1].subject.startswith("Reminder")


def test_an_answered_question_needs_no_letter(asked: LicenseApplication) -> None:
    Question.objects.update(answered_at=timezone.now())
    assert letters.tell_everybody() == 0


def test_when_the_drafter_left_the_administrators_are_told(asked: LicenseApplication, alice: User, erin: User) -> None:
    User.objects.filter(pk=alice.pk).update(is_active=False)
    assert letters.tell_everybody() == 1
    assert mail.outbox[0].to == [erin.email]


def test_asking_nudges_a_worker_when_the_transaction_commits(
    alice: User, rita: User, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_lists()
    application = checked(alice, listed_line())
    sent: list[str] = []
    monkeypatch.setattr("exportcheck.queueing._send", lambda name, ids: sent.append(name))
    with django_capture_on_commit_callbacks(execute=True):
        ask_exporter(actor=rita, application_id=application.pk, text=TEXT)
    assert "licenses.tasks.tell_of_questions" in sent
