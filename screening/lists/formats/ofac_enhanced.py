"""OFAC's enhanced XML: it names the lists, the alias quality and the script of every name, so it is the one to prefer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from screening.lists.collector import Harvest
from screening.lists.decoding import Text
from screening.lists.fields.dates import date_of
from screening.lists.fields.identifiers import identifier, vessel_keys
from screening.lists.fields.names import alias_kind
from screening.lists.formats.ofac_entry import OfacFacts, entry_of
from screening.lists.formats.ofac_remarks import birth_date
from screening.lists.types import FileRefused, WarningCode
from screening.lists.xmlstream import Element, children, elements, text_of, texts_of
from screening.matching.countries import code_for
from screening.matching.types import Alias, Quality

# Printed list names, by the words that tell them; "Consolidated List" is the umbrella over the non-SDN lists.
_LISTS = (
    ("SDN List", "SDN"),
    ("Sectoral", "SSI"),
    ("Palestinian", "PLC"),
    ("CMIC", "CMIC"),
    ("Menu-Based", "MBS"),
    ("FSE", "FSE"),
    ("Foreign Sanctions Evaders", "FSE"),
    ("CAPTA", "CAP"),
    ("561", "CAP"),
)
_UMBRELLA = "Consolidated List"
_ADDRESS = ("ADDRESS1", "ADDRESS2", "ADDRESS3", "CITY", "STATE/PROVINCE", "REGION", "POSTAL CODE")
_COUNTRY_FEATURES = ("Nationality Country", "Citizenship Country")


def parse(texts: Sequence[Text], harvest: Harvest) -> None:
    """Read the file(s), one entry per list an entity is on. Raises FileRefused: truncated, empty."""
    for text in texts:
        read = 0
        for name, element in elements(text, ("publicationInfo", "entity")):
            if name == "publicationInfo":
                harvest.publish(date_of(text_of(element, "dataAsOf")))
                continue
            read += 1
            _take(element, harvest)
        if not read:
            raise FileRefused("empty", f"{text.name} holds no entity")


def _take(entity: Element, harvest: Harvest) -> None:
    facts = _facts(entity)
    if not facts.number or not facts.name:
        harvest.reject(0, "an entity without id or primary name", f"id {facts.number!r}, name {facts.name!r}")
        return
    for item in children(entity, "sanctionsLists", "sanctionsList"):
        printed = (item.text or "").strip()
        if printed == _UMBRELLA:
            continue
        code = next((code for words, code in _LISTS if words in printed), "")
        if not code:
            code = "".join(word[0] for word in printed.upper().split() if word[0].isalnum()) or "CUSTOM"
            harvest.note(WarningCode.UNKNOWN_LIST, f"unknown list {printed!r} is kept as the custom list {code}")
            harvest.names[code] = printed
        entry = entry_of(code, facts)
        harvest.add(replace(entry, effective_on=date_of(item.attrib.get("datePublished", ""))))


def _facts(entity: Element) -> OfacFacts:
    facts = OfacFacts(
        number=entity.attrib.get("id", ""),
        name="",
        kind=text_of(entity, "generalInfo", "entityType"),
        programs=texts_of(entity, "sanctionsPrograms", "sanctionsProgram"),
        remarks=text_of(entity, "generalInfo", "remarks"),
    )
    if title := text_of(entity, "generalInfo", "title"):
        facts.details["title"] = title
    for name in children(entity, "names", "name"):
        _add_name(name, facts)
    for address in children(entity, "addresses", "address"):
        country = text_of(address, "country")
        for translation in children(address, "translations", "translation"):
            parts = {
                text_of(part, "type").upper(): text_of(part, "value")
                for part in children(translation, "addressParts", "addressPart")
            }
            facts.addresses.append((", ".join(parts[key] for key in _ADDRESS if parts.get(key)), country))
    remarks = [facts.remarks]
    for document in children(entity, "identityDocuments", "identityDocument"):
        kind, number = text_of(document, "type"), text_of(document, "documentNumber")
        key = identifier(kind, number, code_for(text_of(document, "issuingCountry")))
        if key is not None:
            facts.identifiers.append(key)
        else:
            remarks.append(f"{kind} {number}")
    for feature in children(entity, "features", "feature"):
        _add_feature(feature, facts, remarks)
    facts.remarks = "; ".join(filter(None, remarks))
    return facts


def _add_name(name: Element, facts: OfacFacts) -> None:
    """The primary Latin name names the entry; every other name and every translation is an alias with its quality."""
    primary = text_of(name, "isPrimary") == "true"
    quality = Quality.WEAK if text_of(name, "isLowQuality") == "true" else Quality.STRONG
    kind = alias_kind(text_of(name, "aliasType"))
    for translation in children(name, "translations", "translation"):
        printed = text_of(translation, "formattedFullName")
        latin = text_of(translation, "script") in ("Latin", "")
        if not printed:
            continue
        if primary and latin and not facts.name:
            facts.name = printed
        else:
            facts.aliases.append(Alias(printed, quality, kind if latin else "script"))


def _add_feature(feature: Element, facts: OfacFacts, remarks: list[str]) -> None:
    kind, value = text_of(feature, "type"), text_of(feature, "value")
    if kind == "Birthdate":
        facts.birth_dates.append(birth_date(value))
    elif kind in _COUNTRY_FEATURES:
        facts.citizenships.extend(filter(None, (code_for(value),)))
    elif kind == "Vessel Call Sign":
        facts.identifiers.extend(vessel_keys(value))
        facts.vessel = True
    elif key := identifier(kind, value):
        facts.identifiers.append(key)
    elif value:
        remarks.append(f"{kind} {value}")
