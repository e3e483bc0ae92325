"""Red flags from where the items go: embargoes, Russia and Belarus, the route, late changes of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from licenses.rules.red_flags.context import CONSIGNEE_ROLES, RedFlagContext, stated_date
from licenses.rules.text.text_signals import resale_words
from licenses.rules.types import RedFlag

EMBARGOED = frozenset(("CU", "IR", "KP", "SY"))
"""Destinations for which a section of part 746 replaces the chart (step E)."""
RU_BY = frozenset(("RU", "BY"))
ROUTE_ROLES = (*CONSIGNEE_ROLES, "freight_forwarder")
"""Parties through whose hands the item goes."""


def embargo_flags(scene: RedFlagContext) -> Iterator[RedFlag]:
    """Is the destination Cuba, Iran, North Korea, Syria or an occupied region of Ukraine (part 746)?"""
    embargoed = scene.place_in(EMBARGOED)
    if embargoed:
        what = (
            f"The destination {embargoed}"
            if embargoed == scene.destination
            else f"{embargoed}, the seat of the ultimate consignee or of an end user,"
        )
        yield from scene.flags.flag(
            "EMBARGO_DEST",
            f"{what} is under a section of part 746 of its own.",
            facts=(scene.places[embargoed],),
        )
        return
    region = next((occupied for occupied in scene.stated("destination_region") if occupied != "none"), "")
    if region:
        yield from scene.flags.flag(
            "EMBARGO_DEST", f"The place is stated to be in the region {region} (746.6).", facts=(f"destination_region: {region}",)
        )
        return
    for party in scene.in_roles(*ROUTE_ROLES, "end_user", "purchaser"):
        occupied = next(
            (
                region
                for address in party.addresses
                if (region := scene.rules.countries.region_in(party.country or scene.destination, address))
            ),
            "",
        )
        if occupied:
            yield from scene.flags.flag(
                "EMBARGO_DEST",
                f"The address of {party.name or party.id} lies in the region {occupied} (746.6).",
                facts=(f"{party.id}.address: {party.addresses[0]}",),
                party=party.id,
            )


def russia_flags(scene: RedFlagContext) -> Iterator[RedFlag]:
    """Is the destination, a buyer or consignee, or a country of the route Russia or Belarus (746.8)?"""
    facts = [f"destination: {scene.destination}"] if scene.destination in RU_BY else []
    facts += [f"{party.id} ({party.role}) in {party.country}" for party in scene.buyers if party.country in RU_BY]
    facts += [f"route: {country}" for country in _stated_route(scene) if country in RU_BY]
    if facts:
        yield from scene.flags.flag(
            "DEST_RU_BY",
            "Russia or Belarus is the destination, the seat of a buyer or consignee, or on the route (746.8).",
            facts=tuple(facts),
        )


def route_flags(scene: RedFlagContext) -> Iterator[RedFlag]:
    """Does the item go through a country that is neither the United States nor the destination (Supp. 3 to part 732,
    no. 10)? A partner country on the way to a partner country is usual. Or does a priority item go to a known
    transshipment place for resale, with no end user named?"""
    if not scene.movement or scene.deemed:
        return
    facts = [
        f"{party.id} ({party.role}) in {party.country}" for party in scene.in_roles(*ROUTE_ROLES) if _third(scene, party.country)
    ]
    facts += [f"route: {country}" for country in _stated_route(scene) if _third(scene, country)]
    if facts:
        yield from scene.flags.flag(
            "TRANSSHIPMENT_ROUTE",
            f"The way to {scene.destination} goes through another country.",
            facts=tuple(facts),
        )
    elif _resold_at_a_hub(scene):
        yield from scene.flags.flag(
            "TRANSSHIPMENT_ROUTE",
            f"A priority item goes to {scene.destination} for resale, and no end user is named.",
            facts=(f"destination: {scene.destination}", f"end use: {scene.application.end_use}", "no end_user party"),
        )


def hub_flags(scene: RedFlagContext) -> Iterator[RedFlag]:
    """Does a priority item (Common High Priority List or Supp. 7 to part 746) go to a known transshipment place?"""
    hub = scene.place_in(scene.flags.codes("HUBS"))
    if not scene.movement or not hub:
        return
    for item in scene.application.items:
        if scene.sensitive(item):
            yield from scene.flags.flag(
                "TRANSSHIPMENT_COUNTRY",
                f"HS {item.hs6} is a priority code, and {hub} is a known transshipment place.",
                facts=(scene.places[hub], f"{item.id}.hs6: {item.hs6}"),
                item=item.id,
            )


def late_change_flags(scene: RedFlagContext) -> Iterator[RedFlag]:
    """Was the route or the consignee changed shortly before shipping?"""
    if scene.answered_yes("late_route_change"):
        yield from scene.flags.flag(
            "LAST_MINUTE_ROUTE_CHANGE",
            "The route or the consignee was changed shortly before shipping.",
            facts=("late_route_change: true",),
        )
        return
    changed, ships = (stated_date(scene.application.form.get(key)) for key in ("route_changed_on", "planned_ship_date"))
    days = int(scene.flags.number("ROUTE_CHANGE_DAYS"))
    if changed and ships and dt.timedelta(0) <= ships - changed <= dt.timedelta(days=days):
        yield from scene.flags.flag(
            "LAST_MINUTE_ROUTE_CHANGE",
            f"The route was changed {(ships - changed).days} days before shipping ({days} is late).",
            facts=(f"route_changed_on: {changed}", f"planned_ship_date: {ships}"),
        )


def _stated_route(scene: RedFlagContext) -> tuple[str, ...]:
    """Countries of the route as answered, in order, once each."""
    routes = (*scene.stated("route_countries"), *scene.stated("transit_countries"))
    return tuple(dict.fromkeys(country for route in routes for country in route))


def _third(scene: RedFlagContext, country: str) -> bool:
    if not country or country in ("US", scene.destination):
        return False
    return not (scene.rules.countries.partner(scene.destination) and scene.rules.countries.partner(country))


def _resold_at_a_hub(scene: RedFlagContext) -> bool:
    return (
        scene.destination in scene.flags.codes("HUBS")
        and any(scene.sensitive(item) for item in scene.application.items)
        and bool(resale_words(scene.application.end_use, scene.words))
        and not scene.end_users()
    )
