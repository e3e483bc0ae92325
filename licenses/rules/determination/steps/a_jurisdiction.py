"""Step A: is the item subject to the EAR at all (732.3(b)-(c), part 734)?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from licenses.rules.determination.context import Said, Step, Walk, step
from licenses.rules.determination.steps.a_direct_products import footnotes_hit, foreign_direct_product, is_foreign_made
from licenses.rules.eccn import Fit
from licenses.rules.tables.rule_rows import DeMinimisRow

ENCRYPTION_ENTRIES = frozenset(("5D002", "5E002"))
"""Published encryption source code stays subject to the EAR unless notified (734.7(b), 742.15(b))."""
CARRIERS = ("37", "49", "8523")
"""HS chapters and headings of what carries information: film, printed matter, recorded media."""
DEEMED_FACTS = ("permanent_resident", "protected_person")


def exclusive_jurisdiction(w: Walk) -> Iterable[Said]:
    """Does another agency alone control the item?"""
    agency = w.text_of("other_agency")
    if w.entry and w.entry.other_agency:
        w.subject, w.excluded = False, True
        yield Said(f"yes: the entry belongs to the {w.entry.other_agency}", "stop", w.entry.meta.citation, w.entry.meta.ref)
    elif agency and agency != "none":
        w.subject, w.excluded = False, True
        yield Said(f"yes: {agency} (stated)", "stop")


def published(w: Walk) -> Iterable[Said]:
    """Is it published information, fundamental research or a patent, and not encryption source code?"""
    if not w.subject or not w.yes("item_published"):
        return
    if w.eccn.is_commodity:
        yield Said("the entry is a commodity: only technology and software can be published", "note")
    elif w.hs6 and not w.hs6.startswith(CARRIERS):
        yield Said(f"HS {w.hs6} is a good: only technology and software can be published", "note")
    elif w.eccn.base in ENCRYPTION_ENTRIES and not w.no("encryption_source_code"):
        if w.fact("encryption_source_code") is None:
            w.ask("encryption_source_code", "published encryption source code can stay subject to the EAR", "734.7(b)", hold=True)
        yield Said("published, but encryption source code follows its own rule", "question", "734.7(b)")
    else:
        w.subject, w.excluded = False, True
        yield Said("yes: stated as published", "stop")


def us_origin_or_location(w: Walk) -> Iterable[Said]:
    """Is it an export from the United States, of US origin, or located in the United States?"""
    if not w.subject:
        return
    if not is_foreign_made(w):
        origin = w.case.item.origin or "US"
        yield Said(f"yes: {w.case.transaction.value.replace('_', ' ')}, origin {origin}", "none")
    else:
        yield Said(f"no: made in {w.case.item.origin}, {w.case.transaction.value.replace('_', ' ')} abroad", "note")


def foreign_made(w: Walk) -> Iterable[Said]:
    """Foreign-made: does controlled US content exceed the de minimis level (734.4), or is there none for it?"""
    if not w.subject or not is_foreign_made(w):
        return
    if w.fact("item_in_us") is None:
        # It moves abroad, so it is not here as a rule; in transit through the United States it is (734.3(a)(1)).
        w.ask("item_in_us", "an item in the United States, or in transit through it, is subject to the EAR", "A3", hold=False)
    verdict, said = _de_minimis(w)
    yield said
    if w.in_any("RU BY") and w.rules.partner(w.text_of("shipped_from")):
        rule = "EAR99 and AT-only content does not count when it is shipped from a partner country"
        yield Said(rule, "note", "746.8(a)(12)(iii)(B)")
    w.subject = verdict is True
    if verdict is None:
        w.doubt = "whether the foreign-made item is subject to the EAR is not known"
        w.subject = True


def _de_minimis(w: Walk) -> tuple[bool | None, Said]:
    unsure: Said | None = None
    for row in w.rules.de_minimis:
        if row.kind != "no_level" or not w.in_any(row.countries):
            continue
        fit = _no_level(w, row)
        if fit is Fit.YES:
            return True, Said(f"yes: no de minimis level: {row.text}", "note", row.meta.citation, row.meta.ref)
        if fit is Fit.MAYBE and unsure is None:
            unsure = Said(f"perhaps no de minimis level: {row.text}", "question", row.meta.citation, row.meta.ref)
    percent = w.number("us_controlled_content_percent")
    level = next(row for row in w.rules.de_minimis if row.kind == "threshold" and w.in_any(row.countries))
    if percent is not None and level.percent is not None and percent > level.percent:
        return True, Said(f"yes: {percent:g}% is over {level.percent:g}%", "note", level.meta.citation, level.meta.ref)
    if unsure is not None:
        return None, unsure
    if percent is None:
        why = f"over {level.percent:g}% of controlled US content makes it subject to the EAR"
        w.ask("us_controlled_content_percent", why, level.meta.ref.rule_id, hold=True)
        return None, Said("unknown: the controlled US content is not stated", "question", level.meta.citation, level.meta.ref)
    return False, Said(f"no: {percent:g}% is not over {level.percent:g}%", "none", level.meta.citation, level.meta.ref)


def _no_level(w: Walk, row: DeMinimisRow) -> Fit:
    fit = w.item_fit(row.items)
    if fit is Fit.NO or not row.condition:
        return fit
    if row.condition == "footnote5":
        return fit if "5" in footnotes_hit(w) else Fit.NO
    if "=" in row.condition:
        return _no_level_by_code(w, row, fit)
    if row.condition == "ask":
        stated = w.condition_answer(row.meta.ref.rule_id)
        if stated is None:
            w.ask(
                f"condition.{row.meta.ref.rule_id}",
                row.text,
                row.meta.ref.rule_id,
                hold=True,
                text=f"Does this apply: {row.text}?",
            )
        return Fit.MAYBE if stated is None else fit if stated else Fit.NO
    if w.fact(row.condition) is None:
        w.ask(row.condition, row.text, row.meta.ref.rule_id, hold=True)
        return Fit.MAYBE
    return fit if w.yes(row.condition) else Fit.NO


def _no_level_by_code(w: Walk, row: DeMinimisRow, fit: Fit) -> Fit:
    """`fact=code`: encryption content counts at any level until it is classified (734.4(b)); none of it, none counts."""
    fact, _, code = row.condition.partition("=")
    if w.number("us_controlled_content_percent") == 0:
        return Fit.NO
    if w.fact(fact) is None:
        w.ask(fact, row.text, row.meta.ref.rule_id, hold=True)
        return Fit.MAYBE
    return fit if w.text_of(fact) == code else Fit.NO


def no_jurisdiction(w: Walk) -> Iterable[Said]:
    """Is it subject to the EAR after all of this?"""
    if w.doubt:
        yield Said(f"not known: {w.doubt}", "question")
    elif w.subject:
        yield Said("yes", "none")
    else:
        yield Said("no: not subject to the EAR; US-person support and lists are still checked", "stop", "734.3(b)")


def deemed_export(w: Walk) -> Iterable[Said]:
    """Deemed export: is the person a foreign person, and of which country? A release abroad: when is it no reexport?"""
    if not w.deemed:
        if any(place.role == "citizenship" for place in w.places):
            yield from _notes(w, "not_a_reexport")
        return
    yield from _notes(w, "destination")
    if any(w.yes(fact) for fact in DEEMED_FACTS):
        w.no_export = "the person is a permanent resident or a protected person: no deemed export"
        yield Said(f"no: {w.no_export}", "note", "734.2; 734.13(a)(2)")
        return
    missing = [fact for fact in DEEMED_FACTS if w.fact(fact) is None]
    for fact in missing:
        w.ask(fact, "a release to a permanent resident or protected person is no deemed export", "A7", hold=True)
    if missing:
        w.doubt = w.doubt or "whether the person is a foreign person is not recorded"
        yield Said("unknown: permanent residency and protected status are not recorded", "question")
    else:
        yield Said("yes: a foreign person (stated)", "none")
    if w.eccn.is_commodity:
        text = "Which ECCN of group D or E covers the technology or source code released?"
        w.ask("eccn", "only technology and source code can be released in a deemed export", "A7", hold=True, text=text)
        yield Said("the ECCN is a commodity; a deemed export releases technology or source code", "question", "734.13(a)(2)")


def _notes(w: Walk, kind: str) -> Iterator[Said]:
    for row in w.rules.notes:
        if row.topic == "deemed_export" and row.kind == kind:
            yield Said(row.text, "note", row.meta.citation, row.meta.ref)


STEPS: tuple[Step, ...] = (
    step("A1", "734.3(b)", exclusive_jurisdiction),
    step("A2", "734.7-734.10", published),
    step("A3", "734.3(a)", us_origin_or_location),
    step("A4", "734.4", foreign_made),
    step("A5", "734.9", foreign_direct_product),
    step("A6", "734.3", no_jurisdiction),
    step("A7", "734.13(a)(2)", deemed_export),
)
