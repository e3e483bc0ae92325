"""EU consolidated financial sanctions list: CSV (a row per name, address, birth date …) and XML (one element a party).

Not yet proven on a publisher's file: written from the published column and attribute names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from screening.lists.collector import Harvest
from screening.lists.decoding import Text
from screening.lists.fields.addresses import countries_of
from screening.lists.fields.dates import date_of, european_date
from screening.lists.fields.identifiers import identifier
from screening.lists.fields.names import squeeze, with_abbreviations
from screening.lists.formats.small_csv import records
from screening.lists.schema import schema_of
from screening.lists.types import FileRefused
from screening.lists.xmlstream import Element, children, elements, root_of, text_of
from screening.matching.countries import ISO2
from screening.matching.types import Alias, Identifier, ListedParty, Quality, Schema

LINK = "https://data.europa.eu/data/datasets/consolidated-list-of-persons-groups-and-entities-subject-to-eu-financial-sanctions"
_KINDS = {"person": Schema.PERSON, "p": Schema.PERSON, "enterprise": Schema.ORGANIZATION, "e": Schema.ORGANIZATION}
UNKNOWN_COUNTRY = "00"
"""The list's code for a country it does not know, described as "UNKNOWN"."""
_NUMBERS = {
    "passport": "Passport",
    "id": "National ID No.",
    "fiscalcode": "Tax ID No.",
    "regnumber": "Registration Number",
    "swiftbic": "SWIFT/BIC",
    "imo": "IMO",
    "electreg": "Registration Number",
    "tradelic": "Trade License No.",
}


@dataclass(slots=True)
class EuParty:
    """What the rows or the element of one party say."""

    uid: str
    kind: str = ""
    names: list[Alias] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)
    birth_dates: list[str] = field(default_factory=list)
    citizenships: list[str] = field(default_factory=list)
    programs: list[str] = field(default_factory=list)
    citations: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    listed: str = ""


def parse_csv(texts: Sequence[Text], harvest: Harvest) -> None:
    """Read the CSV: rows of one Entity_LogicalId are one party."""
    found: dict[str, EuParty] = {}
    for text in texts:
        delimiter = ";" if text.text.split("\n", 1)[0].count(";") else ","
        for line, row in records(text, harvest, required=("entity_logicalid", "namealias_wholename"), delimiter=delimiter):
            harvest.publish(european_date(row.get("filegenerationdate", "")))
            if not row["entity_logicalid"]:
                harvest.reject(line, "no Entity_LogicalId", ",".join(row.values())[:200], "EU")
                continue
            _add_row(row, found.setdefault(row["entity_logicalid"], EuParty(row["entity_logicalid"])))
    for party in found.values():
        _add(party, harvest)


def parse_xml(texts: Sequence[Text], harvest: Harvest) -> None:
    """Read the XML. Raises FileRefused: truncated, empty."""
    for text in texts:
        harvest.publish(date_of(root_of(text)[1].get("generationDate", "")))
        read = 0
        for _, element in elements(text, ("sanctionEntity",)):
            read += 1
            _add(_party(element), harvest)
        if not read:
            raise FileRefused("empty", f"{text.name} holds no sanctionEntity")


def _add(party: EuParty, harvest: Harvest) -> None:
    if not party.names:
        harvest.reject(0, "a party without a name", f"logical id {party.uid}", "EU")
        return
    name, *others = party.names
    harvest.add(
        ListedParty(
            list="EU",
            uid=party.uid,
            name=name.name,
            schema=_KINDS.get(party.kind.lower()) or schema_of(name.name),
            aliases=with_abbreviations(name.name, others),
            addresses=tuple(dict.fromkeys(party.addresses)),
            countries=countries_of(party.addresses, *party.countries),
            identifiers=tuple(dict.fromkeys(party.identifiers)),
            birth_dates=tuple(dict.fromkeys(party.birth_dates)),
            citizenships=tuple(dict.fromkeys(party.citizenships)),
            programs=tuple(dict.fromkeys(party.programs)),
            federal_register="; ".join(dict.fromkeys(party.citations)),
            effective_on=european_date(party.listed),
            remarks="; ".join(dict.fromkeys(party.remarks)),
            source_url=LINK,
        )
    )


def _add_row(row: Mapping[str, str], party: EuParty) -> None:
    get = row.get
    parts = (get("namealias_firstname", ""), get("namealias_middlename", ""), get("namealias_lastname", ""))
    if name := squeeze(row["namealias_wholename"] or " ".join(filter(None, parts))):
        party.names.append(Alias(name, kind=_script(name)))
    party.kind = party.kind or get("entity_subjecttype_classificationcode", "") or get("entity_subjecttype", "")
    party.listed = party.listed or get("entity_designationdate", "")
    place = ("address_street", "address_pobox", "address_place", "address_city", "address_zipcode", "address_region")
    address = ", ".join(filter(None, (get(column, "") for column in place)))
    iso = get("address_countryiso2code", "").upper()
    country = "" if iso == UNKNOWN_COUNTRY else get("address_countrydescription", "") or iso
    if address:
        party.addresses.append(", ".join(filter(None, (address, country))))
    _append(party.countries, iso if iso in ISO2 else "")
    _append(party.citizenships, _iso(get("citizenship_countryiso2code", "")))
    years = (get("birthdate_yearrangefrom", ""), get("birthdate_yearrangeto", ""))
    _append(
        party.birth_dates, _birth(get("birthdate_birthdate", ""), get("birthdate_year", ""), years, get("birthdate_circa", ""))
    )
    _append(party.programs, get("entity_regulation_programme", ""))
    _append(party.citations, get("entity_regulation_numbertitle", ""))
    _append(party.remarks, get("entity_remark", ""))
    _append(party.remarks, get("entity_eu_referencenumber", ""))
    _append(party.remarks, get("entity_unitednationid", ""))
    _add_number(
        party,
        get("identification_typecode", "") or get("identification_typedescription", ""),
        get("identification_number", "") or get("identification_latinnumber", ""),
        get("identification_countryiso2code", ""),
        false=get("identification_knownfalse", ""),
    )


def _party(element: Element) -> EuParty:
    get = element.attrib.get
    party = EuParty(uid=get("logicalId", "") or get("euReferenceNumber", ""), listed=get("designationDate", ""))
    for item in children(element, "subjectType"):
        party.kind = item.attrib.get("classificationCode", "") or item.attrib.get("code", "")
    for item in children(element, "nameAlias"):
        parts = (item.attrib.get(part, "") for part in ("firstName", "middleName", "lastName"))
        name = squeeze(item.attrib.get("wholeName", "") or " ".join(filter(None, parts)))
        strong = {"true": Quality.STRONG, "false": Quality.WEAK}.get(item.attrib.get("strong", ""), Quality.UNKNOWN)
        if name:
            party.names.append(Alias(name, strong, _script(name)))
    # The first strong name names the entry; a weak one only when there is no other.
    party.names.sort(key=lambda alias: (alias.quality is Quality.WEAK, alias.kind == "script"))
    for item in children(element, "address"):
        place = (item.attrib.get(part, "") for part in ("street", "poBox", "place", "city", "zipCode", "region"))
        address = ", ".join(filter(None, map(squeeze, place)))
        known = item.attrib.get("countryIso2Code", "") != UNKNOWN_COUNTRY
        country = squeeze(item.attrib.get("countryDescription", "")) if known else ""
        if address:
            party.addresses.append(", ".join(filter(None, (address, country))))
        _append(party.countries, _iso(item.attrib.get("countryIso2Code", "")))
    for item in children(element, "citizenship"):
        _append(party.citizenships, _iso(item.attrib.get("countryIso2Code", "")))
    for item in children(element, "birthdate"):
        years = (item.attrib.get("yearRangeFrom", ""), item.attrib.get("yearRangeTo", ""))
        exact, year = item.attrib.get("birthdate", ""), item.attrib.get("year", "")
        _append(party.birth_dates, _birth(exact, year, years, item.attrib.get("circa", "")))
    for item in children(element, "identification"):
        _add_number(
            party,
            item.attrib.get("identificationTypeCode", "") or item.attrib.get("identificationTypeDescription", ""),
            item.attrib.get("number", "") or item.attrib.get("latinNumber", ""),
            item.attrib.get("countryIso2Code", ""),
            false=item.attrib.get("knownFalse", ""),
        )
    for item in children(element, "regulation"):
        _append(party.programs, item.attrib.get("programme", ""))
        _append(party.citations, item.attrib.get("numberTitle", ""))
    _append(party.remarks, text_of(element, "remark"))
    _append(party.remarks, get("euReferenceNumber", ""))
    _append(party.remarks, get("unitedNationId", ""))
    return party


def _script(name: str) -> str:
    """ "script" for a name whose letters are mostly beyond Latin."""
    letters = [char for char in name if char.isalpha()]
    return "script" if sum(char > "ɏ" for char in letters) * 2 > len(letters) else "aka"


def _iso(code: str) -> str:
    return code.upper() if code.upper() in ISO2 else ""


def _add_number(party: EuParty, kind: str, value: str, country: str, *, false: str) -> None:
    """A number of a known type is a match key; any other, and that of a document known to be false, stays a remark."""
    if not value:
        return
    key = identifier(_NUMBERS.get(kind.strip().lower(), kind), value, _iso(country))
    if key is not None and false.lower() != "true":
        party.identifiers.append(key)
    else:
        _append(party.remarks, " ".join(filter(None, (kind, value, _iso(country), "(known false)" if key is not None else ""))))


def _birth(exact: str, year: str, years: tuple[str, str], circa: str) -> str:
    """A birth date as text: the day, else the year, else "1958 to 1960"; "circa" where the list says so."""
    said = exact or year or " to ".join(dict.fromkeys(filter(None, years)))
    return f"circa {said}" if said and circa.lower() == "true" else said


def _append(values: list[str], value: str) -> None:
    if value and value not in values:
        values.append(value)
