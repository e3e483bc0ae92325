"""What a hit means for the item: what the scope of the entry reaches, and its review policy."""

from __future__ import annotations

import re

from licenses.rules.determination.context import DeterminationContext
from licenses.rules.determination.entry_terms import ALL_EXCEPT, CCL_PLUS_SUPP7, OIL_GAS, SUPP2_PART744, EntryTerms
from licenses.rules.eccn import Fit, coarser
from licenses.rules.tables.rows import EccnSetRow
from licenses.rules.types import ListedAs

_ADDRESS_ENTRY = re.compile(r"^(?:[A-Z]{2} )?address \d+", re.IGNORECASE)
_NOT_KEY = re.compile(r"[^A-Za-z0-9]+")


def is_address_entry(hit: ListedAs) -> bool:
    """Is the entry an address without a name (744.16(f))?"""
    return bool(_ADDRESS_ENTRY.match(hit.listed_name) or _ADDRESS_ENTRY.match(hit.entry))


def condition_key(hit: ListedAs) -> str:
    """Key of the condition that an entry's own words set, for `condition.<key>`."""
    return f"{hit.list}-{_NOT_KEY.sub('-', hit.entry or hit.listed_name).strip('-')}"[:79]


def military_scope(ctx: DeterminationContext) -> tuple[Fit, str, EccnSetRow | None]:
    """Is the item in Supp. 2 to part 744, in which words, and by which row?"""
    row, fit = ctx.rules.items.eccn_set("meu_supp2", ctx.item.eccn)
    words = f"items of Supp. 2 to part 744{': ' + row.note if row and row.note else ''}"
    if row is None or fit is not Fit.MAYBE:
        return fit, words, row
    if any(coarser(ctx.item.eccn, ref) for ref in row.scope):
        ctx.ask("eccn", words, row.meta.ref.rule_id, hold=True, text="Which paragraph of the ECCN is the item under?")
        return fit, words, row
    return (*_asked_scope(ctx, fit, f"condition.{row.meta.ref.rule_id}", words), row)


def entry_policy(ctx: DeterminationContext, code: str) -> str:
    """Review policy of an entry; a carve-out counts only when the item fits it by a stated fact."""
    if code == "POLICY_OF_DENIAL_CARVEOUT":
        return "CASE_BY_CASE" if ctx.item.eccn.is_ear99 and ctx.facts.yes("food_or_medicine") else "POLICY_OF_DENIAL"
    if code == "CASE_BY_CASE_EAR99_APPROVAL":
        return "PRESUMPTION_OF_APPROVAL" if ctx.item.eccn.is_ear99 else "CASE_BY_CASE"
    if code == "PRESUMPTION_OF_DENIAL_CARVEOUT":
        return "PRESUMPTION_OF_DENIAL"
    if code in ("POLICY_OF_DENIAL", "PRESUMPTION_OF_DENIAL", "CASE_BY_CASE", "PRESUMPTION_OF_APPROVAL"):
        return code
    return "NOT_STATED" if not code else "SEE_SECTION"


def entry_scope(ctx: DeterminationContext, hit: ListedAs, terms: EntryTerms) -> tuple[Fit, str]:
    """Does the entry's license requirement reach the item, and in which words?"""
    scope, key = terms.requirement, f"condition.{condition_key(hit)}"
    if scope == CCL_PLUS_SUPP7:
        fit = Fit.YES if not ctx.item.eccn.is_ear99 else ctx.item.fit("list:SUPP7")
        if fit is Fit.MAYBE:
            ctx.ask(
                "hs6",
                "the entry covers CCL items and EAR99 items of Supp. 7 to part 746",
                "744.16-f",
                hold=True,
                text="What is the HS-6 code of the item?",
            )
        return fit, "CCL items, and EAR99 items whose HS code is in Supp. 7 to part 746"
    if scope == SUPP2_PART744:
        return military_scope(ctx)[:2]
    if scope == OIL_GAS:
        if ctx.facts.value("oil_gas_russia") is None:
            ctx.ask("oil_gas_russia", "the entry covers items for the projects of 746.8(a)(4)", "744.11", hold=True)
            return Fit.MAYBE, "items for the oil and gas projects of 746.8(a)(4)"
        return (Fit.YES if ctx.facts.yes("oil_gas_russia") else Fit.NO), "items for the oil and gas projects of 746.8(a)(4)"
    if scope == ALL_EXCEPT:
        return _asked_scope(ctx, Fit.MAYBE, key, f"all items but those the entry leaves out: {hit.license_requirement[:300]}")
    return Fit.YES, "all items subject to the EAR"


def _asked_scope(ctx: DeterminationContext, fit: Fit, key: str, words: str) -> tuple[Fit, str]:
    """A scope that a person reads: the exporter may state whether it reaches the item."""
    if fit is not Fit.MAYBE:
        return fit, words
    stated = ctx.facts.value(key)
    if isinstance(stated, bool):
        return (Fit.YES if stated else Fit.NO), f"{words} ({'stated as reached' if stated else 'stated as not reached'})"
    ctx.ask(key, words, "744.11", hold=True, text=f"Does the entry reach this item: {words}?")
    return Fit.MAYBE, words
