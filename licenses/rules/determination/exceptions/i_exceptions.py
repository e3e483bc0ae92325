"""Step I: license exceptions (part 740). One code must cover every remaining requirement at its destination."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from licenses.rules.determination.context import DeterminationContext, Step, StepAnswer, step
from licenses.rules.determination.exceptions.conditions import LIST_BASED, TESTS, claimed
from licenses.rules.determination.exceptions.printed_lines import AVAILABLE, POSSIBLE, UNAVAILABLE, ExceptionVerdict, within_any
from licenses.rules.determination.exceptions.restrictions_740_2 import Barrier, barriers
from licenses.rules.determination.requirements import RequirementAtPlace
from licenses.rules.eccn import Fit
from licenses.rules.facts.catalog import CONDITION_PREFIX
from licenses.rules.tables.rule_rows import ExceptionRow
from licenses.rules.types import ExceptionFinding, TransactionType

DUTY_CODES = {
    "LVS": "LVS_YEARLY_TOTAL",
    "TSR": "TSR_WRITTEN_ASSURANCE",
    "STA": "STA_CONSIGNEE_STATEMENT",
    "ENC": "ENC_CLASSIFICATION_AND_REPORTS",
}
"""Conditions that the exception relied on puts on shipping."""

PERMIT_PARAGRAPHS = ("a19", "a20")
"""They stand in the way of every code until the Hong Kong permit, or the statement that none is needed, is on file."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What step I found: every exception considered, and the codes that count for the outcome. `whole`: an available
    code covers the requirements that may apply as well, so that they cannot change the outcome."""

    findings: tuple[ExceptionFinding, ...] = ()
    available: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()
    whole: bool = False


def cover(ctx: DeterminationContext) -> Coverage:
    """Try every exception against the requirements found. Nothing to overcome: only a bar that stands anyway is shown."""
    definite = tuple(need for need in ctx.needs if not need.maybe)
    maybes = tuple(need for need in ctx.needs if need.maybe)
    blanket = _blanket(ctx, definite)
    if blanket is not None or not ctx.needs:
        return Coverage((blanket,) if blanket else ())
    return _try_all(ctx, definite, maybes)


def _blanket(ctx: DeterminationContext, definite: tuple[RequirementAtPlace, ...]) -> ExceptionFinding | None:
    """One line for a bar that stands for all codes at once."""
    if ctx.stops:
        return ExceptionFinding("*", UNAVAILABLE, f"no exception overcomes a stop: {ctx.stops[0]}", "740.2(a)(2)")
    if ctx.uvl:
        row = ctx.rules.exceptions.restriction("a17")
        citation = row.meta.citation if row else "740.2(a)(17)"
        return ExceptionFinding("*", UNAVAILABLE, "a party is on the Unverified List", citation)
    for need in definite:
        if need.allowed is not None and not need.allowed:
            requirement = need.requirement
            return ExceptionFinding(
                "*",
                UNAVAILABLE,
                f"{requirement.rule} leaves no license exception",
                requirement.citation,
                verified=requirement.verified,
            )
    return None


def _try_all(
    ctx: DeterminationContext, definite: tuple[RequirementAtPlace, ...], maybes: tuple[RequirementAtPlace, ...]
) -> Coverage:
    wanted = ctx.facts.text("exception_claimed").upper()
    needed = definite or maybes
    with_maybes = (*definite, *maybes) if definite and maybes else ()
    bars, all_bars = barriers(ctx, needed), barriers(ctx, with_maybes) if with_maybes else ()
    findings: list[ExceptionFinding] = []
    available: list[str] = []
    possible: list[str] = []
    asks: list[tuple[str, str, ExceptionRow]] = []
    for row in ctx.rules.exceptions.in_order():
        claim = row.code == wanted
        verdict = alone = _verdict(ctx, row, needed, bars)
        if verdict.status != UNAVAILABLE and with_maybes:
            verdict = _with_maybes(verdict, _verdict(ctx, row, with_maybes, all_bars))
        counts = (row.basis == "item" and verdict.moves) or claim
        if counts and alone.status != AVAILABLE:  # else the question about the maybe settles it
            verdict = _with_question(ctx, row, verdict)
        if row.basis == "claim" and not claim and verdict.status == AVAILABLE:
            verdict = ExceptionVerdict(POSSIBLE, f"{verdict.why}; claim it to rely on it", verdict.citation)
        verified = verdict.verified or row.meta.ref.verified
        findings.append(ExceptionFinding(row.code, verdict.status, verdict.why, verdict.citation, row.duties, verified))
        if counts and verdict.status == AVAILABLE:
            available.append(row.code)
        elif counts and verdict.status == POSSIBLE:
            possible.append(row.code)
            asks.extend((fact, why, row) for fact, why in verdict.ask)
    if wanted and ctx.rules.exceptions.named(wanted) is None:
        findings.append(ExceptionFinding(wanted, UNAVAILABLE, "no such license exception is on file", "part 740"))
    for fact, why, row in asks if definite and not available else ():
        ctx.ask(fact, why, row.meta.ref.rule_id, hold=True, text=_text(fact, why, row))
    covers_maybes = bool(available) and bool(definite)
    for need in maybes if covers_maybes else ():
        ctx.release(need.row.rule_id if need.row else "")
    return Coverage(tuple(findings), tuple(available), tuple(possible), covers_maybes)


def _text(fact: str, why: str, row: ExceptionRow) -> str:
    name = f"License Exception {row.code} ({row.meta.citation})"
    if fact == f"{CONDITION_PREFIX}{row.meta.ref.rule_id}":
        return f"Are all conditions of {name} met? {why}"
    if fact.startswith(f"{CONDITION_PREFIX}740.2-"):
        return f"Read 740.2(a): does this restriction stand in the way of {name}? {why}"
    if fact.startswith(CONDITION_PREFIX):
        return f"Is the condition that the entry puts on {name} met? {why}"
    return {
        "value_usd": "What is the value of the line in US dollars?",
        "eccn": "Which paragraph of the ECCN is the item under?",
    }.get(fact, "")


def _with_question(ctx: DeterminationContext, row: ExceptionRow, verdict: ExceptionVerdict) -> ExceptionVerdict:
    """A code that is only possible, and names no fact that would settle it, asks for its conditions as a whole: denied it
    fails; affirmed it stays possible, because its conditions are not on file and a person must check them."""
    if verdict.status != POSSIBLE or verdict.ask:
        return verdict
    rule_id = row.meta.ref.rule_id
    stated = ctx.facts.condition(rule_id)
    if stated is False:
        return ExceptionVerdict(UNAVAILABLE, f"{verdict.why}; its conditions are stated as not met", verdict.citation)
    if stated:
        return replace(verdict, why=f"{verdict.why} (its conditions are stated as met; a person must check them)")
    return replace(verdict, ask=((f"{CONDITION_PREFIX}{rule_id}", verdict.why),))


def _with_maybes(definite: ExceptionVerdict, everything: ExceptionVerdict) -> ExceptionVerdict:
    """A code that fails only because of a maybe is possible: the question about the maybe settles it."""
    if everything.status == AVAILABLE:
        return definite
    status = POSSIBLE
    why = everything.why if everything.status == POSSIBLE else f"unless a requirement that may apply stands: {everything.why}"
    return replace(definite, status=status, why=why, citation=everything.citation, ask=(*definite.ask, *everything.ask))


def _verdict(
    ctx: DeterminationContext, row: ExceptionRow, needs: tuple[RequirementAtPlace, ...], bars: tuple[Barrier, ...]
) -> ExceptionVerdict:
    for need in needs:
        if need.allowed is not None and row.code not in need.allowed:
            requirement = need.requirement
            left = ", ".join(sorted(need.allowed)) or "none"
            return ExceptionVerdict(
                UNAVAILABLE, f"{requirement.reason} ({requirement.rule}) leaves only {left}", requirement.citation
            )
        if row.code in LIST_BASED and need.source != "chart" and need.allowed is None:
            return ExceptionVerdict(UNAVAILABLE, f"{row.code} does not overcome {need.requirement.rule}", "740.2(a)(2)")
    if any(need.country not in ctx.rules.countries.named(row.countries) for need in needs):
        return ExceptionVerdict(UNAVAILABLE, f"only for {row.countries}", row.meta.citation)
    unsure: Barrier | None = None
    for bar in bars:
        fit = _barred(ctx, row.code, bar)
        if fit is Fit.YES:
            return ExceptionVerdict(UNAVAILABLE, bar.why, bar.row.meta.citation)
        unsure = unsure or (bar if fit is Fit.MAYBE else None)
    verdict = TESTS.get(row.code, claimed)(ctx, row, needs)
    return (
        ExceptionVerdict(POSSIBLE, unsure.why, unsure.row.meta.citation, _settles(unsure))
        if verdict.status == AVAILABLE and unsure
        else verdict
    )


def _barred(ctx: DeterminationContext, code: str, bar: Barrier) -> Fit:
    """Does a restriction remove the code: for certain, perhaps (a fact, or a finer paragraph, decides), or not?"""
    removes = Fit.YES if bar.bars(code) or bar.row.paragraph in PERMIT_PARAGRAPHS else Fit.NO
    stated = ctx.facts.text("gov_paragraph")
    if removes is Fit.NO and code == "GOV" and code in bar.paragraphs and stated:
        removes = {Fit.YES: Fit.NO, Fit.MAYBE: Fit.MAYBE, Fit.NO: Fit.YES}[within_any(stated, (bar.paragraphs[code],))]
    return Fit.MAYBE if removes is Fit.YES and bar.unsure else removes


def _settles(bar: Barrier) -> tuple[tuple[str, str], ...]:
    """The fact that tells whether an unsure restriction stands in the way."""
    if bar.row.paragraph in PERMIT_PARAGRAPHS:
        return (("import_certificate", bar.why),)
    return ((f"{CONDITION_PREFIX}{bar.row.meta.ref.rule_id}", bar.why),) if bar.unsure else ()


def relied_on(ctx: DeterminationContext, code: str) -> None:
    """Put the duties of the exception relied on before shipping."""
    row = ctx.rules.exceptions.named(code)
    if row is not None and code in DUTY_CODES:
        ctx.duty(DUTY_CODES[code], "; ".join(row.duties), row.meta.citation)
    leaving = ctx.rules.exceptions.restriction("a20")
    if leaving is not None and ctx.case.transaction is TransactionType.REEXPORT and not ctx.facts.text("shipped_from"):
        ctx.ask("shipped_from", f"{leaving.applies_to}: {leaving.text}", leaving.meta.ref.rule_id, hold=False)
    together = ctx.rules.exceptions.restriction("a21")
    if together is not None and code != "GOV" and ctx.item.fit("set:firearms") is not Fit.NO:
        why = f"{together.text}: {code} does not carry the firearm together with such articles"
        ctx.duty("NO_USML_ARTICLES_WITH_FIREARM", why, together.meta.citation)


def exception_step(coverage: Coverage) -> Step:
    """Step I as a step of the walk, over what it found."""

    def run(ctx: DeterminationContext) -> Iterable[StepAnswer]:
        """Which license exceptions were tried, and what decided each?"""
        if not coverage.findings:
            yield StepAnswer("no requirement to overcome" if not ctx.needs else "none tried", "none")
        for finding in coverage.findings:
            effect = "filter" if finding.status == UNAVAILABLE else "note"
            yield StepAnswer(f"{finding.code}: {finding.status}; {finding.why}", effect, finding.citation)

    return step("I", "740.2", run)
