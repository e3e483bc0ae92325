"""When a list was published: by whoever imports it, by the file, by its rows, or by nobody; and how long it is known to hold."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from django.utils import timezone

from screening.lists.types import ListWarning, Parsed, ParsedList, WarningCode
from screening.models import ListVersion

LOWER_BOUNDS = ("rows", "import")
"""Values of `published_from` that are no publisher's date."""


def is_before(published_on: dt.date, version: ListVersion) -> bool:
    """Whether a date lies before a version's publication."""
    return version.published_on is not None and published_on < version.published_on


def dated(parsed_list: ParsedList, parsed: Parsed, given: dt.date | None) -> tuple[ParsedList, list[ListWarning]]:
    """The list with its publication date: given, in the file, the newest in its rows, in the file's rows, else today."""
    notes = list(parsed.warnings)
    if parsed.rejected:
        text = f"{len(parsed.rejected)} rows of the file name no list that could be told"
        notes.append(ListWarning(WarningCode.LIST_NOT_TOLD, text))
    if given is not None:
        others = tuple(warning for warning in parsed_list.warnings if warning.code is not WarningCode.NO_PUBLICATION_DATE)
        return replace(parsed_list, published_on=given, published_from="option", warnings=others), notes
    if parsed_list.published_on is not None:
        return parsed_list, notes
    newest = max((other.published_on for other in parsed.lists if other.published_on is not None), default=None)
    if newest is not None:
        text = f"no row of this list is dated; {newest} is the newest date in the file: give the publisher's date"
        notes.append(ListWarning(WarningCode.DATE_ASSUMED, text))
        return replace(parsed_list, published_on=newest, published_from="rows"), notes
    today = timezone.now().date()
    text = "the file prints no date at all; the day of import stands for it: give the publisher's date"
    notes.append(ListWarning(WarningCode.DATE_ASSUMED, text))
    return replace(parsed_list, published_on=today, published_from="import"), notes


def current_on(one: ParsedList, parsed: Parsed, looked_on: dt.date | None) -> dt.date | None:
    """The last day of which the publisher is known to have said this. A file says what it said when its newest row was
    written, whichever list that row is of; the day of an import by hand tells nothing."""
    newest = [other.published_on for other in parsed.lists] if one.published_from == "rows" else []
    printed = None if one.published_from == "import" else one.published_on
    return max((date for date in (printed, looked_on, *newest) if date is not None), default=None)


def not_before(parsed: ParsedList, base: ListVersion | None) -> ParsedList:
    """A date read off the rows is only a lower bound: it does not say that the file is older than a version whose date the
    publisher printed. Newest start date and highest number still do."""
    if base is None or parsed.published_on is None or not is_before(parsed.published_on, base):
        return parsed
    if parsed.published_from not in LOWER_BOUNDS or base.published_from in LOWER_BOUNDS:
        return parsed
    text = f"the rows are dated before the active version of {base.published_on}, whose date is taken: give the publisher's date"
    warnings = (ListWarning(WarningCode.DATE_ASSUMED, text), *parsed.warnings)
    return replace(parsed, published_on=base.published_on, warnings=warnings)
