"""What an embargo of part 746 requires and leaves at a place: shared by steps E and G."""

from __future__ import annotations

from collections.abc import Iterator

from licenses.rules.determination.context import CountryInRole, DeterminationContext
from licenses.rules.determination.requirements import RequirementAtPlace, requirement
from licenses.rules.tables.exception_table import ExceptionTable
from licenses.rules.tables.rule_rows import EndUseRow

SECTION_ONLY = frozenset(("CU", "IR", "KP", "SY"))
"""Destinations where the chart is not read: the section decides, and only its own exceptions are left (740.2(a)(6))."""


REASONS = {"746.2": "CUBA", "746.4": "NORTH_KOREA", "746.6": "CRIMEA_DNR_LNR", "746.7": "IRAN", "746.9": "SYRIA"}


def left_exceptions(exceptions: ExceptionTable, destination: str) -> frozenset[str]:
    """The license exceptions that part 746 leaves for a destination."""
    return frozenset(row.code for row in exceptions.left_by_embargo(destination)) - {"NOT_REQUIRED", "NONE"}


def left_paragraphs(exceptions: ExceptionTable, destination: str) -> dict[str, tuple[str, ...]]:
    """For each exception left, the paragraphs printed."""
    printed: dict[str, list[str]] = {}
    for row in exceptions.left_by_embargo(destination):
        if row.code not in ("NOT_REQUIRED", "NONE") and row.paragraphs.startswith("740."):
            printed.setdefault(row.code, []).append(row.paragraphs)
    return {code: tuple(paragraphs) for code, paragraphs in printed.items()}


def chart_is_read(ctx: DeterminationContext, place: CountryInRole) -> bool:
    """Does the Country Chart decide for the place at all?"""
    return ctx.rules.countries.governing(place.iso) not in SECTION_ONLY and not place.region


def require_license(
    ctx: DeterminationContext,
    place: CountryInRole,
    rule: EndUseRow,
    *,
    maybe: str = "",
    reason: str = "",
    barred: frozenset[str] = frozenset(),
) -> str:
    need = RequirementAtPlace(
        requirement(reason or REASONS[rule.section], rule.section, rule.meta),
        place.iso,
        "embargo",
        maybe=maybe,
        allowed=left_exceptions(ctx.rules.exceptions, " ".join(rule.exceptions)) - barred,
        paragraphs=left_paragraphs(ctx.rules.exceptions, " ".join(rule.exceptions)),
        row=rule.meta.ref,
    )
    return ctx.need(need)


def places_in(ctx: DeterminationContext, *countries: str) -> Iterator[CountryInRole]:
    return (place for place in ctx.places if ctx.rules.countries.governing(place.iso) in countries)


def ask_hs6(ctx: DeterminationContext, section: str) -> None:
    text = "What is the HS-6 code of the item?"
    ctx.ask("hs6", f"the lists of {section} go by HS code", section, hold=True, text=text)
