"""The control lists this product knows: who publishes each, what a hit means, how often it moves, its canaries."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from screening.lists.fields.identity import folded
from screening.matching.types import ListedParty

DATA = Path(__file__).resolve().parent / "data"

COMMERCE = "Bureau of Industry and Security"
TREASURY = "Office of Foreign Assets Control"
STATE_ISN = "Department of State, International Security and Nonproliferation"
STATE_DDTC = "Department of State, Directorate of Defense Trade Controls"

EFFECTS = ("stop", "requirement", "statement", "blocking", "warning", "info")
"""What a true hit does: stop the transaction, ask for a license within the entry's scope, ask for a statement before
shipping, or raise a flag that blocks, warns or informs. Custom lists choose among the last three."""

SIX_HOURS, DAY, MONTH = dt.timedelta(hours=6), dt.timedelta(days=1), dt.timedelta(days=30)
HAND_CADENCE = MONTH
"""Cadence of a list loaded by hand until its list admin gives it another."""


@dataclass(frozen=True, slots=True)
class Source:
    """One control list. `cadence`: how often a scheduled fetch should look. `exists_from`: the day the list was first
    published, to the best of our knowledge (an --as-of before it leaves the list out without calling it missing).
    `required`: in the default set of lists an answer must not miss once a version was active. `canaries`: well-known
    entries as printed; those in the active version must be in the next one too. `effect`: one of EFFECTS."""

    code: str
    name: str
    publisher: str
    effect: str
    cadence: dt.timedelta
    exists_from: dt.date
    required: bool = True
    canaries: tuple[str, ...] = field(default=())


def _canaries() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    with (DATA / "canaries.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found.setdefault(row["list"], []).append(row["name"])
    return {code: tuple(names) for code, names in found.items()}


_CANARIES = _canaries()


def _source(code: str, name: str, publisher: str, effect: str, cadence: dt.timedelta, exists_from: str) -> tuple[str, Source]:
    return code, Source(
        code, name, publisher, effect, cadence, dt.date.fromisoformat(exists_from), canaries=_CANARIES.get(code, ())
    )


CONTROL_LISTS: Mapping[str, Source] = dict(
    (
        _source("EL", "Entity List", COMMERCE, "requirement", DAY, "1997-02-03"),
        _source("DPL", "Denied Persons List", COMMERCE, "stop", DAY, "1979-10-01"),
        _source("UVL", "Unverified List", COMMERCE, "statement", DAY, "2002-06-14"),
        _source("MEU", "Military End-User List", COMMERCE, "requirement", DAY, "2020-12-23"),
        _source("SDN", "Specially Designated Nationals", TREASURY, "stop", SIX_HOURS, "1986-12-10"),
        _source("SSI", "Sectoral Sanctions Identifications List", TREASURY, "warning", SIX_HOURS, "2014-07-16"),
        _source("FSE", "Foreign Sanctions Evaders List", TREASURY, "blocking", SIX_HOURS, "2014-02-06"),
        _source("CAP", "CAPTA List", TREASURY, "warning", SIX_HOURS, "2019-03-14"),
        _source("CMIC", "Chinese Military-Industrial Complex Companies List", TREASURY, "info", SIX_HOURS, "2021-06-03"),
        _source("MBS", "Non-SDN Menu-Based Sanctions List", TREASURY, "warning", SIX_HOURS, "2020-12-14"),
        _source("PLC", "Palestinian Legislative Council List", TREASURY, "warning", SIX_HOURS, "2006-04-12"),
        _source("ISN", "Nonproliferation Sanctions", STATE_ISN, "blocking", DAY, "1993-01-01"),
        _source("DTC", "AECA Debarred", STATE_DDTC, "warning", DAY, "1988-01-01"),
        _source("UN", "United Nations Security Council Consolidated List", "United Nations", "warning", DAY, "1999-10-15"),
        _source("EU", "EU Consolidated Financial Sanctions List", "European Commission", "warning", DAY, "2004-01-01"),
        _source("UK", "UK Sanctions List", "Foreign, Commonwealth and Development Office", "warning", DAY, "2020-07-06"),
        _source("1260H", "Section 1260H Chinese Military Companies", "Department of Defense", "warning", MONTH, "2021-06-03"),
        _source("1286", "Section 1286 Institutions of Concern", "Department of Defense", "warning", MONTH, "2023-06-29"),
        _source("UFLPA", "UFLPA Entity List", "Department of Homeland Security", "warning", DAY, "2022-06-21"),
    )
)
"""Built-in lists by code; any other code in capitals is a custom list."""

BUNDLES: Mapping[str, tuple[str, ...]] = {
    "CSL": ("EL", "DPL", "UVL", "MEU", "SDN", "SSI", "FSE", "CAP", "CMIC", "MBS", "PLC", "ISN", "DTC"),
    "OFAC_NON_SDN": ("SSI", "FSE", "CAP", "CMIC", "MBS", "PLC"),
}
"""Codes of `import_list` that stand for several lists in one file or set of files."""


def canaries_of(code: str, entries: Iterable[ListedParty]) -> frozenset[str]:
    """Canaries of list `code` found among the entries, by name or alias (folded); empty for a custom list."""
    source = CONTROL_LISTS.get(code)
    if source is None or not source.canaries:
        return frozenset()
    wanted = {folded(name): name for name in source.canaries}
    found = set()
    for entry in entries:
        for name in (entry.name, *(alias.name for alias in entry.aliases)):
            key = folded(name)
            if key in wanted:
                found.add(wanted[key])
    return frozenset(found)
