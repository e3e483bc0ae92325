"""What `bench_rescreen` measures: workers that share the rescreening of every stored party against a list that changed.

For a temporary database: lists are staged and activated as an operator does it, and worker processes are started and killed.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.process import BaseProcess

from django.conf import settings
from django.db import connection, connections
from django.db.models import Count
from django.test.utils import override_settings

from screening import queries
from screening.matching.types import ListedParty
from screening.models import ListVersion, Match
from screening.services.activation.activate import activate_version
from screening.services.screening.rescreen import rescreen
from screening.services.versions import version_entries
from screening.services.versions.stage import stage_list_version

from .lists import CODE, Measured

POLL_SECONDS = 1.0
LEASE_SECONDS = 5
"""With a worker killed: how long a part stays with a worker that says nothing; CLAIM_EXPIRES_SECONDS in service."""
KILLED_AFTER = 1 / 3
"""Share of the parties after which a worker is killed."""


class NothingToMeasureError(RuntimeError):
    """There is nothing to measure with, or the list was not taken; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class RescreenProgress:
    """So many seconds after the start: parties done of all, and whether a worker was killed just now."""

    seconds: float
    done: int
    total: int
    killed: bool


@dataclass(frozen=True, slots=True)
class RescreenFigures:
    """Parties against entries; seconds by the clock from the first worker to the last part, CPU seconds of all workers; matches
    that stand, that ended, and that were made twice (which must be none)."""

    parties: int
    entries: int
    elapsed: float
    cpu: float
    standing: int
    ended: int
    twice: int


def listed_here() -> list[ListedParty]:
    """Entries of the active lists of this installation. Raises NothingToMeasureError, which says how to get some."""
    how = "`make demo` does it with the sample list; or manage.py migrate, and import_list CSL FILE --activate --reason TEXT"
    if ListVersion._meta.db_table not in connection.introspection.table_names():
        raise NothingToMeasureError(
            f"The database of this installation has no tables; it is read for the names of listed parties. {how}"
        )
    real = [entry for version in queries.active_versions() for entry in version_entries.entries_of(version)]
    if not real:
        raise NothingToMeasureError(f"No list is active here; its names are what is measured with. {how}")
    return real


def activate(measured: Measured) -> ListVersion:
    """Import and activate as the operator does. Raises NothingToMeasureError."""
    report = stage_list_version(
        actor=None,
        actor_label="bench",
        code=CODE,
        files=(measured.file,),
        format="custom_csv",
        published_on=measured.published_on,
        history=False,
    )
    (staged,) = report.lists
    if staged.version_id is None or staged.state != "staged":
        raise NothingToMeasureError(f"the invented list was not staged: {staged.guard} {staged.detail}")
    return activate_version(actor=None, actor_label="bench", version_id=staged.version_id, reason="measured")


def rescreened(
    version: ListVersion, *, workers: int, kill: bool, on_progress: Callable[[RescreenProgress], None]
) -> RescreenFigures:
    """Rescreen against the version with so many workers; `kill` ends one in the middle, and another finishes its part."""
    with override_settings(CLAIM_EXPIRES_SECONDS=LEASE_SECONDS if kill else settings.CLAIM_EXPIRES_SECONDS):
        started, used = time.monotonic(), _cpu_of_children()
        running = [_worker(version.pk) for _ in range(workers)]
        while version.rescreened_at is None:
            time.sleep(POLL_SECONDS)
            progress = queries.progress_of(version)
            killed = kill and bool(running) and progress["done"] > progress["total"] * KILLED_AFTER
            if killed:
                os.kill(running[0].pid or 0, signal.SIGKILL)
                kill = False
            on_progress(RescreenProgress(time.monotonic() - started, progress["done"], progress["total"], killed))
            version.refresh_from_db()
            running = [worker for worker in running if worker.is_alive()]
            # What beat does in service: parts whose worker died are offered again.
            running += [_worker(version.pk) for _ in range(workers - len(running)) if _waits(version)]
        elapsed = time.monotonic() - started
        for worker in running:
            worker.join()
    return _figures(version, elapsed, _cpu_of_children() - used)


def _figures(version: ListVersion, elapsed: float, cpu: float) -> RescreenFigures:
    standing = Match.objects.filter(gone_at__isnull=True)
    return RescreenFigures(
        parties=queries.progress_of(version)["total"],
        entries=version.added + version.changed,
        elapsed=elapsed,
        cpu=cpu,
        standing=standing.count(),
        ended=Match.objects.filter(gone_at__isnull=False).count(),
        twice=standing.values("party", "entry__uid").annotate(times=Count("pk")).filter(times__gt=1).count(),
    )


def _waits(version: ListVersion) -> bool:
    return queries.free_parts().filter(version=version.pk).exists()


def _worker(version_id: int) -> BaseProcess:
    """A process that does what the task does, in this database."""
    connections.close_all()
    process = multiprocessing.get_context("fork").Process(target=rescreen, kwargs={"version_id": version_id})
    process.start()
    return process


def _cpu_of_children() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime
