"""What the loaded lists allow an answer to say: samples, stale, expired and outdated lists, lists that are missing
(docs/list_desk.md, freshness)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from screening import queries
from screening.lists.freshness import Freshness
from screening.services.parties.snapshot import Snapshot
from screening.services.screening.unfit_lists import missing_lists, outdated_lists


@dataclass(frozen=True, slots=True)
class ListsState:
    """How far an answer may rest on the lists behind it.

    none_active: no list at all answers. samples: required lists of which only the sample is loaded; `sample_only` = any.
    stale, expired: required and other lists by age (never judged for a day in the past); `expired` holds required lists
    only. outdated: required lists whose edition was published too long ago, or nobody knows when, as `{"list", "why"}`.
    missing: the contract's `lists_missing`. Any of none_active, samples, expired, outdated and missing keeps an outcome at
    NEEDS_INFORMATION or graver.
    """

    none_active: bool = False
    samples: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    expired: tuple[str, ...] = ()
    outdated: tuple[dict[str, str], ...] = ()
    missing: tuple[dict[str, str], ...] = ()

    @property
    def sample_only(self) -> bool:
        """Whether a required list is only the sample."""
        return bool(self.samples)

    @property
    def sound(self) -> bool:
        """Whether nothing here keeps an outcome at NEEDS_INFORMATION."""
        return not (self.none_active or self.samples or self.expired or self.outdated or self.missing)

    def sentences(self) -> list[str]:
        """One plain sentence for each thing that keeps the answer back or must be shown beside it."""
        said = []
        if self.none_active:
            said.append("No control list is loaded; nobody was screened.")
        if self.samples:
            said.append(f"Only the sample list is loaded for {', '.join(self.samples)}; load the current lists first.")
        said.extend(f"{row['list']}: {row['why']}; import the current file." for row in self.outdated)
        if self.expired:
            said.append(f"{', '.join(self.expired)}: too long unchecked to rest an answer on; import the current file.")
        if self.stale:
            said.append(f"{', '.join(self.stale)}: not checked for some time; newer entries may be missing.")
        said.extend(f"{row['list']}: {row['why']}." for row in self.missing)
        return said

    def as_dict(self) -> dict[str, Any]:
        """For a stored result."""
        return {
            "none_active": self.none_active,
            "samples": list(self.samples),
            "stale": list(self.stale),
            "expired": list(self.expired),
            "outdated": list(self.outdated),
            "missing": list(self.missing),
        }


def lists_state(snapshot: Snapshot, as_of: dt.date | None = None) -> ListsState:
    """State of the lists behind a snapshot; `as_of` in the past: the version in force that day, freshness not judged."""
    missing = tuple(missing_lists(snapshot))
    samples = {ref.list for ref in snapshot.versions if ref.sample}
    rows = {row["list"]: row for row in queries.freshness()}
    required = {code for code, row in rows.items() if row["required"]}
    in_the_past = as_of is not None and as_of < timezone.now().date()
    judged = {} if in_the_past else {ref.list: rows[ref.list]["state"] for ref in snapshot.versions if ref.list in rows}
    return ListsState(
        none_active=not snapshot.versions,
        samples=tuple(sorted(samples & required)),
        stale=tuple(sorted(code for code, state in judged.items() if state == Freshness.STALE)),
        expired=tuple(sorted(code for code, state in judged.items() if state == Freshness.EXPIRED and code in required)),
        outdated=() if in_the_past else tuple(row for row in outdated_lists(snapshot) if row["list"] in required),
        missing=missing,
    )
