"""The bytes of an imported file, stored once and named by what they are."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from screening.lists.types import RawFile

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
# A fixed date keeps the archive of one set of files byte-equal, so that it is stored once.
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
SET_SUFFIX = ".set.zip"
"""Ends the stored name of several files that are one set."""


def sha256_of(files: Sequence[RawFile]) -> str:
    """Of the bytes of one file; of several, over their names and digests in the order of names."""
    if len(files) == 1:
        return hashlib.sha256(files[0].data).hexdigest()
    digest = hashlib.sha256()
    for file in sorted(files, key=lambda one: one.name):
        digest.update(f"{PurePosixPath(file.name).name}\n{hashlib.sha256(file.data).hexdigest()}\n".encode())
    return digest.hexdigest()


def name_of(files: Sequence[RawFile]) -> str:
    """Name shown of a file or a set of files."""
    return ", ".join(PurePosixPath(file.name).name for file in files)[:255]


def store(files: Sequence[RawFile]) -> str:
    """Keep the bytes under a name made of their digest; the same bytes are not stored twice. Returns the name in storage."""
    digest = sha256_of(files)
    if len(files) == 1:
        name = f"lists/{digest[:2]}/{digest}-{_safe(files[0].name)}"
    else:
        name = f"lists/{digest[:2]}/{digest}{SET_SUFFIX}"
    if default_storage.exists(name):
        return name
    data = files[0].data if len(files) == 1 else _archive(files)
    return default_storage.save(name, ContentFile(data))


def fetch(name: str) -> tuple[RawFile, ...]:
    """The files that `store` kept. Raises FileNotFoundError when the store lost them."""
    with default_storage.open(name) as stored:
        data = stored.read()
    if not name.endswith(SET_SUFFIX):
        return (RawFile(PurePosixPath(name).name.partition("-")[2] or PurePosixPath(name).name, data),)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return tuple(RawFile(member, archive.read(member)) for member in archive.namelist())


def _safe(name: str) -> str:
    return _UNSAFE.sub("_", PurePosixPath(name).name)[-80:] or "file"


def _archive(files: Sequence[RawFile]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(files, key=lambda one: one.name):
            archive.writestr(zipfile.ZipInfo(PurePosixPath(file.name).name, _ZIP_DATE), file.data)
    return buffer.getvalue()
