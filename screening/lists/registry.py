"""The control lists this product knows: who publishes each, how often it moves, which files hold it, its canaries."""

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

CSL, OFAC_NON_SDN = "CSL", "OFAC_NON_SDN"
"""The consolidated file of all agencies, and OFAC's files of every list but SDN."""
SIX_HOURS, DAY, MONTH = dt.timedelta(hours=6), dt.timedelta(days=1), dt.timedelta(days=30)
HAND_CADENCE = MONTH
"""Cadence of a list loaded by hand until its list admin gives it another."""


@dataclass(frozen=True, slots=True)
class Source:
    """One control list; what a hit on it means is law, and no matter of screening (docs/decisions/0004-what-a-list-means.md).
    `cadence`: how often a scheduled fetch should look. `exists_from`: the day the list was first published, to the best of our
    knowledge (an --as-of before it leaves the list out without calling it missing).
    `required`: in the default set of lists an answer must not miss once a version was active. `canaries`: well-known
    entries as printed; those in the active version must be in the next one too. `bundles`: codes of `import_list` whose file
    or files hold it. `own_format`: False for a list that is published as text only, and comes as an extract or in the custom
    template."""

    code: str
    name: str
    publisher: str
    cadence: dt.timedelta
    exists_from: dt.date
    bundles: tuple[str, ...] = ()
    own_format: bool = True
    required: bool = True
    canaries: tuple[str, ...] = field(default=())


def _canaries() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    with (DATA / "canaries.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found.setdefault(row["list"], []).append(row["name"])
    return {code: tuple(names) for code, names in found.items()}


_CANARIES = _canaries()


def _source(
    code: str, name: str, publisher: str, cadence: dt.timedelta, exists_from: str, *bundles: str, own_format: bool = True
) -> tuple[str, Source]:
    begun = dt.date.fromisoformat(exists_from)
    return code, Source(code, name, publisher, cadence, begun, bundles, own_format, canaries=_CANARIES.get(code, ()))


CONTROL_LISTS: Mapping[str, Source] = dict(
    (
        _source("EL", "Entity List", COMMERCE, DAY, "1997-02-03", CSL),
        _source("DPL", "Denied Persons List", COMMERCE, DAY, "1979-10-01", CSL),
        _source("UVL", "Unverified List", COMMERCE, DAY, "2002-06-14", CSL),
        _source("MEU", "Military End-User List", COMMERCE, DAY, "2020-12-23", CSL),
        _source("SDN", "Specially Designated Nationals", TREASURY, SIX_HOURS, "1986-12-10", CSL),
        _source("SSI", "Sectoral Sanctions Identifications List", TREASURY, SIX_HOURS, "2014-07-16", CSL, OFAC_NON_SDN),
        _source("FSE", "Foreign Sanctions Evaders List", TREASURY, SIX_HOURS, "2014-02-06", CSL, OFAC_NON_SDN),
        _source("CAP", "CAPTA List", TREASURY, SIX_HOURS, "2019-03-14", CSL, OFAC_NON_SDN),
        _source(
            "CMIC", "Chinese Military-Industrial Complex Companies List", TREASURY, SIX_HOURS, "2021-06-03", CSL, OFAC_NON_SDN
        ),
        _source("MBS", "Non-SDN Menu-Based Sanctions List", TREASURY, SIX_HOURS, "2020-12-14", CSL, OFAC_NON_SDN),
        _source("PLC", "Palestinian Legislative Council List", TREASURY, SIX_HOURS, "2006-04-12", CSL, OFAC_NON_SDN),
        _source("ISN", "Nonproliferation Sanctions", STATE_ISN, DAY, "1993-01-01", CSL),
        _source("DTC", "AECA Debarred", STATE_DDTC, DAY, "1988-01-01", CSL),
        _source("UN", "United Nations Security Council Consolidated List", "United Nations", DAY, "1999-10-15"),
        _source("EU", "EU Consolidated Financial Sanctions List", "European Commission", DAY, "2004-01-01"),
        _source("UK", "UK Sanctions List", "Foreign, Commonwealth and Development Office", DAY, "2020-07-06"),
        _source(
            "1260H", "Section 1260H Chinese Military Companies", "Department of Defense", MONTH, "2021-06-03", own_format=False
        ),
        _source("1286", "Section 1286 Institutions of Concern", "Department of Defense", MONTH, "2023-06-29", own_format=False),
        _source("UFLPA", "UFLPA Entity List", "Department of Homeland Security", DAY, "2022-06-21", own_format=False),
    )
)
"""Built-in lists by code; any other code in capitals is a custom list."""

LIST_CODES = tuple(CONTROL_LISTS)

BUNDLES: Mapping[str, tuple[str, ...]] = {
    bundle: tuple(code for code, source in CONTROL_LISTS.items() if bundle in source.bundles) for bundle in (CSL, OFAC_NON_SDN)
}
"""Codes of `import_list` that stand for several lists in one file or set of files."""

OFAC_LISTS = frozenset(code for code, source in CONTROL_LISTS.items() if source.publisher == TREASURY)
"""Lists whose uids are OFAC's own numbers: one number is one entity on all of them."""


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
