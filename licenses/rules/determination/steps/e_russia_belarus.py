"""Step E6: Russia and Belarus (746.8): any ECCN, and EAR99 items by the lists of Supplements 2, 4, 5, 6 and 7 to part 746."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator

from licenses.rules.determination.context import CountryInRole, DeterminationContext, StepAnswer
from licenses.rules.determination.steps.embargo_requirements import ask_hs6, places_in, require_license
from licenses.rules.eccn import Fit
from licenses.rules.tables.rule_rows import EndUseRow

BARRED_FOR_SOFTWARE = frozenset(("GOV",))
"""What 746.8(c)(2)(ii) leaves for the rest of 746.8, but not for the software of (a)(8)."""


def russia_belarus(ctx: DeterminationContext) -> Iterable[StepAnswer]:
    """Does it go to Russia or Belarus, and is it a CCL item or an EAR99 item of Supp. 2, 4, 5, 6 or 7 to part 746?"""
    for place in places_in(ctx, "RU", "BY"):
        if ctx.released(place):
            yield StepAnswer("746.8 does not apply to deemed exports and reexports; the CCL rules do", "note", "746.8(a)(12)(i)")
        elif not ctx.item.eccn.is_ear99:
            yield _any_eccn(ctx, place)
        else:
            yield from _ear99_lists(ctx, place)


def _any_eccn(ctx: DeterminationContext, place: CountryInRole) -> StepAnswer:
    rule = ctx.rules.end_use_rule("746.8-a-1")
    row, fit = ctx.rules.items.eccn_set("russia_not_required", ctx.item.eccn)
    if row and fit is Fit.YES and ctx.facts.yes("allied_civil_firm") and ctx.facts.yes("civil_use"):
        return StepAnswer(
            "to civil firms of the US, A:5 or A:6 (stated): no license under 746.8", "none", row.meta.citation, row.meta.ref
        )
    return StepAnswer("an item of any ECCN needs a license", require_license(ctx, place, rule, reason="RU_BY"), row=rule.meta.ref)


def _ear99_lists(ctx: DeterminationContext, place: CountryInRole) -> Iterator[StepAnswer]:
    rules = ctx.rules
    if not ctx.item.hs6:
        ask_hs6(ctx, "746.8")
        yield StepAnswer.unknown("the HS code decides, and it is not stated", "question", "746.8(a)(5)-(7)")
    listed = False
    for code, paragraph in (("supp4", "746.8-a-5"), ("supp7", "746.8-a-5"), ("supp5", "746.8-a-7")):
        row = rules.items.hs_list(code, ctx.item.hs6)
        if row is None or (code == "supp7" and listed):
            continue
        rule = rules.end_use_rule(paragraph)
        if row.usd_per_unit_min is None:
            listed = True
            effect = require_license(ctx, place, rule, reason="RU_BY")
            yield StepAnswer(f"HS {ctx.item.hs6} is in Supp. {code[-1]} to part 746", effect, rule.section, row.meta.ref)
        else:
            dear = yield from _priced(ctx, place, rule, float(row.usd_per_unit_min))
            listed = listed or dear
    yield from _oil_and_gas(ctx, place)
    named = yield from _named_items(ctx, place)
    yield from _software(ctx, place)
    if ctx.item.hs6 and not listed and not named:
        yield from _parts(ctx, place)


def _priced(
    ctx: DeterminationContext, place: CountryInRole, rule: EndUseRow, threshold: float
) -> Generator[StepAnswer, None, bool]:
    """A code of Supp. 5 with a threshold: gives False where the price is below it, so that the item counts as in no list."""
    stated, hint = ctx.facts.number("unit_price_usd"), ctx.item.unit_price
    price = stated if stated is not None else float(hint) if hint is not None and hint >= threshold else None
    if price is not None and price >= threshold:
        effect = require_license(ctx, place, rule, reason="RU_BY")
        yield StepAnswer(
            f"HS {ctx.item.hs6} is in Supp. 5, at USD {price:g} a unit, from USD {threshold:g}", effect, row=rule.meta.ref
        )
    elif price is not None:
        words = f"HS {ctx.item.hs6} is in Supp. 5 only from USD {threshold:g} a unit; stated USD {price:g}"
        yield StepAnswer(words, "none", row=rule.meta.ref)
        return False
    else:
        words = f"HS {ctx.item.hs6} is in Supp. 5 from USD {threshold:g} a unit"
        ctx.ask("unit_price_usd", words, rule.meta.ref.rule_id, hold=True)
        effect = require_license(ctx, place, rule, reason="RU_BY", maybe=f"the unit price: from USD {threshold:g}")
        yield StepAnswer(f"{words}; the price is unknown", effect, row=rule.meta.ref)
    return True


def _oil_and_gas(ctx: DeterminationContext, place: CountryInRole) -> Iterator[StepAnswer]:
    row = ctx.rules.items.hs_list("supp2", ctx.item.hs6)
    if row is None:
        return
    rule = ctx.rules.end_use_rule("746.8-a-4")
    if ctx.facts.no("oil_gas_russia"):
        yield StepAnswer(f"HS {ctx.item.hs6} is in Supp. 2; not for the projects of (a)(4) (stated)", "none", row=rule.meta.ref)
        return
    if ctx.facts.value("oil_gas_russia") is None:
        ctx.ask("oil_gas_russia", "Supp. 2 items need a license when the use cannot be determined", "746.8-a-4", hold=True)
    effect = require_license(ctx, place, rule, reason="RU_BY")
    yield StepAnswer(
        f"HS {ctx.item.hs6} is in Supp. 2, and the use is such a project or cannot be determined", effect, row=rule.meta.ref
    )


def _named_items(ctx: DeterminationContext, place: CountryInRole) -> Generator[StepAnswer, None, bool]:
    """Supp. 6: by CAS number and concentration, or as stated by the exporter; gives whether one was found."""
    rule = ctx.rules.end_use_rule("746.8-a-6")
    if ctx.facts.yes("named_in_supplement_6"):
        yield StepAnswer("named in Supp. 6 (stated)", require_license(ctx, place, rule, reason="RU_BY"), row=rule.meta.ref)
        return True
    percent = ctx.facts.number("concentration_percent")
    for row in ctx.rules.items.named_by_cas(ctx.facts.text("cas_number")):
        if row.min_percent is not None and percent is not None and percent < row.min_percent:
            yield StepAnswer(f"{row.item}: {percent:g}% is below {row.min_percent:g}%", "none", row.meta.citation, row.meta.ref)
            continue
        maybe = ""
        if row.min_percent is not None and percent is None:
            maybe = f"its concentration: from {row.min_percent:g}%"
            ctx.ask("concentration_percent", f"{row.item} is named from {row.min_percent:g}%", rule.meta.ref.rule_id, hold=True)
        effect = require_license(ctx, place, rule, reason="RU_BY", maybe=maybe)
        yield StepAnswer(f"{row.item} is named in Supp. 6{maybe and ', ' + maybe}", effect, row.meta.citation, row.meta.ref)
        return True
    return False


def _software(ctx: DeterminationContext, place: CountryInRole) -> Iterator[StepAnswer]:
    rule = ctx.rules.end_use_rule("746.8-a-8")
    if ctx.facts.yes("listed_ear99_software"):
        effect = require_license(ctx, place, rule, reason="RU_BY", barred=BARRED_FOR_SOFTWARE)
        yield StepAnswer("listed EAR99 software (stated)", effect, row=rule.meta.ref)
    elif ctx.facts.value("listed_ear99_software") is None:
        ctx.ask("listed_ear99_software", "such software needs a license", rule.meta.ref.rule_id, hold=not ctx.item.hs6)


def _parts(ctx: DeterminationContext, place: CountryInRole) -> Iterator[StepAnswer]:
    """The HS code is in no list: parts made for a listed item count whatever their own code, and Supp. 6 goes by name."""
    rule = ctx.rules.end_use_rule("746.8-a-5")
    if ctx.facts.yes("part_for_listed_item"):
        yield StepAnswer(
            "a part or accessory made for a listed item (stated)",
            require_license(ctx, place, rule, reason="RU_BY"),
            row=rule.meta.ref,
        )
        return
    missing = [fact for fact in ("part_for_listed_item", "named_in_supplement_6") if ctx.facts.value(fact) is None]
    for fact in missing:
        ctx.ask(
            fact,
            f"HS {ctx.item.hs6} is in no list, but a part of a listed item or an item named in Supp. 6 counts",
            "746.8",
            hold=True,
        )
    if missing:
        yield StepAnswer(
            f"HS {ctx.item.hs6} is in no list; whether it is a part of a listed item or named in Supp. 6 is unknown", "question"
        )
    else:
        yield StepAnswer(f"HS {ctx.item.hs6} is in no list; no part of a listed item and not named in Supp. 6 (stated)", "none")
