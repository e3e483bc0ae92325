"""Jobs of many rows: taken in with a look at the file, leased by one worker, done to the end or not at all.

The row of the job is the truth; a message only nudges. A job whose worker was killed is done by the next: screening parties
writes nothing before its end, and starts over; drafting applications commits in small parts with what it made, and goes on.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

import structlog
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from exportcheck.accounts.models import User
from exportcheck.audit.services import record
from exportcheck.errors import Refused
from exportcheck.leases import Lease, LeaseLost, lease
from exportcheck.queueing import enqueue_on_commit
from licenses.models import BulkJob
from licenses.queries.library import due_bulk_jobs, made_applications
from licenses.services.bulk.rows import COLUMNS, EXAMPLES, Draft, drafts_of, party_of
from licenses.services.bulk.table import MAX_BYTES, BulkRow, RowError, read_rows, write_csv, write_xlsx
from licenses.services.checks.requests import submit_for_check
from licenses.services.drafting.applications import import_application
from licenses.services.library.address_book import own_organization
from screening import queries
from screening.matching.types import Party, Screening
from screening.models import ScreeningRun
from screening.services.parties.snapshot import Snapshot
from screening.services.parties.snapshot import current as current_snapshot
from screening.services.screening.screen import screened_sequence, start_run, verdict_of

log = structlog.get_logger(__name__)
Kind, Mode, State = BulkJob.Kind, BulkJob.Mode, BulkJob.State
TASK = "licenses.tasks.run_bulk_job"
SCREENED_AT_ONCE = 50
"""Parties screened between two renewals of the lease; about half a second on full lists."""
DRAFTED_AT_ONCE = 20
"""Applications of one transaction: short enough that nobody else waits long for the database."""
MAX_ATTEMPTS = 5
MAX_ERRORS = 1_000
"""Errors kept on the row and shown; the result file has the same."""
PARTY_RESULT = (
    "row", "reference", "name", "country", "verdict", "hits", "list", "listed_name", "matched_name", "score", "band", "why_not",
    "lists", "engine", "screened_at",
)  # fmt: skip
DRAFT_RESULT = ("row", "application", "reference", "parties", "items", "result")
ERROR_RESULT = ("row", "column", "error")
_UNSAFE = re.compile(r"[^\w.() -]+")


def template(kind: str, ending: str) -> bytes:
    """The template of a kind of job, "csv" or "xlsx", with rows that show how it is filled."""
    header = COLUMNS[kind]
    lines = [[row.get(column, "") for column in header] for row in EXAMPLES[kind]]
    return write_xlsx(header, lines, str(Kind(kind).label)) if ending == "xlsx" else write_csv(header, lines)


@transaction.atomic
def start_bulk(*, actor: User, kind: str, mode: str, upload: UploadedFile[bytes], checks: bool = False) -> BulkJob:
    """Take a file in for a worker. `checks`: each application is checked as soon as it is drafted.

    Raises Refused: "not_allowed"; "invalid" for a file whose header or form cannot be read, with nothing kept."""
    organization = own_organization(actor)
    if kind not in Kind.values or mode not in Mode.values:
        raise Refused("invalid", "Choose what the rows are, and what happens to rows that cannot be used.")
    if (upload.size or 0) > MAX_BYTES:
        raise Refused("invalid", f"The file has {upload.size:,} bytes; {MAX_BYTES:,} at most. Split it.")
    content = upload.read()
    name = _UNSAFE.sub("_", PurePath(upload.name or "rows").name)[-150:]
    rows = read_rows(content, name, COLUMNS[kind])
    job = BulkJob(
        organization=organization,
        created_by=actor,
        kind=kind,
        mode=mode,
        checks=checks and kind == Kind.APPLICATIONS,
        name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        rows_total=len(rows),
    )
    job.file.save(f"{job.sha256[:16]}{PurePath(name).suffix.lower()}", ContentFile(content), save=False)
    job.save()
    _record(
        job,
        actor,
        "bulk.started",
        {"kind": kind, "mode": mode, "checks": job.checks, "rows": len(rows), "sha256": job.sha256, "name": name},
    )
    enqueue_on_commit(TASK, job.pk)
    return job


def requeue_bulk() -> int:
    """Nudge workers to the jobs that wait or whose worker fell silent; returns how many."""
    due = list(due_bulk_jobs().values_list("pk", flat=True))
    for pk in due:
        enqueue_on_commit(TASK, pk)
    return len(due)


def run_bulk(*, job_id: int) -> None:
    """Do one job, if it still wants doing. Running it twice, at once or after another, changes nothing."""
    held = _lease(job_id)
    if held is None:
        return
    try:
        if held.row.attempts > MAX_ATTEMPTS:
            raise RuntimeError(f"given up after {MAX_ATTEMPTS} workers ended in the middle of it")
        with held.row.file.open("rb") as file:
            rows = read_rows(file.read(), held.row.name, COLUMNS[held.row.kind])
        if held.row.kind == Kind.PARTIES:
            _screen_all(held, rows)
        else:
            _draft_all(held, rows)
    except LeaseLost:
        log.info("bulk_lease_lost", job=job_id)
    except Exception as error:
        # Whatever it was, the row must say that there is no result; the worker then logs the error as a failed task.
        _fail(held, error)
        raise


def _lease(job_id: int) -> Lease[BulkJob] | None:
    unfinished = BulkJob.objects.filter(pk=job_id, state__in=BulkJob.UNFINISHED)
    return lease(unfinished, related=("organization", "created_by"), state=State.RUNNING, attempts=F("attempts") + 1)


def _screen_all(held: Lease[BulkJob], rows: Sequence[BulkRow]) -> None:
    read = [(row, party_of(row)) for row in rows]
    errors = [found for _, found in read if isinstance(found, RowError)]
    if errors and held.row.mode == Mode.ALL:
        _finish(held, State.REFUSED, errors, ERROR_RESULT, [(error.row, error.column, error.text) for error in errors])
        return
    good = [(row, found) for row, found in read if isinstance(found, Party)]
    snapshot, engine, at = current_snapshot(held.row.organization_id), str(queries.standing()["engine"]), timezone.now()
    lines: list[Sequence[object]] = []
    verdicts: Counter[str] = Counter()
    for start in range(0, len(good), SCREENED_AT_ONCE):
        part = good[start : start + SCREENED_AT_ONCE]
        for (row, _), screening in zip(part, screened_sequence([party for _, party in part], snapshot), strict=True):
            line = party_line(row, screening, snapshot, engine, at)
            verdicts[str(line[4])] += 1
            lines.append(line)
        held.renew(rows_done=start + len(part))
    lines += [
        (error.row, "", "", "", "error", "", "", "", "", "", "", f"{error.column} {error.text}".strip()) for error in errors
    ]
    _finish(held, State.DONE, errors, PARTY_RESULT, sorted(lines, key=lambda line: int(str(line[0]))), snapshot, dict(verdicts))


def party_line(row: BulkRow, screening: Screening, snapshot: Snapshot, engine: str, at: dt.datetime) -> Sequence[object]:
    """One line of the result: the verdict, the best hit, and what it rests on."""
    verdict, why_not = verdict_of(screening, snapshot)
    best = screening.hits[0] if screening.hits else None
    lists = "; ".join(f"{code} {number}" for code, number in sorted(snapshot.numbers.items())) or "none"
    cells = row.cells
    said = (
        (best.entry.list, best.entry.name, best.matched_name, f"{best.score:.1f}", str(best.band))
        if best
        else ("", "", "", "", "")
    )
    return (
        row.number, cells.get("reference", ""), cells.get("name", ""), cells.get("country", ""), str(verdict),
        len(screening.hits), *said, why_not, lists, engine, at.isoformat(timespec="seconds"),
    )  # fmt: skip


def _draft_all(held: Lease[BulkJob], rows: Sequence[BulkRow]) -> None:
    drafts, errors = drafts_of(rows)
    if errors and held.row.mode == Mode.ALL:
        _finish(held, State.REFUSED, errors, ERROR_RESULT, [(error.row, error.column, error.text) for error in errors])
        return
    made: list[list[Any]] = list(held.row.made)
    known = {name for name, *_ in made}
    left = [draft for draft in drafts if draft.name not in known]
    used = sum(_rows_in(draft) for draft in drafts if draft.name in known)
    for start in range(0, len(left), DRAFTED_AT_ONCE):
        part = left[start : start + DRAFTED_AT_ONCE]
        with transaction.atomic():
            made += [_drafted(held.row, draft) for draft in part]
            used += sum(map(_rows_in, part))
            held.renew(rows_done=used, made=made)
    lines: list[Sequence[object]] = [
        (row, name, reference, parties, items, "drafted, check asked for" if held.row.checks else "drafted")
        for name, reference, row, parties, items in made
    ]
    lines += [(error.row, "", "", "", "", f"{error.column} {error.text}".strip()) for error in errors]
    lines.sort(key=lambda line: int(str(line[0])))
    _finish(held, State.DONE, errors, DRAFT_RESULT, lines, counts={"drafted": len(made)})


def _drafted(job: BulkJob, draft: Draft) -> list[Any]:
    application = import_application(actor=job.created_by, line=draft.line)
    if job.checks:
        submit_for_check(actor=job.created_by, application_id=application.pk)
    return [draft.name, application.reference, draft.row, len(draft.line["parties"]), len(draft.line["items"])]


def _rows_in(draft: Draft) -> int:
    return len(draft.line["parties"]) + len(draft.line["items"]) + 1


def result_now(job: BulkJob) -> bytes:
    """The result file; of applications with where each stands by now, since its check ends later than the file's work."""
    with job.result.open("rb") as file:
        stored: bytes = file.read()
    if job.kind != Kind.APPLICATIONS or job.state != State.DONE:
        return stored
    header, *lines = csv.reader(io.StringIO(stored.decode("utf-8-sig"), newline=""))
    found = {row.reference: (row.get_state_display(), row.outcome) for row in made_applications(job)}
    place = header.index("reference")
    return write_csv([*header, "state", "outcome"], [[*line, *found.get(line[place], ("", ""))] for line in lines])


@transaction.atomic
def _finish(
    held: Lease[BulkJob],
    state: str,
    errors: Sequence[RowError],
    header: Sequence[str],
    lines: Sequence[Sequence[object]],
    snapshot: Snapshot | None = None,
    counts: Mapping[str, int] | None = None,
) -> None:
    job = held.row
    job.result.save(f"{job.sha256[:16]}-result.csv", ContentFile(write_csv(header, lines)), save=False)
    held.release(
        state=state,
        finished_at=timezone.now(),
        result=job.result.name,
        rows_bad=len({error.row for error in errors}),
        rows_done=job.rows_total if state == State.DONE else 0,
        errors=[error.as_dict() for error in errors[:MAX_ERRORS]],
        counts=dict(counts or {}),
    )
    body: dict[str, object] = {"state": str(state), "errors": len(errors), "counts": dict(counts or {}), "sha256": job.sha256}
    if snapshot is not None:
        run = start_run(kind=ScreeningRun.Kind.NAME, organization=job.organization, snapshot=snapshot)
        body |= {"run": run.pk, "lists": snapshot.numbers, "engine": run.engine}
    _record(job, job.created_by, "bulk.finished", body)


@transaction.atomic
def _fail(held: Lease[BulkJob], error: Exception) -> None:
    words = f"{type(error).__name__}: {error}"[:500]
    try:
        held.release(state=State.FAILED, finished_at=timezone.now(), error=words)
    except LeaseLost:
        return
    _record(held.row, None, "bulk.failed", {"error": words, "attempt": held.row.attempts})


def _record(job: BulkJob, actor: User | None, action: str, body: Mapping[str, object]) -> None:
    record(actor=actor, action=action, subject=f"bulk:{job.pk}", organization=job.organization, body=dict(body))
