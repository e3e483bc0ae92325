"""Step J: the review policy that would apply to an application; of several the strictest (742.1(f), 744.1(a)(2))."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from licenses.rules.determination.context import DeterminationContext, Step, StepAnswer, step
from licenses.rules.determination.requirements import RequirementAtPlace
from licenses.rules.determination.steps.a_direct_products import headquarters_listed
from licenses.rules.eccn import Fit, covers, parse_eccn
from licenses.rules.review_policies import POLICY_WORDS, strictest
from licenses.rules.tables.rule_rows import PolicyRow


def review_policies(ctx: DeterminationContext) -> Iterable[StepAnswer]:
    """Under which policy would BIS review an application for these requirements?"""
    for index, need in enumerate(ctx.needs):
        if need.maybe:
            continue
        counted = [*need.policies, *ctx.policies]
        for row in (*ctx.rules.policies(need.requirement.reason), *ctx.rules.policies("EMBARGO")):
            if not _fits(ctx, need, row):
                continue
            counts = _counts(ctx, row.counts)
            if counts:
                counted.append(row.policy)
            note = f"{need.requirement.reason}: {row.printed_policy or POLICY_WORDS[row.policy]}"
            if row.condition:
                note += f" ({row.condition})"
            yield StepAnswer(note if counts else f"{note}; not counted, it needs a fact", "note", row.meta.citation, row.meta.ref)
        policy = strictest(counted)
        ctx.needs[index] = replace(
            need, requirement=replace(need.requirement, policy=POLICY_WORDS[policy]), policies=tuple(counted)
        )


def overall(ctx: DeterminationContext) -> str | None:
    """The strictest policy of all definite requirements, None when nothing is required."""
    definite = [need for need in ctx.needs if not need.maybe]
    return POLICY_WORDS[strictest(policy for need in definite for policy in need.policies)] if definite else None


def _fits(ctx: DeterminationContext, need: RequirementAtPlace, row: PolicyRow) -> bool:
    return need.country in ctx.rules.countries.named(row.countries) and _scope_fits(ctx, need, row.scope)


def _counts(ctx: DeterminationContext, counts: str) -> bool:
    """Do the stated facts let the row count? `always`, `never`, `hq:…`, and facts that must all be stated."""
    if counts in ("always", "never"):
        return counts == "always"
    return all(_state_holds(ctx, token) for token in counts.split())


def _state_holds(ctx: DeterminationContext, token: str) -> bool:
    if token.startswith("hq:"):
        listed = headquarters_listed(ctx)
        return {"hq:inside": listed is Fit.YES, "hq:outside": listed is Fit.NO, "hq:not_outside": listed is not Fit.NO}[token]
    return not ctx.facts.states(token[4:]) if token.startswith("not:") else ctx.facts.states(token)


def _scope_fits(ctx: DeterminationContext, need: RequirementAtPlace, scope: str) -> bool:
    """Tokens of one kind are alternatives, kinds must all hold, `not:` leaves out."""
    wanted: dict[str, bool] = {}
    for token in scope.split():
        if token.startswith("not:"):
            if _token_fits(ctx, need, token[4:]):
                return False
            continue
        kind = _GROUP.get(token.partition(":")[0], "item")
        wanted[kind] = wanted.get(kind, False) or _token_fits(ctx, need, token)
    return all(wanted.values())


_GROUP = {
    "all": "all",
    "ccl": "ccl",
    "col": "column",
    "kind": "requirement",
    "cite": "requirement",
    "exact": "requirement",
    "para": "requirement",
}
"""Which tokens are alternatives to one another: items (series, set, cat, eccn, itemreason) form the group "item"."""


def _token_fits(ctx: DeterminationContext, need: RequirementAtPlace, token: str) -> bool:
    name, _, value = token.partition(":")
    requirement = need.requirement
    match name:
        case "all":
            return True
        case "ccl":
            return not ctx.item.eccn.is_ear99
        case "col":
            return requirement.column == value
        case "kind" | "para":
            return requirement.rule.replace(" ", "_") == value
        case "cite":
            return requirement.citation.startswith(value)
        case "exact":
            return requirement.citation == value
        case "series":
            return ctx.item.series == value
        case "cat":
            return ctx.item.eccn.base.startswith(value)
        case "eccn":
            return covers(parse_eccn(value), ctx.item.eccn)
        case "set":
            return ctx.rules.items.eccn_set(value, ctx.item.eccn)[1] is Fit.YES
        case "itemreason":
            return any(row.reason == value and fit is Fit.YES for row, fit in ctx.rules.items.fitting_controls(ctx.item.eccn))
        case _:
            raise ValueError(f"review_policies: scope {token!r} cannot be read")


STEPS: tuple[Step, ...] = (step("J", "742.1(f)", review_policies),)
