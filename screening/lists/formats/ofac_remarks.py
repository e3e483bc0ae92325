"""The remark grammar of OFAC's CSV files: "key value; key value." with weak aliases, dates of birth and numbers in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from screening.lists.fields.dates import date_of
from screening.lists.fields.identifiers import identifier, plain_identifier
from screening.lists.fields.names import alias_kind, squeeze
from screening.matching.countries import code_for
from screening.matching.types import Alias, Identifier, Quality

_ALT = re.compile(r"^alt\. ", re.IGNORECASE)
_WEAK = re.compile(r"^([afn]\.k\.a\.) ['\"“](.+?)['\"”]?$", re.IGNORECASE)
_BORN = re.compile(r"^DOB (.+)$")
_CITIZEN = re.compile(r"^(?:nationality|citizen) (.+)$")
_WALLET = re.compile(r"^(Digital Currency Address - [A-Z0-9]+) (\S+)$")


@dataclass(slots=True)
class Remarks:
    """What could be lifted out of the remarks; the full printed text stays in the entry beside it."""

    aliases: list[Alias] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)
    birth_dates: list[str] = field(default_factory=list)
    citizenships: list[str] = field(default_factory=list)


def read_remarks(printed: str) -> Remarks:
    """Lift weak aliases ("a.k.a. 'BNC'"), birth dates, nationalities and numbers out of a remarks text."""
    found = Remarks()
    for part in pieces(printed):
        text = _ALT.sub("", part)
        if match := _WEAK.match(text):
            found.aliases.append(Alias(match[2], Quality.WEAK, alias_kind(match[1])))
        elif match := _BORN.match(text):
            _append(found.birth_dates, birth_date(match[1]))
        elif match := _CITIZEN.match(text):
            _append(found.citizenships, code_for(match[1]))
        else:
            wallet = _WALLET.match(text)
            key = identifier(wallet[1], wallet[2]) if wallet else plain_identifier(text)
            if key is not None and key not in found.identifiers:
                found.identifiers.append(key)
    return found


def pieces(printed: str) -> list[str]:
    """Parts between "; ", semicolons inside closed brackets kept; the final full stop goes."""
    plain = re.split(r";(?: |$)", squeeze(printed))
    parts: list[str] = []
    depth = 0
    for part in plain:
        if depth:
            parts[-1] += f"; {part}"
        else:
            parts.append(part)
        depth = max(0, depth + part.count("(") - part.count(")"))
    # A bracket that is never closed (remarks are cut near 1,000 characters) must not swallow the aliases behind it.
    stripped = [part.strip() for part in (plain if depth else parts)]
    if stripped and stripped[-1].endswith("."):
        stripped[-1] = stripped[-1][:-1]
    return [part for part in stripped if part]


def birth_date(printed: str) -> str:
    """ISO date for a full printed date ("10 Dec 1948"), the printed text for anything less exact."""
    date = date_of(printed)
    return date.isoformat() if date else printed


def _append(values: list[str], value: str) -> None:
    if value and value not in values:
        values.append(value)
