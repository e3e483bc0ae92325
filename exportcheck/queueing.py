"""Telling a worker that a row waits. The row is the truth: a message that cannot be sent is logged, and beat finds the row."""

from __future__ import annotations

from functools import partial
from typing import Any

import structlog
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

log = structlog.get_logger(__name__)


def enqueue_on_commit(task: Any, *args: int | str) -> None:
    """Queue a task with ids when the running transaction commits (at once outside one); never fails the caller.

    task: its name, such as "screening.tasks.rescreen_version" (services do not import tasks), or the task itself.
    """
    name: str = task if isinstance(task, str) else task.name
    transaction.on_commit(partial(_send, name, args))


def _send(name: str, args: tuple[int | str, ...]) -> None:
    try:
        # A signature, not send_task: it honors the eager mode of tests.
        current_app.signature(name, args=args).delay()
    except (OperationalError, OSError) as error:
        # Nothing is lost: beat re-queues what stays undone (exportcheck/celery.py).
        log.warning("nudge_not_sent", task=name, args=args, error=str(error))
