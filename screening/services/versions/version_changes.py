"""Rows of what changes from one version to the next, and of the entries a version introduces."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from screening.lists.diff import Change, FieldChange, diff
from screening.lists.entry_record import to_record
from screening.lists.search_text import search_text
from screening.matching.types import ListedParty
from screening.models import ListChange, ListEntry, ListVersion
from screening.services.versions import version_entries

BATCH = 1_000
"""Rows written by one statement."""
NAME_CHARS = 600


def changes_between(
    new: Sequence[ListedParty],
    hashes: Mapping[str, str],
    rows: Mapping[str, version_entries.StoredEntry],
    before: Mapping[str, ListedParty],
) -> Iterable[ListChange]:
    """Added, removed and changed entries of `new` against the `rows` and entries before; unsaved, without their version."""
    # Entries of equal hash say the same: only the others are compared field by field.
    same = {uid for uid, row in rows.items() if hashes.get(uid) == row.content_hash}
    difference = diff({uid: entry for uid, entry in before.items() if uid not in same}, [e for e in new if e.uid not in same])
    for entry in difference.added:
        yield _change(ListChange.Kind.ADDED, entry, hashes[entry.uid])
    for entry in difference.removed:
        yield ListChange(kind=ListChange.Kind.REMOVED, uid=entry.uid, name=entry.name[:NAME_CHARS], before_id=rows[entry.uid].pk)
    for change in (*difference.changed, *difference.moved):
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
