"""A segment on disk: one .npy file an array and a manifest with versions and digests, swapped in atomically."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path

import numpy as np

from screening.matching.text.frequencies import TABLES
from screening.matching.text.normalize import NORMALIZER_VERSION

from .segment import Array, Segment

FORMAT = 5
"""Layout of the files; another layout is rebuilt, never read."""
_MANIFEST = "manifest.json"
_BLOCK = 1 << 20
_ROOM = Path(__file__).resolve().parent.parent
ASKS_ONLY = frozenset(
    "address_match adjustments align blocking engine explanation judge nearest penalties policy query_names read_party score "
    "score_pair slips weights".split()
)
"""Folders and modules of the room that read a snapshot, or compare what it holds, and leave no trace in it."""


class SnapshotError(RuntimeError):
    """The snapshot cannot be used; the text says why. Rebuild it from the lists."""


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


@lru_cache(maxsize=1)
def _versions() -> dict[str, str | int]:
    """What a snapshot depends on. Words are stored with their weights, sounds and meanings, so any change of the code that
    reads names makes another snapshot, whether somebody remembered to raise a version or not."""
    code = hashlib.sha256()
    for path in sorted(_ROOM.rglob("*.py")):
        name = path.relative_to(_ROOM)
        if not ASKS_ONLY.intersection(name.with_suffix("").parts):
            code.update(name.as_posix().encode() + path.read_bytes())
    return {
        "format": FORMAT,
        "normalizer": NORMALIZER_VERSION,
        "frequencies": "".join(_digest(path)[:16] for path in TABLES),
        "code": code.hexdigest(),
    }


def write_segment(segment: Segment, folder: Path) -> str:
    """Write beside the old snapshot and put it in its place; gives its stamp."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    files: dict[str, str] = {}
    for name, values in segment.arrays.items():
        path = work / f"{name}.npy"
        np.save(path, values, allow_pickle=False)
        files[name] = _digest(path)
    manifest = _versions() | {"lists": list(segment.lists), "entries": segment.entries, "names": segment.names, "files": files}
    text = json.dumps(manifest, indent=1, sort_keys=True)
    (work / _MANIFEST).write_text(text, encoding="utf-8")
    work.chmod(0o755)
    old = folder.with_name(f".{folder.name}-old-{os.getpid()}")
    if folder.exists():
        folder.rename(old)
    work.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
    return hashlib.sha256(text.encode()).hexdigest()


def stamp(folder: Path) -> str:
    """Digest of the snapshot's manifest, "" when there is none: a worker compares it to see whether to change over."""
    try:
        return hashlib.sha256((folder / _MANIFEST).read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""


def read_segment(folder: Path) -> Segment:
    """Map the arrays of a snapshot; raises SnapshotError."""
    try:
        manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError as missing:
        raise SnapshotError(f"there is no snapshot in {folder.name}") from missing
    except ValueError as broken:
        raise SnapshotError(f"the manifest of {folder.name} cannot be read") from broken
    wanted = _versions()
    stated = {key: manifest.get(key) for key in wanted}
    if stated != wanted:
        raise SnapshotError(f"the snapshot {folder.name} was made by another version of the engine")
    arrays = {name: _map(folder / f"{name}.npy", digest) for name, digest in manifest["files"].items()}
    return Segment(arrays, tuple(manifest["lists"]))


def _map(path: Path, digest: str) -> Array:
    if not path.is_file() or _digest(path) != digest:
        raise SnapshotError(f"the snapshot file {path.name} is missing or damaged")
    # The plain view is much faster to slice than numpy.memmap, and keeps the mapping alive.
    try:
        mapped = np.load(path, mmap_mode="r", allow_pickle=False)
    except ValueError:
        # An array without elements cannot be mapped.
        return np.asarray(np.load(path, allow_pickle=False))
    plain: Array = mapped.view(np.ndarray)
    return plain
