"""Step A: is the item subject to the EAR at all (732.3(b)-(c), part 734)?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from licenses.rules.eccn import Fit
from licenses.rules.policy_rows import DeMinimisRow, EndUseRow, FdpRow
from licenses.rules.scope import entry_terms
from licenses.rules.types import TransactionType
from licenses.rules.walk import BITING_ROLES, Need, Said, Step, Walk, requirement, step

ENCRYPTION_ENTRIES = frozenset(("5D002", "5E002"))
"""Published encryption source code stays subject to the EAR unless notified (734.7(b), 742.15(b))."""
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
    if not _foreign_made(w):
        origin = w.case.item.origin or "US"
        yield Said(f"yes: {w.case.transaction.value.replace('_', ' ')}, origin {origin}", "none")
    else:
        yield Said(f"no: made in {w.case.item.origin}, {w.case.transaction.value.replace('_', ' ')} abroad", "note")


def _foreign_made(w: Walk) -> bool:
    outside = w.case.transaction in (TransactionType.REEXPORT, TransactionType.IN_COUNTRY_TRANSFER)
    return outside and (w.case.item.origin or "US") != "US" and not w.yes("item_in_us")


def foreign_made(w: Walk) -> Iterable[Said]:
    """Foreign-made: does controlled US content exceed the de minimis level (734.4), or is there none for it?"""
    if not w.subject or not _foreign_made(w):
        return
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
        return fit if "5" in _footnotes(w) else Fit.NO
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


def _footnotes(w: Walk) -> frozenset[str]:
    """Footnotes of the Entity List entries that the parties hit."""
    found: set[str] = set()
    for party in w.case.parties:
        for hit in party.hits if party.role in (*BITING_ROLES, "manufacturer") else ():
            if hit.list == "EL" and hit.counts:
                found |= entry_terms(hit).footnotes
    return frozenset(found)


def foreign_direct_product(w: Walk) -> Iterable[Said]:
    """Foreign-made: is it a direct product of listed US technology or software, or of a plant that is, and within reach?"""
    if not _foreign_made(w) or w.excluded or (w.subject and not w.doubt):
        return
    unknown = False
    for row in w.rules.fdp_rules:
        if not row.meta.enforced:
            continue
        scope = _product_scope(w, row)
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
            yield Said(f"unknown: {row.name} ({row.reach})", "question", row.meta.citation, row.meta.ref)
    if unknown and not w.subject:
        w.subject, w.doubt = True, "whether the foreign-made item is a foreign direct product is not known"


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
        by_list = Fit.YES if row.footnote in _footnotes(w) else Fit.NO
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
