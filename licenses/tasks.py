"""Work for workers: each task takes ids, re-reads, and calls one service; running one twice changes nothing (house.md 3)."""

from __future__ import annotations

from celery import shared_task

from exportcheck.audit.context import Origin, acting_through
from licenses.services import check
from licenses.services.check_run import run_check


@shared_task(name="licenses.tasks.check_application")
def check_application(report_id: int) -> None:
    """Do one check, if it still wants doing."""
    with acting_through(Origin(door="task")):
        run_check(report_id=report_id)


@shared_task(name="licenses.tasks.requeue_checks")
def requeue_checks() -> int:
    """Tell workers of checks that wait, whose worker fell silent, or whose retry is due."""
    with acting_through(Origin(door="task")):
        return check.requeue_stale()


@shared_task(name="licenses.tasks.recheck_touched")
def recheck_touched() -> int:
    """New checks for applications that a changed list touches."""
    with acting_through(Origin(door="task")):
        return check.recheck_touched()
