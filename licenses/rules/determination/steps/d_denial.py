"""Step D: denial orders, and hits that nobody has decided. Both hold for every role."""

from __future__ import annotations

from collections.abc import Iterable

from licenses.rules.determination.context import DeterminationContext, Step, StepAnswer, step
from licenses.rules.owners import with_owners
from licenses.rules.tables.list_facts import DENIED_PERSONS


def denial_orders(ctx: DeterminationContext) -> Iterable[StepAnswer]:
    """Is any party, in any role, under a denial order (General Prohibition Four)?"""
    rule = ctx.rules.end_use_rule("736.2-b-4")
    for party in with_owners(ctx.case.parties):
        for hit in party.hits:
            if hit.list != DENIED_PERSONS or not hit.counts:
                continue
            if not hit.in_force(ctx.as_of):
                yield StepAnswer(
                    f"{party.name}: the order is not in force on {ctx.as_of}", "note", row=rule.meta.ref, hits=(hit.ref,)
                )
                continue
            ctx.stop(f"{party.name} is named in a denial order")
            flag = " (applicant: APPLICANT_DENIED, 748.4(c))" if party.role == "applicant" else ""
            yield StepAnswer.yes(f"{party.name} is named in a denial order{flag}", "stop", row=rule.meta.ref, hits=(hit.ref,))


def undecided_hits(ctx: DeterminationContext) -> Iterable[StepAnswer]:
    """Is every party screened, and is no possible match left undecided?"""
    for party in with_owners(ctx.case.parties):
        if not party.screened:
            ctx.hold(f"{party.name} could not be screened")
            yield StepAnswer.no(f"{party.name} could not be screened", "question")
        for hit in party.hits:
            if hit.undecided and not hit.settled:
                ctx.hold(f"{party.name}: a possible match with {hit.listed_name} ({hit.list}) is undecided")
                yield StepAnswer.no(f"{party.name} may be {hit.listed_name} ({hit.list})", "question", hits=(hit.ref,))


D_STEPS: tuple[Step, ...] = (
    step("D1", "736.2(b)(4)", denial_orders),
    step("D2", "732.3(g)", undecided_hits),
)
