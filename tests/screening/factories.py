"""Small lists made in memory, in the publisher's own layout, and the steps that load them."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Mapping
from typing import Any

from exportcheck.accounts.models import Organization
from screening.lists.types import RawFile
from screening.matching.read_party import party_from_dict
from screening.matching.types import Party
from screening.models import ListVersion, Match, ScreenedParty
from screening.services.activation.activate import activate_versions
from screening.services.parties import snapshot
from screening.services.screening.screen import screen_party, start_run, store_screening
from screening.services.versions.stage import StageReport, stage_list_version

COLUMNS = [
    "_id",
    "source",
    "entity_number",
    "type",
    "programs",
    "name",
    "title",
    "addresses",
    "federal_register_notice",
    "start_date",
    "end_date",
    "standard_order",
    "license_requirement",
    "license_policy",
    "call_sign",
    "vessel_type",
    "gross_tonnage",
    "gross_registered_tonnage",
    "vessel_flag",
    "vessel_owner",
    "remarks",
    "source_list_url",
    "alt_names",
    "citizenships",
    "dates_of_birth",
    "nationalities",
    "places_of_birth",
    "source_information_url",
    "ids",
]
SOURCES = {
    "EL": "Entity List (EL) - Bureau of Industry and Security",
    "DPL": "Denied Persons List (DPL) - Bureau of Industry and Security",
    "UVL": "Unverified List (UVL) - Bureau of Industry and Security",
    "SDN": "Specially Designated Nationals (SDN) - Treasury Department",
}
DAY = dt.date(2026, 3, 2)
LATER = dt.date(2026, 4, 6)
REASON = "published by the agency today"
# Invented parties; the first word of each is shared by no other.
NAMES = (
    "Zarvonik Microsystems",
    "Quelbrant Photonics",
    "Drestova Avionics",
    "Plimsar Navigation",
    "Ostrevik Cryogenics",
    "Ganthorpe Turbines",
    "Yelmirok Guidance",
    "Brixatel Optics",
    "Fenquor Composites",
    "Wistramel Propulsion",
)


def row(name: str, code: str = "EL", **columns: str) -> dict[str, str]:
    """One row of a consolidated file."""
    facts = {
        "source": SOURCES[code],
        "name": name,
        "federal_register_notice": "91 FR 1000",
        "license_requirement": "For all items subject to the EAR",
        "license_policy": "Presumption of denial",
        "addresses": "1 Canal Road, Shenzhen, CN",
        "start_date": "2026-01-05",
    }
    if code == "SDN":
        facts |= {"entity_number": str(10_000 + sum(map(ord, name))), "type": "Entity", "programs": "NPWMD"}
    return {**dict.fromkeys(COLUMNS, ""), **facts, **columns}


def rows(count: int = 10, code: str = "EL") -> list[dict[str, str]]:
    """The first parties of NAMES (then numbered ones) as rows of a list."""
    names = [*NAMES, *(f"{NAMES[position % 10].split()[0]}{position} Works" for position in range(10, count))]
    return [row(name, code) for name in names[:count]]


def csl(lines: Iterable[Mapping[str, str]], name: str = "consolidated.csv") -> RawFile:
    """A consolidated file of these rows."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return RawFile(name, text.getvalue().encode())


def stage(lines: Iterable[Mapping[str, str]], *, day: dt.date | None = DAY, code: str = "CSL", **options: Any) -> StageReport:
    """Stage a consolidated file as the operator."""
    options.setdefault("actor", None)
    return stage_list_version(code=code, files=(csl(lines),), published_on=day, actor_label="test", **options)


def load(lines: Iterable[Mapping[str, str]], *, day: dt.date | None = DAY, **options: Any) -> list[ListVersion]:
    """Stage a consolidated file and activate every list in it, as the operator."""
    report = stage(lines, day=day, history=False, **options)
    assert not report.refused, report
    waiting = [one.version_id for one in report.lists if one.state == "staged" and one.version_id is not None]
    return activate_versions(actor=None, version_ids=waiting, reason=REASON)[0] if waiting else []


def party(name: str = "Zarvonik Microsystems", **facts: Any) -> Party:
    """A party of an application."""
    return party_from_dict({"name": name, "role": "end_user", "country": "CN", **facts})


def check(
    someone: Party, *, organization: Organization, case: str = "application:EX-2026-00001", part: str = "P1", **options: Any
) -> tuple[ScreenedParty, list[Match]]:
    """Screen a party and remember it, as a check of an application does."""
    answering = options.pop("snapshot", None) or snapshot.current()
    run = start_run(kind="check", organization=organization, snapshot=answering)
    return store_screening(
        organization=organization,
        case=case,
        part=part,
        party=someone,
        screening=screen_party(someone, answering),
        run=run,
        snapshot=answering,
        **options,
    )
