"""Step C: which countries the rules are asked about, with inheritance (Hong Kong, Liechtenstein, dependencies, regions)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from licenses.rules.countries import COUNTRY_NAMES, country_of_address
from licenses.rules.determination.context import CountryInRole, DeterminationContext, Step, StepAnswer, step
from licenses.rules.eccn import parse_eccn
from licenses.rules.tables.country_table import CountryTable
from licenses.rules.tables.rows import RegionRow
from licenses.rules.types import BITING_ROLES, Case, PartyFacts, TransactionType

_UKRAINE = re.compile(r"\bukraine?\b|\bukraina\b|\bua\b|\bукра[иї]на\b", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]{3,}")
_OBLAST = re.compile(r"\b(?:oblast|obl|region|province|область|обл|області)\b", re.IGNORECASE)
_STATES = frozenset(("UA", "RU"))
"""Countries under which an address in one of the regions is written."""
NAMED_IN_TEXT = {
    "iran": "IR", "tehran": "IR", "cuba": "CU", "havana": "CU", "north korea": "KP", "dprk": "KP", "pyongyang": "KP",
    "syria": "SY", "damascus": "SY", "russia": "RU", "moscow": "RU", "belarus": "BY", "minsk": "BY",
}  # fmt: skip
"""Names by which a text says that the item may go on to a country of part 746; it only asks, because a text may deny it."""
_RESTRICTED = re.compile(rf"\b(?:{'|'.join(NAMED_IN_TEXT)})\b", re.IGNORECASE)
DESTINATION_QUESTION = "Which country is the country of ultimate destination (deemed export: of the person's citizenship)?"
CERTAIN_POSTAL = ("crimea",)
"""Postal prefixes of Donetsk and Luhansk oblasts also cover places outside the so-called DNR and LNR: those only ask."""


def places_of(case: Case, countries: CountryTable) -> tuple[CountryInRole, ...]:
    """The destination, then every other country that counts as one: consignee, end user, citizenship, transit (GP8)."""
    places = [CountryInRole(case.destination, "destination")] if case.destination else []
    for iso, role in (*_party_countries(case), *_transit(case, countries)):
        if iso and iso != "US" and all(place.iso != iso for place in places):
            places.append(CountryInRole(iso, role))
    regions = {
        iso: region_of(case, countries, iso).name for iso in {countries.governing(place.iso) for place in places} & _STATES
    }
    return tuple(CountryInRole(place.iso, place.role, regions.get(countries.governing(place.iso), "")) for place in places)


def _party_countries(case: Case) -> Iterator[tuple[str, str]]:
    deemed = case.transaction is TransactionType.DEEMED_EXPORT
    for party in case.parties:
        if party.role == "foreign_person":
            yield from _nationality(case, party)
        elif deemed and party.role == "end_user":
            yield from ((iso, "citizenship") for iso in party.citizenships)
        elif not deemed and party.role in ("ultimate_consignee", "end_user"):
            role = "consignee" if party.role == "ultimate_consignee" else "end_user"
            yield from ((iso, role) for iso in _located(party))


def _located(party: PartyFacts) -> Iterator[str]:
    """The country of a party: as stated, else the one that its addresses end with."""
    if party.country:
        yield party.country
    else:
        yield from map(country_of_address, party.addresses)


def _nationality(case: Case, party: PartyFacts) -> Iterator[tuple[str, str]]:
    """Countries of a person to whom technology or source code is released: here (734.13(b)), or abroad, where the release
    is a reexport to them besides the country where it happens (734.14(a)(2), (b)). Nobody is released a commodity."""
    if case.transaction is not TransactionType.DEEMED_EXPORT and parse_eccn(case.item.eccn).is_commodity:
        return
    yield from ((iso, "citizenship") for iso in party.citizenships or (party.country,))


def _transit(case: Case, countries: CountryTable) -> Iterator[tuple[str, str]]:
    """Countries of General Prohibition Eight that the item passes: stated, or where an intermediate consignee takes it
    over (748.5(d): it delivers, so that the item is unladen there)."""
    stated = case.facts.get("transit_countries")
    passed = list(stated) if isinstance(stated, tuple) else []
    passed += [iso for party in case.parties if party.role == "intermediate_consignee" for iso in _located(party)]
    for iso in passed:
        if countries.in_set("gp8_transit", iso):
            yield iso, "transit"


def destination_known(ctx: DeterminationContext) -> Iterable[StepAnswer]:
    """Which country decides, and do the rule tables know it?"""
    if not ctx.case.destination:
        ctx.ask("destination", "without it no requirement can be found or ruled out", "C", hold=True, text=DESTINATION_QUESTION)
        yield StepAnswer("no destination is stated", "question")
    for place in ctx.places:
        row = ctx.rules.countries.printed_chart(place.iso)
        if ctx.rules.countries.governing(place.iso) == "US":
            yield _in_the_us(ctx, place)
        elif row is None:
            if ctx.subject:
                ctx.hold(f"{place.iso} has no row in the Country Chart")
            yield StepAnswer(f"{place.label}: no row in the Country Chart; a person must determine it", "maybe")
        else:
            via = ctx.rules.countries.set_row("dependency", place.iso)
            name = COUNTRY_NAMES[place.iso]
            note = (
                f", counted as {via.value}"
                if via
                else ", with the marks and groups of China"
                if row.row_kind == "inherit"
                else ""
            )
            yield StepAnswer(f"{place.label}: {name}{note}", "none", row.meta.citation, (via or row).meta.ref)


def _in_the_us(ctx: DeterminationContext, place: CountryInRole) -> StepAnswer:
    text = "Which foreign country is the destination? (deemed export: the person's most recent citizenship or residency)"
    ctx.ask("destination", "the destination given is the United States", "C", hold=ctx.subject, text=text)
    return StepAnswer(f"{place.iso} is the United States: no foreign destination is stated", "question")


def consignee_elsewhere(ctx: DeterminationContext) -> Iterable[StepAnswer]:
    """Does the ultimate consignee, the end user, the person's citizenship or the text name another country than the
    destination?"""
    for place in ctx.places:
        if place.role in ("destination", "transit") or not ctx.case.destination:
            continue
        why = f"the {place.role.replace('_', ' ')} is in {place.iso}, the destination stated is {ctx.case.destination}"
        ctx.ask("destination", why, "C", hold=False, text=DESTINATION_QUESTION)
        citation = "748.5(e)" if not ctx.released(place) else "734.13(b)" if ctx.deemed else "734.14(b)"
        yield StepAnswer(f"{place.iso} as well: {why}; both are evaluated", "question", citation)
    named = {match.casefold() for match in _RESTRICTED.findall(ctx.facts.text("text"))}
    for name in sorted(named):
        if ctx.case.destination and all(ctx.rules.countries.governing(place.iso) != NAMED_IN_TEXT[name] for place in ctx.places):
            why = f"the text names {name.title()}, the destination stated is {ctx.case.destination}"
            ctx.ask("destination", why, "C", hold=False, text=DESTINATION_QUESTION)
            yield StepAnswer(f"{why}: it may go on", "question", "736.2(b)(10)")


@dataclass(frozen=True, slots=True)
class Region:
    """What is known of a place in Ukraine: `name` of the region when it is certain, the gazetteer row, whether any address
    names a place at all, and what the exporter states."""

    name: str
    row: RegionRow | None
    usable: bool
    stated: str


def region_of(case: Case, countries: CountryTable, iso: str = "UA") -> Region:
    """The region of a destination in Ukraine, by statement or by the addresses of the parties there.

    `iso` RU: the same for a destination written as Russia, where a name alone is never certain (streets and a town of
    Rostov oblast bear the same names).
    """
    value = case.facts.get("destination_region")
    stated = value if isinstance(value, str) else ""
    row, certain, usable = _gazetteer(case, countries, iso)
    if stated:
        return Region(stated if stated != "none" else "", row, usable, stated)
    return Region(row.region if row and certain else "", row, usable, "")


def ukraine_region(ctx: DeterminationContext) -> Iterable[StepAnswer]:
    """Does a destination in Ukraine, or written as Russia, lie in Crimea or the so-called DNR or LNR regions?"""
    states = [iso for iso in ("UA", "RU") if any(ctx.rules.countries.governing(place.iso) == iso for place in ctx.places)]
    if not states and ctx.facts.text("destination_region") not in ("", "none"):
        why = f"the region {ctx.facts.text('destination_region')} is stated, and the destination is {ctx.case.destination}"
        ctx.ask("destination", why, "746.6", hold=True, text=DESTINATION_QUESTION)
        yield StepAnswer.unknown(why, "question")
    named = _named_in_text(ctx)
    if named and not states and not ctx.facts.text("destination_region"):
        ctx.ask("destination_region", f"the text names {named.term}", "746.6", hold=named.region == "crimea")
        yield StepAnswer(
            f"perhaps: the text names {named.term}, and the destination is {ctx.case.destination}", "question", row=named.meta.ref
        )
    for iso in states:
        yield from _in_region(ctx, iso)


def _named_in_text(ctx: DeterminationContext) -> RegionRow | None:
    """A place of these regions that the text of the end use or the description names: a concern, never an answer."""
    text = f"{ctx.facts.text('text')}\n{ctx.case.item.description}".strip()
    return ctx.rules.countries.region_row("", text) if text else None


def _in_region(ctx: DeterminationContext, iso: str) -> Iterator[StepAnswer]:
    region = region_of(ctx.case, ctx.rules.countries, iso)
    ref = region.row.meta.ref if region.row else None
    if region.name:
        why = (
            f"stated: {region.stated}" if region.stated else f"the address names {region.row.term if region.row else region.name}"
        )
        yield StepAnswer.yes(why, "note", row=ref)
    elif region.row:
        ctx.ask("destination_region", f"the address names {region.row.term}", "746.6", hold=True)
        yield StepAnswer(f"perhaps: the address names {region.row.term}", "question", row=ref)
    elif not region.stated and (named := _named_in_text(ctx)):
        ctx.ask("destination_region", f"the text names {named.term}", "746.6", hold=True)
        yield StepAnswer(f"perhaps: the text names {named.term}", "question", row=named.meta.ref)
    elif region.stated or all(ctx.released(place) for place in ctx.places if ctx.rules.countries.governing(place.iso) == iso):
        yield StepAnswer.no("stated" if region.stated else "the nationality decides, and none of these regions issues it")
    elif iso == "RU":
        yield StepAnswer.no("the addresses in Russia name none of their places")
    elif region.usable:
        yield StepAnswer.no("the addresses in Ukraine name none of their places")
    else:
        only_transit = all(place.role == "transit" for place in ctx.places if ctx.rules.countries.governing(place.iso) == "UA")
        ctx.ask("destination_region", "no address in Ukraine tells which place it is", "746.6", hold=not only_transit)
        yield StepAnswer.unknown("no address tells the place", "question")


def _gazetteer(case: Case, countries: CountryTable, iso: str) -> tuple[RegionRow | None, bool, bool]:
    """The row that places an address in a region, whether it is certain, and whether any address names a place at all."""
    usable = False
    best: RegionRow | None = None
    for address in _addresses(case, iso):
        row = countries.region_row(iso, address)
        if row:
            by_name = iso == "UA" and (row.region == "crimea" or not _OBLAST.search(address))
            if row.region in CERTAIN_POSTAL if row.kind == "postal" else by_name:
                return row, True, True
            best = row
        usable = usable or bool(_LETTERS.search(_UKRAINE.sub(" ", address)))
    return best, False, usable


def _addresses(case: Case, iso: str) -> Iterator[str]:
    unsaid = case.destination if case.destination in _STATES else "UA"
    for party in case.parties:
        if party.role in BITING_ROLES and (party.country or unsaid) == iso:
            yield from party.addresses


STEPS: tuple[Step, ...] = (
    step("C1", "738.3", destination_known),
    step("C2", "748.5(e)", consignee_elsewhere),
    step("C3", "746.6", ukraine_region),
)
