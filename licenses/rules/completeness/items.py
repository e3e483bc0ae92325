"""What is still missing about the items: ECCN, HS code, quantities and prices that agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from licenses.rules.eccn import parse_eccn
from licenses.rules.red_flags.context import RedFlagContext, commodity, on_ccl
from licenses.rules.tables.form_definitions import CompletenessMessage, FormRules
from licenses.rules.types import ItemFacts, RuleInputError

HS_DESTINATIONS = ("RU", "BY", "IR")
"""Destinations where the HS code of EAR99 items decides (746.8(a)(5)-(7), 746.7)."""
MAX_TO_CLASSIFY = 6
"""Items of one classification request (748.3(b)(1))."""
CENT_LIMIT = Decimal("0.50")
"""Prices are exact to the cent only below this, otherwise whole dollars (Supp. 1 to part 748)."""


def item_messages(scene: RedFlagContext, rules: FormRules) -> Iterator[CompletenessMessage]:
    """Each line's fields, then the totals."""
    items = scene.application.items
    if scene.application.type == "advisory_opinion":
        return
    if not items:
        yield from rules.say("items")
    if scene.application.type == "classification" and len(items) > MAX_TO_CLASSIFY:
        yield from rules.say("V21", count=len(items))
    for item in items:
        yield from _eccn(scene, rules, item)
        if not item.description.strip():
            yield from rules.say("description", item=item.id)
        if scene.movement:
            yield from _hs_code(scene, rules, item)
            yield from _amounts(rules, item)
            yield from _prices(scene, rules, item)
    if scene.movement and scene.whole_form:
        yield from _totals(scene, rules)


def _eccn(scene: RedFlagContext, rules: FormRules, item: ItemFacts) -> Iterator[CompletenessMessage]:
    if not item.eccn.strip():
        yield from rules.say("V9_eccn_missing", item=item.id)
        return
    try:
        known = scene.rules.items.entry(parse_eccn(item.eccn).base) is not None
    except RuleInputError:
        known = False
    if not known and item.eccn.upper() != "EAR99":
        yield from rules.say("V9_eccn", item=item.id, eccn=item.eccn)
    entered = entered_fields(scene, item)
    if entered and item.eccn.upper().startswith("4A003") and not entered.get("app_wt"):
        yield from rules.say("app_wt", item=item.id)


def _hs_code(scene: RedFlagContext, rules: FormRules, item: ItemFacts) -> Iterator[CompletenessMessage]:
    if item.hs6 or scene.deemed:
        return
    country = scene.place_in(HS_DESTINATIONS)
    if not on_ccl(item.eccn) and country:
        yield from rules.say("V9_hs6", item=item.id, destination=country)
    elif commodity(item.eccn) or not on_ccl(item.eccn):
        yield from rules.say("V9_hs6_wish", item=item.id)


def _amounts(rules: FormRules, item: ItemFacts) -> Iterator[CompletenessMessage]:
    """Quantity, unit and value of a line; technology has no quantity (Supp. 2 to part 748 (o)(1))."""
    if item.eccn[1:2].upper() == "E" and on_ccl(item.eccn):
        if item.quantity:
            yield from rules.say("V10_technology", item=item.id)
        return
    if item.quantity is None:
        yield from rules.say("quantity", item=item.id)
    if not item.unit.strip():
        yield from rules.say("V10_unit", item=item.id)
    if item.value_usd is None:
        yield from rules.say("value", item=item.id)


def _prices(scene: RedFlagContext, rules: FormRules, item: ItemFacts) -> Iterator[CompletenessMessage]:
    """A line's total is quantity times unit price, in whole dollars; without a total of its own, the value is the total."""
    entered = entered_fields(scene, item)
    unit_price, total = _money(entered.get("unit_price_usd")), _line_total(scene, item)
    stated = scene.whole_form or "total_price_usd" in entered
    if stated and total is not None and total != total.to_integral_value():
        yield from rules.say("V7_whole", item=item.id)
    if unit_price is not None and total is not None and item.quantity is not None:
        product = item.quantity * unit_price
        if abs(product - total) > (CENT_LIMIT if unit_price >= CENT_LIMIT else Decimal(1)):
            yield from rules.say("V7_line", item=item.id, product=f"{product:,.2f}", total=f"{total:,.0f}")


def _totals(scene: RedFlagContext, rules: FormRules) -> Iterator[CompletenessMessage]:
    form = scene.application.form
    currency = str(form.get("currency") or "USD").upper()
    if currency != "USD":
        yield from rules.say("V8", currency=currency)
    stated = _money(form.get("total_value_usd"))
    lines = [_line_total(scene, item) for item in scene.application.items]
    if stated is not None and all(line is not None for line in lines):
        added = sum((line for line in lines if line is not None), Decimal(0))
        if added != stated:
            yield from rules.say("V7_sum", total=f"{stated:,.2f}", product=f"{added:,.2f}")


def _line_total(scene: RedFlagContext, item: ItemFacts) -> Decimal | None:
    entered = _money(entered_fields(scene, item).get("total_price_usd"))
    return entered if entered is not None else item.value_usd


def entered_fields(scene: RedFlagContext, item: ItemFacts) -> Mapping[str, Any]:
    """Fields of a line that the determination does not read (form.items.<id>: model_number, unit_price_usd, app_wt …)."""
    lines: Mapping[str, Mapping[str, Any]] = scene.application.form.get("items") or {}
    return lines.get(item.id) or {}


def _money(value: object) -> Decimal | None:
    """An amount of the form; None for a blank, and for what is no number (the form's own check refuses that)."""
    try:
        return Decimal(str(value)) if value not in (None, "") else None
    except InvalidOperation:
        return None
