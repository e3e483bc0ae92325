"""Step A: is the item subject to the EAR at all (732.3(b)-(c), part 734)?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from licenses.rules.determination.context import DeterminationContext, Step, StepAnswer, step
from licenses.rules.determination.steps.a_direct_products import footnotes_hit, foreign_direct_product, is_foreign_made
from licenses.rules.eccn import Fit
from licenses.rules.tables.rule_rows import DeMinimisRow

ENCRYPTION_ENTRIES = frozenset(("5D002", "5E002"))
"""Published encryption source code stays subject to the EAR unless notified (734.7(b), 742.15(b))."""
CARRIERS = ("37", "49", "8523")
"""HS chapters and headings of what carries information: film, printed matter, recorded media."""
DEEMED_FACTS = ("permanent_resident", "protected_person")


def exclusive_jurisdiction(ctx: DeterminationContext) -> Iterable[StepAnswer]:
    """Does another agency alone control the item?"""
    agency, entry = ctx.facts.text("other_agency"), ctx.item.entry
    if entry and entry.other_agency:
        ctx.subject, ctx.excluded = False, True
        yield StepAnswer.yes(f"the entry belongs to the {entry.other_agency}", "stop", entry.meta.citation, entry.meta.ref)
    elif agency and agency != "none":
        ctx.subject, ctx.excluded = False, True
        yield StepAnswer.yes(f"{agency} (stated)", "stop")


def published(ctx: DeterminationContext) -> Iterable[StepAnswer]:
    """Is it published information, fundamental research or a patent, and not encryption source code?"""
    if not ctx.subject or not ctx.facts.yes("item_published"):
        return
    if ctx.item.eccn.is_commodity:
        yield StepAnswer("the entry is a commodity: only technology and software can be published", "note")
    elif ctx.item.hs6 and not ctx.item.hs6.startswith(CARRIERS):
        yield StepAnswer(f"HS {ctx.item.hs6} is a good: only technology and software can be published", "note")
    elif ctx.item.eccn.base in ENCRYPTION_ENTRIES and not ctx.facts.no("encryption_source_code"):
        if ctx.facts.value("encryption_source_code") is None:
            ctx.ask(
                "encryption_source_code", "published encryption source code can stay subject to the EAR", "734.7(b)", hold=True
            )
        yield StepAnswer("published, but encryption source code follows its own rule", "question", "734.7(b)")
    else:
        ctx.subject, ctx.excluded = False, True
        yield StepAnswer.yes("stated as published", "stop")


def us_origin_or_location(ctx: DeterminationContext) -> Iterable[StepAnswer]:
    """Is it an export from the United States, of US origin, or located in the United States?"""
    if not ctx.subject:
        return
    if not is_foreign_made(ctx):
        origin = ctx.case.item.origin or "US"
        yield StepAnswer.yes(f"{ctx.case.transaction.value.replace('_', ' ')}, origin {origin}", "none")
    else:
        yield StepAnswer.no(f"made in {ctx.case.item.origin}, {ctx.case.transaction.value.replace('_', ' ')} abroad", "note")


def foreign_made(ctx: DeterminationContext) -> Iterable[StepAnswer]:
    """Foreign-made: does controlled US content exceed the de minimis level (734.4), or is there none for it?"""
    if not ctx.subject or not is_foreign_made(ctx):
        return
    if ctx.facts.value("item_in_us") is None:
        # It moves abroad, so it is not here as a rule; in transit through the United States it is (734.3(a)(1)).
        ctx.ask("item_in_us", "an item in the United States, or in transit through it, is subject to the EAR", "A3", hold=False)
    verdict, answer = _de_minimis(ctx)
    yield answer
    if ctx.in_any("RU BY") and ctx.rules.countries.partner(ctx.facts.text("shipped_from")):
        rule = "EAR99 and AT-only content does not count when it is shipped from a partner country"
        yield StepAnswer(rule, "note", "746.8(a)(12)(iii)(B)")
    ctx.subject = verdict is True
    if verdict is None:
        ctx.doubt = "whether the foreign-made item is subject to the EAR is not known"
        ctx.subject = True


def _de_minimis(ctx: DeterminationContext) -> tuple[bool | None, StepAnswer]:
    unsure: StepAnswer | None = None
    for row in ctx.rules.items.de_minimis:
        if row.kind != "no_level" or not ctx.in_any(row.countries):
            continue
        fit = _no_level(ctx, row)
        if fit is Fit.YES:
            return True, StepAnswer.yes(f"no de minimis level: {row.text}", "note", row.meta.citation, row.meta.ref)
        if fit is Fit.MAYBE and unsure is None:
            unsure = StepAnswer(f"perhaps no de minimis level: {row.text}", "question", row.meta.citation, row.meta.ref)
    percent = ctx.facts.number("us_controlled_content_percent")
    level = next(row for row in ctx.rules.items.de_minimis if row.kind == "threshold" and ctx.in_any(row.countries))
    if percent is not None and level.percent is not None and percent > level.percent:
        return True, StepAnswer.yes(f"{percent:g}% is over {level.percent:g}%", "note", level.meta.citation, level.meta.ref)
    if unsure is not None:
        return None, unsure
    if percent is None:
        why = f"over {level.percent:g}% of controlled US content makes it subject to the EAR"
        ctx.ask("us_controlled_content_percent", why, level.meta.ref.rule_id, hold=True)
        return None, StepAnswer.unknown(
            "the controlled US content is not stated", "question", level.meta.citation, level.meta.ref
        )
    return False, StepAnswer.no(f"{percent:g}% is not over {level.percent:g}%", "none", level.meta.citation, level.meta.ref)


def _no_level(ctx: DeterminationContext, row: DeMinimisRow) -> Fit:
    fit = ctx.item.fit(row.items)
    if fit is Fit.NO or not row.condition:
        return fit
    if row.condition == "footnote5":
        return fit if "5" in footnotes_hit(ctx) else Fit.NO
    if "=" in row.condition:
        return _no_level_by_code(ctx, row, fit)
    if row.condition == "ask":
        stated = ctx.facts.condition(row.meta.ref.rule_id)
        if stated is None:
            ctx.ask(
                f"condition.{row.meta.ref.rule_id}",
                row.text,
                row.meta.ref.rule_id,
                hold=True,
                text=f"Does this apply: {row.text}?",
            )
        return Fit.MAYBE if stated is None else fit if stated else Fit.NO
    if ctx.facts.value(row.condition) is None:
        ctx.ask(row.condition, row.text, row.meta.ref.rule_id, hold=True)
        return Fit.MAYBE
    return fit if ctx.facts.yes(row.condition) else Fit.NO


def _no_level_by_code(ctx: DeterminationContext, row: DeMinimisRow, fit: Fit) -> Fit:
    """`fact=code`: encryption content counts at any level until it is classified (734.4(b)); none of it, none counts."""
    fact, _, code = row.condition.partition("=")
    if ctx.facts.number("us_controlled_content_percent") == 0:
        return Fit.NO
    if ctx.facts.value(fact) is None:
        ctx.ask(fact, row.text, row.meta.ref.rule_id, hold=True)
        return Fit.MAYBE
    return fit if ctx.facts.text(fact) == code else Fit.NO


def no_jurisdiction(ctx: DeterminationContext) -> Iterable[StepAnswer]:
    """Is it subject to the EAR after all of this?"""
    if ctx.doubt:
        yield StepAnswer(f"not known: {ctx.doubt}", "question")
    elif ctx.subject:
        yield StepAnswer.yes("")
    else:
        yield StepAnswer.no("not subject to the EAR; US-person support and lists are still checked", "stop", "734.3(b)")


def deemed_export(ctx: DeterminationContext) -> Iterable[StepAnswer]:
    """Deemed export: is the person a foreign person, and of which country? A release abroad: when is it no reexport?"""
    if not ctx.deemed:
        if any(place.role == "citizenship" for place in ctx.places):
            yield from _notes(ctx, "not_a_reexport")
        return
    yield from _notes(ctx, "destination")
    if any(ctx.facts.yes(fact) for fact in DEEMED_FACTS):
        ctx.no_export = "the person is a permanent resident or a protected person: no deemed export"
        yield StepAnswer.no(ctx.no_export, "note", "734.2; 734.13(a)(2)")
        return
    missing = [fact for fact in DEEMED_FACTS if ctx.facts.value(fact) is None]
    for fact in missing:
        ctx.ask(fact, "a release to a permanent resident or protected person is no deemed export", "A7", hold=True)
    if missing:
        ctx.doubt = ctx.doubt or "whether the person is a foreign person is not recorded"
        yield StepAnswer.unknown("permanent residency and protected status are not recorded", "question")
    else:
        yield StepAnswer.yes("a foreign person (stated)", "none")
    if ctx.item.eccn.is_commodity:
        text = "Which ECCN of group D or E covers the technology or source code released?"
        ctx.ask("eccn", "only technology and source code can be released in a deemed export", "A7", hold=True, text=text)
        yield StepAnswer(
            "the ECCN is a commodity; a deemed export releases technology or source code", "question", "734.13(a)(2)"
        )


def _notes(ctx: DeterminationContext, kind: str) -> Iterator[StepAnswer]:
    for row in ctx.rules.notes:
        if row.topic == "deemed_export" and row.kind == kind:
            yield StepAnswer(row.text, "note", row.meta.citation, row.meta.ref)


STEPS: tuple[Step, ...] = (
    step("A1", "734.3(b)", exclusive_jurisdiction),
    step("A2", "734.7-734.10", published),
    step("A3", "734.3(a)", us_origin_or_location),
    step("A4", "734.4", foreign_made),
    step("A5", "734.9", foreign_direct_product),
    step("A6", "734.3", no_jurisdiction),
    step("A7", "734.13(a)(2)", deemed_export),
)
