"""Questions that a check asks of the exporter: each fact the determination holds its answer for, once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from exportcheck.queueing import enqueue_on_commit
from licenses import queries
from licenses.models import LicenseApplication, Question
from licenses.rules.types import MissingFact

LETTERS = "licenses.tasks.tell_of_questions"
DAYS_TO_ANSWER = 10
"""Days an exporter has to answer where nobody says otherwise (docs/design/intake.md#3.1)."""


def sync_questions(application: LicenseApplication, missing: Iterable[MissingFact], now: dt.datetime) -> list[Question]:
    """Ask what the determination holds its answer for, once a fact; withdraw its questions that no longer matter. Returns the
    questions that wait for the exporter, a reviewer's among them. Joins the transaction of the check."""
    holding = {question.fact: question for question in missing if question.hold}
    waiting = {row.fact: row for row in queries.open_questions(application) if row.asked_by_id is None}
    for fact, question in holding.items():
        if fact not in waiting:
            due = now.date() + dt.timedelta(days=DAYS_TO_ANSWER)
            text = f"{question.text} {question.why}".strip()
            Question.objects.create(application=application, fact=fact, text=text, due_on=due)
    if holding.keys() - waiting.keys():
        enqueue_on_commit(LETTERS)
    moot = [row.pk for fact, row in waiting.items() if fact not in holding]
    Question.objects.filter(pk__in=moot).update(withdrawn_at=now)
    return list(queries.open_questions(application))
