"""What goes into and comes out of reading a list file: raw bytes in, parsed lists and refusals out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from screening.matching.types import ListedParty

FILE_GUARDS = ("empty", "pointer", "archive", "truncated", "header_drift", "rejects")
"""Guards that refuse the whole file (docs/lists.md); they are never overridden."""
LIST_GUARDS = ("count_band", "date_regression", "canary")
"""Guards that refuse one list; the other lists of the file go on."""
OVERRIDABLE_GUARDS = frozenset(("count_band", "date_regression"))
"""Guards a list admin may override with a reason and a second person."""


@dataclass(frozen=True, slots=True)
class RawFile:
    """One file as it came: its name (for messages, and a last resort in telling formats apart) and its bytes."""

    name: str
    data: bytes


class FileRefused(ValueError):
    """A file that must change nothing. `guard` is one of FILE_GUARDS, `detail` says what was seen and what to do."""

    def __init__(self, guard: str, detail: str) -> None:
        super().__init__(f"{guard}: {detail}")
        self.guard = guard
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that could not be read: line number (1 = first line of its file), reason, and the text seen (cut)."""

    line: int
    reason: str
    text: str


class WarningCode(StrEnum):
    """What a warning is about. Programs ask for the code; the sentence is for people and may be put better any day."""

    ENCODING = "encoding"
    UNKNOWN_COLUMN = "unknown_column"
    UNKNOWN_LIST = "unknown_list"
    UNKNOWN_COUNTRY = "unknown_country"
    UNKNOWN_TYPE = "unknown_type"
    UNREAD_REQUIREMENT = "unread_requirement"
    UNREAD_POLICY = "unread_policy"
    UNREAD_DATE = "unread_date"
    REPEATED_HEADER = "repeated_header"
    REPEATED_UID = "repeated_uid"
    JOINED_NAMES = "joined_names"
    LINE_NOT_ENDED = "line_not_ended"
    COUNT_DIFFERS = "count_differs"
    FILE_MISSING = "file_missing"
    ROWS_LEFT_OUT = "rows_left_out"
    LIST_LEFT_OUT = "list_left_out"
    LIST_NOT_TOLD = "list_not_told"
    NO_PUBLICATION_DATE = "no_publication_date"
    DATE_ASSUMED = "date_assumed"


@dataclass(frozen=True, slots=True)
class ListWarning:
    """Something a list admin should know of a file that was taken all the same: what it is about, in one sentence."""

    code: WarningCode
    text: str


def texts_of(warnings: Iterable[ListWarning]) -> tuple[str, ...]:
    """The sentences of warnings: what is stored with a version and answered by an import."""
    return tuple(warning.text for warning in warnings)


@dataclass(frozen=True, slots=True)
class ParsedList:
    """One list out of a file. Entry uids are unique within it.

    `published_from` tells where `published_on` was found: "file" (a date the publisher printed for the file), "rows"
    (the newest date in a row: a lower bound) or "" (no date anywhere: `published_on` is None). `end_mark`: whether an
    OFAC CSV ended with its byte 0x1A, which proves it complete; None for every other format. `current_on`: the last day of
    which the publisher is known to have said this, which whoever brings the file fills in.
    """

    code: str
    name: str
    entries: tuple[ListedParty, ...]
    published_on: dt.date | None = None
    published_from: str = ""
    rejected: tuple[Reject, ...] = ()
    warnings: tuple[ListWarning, ...] = ()
    end_mark: bool | None = None
    current_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """Everything one import read: the lists in code order, the format that was told, what concerns the whole file.

    `rejected` holds the rows whose list could not be told; each list carries its own.
    """

    lists: tuple[ParsedList, ...]
    format: str
    warnings: tuple[ListWarning, ...] = ()
    rejected: tuple[Reject, ...] = ()
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Refusal:
    """A guard that refuses one list: one of LIST_GUARDS, or "truncated" for an OFAC file whose end mark went missing;
    `detail` is one plain sentence with the figures."""

    guard: str
    detail: str


@dataclass(frozen=True, slots=True)
class BaseFacts:
    """What the guards need to know of the active version: never of a sample, which is no base.

    `newest_start` is the newest start date of an entry, `highest_number` the highest OFAC number (None for lists that
    are not OFAC's), `canaries` the canaries of the registry that the active version holds, `end_mark` its ParsedList.end_mark.
    """

    entries: int
    published_on: dt.date | None = None
    newest_start: dt.date | None = None
    highest_number: int | None = None
    canaries: frozenset[str] = field(default_factory=frozenset)
    end_mark: bool | None = None
