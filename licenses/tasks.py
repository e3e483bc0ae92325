"""Work for workers: each task takes ids, re-reads, and calls one service; running one twice changes nothing (house.md 3)."""

from __future__ import annotations

from celery import shared_task

from licenses.services.bulk import jobs
from licenses.services.checks import requests
from licenses.services.checks.run import run_check
from licenses.services.review import letters, quality_reviews


@shared_task(name="licenses.tasks.check_application")
def check_application(report_id: int) -> None:
    """Do one check, if it still wants doing."""
    run_check(report_id=report_id)


@shared_task(name="licenses.tasks.requeue_checks")
def requeue_checks() -> int:
    """Tell workers of checks that wait, whose worker fell silent, or whose retry is due."""
    return requests.requeue_stale()


@shared_task(name="licenses.tasks.recheck_touched")
def recheck_touched() -> int:
    """New checks for applications that a changed list touches."""
    return requests.recheck_touched()


@shared_task(name="licenses.tasks.run_bulk_job")
def run_bulk_job(job_id: int) -> None:
    """Work through one uploaded file, if it still wants doing."""
    jobs.run_bulk(job_id=job_id)


@shared_task(name="licenses.tasks.requeue_bulk_jobs")
def requeue_bulk_jobs() -> int:
    """Tell workers of uploaded files that wait, or whose worker fell silent."""
    return jobs.requeue_bulk()


@shared_task(name="licenses.tasks.draw_quality_reviews")
def draw_quality_reviews() -> int:
    """Draw the share of the last clearances that another reviewer looks at again."""
    return len(quality_reviews.draw_quality_reviews())


@shared_task(name="licenses.tasks.tell_of_questions")
def tell_of_questions() -> int:
    """Letters about questions nobody was told of yet, and one reminder before each is due."""
    return letters.tell_everybody() + letters.remind_everybody()
