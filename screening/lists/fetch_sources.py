"""Where lists are fetched from: the publishers' own addresses, and how often each should be looked at.

A host that does not stand here is never asked and never redirected to.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

WASHINGTON = ZoneInfo("America/New_York")
MORNING = dt.time(8)
"""The eCFR is brought up to date overnight; before this hour a day's edition may be missing."""
SIX_HOURS = dt.timedelta(hours=6)


class Cadence(StrEnum):
    """How often a publisher is asked."""

    SIX_HOURS_ON_WORKING_DAYS = "every 6 hours on working days"
    DAILY_AFTER_EIGHT = "daily after 08:00 in Washington"
    DAILY = "daily"

    @property
    def hours(self) -> int:
        """Cadence of the lists it brings, for judging their age."""
        return 6 if self is Cadence.SIX_HOURS_ON_WORKING_DAYS else 24


@dataclass(frozen=True, slots=True)
class FetchSource:
    """One publisher's file or set of files. `lists`: codes it is imported under, one after the other (a bundle is one
    code). `dated_by`: address whose JSON names the newest edition, put for `{date}` in `urls`. `linked_from`, `link`: a page
    that links to the file under a name of the day, and the pattern of that name (its group is MMDDYYYY)."""

    code: str
    name: str
    lists: tuple[str, ...]
    urls: tuple[str, ...]
    cadence: Cadence
    format: str = ""
    dated_by: str = ""
    linked_from: str = ""
    link: str = ""


_OFAC = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/"

FETCH_SOURCES: Mapping[str, FetchSource] = {
    source.code: source
    for source in (
        FetchSource(
            "CSL",
            "Consolidated Screening List (International Trade Administration)",
            ("CSL",),
            ("https://data.trade.gov/downloadable_consolidated_screening_list/v1/consolidated.csv",),
            Cadence.SIX_HOURS_ON_WORKING_DAYS,
            "csl_csv",
        ),
        FetchSource(
            "SDN",
            "Specially Designated Nationals (OFAC)",
            ("SDN",),
            tuple(f"{_OFAC}{name}" for name in ("SDN.CSV", "ALT.CSV", "ADD.CSV", "SDN_COMMENTS.CSV")),
            Cadence.SIX_HOURS_ON_WORKING_DAYS,
            "ofac_csv",
        ),
        FetchSource(
            "OFAC_NON_SDN",
            "OFAC lists other than the SDN List",
            ("OFAC_NON_SDN",),
            tuple(f"{_OFAC}{name}" for name in ("CONS_PRIM.CSV", "CONS_ALT.CSV", "CONS_ADD.CSV", "CONS_COMMENTS.CSV")),
            Cadence.SIX_HOURS_ON_WORKING_DAYS,
            "ofac_csv",
        ),
        FetchSource(
            "ECFR",
            "Supplements 4, 6 and 7 to part 744 (eCFR): Entity List, Unverified List, Military End-User List",
            ("EL", "UVL", "MEU"),
            ("https://www.ecfr.gov/api/versioner/v1/full/{date}/title-15.xml?part=744",),
            Cadence.DAILY_AFTER_EIGHT,
            "ecfr_xml",
            dated_by="https://www.ecfr.gov/api/versioner/v1/titles.json",
        ),
        FetchSource(
            "DPL",
            "Denied Persons List (Bureau of Industry and Security)",
            ("DPL",),
            (),
            Cadence.DAILY,
            "dpl_txt",
            linked_from="https://www.bis.gov/licensing/end-user-guidance/denied-persons-list-dpl",
            link=r"/dpl(?:_(\d{8}))?\.(?:csv|txt)(?:\?|$)",
        ),
        FetchSource(
            "UN",
            "Consolidated List (United Nations Security Council)",
            ("UN",),
            ("https://scsanctions.un.org/resources/xml/en/consolidated.xml",),
            Cadence.DAILY,
            "un_xml",
        ),
        FetchSource(
            "EU",
            "Financial sanctions file of the European Union",
            ("EU",),
            # The token is no secret: the Commission prints it in the address it gives to everybody.
            ("https://webgate.ec.europa.eu/fsd/fsf/public/files/xmlFullSanctionsList_1_1/content?token=dG9rZW4tMjAxNw",),
            Cadence.DAILY,
            "eu_xml",
        ),
        FetchSource(
            "UK",
            "UK Sanctions List (Foreign, Commonwealth and Development Office)",
            ("UK",),
            ("https://sanctionslist.fcdo.gov.uk/docs/UK-Sanctions-List.csv",),
            Cadence.DAILY,
            "uk_csv",
        ),
    )
}
"""Sources by code."""

HOSTS = frozenset(
    (
        "data.trade.gov",
        "sanctionslistservice.ofac.treas.gov",
        "www.ecfr.gov",
        "scsanctions.un.org",
        # The UN answers with a redirect to a file store, and has moved it before: a new one is named in the failure.
        "unsolprodfiles.blob.core.windows.net",
        "umsanrp1dltx4dj3sxtt.blob.core.windows.net",
        "www.bis.gov",
        "media.bis.gov",
        "webgate.ec.europa.eu",
        "sanctionslist.fcdo.gov.uk",
    )
)
"""Hosts that may be asked, also by a redirect; an installation may add some (LIST_FETCH_HOSTS)."""


def is_due(cadence: Cadence, *, tried_at: dt.datetime | None, now: dt.datetime) -> bool:
    """Whether a publisher should be asked now, given the last try."""
    if tried_at is None:
        return True
    local, last = now.astimezone(WASHINGTON), tried_at.astimezone(WASHINGTON)
    if cadence is Cadence.SIX_HOURS_ON_WORKING_DAYS:
        return local.weekday() < 5 and now - tried_at >= SIX_HOURS
    if cadence is Cadence.DAILY_AFTER_EIGHT:
        return local.time() >= MORNING and (last.date() < local.date() or last.time() < MORNING)
    return now - tried_at >= dt.timedelta(days=1)
