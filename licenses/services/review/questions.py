"""Questions of reviewers to the exporter, and the answers to every question (docs/design/intake.md#4, RFI thread)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from exportcheck.accounts import policy
from exportcheck.accounts.models import User
from exportcheck.errors import Refused
from exportcheck.queueing import enqueue_on_commit
from licenses import queries
from licenses.models import Flag, LicenseApplication, Message, Question
from licenses.rules.facts.catalog import ALL_KEYS, CONDITION_PREFIX
from licenses.services.application.acts import locked, record_on, require_reviewer, write
from licenses.services.application.validation import clean_answers
from licenses.services.application.workflow import Event, State, make_move
from licenses.services.checks.flags import pause_clocks
from licenses.services.checks.questions import DAYS_TO_ANSWER, LETTERS
from licenses.services.checks.requests import submit_for_check
from licenses.services.review.claims import reserve_for

MIN_QUESTION_CHARS = 10
MAX_CHARS = 4_000


@transaction.atomic
def ask_exporter(
    *,
    actor: User,
    application_id: int,
    text: str,
    flag_id: int | None = None,
    fact: str = "",
    due_on: dt.date | None = None,
) -> Question:
    """A reviewer's question: the application goes back to the exporter and the review clocks stand still.

    `fact` is the answers key that the answer fills, "" for a free question. Raises Refused: "not_allowed", "invalid", "state".
    """
    application = locked(application_id)
    require_reviewer(actor, application, act="ask")
    words = text.strip()
    if not MIN_QUESTION_CHARS <= len(words) <= MAX_CHARS:
        raise Refused("invalid", f"Write the question in {MIN_QUESTION_CHARS} to {MAX_CHARS:,} characters.")
    if fact and fact not in ALL_KEYS and not fact.startswith(CONDITION_PREFIX):
        raise Refused("invalid", f"{fact[:60]!r} is no fact an exporter can state.")
    if due_on is not None and due_on <= timezone.now().date():
        raise Refused("invalid", "The due date lies in the future.")
    flag = Flag.objects.filter(pk=flag_id, application=application).first() if flag_id is not None else None
    if flag_id is not None and flag is None:
        raise Refused("invalid", "That flag is not on this application.")
    if application.state == State.REOPENED:
        make_move(application, Event.PICK_UP)
    # A second question to an application that already waits for the exporter joins the first.
    if application.state != State.RETURNED:
        make_move(application, Event.ASK)
    pause_clocks(application)
    question = Question.objects.create(
        application=application,
        flag=flag,
        fact=fact,
        text=words,
        asked_by=actor,
        due_on=due_on or timezone.now().date() + dt.timedelta(days=DAYS_TO_ANSWER),
    )
    Message.objects.create(application=application, question=question, author=actor, text=words)
    record_on(
        application,
        actor=actor,
        action="question.asked",
        body={"question": question.pk, "fact": fact, "flag": flag.code if flag else "", "text": words},
    )
    enqueue_on_commit(LETTERS)
    return question


@transaction.atomic
def answer_question(
    *, actor: User, question_id: int, text: str, fact_value: Any = None, documents: Iterable[int] = ()
) -> Question:
    """The exporter's answer. A value for the question's fact goes into the answers of the application; with the last open
    question answered, a new check follows, and the flag it was asked about goes back to the reviewer who asked. `documents` are
    papers of the same application, by id.

    Raises Refused: "not_allowed", "invalid", "taken" when it was answered or withdrawn before, "state".
    """
    question = Question.objects.select_related("application__organization", "asked_by").get(pk=question_id)
    application = locked(question.application_id)
    if not policy.can_edit_draft(actor, application.organization_id):
        raise Refused("not_allowed", "Only people of the application's own organization answer.")
    if application.state not in (State.RETURNED, State.IN_REVIEW):
        raise Refused(
            "state", f"{application.reference} is {application.get_state_display()}; its questions cannot be answered now."
        )
    words = text.strip()
    if not words and fact_value is None:
        raise Refused("invalid", "Write an answer.")
    if len(words) > MAX_CHARS:
        raise Refused("invalid", f"The answer has {len(words):,} characters; {MAX_CHARS:,} at most.")
    unanswered = Question.objects.filter(pk=question_id, answered_at=None, withdrawn_at=None)
    if unanswered.update(answer=words or str(fact_value), answered_by=actor, answered_at=timezone.now()) != 1:
        raise Refused("taken", "This question was answered already, or is no longer asked.")
    changes = _state_fact(application, question, fact_value)
    message = Message.objects.create(application=application, question=question, author=actor, text=words or str(fact_value))
    message.documents.set(application.documents.filter(pk__in=list(documents), withdrawn_at=None))
    asker, flag_id = question.asked_by, question.flag_id
    goes_back = asker is not None and flag_id is not None and reserve_for(reviewer=asker, flag_id=flag_id)
    record_on(
        application,
        actor=actor,
        action="question.answered",
        body={
            "question": question.pk,
            "fact": question.fact,
            "text": words,
            "changes": changes,
            "back_to": str(asker) if goes_back else "",
        },
    )
    if not queries.open_questions(application).exists():
        submit_for_check(actor=actor, application_id=application.pk, cause="answer")
    question.refresh_from_db()
    return question


def _state_fact(application: LicenseApplication, question: Question, value: Any) -> dict[str, list[Any]]:
    """Write the stated value under the question's fact; returns what changed."""
    if value is None:
        return {}
    if not question.fact:
        raise Refused("invalid", "This question fills no fact; answer it in words.")
    answers = clean_answers({question.fact: value}, "answers")
    return write(application, {"answers": {**application.answers, **answers}, "lock": application.lock + 1})


@transaction.atomic
def withdraw_question(*, actor: User, question_id: int) -> Question:
    """A reviewer no longer asks; with nothing left to answer the application is checked again. Raises Refused: "not_allowed",
    "taken"."""
    question = Question.objects.select_related("application__organization").get(pk=question_id)
    application = question.application
    require_reviewer(actor, application, act="withdraw questions")
    if Question.objects.filter(pk=question_id, answered_at=None, withdrawn_at=None).update(withdrawn_at=timezone.now()) != 1:
        raise Refused("taken", "This question was answered or withdrawn already.")
    record_on(
        application,
        actor=actor,
        action="question.withdrawn",
        body={"question": question.pk, "text": question.text},
    )
    if application.state == State.RETURNED and not queries.open_questions(application).exists():
        submit_for_check(actor=actor, application_id=application.pk, cause="answer")
    question.refresh_from_db()
    return question
