"""Bytes to text, strictly: UTF-8, else Windows-1252 with a warning; nothing is ever replaced silently."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from screening.lists.types import FileRefused, ListWarning, RawFile, WarningCode

XML_HEAD = 65_536
"""Bytes of an XML file that are decoded for telling its format; the parser reads the encoding it declares."""
_POINTER = b"version https://git-lfs"
_HTML = re.compile(rb"^\s*(?:<!doctype html|<html|<head|<body)", re.IGNORECASE)
# C1 controls never stand in a name: they are Windows-1252 bytes that somebody decoded as Latin-1 ("Xi\x92an").
_C1 = re.compile("[\x80-\x9f]")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_DOS_SPACE = b"\xff"
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True, slots=True)
class Text:
    """A decoded file: name, text without byte order mark, warnings about its encoding, and the bytes themselves.

    For XML and workbooks `text` is only the head, for telling the format: their parsers read `data`.
    """

    name: str
    text: str
    warnings: tuple[ListWarning, ...] = ()
    data: bytes = b""


def check_content(file: RawFile) -> None:
    """Raise FileRefused for what is no list at all: "empty" (no byte but blanks) or "pointer" (LFS pointer, web page)."""
    head = file.data[:4096].strip()
    if not head and not file.data.strip():
        raise FileRefused("empty", f"{file.name} has no content; the publisher's file may be under way, try again later")
    if head.startswith(_POINTER):
        raise FileRefused("pointer", f"{file.name} is a Git LFS pointer, not the file itself")
    if _HTML.match(head):
        raise FileRefused("pointer", f"{file.name} is a web page, not a list: the address may have moved or asks for a login")


def decode(file: RawFile) -> Text:
    """Text of a plain file. Raises FileRefused("header_drift") for bytes that are no text in a known encoding."""
    if file.data.removeprefix(codecs.BOM_UTF8).lstrip()[:1] == b"<":
        return Text(file.name, file.data[:XML_HEAD].decode("utf-8", "ignore").lstrip("\ufeff"), data=file.data)
    encoding = next((name for mark, name in _BOMS if file.data.startswith(mark)), "utf-8")
    warnings: list[str] = []
    try:
        text = file.data.decode(encoding)
    except UnicodeDecodeError as error:
        text = _western(file, error)
        warnings.append(f"{file.name} is not UTF-8 (byte {error.start:,}); read as Windows-1252")
        if _DOS_SPACE in file.data:
            warnings.append(f"{file.name}: byte 0xFF, the no-break space of old code pages, is read as a space")
    if "\x00" in text:
        raise FileRefused("header_drift", f"{file.name} holds NUL characters: a binary file, not a list in a known format")
    repaired, count = _C1.subn(_undo_latin1, text)
    if count:
        warnings.append(f"{file.name}: {count} Windows-1252 characters had been saved as control characters; read as printed")
    told = tuple(ListWarning(WarningCode.ENCODING, warning) for warning in warnings)
    return Text(file.name, repaired, told, file.data)


def _western(file: RawFile, error: UnicodeDecodeError) -> str:
    """Windows-1252 text; but a file that is UTF-8 for the most part is damaged, and reading it so would spoil every
    accent and section sign in it."""
    damaged = len(_MULTIBYTE.findall(file.data))
    if damaged > len(_HIGH.findall(_MULTIBYTE.sub(b"", file.data))):
        raise FileRefused(
            "truncated", f"{file.name} is UTF-8 text with a damaged byte ({error.start:,}); fetch it again"
        ) from error
    try:
        return file.data.replace(_DOS_SPACE, b"\xa0").decode("cp1252")
    except UnicodeDecodeError:
        raise FileRefused(
            "header_drift", f"{file.name} is neither UTF-8 nor Windows-1252 text (byte {error.start:,}); save it as UTF-8"
        ) from error


def _undo_latin1(match: re.Match[str]) -> str:
    try:
        return match[0].encode("latin-1").decode("cp1252")
    except UnicodeDecodeError:
        return match[0]
