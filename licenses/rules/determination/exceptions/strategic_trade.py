"""License Exception STA, Strategic Trade Authorization (740.20)."""

from __future__ import annotations

from licenses.rules.determination.context import DeterminationContext
from licenses.rules.determination.exceptions.printed_lines import (
    UNAVAILABLE,
    ExceptionVerdict,
    Needs,
    all_in,
    available,
    possible,
    reasons_of,
    unavailable,
)
from licenses.rules.eccn import Fit, fit_refs
from licenses.rules.tables.rule_rows import ExceptionRow

STA_REASONS = frozenset(("NS", "CB", "NP", "RS", "CC", "SI"))


def sta(ctx: DeterminationContext, row: ExceptionRow, needs: Needs) -> ExceptionVerdict:
    """Strategic trade: A:5 for NS CB NP RS CC SI, A:6 for NS alone, unless the entry restricts it; prior statement."""
    others = reasons_of(needs) - STA_REASONS
    if others:
        return unavailable(row, f"STA does not overcome {', '.join(sorted(others))}", "740.20(b)(2)")
    if ctx.item.eccn.is_ear99 or ctx.item.entry is None:
        return unavailable(row, "only items on the CCL")
    if ctx.item.fit("set:firearms") is not Fit.NO:
        return unavailable(row, "not for firearms", "740.20(b)(2)")
    barred, fit = ctx.rules.items.eccn_set("sta_barred", ctx.item.eccn)
    if barred is not None and fit is Fit.YES and not (ctx.item.eccn.base == "3A001" and ctx.facts.yes("civil_telecom")):
        return unavailable(row, f"not for {barred.eccn}", barred.meta.citation)
    to_a5 = all_in(ctx, needs, "A:5")
    if not to_a5 and not (all_in(ctx, needs, "A:5 A:6") and reasons_of(needs) <= {"NS"}):
        return unavailable(row, "A:5 for these reasons, A:6 for NS alone", "740.20(c)")
    if not to_a5 and "c2_not_for_entry" in ctx.item.entry.sta_restriction:
        return unavailable(row, "the entry bars (c)(2)", "740.20(c)(2)")
    verdict = _sta_restricted(ctx, row, needs, to_a5=to_a5)
    if verdict.status != UNAVAILABLE and barred is not None and fit is Fit.MAYBE:
        return possible(row, f"not for {barred.note or barred.eccn}; a person must read it", citation=barred.meta.citation)
    return verdict


def _sta_restricted(ctx: DeterminationContext, row: ExceptionRow, needs: Needs, *, to_a5: bool) -> ExceptionVerdict:
    entry = ctx.item.entry
    restrictions = entry.sta_restriction if entry else ()
    paragraphs = entry.sta_paragraphs if entry else ()
    relevant = {"no_A5_A6_for_listed_paras", "c1_restricted"} | (set() if to_a5 else {"no_A6_for_listed_paras"})
    if relevant & set(restrictions):
        own = [ref for ref in paragraphs if ref.base == ctx.item.eccn.base]
        fit = fit_refs(own, ctx.item.eccn) if own else Fit.MAYBE
        if fit is Fit.YES:
            return unavailable(row, f"the entry bars STA for {ctx.item.eccn}", entry.meta.citation if entry else "")
        if fit is Fit.MAYBE:
            return possible(row, "the entry bars STA for some paragraphs; a person must read it")
    if ctx.item.series in ("600", "9x515"):
        return possible(row, "600 series and 9x515: government end use, parties approved before", citation="740.20(b)(3)")
    if any(need.country == "AE" for need in needs):
        return possible(row, "to the United Arab Emirates only entities of Supp. 8 to part 740", citation="740.2(a)(26)")
    if ctx.facts.no("prior_consignee_statement"):
        return unavailable(row, "no prior consignee statement", "740.20(d)(2)")
    if ctx.facts.value("prior_consignee_statement") is None:
        return possible(
            row,
            "the prior consignee statement",
            ("prior_consignee_statement", "STA needs it before shipping"),
            citation="740.20(d)(2)",
        )
    return available(row, "every reason and destination is eligible, and the prior consignee statement is held")
