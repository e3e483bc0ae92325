"""Step H: the other general prohibitions: transit (Eight), breach of an order (Nine), known violation (Ten)."""

from __future__ import annotations

from collections.abc import Iterable

from licenses.rules.determination.context import Said, Step, Walk, step


def transit(w: Walk) -> Iterable[Said]:
    """Is it carried through, or unladen in, a country of General Prohibition Eight?"""
    for place in w.places:
        if place.role == "transit":
            row = w.rules.set_row("gp8_transit", place.iso)
            yield Said(f"{place.iso}: evaluated as a destination as well", "note", row=row.meta.ref if row else None)


def breach(w: Walk) -> Iterable[Said]:
    """Would it break a license, a license exception or an order (General Prohibition Nine)?"""
    if w.yes("license_breach"):
        w.stop("a breach of a license, exception or order is stated")
        yield Said("yes: stated", "stop")


def violation(w: Walk) -> Iterable[Said]:
    """Is a violation known, or about to occur (General Prohibition Ten)?"""
    if w.yes("known_violation"):
        w.stop("a known violation is stated")
        yield Said("yes: stated", "stop")


STEPS: tuple[Step, ...] = (
    step("H8", "736.2(b)(8)", transit),
    step("H9", "736.2(b)(9)", breach),
    step("H10", "736.2(b)(10)", violation),
)
