"""Dates as lists print them: ISO, US order, month names; birth dates as text with an interval."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from functools import lru_cache

OLDEST, NEWEST = dt.date(1900, 1, 1), dt.date(2199, 12, 31)
"""A date outside is a misprint ("0097-06-16") and is no date."""
_MONTHS = {name[:size].lower(): number for number, name in enumerate(calendar.month_name) if name for size in (3, 4, len(name))}
_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$")
_US = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{2}|\d{4})$")
_DAY_FIRST = re.compile(r"^(\d{1,2})[ -]([A-Za-z]{3,9})\.?[ \-,]*(\d{4})$")
_MONTH_FIRST = re.compile(r"^([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})$")
_CITED = re.compile(r"\b(\d{1,2}/\d{1,2}/(?:\d{4}|\d{2}))\b")


@lru_cache(maxsize=8192)
def date_of(text: str) -> dt.date | None:
    """Date of a printed text, None when it is none or lies outside OLDEST to NEWEST.

    Takes 2022-04-21, 04/21/2022, 4/21/22 (years 69 to 99 are 19xx), 21 Apr 2022, April 21, 2022. Slashes are US order.
    """
    text = text.strip()
    if match := _ISO.match(text):
        return _date(match[1], match[2], match[3])
    if match := _US.match(text):
        year = match[3] if len(match[3]) == 4 else f"{19 if int(match[3]) >= 69 else 20}{match[3]}"
        return _date(year, match[1], match[2])
    if match := _DAY_FIRST.match(text):
        return _date(match[3], str(_MONTHS.get(match[2].lower(), 0)), match[1])
    if match := _MONTH_FIRST.match(text):
        return _date(match[3], str(_MONTHS.get(match[1].lower(), 0)), match[2])
    return None


def newest_cited(citation: str) -> dt.date | None:
    """Newest date printed inside a citation ("76 FR 71869, 11/21/11"), None when none is."""
    return max(filter(None, map(date_of, _CITED.findall(citation))), default=None)


def _date(year: str, month: str, day: str) -> dt.date | None:
    try:
        date = dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
    return date if OLDEST <= date <= NEWEST else None


def european_date(text: str) -> dt.date | None:
    """Date of a day-first text ("08/10/2026", "8.10.2026"), or of any text `date_of` takes without slashes."""
    text = text.strip()
    match = re.match(r"^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$", text)
    if match:
        return _date(match[3], match[2], match[1])
    return None if "/" in text else date_of(text)
