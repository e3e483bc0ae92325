"""Red flags from what goes: HS codes on watch lists, reasons for control, quantum items, the PRC End-User Statement."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from licenses.rules.red_flags.context import RedFlagContext, commodity, on_ccl
from licenses.rules.tables.list_facts import ENTITY_LIST
from licenses.rules.text.text_signals import quantum_words
from licenses.rules.types import ItemFacts, ListedAs, Outcome, RedFlag, Severity

RU_SUPPLEMENTS = ("supp2", "supp4", "supp5", "supp7")
PRC_STATEMENT_KINDS = frozenset(("PRC_END_USER_STATEMENT", "IMPORT_END_USER_CERT"))
"""Kinds of attachment that hold the statement of 748.10."""
EXEMPT_748_9 = ("5A002", "5A004", "5B002")
"""Entries without support documents (748.9(c))."""


def supplement_flags(scene: RedFlagContext) -> Iterator[RedFlag]:
    """Does the HS code stand in a supplement to part 746 that reaches this destination (746.8(a); Supp. 7 for Iran)?"""
    country = scene.place_in(("RU", "BY")) or scene.place_in(("IR",))
    lists = RU_SUPPLEMENTS if country in ("RU", "BY") else ("supp7",) if country else ()
    for item in scene.application.items:
        supplements = [code for code in lists if item.hs6 and scene.rules.items.hs_list(code, item.hs6)]
        if supplements:
            names = ", ".join(f"Supp. {code.removeprefix('supp')}" for code in supplements)
            yield from scene.flags.flag(
                "HTS_ON_RU_SUPPLEMENT",
                f"HS {item.hs6} stands in {names} to part 746.",
                facts=(scene.places[country], f"{item.id}.hs6: {item.hs6}"),
                item=item.id,
            )


def priority_flags(scene: RedFlagContext, raised: tuple[RedFlag, ...]) -> Iterator[RedFlag]:
    """Is the item on the Common High Priority List, to a destination that is no partner, or beside another warning?
    Blocking outside the partner countries when a sign of diversion stands beside it. `raised`: the other flags."""
    worrying = any(flag.severity is not Severity.INFO for flag in raised)
    if not scene.movement or (scene.to_partner and not worrying):
        return
    diverted = not scene.to_partner and any(flag.diversion and flag.severity is not Severity.INFO for flag in raised)
    fact_outside = next((fact for country, fact in scene.places.items() if not scene.rules.countries.partner(country)), "")
    for item in scene.application.items:
        if scene.priority(item):
            reason = "outside the partner countries" if not scene.to_partner else "beside another warning"
            yield from scene.flags.flag(
                "CHPL_ITEM",
                f"HS {item.hs6} is on the Common High Priority List, {reason}"
                + (", and a sign of diversion stands beside it." if diverted else "."),
                facts=(fact_outside or scene.places[scene.destination], f"{item.id}.hs6: {item.hs6}"),
                severity=Severity.BLOCKING if diverted else None,
                item=item.id,
            )


def control_flags(scene: RedFlagContext) -> Iterator[RedFlag]:
    """Does a requirement for chemical and biological weapons or nuclear nonproliferation reasons stand?"""
    for item in scene.application.items:
        determination = scene.determinations.get(item.id)
        columns = [requirement.column for requirement in determination.requirements] if determination else []
        for code, column in dict.fromkeys(_control(column) for column in columns if _control(column)[0]):
            yield from scene.flags.flag(
                code,
                f"A requirement of column {column} stands for item {item.id}.",
                facts=(f"{item.id}.eccn: {item.eccn}",),
                item=item.id,
            )


def _control(column: str) -> tuple[str, str]:
    plain = column.replace(" ", "").upper()
    if plain in ("CB1", "CB2", "CB3"):
        return f"CONTROL_{plain}", plain
    return ("CONTROL_NP", plain) if plain in ("NP1", "NP2") else ("", plain)


def quantum_flags(scene: RedFlagContext) -> Iterator[RedFlag]:
    """Does the end use, an item or a listed party point to quantum computing (744.11)? A party's name alone never does;
    EAR99 items to partner countries are left alone."""
    items = scene.application.items
    if scene.to_partner and items and not any(on_ccl(item.eccn) for item in items):
        return
    facts: list[str] = []
    words = quantum_words(scene.application.end_use, scene.words)
    if words:
        facts.append(f"end use: {', '.join(words)}")
    entries = scene.flags.codes("QUANTUM_ECCNS")
    for item in items:
        described = quantum_words(item.description, scene.words)
        if described:
            facts.append(f"{item.id}.description: {', '.join(described)}")
        if item.eccn[:5].upper() in entries:
            facts.append(f"{item.id}.eccn: {item.eccn}")
    facts += [f"{party.id}: {hit.listed_name}" for party, hit in scene.hits(ENTITY_LIST) if _in_quantum_group(scene, hit)]
    if facts:
        yield from scene.flags.flag(
            "QUANTUM_END_USE", "The end use, an item or a listed party points to quantum computing.", facts=tuple(facts)
        )


def _in_quantum_group(scene: RedFlagContext, hit: ListedAs) -> bool:
    """Was the entry listed for quantum technology (the group of the Federal Register rule, entity_list_scope)?"""
    row = scene.rules.lists.entity_scope("group", hit.listed_name.strip())
    return row is not None and row.value == "quantum"


def prc_statement_flags(scene: RedFlagContext) -> Iterator[RedFlag]:
    """Is a PRC End-User Statement of the Ministry of Commerce needed and not attached (748.10)? For 6A003 cameras above
    USD 5,000, any computer, or all commodities that need a license above USD 50,000 together."""
    if scene.attached() & PRC_STATEMENT_KINDS:
        return
    facts = prc_statement_reasons(scene)
    if facts:
        yield from scene.flags.flag(
            "PRC_EUS_REQUIRED",
            "The license for China needs a PRC End-User Statement, and none is attached.",
            facts=(*facts, "no PRC_END_USER_STATEMENT among the attachments"),
        )


def prc_statement_reasons(scene: RedFlagContext) -> tuple[str, ...]:
    """The thresholds of 748.10 that are met, as facts; () when no statement is needed. Hong Kong and Macau need none."""
    if not scene.place_in(("CN",)) or scene.deemed:
        return ()
    items = [item for item in scene.application.items if commodity(item.eccn) and not item.eccn.upper().startswith(EXEMPT_748_9)]
    licensed = [item for item in items if _needs_license(scene, item)]
    cameras = scene.value(*(item for item in licensed if item.eccn.upper().startswith("6A003")))
    total, limits = scene.value(*licensed), (scene.flags.number("EUS_CAMERA_USD"), scene.flags.number("EUS_USD"))
    facts = [f"{item.id}: computer {item.eccn}" for item in licensed if item.eccn.upper().startswith("4A")]
    if cameras > limits[0]:
        facts.append(f"6A003 cameras: {_dollars(cameras)} (limit {_dollars(limits[0])})")
    if total > limits[1]:
        facts.append(f"commodities that need a license: {_dollars(total)} (limit {_dollars(limits[1])})")
    return tuple(facts)


def _needs_license(scene: RedFlagContext, item: ItemFacts) -> bool:
    """Does a definite requirement stand that no exception overcame?"""
    determination = scene.determinations.get(item.id)
    return (
        determination is not None
        and bool(determination.requirements)
        and determination.outcome.rank >= Outcome.NEEDS_INFORMATION.rank
    )


def volume_flags(scene: RedFlagContext) -> Iterator[RedFlag]:
    """Is the order large beside the last twelve months, or a large first order of a priority item?"""
    total = scene.value(*scene.application.items)
    trailing = min(scene.stated("trailing_12_month_value_usd"), default=None)
    newcomer = 0 in scene.stated("prior_orders")
    factor, first = scene.flags.number("VOLUME_FACTOR"), scene.flags.number("FIRST_ORDER_USD")
    if trailing is not None and not (newcomer and not trailing) and total > factor * Decimal(str(trailing)):
        yield from scene.flags.flag(
            "VOLUME_SPIKE",
            f"The order is more than {factor} times what the buyer ordered in twelve months.",
            facts=(f"value: {_dollars(total)}", f"trailing_12_month_value_usd: {_dollars(Decimal(str(trailing)))}"),
        )
    elif newcomer and total >= first and any(scene.priority(item) for item in scene.application.items):
        yield from scene.flags.flag(
            "VOLUME_SPIKE",
            f"A first order of priority items of {_dollars(first)} or more.",
            facts=("prior_orders: 0", f"value: {_dollars(total)}"),
        )


def _dollars(amount: Decimal) -> str:
    return f"USD {amount:,.2f}".removesuffix(".00")
