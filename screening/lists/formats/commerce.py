"""Entries as the Commerce Department prints them (Entity List, Unverified List, Military End-User List)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from screening.lists.collector import Harvest
from screening.lists.fields.addresses import countries_of, in_hong_kong, is_bare_country, split_prose
from screening.lists.fields.dates import date_of, newest_cited
from screening.lists.fields.identity import address_entry_uid, citation_uid
from screening.lists.fields.names import aliases_of, split_aliases, squeeze, take_apart, with_abbreviations
from screening.lists.fields.requirement import OTHER, footnotes_of, policy_code, requirement_code
from screening.lists.schema import is_address_only, schema_of
from screening.lists.types import WarningCode
from screening.matching.countries import code_for
from screening.matching.types import Alias, ListedParty

LINKS = {
    "EL": "https://www.bis.gov/regulations/ear/744#supplement-4-744",
    "UVL": "https://www.bis.gov/regulations/ear/744#supplement-6-744",
    "MEU": "https://www.bis.gov/regulations/ear/744#supplement-7-744",
}
_FIRST_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}")


@dataclass(frozen=True, slots=True)
class Printed:
    """One entry in the publisher's words. `addresses` is the prose field, or several of them (one a row)."""

    name: str
    country: str = ""
    aliases: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    citation: str = ""
    requirement: str = ""
    policy: str = ""
    effective: str = ""
    remarks: str = ""
    raw: Mapping[str, str] = field(default_factory=dict)


def add_entry(code: str, printed: Printed, harvest: Harvest) -> None:
    """Normalize an entry and add it; texts that are not understood are kept and counted as warnings."""
    harvest.add(entry_of(code, printed, harvest))


def entry_of(code: str, printed: Printed, harvest: Harvest) -> ListedParty:
    """Entry of list `code`, its texts normalized and their raw forms kept where something was lost."""
    named = take_apart(printed.name)
    heading = code_for(printed.country)
    if printed.country and not heading:
        harvest.note(WarningCode.UNKNOWN_COUNTRY, f"country heading {printed.country!r} is not known", code)
    splits = [split_prose(text) for text in printed.addresses]
    parts = tuple(dict.fromkeys(part for split in splits for part in split.addresses))
    addresses = tuple(part for part in parts if not is_bare_country(part))
    aliases = [
        *named.aliases,
        *aliases_of(part for text in printed.aliases for part in split_aliases(text)),
        *(Alias(name) for split in splits for name in split.aliases),
    ]
    countries = countries_of(parts, heading)
    if heading == "HK" or (heading == "CN" and parts and all(map(in_hong_kong, parts))):
        countries = tuple(dict.fromkeys(("HK", "CN", *countries)))
    citation, requirement, policy = (
        squeeze("; ".join(printed.citation.splitlines())),
        squeeze(printed.requirement),
        squeeze(printed.policy),
    )
    harvest.row_date(newest_cited(citation))
    harvest.row_date(date_of(printed.effective))
    if requirement_code(requirement) == OTHER:
        harvest.note(
            WarningCode.UNREAD_REQUIREMENT,
            f"license requirement not understood, a person must read it: {requirement[:160]!r}",
            code,
        )
    if policy_code(policy) == OTHER:
        harvest.note(
            WarningCode.UNREAD_POLICY, f"license review policy not understood, a person must read it: {policy[:160]!r}", code
        )
    uid = citation_uid(named.name, heading or (countries[0] if countries else ""), citation)
    if is_address_only(named.name) and countries:
        uid = address_entry_uid("HK" if countries[0] == "HK" else heading or countries[0], named.name)
    pointers = [pointer for split in splits for pointer in split.pointers]
    return ListedParty(
        list=code,
        uid=uid,
        name=named.name,
        schema=schema_of(named.name, surname_first=False),
        aliases=with_abbreviations(named.name, aliases),
        addresses=addresses,
        countries=countries,
        license_requirement=requirement,
        requirement_code=requirement_code(requirement),
        license_policy=policy,
        policy_code=policy_code(policy),
        federal_register=citation,
        footnotes=footnotes_of(requirement),
        effective_on=date_of(printed.effective) or date_of(next(iter(_FIRST_DATE.findall(citation)), "")),
        remarks="; ".join(filter(None, (squeeze(printed.remarks), *named.notes, *pointers))),
        source_url=LINKS.get(code, ""),
        raw={**printed.raw, **_raw(printed, named.name, addresses)},
    )


def merged(printed: Iterable[Printed]) -> list[Printed]:
    """Rows of one entry made one: files that print a row per alias and address repeat name, country and citation."""
    groups: dict[tuple[str, str, str], list[Printed]] = {}
    for row in printed:
        groups.setdefault((squeeze(row.name), squeeze(row.country), squeeze(row.citation)), []).append(row)
    return [
        Printed(
            name=rows[0].name,
            country=rows[0].country,
            aliases=tuple(dict.fromkeys(alias for row in rows for alias in row.aliases)),
            addresses=tuple(dict.fromkeys(address for row in rows for address in row.addresses)),
            citation=rows[0].citation,
            requirement=rows[0].requirement,
            policy=rows[0].policy,
            effective=rows[0].effective,
            remarks="; ".join(dict.fromkeys(row.remarks for row in rows if row.remarks)),
            raw=rows[0].raw,
        )
        for rows in groups.values()
    ]


def _raw(printed: Printed, name: str, addresses: tuple[str, ...]) -> dict[str, str]:
    whole = "; ".join(squeeze(text) for text in printed.addresses)
    kept = {}
    if printed.name.strip() != name:
        kept["name"] = printed.name.strip()
    if whole != "; ".join(addresses):
        kept["addresses"] = whole
    return kept
