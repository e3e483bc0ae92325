"""EU consolidated financial sanctions list: CSV (a row per name, address, birth date …) and XML (one element a party).

Not yet proven on a publisher's file: written from the published column and attribute names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from screening.lists.addresses import countries_of
from screening.lists.dates import date_of, european_date
from screening.lists.decode import Text
from screening.lists.formats.small_csv import records
from screening.lists.harvest import Harvest
from screening.lists.identifiers import identifier
from screening.lists.names import squeeze, with_abbreviations
from screening.lists.schema import schema_of
from screening.lists.types import FileRefused
from screening.lists.xmlstream import Element, children, elements, root_of, text_of
from screening.matching.countries import ISO2
from screening.matching.types import Alias, Identifier, ListedParty, Quality, Schema

LINK = "https://data.europa.eu/data/datasets/consolidated-list-of-persons-groups-and-entities-subject-to-eu-financial-sanctions"
_KINDS = {"person": Schema.PERSON, "p": Schema.PERSON, "enterprise": Schema.ORGANIZATION, "e": Schema.ORGANIZATION}
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
class Party:
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
    found: dict[str, Party] = {}
    for text in texts:
        delimiter = ";" if text.text.split("\n", 1)[0].count(";") else ","
        for line, row in records(text, harvest, required=("entity_logicalid", "namealias_wholename"), delimiter=delimiter):
            harvest.publish(european_date(row.get("filegenerationdate", "")))
            if not row["entity_logicalid"]:
                harvest.reject(line, "no Entity_LogicalId", ",".join(row.values())[:200], "EU")
                continue
            _add_row(row, found.setdefault(row["entity_logicalid"], Party(row["entity_logicalid"])))
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


def _add(party: Party, harvest: Harvest) -> None:
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


def _add_row(row: Mapping[str, str], party: Party) -> None:
    get = row.get
    parts = (get("namealias_firstname", ""), get("namealias_middlename", ""), get("namealias_lastname", ""))
    if name := squeeze(row["namealias_wholename"] or " ".join(filter(None, parts))):
        party.names.append(Alias(name, kind=_script(name)))
    party.kind = party.kind or get("entity_subjecttype_classificationcode", "") or get("entity_subjecttype", "")
    party.listed = party.listed or get("entity_designationdate", "")
    place = ("address_street", "address_pobox", "address_city", "address_zipcode", "address_region")
    address = ", ".join(filter(None, (get(column, "") for column in place)))
    country, iso = get("address_countrydescription", ""), get("address_countryiso2code", "").upper()
    if address:
        party.addresses.append(", ".join(filter(None, (address, country or iso))))
    _append(party.countries, iso if iso in ISO2 else "")
    _append(party.citizenships, _iso(get("citizenship_countryiso2code", "")))
    _append(party.birth_dates, get("birthdate_birthdate", "") or get("birthdate_year", ""))
    _append(party.programs, get("entity_regulation_programme", ""))
    _append(party.citations, get("entity_regulation_numbertitle", ""))
    _append(party.remarks, get("entity_remark", ""))
    kind = get("identification_typecode", "") or get("identification_typedescription", "")
    if key := _number(kind, get("identification_number", ""), get("identification_countryiso2code", "")):
        party.identifiers.append(key)


def _party(element: Element) -> Party:
    get = element.attrib.get
    party = Party(uid=get("logicalId", "") or get("euReferenceNumber", ""), listed=get("designationDate", ""))
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
        place = (item.attrib.get(part, "") for part in ("street", "poBox", "city", "zipCode", "region", "countryDescription"))
        address = ", ".join(filter(None, map(squeeze, place)))
        if address and address != item.attrib.get("countryDescription", ""):
            party.addresses.append(address)
        _append(party.countries, _iso(item.attrib.get("countryIso2Code", "")))
    for item in children(element, "citizenship"):
        _append(party.citizenships, _iso(item.attrib.get("countryIso2Code", "")))
    for item in children(element, "birthdate"):
        exact = item.attrib.get("birthdate", "") or item.attrib.get("year", "")
        _append(party.birth_dates, f"circa {exact}" if exact and item.attrib.get("circa") == "true" else exact)
    for item in children(element, "identification"):
        kind = item.attrib.get("identificationTypeCode", "")
        if key := _number(kind, item.attrib.get("number", ""), item.attrib.get("countryIso2Code", "")):
            party.identifiers.append(key)
    for item in children(element, "regulation"):
        _append(party.programs, item.attrib.get("programme", ""))
        _append(party.citations, item.attrib.get("numberTitle", ""))
    _append(party.remarks, text_of(element, "remark"))
    return party


def _script(name: str) -> str:
    """ "script" for a name whose letters are mostly beyond Latin."""
    letters = [char for char in name if char.isalpha()]
    return "script" if sum(char > "ɏ" for char in letters) * 2 > len(letters) else "aka"


def _iso(code: str) -> str:
    return code.upper() if code.upper() in ISO2 else ""


def _number(kind: str, value: str, country: str) -> Identifier | None:
    printed = _NUMBERS.get(kind.strip().lower(), kind)
    return identifier(printed, value, _iso(country)) if value else None


def _append(values: list[str], value: str) -> None:
    if value and value not in values:
        values.append(value)
