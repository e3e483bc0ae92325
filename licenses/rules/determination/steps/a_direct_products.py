"""Foreign-made items: what counts as one, and the foreign-direct product rules of 734.9 (step A5)."""

from __future__ import annotations

from collections.abc import Iterable

from licenses.rules.determination.context import BITING_ROLES, Need, Said, Walk, requirement
from licenses.rules.determination.entry_terms import entry_terms
from licenses.rules.eccn import Fit
from licenses.rules.tables.rule_rows import EndUseRow, FdpRow
from licenses.rules.types import TransactionType


def is_foreign_made(w: Walk) -> bool:
    """Is it made abroad, and moved between or within foreign countries (734.14, 734.16)?"""
    outside = w.case.transaction in (TransactionType.REEXPORT, TransactionType.IN_COUNTRY_TRANSFER)
    return outside and (w.case.item.origin or "US") != "US" and not w.yes("item_in_us")


def footnotes_hit(w: Walk) -> frozenset[str]:
    """Footnotes of the Entity List entries that the parties hit."""
    found: set[str] = set()
    for party in w.case.parties:
        for hit in party.hits if party.role in (*BITING_ROLES, "manufacturer") else ():
            if hit.list == "EL" and hit.counts:
                found |= entry_terms(hit).footnotes
    return frozenset(found)


def foreign_direct_product(w: Walk) -> Iterable[Said]:
    """Foreign-made: is it a direct product of listed US technology or software, or of a plant that is, and within reach?"""
    if not is_foreign_made(w) or w.excluded or (w.subject and not w.doubt):
        return
    unknown = False
    for row in w.rules.fdp_rules:
        if not row.meta.enforced:
            continue
        scope = _stated(w, row, _product_scope(w, row))
        reach = _reach(w, row) if scope is not Fit.NO else Fit.NO
        if reach is Fit.NO:
            continue
        technology = _technology(w, row)
        if Fit.YES is scope is reach is technology:
            w.subject, w.doubt = True, ""
            yield _direct_product(w, row)
        elif technology is not Fit.NO:
            unknown = True
            if w.fact("direct_product_of_us_technology") is None:
                w.ask("direct_product_of_us_technology", f"{row.name}: {row.technology_input}", row.meta.ref.rule_id, hold=True)
            if scope is Fit.MAYBE:
                _ask_scope(w, row)
            yield Said(f"unknown: {row.name} ({row.reach})", "question", row.meta.citation, row.meta.ref)
    if unknown and not w.subject:
        w.subject, w.doubt = True, "whether the foreign-made item is a foreign direct product is not known"


def _stated(w: Walk, row: FdpRow, scope: Fit) -> Fit:
    """A product scope that the stated ECCN leaves open, as the exporter answers it."""
    stated = w.condition_answer(row.meta.ref.rule_id)
    return scope if scope is not Fit.MAYBE or stated is None else Fit.YES if stated else Fit.NO


def _ask_scope(w: Walk, row: FdpRow) -> None:
    rule_id, why = row.meta.ref.rule_id, f"{row.name}: {row.product_scope}"
    if "named6" in row.items:
        w.ask("named_in_supplement_6", why, rule_id, hold=True)
    elif not (row.presumed_by and w.fact(row.presumed_by) is None):
        text = f"Is the item within the product scope of {row.section} ({row.product_scope})?"
        w.ask(f"condition.{rule_id}", why, rule_id, hold=True, text=text)


def _direct_product(w: Walk, row: FdpRow) -> Said:
    if row.requirement_section and row.requirement_reason != "FDP":
        need = requirement(row.requirement_reason, row.requirement_section, row.meta, citation=row.requirement_section)
        barred = row.requirement_section == "746.8(a)(3)" or row.requirement_reason in ("END_USE", "IRAN")
        w.need(
            Need(
                need,
                w.case.destination,
                "fdp",
                allowed=frozenset() if barred else _fdp_exceptions(w, row),
                policies=_fdp_policy(w, row),
                row=row.meta.ref,
            )
        )
    return Said(f"yes: {row.name}", "requirement", row.meta.citation, row.meta.ref)


def _fdp_exceptions(w: Walk, row: FdpRow) -> frozenset[str] | None:
    scope = w.rules.entity_scope("footnote", row.footnote)
    if scope:
        return None if scope.exceptions == "FOREIGN_PRODUCED" else frozenset()
    return frozenset(rule.code for rule in w.rules.embargo_exceptions("RU-BY")) - {"NOT_REQUIRED"}


def _fdp_policy(w: Walk, row: FdpRow) -> tuple[str, ...]:
    """Russia, Belarus and Iran: denial (746.7(b), 746.8(b)); an end use: the policy of the rule that it stands under."""
    if row.requirement_reason in ("RU_BY", "IRAN"):
        return ("POLICY_OF_DENIAL",)
    return tuple(end_use_policy(w, rule) for rule in w.rules.end_use_rules if rule.section == row.requirement_section)


def _product_scope(w: Walk, row: FdpRow) -> Fit:
    fit = w.item_fit(row.items)
    if row.section == "734.9(e)(3)" and fit is not Fit.YES and w.eccn.base.startswith("3B"):
        return _presumed_scope(w, row, fit)
    if fit is Fit.NO and "named6" in row.items:
        return (
            Fit.YES
            if w.yes("named_in_supplement_6")
            else Fit.NO
            if w.no("named_in_supplement_6") or not w.eccn.is_ear99
            else Fit.MAYBE
        )
    return fit


def _presumed_scope(w: Walk, row: FdpRow, fit: Fit) -> Fit:
    # Supp. 3 to part 732, no. 26: foreign 3B equipment with an integrated circuit is presumed in scope.
    if w.fact(row.presumed_by) is None:
        w.ask(
            row.presumed_by,
            "foreign 3B equipment with an integrated circuit is presumed in scope",
            row.meta.ref.rule_id,
            hold=True,
        )
        return Fit.MAYBE
    return Fit.YES if w.yes(row.presumed_by) else fit


def _reach(w: Walk, row: FdpRow) -> Fit:
    if row.footnote:
        by_list = Fit.YES if row.footnote in footnotes_hit(w) else Fit.NO
        if by_list is Fit.YES or not row.reach_fact:
            return by_list
        fact, *countries = row.reach_fact.split()
        return _reach_by_fact(w, fact) if w.in_any(" ".join(countries)) else Fit.NO
    countries_spec = row.countries.replace("UA-REGION", "").strip()
    inside = w.in_any(countries_spec) is not None or ("UA-REGION" in row.countries and any(place.region for place in w.places))
    if row.reach_fact == "hq":
        return Fit.YES if inside else _reach_by_headquarters(w, row)
    if row.reach_fact:
        return _reach_by_fact(w, row.reach_fact) if inside else Fit.NO
    return Fit.YES if inside else Fit.NO


def _reach_by_headquarters(w: Walk, row: FdpRow) -> Fit:
    listed = headquarters_listed(w)
    if listed is Fit.MAYBE:
        w.ask("headquarters_country", f"{row.name}: {row.reach}", row.meta.ref.rule_id, hold=True)
    return listed


def _reach_by_fact(w: Walk, fact: str) -> Fit:
    if w.fact(fact) is None:
        w.ask(fact, "it decides whether a foreign-direct product rule reaches the transaction", "734.9", hold=True)
        return Fit.MAYBE
    return Fit.YES if w.yes(fact) else Fit.NO


def end_use_policy(w: Walk, row: EndUseRow) -> str:
    """744.21(e): EAR99 food and medicine case by case; 744.23(d): approval for US, A:5 and A:6 firms, when stated."""
    if row.section == "744.21(a)(2)" and w.eccn.is_ear99 and w.yes("food_or_medicine"):
        return "CASE_BY_CASE"
    headquarters = w.text_of("headquarters_country")
    if "headquartered" in row.policy_condition and headquarters in w.rules.countries("US A:5 A:6"):
        return "PRESUMPTION_OF_APPROVAL"
    return row.policy


def headquarters_listed(w: Walk) -> Fit:
    """Is the headquarters of the end user, or of its ultimate parent, in Macau or a D:5 country? MAYBE when not stated."""
    stated = w.text_of("headquarters_country")
    if not stated:
        return Fit.MAYBE
    return Fit.YES if stated in w.rules.countries("MO D:5") else Fit.NO


def _technology(w: Walk, row: FdpRow) -> Fit:
    # Supp. 3 to part 732, no. 26: 3B equipment with an integrated circuit is presumed a direct product.
    if row.presumed_by and w.yes(row.presumed_by) and w.eccn.base.startswith("3B"):
        return Fit.YES
    stated = w.fact("direct_product_of_us_technology")
    return Fit.MAYBE if stated is None else Fit.YES if stated else Fit.NO
