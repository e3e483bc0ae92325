"""Step G: the Commerce Control List and the Country Chart (General Prohibitions One to Three, 738.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from licenses.rules.determination.context import Need, Place, Said, Step, Walk, step
from licenses.rules.determination.steps.a_direct_products import headquarters_listed
from licenses.rules.determination.steps.e_embargo import chart_is_read, left_exceptions, left_paragraphs
from licenses.rules.eccn import Eccn, Fit, coarser, fit_refs
from licenses.rules.tables.rows import ControlRow, FootnoteRow
from licenses.rules.tables.rules_in_force import Rules
from licenses.rules.tables.selectors import without
from licenses.rules.types import Requirement

CHIP_COUNTRIES = "D:1 D:4 D:5 not:A:5 not:A:6"
MACAU_D5 = "MO D:5"
SECTION_MACAU_D5 = "742.6(a)(11)"
"""The one `see_section` that is read as Macau and D:5, from general knowledge, hence unverified."""
FOOTNOTE_3_ENTRY = "0A919"


def _fixed(spec: str) -> Callable[[Rules, str], Fit]:
    return lambda rules, iso: Fit.YES if iso in rules.countries(spec) else Fit.NO


def _cwc(rules: Rules, iso: str) -> Fit:
    """The list of countries outside the CWC is not on file: five are known, and Australia Group members are parties."""
    if rules.in_set("cwc_nonparty", iso):
        return Fit.YES
    return Fit.NO if rules.in_group(iso, "A3") else Fit.MAYBE


def _cwc_but_il_tw(rules: Rules, iso: str) -> Fit:
    return Fit.NO if iso in ("IL", "TW") else _cwc(rules, iso)


def _un(rules: Rules, iso: str) -> Fit:
    return Fit.YES if rules.in_set("un_arms", iso) else Fit.NO


def _uae_or_chips(rules: Rules, iso: str) -> Fit:
    return Fit.YES if iso == "AE" or iso in rules.countries(CHIP_COUNTRIES) else Fit.NO


def _always(_rules: Rules, _iso: str) -> Fit:
    return Fit.YES


def _maybe(_rules: Rules, _iso: str) -> Fit:
    return Fit.MAYBE


KINDS: dict[str, Callable[[Rules, str], Fit]] = {
    "worldwide": _always,
    "all_destinations": _always,
    "all_except_CA": _fixed("any not:CA"),
    "encryption_742.15": _fixed("any not:CA"),
    "UAE_or_D1_D4_D5_not_A5A6": _uae_or_chips,
    "D1_D4_D5_not_A5A6": _fixed(CHIP_COUNTRIES),
    "macau_or_D5": _fixed(MACAU_D5),
    "CN_RU_VE": _fixed("CN RU VE"),
    "un_arms_embargo_746.1b": _un,
    "russia_belarus_746.8": _fixed("RU BY"),
    "IQ": _fixed("IQ"),
    "PK": _fixed("PK"),
    "KP": _fixed("KP"),
    "IQ_PK": _fixed("IQ PK"),
    "country_group_E1": _fixed("E:1"),
    "cwc_nonparties": _cwc,
    "cwc_nonparties_except_IL_TW": _cwc_but_il_tw,
    "short_supply_754": _maybe,
    "see_text": _maybe,
}
"""Requirement kinds beside `chart`, `chart+special` and `see_section`: is it true of the destination?"""


ECCN_QUESTION = "Which ECCN does the classification give (supplier, own review or CCATS)?"


def entry_known(w: Walk) -> Iterable[Said]:
    """Is the ECCN an entry of the Commerce Control List with requirement rows on file?"""
    if w.entry is None:
        w.hold(f"{w.eccn.base} is no entry of the rule tables")
        w.ask("eccn", f"{w.eccn.base} is no entry of the rule tables", "774", hold=False, text=ECCN_QUESTION)
        yield Said(f"{w.eccn.base} is not in the tables: the classification must be checked", "question")
    elif w.eccn.is_ear99:
        yield Said("EAR99: on no entry; no requirement from the chart", "none", "734.3(c)", w.entry.meta.ref)
    elif not w.rules.controls(w.eccn.base):
        w.hold(f"no requirement row is on file for {w.eccn.base}")
        yield Said(
            f"{w.eccn.base}: no rule on file (a cross-reference entry); a person must read it", "question", row=w.entry.meta.ref
        )
    else:
        yield Said(f"yes: {w.eccn}", "none", w.entry.meta.citation, w.entry.meta.ref)
        for reason in w.entry.reasons_without_row:
            yield Said(
                f"the entry prints {reason} as a reason for control without a requirement line", "note", row=w.entry.meta.ref
            )


def requirements(w: Walk) -> Iterable[Said]:
    """Which reasons for control of the entry need a license for the destination?"""
    for place in w.places:
        if not chart_is_read(w, place):
            yield Said(f"{place.label}: the chart is not read; its section decides", "none")
            continue
        for row, fit in w.rules.fitting_controls(w.eccn):
            yield from _control(w, place, row, fit)


def _control(w: Walk, place: Place, row: ControlRow, fit: Fit) -> Iterator[Said]:
    what = f"{row.reason} of {row.eccn}{' (' + ', '.join(row.columns) + ')' if row.columns else ''}"
    if w.released(place) and row.meta.citation == "742.4(a)(4)":
        yield Said(f"{what}: does not apply to deemed exports and reexports", "none", "742.4(a)(4)(ii)(A)", row.meta.ref)
        return
    fit = _decided(w, row, fit)
    if fit is Fit.NO:
        yield Said(f"{what}: the row does not reach the item as stated", "none", row.meta.citation, row.meta.ref)
        return
    for column, unsettled in _reach(w, place, row):
        reached = _settled(w, row, unsettled)
        if reached is Fit.NO:
            if row.meta.ref.enforcement_status == "not_enforced":
                since = row.meta.ref.effective_from
                yield Said(f"{what}: printed, not enforced since {since}", "note", row.meta.citation, row.meta.ref)
            elif not row.kind.startswith("chart"):
                yield Said(
                    f"{what}: {row.kind.replace('_', ' ')} does not reach {place.label}", "none", row.meta.citation, row.meta.ref
                )
            else:
                yield Said(f"{what}: no mark for {place.label}", "none", "738.4", row.meta.ref)
            continue
        maybe = _why_maybe(w, place, row, fit, reached)
        effect = w.need(_need(w, place, row, column, maybe))
        words = f"{what}: {'perhaps' if maybe else 'yes'}, {_kind_words(row, place)}"
        yield Said(words, effect, "738.4" if column else row.meta.citation, row.meta.ref)


def _kind_words(row: ControlRow, place: Place) -> str:
    return f"marked for {place.label}" if row.kind.startswith("chart") else f"{row.kind.replace('_', ' ')} reaches {place.label}"


def _decided(w: Walk, row: ControlRow, fit: Fit) -> Fit:
    """A MAYBE row that a curated fact, or the exporter's answer about its printed condition, decides."""
    stated = w.decided(row.meta.ref.rule_id)
    return fit if fit is not Fit.MAYBE or stated is None else Fit.YES if stated else Fit.NO


def _settled(w: Walk, row: ControlRow, reached: Fit) -> Fit:
    """What the exporter answers where only the text of a section tells whether the row reaches the destination."""
    stated = w.condition_answer(row.meta.ref.rule_id)
    if reached is not Fit.MAYBE or stated is None or row.meta.ref.enforcement_status == "not_enforced":
        return reached
    return Fit.YES if stated else Fit.NO


def _reach(w: Walk, place: Place, row: ControlRow) -> Iterator[tuple[str, Fit]]:
    """Chart column ("" for other kinds) and whether it reaches the place."""
    if row.countries and place.iso not in w.rules.countries(row.countries):
        yield "", Fit.NO
    elif row.kind in ("chart", "chart+special"):
        chart = w.rules.chart(place.iso)
        for column in row.columns:
            if row.kind == "chart+special" and _footnote_three(w.rules, place):
                yield column, Fit.MAYBE
            else:
                yield column, Fit.YES if chart is not None and column in chart.marks else Fit.NO
    elif row.meta.ref.enforcement_status == "not_enforced":
        yield "", _not_enforced(w, place)
    elif not row.meta.enforced:
        yield "", Fit.NO
    elif row.kind == "see_section":
        by_country = Fit.YES if place.iso in w.rules.countries(MACAU_D5) else Fit.NO
        yield "", by_country if row.meta.citation == SECTION_MACAU_D5 else Fit.MAYBE
    else:
        yield "", KINDS[row.kind](w.rules, place.iso)


def _footnote_three(rules: Rules, place: Place) -> bool:
    return any(note.footnote == "3" for note in rules.footnotes_of(place.iso))


def _not_enforced(w: Walk, place: Place) -> Fit:
    """AI-diffusion rows since 2025-05-13: only where the earlier control is kept, or for a headquarters in Macau or D:5."""
    if place.iso in w.rules.countries(CHIP_COUNTRIES):
        return Fit.YES
    listed = headquarters_listed(w)
    if listed is Fit.MAYBE:
        w.ask("headquarters_country", "advanced computing items: a headquarters in Macau or D:5 decides", "G3", hold=True)
    return listed


def _why_maybe(w: Walk, place: Place, row: ControlRow, fit: Fit, reached: Fit) -> str:
    """ "" for a definite requirement, else why it is a maybe; the question that settles it is asked here."""
    rule_id = row.meta.ref.rule_id
    if fit is Fit.YES and reached is Fit.YES:
        return ""
    if row.meta.ref.enforcement_status == "not_enforced" and reached is Fit.MAYBE:
        return "the headquarters of the end user is not stated"
    own = [ref for ref in (*row.scope, *row.excepts) if coarser(w.eccn, ref)]
    if fit is Fit.MAYBE and own:
        text = f"Which paragraph of {w.eccn} is the item under?"
        why = f"{row.reason} depends on the paragraph: {', '.join(dict.fromkeys(map(str, own[:8])))}"
        w.ask("eccn", why, rule_id, hold=True, text=text)
        return why
    curated = w.rules.conditions(rule_id) if fit is Fit.MAYBE else ()
    why = _condition_words(row, place, fit)
    if curated:
        w.ask(curated[0].fact, f"{row.reason} of {row.eccn}: {curated[0].text}", rule_id, hold=True)
    elif w.condition_answer(rule_id) is None:
        w.ask(f"condition.{rule_id}", why, rule_id, hold=True, text=_condition_question(row, place, fit))
    return why


def _condition_question(row: ControlRow, place: Place, fit: Fit) -> str:
    control = f"{row.reason} control ({', '.join(row.columns) or row.meta.citation})"
    if fit is Fit.YES:
        return f"Read {row.meta.citation}: does the {control} of {row.eccn} reach {place.label}?"
    others = [str(ref) for ref in row.scope if ref.base != row.eccn]
    if others:
        more = " or another that the entry names" if len(others) > 8 else ""
        return f"Read entry {row.eccn}: is the item for {', '.join(others[:8])}{more}, so that the {control} applies?"
    return f"Read entry {row.eccn}: is the condition met that it prints for the {control}?"


def _condition_words(row: ControlRow, place: Place, fit: Fit) -> str:
    if fit is Fit.YES:
        return f"{row.reason} of {row.eccn} ({row.meta.citation}) for {place.label}: the section or text must be read"
    others = [str(ref) for ref in row.scope if ref.base != row.eccn]
    if others:
        more = " and others" if len(others) > 8 else ""
        return f"{row.reason} of {row.eccn} as software or technology for {', '.join(others[:8])}{more}"
    return f"{row.reason} of {row.eccn} under the condition printed in the entry"


def _need(w: Walk, place: Place, row: ControlRow, column: str, maybe: str) -> Need:
    verified = "unverified" if row.kind == "see_section" or row.kind.startswith("cwc") else row.meta.ref.verified
    rule, citation = ("chart", "738.4") if column else (row.kind, row.meta.citation)
    made = Requirement(row.reason, column, rule, citation, verified=verified)
    section = _section(w, place, row)
    if not section:
        return Need(made, place.iso, "chart", maybe, row=row.meta.ref)
    allowed, paragraphs = left_exceptions(w.rules, section), left_paragraphs(w.rules, section)
    return Need(made, place.iso, "chart", maybe, allowed, paragraphs, row=row.meta.ref)


def _section(w: Walk, place: Place, row: ControlRow) -> str:
    """Whose rows of embargo_exceptions limit the exceptions: Iraq follows its own section, also for the UN reason."""
    if w.rules.governing(place.iso) == "IQ":
        return "IQ"
    return {"un_arms_embargo_746.1b": "UN-SET", "russia_belarus_746.8": "RU-BY"}.get(row.kind, "")


def chart_footnotes(w: Walk) -> Iterable[Said]:
    """Does a footnote of the chart add a requirement or a special rule for this country and entry?"""
    for place in w.places:
        if not chart_is_read(w, place):
            continue
        for row in w.rules.footnotes_of(place.iso):
            yield from _footnote(w, place, row)


def _footnote(w: Walk, place: Place, row: FootnoteRow) -> Iterator[Said]:
    fit = without(fit_refs(row.items, w.eccn), fit_refs(row.except_items, w.eccn))
    if row.action in ("note", "inherit"):
        yield Said(f"footnote {row.footnote}: {row.text}", "note", row.meta.citation, row.meta.ref)
        return
    if fit is Fit.NO or row.footnote == "3":
        return  # footnote 3 speaks of 0A919 only, whose row asks in G2
    maybe = "" if fit is Fit.YES and row.action == "requirement" else f"footnote {row.footnote}: {row.text}"
    rule_id = row.meta.ref.rule_id
    stated = w.condition_answer(rule_id)
    if maybe and stated is False:
        return
    if maybe and stated is None:
        finer = _finer(w.eccn, row)
        w.ask(
            "eccn" if finer else f"condition.{rule_id}",
            maybe,
            rule_id,
            hold=True,
            text=f"Which paragraph of {w.eccn} is the item under?"
            if finer
            else f"Read {row.meta.citation}: does it reach the item?",
        )
    made = Requirement(
        row.reason, row.column, f"chart footnote {row.footnote}", row.meta.citation, verified=row.meta.ref.verified
    )
    need = Need(made, place.iso, "chart", "" if stated else maybe, row=row.meta.ref)
    yield Said(f"footnote {row.footnote}: {row.text}", w.need(need), row.meta.citation, row.meta.ref)


def _finer(eccn: Eccn, row: FootnoteRow) -> bool:
    return any(coarser(eccn, ref) for ref in (*row.items, *row.except_items))


STEPS: tuple[Step, ...] = (
    step("G0", "774", entry_known),
    step("G2", "738.4", requirements),
    step("G4", "Supp. 1 to part 738", chart_footnotes),
)
