"""Work that waits as a row: each task takes an id, asks whether it is still needed by leasing it, and calls one service."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from exportcheck.queueing import enqueue_on_commit
from screening import queries
from screening.services.activation.fetch import due, fetch_source
from screening.services.activation.impact_preview import compute_preview
from screening.services.matches.clearances import reopen_expired
from screening.services.screening.engine_change import engine_change, rescreen_for_engine
from screening.services.screening.rescreen import rescreen


@shared_task
def rescreen_version(version_id: int) -> None:
    """Screen the live parties against the changes of one active version."""
    rescreen(version_id=version_id)


@shared_task
def preview_version(version_id: int) -> None:
    """Foresee what activating one staged version would change."""
    compute_preview(version_id=version_id)


@shared_task
def rescreen_due() -> None:
    """Beat: offer every active version whose parties still wait."""
    for version_id in queries.rescreen_due().order_by("activated_at").values_list("pk", flat=True):
        enqueue_on_commit("screening.tasks.rescreen_version", version_id)


@shared_task
def rescreen_engine() -> None:
    """Screen the parties that no engine of today's major version has screened."""
    rescreen_for_engine()


@shared_task
def engine_due() -> None:
    """Beat: offer the parties that wait for today's engine."""
    if engine_change() is not None:
        enqueue_on_commit(rescreen_engine)


@shared_task
def preview_due() -> None:
    """Beat: offer every staged version without an impact preview."""
    for version_id in queries.preview_due().values_list("pk", flat=True):
        enqueue_on_commit("screening.tasks.preview_version", version_id)


@shared_task
def clearances_due() -> None:
    """Beat: reopen what a clearance settled that has expired."""
    reopen_expired()


@shared_task
def fetch_due() -> None:
    """Beat: ask the publishers whose turn it is."""
    for code in due(timezone.now()):
        enqueue_on_commit("screening.tasks.fetch_list_source", code)


@shared_task
def fetch_list_source(code: str) -> None:
    """Ask one publisher; what is new is staged."""
    fetch_source(code=code)
