"""What `bench_bulk` measures: a file of many rows the whole way (file, rows, screening or drafting, result file)."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import override_settings

from exportcheck.accounts.models import User
from licenses.benchmarks.invented_rows import applications, parties
from licenses.models import BulkJob
from licenses.services.bulk.jobs import run_bulk, start_bulk
from licenses.services.bulk.rows import COLUMNS
from licenses.services.bulk.table import write_csv

KINDS = {"parties": parties, "applications": applications}
"""Kinds of files, and what makes so many rows of them."""


@dataclass(frozen=True, slots=True)
class BulkFigures:
    """Rows taken, the job's state and counts, seconds until the file was taken in and until all was done."""

    rows: int
    state: str
    counts: Mapping[str, int]
    taken_in: float
    seconds: float


def bulk_file(actor: User, kind: str, rows: int) -> BulkFigures:
    """One file, inside a transaction that is rolled back, its files in a folder that is taken away."""
    header = COLUMNS[kind]
    content = write_csv(header, ([line.get(name, "") for name in header] for line in KINDS[kind](rows)))
    with _own_folder(), transaction.atomic():
        began = time.perf_counter()
        job = start_bulk(actor=actor, kind=kind, mode="all", upload=SimpleUploadedFile("bench.csv", content))
        taken_in = time.perf_counter() - began
        run_bulk(job_id=job.pk)
        seconds = time.perf_counter() - began
        job = BulkJob.objects.get(pk=job.pk)
        transaction.set_rollback(True)
    return BulkFigures(job.rows_total, job.state, dict(job.counts), taken_in, seconds)


@contextmanager
def _own_folder() -> Iterator[None]:
    folder = tempfile.mkdtemp(prefix="bench-bulk-")
    try:
        with override_settings(MEDIA_ROOT=Path(folder)):
            yield
    finally:
        shutil.rmtree(folder)
