"""What an entry prints for a list-based license exception (exception_scopes), and the verdict that a test hands back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from licenses.rules.determination.context import DeterminationContext
from licenses.rules.determination.requirements import RequirementAtPlace
from licenses.rules.eccn import Eccn, Fit, coarser, covers, fit_refs
from licenses.rules.tables.rule_rows import ExceptionRow, ExceptionScopeRow

AVAILABLE, POSSIBLE, UNAVAILABLE = "available", "possible", "unavailable"


@dataclass(frozen=True, slots=True)
class ExceptionVerdict:
    """Status of one exception, what decided, and where it stands. `ask`: (fact, why) that would settle a possible one;
    `moves`: does it count for the outcome without being claimed, where its code is item-based? `verified` "" = as the row
    of the exception."""

    status: str
    why: str
    citation: str
    ask: tuple[tuple[str, str], ...] = ()
    moves: bool = True
    verified: str = ""


Needs = tuple[RequirementAtPlace, ...]


def reasons_of(needs: Needs) -> frozenset[str]:
    """Reasons for control present."""
    return frozenset(need.requirement.reason for need in needs)


def unavailable(row: ExceptionRow, why: str, citation: str = "") -> ExceptionVerdict:
    """The exception fails, and why."""
    return ExceptionVerdict(UNAVAILABLE, why, citation or row.meta.citation)


def possible(row: ExceptionRow, why: str, *ask: tuple[str, str], citation: str = "") -> ExceptionVerdict:
    """A fact decides; `ask` names it."""
    return ExceptionVerdict(POSSIBLE, why, citation or row.meta.citation, ask)


def available(row: ExceptionRow, why: str) -> ExceptionVerdict:
    """Every tested fact is known and satisfied."""
    return ExceptionVerdict(AVAILABLE, why, row.meta.citation)


def within(stated: str, paragraph: str) -> bool:
    """Is a stated paragraph (740.11(b)(2)(ii)) the printed one, or inside it?"""
    return stated == paragraph or stated.startswith(paragraph + "(")


def within_any(stated: str, paragraphs: Iterable[str]) -> Fit:
    """YES when the stated paragraph is inside one, MAYBE when it is stated less finely than one, else NO."""
    left = tuple(paragraphs)
    if any(within(stated, paragraph) for paragraph in left):
        return Fit.YES
    return Fit.MAYBE if any(within(paragraph, stated) for paragraph in left) else Fit.NO


def all_in(ctx: DeterminationContext, needs: Needs, spec: str) -> bool:
    """Is every requirement at a destination that the spec names?"""
    return {need.country for need in needs} <= ctx.rules.countries.named(spec)


def scope_fit(row: ExceptionScopeRow, item: Eccn) -> Fit:
    """Does the line that the entry prints for an exception hold the item?"""
    if row.scope_kind == "entire":
        return Fit.YES
    if row.scope_kind == "entire_conditional":
        return Fit.MAYBE
    if row.scope_kind == "all_except":
        own = [ref for ref in row.excepts if ref.base == item.base]
        return {Fit.YES: Fit.NO, Fit.MAYBE: Fit.MAYBE, Fit.NO: Fit.YES}[fit_refs(own, item)]
    own = [ref for ref in row.scope if ref.base == item.base]
    if not own:
        return Fit.MAYBE if row.scope else Fit.YES
    if any(covers(ref, item) for ref in row.excepts):
        return Fit.NO
    return fit_refs(own, item)


def printed_line(ctx: DeterminationContext, row: ExceptionRow, needs: Needs) -> ExceptionVerdict:
    """The lines that the entry prints for the code (exception_scopes): paragraph, barred reasons, destination, value."""
    lines = ctx.rules.exceptions.printed(ctx.item.eccn.base, row.code)
    barred = [line for line in lines if line.scope_kind == "none" and scope_fit(line, ctx.item.eccn) is Fit.YES]
    if barred:
        return unavailable(row, f"{ctx.item.eccn.base} expressly bars {row.code}", barred[0].meta.citation)
    verdicts = [_line(ctx, row, line, needs) for line in lines if line.scope_kind != "none"]
    best = min(verdicts, key=lambda verdict: (AVAILABLE, POSSIBLE, UNAVAILABLE).index(verdict.status), default=None)
    return best or _without_line(ctx, row)


def _without_line(ctx: DeterminationContext, row: ExceptionRow) -> ExceptionVerdict:
    entry = ctx.item.entry
    stated = {"LVS": entry.lvs, "GBS": entry.gbs}.get(row.code, "N") if entry else "N"
    if row.code == "TSR" and entry:
        stated = next(
            (printed.partition(":")[2] for printed in entry.list_exceptions.split(";") if printed.startswith("TSR")), ""
        )
    if stated in ("cond", "Y"):
        return possible(row, f"{ctx.item.eccn.base} names {row.code} under conditions that are not on file")
    if stated == "" and row.code in ("LVS", "GBS", "TSR"):
        return (
            possible(row, f"whether {ctx.item.eccn.base} allows {row.code} is not on file")
            if _may_carry(ctx, row)
            else unavailable(row, _kind_words(row))
        )
    return unavailable(row, f"{ctx.item.eccn.base} does not name {row.code}")


def _may_carry(ctx: DeterminationContext, row: ExceptionRow) -> bool:
    return ctx.item.eccn.is_released if row.code == "TSR" else ctx.item.eccn.is_commodity


def _kind_words(row: ExceptionRow) -> str:
    return "only software and technology" if row.code == "TSR" else "only commodities"


def _line(ctx: DeterminationContext, row: ExceptionRow, line: ExceptionScopeRow, needs: Needs) -> ExceptionVerdict:
    fit = scope_fit(line, ctx.item.eccn)
    if fit is Fit.NO:
        why = f"{ctx.item.eccn} is outside the paragraphs that the entry names for {row.code}"
        return unavailable(row, why, line.meta.citation)
    hit = reasons_of(needs) & line.barred_reasons
    if hit:
        return unavailable(row, f"the entry bars {row.code} where the reason is {', '.join(sorted(hit))}", line.meta.citation)
    if line.destinations != "ask" and not all_in(ctx, needs, line.destinations):
        return unavailable(row, f"the entry allows {row.code} only to {line.destinations}", line.meta.citation)
    value = ctx.case.item.value_usd
    if line.usd_limit is not None and value is not None and value > line.usd_limit:
        return unavailable(row, f"USD {value} is over the limit of USD {line.usd_limit}", line.meta.citation)
    if line.usd_limit is not None and value is None:
        return possible(
            row,
            f"the limit is USD {line.usd_limit}",
            ("value_usd", f"the limit of {row.code} is USD {line.usd_limit}"),
            citation=line.meta.citation,
        )
    finer = any(coarser(ctx.item.eccn, ref) for ref in (*line.scope, *line.excepts))
    if fit is Fit.MAYBE and (finer or not (line.conditional or line.scope_kind == "entire_conditional")):
        return possible(
            row,
            "the paragraph of the ECCN decides",
            ("eccn", f"the paragraph decides whether {row.code} fits"),
            citation=line.meta.citation,
        )
    if fit is Fit.MAYBE or line.conditional or line.destinations == "ask":
        rule_id = line.meta.ref.rule_id
        stated = ctx.decided(rule_id)
        words = line.note or "a condition printed in the entry"
        if stated is False:
            return unavailable(row, f"{words}: stated as not met", line.meta.citation)
        if not stated:
            return possible(row, words, (ctx.ask_condition(rule_id), f"{row.code}: {words}"), citation=line.meta.citation)
    limit = f", limit USD {line.usd_limit}" if line.usd_limit is not None else ""
    return ExceptionVerdict(AVAILABLE, f"the entry allows {row.code} for {ctx.item.eccn}{limit}", line.meta.citation)
