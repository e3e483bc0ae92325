"""What each license exception asks of item, destination, value and stated facts (part 740). One function a code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from licenses.rules.determination.context import DeterminationContext
from licenses.rules.determination.exceptions.encryption import ENC_ENTRIES, enc
from licenses.rules.determination.exceptions.printed_lines import (
    AVAILABLE,
    UNAVAILABLE,
    ExceptionVerdict,
    Needs,
    all_in,
    available,
    possible,
    printed_line,
    reasons_of,
    scope_fit,
    unavailable,
    within,
    within_any,
)
from licenses.rules.determination.exceptions.strategic_trade import sta
from licenses.rules.eccn import Fit
from licenses.rules.tables.list_facts import ENTITY_LIST
from licenses.rules.tables.rule_rows import ExceptionRow
from licenses.rules.types import TransactionType

US_GOVERNMENT, COOPERATING = "740.11(b)(2)", "740.11(c)"
"""The paragraphs of GOV that the engine takes at the exporter's word: US Government, and agencies of cooperating
governments where the country may be one."""
COOPERATING_COUNTRIES = "A:1 set:gov_cooperating"
"""Cooperating governments of 740.11(c)(1), unverified: elsewhere a person must check, never available."""

Test = Callable[[DeterminationContext, ExceptionRow, Needs], ExceptionVerdict]


def lvs(ctx: DeterminationContext, row: ExceptionRow, needs: Needs) -> ExceptionVerdict:
    """Limited value: Group B, a commodity, within the limit of the entry, and of the calendar year when it is known."""
    if not ctx.item.eccn.is_commodity:
        return unavailable(row, "only commodities")
    if not all_in(ctx, needs, "B"):
        return unavailable(row, "only to Country Group B")
    verdict = printed_line(ctx, row, needs)
    year, value = ctx.facts.number("year_total_usd"), ctx.case.item.value_usd
    if verdict.status == UNAVAILABLE or year is None or value is None:
        return verdict
    limits = [
        line.usd_limit
        for line in ctx.rules.exceptions.printed(ctx.item.eccn.base, "LVS")
        if line.usd_limit is not None and scope_fit(line, ctx.item.eccn) is not Fit.NO
    ]
    factor = Decimal(int(ctx.rules.switch_number("lvs_yearly_factor", 12)))
    if limits and Decimal(str(year)) + value > factor * min(limits):
        return unavailable(row, f"the calendar-year total would pass {factor} times the limit", "740.3(c)")
    return verdict


def gbs(ctx: DeterminationContext, row: ExceptionRow, needs: Needs) -> ExceptionVerdict:
    """Group B shipments: NS as the only reason for control, to Group B less Sudan and Ukraine."""
    return _ns_only(ctx, row, needs, commodity=True)


def tsr(ctx: DeterminationContext, row: ExceptionRow, needs: Needs) -> ExceptionVerdict:
    """Technology and software under restriction: as GBS, with the consignee's written assurance."""
    return _ns_only(ctx, row, needs, commodity=False)


def _ns_only(ctx: DeterminationContext, row: ExceptionRow, needs: Needs, *, commodity: bool) -> ExceptionVerdict:
    if (ctx.item.eccn.is_commodity if commodity else ctx.item.eccn.is_released) is False:
        return unavailable(row, "only commodities" if commodity else "only software and technology")
    others = reasons_of(needs) - {"NS"}
    if others:
        return unavailable(row, f"only NS may require the license; here also {', '.join(sorted(others))}")
    if not all_in(ctx, needs, "B not:SD not:UA"):
        return unavailable(row, "only to Country Group B less Sudan and Ukraine")
    return printed_line(ctx, row, needs)


def spp(ctx: DeterminationContext, row: ExceptionRow, needs: Needs) -> ExceptionVerdict:
    """Syria Peace and Prosperity: any EAR99 item to Syria, without a requirement of part 744."""
    if not ctx.item.eccn.is_ear99:
        return unavailable(row, "only EAR99 items")
    if any(need.requirement.reason != "SYRIA" for need in needs):
        return unavailable(row, "another requirement than 746.9 stands")
    return available(row, "an EAR99 item to Syria, and no requirement of part 744")


def iec(ctx: DeterminationContext, row: ExceptionRow, needs: Needs) -> ExceptionVerdict:
    """Implemented export controls: countries that BIS lists; the list is not on file, restricted groups are never on it."""
    if not all_in(ctx, needs, "any not:D:1 not:D:5 not:E:1 not:E:2"):
        return unavailable(row, "no country of D:1, D:5 or E has implemented the controls")
    return _conditions_unverified(ctx, row, needs)


def ace(ctx: DeterminationContext, row: ExceptionRow, needs: Needs) -> ExceptionVerdict:
    """Cybersecurity items: not to E:1 or E:2; government end users of Group D are limited."""
    if not all_in(ctx, needs, "any not:E:1 not:E:2"):
        return unavailable(row, "not to Country Groups E:1 and E:2")
    if ctx.facts.yes("government_end_user") and not all_in(ctx, needs, "any not:D:1 not:D:2 not:D:3 not:D:4 not:D:5"):
        return unavailable(row, "not to government end users of Country Group D")
    return _conditions_unverified(ctx, row, needs)


def _conditions_unverified(ctx: DeterminationContext, row: ExceptionRow, needs: Needs) -> ExceptionVerdict:
    verdict = printed_line(ctx, row, needs)
    if verdict.status == AVAILABLE:
        return possible(row, f"{row.eligibility}: a person must check the conditions")
    return verdict


def nac(ctx: DeterminationContext, row: ExceptionRow, needs: Needs) -> ExceptionVerdict:
    """Notified advanced computing: Macau, D:5, or entities headquartered there."""
    listed = ctx.facts.text("headquarters_country") in ctx.rules.countries.named("MO D:5")
    if not listed and not all_in(ctx, needs, "MO D:5"):
        return unavailable(row, "only to Macau, D:5 or entities headquartered there; elsewhere ACA")
    return _advanced_computing(ctx, row, needs)


def aca(ctx: DeterminationContext, row: ExceptionRow, needs: Needs) -> ExceptionVerdict:
    """Advanced computing authorized: worldwide but Macau, D:5 and entities headquartered there."""
    return _barred_in_d5(ctx, row, needs) or _advanced_computing(ctx, row, needs)


def allied_computing(ctx: DeterminationContext, row: ExceptionRow, needs: Needs) -> ExceptionVerdict:
    """AIA, ACM and LPP: never to Macau, D:5 or entities headquartered there; their other conditions a person checks."""
    return _barred_in_d5(ctx, row, needs) or _conditions_unverified(ctx, row, needs)


def _barred_in_d5(ctx: DeterminationContext, row: ExceptionRow, needs: Needs) -> ExceptionVerdict | None:
    listed = ctx.facts.text("headquarters_country") in ctx.rules.countries.named("MO D:5")
    if listed or not all_in(ctx, needs, "any not:MO not:D:5"):
        return unavailable(row, "not to Macau, D:5 or entities headquartered there")
    return None


def _advanced_computing(ctx: DeterminationContext, row: ExceptionRow, needs: Needs) -> ExceptionVerdict:
    """Encryption items of a .z paragraph must meet the conditions of ENC as well. Items that 740.8 names and whose entry has
    no line on file (3A090, 4A090) may go under a notice and a purchase order: shown, and counted once claimed."""
    if ctx.item.eccn.base in ENC_ENTRIES and ctx.facts.text("enc_classification") == "none":
        return unavailable(row, "an encryption item must be classified under 740.17 as well")
    if ctx.item.fit("set:nac_by_section") is not Fit.NO:
        return replace(possible(row, f"{row.eligibility}: named in 740.8, no line of the entry on file; claim it"), moves=False)
    return _conditions_unverified(ctx, row, needs)


def gov(ctx: DeterminationContext, row: ExceptionRow, needs: Needs) -> ExceptionVerdict:
    """Governments: the paragraph of 740.11 that the exporter states, within what each requirement leaves."""
    stated = ctx.facts.text("gov_paragraph")
    if not stated:
        return possible(row, "the paragraph of 740.11", ("gov_paragraph", "GOV has several paragraphs; which one applies?"))
    for need in needs:
        left = need.paragraphs.get("GOV", ())
        left_fit = within_any(stated, [paragraph for entry in left for paragraph in _split(entry)]) if left else Fit.YES
        why, citation = f"{need.requirement.rule} leaves only {', '.join(left)}", need.requirement.citation
        if left_fit is Fit.MAYBE:
            return possible(row, why, citation=citation)
        if left_fit is Fit.NO:
            return unavailable(row, why, citation)
    if within(stated, US_GOVERNMENT):
        return available(row, f"{stated} (stated)")
    if within(stated, COOPERATING) and all_in(ctx, needs, COOPERATING_COUNTRIES):
        return replace(available(row, f"{stated} (stated), a cooperating government"), verified="unverified")
    return possible(row, f"{stated}: a person must check its conditions")


def _split(entry: str) -> list[str]:
    """ "740.11(a),(b)(2)" -> ["740.11(a)", "740.11(b)(2)"]."""
    first, *rest = entry.replace(" ", "").split(",")
    section = first.partition("(")[0]
    return [first, *(f"{section}{paragraph}" if paragraph.startswith("(") else paragraph for paragraph in rest)]


def claimed(_ctx: DeterminationContext, row: ExceptionRow, _needs: Needs) -> ExceptionVerdict:
    """Exceptions that depend on a situation only the exporter can assert."""
    return possible(row, f"{row.eligibility}: a person must check the conditions")


def apr(ctx: DeterminationContext, row: ExceptionRow, needs: Needs) -> ExceptionVerdict:
    """Additional permissive reexports: reexports only."""
    if ctx.case.transaction is not TransactionType.REEXPORT:
        return unavailable(row, "only reexports")
    return claimed(ctx, row, needs)


def tsu(ctx: DeterminationContext, row: ExceptionRow, needs: Needs) -> ExceptionVerdict:
    """Technology and software unrestricted: never a commodity."""
    return unavailable(row, "only software and technology") if ctx.item.eccn.is_commodity else claimed(ctx, row, needs)


def ear99_only(ctx: DeterminationContext, row: ExceptionRow, needs: Needs) -> ExceptionVerdict:
    """Agricultural commodities and medical devices: EAR99 items only."""
    return claimed(ctx, row, needs) if ctx.item.eccn.is_ear99 else unavailable(row, "only EAR99 items")


def rff(ctx: DeterminationContext, row: ExceptionRow, needs: Needs) -> ExceptionVerdict:
    """Restricted fabrication facility: only the facilities that the Entity List names for it."""
    if not any(hit.list == ENTITY_LIST and hit.counts for party in ctx.case.parties for hit in party.hits):
        return unavailable(row, "only facilities that the Entity List names for it")
    return claimed(ctx, row, needs)


TESTS: dict[str, Test] = {
    "LVS": lvs,
    "GBS": gbs,
    "TSR": tsr,
    "APP": _conditions_unverified,
    "ENC": enc,
    "NAC": nac,
    "ACA": aca,
    "HBM": _conditions_unverified,
    "IEC": iec,
    "ACE": ace,
    "SPP": spp,
    "STA": sta,
    "APR": apr,
    "TSU": tsu,
    "RFF": rff,
    "AGR": ear99_only,
    "MED": ear99_only,
    "AIA": allied_computing,
    "ACM": allied_computing,
    "LPP": allied_computing,
    "GOV": gov,
}
"""The codes with a test of their own; every other one is `claimed`."""
LIST_BASED = frozenset(("LVS", "GBS", "TSR", "APP", "NAC", "ACA", "HBM", "IEC", "ACE"))
"""Codes that overcome a requirement outside the CCL's own (parts 744 and 746) only where its section leaves them by name."""
