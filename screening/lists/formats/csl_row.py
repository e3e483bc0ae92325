"""One record of the Consolidated Screening List as a ListedParty; shared by its CSV and JSON forms."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from screening.lists.collector import Harvest
from screening.lists.fields.addresses import Split, countries_of, in_hong_kong, is_bare_country, split_coded, split_prose
from screening.lists.fields.dates import date_of
from screening.lists.fields.identifiers import Ids, read_ids, vessel_keys
from screening.lists.fields.identity import address_entry_uid, citation_uid, denial_uid
from screening.lists.fields.names import Named, aliases_of, split_aliases, squeeze, take_apart, with_abbreviations
from screening.lists.fields.requirement import OTHER, footnotes_of, policy_code, requirement_code
from screening.lists.registry import BUNDLES, OFAC_LISTS
from screening.lists.schema import is_address_only, schema_of
from screening.matching.countries import code_for
from screening.matching.types import Alias, ListedParty

_PROSE = frozenset(("EL", "MEU", "UVL", "ISN", "DTC"))
_BRACKETS = re.compile(r"\(([^()]*)\)")
_PRINTED_CODES = {"NS-MBS List": "MBS", "NS-MBS": "MBS", "CAPTA": "CAP"}
_CODE = re.compile(r"^[A-Z0-9][A-Z0-9_]{1,19}$")
_LINK_COLUMNS = ("source_list_url", "source_information_url")
_VESSEL_COLUMNS = ("vessel_type", "vessel_flag", "vessel_owner", "gross_tonnage", "gross_registered_tonnage")

_LABELED = (
    ("Title", "title"),
    ("POB", "places_of_birth"),
    ("Vessel type", "vessel_type"),
    ("Flag", "vessel_flag"),
    ("Vessel owner", "vessel_owner"),
    ("Gross tonnage", "gross_tonnage"),
    ("GRT", "gross_registered_tonnage"),
)


@lru_cache(maxsize=256)
def list_code(source: str) -> tuple[str, bool]:
    """List code of a `source` text and whether we know the list: the last brackets tell ("Entity List (EL) - …")."""
    printed = _BRACKETS.findall(source)
    code = _PRINTED_CODES.get(printed[-1].strip(), printed[-1].strip()) if printed else ""
    if not _CODE.match(code):
        code = re.sub(r"[^A-Z0-9]+", "_", source.upper()).strip("_")[:20] or "CUSTOM"
    return code, code in BUNDLES["CSL"]


def entry_of(code: str, cells: Mapping[str, str], harvest: Harvest, exact: Mapping[str, Sequence[str]]) -> ListedParty:
    """Entry of a record whose source and name are filled. Columns that are absent (2019, JSON) read as empty.

    `exact` holds the values of `alt_names` and `addresses` where the file gives them as lists (JSON).
    """
    get = cells.get
    printed_name = squeeze(get("name", ""))
    treasury = code in OFAC_LISTS
    named = Named(printed_name) if treasury else take_apart(printed_name)
    alias_text = squeeze(get("alt_names", ""))
    parts = list(exact["alt_names"]) if "alt_names" in exact else split_aliases(alias_text) if alias_text else []
    aliases = [*named.aliases, *(map(Alias, parts) if treasury else aliases_of(parts))]
    address_text = squeeze(get("addresses", ""))
    if "addresses" in exact:
        split = Split(tuple(dict.fromkeys(part for text in exact["addresses"] for part in split_prose(text).addresses)))
    else:
        split = split_prose(address_text) if code in _PROSE else Split(split_coded(address_text))
    addresses = split.addresses
    aliases.extend(map(Alias, split.aliases))
    countries = countries_of(addresses)
    real = tuple(address for address in addresses if not is_bare_country(address))
    ids = read_ids(squeeze(get("ids", "")))
    citation = squeeze(get("federal_register_notice", ""))
    start, end = date_of(get("start_date", "")), date_of(get("end_date", ""))
    harvest.row_date(start)
    requirement, policy = squeeze(get("license_requirement", "")), squeeze(get("license_policy", ""))
    raw = {
        column: printed
        for column, printed, kept in (
            ("name", get("name", "").strip(), named.name),
            ("alt_names", alias_text, "; ".join(parts)),
            ("addresses", address_text, "; ".join(real)),
            ("ids", squeeze(get("ids", "")), "" if ids.lossy else squeeze(get("ids", ""))),
            ("start_date", get("start_date", "").strip(), "" if start is None else get("start_date", "").strip()),
            ("end_date", get("end_date", "").strip(), "" if end is None else get("end_date", "").strip()),
            ("standard_order", get("standard_order", "").strip(), ""),
        )
        if printed != kept
    }
    _notes(code, raw, requirement, policy, harvest)
    entity_number = get("entity_number", "").strip() or (get("_id", "").strip() if treasury else "")
    vessel_ids = vessel_keys(get("call_sign", ""))
    return ListedParty(
        list=code,
        uid=_uid(
            code, named.name, entity_number, addresses, countries, citation, start.isoformat() if start else get("start_date", "")
        ),
        name=named.name,
        schema=schema_of(
            named.name,
            ofac_type=get("type", "") if treasury else "",
            vessel=bool(vessel_ids) or any(get(column, "").strip() for column in _VESSEL_COLUMNS),
            aircraft=any(key.type == "Aircraft Tail Number" for key in ids.keys),
            surname_first=code not in ("EL", "MEU", "UVL", "DPL"),
        ),
        aliases=with_abbreviations(named.name, aliases),
        addresses=real,
        countries=countries,
        identifiers=(*ids.keys, *vessel_ids),
        birth_dates=_parts(get("dates_of_birth", "")),
        citizenships=_citizenships(get("citizenships", ""), get("nationalities", "")),
        programs=_parts(get("programs", "")),
        license_requirement=requirement,
        requirement_code=requirement_code(requirement),
        license_policy=policy,
        policy_code=policy_code(policy),
        federal_register=citation,
        footnotes=footnotes_of(requirement),
        effective_on=start,
        expires_on=end,
        remarks=_remarks(cells, named.notes, split.pointers, ids),
        source_url=next((get(column, "").strip() for column in _LINK_COLUMNS if get(column, "").strip()), ""),
        raw=raw,
    )


def _uid(
    code: str, name: str, number: str, addresses: tuple[str, ...], countries: tuple[str, ...], citation: str, start: str
) -> str:
    if number:
        return number
    if code == "DPL":
        return denial_uid(name, start)
    if is_address_only(name) and countries:
        region = "HK" if any(map(in_hong_kong, addresses)) or countries[0] == "HK" else countries[0]
        return address_entry_uid(region, name)
    return citation_uid(name, countries[0] if countries else "", citation)


def _parts(printed: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for part in (squeeze(text) for text in printed.split("; ")) if part))


def _citizenships(*printed: str) -> tuple[str, ...]:
    codes = (code_for(part) for text in printed for part in _parts(text))
    return tuple(dict.fromkeys(code for code in codes if code))


def _remarks(cells: Mapping[str, str], notes: tuple[str, ...], pointers: tuple[str, ...], ids: Ids) -> str:
    get = cells.get
    known = [f"{label}: {squeeze(get(column, ''))}" for label, column in _LABELED if get(column, "").strip()]
    return "; ".join(part for part in (squeeze(get("remarks", "")), *notes, *pointers, *known, *ids.remarks) if part)


def _notes(code: str, raw: Mapping[str, str], requirement: str, policy: str, harvest: Harvest) -> None:
    for column in ("start_date", "end_date"):
        if column in raw:
            harvest.note(f"a {column} is no date; its text is kept", code)
    if requirement_code(requirement) == OTHER:
        harvest.note(f"license requirement not understood, a person must read it: {requirement[:160]!r}", code)
    if policy_code(policy) == OTHER:
        harvest.note(f"license review policy not understood, a person must read it: {policy[:160]!r}", code)
