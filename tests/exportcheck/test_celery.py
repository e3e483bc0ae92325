"""What every task carries."""

from __future__ import annotations

from exportcheck.audit.context import Origin, current
from exportcheck.celery import app


def test_what_a_task_records_says_that_it_came_through_that_task() -> None:
    note = app.task(name="tests.note_the_origin")(current)
    try:
        assert note() == Origin(door="task", client="tests.note_the_origin")
        assert current() == Origin()
    finally:
        app.tasks.pop("tests.note_the_origin")
