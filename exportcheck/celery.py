"""The Celery application and the schedule of beat: beat looks for rows with work to do, messages are only nudges."""

from __future__ import annotations

import os
from typing import Any

from celery import Celery, Task
from celery.schedules import crontab
from celery.signals import setup_logging
from django_structlog.celery.steps import DjangoStructLogInitStep

from exportcheck.audit.context import Origin, acting_through

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "exportcheck.settings")


class RecordedTask(Task):
    """A task whose audit events say that they came through a task, and through which."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:  # Any: Celery's own signature
        with acting_through(Origin(door="task", client=self.name)):
            return super().__call__(*args, **kwargs)


app = Celery("exportcheck", task_cls=RecordedTask)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.steps["worker"].add(DjangoStructLogInitStep)
app.autodiscover_tasks()
app.conf.beat_schedule = {
    "licenses-unfinished-checks": {"task": "licenses.tasks.requeue_checks", "schedule": 15.0},
    "licenses-touched-by-lists": {"task": "licenses.tasks.recheck_touched", "schedule": 30.0},
    "licenses-bulk-jobs": {"task": "licenses.tasks.requeue_bulk_jobs", "schedule": 15.0},
    "licenses-letters": {"task": "licenses.tasks.tell_of_questions", "schedule": 30.0},
    "licenses-quality": {"task": "licenses.tasks.draw_quality_reviews", "schedule": crontab(hour=0, minute=20)},
    "screening-rescreen": {"task": "screening.tasks.rescreen_due", "schedule": 15.0},
    "screening-engine": {"task": "screening.tasks.engine_due", "schedule": 60.0},
    "screening-impact": {"task": "screening.tasks.preview_due", "schedule": 20.0},
    "screening-fetch": {"task": "screening.tasks.fetch_due", "schedule": 900.0},
    "screening-clearances": {"task": "screening.tasks.clearances_due", "schedule": 300.0},
    "audit-provable": {"task": "exportcheck.tasks.keep_audit_provable", "schedule": crontab(hour=0, minute=10)},
}


@setup_logging.connect
def keep_our_logging(**_: Any) -> None:
    """Celery leaves the logging that Django's settings made (one log stream for web, worker and beat)."""
