"""What arrives and what became of it: a file with who brought it, and the line an import says about each list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from exportcheck.accounts.models import User
from screening.lists.types import RawFile
from screening.models import ListVersion
from screening.services.versions import raw_files


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
        return raw_files.sha256_of(self.files) if self.files else ""

    @property
    def file_name(self) -> str:
        """Name shown."""
        return raw_files.name_of(self.files)


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


def report_line(version: ListVersion, state: str, *, zero: bool = False, warnings: Sequence[str] | None = None) -> Staged:
    """The line of the answer about a version; `zero` where the import changed nothing."""
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
