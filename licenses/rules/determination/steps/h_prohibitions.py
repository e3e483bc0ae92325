"""Step H: the other general prohibitions: transit (Eight), breach of an order (Nine), known violation (Ten)."""

from __future__ import annotations

from collections.abc import Iterable

from licenses.rules.determination.context import DeterminationContext, Step, StepAnswer, step


def transit(ctx: DeterminationContext) -> Iterable[StepAnswer]:
    """Is it carried through, or unladen in, a country of General Prohibition Eight?"""
    for place in ctx.places:
        if place.role == "transit":
            row = ctx.rules.countries.set_row("gp8_transit", place.iso)
            yield StepAnswer(f"{place.iso}: evaluated as a destination as well", "note", row=row.meta.ref if row else None)


def breach(ctx: DeterminationContext) -> Iterable[StepAnswer]:
    """Would it break a license, a license exception or an order (General Prohibition Nine)?"""
    if ctx.facts.yes("license_breach"):
        ctx.stop("a breach of a license, exception or order is stated")
        yield StepAnswer.yes("stated", "stop")


def violation(ctx: DeterminationContext) -> Iterable[StepAnswer]:
    """Is a violation known, or about to occur (General Prohibition Ten)?"""
    if ctx.facts.yes("known_violation"):
        ctx.stop("a known violation is stated")
        yield StepAnswer.yes("stated", "stop")


STEPS: tuple[Step, ...] = (
    step("H8", "736.2(b)(8)", transit),
    step("H9", "736.2(b)(9)", breach),
    step("H10", "736.2(b)(10)", violation),
)
