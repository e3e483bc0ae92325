"""Step G: the Commerce Control List and the Country Chart (General Prohibitions One to Three, 738.4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from licenses.rules.determination.context import CountryInRole, DeterminationContext, Step, StepAnswer, step
from licenses.rules.determination.requirements import RequirementAtPlace
from licenses.rules.determination.steps.a_direct_products import headquarters_listed
from licenses.rules.determination.steps.embargo_requirements import chart_is_read, left_exceptions, left_paragraphs
from licenses.rules.determination.steps.requirement_kinds import KINDS, MACAU_D5, SECTION_MACAU_D5
from licenses.rules.eccn import Eccn, Fit, coarser, fit_refs
from licenses.rules.tables.country_table import CountryTable
from licenses.rules.tables.rows import ControlRow, FootnoteRow
from licenses.rules.tables.selectors import without
from licenses.rules.types import Requirement

ECCN_QUESTION = "Which ECCN does the classification give (supplier, own review or CCATS)?"


def entry_known(ctx: DeterminationContext) -> Iterable[StepAnswer]:
    """Is the ECCN an entry of the Commerce Control List with requirement rows on file?"""
    eccn, entry = ctx.item.eccn, ctx.item.entry
    if entry is None:
        ctx.hold(f"{eccn.base} is no entry of the rule tables")
        ctx.ask("eccn", f"{eccn.base} is no entry of the rule tables", "774", hold=False, text=ECCN_QUESTION)
        yield StepAnswer(f"{eccn.base} is not in the tables: the classification must be checked", "question")
    elif eccn.is_ear99:
        yield StepAnswer("EAR99: on no entry; no requirement from the chart", "none", "734.3(c)", entry.meta.ref)
    elif not ctx.rules.items.controls(eccn.base):
        ctx.hold(f"no requirement row is on file for {eccn.base}")
        words = f"{eccn.base}: no rule on file (a cross-reference entry); a person must read it"
        yield StepAnswer(words, "question", row=entry.meta.ref)
    else:
        yield StepAnswer.yes(str(eccn), "none", entry.meta.citation, entry.meta.ref)
        for reason in entry.reasons_without_row:
            words = f"the entry prints {reason} as a reason for control without a requirement line"
            yield StepAnswer(words, "note", row=entry.meta.ref)


def requirements(ctx: DeterminationContext) -> Iterable[StepAnswer]:
    """Which reasons for control of the entry need a license for the destination?"""
    for place in ctx.places:
        if not chart_is_read(ctx, place):
            yield StepAnswer(f"{place.label}: the chart is not read; its section decides", "none")
            continue
        for row, fit in ctx.rules.items.fitting_controls(ctx.item.eccn):
            yield from _control(ctx, place, row, fit)


def _control(ctx: DeterminationContext, place: CountryInRole, row: ControlRow, fit: Fit) -> Iterator[StepAnswer]:
    what = f"{row.reason} of {row.eccn}{' (' + ', '.join(row.columns) + ')' if row.columns else ''}"
    if ctx.released(place) and row.meta.citation == "742.4(a)(4)":
        yield StepAnswer(f"{what}: does not apply to deemed exports and reexports", "none", "742.4(a)(4)(ii)(A)", row.meta.ref)
        return
    fit = _decided(ctx, row, fit)
    if fit is Fit.NO:
        yield StepAnswer(f"{what}: the row does not reach the item as stated", "none", row.meta.citation, row.meta.ref)
        return
    for column, unsettled in _reach(ctx, place, row):
        reached = _settled(ctx, row, unsettled)
        if reached is Fit.NO:
            if row.meta.ref.enforcement_status == "not_enforced":
                since = row.meta.ref.effective_from
                yield StepAnswer(f"{what}: printed, not enforced since {since}", "note", row.meta.citation, row.meta.ref)
            elif not row.kind.startswith("chart"):
                yield StepAnswer(
                    f"{what}: {row.kind.replace('_', ' ')} does not reach {place.label}", "none", row.meta.citation, row.meta.ref
                )
            else:
                yield StepAnswer(f"{what}: no mark for {place.label}", "none", "738.4", row.meta.ref)
            continue
        maybe = _why_maybe(ctx, place, row, fit, reached)
        effect = ctx.need(_need(ctx, place, row, column, maybe))
        words = f"{what}: {'perhaps' if maybe else 'yes'}, {_kind_words(row, place)}"
        yield StepAnswer(words, effect, "738.4" if column else row.meta.citation, row.meta.ref)


def _kind_words(row: ControlRow, place: CountryInRole) -> str:
    return f"marked for {place.label}" if row.kind.startswith("chart") else f"{row.kind.replace('_', ' ')} reaches {place.label}"


def _decided(ctx: DeterminationContext, row: ControlRow, fit: Fit) -> Fit:
    """A MAYBE row that a curated fact, or the exporter's answer about its printed condition, decides."""
    stated = ctx.decided(row.meta.ref.rule_id)
    return fit if fit is not Fit.MAYBE or stated is None else Fit.YES if stated else Fit.NO


def _settled(ctx: DeterminationContext, row: ControlRow, reached: Fit) -> Fit:
    """What the exporter answers where only the text of a section tells whether the row reaches the destination."""
    stated = ctx.facts.condition(row.meta.ref.rule_id)
    if reached is not Fit.MAYBE or stated is None or row.meta.ref.enforcement_status == "not_enforced":
        return reached
    return Fit.YES if stated else Fit.NO


def _reach(ctx: DeterminationContext, place: CountryInRole, row: ControlRow) -> Iterator[tuple[str, Fit]]:
    """Chart column ("" for other kinds) and whether it reaches the place."""
    if row.countries and place.iso not in ctx.rules.countries.named(row.countries):
        yield "", Fit.NO
    elif row.kind in ("chart", "chart+special"):
        chart = ctx.rules.countries.chart(place.iso)
        for column in row.columns:
            if row.kind == "chart+special" and _footnote_three(ctx.rules.countries, place):
                yield column, Fit.MAYBE
            else:
                yield column, Fit.YES if chart is not None and column in chart.marks else Fit.NO
    elif row.meta.ref.enforcement_status == "not_enforced":
        yield "", _not_enforced(ctx, place)
    elif not row.meta.enforced:
        yield "", Fit.NO
    elif row.kind == "see_section":
        by_country = Fit.YES if place.iso in ctx.rules.countries.named(MACAU_D5) else Fit.NO
        yield "", by_country if row.meta.citation == SECTION_MACAU_D5 else Fit.MAYBE
    else:
        yield "", KINDS[row.kind](ctx.rules.countries, place.iso)


def _footnote_three(countries: CountryTable, place: CountryInRole) -> bool:
    return any(note.footnote == "3" for note in countries.footnotes_of(place.iso))


def _not_enforced(ctx: DeterminationContext, place: CountryInRole) -> Fit:
    """AI-diffusion rows since 2025-05-13: only where the earlier control is kept, or for a headquarters in Macau or D:5."""
    if place.iso in ctx.rules.countries.advanced_computing:
        return Fit.YES
    listed = headquarters_listed(ctx)
    if listed is Fit.MAYBE:
        ctx.ask("headquarters_country", "advanced computing items: a headquarters in Macau or D:5 decides", "G3", hold=True)
    return listed


def _why_maybe(ctx: DeterminationContext, place: CountryInRole, row: ControlRow, fit: Fit, reached: Fit) -> str:
    """ "" for a definite requirement, else why it is a maybe; the question that settles it is asked here."""
    rule_id = row.meta.ref.rule_id
    if fit is Fit.YES and reached is Fit.YES:
        return ""
    if row.meta.ref.enforcement_status == "not_enforced" and reached is Fit.MAYBE:
        return "the headquarters of the end user is not stated"
    own = [ref for ref in (*row.scope, *row.excepts) if coarser(ctx.item.eccn, ref)]
    if fit is Fit.MAYBE and own:
        text = f"Which paragraph of {ctx.item.eccn} is the item under?"
        why = f"{row.reason} depends on the paragraph: {', '.join(dict.fromkeys(map(str, own[:8])))}"
        ctx.ask("eccn", why, rule_id, hold=True, text=text)
        return why
    curated = ctx.rules.items.conditions(rule_id) if fit is Fit.MAYBE else ()
    why = _condition_words(row, place, fit)
    if curated:
        ctx.ask(curated[0].fact, f"{row.reason} of {row.eccn}: {curated[0].text}", rule_id, hold=True)
    elif ctx.facts.condition(rule_id) is None:
        ctx.ask(f"condition.{rule_id}", why, rule_id, hold=True, text=_condition_question(row, place, fit))
    return why


def _condition_question(row: ControlRow, place: CountryInRole, fit: Fit) -> str:
    control = f"{row.reason} control ({', '.join(row.columns) or row.meta.citation})"
    if fit is Fit.YES:
        return f"Read {row.meta.citation}: does the {control} of {row.eccn} reach {place.label}?"
    others = [str(ref) for ref in row.scope if ref.base != row.eccn]
    if others:
        more = " or another that the entry names" if len(others) > 8 else ""
        return f"Read entry {row.eccn}: is the item for {', '.join(others[:8])}{more}, so that the {control} applies?"
    return f"Read entry {row.eccn}: is the condition met that it prints for the {control}?"


def _condition_words(row: ControlRow, place: CountryInRole, fit: Fit) -> str:
    if fit is Fit.YES:
        return f"{row.reason} of {row.eccn} ({row.meta.citation}) for {place.label}: the section or text must be read"
    others = [str(ref) for ref in row.scope if ref.base != row.eccn]
    if others:
        more = " and others" if len(others) > 8 else ""
        return f"{row.reason} of {row.eccn} as software or technology for {', '.join(others[:8])}{more}"
    return f"{row.reason} of {row.eccn} under the condition printed in the entry"


def _need(ctx: DeterminationContext, place: CountryInRole, row: ControlRow, column: str, maybe: str) -> RequirementAtPlace:
    verified = "unverified" if row.kind == "see_section" or row.kind.startswith("cwc") else row.meta.ref.verified
    rule, citation = ("chart", "738.4") if column else (row.kind, row.meta.citation)
    requirement = Requirement(row.reason, column, rule, citation, verified=verified)
    section = _section(ctx, place, row)
    if not section:
        return RequirementAtPlace(requirement, place.iso, "chart", maybe, row=row.meta.ref)
    allowed, paragraphs = left_exceptions(ctx.rules.exceptions, section), left_paragraphs(ctx.rules.exceptions, section)
    return RequirementAtPlace(requirement, place.iso, "chart", maybe, allowed, paragraphs, row=row.meta.ref)


def _section(ctx: DeterminationContext, place: CountryInRole, row: ControlRow) -> str:
    """Whose rows of embargo_exceptions limit the exceptions: Iraq follows its own section, also for the UN reason."""
    if ctx.rules.countries.governing(place.iso) == "IQ":
        return "IQ"
    return {"un_arms_embargo_746.1b": "UN-SET", "russia_belarus_746.8": "RU-BY"}.get(row.kind, "")


def chart_footnotes(ctx: DeterminationContext) -> Iterable[StepAnswer]:
    """Does a footnote of the chart add a requirement or a special rule for this country and entry?"""
    for place in ctx.places:
        if not chart_is_read(ctx, place):
            continue
        for row in ctx.rules.countries.footnotes_of(place.iso):
            yield from _footnote(ctx, place, row)


def _footnote(ctx: DeterminationContext, place: CountryInRole, row: FootnoteRow) -> Iterator[StepAnswer]:
    fit = without(fit_refs(row.items, ctx.item.eccn), fit_refs(row.except_items, ctx.item.eccn))
    if row.action in ("note", "inherit"):
        yield StepAnswer(f"footnote {row.footnote}: {row.text}", "note", row.meta.citation, row.meta.ref)
        return
    if fit is Fit.NO or row.footnote == "3":
        return  # footnote 3 speaks of 0A919 only, whose row asks in G2
    maybe = "" if fit is Fit.YES and row.action == "requirement" else f"footnote {row.footnote}: {row.text}"
    rule_id = row.meta.ref.rule_id
    stated = ctx.facts.condition(rule_id)
    if maybe and stated is False:
        return
    if maybe and stated is None:
        finer = _finer(ctx.item.eccn, row)
        ctx.ask(
            "eccn" if finer else f"condition.{rule_id}",
            maybe,
            rule_id,
            hold=True,
            text=f"Which paragraph of {ctx.item.eccn} is the item under?"
            if finer
            else f"Read {row.meta.citation}: does it reach the item?",
        )
    requirement = Requirement(
        row.reason, row.column, f"chart footnote {row.footnote}", row.meta.citation, verified=row.meta.ref.verified
    )
    need = RequirementAtPlace(requirement, place.iso, "chart", "" if stated else maybe, row=row.meta.ref)
    yield StepAnswer(f"footnote {row.footnote}: {row.text}", ctx.need(need), row.meta.citation, row.meta.ref)


def _finer(eccn: Eccn, row: FootnoteRow) -> bool:
    return any(coarser(eccn, ref) for ref in (*row.items, *row.except_items))


STEPS: tuple[Step, ...] = (
    step("G0", "774", entry_known),
    step("G2", "738.4", requirements),
    step("G4", "Supp. 1 to part 738", chart_footnotes),
)
