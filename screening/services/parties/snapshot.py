"""The searchable form of a set of list versions: built once, kept on disk, opened by every process, named in every answer.

A snapshot is addressed by what it holds (list codes, version numbers, digests of content, engine version), so a stale one
can never be taken for another set, and several processes share one copy.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import hashlib
import os
import shutil
import time
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import RLock

import structlog
from django.conf import settings

from exportcheck.errors import Refused
from screening import queries
from screening.matching.engine import ENGINE_VERSION
from screening.matching.index import index as matching
from screening.matching.index.storage import FORMAT, SnapshotError
from screening.matching.text.normalize import NORMALIZER_VERSION
from screening.models import ListVersion
from screening.services.versions import version_entries

log = structlog.get_logger(__name__)

KEPT_IN_MEMORY = 3
"""Snapshots a process keeps open: the active set and the last historic ones."""
KEPT_ON_DISK = 5
"""Snapshots kept besides the active one, newest use first; older ones are built again when asked for."""
PRUNED_AFTER_SECONDS = 600
"""A snapshot used within this time is never removed: another process may be about to open it."""


@dataclass(frozen=True, slots=True)
class VersionRef:
    """A list version that answers: list code, version number and row, publication date, number of entries, whether it is
    the sample, state of the version (ACTIVE, RETIRED, HISTORY), the last day of which the publisher is known to have said
    this. `effect`: what a hit means, as chosen when a custom list was set
    up (info, warning, blocking); "" for a publisher's list, whose effect is law."""

    list: str
    version: int
    version_id: int
    published_on: dt.date | None
    entries: int
    sample: bool
    state: str
    current_on: dt.date | None = None
    digest: str = field(default="", repr=False)
    organization_id: int | None = None
    effect: str = ""

    def as_dict(self) -> dict[str, object]:
        """The contract's object in `lists`."""
        published = None if self.published_on is None else self.published_on.isoformat()
        row: dict[str, object] = {
            "list": self.list,
            "version": self.version,
            "published_on": published,
            "entries": self.entries,
        }
        if self.sample:
            row["sample"] = True
        return row


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A set of list versions ready to be searched. `as_of` is the day asked for (None = now); `missing` names required
    lists that existed on that day but have no version that old, with the reason. `only`: codes of the lists that may answer
    when the index holds lists of other organizations, too (None = all of it may); `versions` names no other."""

    index: matching.Index
    versions: tuple[VersionRef, ...]
    as_of: dt.date | None = None
    missing: tuple[tuple[str, str], ...] = ()
    only: frozenset[str] | None = None

    @property
    def numbers(self) -> dict[str, int]:
        """List code -> version number, as a report stores it."""
        return {ref.list: ref.version for ref in self.versions}


_open: OrderedDict[str, matching.Index] = OrderedDict()
_lock = RLock()


def current(organization_id: int | None = None) -> Snapshot:
    """The active set as an organization is screened against it (None: without anybody's own lists), verified by one small
    query; what this process has open is used when it is that set."""
    return _seen_by(organization_id, _snapshot(queries.active_versions()))


def at(as_of: dt.date, organization_id: int | None = None) -> Snapshot:
    """For each list the version in force on a day (docs/contract.md, `--as-of`), as an organization is screened."""
    versions = queries.versions_on(as_of)
    have = {version.control_list.code for version in versions}
    missing = tuple(
        (control_list.code, f"no version published on or before {as_of.isoformat()} was ever imported")
        for control_list in queries.required_lists_published_by(as_of, organization_id)
        if control_list.code not in have
    )
    return _seen_by(organization_id, _snapshot(versions, as_of=as_of, missing=missing))


def _seen_by(organization_id: int | None, whole: Snapshot) -> Snapshot:
    """One index serves every organization: lists of others are masked, and not named."""
    seen = tuple(ref for ref in whole.versions if ref.organization_id in (None, organization_id))
    if len(seen) == len(whole.versions):
        return whole
    return replace(whole, versions=seen, only=frozenset(ref.list for ref in seen))


def of(versions: Mapping[str, int]) -> Snapshot:
    """The versions a report names (list code -> number). Raises Refused("invalid") naming the first that is not here."""
    found = queries.versions_numbered(dict(versions))
    have = {version.control_list.code for version in found}
    for code in sorted(set(versions) - have):
        raise Refused("invalid", f"{code} version {versions[code]} is not in this installation; its answer cannot be replayed.")
    return _snapshot(found)


def prepare(versions: Sequence[ListVersion]) -> Snapshot:
    """Build (or open) the snapshot of versions of which some may only be staged: what activation does first."""
    return _snapshot(versions)


def close_all() -> None:
    """Forget what this process has open (tests, and a worker that wants its memory back)."""
    with _lock:
        _open.clear()


def _snapshot(
    versions: Iterable[ListVersion], *, as_of: dt.date | None = None, missing: tuple[tuple[str, str], ...] = ()
) -> Snapshot:
    rows = sorted(versions, key=lambda version: version.control_list.code)
    refs = tuple(ref_of(version) for version in rows)
    return Snapshot(_index(refs, rows), refs, as_of, missing)


def ref_of(version: ListVersion) -> VersionRef:
    """What an answer says of a version."""
    return VersionRef(
        list=version.control_list.code,
        version=version.number,
        version_id=version.pk,
        published_on=version.published_on,
        entries=version.entries,
        sample=version.sample,
        state=version.state,
        current_on=version.current_on,
        digest=version.content_digest,
        organization_id=version.control_list.organization_id,
        effect=version.control_list.effect if version.control_list.custom else "",
    )


def key_of(refs: Sequence[VersionRef]) -> str:
    """Name of the folder of a snapshot."""
    digest = hashlib.sha256(f"engine {ENGINE_VERSION} normalizer {NORMALIZER_VERSION} format {FORMAT}\n".encode())
    for ref in refs:
        digest.update(f"{ref.list}\t{ref.version}\t{ref.digest}\n".encode())
    return digest.hexdigest()[:32]


def _index(refs: tuple[VersionRef, ...], versions: Sequence[ListVersion]) -> matching.Index:
    key = key_of(refs)
    with _lock:
        found = _open.get(key)
        if found is None:
            found = _load(key)
            if found is None:  # an index of no entries is false, too
                found = _build(key, versions)
            _open[key] = found
            while len(_open) > KEPT_IN_MEMORY:
                _open.popitem(last=False)
        _open.move_to_end(key)
        return found


def _root() -> Path:
    return Path(settings.VAR_DIR) / "snapshots"


def _load(key: str) -> matching.Index | None:
    folder = _root() / key
    if not folder.is_dir():
        return None
    try:
        found = matching.load(folder)
        os.utime(folder)
    except (SnapshotError, OSError) as error:
        # A damaged or vanished snapshot is only a cache of the rows: build it again.
        log.warning("snapshot_unreadable", key=key, error=str(error))
        shutil.rmtree(folder, ignore_errors=True)
        return None
    return found


def _build(key: str, versions: Sequence[ListVersion]) -> matching.Index:
    root = _root()
    root.mkdir(parents=True, exist_ok=True)
    with _building(root / f"{key}.lock"):
        found = _load(key)  # another process may have built it meanwhile
        if found is not None:
            return found
        started = time.monotonic()
        # `save` puts the folder in its place whole or not at all.
        matching.save(matching.build(entry for version in versions for entry in version_entries.entries_of(version)), root / key)
        log.info("snapshot_built", key=key, lists=len(versions), seconds=round(time.monotonic() - started, 2))
    _prune(root, keep=key)
    return matching.load(root / key)


@contextmanager
def _building(path: Path) -> Iterator[None]:
    """One process builds a snapshot, the others wait for it."""
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _prune(root: Path, *, keep: str) -> None:
    """Remove snapshots beyond the newest few and what a killed builder left, unless touched a moment ago."""
    before = time.time() - PRUNED_AFTER_SECONDS
    folders = sorted(((folder.stat().st_mtime, folder) for folder in root.iterdir() if folder.is_dir()), reverse=True)
    spare = [(stamp, folder) for stamp, folder in folders if folder.name != keep and not folder.name.startswith(".")]
    unfinished = [(stamp, folder) for stamp, folder in folders if folder.name.startswith(".")]
    for stamp, folder in (*spare[KEPT_ON_DISK:], *unfinished):
        if stamp < before:
            shutil.rmtree(folder, ignore_errors=True)
            (root / f"{folder.name}.lock").unlink(missing_ok=True)
