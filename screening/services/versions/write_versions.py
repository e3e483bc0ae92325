"""Writing the rows of an imported version: staged, refused, history, or the active one confirmed. Each writer is one
transaction and one event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from exportcheck.audit.services import record
from exportcheck.queueing import enqueue_on_commit
from screening import queries
from screening.lists.entry_record import to_record
from screening.lists.types import ParsedList, Refusal, texts_of
from screening.matching.types import ListedParty
from screening.models import ControlList, ListChange, ListVersion
from screening.services.versions import raw_files, version_entries
from screening.services.versions.control_lists import active_of, lock_list
from screening.services.versions.import_report import Arrival, Staged, report_line
from screening.services.versions.version_changes import BATCH, changes_between, write_entries

REJECTS_KEPT = 200
"""Rejected rows kept with a version; their number is kept in full."""


@transaction.atomic
def confirm(arrival: Arrival, active: ListVersion, parsed: ParsedList) -> Staged:
    """The file says what the active version says: no new version, but it was checked today and holds for the file's date,
    too. A file older than the version tells since when, and nothing about today."""
    now = timezone.now()
    printed = parsed.published_on if parsed.published_from in ("option", "file") else None
    lock_list(active.control_list)
    row = ListVersion.objects.get(pk=active.pk)
    if printed is not None and printed != row.published_on:
        row.seen_on = sorted({*row.seen_on, printed.isoformat()})
    row.confirmed_on = max(filter(None, (row.confirmed_on, row.published_on, printed or now.date())), default=now.date())
    row.current_on = max(filter(None, (row.current_on, parsed.current_on)), default=None)
    row.save(update_fields=("seen_on", "confirmed_on", "current_on"))
    if printed is None or row.published_on is None or printed >= row.published_on:
        ControlList.objects.filter(pk=active.control_list_id).update(checked_at=now)
    seen = (printed or now.date()).isoformat()
    _event(arrival, "list.confirmed", active, {"seen_on": seen, "confirmed_on": row.confirmed_on.isoformat()})
    return report_line(active, "unchanged", zero=True, warnings=texts_of(parsed.warnings))


@transaction.atomic
def write_refused(arrival: Arrival, control_list: ControlList, parsed: ParsedList, refusal: Refusal) -> Staged:
    """Keep what a list guard refused: the file, the figures, the reason. What answers does not change."""
    lock_list(control_list)
    version = _new_version(arrival, control_list, parsed, state=ListVersion.State.REFUSED)
    version.guard, version.detail = refusal.guard, refusal.detail
    version.base = active_of(control_list.code)
    version.save()
    _event(arrival, "list.refused", version, {"guard": refusal.guard, "detail": refusal.detail})
    return report_line(version, "refused")


@transaction.atomic
def write_history(arrival: Arrival, control_list: ControlList, parsed: ParsedList, hashes: Mapping[str, str]) -> Staged:
    """Keep an older file beside the activation line: `--as-of` finds it at once, it never becomes current."""
    lock_list(control_list)
    digest = version_entries.digest_of(hashes)
    known = ListVersion.objects.filter(
        control_list=control_list,
        state=ListVersion.State.HISTORY,
        content_digest=digest,
        published_on=parsed.published_on,
        sample=arrival.sample,
    ).select_related("control_list")
    for version in known[:1]:
        return report_line(version, "unchanged", zero=True, warnings=texts_of(parsed.warnings))
    version = _new_version(arrival, control_list, parsed, state=ListVersion.State.HISTORY)
    version.content_digest, version.added = digest, len(parsed.entries)
    version.save()
    rows = ((entry.uid, hashes[entry.uid], to_record(entry), entry) for entry in parsed.entries)
    write_entries(rows, version, retired_in=version)
    _event(arrival, "list.history", version, {})
    return report_line(version, "history")


@transaction.atomic
def write_staged(
    arrival: Arrival,
    control_list: ControlList,
    parsed: ParsedList,
    hashes: Mapping[str, str],
    *,
    active: ListVersion | None,
    base: ListVersion | None,
    rows: Mapping[str, version_entries.StoredEntry],
    entries: Mapping[str, ListedParty],
    overridden: str = "",
    origin: ListVersion | None = None,
) -> Staged | None:
    """Stage a version with its difference to `base` (whose `rows` and `entries` are given); None when another version was
    activated meanwhile. The same content staged already is not staged twice. `origin`: the earlier version whose content
    (and file) this is."""
    lock_list(control_list)
    now_active = active_of(control_list.code)
    if (now_active and now_active.pk) != (active and active.pk):
        return None
    digest = version_entries.digest_of(hashes)
    for waiting in _same_waiting(control_list, digest, base, arrival, parsed.published_on):
        return report_line(waiting, "staged", warnings=texts_of(parsed.warnings))
    version = _new_version(arrival, control_list, parsed, state=ListVersion.State.STAGED)
    version.base, version.content_digest, version.overridden_guard = base, digest, overridden
    if origin is not None:
        version.file_name, version.sha256, version.raw_file = origin.file_name, origin.sha256, origin.raw_file.name
        version.end_mark = origin.end_mark
        version.warnings = [*version.warnings, f"brings back the content of version {origin.number}"]
    changes = list(changes_between(parsed.entries, hashes, rows, entries))
    counted = [change.kind for change in changes]
    version.added, version.removed, version.changed = (counted.count(kind) for kind in ListChange.Kind)
    if active is not None and base is None:
        version.warnings = [*version.warnings, f"replaces the sample version {active.number} ({active.entries} entries) whole"]
    version.preview_total = queries.parties_under(control_list).count()
    if not version.preview_total:
        version.previewed_at = timezone.now()
    version.save()
    for change in changes:
        change.version = version
    ListChange.objects.bulk_create(changes, batch_size=BATCH)
    if version.preview_total:
        enqueue_on_commit("screening.tasks.preview_version", version.pk)
    _event(arrival, "list.staged", version, {"base": base and base.number, "overridden": overridden})
    return report_line(version, "staged")


def _same_waiting(
    control_list: ControlList, digest: str, base: ListVersion | None, arrival: Arrival, published_on: dt.date | None
) -> Iterable[ListVersion]:
    return ListVersion.objects.filter(
        control_list=control_list,
        state=ListVersion.State.STAGED,
        content_digest=digest,
        base=base,
        sample=arrival.sample,
        published_on=published_on,
    ).select_related("control_list")[:1]


def _new_version(arrival: Arrival, control_list: ControlList, parsed: ParsedList, *, state: ListVersion.State) -> ListVersion:
    last = ListVersion.objects.filter(control_list=control_list).aggregate(last=Max("number"))["last"] or 0
    return ListVersion(
        control_list=control_list,
        number=last + 1,
        state=state,
        source=arrival.source,
        sample=arrival.sample,
        file_name=arrival.file_name,
        file_format=arrival.format,
        sha256=arrival.sha256,
        raw_file=raw_files.store(arrival.files) if arrival.files else "",
        end_mark=parsed.end_mark,
        published_on=parsed.published_on,
        published_from=parsed.published_from,
        confirmed_on=parsed.published_on,
        current_on=parsed.current_on,
        entries=len(parsed.entries),
        rejected=len(parsed.rejected),
        rejects=[{"line": row.line, "reason": row.reason, "text": row.text} for row in parsed.rejected[:REJECTS_KEPT]],
        warnings=list(texts_of(parsed.warnings)),
        staged_by=arrival.actor,
        staged_label=arrival.label,
        stage_reason=arrival.reason,
    )


def _event(arrival: Arrival, action: str, version: ListVersion, body: Mapping[str, Any]) -> None:
    code = version.control_list.code
    record(
        actor=arrival.actor,
        actor_label=arrival.label,
        action=action,
        subject=f"list:{code}",
        body={
            "list": code,
            "version": version.number,
            "file": arrival.file_name,
            "sha256": arrival.sha256,
            "published_on": version.published_on and version.published_on.isoformat(),
            "entries": version.entries,
            "added": version.added,
            "removed": version.removed,
            "changed": version.changed,
            "rejected": version.rejected,
            "sample": version.sample,
            "reason": arrival.reason,
            **body,
        },
    )
