"""What an entry prints for a list-based license exception (exception_scopes), and the verdict that a test hands back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from licenses.rules.determination.context import Need, Walk
from licenses.rules.eccn import Eccn, Fit, coarser, covers, fit_refs
from licenses.rules.tables.rule_rows import ExceptionRow, ExceptionScopeRow

AVAILABLE, POSSIBLE, UNAVAILABLE = "available", "possible", "unavailable"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Status of one exception, what decided, and where it stands. `ask`: (fact, why) that would settle a possible one;
    `moves`: does it count for the outcome without being claimed, where its code is item-based? `verified` "" = as the row
    of the exception."""

    status: str
    why: str
    citation: str
    ask: tuple[tuple[str, str], ...] = ()
    moves: bool = True
    verified: str = ""


Needs = tuple[Need, ...]


def reasons_of(needs: Needs) -> frozenset[str]:
    """Reasons for control present."""
    return frozenset(need.requirement.reason for need in needs)


def unavailable(row: ExceptionRow, why: str, citation: str = "") -> Verdict:
    """The exception fails, and why."""
    return Verdict(UNAVAILABLE, why, citation or row.meta.citation)


def possible(row: ExceptionRow, why: str, *ask: tuple[str, str], citation: str = "") -> Verdict:
    """A fact decides; `ask` names it."""
    return Verdict(POSSIBLE, why, citation or row.meta.citation, ask)


def available(row: ExceptionRow, why: str) -> Verdict:
    """Every tested fact is known and satisfied."""
    return Verdict(AVAILABLE, why, row.meta.citation)


def within(stated: str, paragraph: str) -> bool:
    """Is a stated paragraph (740.11(b)(2)(ii)) the printed one, or inside it?"""
    return stated == paragraph or stated.startswith(paragraph + "(")


def within_any(stated: str, paragraphs: Iterable[str]) -> Fit:
    """YES when the stated paragraph is inside one, MAYBE when it is stated less finely than one, else NO."""
    left = tuple(paragraphs)
    if any(within(stated, paragraph) for paragraph in left):
        return Fit.YES
    return Fit.MAYBE if any(within(paragraph, stated) for paragraph in left) else Fit.NO


def all_in(w: Walk, needs: Needs, spec: str) -> bool:
    """Is every requirement at a destination that the spec names?"""
    return {need.country for need in needs} <= w.rules.countries(spec)


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


def printed_line(w: Walk, row: ExceptionRow, needs: Needs) -> Verdict:
    """The lines that the entry prints for the code (exception_scopes): paragraph, barred reasons, destination, value."""
    lines = w.rules.exception_scopes(w.eccn.base, row.code)
    barred = [line for line in lines if line.scope_kind == "none" and scope_fit(line, w.eccn) is Fit.YES]
    if barred:
        return unavailable(row, f"{w.eccn.base} expressly bars {row.code}", barred[0].meta.citation)
    verdicts = [_line(w, row, line, needs) for line in lines if line.scope_kind != "none"]
    best = min(verdicts, key=lambda verdict: (AVAILABLE, POSSIBLE, UNAVAILABLE).index(verdict.status), default=None)
    return best or _without_line(w, row)


def _without_line(w: Walk, row: ExceptionRow) -> Verdict:
    stated = {"LVS": w.entry.lvs, "GBS": w.entry.gbs}.get(row.code, "N") if w.entry else "N"
    if row.code == "TSR" and w.entry:
        stated = next((part.partition(":")[2] for part in w.entry.list_exceptions.split(";") if part.startswith("TSR")), "")
    if stated in ("cond", "Y"):
        return possible(row, f"{w.eccn.base} names {row.code} under conditions that are not on file")
    if stated == "" and row.code in ("LVS", "GBS", "TSR"):
        return (
            possible(row, f"whether {w.eccn.base} allows {row.code} is not on file")
            if _may_carry(w, row)
            else unavailable(row, _kind_words(row))
        )
    return unavailable(row, f"{w.eccn.base} does not name {row.code}")


def _may_carry(w: Walk, row: ExceptionRow) -> bool:
    return w.eccn.is_released if row.code == "TSR" else w.eccn.is_commodity


def _kind_words(row: ExceptionRow) -> str:
    return "only software and technology" if row.code == "TSR" else "only commodities"


def _line(w: Walk, row: ExceptionRow, line: ExceptionScopeRow, needs: Needs) -> Verdict:
    fit = scope_fit(line, w.eccn)
    if fit is Fit.NO:
        return unavailable(row, f"{w.eccn} is outside the paragraphs that the entry names for {row.code}", line.meta.citation)
    hit = reasons_of(needs) & line.barred_reasons
    if hit:
        return unavailable(row, f"the entry bars {row.code} where the reason is {', '.join(sorted(hit))}", line.meta.citation)
    if line.destinations != "ask" and not all_in(w, needs, line.destinations):
        return unavailable(row, f"the entry allows {row.code} only to {line.destinations}", line.meta.citation)
    value = w.case.item.value_usd
    if line.usd_limit is not None and value is not None and value > line.usd_limit:
        return unavailable(row, f"USD {value} is over the limit of USD {line.usd_limit}", line.meta.citation)
    if line.usd_limit is not None and value is None:
        return possible(
            row,
            f"the limit is USD {line.usd_limit}",
            ("value_usd", f"the limit of {row.code} is USD {line.usd_limit}"),
            citation=line.meta.citation,
        )
    finer = any(coarser(w.eccn, ref) for ref in (*line.scope, *line.excepts))
    if fit is Fit.MAYBE and (finer or not (line.conditional or line.scope_kind == "entire_conditional")):
        return possible(
            row,
            "the paragraph of the ECCN decides",
            ("eccn", f"the paragraph decides whether {row.code} fits"),
            citation=line.meta.citation,
        )
    if fit is Fit.MAYBE or line.conditional or line.destinations == "ask":
        rule_id = line.meta.ref.rule_id
        stated = w.decided(rule_id)
        words = line.note or "a condition printed in the entry"
        if stated is False:
            return unavailable(row, f"{words}: stated as not met", line.meta.citation)
        if not stated:
            return possible(row, words, (w.ask_condition(rule_id), f"{row.code}: {words}"), citation=line.meta.citation)
    limit = f", limit USD {line.usd_limit}" if line.usd_limit is not None else ""
    return Verdict(AVAILABLE, f"the entry allows {row.code} for {w.eccn}{limit}", line.meta.citation)
