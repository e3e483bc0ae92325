"""The restrictions of 740.2(a): which of them stand in the way of a license exception here. One function a paragraph."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from licenses.rules.determination.context import DeterminationContext
from licenses.rules.determination.requirements import RequirementAtPlace
from licenses.rules.eccn import Fit
from licenses.rules.tables.rule_rows import FilterRow
from licenses.rules.types import TransactionType

MDE_CONTRACT, MDE_CONTRACT_A5, FIREARMS_CONTRACT = Decimal(14_000_000), Decimal(25_000_000), Decimal(4_000_000)
"""Contract values in US dollars of 740.2(a)(15), (16) and (23)."""
HONG_KONG_REASONS = frozenset(("NS", "MT", "NP", "CB"))


@dataclass(frozen=True, slots=True)
class Barrier:
    """A restriction in force for this transaction. `survivors` None = every code; `unsure` = whether it applies is a
    matter of a fact, so that it turns a code into possible instead of unavailable; `paragraphs` the one that it leaves of
    a surviving code, where it names one."""

    row: FilterRow
    survivors: frozenset[str] | None
    left_out: frozenset[str]
    why: str
    unsure: bool
    paragraphs: Mapping[str, str] = field(default_factory=dict)

    def bars(self, code: str) -> bool:
        """Does it remove the exception?"""
        return code in self.left_out or (self.survivors is not None and code not in self.survivors)


Reasons = frozenset[str]
Test = Callable[[DeterminationContext, tuple[RequirementAtPlace, ...], Reasons], Fit]


def barriers(ctx: DeterminationContext, needs: tuple[RequirementAtPlace, ...]) -> tuple[Barrier, ...]:
    """The restrictions that apply to these requirements."""
    reasons = frozenset(need.requirement.reason for need in needs)
    standing: list[Barrier] = []
    for paragraph, test, survivors in ALL_TESTS:
        row = ctx.rules.exceptions.restriction(paragraph)
        if row is None or not row.meta.enforced:
            continue
        fit = _settled(ctx, row, test(ctx, needs, reasons))
        if fit is not Fit.NO:
            standing.append(_barrier(row, row.survivors if survivors is None else survivors, unsure=fit is Fit.MAYBE))
    return tuple(standing)


def _settled(ctx: DeterminationContext, row: FilterRow, fit: Fit) -> Fit:
    """Whether a restriction applies that only its text tells, as the exporter states it."""
    if fit is not Fit.MAYBE:
        return fit
    stated = ctx.facts.condition(row.meta.ref.rule_id)
    return fit if stated is None else _yes(stated)


def _barrier(row: FilterRow, survivors: str, *, unsure: bool) -> Barrier:
    tokens = [token.partition(":") for token in survivors.split()]
    left_out = frozenset(code for name, _, code in tokens if name == "not")
    codes = frozenset(name for name, _, _ in tokens if name not in ("not", "any"))
    everything = bool(left_out) or any(name == "any" for name, _, _ in tokens)
    paragraphs = {name: paragraph for name, _, paragraph in tokens if paragraph and name != "not"}
    return Barrier(row, None if everything else codes, left_out, f"{row.applies_to}: {row.text}", unsure, paragraphs)


def _countries(needs: tuple[RequirementAtPlace, ...]) -> set[str]:
    return {need.country for need in needs}


def _any_in(ctx: DeterminationContext, needs: tuple[RequirementAtPlace, ...], spec: str) -> bool:
    return bool(_countries(needs) & ctx.rules.countries.named(spec))


def _yes(condition: bool) -> Fit:
    return Fit.YES if condition else Fit.NO


def _surreptitious(ctx: DeterminationContext, _needs: tuple[RequirementAtPlace, ...], _reasons: Reasons) -> Fit:
    return ctx.item.fit("5A001.f.1 5A980 5D980") if ctx.item.eccn.base != "5D001" else Fit.MAYBE


def _surreptitious_technology(ctx: DeterminationContext, _needs: tuple[RequirementAtPlace, ...], _reasons: Reasons) -> Fit:
    if ctx.item.fit("5E001.a") is not Fit.NO:
        return Fit.MAYBE  # of 5E001.a only what is for 5A001.f.1
    return ctx.item.fit("5E980")


def _crime_control(ctx: DeterminationContext, needs: tuple[RequirementAtPlace, ...], reasons: Reasons) -> Fit:
    return _yes("CC" in reasons and _any_in(ctx, needs, "any not:AU not:IN not:JP not:NZ not:set:nato"))


def _missile(ctx: DeterminationContext, needs: tuple[RequirementAtPlace, ...], reasons: Reasons) -> Fit:
    return _yes("MT" in reasons and not _any_in(ctx, needs, "D:4 D:5"))


def _missile_d4(ctx: DeterminationContext, needs: tuple[RequirementAtPlace, ...], reasons: Reasons) -> Fit:
    return _yes("MT" in reasons and _any_in(ctx, needs, "D:4 D:5"))


def _infrared_technology(ctx: DeterminationContext, _needs: tuple[RequirementAtPlace, ...], _reasons: Reasons) -> Fit:
    return Fit.MAYBE if ctx.item.eccn.base in ("6E001", "6E002") else Fit.NO


def _explosives_detection(ctx: DeterminationContext, _needs: tuple[RequirementAtPlace, ...], _reasons: Reasons) -> Fit:
    return ctx.item.fit("2A983 2A984 2D983 2D984 2E983 2E984")


def _semiconductor_tools(ctx: DeterminationContext, needs: tuple[RequirementAtPlace, ...], _reasons: Reasons) -> Fit:
    return ctx.item.fit("set:sme_filter") if _any_in(ctx, needs, "MO D:5") else Fit.NO


def _advanced_computing(ctx: DeterminationContext, needs: tuple[RequirementAtPlace, ...], _reasons: Reasons) -> Fit:
    listed = ctx.facts.text("headquarters_country") in ctx.rules.countries.named("MO D:5")
    reached = listed or bool(_countries(needs) & ctx.rules.countries.advanced_computing)
    return ctx.item.fit("set:advanced_computing") if reached else Fit.NO


def _torture(ctx: DeterminationContext, _needs: tuple[RequirementAtPlace, ...], _reasons: Reasons) -> Fit:
    return ctx.item.fit("0A983")


def _military_commodities(ctx: DeterminationContext, _needs: tuple[RequirementAtPlace, ...], _reasons: Reasons) -> Fit:
    return ctx.item.fit("0A919")


def _military_commodities_exported(ctx: DeterminationContext, needs: tuple[RequirementAtPlace, ...], reasons: Reasons) -> Fit:
    return _military_commodities(ctx, needs, reasons) if ctx.case.transaction is not TransactionType.REEXPORT else Fit.NO


def _arms_embargoed(ctx: DeterminationContext, needs: tuple[RequirementAtPlace, ...], _reasons: Reasons) -> Fit:
    banned = ctx.rules.countries.named("D:5")
    reached = _any_in(ctx, needs, "D:5") or ctx.facts.text("shipped_from") in banned or ctx.case.item.origin in banned
    return _yes(ctx.item.series in ("600", "9x515") and reached)


def _series_600(ctx: DeterminationContext, needs: tuple[RequirementAtPlace, ...], reasons: Reasons) -> Fit:
    return _yes(ctx.item.series == "600" and _arms_embargoed(ctx, needs, reasons) is Fit.NO)


def _series_600_government_only(ctx: DeterminationContext, _needs: tuple[RequirementAtPlace, ...], _reasons: Reasons) -> Fit:
    return ctx.item.fit("9D610.b 9D619.b 9E610.b 9E619.b 9E619.c")


def _emerging(ctx: DeterminationContext, _needs: tuple[RequirementAtPlace, ...], _reasons: Reasons) -> Fit:
    return _yes(ctx.item.series == "0Y521")


def _contract(ctx: DeterminationContext, least: Decimal) -> bool:
    value = ctx.case.item.value_usd
    return value is None or value >= least


def _major_equipment(ctx: DeterminationContext, needs: tuple[RequirementAtPlace, ...], _reasons: Reasons) -> Fit:
    reached = ctx.item.series == "600" and _any_in(ctx, needs, "any not:A:5")
    value = ctx.case.item.value_usd
    return Fit.MAYBE if reached and value is not None and value >= MDE_CONTRACT else Fit.NO


def _major_equipment_a5(ctx: DeterminationContext, needs: tuple[RequirementAtPlace, ...], _reasons: Reasons) -> Fit:
    value = ctx.case.item.value_usd
    reached = ctx.item.series == "600" and _any_in(ctx, needs, "A:5")
    return Fit.MAYBE if reached and value is not None and value >= MDE_CONTRACT_A5 else Fit.NO


def _unverified_list(ctx: DeterminationContext, _needs: tuple[RequirementAtPlace, ...], _reasons: Reasons) -> Fit:
    return _yes(ctx.uvl)


def _spacecraft_missile(ctx: DeterminationContext, _needs: tuple[RequirementAtPlace, ...], reasons: Reasons) -> Fit:
    return _yes(ctx.item.series == "9x515" and "MT" in reasons)


def _hong_kong(ctx: DeterminationContext, needs: tuple[RequirementAtPlace, ...], _reasons: Reasons) -> Fit:
    return _permit(ctx) if any(need.country == "HK" and _permit_controlled(need) for need in needs) else Fit.NO


def _from_hong_kong(ctx: DeterminationContext, needs: tuple[RequirementAtPlace, ...], _reasons: Reasons) -> Fit:
    controlled = any(map(_permit_controlled, needs))
    leaves = ctx.facts.text("shipped_from") == "HK" and ctx.case.transaction is TransactionType.REEXPORT
    return _permit(ctx) if controlled and leaves else Fit.NO


def _permit_controlled(need: RequirementAtPlace) -> bool:
    """NS, MT, CB, and of NP column 1 only (740.2(a)(19), (20))."""
    return need.requirement.reason in HONG_KONG_REASONS and need.requirement.column != "NP2"


def _permit(ctx: DeterminationContext) -> Fit:
    """No bar once the permit, or the statement that none is needed, is on file; unknown while it is not stated."""
    if ctx.facts.yes("import_certificate"):
        return Fit.NO
    return Fit.YES if ctx.facts.no("import_certificate") else Fit.MAYBE


def _iec(ctx: DeterminationContext, _needs: tuple[RequirementAtPlace, ...], _reasons: Reasons) -> Fit:
    return ctx.item.fit("set:iec_eligible")


def _semi_automatic(ctx: DeterminationContext, needs: tuple[RequirementAtPlace, ...], _reasons: Reasons) -> Fit:
    reached = ctx.item.fit("0A506 0A507 0A508") is not Fit.NO and _contract(ctx, FIREARMS_CONTRACT)
    outside = _any_in(ctx, needs, "any not:A:5 not:A:6") or _any_in(ctx, needs, "MX ZA TR")
    return Fit.MAYBE if reached and outside else Fit.NO


def _pakistan(ctx: DeterminationContext, needs: tuple[RequirementAtPlace, ...], _reasons: Reasons) -> Fit:
    return ctx.item.fit("set:pakistan_a25") if _any_in(ctx, needs, "PK") else Fit.NO


TESTS: dict[str, Test] = {
    "a3": _surreptitious,
    "a4": _crime_control,
    "a5i": _missile,
    "a5ii": _missile_d4,
    "a7": _infrared_technology,
    "a8": _explosives_detection,
    "a9i": _semiconductor_tools,
    "a9ii": _advanced_computing,
    "a10": _torture,
    "a11": _military_commodities,
    "a12": _arms_embargoed,
    "a13": _series_600,
    "a14": _emerging,
    "a15": _major_equipment,
    "a16": _major_equipment_a5,
    "a17": _unverified_list,
    "a18": _spacecraft_missile,
    "a19": _hong_kong,
    "a20": _from_hong_kong,
    "a22": _iec,
    "a23": _semi_automatic,
    "a25": _pakistan,
}
"""The paragraphs that a fact of the case can trigger. (a)(1), (2) and (6) are steps H, I and E; (a)(21) is a duty; (a)(24) is
reserved; (a)(26) stands with License Exception STA."""
STRICTER: dict[str, tuple[Test, str]] = {
    "a3": (_surreptitious_technology, ""),
    "a11": (_military_commodities_exported, ""),
    "a13": (_series_600_government_only, "GOV"),
}
"""Items for which a paragraph leaves less than its row says, and what it leaves them."""
ALL_TESTS: tuple[tuple[str, Test, str | None], ...] = (
    *((paragraph, test, None) for paragraph, test in TESTS.items()),
    *((paragraph, test, survivors) for paragraph, (test, survivors) in STRICTER.items()),
)
"""Paragraph, test, and what is left where it applies: None = what the row says."""
