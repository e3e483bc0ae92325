"""Foreign-made items: what counts as one, and the foreign-direct product rules of 734.9 (step A5)."""

from __future__ import annotations

from collections.abc import Iterable

from licenses.rules.determination.context import DeterminationContext, StepAnswer
from licenses.rules.determination.entry_terms import entry_terms
from licenses.rules.determination.requirements import RequirementAtPlace, requirement
from licenses.rules.eccn import Fit
from licenses.rules.tables.list_facts import ENTITY_LIST
from licenses.rules.tables.rule_rows import EndUseRow, FdpRow
from licenses.rules.types import BITING_ROLES, TransactionType


def is_foreign_made(ctx: DeterminationContext) -> bool:
    """Is it made abroad, and moved between or within foreign countries (734.14, 734.16)?"""
    outside = ctx.case.transaction in (TransactionType.REEXPORT, TransactionType.IN_COUNTRY_TRANSFER)
    return outside and (ctx.case.item.origin or "US") != "US" and not ctx.facts.yes("item_in_us")


def footnotes_hit(ctx: DeterminationContext) -> frozenset[str]:
    """Footnotes of the Entity List entries that the parties hit."""
    footnotes: set[str] = set()
    for party in ctx.case.parties:
        for hit in party.hits if party.role in (*BITING_ROLES, "manufacturer") else ():
            if hit.list == ENTITY_LIST and hit.counts:
                footnotes |= entry_terms(hit).footnotes
    return frozenset(footnotes)


def foreign_direct_product(ctx: DeterminationContext) -> Iterable[StepAnswer]:
    """Foreign-made: is it a direct product of listed US technology or software, or of a plant that is, and within reach?"""
    if not is_foreign_made(ctx) or ctx.excluded or (ctx.subject and not ctx.doubt):
        return
    unknown = False
    for row in ctx.rules.items.fdp_rules:
        if not row.meta.enforced:
            continue
        scope = _stated(ctx, row, _product_scope(ctx, row))
        reach = _reach(ctx, row) if scope is not Fit.NO else Fit.NO
        if reach is Fit.NO:
            continue
        technology = _technology(ctx, row)
        if Fit.YES is scope is reach is technology:
            ctx.subject, ctx.doubt = True, ""
            yield _direct_product(ctx, row)
        elif technology is not Fit.NO:
            unknown = True
            if ctx.facts.value("direct_product_of_us_technology") is None:
                ctx.ask("direct_product_of_us_technology", f"{row.name}: {row.technology_input}", row.meta.ref.rule_id, hold=True)
            if scope is Fit.MAYBE:
                _ask_scope(ctx, row)
            yield StepAnswer.unknown(f"{row.name} ({row.reach})", "question", row.meta.citation, row.meta.ref)
    if unknown and not ctx.subject:
        ctx.subject, ctx.doubt = True, "whether the foreign-made item is a foreign direct product is not known"


def _stated(ctx: DeterminationContext, row: FdpRow, scope: Fit) -> Fit:
    """A product scope that the stated ECCN leaves open, as the exporter answers it."""
    stated = ctx.facts.condition(row.meta.ref.rule_id)
    return scope if scope is not Fit.MAYBE or stated is None else Fit.YES if stated else Fit.NO


def _ask_scope(ctx: DeterminationContext, row: FdpRow) -> None:
    rule_id, why = row.meta.ref.rule_id, f"{row.name}: {row.product_scope}"
    if "named6" in row.items:
        ctx.ask("named_in_supplement_6", why, rule_id, hold=True)
    elif not (row.presumed_by and ctx.facts.value(row.presumed_by) is None):
        text = f"Is the item within the product scope of {row.section} ({row.product_scope})?"
        ctx.ask(f"condition.{rule_id}", why, rule_id, hold=True, text=text)


def _direct_product(ctx: DeterminationContext, row: FdpRow) -> StepAnswer:
    if row.requirement_section and row.requirement_reason != "FDP":
        need = requirement(row.requirement_reason, row.requirement_section, row.meta, citation=row.requirement_section)
        barred = row.requirement_section == "746.8(a)(3)" or row.requirement_reason in ("END_USE", "IRAN")
        ctx.need(
            RequirementAtPlace(
                need,
                ctx.case.destination,
                "fdp",
                allowed=frozenset() if barred else _fdp_exceptions(ctx, row),
                policies=_fdp_policy(ctx, row),
                row=row.meta.ref,
            )
        )
    return StepAnswer.yes(row.name, "requirement", row.meta.citation, row.meta.ref)


def _fdp_exceptions(ctx: DeterminationContext, row: FdpRow) -> frozenset[str] | None:
    scope = ctx.rules.lists.entity_scope("footnote", row.footnote)
    if scope:
        return None if scope.exceptions == "FOREIGN_PRODUCED" else frozenset()
    return frozenset(rule.code for rule in ctx.rules.exceptions.left_by_embargo("RU-BY")) - {"NOT_REQUIRED"}


def _fdp_policy(ctx: DeterminationContext, row: FdpRow) -> tuple[str, ...]:
    """Russia, Belarus and Iran: denial (746.7(b), 746.8(b)); an end use: the policy of the rule that it stands under."""
    if row.requirement_reason in ("RU_BY", "IRAN"):
        return ("POLICY_OF_DENIAL",)
    return tuple(end_use_policy(ctx, rule) for rule in ctx.rules.end_use_rules if rule.section == row.requirement_section)


def _product_scope(ctx: DeterminationContext, row: FdpRow) -> Fit:
    fit = ctx.item.fit(row.items)
    if row.section == "734.9(e)(3)" and fit is not Fit.YES and ctx.item.eccn.base.startswith("3B"):
        return _presumed_scope(ctx, row, fit)
    if fit is Fit.NO and "named6" in row.items:
        return (
            Fit.YES
            if ctx.facts.yes("named_in_supplement_6")
            else Fit.NO
            if ctx.facts.no("named_in_supplement_6") or not ctx.item.eccn.is_ear99
            else Fit.MAYBE
        )
    return fit


def _presumed_scope(ctx: DeterminationContext, row: FdpRow, fit: Fit) -> Fit:
    # Supp. 3 to part 732, no. 26: foreign 3B equipment with an integrated circuit is presumed in scope.
    if ctx.facts.value(row.presumed_by) is None:
        ctx.ask(
            row.presumed_by,
            "foreign 3B equipment with an integrated circuit is presumed in scope",
            row.meta.ref.rule_id,
            hold=True,
        )
        return Fit.MAYBE
    return Fit.YES if ctx.facts.yes(row.presumed_by) else fit


def _reach(ctx: DeterminationContext, row: FdpRow) -> Fit:
    if row.footnote:
        by_list = Fit.YES if row.footnote in footnotes_hit(ctx) else Fit.NO
        if by_list is Fit.YES or not row.reach_fact:
            return by_list
        fact, *countries = row.reach_fact.split()
        return _reach_by_fact(ctx, fact) if ctx.in_any(" ".join(countries)) else Fit.NO
    countries_spec = row.countries.replace("UA-REGION", "").strip()
    inside = ctx.in_any(countries_spec) is not None or (
        "UA-REGION" in row.countries and any(place.region for place in ctx.places)
    )
    if row.reach_fact == "hq":
        # 734.9(h) follows the destinations of the chart, which name the United Arab Emirates beside the groups.
        inside = inside or any(place.iso in ctx.rules.countries.advanced_computing for place in ctx.places)
        return Fit.YES if inside else _reach_by_headquarters(ctx, row)
    if row.reach_fact:
        return _reach_by_fact(ctx, row.reach_fact) if inside else Fit.NO
    return Fit.YES if inside else Fit.NO


def _reach_by_headquarters(ctx: DeterminationContext, row: FdpRow) -> Fit:
    listed = headquarters_listed(ctx)
    if listed is Fit.MAYBE:
        ctx.ask("headquarters_country", f"{row.name}: {row.reach}", row.meta.ref.rule_id, hold=True)
    return listed


def _reach_by_fact(ctx: DeterminationContext, fact: str) -> Fit:
    if ctx.facts.value(fact) is None:
        ctx.ask(fact, "it decides whether a foreign-direct product rule reaches the transaction", "734.9", hold=True)
        return Fit.MAYBE
    return Fit.YES if ctx.facts.yes(fact) else Fit.NO


def end_use_policy(ctx: DeterminationContext, row: EndUseRow) -> str:
    """744.21(e): EAR99 food and medicine case by case; 744.23(d): approval for US, A:5 and A:6 firms, when stated."""
    if row.section == "744.21(a)(2)" and ctx.item.eccn.is_ear99 and ctx.facts.yes("food_or_medicine"):
        return "CASE_BY_CASE"
    headquarters = ctx.facts.text("headquarters_country")
    if row.approved_headquarters and headquarters in ctx.rules.countries.named(row.approved_headquarters):
        return "PRESUMPTION_OF_APPROVAL"
    return row.policy


def headquarters_listed(ctx: DeterminationContext) -> Fit:
    """Is the headquarters of the end user, or of its ultimate parent, in Macau or a D:5 country? MAYBE when not stated."""
    stated = ctx.facts.text("headquarters_country")
    if not stated:
        return Fit.MAYBE
    return Fit.YES if stated in ctx.rules.countries.named("MO D:5") else Fit.NO


def _technology(ctx: DeterminationContext, row: FdpRow) -> Fit:
    # Supp. 3 to part 732, no. 26: 3B equipment with an integrated circuit is presumed a direct product.
    if row.presumed_by and ctx.facts.yes(row.presumed_by) and ctx.item.eccn.base.startswith("3B"):
        return Fit.YES
    stated = ctx.facts.value("direct_product_of_us_technology")
    return Fit.MAYBE if stated is None else Fit.YES if stated else Fit.NO
