"""Writing the rows of an imported version: staged, refused, history, or the active one confirmed. Each writer is one
transaction and one event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from exportcheck.accounts.models import User
from exportcheck.audit.services import record
from exportcheck.nudge import nudge
from screening.lists.diff import Change, FieldChange, diff
from screening.lists.record import to_record
from screening.lists.types import ParsedList, RawFile, Refusal
from screening.matching.types import ListedParty
from screening.models import ControlList, ListChange, ListEntry, ListVersion, ScreenedParty
from screening.searchtext import search_text
from screening.services import content, rawfiles
from screening.services.controllists import active_of, lock_list

BATCH = 1_000
"""Rows written by one statement."""
NAME_CHARS = 600
REJECTS_KEPT = 200
"""Rejected rows kept with a version; their number is kept in full."""


@dataclass(frozen=True)
class Arrival:
    """A file as it arrived: who brought it, under which code, and why."""

    actor: User | None
    label: str
    source: str
    files: tuple[RawFile, ...] = field(repr=False)
    sample: bool
    reason: str
    format: str

    @cached_property
    def sha256(self) -> str:
        """Of the file or the set."""
        return rawfiles.sha256_of(self.files) if self.files else ""

    @property
    def file_name(self) -> str:
        """Name shown."""
        return rawfiles.name_of(self.files)


@dataclass(frozen=True, slots=True)
class Staged:
    """What an import did to one list: the line of `import_list` (docs/contract.md). `state` is staged, history, unchanged,
    refused, or active after activation."""

    list: str | None
    state: str
    version_id: int | None = None
    version: int | None = None
    entries: int = 0
    added: int = 0
    removed: int = 0
    changed: int = 0
    rejected: int = 0
    warnings: tuple[str, ...] = ()
    guard: str = ""
    detail: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The contract's object."""
        row: dict[str, Any] = {
            "list": self.list,
            "version": self.version,
            "state": self.state,
            "entries": self.entries,
            "added": self.added,
            "removed": self.removed,
            "changed": self.changed,
            "rejected": self.rejected,
            "warnings": list(self.warnings),
        }
        if self.guard:
            row |= {"guard": self.guard, "detail": self.detail}
        return row


def told(version: ListVersion, state: str, *, zero: bool = False, warnings: Sequence[str] | None = None) -> Staged:
    """The answer's line about a version; `zero` where the import changed nothing."""
    return Staged(
        list=version.control_list.code,
        state=state,
        version_id=version.pk,
        version=version.number,
        entries=version.entries,
        added=0 if zero else version.added,
        removed=0 if zero else version.removed,
        changed=0 if zero else version.changed,
        rejected=version.rejected,
        warnings=tuple(version.warnings if warnings is None else warnings),
        guard=version.guard,
        detail=version.detail,
    )


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
    row.save(update_fields=("seen_on", "confirmed_on"))
    if printed is None or row.published_on is None or printed >= row.published_on:
        ControlList.objects.filter(pk=active.control_list_id).update(checked_at=now)
    seen = (printed or now.date()).isoformat()
    _event(arrival, "list.confirmed", active, {"seen_on": seen, "confirmed_on": row.confirmed_on.isoformat()})
    return told(active, "unchanged", zero=True, warnings=parsed.warnings)


@transaction.atomic
def write_refused(arrival: Arrival, control_list: ControlList, parsed: ParsedList, refusal: Refusal) -> Staged:
    """Keep what a list guard refused: the file, the figures, the reason. What answers does not change."""
    lock_list(control_list)
    version = _new_version(arrival, control_list, parsed, state=ListVersion.State.REFUSED)
    version.guard, version.detail = refusal.guard, refusal.detail
    version.base = active_of(control_list.code)
    version.save()
    _event(arrival, "list.refused", version, {"guard": refusal.guard, "detail": refusal.detail})
    return told(version, "refused")


@transaction.atomic
def write_history(arrival: Arrival, control_list: ControlList, parsed: ParsedList, hashes: Mapping[str, str]) -> Staged:
    """Keep an older file beside the activation line: `--as-of` finds it at once, it never becomes current."""
    lock_list(control_list)
    digest = content.digest_of(hashes)
    known = ListVersion.objects.filter(
        control_list=control_list,
        state=ListVersion.State.HISTORY,
        content_digest=digest,
        published_on=parsed.published_on,
        sample=arrival.sample,
    ).select_related("control_list")
    for version in known[:1]:
        return told(version, "unchanged", zero=True, warnings=parsed.warnings)
    version = _new_version(arrival, control_list, parsed, state=ListVersion.State.HISTORY)
    version.content_digest, version.added = digest, len(parsed.entries)
    version.save()
    rows = ((entry.uid, hashes[entry.uid], to_record(entry), entry) for entry in parsed.entries)
    write_entries(rows, version, retired_in=version)
    _event(arrival, "list.history", version, {})
    return told(version, "history")


@transaction.atomic
def write_staged(
    arrival: Arrival,
    control_list: ControlList,
    parsed: ParsedList,
    hashes: Mapping[str, str],
    *,
    active: ListVersion | None,
    base: ListVersion | None,
    rows: Mapping[str, content.Row],
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
    digest = content.digest_of(hashes)
    for waiting in _same_waiting(control_list, digest, base, arrival, parsed.published_on):
        return told(waiting, "staged", warnings=parsed.warnings)
    version = _new_version(arrival, control_list, parsed, state=ListVersion.State.STAGED)
    version.base, version.content_digest, version.overridden_guard = base, digest, overridden
    if origin is not None:
        version.file_name, version.sha256, version.raw_file = origin.file_name, origin.sha256, origin.raw_file.name
        version.end_mark = origin.end_mark
        version.warnings = [*version.warnings, f"brings back the content of version {origin.number}"]
    changes = list(_changes(parsed.entries, hashes, rows, entries))
    counted = [change.kind for change in changes]
    version.added, version.removed, version.changed = (counted.count(kind) for kind in ListChange.Kind)
    if active is not None and base is None:
        version.warnings = [*version.warnings, f"replaces the sample version {active.number} ({active.entries} entries) whole"]
    version.preview_total = ScreenedParty.objects.filter(live=True).count()
    if not version.preview_total:
        version.previewed_at = timezone.now()
    version.save()
    for change in changes:
        change.version = version
    ListChange.objects.bulk_create(changes, batch_size=BATCH)
    if version.preview_total:
        nudge("screening.tasks.preview_version", version.pk)
    _event(arrival, "list.staged", version, {"base": base and base.number, "overridden": overridden})
    return told(version, "staged")


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


def _changes(
    new: Sequence[ListedParty],
    hashes: Mapping[str, str],
    rows: Mapping[str, content.Row],
    before: Mapping[str, ListedParty],
) -> Iterable[ListChange]:
    # Entries of equal hash say the same: only the others are compared field by field.
    same = {uid for uid, row in rows.items() if hashes.get(uid) == row.content_hash}
    found = diff({uid: entry for uid, entry in before.items() if uid not in same}, [e for e in new if e.uid not in same])
    for entry in found.added:
        yield _change(ListChange.Kind.ADDED, entry, hashes[entry.uid])
    for entry in found.removed:
        yield ListChange(kind=ListChange.Kind.REMOVED, uid=entry.uid, name=entry.name[:NAME_CHARS], before_id=rows[entry.uid].pk)
    for change in (*found.changed, *found.moved):
        row = _change(ListChange.Kind.CHANGED, change.after, hashes[change.uid])
        row.before_id = rows[change.before.uid].pk
        row.fields = fields_of(change)
        yield row


def _change(kind: ListChange.Kind, entry: ListedParty, digest: str) -> ListChange:
    return ListChange(kind=kind, uid=entry.uid, name=entry.name[:NAME_CHARS], content_hash=digest, record=to_record(entry))


def fields_of(change: Change) -> dict[str, list[list[str]]]:
    """Field name -> [what went, what came]; a moved entry shows its number among them."""
    details: tuple[FieldChange, ...] = change.details()
    fields = {detail.field: [list(detail.removed), list(detail.added)] for detail in details}
    if change.before.uid != change.uid:
        fields["entry number"] = [[change.before.uid], [change.uid]]
    return fields


def write_entries(
    rows: Iterable[tuple[str, str, Mapping[str, Any], ListedParty]],
    version: ListVersion,
    *,
    retired_in: ListVersion | None = None,
) -> None:
    """Interval rows introduced by a version, from (uid, content hash, record, entry)."""
    batch: list[ListEntry] = []
    for uid, digest, stored, entry in rows:
        batch.append(
            ListEntry(
                control_list_id=version.control_list_id,
                uid=uid,
                content_hash=digest,
                name=entry.name[:NAME_CHARS],
                search_text=search_text(entry),
                record=stored,
                introduced_in=version,
                retired_in=retired_in,
            )
        )
        if len(batch) == BATCH:
            ListEntry.objects.bulk_create(batch)
            batch = []
    ListEntry.objects.bulk_create(batch)


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
        raw_file=rawfiles.store(arrival.files) if arrival.files else "",
        end_mark=parsed.end_mark,
        published_on=parsed.published_on,
        published_from=parsed.published_from,
        confirmed_on=parsed.published_on,
        entries=len(parsed.entries),
        rejected=len(parsed.rejected),
        rejects=[{"line": row.line, "reason": row.reason, "text": row.text} for row in parsed.rejected[:REJECTS_KEPT]],
        warnings=list(parsed.warnings),
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
