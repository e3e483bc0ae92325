"""The guards of one list: is this version plausible beside the active one? They refuse; they never repair.

The file guards (empty, pointer, truncated, header drift, rejects) speak while a file is read and raise FileRefused.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence

from screening.lists.registry import canaries_of
from screening.lists.types import BaseFacts, ParsedList, Refusal
from screening.matching.types import ListedParty

LOWEST_SHARE = 0.95
"""Fewest entries beside the active version; the largest true one-day removal seen on a large list is under 2 %."""
LOWEST_SHARE_SMALL = 0.80
"""The same for lists of fewer than SMALL_LIST entries, where a handful of removals is a large share."""
SMALL_LIST = 200
HIGHEST_SHARE = 1.20
"""Most entries beside the active version published on the same day."""
GROWTH_PER_WEEK = 0.02
"""Room added for every week between the two publication dates (the SDN List grew 2 % in one day in May 2024)."""


def base_facts(
    code: str, entries: Sequence[ListedParty], published_on: dt.date | None, *, end_mark: bool | None = None
) -> BaseFacts:
    """Facts of the active version. A sample version is no base: pass None to `check` for it."""
    return BaseFacts(
        entries=len(entries),
        published_on=published_on,
        newest_start=newest_start(entries),
        highest_number=highest_number(entries),
        canaries=canaries_of(code, entries),
        end_mark=end_mark,
    )


def newest_start(entries: Iterable[ListedParty]) -> dt.date | None:
    """Newest start date of an entry, None when the list prints none."""
    return max((entry.effective_on for entry in entries if entry.effective_on is not None), default=None)


def highest_number(entries: Iterable[ListedParty]) -> int | None:
    """Highest OFAC number, None for a list whose uids are not numbers."""
    return max((int(entry.uid) for entry in entries if entry.uid.isdigit() and len(entry.uid) < 10), default=None)


def check(
    new: ParsedList,
    base: BaseFacts | None,
    *,
    canaries_found: Collection[str] | None = None,
    overrides: Collection[str] = (),
) -> Refusal | None:
    """First list guard that refuses `new` beside the active version `base`, or None.

    `base` None (first import, sample, HISTORY, custom import) means there is nothing to compare with. `canaries_found`
    are the registry canaries found in `new` (read from its entries when None; pass the ones *matched* after indexing
    for the second look). `overrides` names guards an admin overrode; only OVERRIDABLE_GUARDS may stand there.
    """
    if base is None:
        return None
    found = canaries_of(new.code, new.entries) if canaries_found is None else canaries_found
    refusals = (
        _end_mark(new, base),
        None if "count_band" in overrides else _count_band(new, base),
        None if "date_regression" in overrides else _date_regression(new, base),
        canary_refusal(new.code, base.canaries, found),
    )
    return next((refusal for refusal in refusals if refusal is not None), None)


def missing_lists(present: Iterable[str], expected: Iterable[str]) -> dict[str, Refusal]:
    """A refusal for every list that this source brought before and does not bring now; the others go on."""
    return {
        code: Refusal("count_band", f"{code} had entries in the active version and none in this file; it stays as it is")
        for code in sorted(set(expected) - set(present))
    }


def canary_refusal(code: str, expected: Collection[str], found: Collection[str]) -> Refusal | None:
    """Refusal naming the well-known entries of the active version that were not found (or not matched) in the new one."""
    missing = sorted(set(expected) - set(found))
    if not missing:
        return None
    return Refusal("canary", f"{code}: well-known entries of the active version are missing: {'; '.join(missing)}")


def _end_mark(new: ParsedList, base: BaseFacts) -> Refusal | None:
    if base.end_mark and new.end_mark is False:
        return Refusal(
            "truncated", f"{new.code}: the file lacks the end mark (byte 0x1A) that the version before had; it may be cut"
        )
    return None


def _weeks(new: dt.date | None, base: dt.date | None) -> int:
    return 0 if new is None or base is None else max(0, (new - base).days // 7)


def _count_band(new: ParsedList, base: BaseFacts) -> Refusal | None:
    count = len(new.entries)
    lowest = LOWEST_SHARE_SMALL if base.entries < SMALL_LIST else LOWEST_SHARE
    weeks = _weeks(new.published_on, base.published_on)
    highest = HIGHEST_SHARE + GROWTH_PER_WEEK * weeks
    if lowest * base.entries <= count <= highest * base.entries + 1e-9:
        return None
    return Refusal(
        "count_band",
        f"{new.code} has {count:,} entries, the active version {base.entries:,}: outside {lowest:.0%} to {highest:.0%}"
        f" ({weeks} weeks between the two publication dates)",
    )


def _date_regression(new: ParsedList, base: BaseFacts) -> Refusal | None:
    if new.published_on is not None and base.published_on is not None and new.published_on < base.published_on:
        return Refusal(
            "date_regression", f"{new.code} is of {new.published_on}, older than the active version of {base.published_on}"
        )
    start = newest_start(new.entries)
    if start is not None and base.newest_start is not None and start < base.newest_start:
        return Refusal(
            "date_regression",
            f"the newest start date in {new.code} is {start}, older than {base.newest_start} in the active version",
        )
    number = highest_number(new.entries)
    if number is not None and base.highest_number is not None and number < base.highest_number:
        return Refusal(
            "date_regression",
            f"the highest number in {new.code} is {number}, lower than {base.highest_number} in the active version",
        )
    return None
