"""What an uploaded paper is, by its content and not by its name: the reason why it is not taken, or nothing.

Only the beginning of a file and the list of contents of an archive are read; nothing is unpacked.
"""

from __future__ import annotations

import zipfile
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile

from exportcheck.errors import Refused

FIRST_BYTES = {
    ".pdf": (b"%PDF-",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".tif": (b"II*\x00", b"MM\x00*"),
    ".tiff": (b"II*\x00", b"MM\x00*"),
    ".docx": (b"PK\x03\x04",),
    ".xlsx": (b"PK\x03\x04",),
    ".odt": (b"PK\x03\x04",),
}
"""How a file of each ending must begin."""
MEMBER = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml", ".odt": "content.xml"}
"""What an office document of each ending must hold."""
MACROS = ("vbaproject.bin", "vbadata.xml")
TEXTS = (".txt", ".csv", ".eml")
PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
"""Beginnings of programs and scripts, which no text has."""
HEAD = 4_096
MAX_UNPACKED, MAX_MEMBERS, MAX_RATIO = 300_000_000, 5_000, 200
"""Bytes, parts and packing of an office document; a picture-laden one of 25 MB stays far below."""


def check_content(upload: UploadedFile[bytes], ending: str) -> None:
    """Raise Refused("invalid") unless the content is what the ending says. Leaves the file at its start."""
    head = upload.read(HEAD)
    upload.seek(0)
    wrong = Refused("invalid", f"The content of the file is not what its ending {ending} says.")
    beginnings = FIRST_BYTES.get(ending)
    if beginnings is not None and not head.startswith(beginnings):
        raise wrong
    if ending in TEXTS and (b"\x00" in head or head.startswith(PROGRAMS)) and not _utf16(head):
        raise wrong
    if ending in MEMBER:
        _check_archive(upload, ending, wrong)
        upload.seek(0)


def _utf16(head: bytes) -> bool:
    return head.startswith((b"\xff\xfe", b"\xfe\xff"))


def _check_archive(upload: UploadedFile[bytes], ending: str, wrong: Refused) -> None:
    """The sizes are those the archive states itself: whoever opens it with an honest reader gets no more."""
    try:
        with zipfile.ZipFile(upload) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise wrong from error
    unpacked, packed = (sum(getattr(member, size) for member in members) for size in ("file_size", "compress_size"))
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(packed, 1):
        raise Refused("invalid", "The document unpacks to far more than a document needs; it is not taken.")
    names = {member.filename for member in members}
    if MEMBER[ending] not in names:
        raise wrong
    if any(PurePath(name.lower()).name in MACROS for name in names):
        raise Refused("invalid", "The document holds macros, which nobody should have to open. Save it without, or as PDF.")
