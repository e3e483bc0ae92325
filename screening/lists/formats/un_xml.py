"""United Nations Security Council Consolidated List, XML as published."""

from __future__ import annotations

import re
from collections.abc import Sequence

from screening.lists.collector import Harvest
from screening.lists.decoding import Text
from screening.lists.fields.addresses import countries_of
from screening.lists.fields.dates import date_of
from screening.lists.fields.identifiers import identifier
from screening.lists.fields.names import alias_kind, squeeze, with_abbreviations
from screening.lists.schema import schema_of
from screening.lists.types import FileRefused
from screening.lists.xmlstream import Element, children, elements, root_of, text_of, texts_of
from screening.matching.countries import code_for
from screening.matching.types import Alias, Identifier, ListedParty, Quality, Schema

LINK = "https://main.un.org/securitycouncil/en/content/un-sc-consolidated-list"
_NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_ADDRESS = ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY", "NOTE")
_QUALITIES = {"good": Quality.STRONG, "low": Quality.WEAK}
_NATIONAL = re.compile(r"national\w* ident", re.IGNORECASE)
_PASSPORT = re.compile(r"pass?a?port", re.IGNORECASE)
# A name in its own script before its readings in brackets.
_BRACKETS = re.compile(r"^([^()]*[^\x00-ɏ()][^()]*)\((.+)\)$")


def parse(texts: Sequence[Text], harvest: Harvest) -> None:
    """Read the file(s). Raises FileRefused: truncated, empty."""
    for text in texts:
        harvest.publish(date_of(root_of(text)[1].get("dateGenerated", "")))
        read = 0
        for name, element in elements(text, ("INDIVIDUAL", "ENTITY")):
            read += 1
            entry = _entry(name, element)
            if entry.uid and entry.name:
                harvest.add(entry)
            else:
                harvest.reject(0, "an entry without reference number or name", f"{entry.uid!r}, {entry.name!r}")
        if not read:
            raise FileRefused("empty", f"{text.name} holds no entry")


def _entry(kind: str, element: Element) -> ListedParty:
    name = squeeze(" ".join(text_of(element, part) for part in _NAMES))
    original = text_of(element, "NAME_ORIGINAL_SCRIPT")
    aliases = [Alias(original, Quality.STRONG, "script")] if original else []
    for alias in children(element, f"{kind}_ALIAS"):
        aliases.extend(_aliases(text_of(alias, "QUALITY"), alias))
    addresses = tuple(
        dict.fromkeys(
            filter(
                None,
                (
                    ", ".join(filter(None, (text_of(item, part) for part in _ADDRESS)))
                    for item in children(element, f"{kind}_ADDRESS")
                ),
            )
        )
    )
    countries = [code_for(text) for text in texts_of(element, f"{kind}_ADDRESS", "COUNTRY")]
    person = kind == "INDIVIDUAL"
    return ListedParty(
        list="UN",
        uid=text_of(element, "REFERENCE_NUMBER"),
        name=name,
        schema=Schema.PERSON if person else (schema_of(name) if schema_of(name) is Schema.VESSEL else Schema.ORGANIZATION),
        aliases=with_abbreviations(name, aliases),
        addresses=tuple(text for text in addresses if not code_for(text)),
        countries=countries_of((), *countries),
        identifiers=tuple(_documents(element)),
        birth_dates=tuple(dict.fromkeys(_birth(item) for item in children(element, "INDIVIDUAL_DATE_OF_BIRTH") if _birth(item))),
        citizenships=tuple(dict.fromkeys(filter(None, map(code_for, texts_of(element, "NATIONALITY", "VALUE"))))),
        programs=tuple(texts_of(element, "UN_LIST_TYPE")),
        effective_on=date_of(text_of(element, "LISTED_ON")),
        remarks="; ".join(filter(None, (*texts_of(element, "DESIGNATION", "VALUE"), text_of(element, "COMMENTS1")))),
        source_url=LINK,
    )


def _aliases(quality: str, alias: Element) -> list[Alias]:
    """QUALITY is Good or Low for persons and "a.k.a." / "f.k.a." (a type) for entities; one element may hold several
    names joined by ";" and a name in its script before brackets."""
    printed = text_of(alias, "ALIAS_NAME")
    kind = alias_kind(quality) if "k.a" in quality.lower() else "aka"
    grade = _QUALITIES.get(quality.lower(), Quality.UNKNOWN)
    found = []
    if match := _BRACKETS.match(printed):
        found.append(Alias(squeeze(match[1]), grade, "script"))
        printed = match[2]
    found.extend(Alias(squeeze(part), grade, kind) for part in printed.split(";") if squeeze(part))
    return found


def _documents(element: Element) -> list[Identifier]:
    found = []
    for document in children(element, "INDIVIDUAL_DOCUMENT"):
        kind, number = text_of(document, "TYPE_OF_DOCUMENT"), text_of(document, "NUMBER")
        country = code_for(text_of(document, "ISSUING_COUNTRY") or text_of(document, "COUNTRY_OF_ISSUE"))
        printed = "Passport" if _PASSPORT.search(kind) else "National ID No." if _NATIONAL.search(kind) else kind
        if key := identifier(printed, number, country):
            found.append(key)
    return list(dict.fromkeys(found))


def _birth(item: Element) -> str:
    kind = text_of(item, "TYPE_OF_DATE")
    exact = text_of(item, "DATE") or text_of(item, "YEAR")
    if kind == "BETWEEN":
        return f"{text_of(item, 'FROM_YEAR')} to {text_of(item, 'TO_YEAR')}" if text_of(item, "FROM_YEAR") else exact
    return f"circa {exact}" if kind == "APPROXIMATELY" and exact else exact
