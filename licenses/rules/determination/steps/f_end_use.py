"""Steps F10 and F11: end uses and end users by knowledge, and US-person support (part 744, General Prohibitions Five and Seven).

A true fact gives the row's requirement, a false one nothing. An absent fact HOLDs the outcome where the rule is limited by
country and item; elsewhere it is ASKed, until a word in the text or a kindred reason for control points there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from licenses.rules.determination.context import DeterminationContext, Step, StepAnswer, step
from licenses.rules.determination.entry_terms import entry_terms
from licenses.rules.determination.requirements import RequirementAtPlace, requirement
from licenses.rules.determination.steps.a_direct_products import end_use_policy, headquarters_listed
from licenses.rules.eccn import Fit
from licenses.rules.tables.list_facts import ENTITY_LIST, MILITARY_END_USERS
from licenses.rules.tables.rule_rows import EndUseRow
from licenses.rules.types import BITING_ROLES, ListedAs

MILITARY_FLAG = "MILITARY_END_USE"
"""The red flag that a hit on the MEU List, or on an entry with footnote 3, raises."""


def knowledge(ctx: DeterminationContext) -> Iterable[StepAnswer]:
    """Do the stated end use and end user fall under a rule of part 744?"""
    for row in ctx.rules.end_use_rules:
        if row.true_effect == "SUPPORT":
            continue
        if row.true_effect == "HEADQUARTERS":
            yield from _headquarters(ctx, row)
        else:
            yield from _by_fact(ctx, row)


def _by_fact(ctx: DeterminationContext, row: EndUseRow) -> Iterator[StepAnswer]:
    fit = ctx.item.fit(row.items)
    stated = ctx.facts.value(row.fact)
    # What frees a stated use does not tell whether there is such a use: while that is unknown it is asked all the same.
    if fit is Fit.NO or (stated is not None and row.unless_fact and ctx.facts.states(row.unless_fact)):
        return
    country = _reached(ctx, row)
    if not country:
        yield from _named_elsewhere(ctx, row)
        return
    if stated is True:
        maybe = _unsure(ctx, row, fit)
        if maybe != "no":
            effect = _end_use_need(ctx, row, country, maybe)
            yield StepAnswer.yes(f"{row.name} ({country}); {row.fact} stated true", effect, row.meta.citation, row.meta.ref)
    elif stated is False:
        yield StepAnswer.no(f"{row.name}; {row.fact} stated false", "none", row.meta.citation, row.meta.ref)
    elif row.unknown_effect != "NONE":
        hold, why = _holds(ctx, row, country)
        ctx.ask(row.fact, f"{row.name} ({row.section}){why}", row.meta.ref.rule_id, hold=hold)
        yield StepAnswer.unknown(f"{row.name}; {row.fact} not stated{why}", "question", row.meta.citation, row.meta.ref)


def _reached(ctx: DeterminationContext, row: EndUseRow) -> str:
    """The country that the rule reaches, "" when none: a place, or for some end-user rules a party's own country."""
    countries = ctx.rules.countries.named(row.countries)
    place = next((place.iso for place in ctx.places if place.iso in countries), "")
    if not place and row.reach == "headquarters":
        return _by_headquarters(ctx, row, countries)
    if place or row.reach != "party" or not ctx.facts.yes(row.fact):
        return place
    return next((party.country for party in ctx.case.parties if party.role in BITING_ROLES and party.country in countries), "")


def _named_elsewhere(ctx: DeterminationContext, row: EndUseRow) -> Iterator[StepAnswer]:
    """744.22 names organizations wherever they are: a stated end user outside its countries may be one of them."""
    if row.reach != "party" or not ctx.facts.yes(row.fact):
        return
    rule_id = row.meta.ref.rule_id
    stated = ctx.facts.condition(rule_id)
    if stated is False:
        yield StepAnswer.no(f"{row.name}; none that {row.section} names (stated)", "none", row.meta.citation, row.meta.ref)
        return
    maybe = "" if stated else f"{row.name}: whether it is one that {row.section} names, wherever it is"
    if maybe:
        text = f"Is the end user one of the organizations that {row.section} names, or of one of its countries?"
        ctx.ask(f"condition.{rule_id}", maybe, rule_id, hold=True, text=text)
    effect = _end_use_need(ctx, row, ctx.case.destination, maybe)
    yield StepAnswer(
        f"{'perhaps' if maybe else 'yes'}: {row.name}; {row.fact} stated true", effect, row.meta.citation, row.meta.ref
    )


def _by_headquarters(ctx: DeterminationContext, row: EndUseRow, countries: frozenset[str]) -> str:
    """The rule follows the end user's headquarters to any country; unknown, it is asked once the use is stated."""
    headquarters = ctx.facts.text("headquarters_country")
    if headquarters in countries:
        return ctx.case.destination
    if ctx.facts.yes(row.fact) and not headquarters:
        ctx.ask("headquarters_country", f"{row.name} ({row.section})", row.meta.ref.rule_id, hold=True)
    return ""


def _unsure(ctx: DeterminationContext, row: EndUseRow, fit: Fit) -> str:
    """ "" when the requirement is definite, "no" when the exporter states that the rule's condition is not met."""
    if row.true_effect != "MAYBE" and fit is Fit.YES:
        return ""
    stated = ctx.facts.condition(row.meta.ref.rule_id)
    if stated is not None:
        return "" if stated else "no"
    words = f"{row.name}: {'the item' if fit is Fit.MAYBE else 'the use'} may or may not be within {row.section}"
    ctx.ask(
        f"condition.{row.meta.ref.rule_id}",
        words,
        row.meta.ref.rule_id,
        hold=True,
        text=f"Does {row.section} reach this transaction: {row.name}?",
    )
    return words


def _end_use_need(ctx: DeterminationContext, row: EndUseRow, country: str, maybe: str) -> str:
    reason = "IRAQ" if row.section.startswith("746.3") else "END_USE"
    need = RequirementAtPlace(
        requirement(reason, row.section.split("(")[0] if reason == "END_USE" else row.section, row.meta),
        country,
        "end_use",
        maybe=maybe,
        allowed=row.exceptions,
        paragraphs=row.paragraphs,
        policies=(end_use_policy(ctx, row),),
        row=row.meta.ref,
    )
    return ctx.need(need)


def _holds(ctx: DeterminationContext, row: EndUseRow, country: str) -> tuple[bool, str]:
    """Does the absent fact hold the outcome, and what points there?"""
    if row.unknown_effect == "HOLD":
        return True, ""
    word = _pointer(row.keywords, f"{ctx.facts.text('text')}\n{ctx.case.item.description}") if row.keywords else ""
    if word:
        return True, f"; the text says {word!r}"
    flag = min(row.red_flags & raised(ctx), default="")
    if flag:
        return True, f"; red flag {flag} points there"
    if row.kindred_group and ctx.rules.countries.in_group(country, row.kindred_group):
        reasons = {control.reason for control, _ in ctx.rules.items.fitting_controls(ctx.item.eccn)} & row.kindred_reasons
        if reasons:
            return True, f"; the item is controlled for {', '.join(sorted(reasons))} and {country} is in {row.kindred_group}"
    return False, ""


def raised(ctx: DeterminationContext) -> frozenset[str]:
    """Red flags that turn ASK into HOLD: those that the application raised, and without one what the hits themselves say."""
    listed = any(
        party.role in BITING_ROLES and hit.stands and (hit.list == MILITARY_END_USERS or _is_military(hit))
        for party in ctx.case.parties
        for hit in party.hits
    )
    return ctx.case.flags | {MILITARY_FLAG} if listed else ctx.case.flags


def _is_military(hit: ListedAs) -> bool:
    return hit.list == ENTITY_LIST and "3" in entry_terms(hit).footnotes


@lru_cache(maxsize=64)
def _pattern(keywords: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(re.escape(word) for word in keywords) + ")", re.IGNORECASE)


def _pointer(keywords: tuple[str, ...], text: str) -> str:
    match = _pattern(keywords).search(text)
    return match[0] if match else ""


def _headquarters(ctx: DeterminationContext, row: EndUseRow) -> Iterator[StepAnswer]:
    """744.23(a)(3): advanced computing items to an end user headquartered in Macau or D:5, outside the chart's reach."""
    fit = ctx.item.fit(row.items)
    outside = [place for place in ctx.places if place.iso not in ctx.rules.countries.advanced_computing]
    if fit is Fit.NO or not outside:
        return
    listed = headquarters_listed(ctx)
    if listed is Fit.MAYBE:
        ctx.ask("headquarters_country", f"{row.name} ({row.section})", row.meta.ref.rule_id, hold=True)
        yield StepAnswer.unknown(f"{row.name}; the headquarters is not stated", "question", row.meta.citation, row.meta.ref)
    elif listed is Fit.YES:
        maybe = _unsure(ctx, row, fit)
        if maybe != "no":
            yield StepAnswer.yes(row.name, _end_use_need(ctx, row, outside[0].iso, maybe), row.meta.citation, row.meta.ref)
    else:
        yield StepAnswer.no(
            f"{row.name}; headquarters in {ctx.facts.text('headquarters_country')}", "none", row.meta.citation, row.meta.ref
        )


def us_person_support(ctx: DeterminationContext) -> Iterable[StepAnswer]:
    """Does a US person support a listed activity, whether or not the item is subject to the EAR?"""
    for row in ctx.rules.end_use_rules:
        if row.true_effect != "SUPPORT" or not _reached(ctx, row):
            continue
        activity, support = ctx.facts.value(row.fact), ctx.facts.value("us_person_support")
        if activity is False or support is False:
            continue
        if activity and support:
            need = RequirementAtPlace(
                requirement("END_USE", "744.6", row.meta),
                _reached(ctx, row),
                "support",
                allowed=frozenset(),
                policies=(row.policy,),
                row=row.meta.ref,
            )
            yield StepAnswer.yes(row.name, ctx.need(need), row.meta.citation, row.meta.ref)
        elif support:
            limited = not row.countries.startswith("any")
            ctx.ask(row.fact, f"{row.name} ({row.section})", row.meta.ref.rule_id, hold=limited)
            yield StepAnswer.unknown(f"{row.name}; {row.fact} not stated", "question", row.meta.citation, row.meta.ref)
        elif activity and not ctx.subject:
            ctx.ask("us_person_support", f"{row.name} ({row.section})", row.meta.ref.rule_id, hold=True)
            yield StepAnswer.unknown(f"{row.name}; US-person support not stated", "question", row.meta.citation, row.meta.ref)


F10_STEPS: tuple[Step, ...] = (step("F10", "744", knowledge),)
F11_STEPS: tuple[Step, ...] = (step("F11", "744.6", us_person_support),)
