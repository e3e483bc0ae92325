"""What a version says: its entries, whether it already answers or is only staged."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from screening import queries
from screening.lists.diff import content_hash
from screening.lists.entry_record import from_record
from screening.matching.types import ListedParty
from screening.models import ListChange, ListEntry, ListVersion

CHUNK = 2_000
"""Rows read from the database at once."""


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """One stored entry: primary key, content hash, and its record (screening.lists.entry_record)."""

    pk: int
    content_hash: str
    record: Mapping[str, Any]

    @property
    def entry(self) -> ListedParty:
        """The entry itself."""
        return from_record(self.record)


def listed_party(row: ListEntry) -> ListedParty:
    """The entry that a stored row holds."""
    return from_record(row.record)


def hashes_of(entries: Iterable[ListedParty]) -> dict[str, str]:
    """uid -> content hash."""
    return {entry.uid: content_hash(entry) for entry in entries}


def digest_of(hashes: Mapping[str, str]) -> str:
    """SHA-256 over the sorted uids and content hashes of a version."""
    digest = hashlib.sha256()
    for uid in sorted(hashes):
        digest.update(f"{uid}\t{hashes[uid]}\n".encode())
    return digest.hexdigest()


def rows_of(version: ListVersion | None) -> dict[str, StoredEntry]:
    """Rows of a version that ever answered, by uid; none of None."""
    if version is None:
        return {}
    rows = queries.entries_of(version).values_list("uid", "pk", "content_hash", "record").order_by()
    return {uid: StoredEntry(pk, digest, record) for uid, pk, digest, record in rows.iterator(chunk_size=CHUNK)}


def entries_of(version: ListVersion) -> Iterator[ListedParty]:
    """Entries of a version in uid order: of one that ever answered from its rows, of a staged one from its base and its
    changes."""
    if version.state in queries.EVER_ANSWERED:
        rows = queries.entries_of(version).order_by("uid", "pk").values_list("record", flat=True)
        return map(from_record, rows.iterator(chunk_size=CHUNK))
    return iter(_staged_entries(version))


def _staged_entries(version: ListVersion) -> list[ListedParty]:
    changes = ListChange.objects.filter(version=version).order_by()
    replaced = set(changes.filter(before__isnull=False).values_list("before_id", flat=True))
    kept = [row.entry for row in rows_of(version.base).values() if row.pk not in replaced]
    arriving = (entry for _, _, _, entry in arriving_in(version))
    return sorted([*kept, *arriving], key=lambda entry: entry.uid)


def arriving_in(version: ListVersion) -> Iterator[tuple[str, str, Mapping[str, Any], ListedParty]]:
    """Entries that a staged version adds or changes: (uid, content hash, record, entry), in uid order."""
    rows = ListChange.objects.filter(version=version, record__isnull=False).order_by("uid")
    for uid, digest, stored in rows.values_list("uid", "content_hash", "record").iterator(chunk_size=CHUNK):
        if stored is not None:
            yield uid, digest, stored, from_record(stored)
