"""OFAC's sdn.xml and consolidated.xml (namespace http://tempuri.org/sdnList.xsd)."""

from __future__ import annotations

from collections.abc import Sequence

from screening.lists.collector import Harvest
from screening.lists.decoding import Text
from screening.lists.fields.dates import date_of
from screening.lists.fields.identifiers import identifier, vessel_keys
from screening.lists.fields.names import alias_kind
from screening.lists.formats.ofac_entry import OfacFacts, add_all
from screening.lists.formats.ofac_remarks import birth_date
from screening.lists.types import FileRefused, WarningCode
from screening.lists.xmlstream import Element, children, elements, text_of, texts_of
from screening.matching.countries import code_for
from screening.matching.types import Alias, Quality

_ADDRESS = ("address1", "address2", "address3", "city", "stateOrProvince", "postalCode")
_QUALITIES = {"strong": Quality.STRONG, "weak": Quality.WEAK}
_DETAILS = (
    ("title", ("title",)),
    ("vessel_type", ("vesselInfo", "vesselType")),
    ("flag", ("vesselInfo", "vesselFlag")),
    ("owner", ("vesselInfo", "vesselOwner")),
    ("tonnage", ("vesselInfo", "tonnage")),
    ("grt", ("vesselInfo", "grossRegisteredTonnage")),
)


def parse(texts: Sequence[Text], harvest: Harvest) -> None:
    """Read the file. Raises FileRefused: truncated (not closed, or fewer entries than Record_Count says)."""
    found: list[OfacFacts] = []
    for text in texts:
        promised = ""
        before = len(found)
        for name, element in elements(text, ("sdnEntry", "publshInformation")):
            if name == "publshInformation":
                harvest.publish(date_of(text_of(element, "Publish_Date")))
                promised = text_of(element, "Record_Count")
                continue
            facts = _facts(element)
            if facts.number and facts.name:
                found.append(facts)
            else:
                harvest.reject(0, "an entry without number or name", f"uid {facts.number!r}, name {facts.name!r}")
        read = len(found) - before
        if promised.isdigit() and int(promised) > read:
            # Excerpts keep the count of the whole file: a warning, and the count band guard decides.
            harvest.note(WarningCode.COUNT_DIFFERS, f"{text.name} promises {int(promised):,} entries and holds {read:,}")
        if not read:
            raise FileRefused("empty", f"{text.name} holds no entry")
    add_all(found, harvest)


def _facts(entry: Element) -> OfacFacts:
    remarks = text_of(entry, "remarks")
    facts = OfacFacts(
        number=text_of(entry, "uid"),
        name=_name(entry),
        kind=text_of(entry, "sdnType"),
        programs=texts_of(entry, "programList", "program"),
        remarks=remarks,
        identifiers=vessel_keys(text_of(entry, "vesselInfo", "callSign")),
        birth_dates=[birth_date(text) for text in texts_of(entry, "dateOfBirthList", "dateOfBirthItem", "dateOfBirth")],
        vessel=any(True for _ in children(entry, "vesselInfo")),
        details={label: text_of(entry, *path) for label, path in _DETAILS if text_of(entry, *path)},
    )
    for aka in children(entry, "akaList", "aka"):
        quality = _QUALITIES.get(text_of(aka, "category").lower(), Quality.UNKNOWN)
        if name := _name(aka):
            facts.aliases.append(Alias(name, quality, alias_kind(text_of(aka, "type"))))
    for address in children(entry, "addressList", "address"):
        printed = ", ".join(filter(None, (text_of(address, part) for part in _ADDRESS)))
        facts.addresses.append((printed, text_of(address, "country")))
    others = []
    for item in children(entry, "idList", "id"):
        kind, number, country = (text_of(item, part) for part in ("idType", "idNumber", "idCountry"))
        key = identifier(kind, number, code_for(country))
        if key is not None:
            facts.identifiers.append(key)
        elif kind or number:
            others.append(f"{kind} {number}".strip())
    facts.remarks = "; ".join(filter(None, (remarks, *others)))
    for path in (("nationalityList", "nationality", "country"), ("citizenshipList", "citizenship", "country")):
        facts.citizenships.extend(filter(None, map(code_for, texts_of(entry, *path))))
    return facts


def _name(element: Element) -> str:
    """ "SURNAME, Given" for persons, the last name for everything else."""
    return ", ".join(filter(None, (text_of(element, "lastName"), text_of(element, "firstName"))))
