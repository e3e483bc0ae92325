"""Step E: embargoes and special destinations (part 746, General Prohibition Six), and the UN arms embargoes."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator

from licenses.rules.determination.context import (
    CountryInRole,
    DeterminationContext,
    RequirementAtPlace,
    Step,
    StepAnswer,
    requirement,
    step,
)
from licenses.rules.eccn import Fit
from licenses.rules.tables.rule_rows import EndUseRow
from licenses.rules.tables.rules_in_force import RulesInForce

SECTION_ONLY = frozenset(("CU", "IR", "KP", "SY"))
"""Destinations where the chart is not read: the section decides, and only its own exceptions are left (740.2(a)(6))."""
BARRED_FOR_SOFTWARE = frozenset(("GOV",))
"""What 746.8(c)(2)(ii) leaves for the rest of 746.8, but not for the software of (a)(8)."""
REASONS = {"746.2": "CUBA", "746.4": "NORTH_KOREA", "746.6": "CRIMEA_DNR_LNR", "746.7": "IRAN", "746.9": "SYRIA"}


def left_exceptions(rules: RulesInForce, destination: str) -> frozenset[str]:
    """The license exceptions that part 746 leaves for a destination."""
    return frozenset(row.code for row in rules.embargo_exceptions(destination)) - {"NOT_REQUIRED", "NONE"}


def left_paragraphs(rules: RulesInForce, destination: str) -> dict[str, tuple[str, ...]]:
    """For each exception left, the paragraphs printed."""
    found: dict[str, list[str]] = {}
    for row in rules.embargo_exceptions(destination):
        if row.code not in ("NOT_REQUIRED", "NONE") and row.paragraphs.startswith("740."):
            found.setdefault(row.code, []).append(row.paragraphs)
    return {code: tuple(paragraphs) for code, paragraphs in found.items()}


def chart_is_read(ctx: DeterminationContext, place: CountryInRole) -> bool:
    """Does the Country Chart decide for the place at all?"""
    return ctx.rules.governing(place.iso) not in SECTION_ONLY and not place.region


def _require(
    ctx: DeterminationContext,
    place: CountryInRole,
    rule: EndUseRow,
    *,
    maybe: str = "",
    reason: str = "",
    barred: frozenset[str] = frozenset(),
) -> str:
    need = RequirementAtPlace(
        requirement(reason or REASONS[rule.section], rule.section, rule.meta),
        place.iso,
        "embargo",
        maybe=maybe,
        allowed=left_exceptions(ctx.rules, " ".join(rule.exceptions)) - barred,
        paragraphs=left_paragraphs(ctx.rules, " ".join(rule.exceptions)),
        row=rule.meta.ref,
    )
    return ctx.need(need)


def _at(ctx: DeterminationContext, *countries: str) -> Iterator[CountryInRole]:
    return (place for place in ctx.places if ctx.rules.governing(place.iso) in countries)


def cuba(ctx: DeterminationContext) -> Iterable[StepAnswer]:
    """Does it go to Cuba or a Cuban national?"""
    rule = ctx.rules.end_use_rule("746.2")
    for place in _at(ctx, "CU"):
        if ctx.released(place) and ctx.eccn.is_ear99:
            yield StepAnswer("EAR99 technology to a Cuban national needs no license", "none", "746.2(a)(2)", rule.meta.ref)
        else:
            yield StepAnswer("all items subject to the EAR need a license", _require(ctx, place, rule), row=rule.meta.ref)


def north_korea(ctx: DeterminationContext) -> Iterable[StepAnswer]:
    """Does it go to North Korea, and is it other than EAR99 food or medicine?"""
    for place in _at(ctx, "KP"):
        yield from _all_but_food(ctx, place, "746.4")


def syria(ctx: DeterminationContext) -> Iterable[StepAnswer]:
    """Does it go to Syria, and is it other than EAR99 food or medicine?"""
    for place in _at(ctx, "SY"):
        # The carve-out names a deemed export; a release abroad is not said to have it.
        if ctx.deemed and ctx.eccn.is_ear99:
            rule = ctx.rules.end_use_rule("746.9")
            yield StepAnswer("technology not on the CCL to a Syrian national needs no license", "none", "746.9(a)", rule.meta.ref)
        else:
            yield from _all_but_food(ctx, place, "746.9")


def _all_but_food(ctx: DeterminationContext, place: CountryInRole, section: str) -> Iterator[StepAnswer]:
    rule = ctx.rules.end_use_rule(section)
    if ctx.eccn.is_ear99 and ctx.yes("food_or_medicine"):
        yield StepAnswer("EAR99 food or medicine (stated): no license", "none", row=rule.meta.ref)
        return
    if ctx.eccn.is_ear99 and ctx.fact("food_or_medicine") is None:
        why = f"EAR99 food and medicine need no license under {section}"
        ctx.ask("food_or_medicine", why, rule.meta.ref.rule_id, hold=False)
    yield StepAnswer("all items but EAR99 food and medicine need a license", _require(ctx, place, rule), row=rule.meta.ref)


def iran(ctx: DeterminationContext) -> Iterable[StepAnswer]:
    """Does it go to Iran, and is it a CCL item with a chart column, a listed entry, or in Supp. 7 to part 746?"""
    rule, ofac = ctx.rules.end_use_rule("746.7"), ctx.rules.end_use_rule("746.7-OFAC")
    for place in _at(ctx, "IR"):
        listed, fit = ctx.rules.eccn_set("iran_listed", ctx.eccn)
        if any(row.columns for row in ctx.rules.controls(ctx.eccn.base)):
            yield StepAnswer("a CCL item with a chart column", _require(ctx, place, rule), row=rule.meta.ref)
        elif fit is Fit.YES and listed:
            yield StepAnswer("an entry that 746.7(a)(1) lists", _require(ctx, place, rule), row=listed.meta.ref)
        elif not ctx.eccn.is_ear99:
            yield _listed_for_iran(ctx, place, rule, ofac)
        elif ctx.item_fit("list:SUPP7") is Fit.YES:
            yield StepAnswer(
                "the HS code is in Supp. 7 to part 746", _require(ctx, place, rule), "746.7(a)(1)(ii)", rule.meta.ref
            )
        else:
            if not ctx.hs6 and not ctx.released(place):  # what is released is technology, which has no HS code
                _ask_hs6(ctx, "746.7")
            effect = _require(ctx, place, ofac, maybe="whether OFAC authorizes it", reason="IRAN")
            yield StepAnswer(
                "an EAR99 item outside Supp. 7: whatever OFAC prohibits needs its authorization", effect, row=ofac.meta.ref
            )


def _listed_for_iran(ctx: DeterminationContext, place: CountryInRole, rule: EndUseRow, ofac: EndUseRow) -> StepAnswer:
    """An entry without a chart column: whether 746.7(a)(1) lists it is read and stated; OFAC's rules apply in any case."""
    rule_id = rule.meta.ref.rule_id
    stated = ctx.condition_answer(rule_id)
    if stated is False:
        effect = _require(ctx, place, ofac, maybe="whether OFAC authorizes it", reason="IRAN")
        return StepAnswer(
            "not listed in 746.7(a)(1) (stated): whatever OFAC prohibits needs its authorization", effect, row=ofac.meta.ref
        )
    if stated:
        return StepAnswer("listed in 746.7(a)(1) (stated)", _require(ctx, place, rule), row=rule.meta.ref)
    why = "whether 746.7(a)(1) lists the entry; OFAC's rules apply in any case"
    ctx.ask(f"condition.{rule_id}", why, rule_id, hold=True, text=f"Read 746.7(a)(1): does it list {ctx.eccn.base}?")
    return StepAnswer(
        "the entry has no chart column; 746.7(a)(1) must be read", _require(ctx, place, rule, maybe=why), row=rule.meta.ref
    )


def _ask_hs6(ctx: DeterminationContext, section: str) -> None:
    text = "What is the HS-6 code of the item?"
    ctx.ask("hs6", f"the lists of {section} go by HS code", section, hold=True, text=text)


def ukraine_regions(ctx: DeterminationContext) -> Iterable[StepAnswer]:
    """Does it go to Crimea or the so-called DNR or LNR regions?"""
    rule = ctx.rules.end_use_rule("746.6")
    for place in ctx.places:
        if not place.region:
            continue
        free = ctx.eccn.is_ear99 and (ctx.yes("food_or_medicine") or ctx.yes("internet_communication_software"))
        if free:
            yield StepAnswer("EAR99 food, medicine or communication software (stated): no license", "none", row=rule.meta.ref)
        else:
            yield StepAnswer(f"{place.region}: all items need a license", _require(ctx, place, rule), row=rule.meta.ref)


def russia_belarus(ctx: DeterminationContext) -> Iterable[StepAnswer]:
    """Does it go to Russia or Belarus, and is it a CCL item or an EAR99 item of Supp. 2, 4, 5, 6 or 7 to part 746?"""
    for place in _at(ctx, "RU", "BY"):
        if ctx.released(place):
            yield StepAnswer("746.8 does not apply to deemed exports and reexports; the CCL rules do", "note", "746.8(a)(12)(i)")
        elif not ctx.eccn.is_ear99:
            yield _any_eccn(ctx, place)
        else:
            yield from _ear99_lists(ctx, place)


def _any_eccn(ctx: DeterminationContext, place: CountryInRole) -> StepAnswer:
    rule = ctx.rules.end_use_rule("746.8-a-1")
    row, fit = ctx.rules.eccn_set("russia_not_required", ctx.eccn)
    if row and fit is Fit.YES and ctx.yes("allied_civil_firm") and ctx.yes("civil_use"):
        return StepAnswer(
            "to civil firms of the US, A:5 or A:6 (stated): no license under 746.8", "none", row.meta.citation, row.meta.ref
        )
    return StepAnswer("an item of any ECCN needs a license", _require(ctx, place, rule, reason="RU_BY"), row=rule.meta.ref)


def _ear99_lists(ctx: DeterminationContext, place: CountryInRole) -> Iterator[StepAnswer]:
    rules = ctx.rules
    if not ctx.hs6:
        _ask_hs6(ctx, "746.8")
        yield StepAnswer("unknown: the HS code decides, and it is not stated", "question", "746.8(a)(5)-(7)")
    listed = False
    for code, paragraph in (("supp4", "746.8-a-5"), ("supp7", "746.8-a-5"), ("supp5", "746.8-a-7")):
        row = rules.hs_list(code, ctx.hs6)
        if row is None or (code == "supp7" and listed):
            continue
        rule = rules.end_use_rule(paragraph)
        if row.usd_per_unit_min is None:
            listed = True
            effect = _require(ctx, place, rule, reason="RU_BY")
            yield StepAnswer(f"HS {ctx.hs6} is in Supp. {code[-1]} to part 746", effect, rule.section, row.meta.ref)
        else:
            dear = yield from _priced(ctx, place, rule, float(row.usd_per_unit_min))
            listed = listed or dear
    yield from _oil_and_gas(ctx, place)
    named = yield from _named_items(ctx, place)
    yield from _software(ctx, place)
    if ctx.hs6 and not listed and not named:
        yield from _parts(ctx, place)


def _priced(
    ctx: DeterminationContext, place: CountryInRole, rule: EndUseRow, threshold: float
) -> Generator[StepAnswer, None, bool]:
    """A code of Supp. 5 with a threshold: gives False where the price is below it, so that the item counts as in no list."""
    stated, hint = ctx.number("unit_price_usd"), ctx.unit_price
    price = stated if stated is not None else float(hint) if hint is not None and hint >= threshold else None
    if price is not None and price >= threshold:
        effect = _require(ctx, place, rule, reason="RU_BY")
        yield StepAnswer(
            f"HS {ctx.hs6} is in Supp. 5, at USD {price:g} a unit, from USD {threshold:g}", effect, row=rule.meta.ref
        )
    elif price is not None:
        words = f"HS {ctx.hs6} is in Supp. 5 only from USD {threshold:g} a unit; stated USD {price:g}"
        yield StepAnswer(words, "none", row=rule.meta.ref)
        return False
    else:
        ctx.ask("unit_price_usd", f"HS {ctx.hs6} is in Supp. 5 from USD {threshold:g} a unit", rule.meta.ref.rule_id, hold=True)
        effect = _require(ctx, place, rule, reason="RU_BY", maybe=f"the unit price: from USD {threshold:g}")
        yield StepAnswer(
            f"HS {ctx.hs6} is in Supp. 5 from USD {threshold:g} a unit; the price is unknown", effect, row=rule.meta.ref
        )
    return True


def _oil_and_gas(ctx: DeterminationContext, place: CountryInRole) -> Iterator[StepAnswer]:
    row = ctx.rules.hs_list("supp2", ctx.hs6)
    if row is None:
        return
    rule = ctx.rules.end_use_rule("746.8-a-4")
    if ctx.no("oil_gas_russia"):
        yield StepAnswer(f"HS {ctx.hs6} is in Supp. 2; not for the projects of (a)(4) (stated)", "none", row=rule.meta.ref)
        return
    if ctx.fact("oil_gas_russia") is None:
        ctx.ask("oil_gas_russia", "Supp. 2 items need a license when the use cannot be determined", "746.8-a-4", hold=True)
    effect = _require(ctx, place, rule, reason="RU_BY")
    yield StepAnswer(
        f"HS {ctx.hs6} is in Supp. 2, and the use is such a project or cannot be determined", effect, row=rule.meta.ref
    )


def _named_items(ctx: DeterminationContext, place: CountryInRole) -> Generator[StepAnswer, None, bool]:
    """Supp. 6: by CAS number and concentration, or as stated by the exporter; gives whether one was found."""
    rule = ctx.rules.end_use_rule("746.8-a-6")
    if ctx.yes("named_in_supplement_6"):
        yield StepAnswer("named in Supp. 6 (stated)", _require(ctx, place, rule, reason="RU_BY"), row=rule.meta.ref)
        return True
    percent = ctx.number("concentration_percent")
    for row in ctx.rules.named_by_cas(ctx.text_of("cas_number")):
        if row.min_percent is not None and percent is not None and percent < row.min_percent:
            yield StepAnswer(f"{row.item}: {percent:g}% is below {row.min_percent:g}%", "none", row.meta.citation, row.meta.ref)
            continue
        maybe = ""
        if row.min_percent is not None and percent is None:
            maybe = f"its concentration: from {row.min_percent:g}%"
            ctx.ask("concentration_percent", f"{row.item} is named from {row.min_percent:g}%", rule.meta.ref.rule_id, hold=True)
        effect = _require(ctx, place, rule, reason="RU_BY", maybe=maybe)
        yield StepAnswer(f"{row.item} is named in Supp. 6{maybe and ', ' + maybe}", effect, row.meta.citation, row.meta.ref)
        return True
    return False


def _software(ctx: DeterminationContext, place: CountryInRole) -> Iterator[StepAnswer]:
    rule = ctx.rules.end_use_rule("746.8-a-8")
    if ctx.yes("listed_ear99_software"):
        effect = _require(ctx, place, rule, reason="RU_BY", barred=BARRED_FOR_SOFTWARE)
        yield StepAnswer("listed EAR99 software (stated)", effect, row=rule.meta.ref)
    elif ctx.fact("listed_ear99_software") is None:
        ctx.ask("listed_ear99_software", "such software needs a license", rule.meta.ref.rule_id, hold=not ctx.hs6)


def _parts(ctx: DeterminationContext, place: CountryInRole) -> Iterator[StepAnswer]:
    """The HS code is in no list: parts made for a listed item count whatever their own code, and Supp. 6 goes by name."""
    rule = ctx.rules.end_use_rule("746.8-a-5")
    if ctx.yes("part_for_listed_item"):
        yield StepAnswer(
            "a part or accessory made for a listed item (stated)", _require(ctx, place, rule, reason="RU_BY"), row=rule.meta.ref
        )
        return
    missing = [fact for fact in ("part_for_listed_item", "named_in_supplement_6") if ctx.fact(fact) is None]
    for fact in missing:
        ctx.ask(
            fact,
            f"HS {ctx.hs6} is in no list, but a part of a listed item or an item named in Supp. 6 counts",
            "746.8",
            hold=True,
        )
    if missing:
        yield StepAnswer(
            f"HS {ctx.hs6} is in no list; whether it is a part of a listed item or named in Supp. 6 is unknown", "question"
        )
    else:
        yield StepAnswer(f"HS {ctx.hs6} is in no list; no part of a listed item and not named in Supp. 6 (stated)", "none")


def un_arms_embargo(ctx: DeterminationContext) -> Iterable[StepAnswer]:
    """Does it go to a country under a UN arms embargo?"""
    for place in ctx.places:
        row = ctx.rules.set_row("un_arms", place.iso)
        if row and chart_is_read(ctx, place):
            yield StepAnswer(
                f"{place.label}: yes; items with a UN reason need a license, see step G", "note", row.meta.citation, row.meta.ref
            )


STEPS: tuple[Step, ...] = (
    step("E1", "746.2", cuba),
    step("E2", "746.4", north_korea),
    step("E3", "746.7", iran),
    step("E4", "746.9", syria),
    step("E5", "746.6", ukraine_regions),
    step("E6", "746.8", russia_belarus),
    step("E7", "746.1(b)", un_arms_embargo),
)
