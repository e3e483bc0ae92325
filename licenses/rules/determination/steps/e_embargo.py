"""Step E: embargoes and special destinations (part 746, General Prohibition Six), and the UN arms embargoes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from licenses.rules.determination.context import CountryInRole, DeterminationContext, Step, StepAnswer, step
from licenses.rules.determination.steps.e_russia_belarus import russia_belarus
from licenses.rules.determination.steps.embargo_requirements import ask_hs6, chart_is_read, places_in, require_license
from licenses.rules.eccn import Fit
from licenses.rules.tables.rule_rows import EndUseRow


def cuba(ctx: DeterminationContext) -> Iterable[StepAnswer]:
    """Does it go to Cuba or a Cuban national?"""
    rule = ctx.rules.end_use_rule("746.2")
    for place in places_in(ctx, "CU"):
        if ctx.released(place) and ctx.item.eccn.is_ear99:
            yield StepAnswer("EAR99 technology to a Cuban national needs no license", "none", "746.2(a)(2)", rule.meta.ref)
        else:
            yield StepAnswer("all items subject to the EAR need a license", require_license(ctx, place, rule), row=rule.meta.ref)


def north_korea(ctx: DeterminationContext) -> Iterable[StepAnswer]:
    """Does it go to North Korea, and is it other than EAR99 food or medicine?"""
    for place in places_in(ctx, "KP"):
        yield from _all_but_food(ctx, place, "746.4")


def syria(ctx: DeterminationContext) -> Iterable[StepAnswer]:
    """Does it go to Syria, and is it other than EAR99 food or medicine?"""
    for place in places_in(ctx, "SY"):
        # The carve-out names a deemed export; a release abroad is not said to have it.
        if ctx.deemed and ctx.item.eccn.is_ear99:
            rule = ctx.rules.end_use_rule("746.9")
            yield StepAnswer("technology not on the CCL to a Syrian national needs no license", "none", "746.9(a)", rule.meta.ref)
        else:
            yield from _all_but_food(ctx, place, "746.9")


def _all_but_food(ctx: DeterminationContext, place: CountryInRole, section: str) -> Iterator[StepAnswer]:
    rule = ctx.rules.end_use_rule(section)
    if ctx.item.eccn.is_ear99 and ctx.facts.yes("food_or_medicine"):
        yield StepAnswer("EAR99 food or medicine (stated): no license", "none", row=rule.meta.ref)
        return
    if ctx.item.eccn.is_ear99 and ctx.facts.value("food_or_medicine") is None:
        why = f"EAR99 food and medicine need no license under {section}"
        ctx.ask("food_or_medicine", why, rule.meta.ref.rule_id, hold=False)
    yield StepAnswer("all items but EAR99 food and medicine need a license", require_license(ctx, place, rule), row=rule.meta.ref)


def iran(ctx: DeterminationContext) -> Iterable[StepAnswer]:
    """Does it go to Iran, and is it a CCL item with a chart column, a listed entry, or in Supp. 7 to part 746?"""
    rule, ofac = ctx.rules.end_use_rule("746.7"), ctx.rules.end_use_rule("746.7-OFAC")
    for place in places_in(ctx, "IR"):
        listed, fit = ctx.rules.items.eccn_set("iran_listed", ctx.item.eccn)
        if any(row.columns for row in ctx.rules.items.controls(ctx.item.eccn.base)):
            yield StepAnswer("a CCL item with a chart column", require_license(ctx, place, rule), row=rule.meta.ref)
        elif fit is Fit.YES and listed:
            yield StepAnswer("an entry that 746.7(a)(1) lists", require_license(ctx, place, rule), row=listed.meta.ref)
        elif not ctx.item.eccn.is_ear99:
            yield _listed_for_iran(ctx, place, rule, ofac)
        elif ctx.item.fit("list:SUPP7") is Fit.YES:
            yield StepAnswer(
                "the HS code is in Supp. 7 to part 746", require_license(ctx, place, rule), "746.7(a)(1)(ii)", rule.meta.ref
            )
        else:
            if not ctx.item.hs6 and not ctx.released(place):  # what is released is technology, which has no HS code
                ask_hs6(ctx, "746.7")
            effect = require_license(ctx, place, ofac, maybe="whether OFAC authorizes it", reason="IRAN")
            yield StepAnswer(
                "an EAR99 item outside Supp. 7: whatever OFAC prohibits needs its authorization", effect, row=ofac.meta.ref
            )


def _listed_for_iran(ctx: DeterminationContext, place: CountryInRole, rule: EndUseRow, ofac: EndUseRow) -> StepAnswer:
    """An entry without a chart column: whether 746.7(a)(1) lists it is read and stated; OFAC's rules apply in any case."""
    rule_id = rule.meta.ref.rule_id
    stated = ctx.facts.condition(rule_id)
    if stated is False:
        effect = require_license(ctx, place, ofac, maybe="whether OFAC authorizes it", reason="IRAN")
        return StepAnswer(
            "not listed in 746.7(a)(1) (stated): whatever OFAC prohibits needs its authorization", effect, row=ofac.meta.ref
        )
    if stated:
        return StepAnswer("listed in 746.7(a)(1) (stated)", require_license(ctx, place, rule), row=rule.meta.ref)
    why = "whether 746.7(a)(1) lists the entry; OFAC's rules apply in any case"
    ctx.ask(f"condition.{rule_id}", why, rule_id, hold=True, text=f"Read 746.7(a)(1): does it list {ctx.item.eccn.base}?")
    return StepAnswer(
        "the entry has no chart column; 746.7(a)(1) must be read", require_license(ctx, place, rule, maybe=why), row=rule.meta.ref
    )


def ukraine_regions(ctx: DeterminationContext) -> Iterable[StepAnswer]:
    """Does it go to Crimea or the so-called DNR or LNR regions?"""
    rule = ctx.rules.end_use_rule("746.6")
    for place in ctx.places:
        if not place.region:
            continue
        free = ctx.item.eccn.is_ear99 and (ctx.facts.yes("food_or_medicine") or ctx.facts.yes("internet_communication_software"))
        if free:
            yield StepAnswer("EAR99 food, medicine or communication software (stated): no license", "none", row=rule.meta.ref)
        else:
            yield StepAnswer(f"{place.region}: all items need a license", require_license(ctx, place, rule), row=rule.meta.ref)


def un_arms_embargo(ctx: DeterminationContext) -> Iterable[StepAnswer]:
    """Does it go to a country under a UN arms embargo?"""
    for place in ctx.places:
        row = ctx.rules.countries.set_row("un_arms", place.iso)
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
