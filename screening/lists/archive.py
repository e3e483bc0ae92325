"""Files as they lie on disk or come by upload: folders opened, gzip and ZIP unpacked, bombs refused."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from screening.lists.types import FileRefused, RawFile

MAX_BYTES = 400 * 1024 * 1024
"""Most bytes of one import after unpacking; the largest file a publisher offers (SDN enhanced XML) has about 130 MB."""
MAX_RATIO = 250
"""Most bytes out of one byte in; list XML packs 10 to 30 times, a bomb a thousand times."""
RATIO_FLOOR = 1024 * 1024
"""Outputs below this size are never called a bomb: a small, very regular file may pack well."""
MAX_MEMBERS = 64
"""Most files in one archive."""
_CHUNK = 1024 * 1024
_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"
_ZIP_EMPTY = b"PK\x05\x06"
# What the standard library raises over a damaged or encrypted ZIP: it was written for whole ones.
_BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    LookupError,
    RuntimeError,
    ValueError,
    OverflowError,
)
_WORKBOOK = "xl/workbook.xml"


def gather(paths: Iterable[Path]) -> list[RawFile]:
    """Read files, and the files directly inside folders (hidden ones left out), in name order.

    Raises FileNotFoundError for a path that is not there and FileRefused("archive") when all together is too large.
    """
    found: list[RawFile] = []
    total = 0
    for path in paths:
        members = (
            sorted(item for item in path.iterdir() if item.is_file() and not item.name.startswith("."))
            if path.is_dir()
            else [path]
        )
        for item in members:
            total += item.stat().st_size
            if total > MAX_BYTES:
                raise _bomb(item.name, f"the files together pass {MAX_BYTES:,} bytes")
            found.append(RawFile(item.name, item.read_bytes()))
    return found


def unpack(files: Sequence[RawFile]) -> list[RawFile]:
    """Plain files: gzip and ZIP opened (one layer inside another too), workbooks left whole.

    Raises FileRefused: "truncated" for an archive that is cut or fails its checksum, "archive" for a bomb or for too
    many members.
    """
    plain: list[RawFile] = []
    for file in files:
        plain.extend(_open(file, layer=0))
    if sum(len(file.data) for file in plain) > MAX_BYTES:
        raise _bomb(plain[-1].name, f"the unpacked files together pass {MAX_BYTES:,} bytes")
    return plain


def is_workbook(file: RawFile) -> bool:
    """True for an XLSX workbook (a ZIP that holds xl/workbook.xml)."""
    if not file.data.startswith(_ZIP):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            return _WORKBOOK in archive.namelist()
    except _BROKEN_ZIP:
        return False


def members(file: RawFile) -> list[RawFile]:
    """Every file in a ZIP, checked: bomb guard first, then size and checksum of each member."""
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _guard(file, entries)
            return [RawFile(entry.filename, _read(archive, entry, file.name)) for entry in entries]
    except FileRefused:
        raise
    except _BROKEN_ZIP as error:
        raise FileRefused("truncated", f"{file.name}: the ZIP archive cannot be read whole ({error}); fetch it again") from error


def _open(file: RawFile, layer: int) -> list[RawFile]:
    if layer > 2:
        raise _bomb(file.name, "archives lie inside archives more than twice")
    if file.data.startswith(_GZIP):
        name = file.name[:-3] if file.name.lower().endswith(".gz") else file.name
        return _open(RawFile(name, _gunzip(file)), layer + 1)
    if file.data.startswith(_ZIP_EMPTY):
        raise FileRefused("empty", f"{file.name}: the archive holds no file")
    if file.data.startswith(_ZIP) and not is_workbook(file):
        return [plain for member in members(file) for plain in _open(member, layer + 1)]
    return [file]


def _gunzip(file: RawFile) -> bytes:
    out = bytearray()
    rest = file.data
    try:
        while rest:
            inflater = zlib.decompressobj(wbits=31)
            while not inflater.eof:
                piece = inflater.decompress(rest, _CHUNK)
                rest = inflater.unconsumed_tail
                out += piece
                if len(out) > MAX_BYTES or (len(out) > RATIO_FLOOR and len(out) > MAX_RATIO * len(file.data)):
                    raise _bomb(file.name, f"{len(file.data):,} packed bytes unpack to more than {len(out):,}")
                if not piece and not rest and not inflater.eof:
                    raise FileRefused("truncated", f"{file.name}: the gzip data ends before its checksum; fetch it again")
            rest = inflater.unused_data.lstrip(b"\x00")
    except zlib.error as error:
        raise FileRefused("truncated", f"{file.name}: the gzip data fails its checksum ({error}); fetch it again") from error
    return bytes(out)


def _guard(file: RawFile, entries: Sequence[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_MEMBERS:
        raise _bomb(file.name, f"{len(entries):,} files in one archive, {MAX_MEMBERS} at most")
    size = sum(entry.file_size for entry in entries)
    if size > MAX_BYTES or (size > RATIO_FLOOR and size > MAX_RATIO * max(1, len(file.data))):
        raise _bomb(file.name, f"{len(file.data):,} packed bytes unpack to {size:,}")


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bytes:
    with archive.open(entry) as stream:
        data = stream.read(entry.file_size + 1)
    if len(data) > entry.file_size:
        raise _bomb(name, f"{entry.filename} is larger than the archive says")
    return data


def _bomb(name: str, detail: str) -> FileRefused:
    return FileRefused("archive", f"{name}: {detail}")
