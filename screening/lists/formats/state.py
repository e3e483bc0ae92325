"""Parties the Department of State names: nonproliferation sanctions (ISN) and statutory debarment (DTC)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from screening.lists.collector import Harvest
from screening.lists.fields.addresses import countries_of, is_bare_country, split_prose
from screening.lists.fields.dates import date_of, newest_cited
from screening.lists.fields.identity import citation_uid
from screening.lists.fields.names import Named, aliases_of, squeeze, take_apart, with_abbreviations
from screening.lists.schema import schema_of
from screening.lists.types import WarningCode
from screening.matching.countries import code_for
from screening.matching.types import Alias, ListedParty

LINKS = {
    "ISN": "https://www.state.gov/key-topics-bureau-of-international-security-and-nonproliferation/nonproliferation-sanctions/",
    "DTC": "https://www.pmddtc.state.gov/ddtc_public/ddtc_public?id=ddtc_kb_article_page&sys_id=c22d1833dbb8d300d0a370131f9619f0",
}
_AUTHORITY = re.compile(r"Authority: ([^;|]+)")
_STATUS = re.compile(r"status: ([^;|]+)")
_EXPIRED = re.compile(r"^Expired on (\S+)", re.IGNORECASE)
_BORN = re.compile(r"Date of birth: ([^;|]+)", re.IGNORECASE)
_COUNTRY_WORDS = re.compile(
    r"^(?P<adjective>North Korean|Turkish)\s+(?:entity|individual)(?:\s+in\s+(?P<country>.+))?$", re.IGNORECASE
)
_ADJECTIVES = {"north korean": "KP", "turkish": "TR"}
# Several parties joined in one name: "A; B, S.A., and C, S.A": a legal form ends a name, "and" starts another.
_JOINED = re.compile(r";\s+|,\s+and\s+(?=[A-Z])|(?<=S\.A\.),\s+(?=[A-Z])|(?<=Inc\.),\s+(?=[A-Z])|(?<=Ltd\.),\s+(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class State:
    """A party in the publisher's words; `notes` holds authority, status or birth date where the file has no column."""

    name: str
    aliases: tuple[str, ...] = ()
    country: str = ""
    address: str = ""
    citation: str = ""
    effective: str = ""
    expires: str = ""
    programs: tuple[str, ...] = ()
    birth: str = ""
    notes: str = ""


def sanction_entry(printed: State, harvest: Harvest) -> ListedParty:
    """Entry of the nonproliferation list. It expires only when every determination in the notes says so."""
    programs = printed.programs or tuple(dict.fromkeys(map(squeeze, _AUTHORITY.findall(printed.notes))))
    return _entry("ISN", printed, take_apart(printed.name), programs, _expiry(printed), harvest)


def debarred_entry(printed: State, harvest: Harvest) -> ListedParty:
    """Entry of the debarred list. Parties joined in one name become aliases of the first; the printed name is kept."""
    named = take_apart(printed.name)
    joined = _JOINED.split(squeeze(printed.name)) if ";" in printed.name and not named.aliases else []
    if len(joined) > 1:
        harvest.note(
            WarningCode.JOINED_NAMES,
            "several parties stand in one name; the first names the entry, the others are its aliases",
            "DTC",
        )
        named = Named(joined[0], tuple(map(Alias, joined[1:])))
    return _entry("DTC", printed, named, printed.programs, date_of(printed.expires), harvest)


def country_code(printed: str) -> str:
    """ISO code of a country text: "Turkey (Turkiye)", "North Korean entity in China", "People’s Republic of China"."""
    if match := _COUNTRY_WORDS.match(squeeze(printed)):
        return code_for(match["country"] or "") or _ADJECTIVES[match["adjective"].lower()]
    return code_for(printed)


def _expiry(printed: State) -> dt.date | None:
    if printed.expires:
        return date_of(printed.expires)
    statuses: Sequence[str] = [squeeze(text) for text in _STATUS.findall(printed.notes)]
    dates = [date_of(match[1].rstrip(".,")) for text in statuses if (match := _EXPIRED.match(text))]
    known = [date for date in dates if date is not None]
    return max(known) if known and len(known) == len(statuses) else None


def _entry(
    code: str, printed: State, named: Named, programs: tuple[str, ...], expires: dt.date | None, harvest: Harvest
) -> ListedParty:
    citation = squeeze("; ".join(printed.citation.splitlines()))
    effective = date_of(printed.effective)
    harvest.row_date(effective or newest_cited(citation))
    country = country_code(printed.country)
    if printed.country and not country:
        harvest.note(WarningCode.UNKNOWN_COUNTRY, f"country {printed.country!r} is not known", code)
    split = split_prose(printed.address)
    addresses = tuple(part for part in split.addresses if not is_bare_country(part))
    born = printed.birth or next(iter(_BORN.findall(printed.notes)), "")
    raw = {
        key: text
        for key, text, kept in (
            ("name", printed.name.strip(), named.name),
            ("country", printed.country, printed.country if country else ""),
            ("effective_date", printed.effective, printed.effective if effective else ""),
        )
        if text != kept
    }
    return ListedParty(
        list=code,
        uid=citation_uid(named.name, country, citation),
        name=named.name,
        schema=schema_of(named.name),
        aliases=with_abbreviations(named.name, (*named.aliases, *aliases_of(printed.aliases))),
        addresses=addresses,
        countries=countries_of(addresses, country),
        birth_dates=(squeeze(born),) if born.strip() else (),
        programs=programs,
        federal_register=citation,
        effective_on=effective,
        expires_on=expires,
        remarks="; ".join(filter(None, (squeeze(printed.notes), *named.notes))),
        source_url=LINKS[code],
        raw=raw,
    )
