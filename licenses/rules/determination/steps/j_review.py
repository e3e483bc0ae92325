"""Step J: the review policy that would apply to an application; of several the strictest (742.1(f), 744.1(a)(2))."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from licenses.rules.determination.context import POLICY_WORDS, Need, Said, Step, Walk, step, strictest
from licenses.rules.determination.steps.a_direct_products import headquarters_listed
from licenses.rules.eccn import Fit, covers, parse_eccn
from licenses.rules.tables.rule_rows import PolicyRow


def review_policies(w: Walk) -> Iterable[Said]:
    """Under which policy would BIS review an application for these requirements?"""
    for place, need in enumerate(w.needs):
        if need.maybe:
            continue
        counted = [*need.policies, *w.policies]
        for row in (*w.rules.policies(need.requirement.reason), *w.rules.policies("EMBARGO")):
            if not _fits(w, need, row):
                continue
            counts = _counts(w, row.counts)
            if counts:
                counted.append(row.policy)
            note = f"{need.requirement.reason}: {row.printed_policy or POLICY_WORDS[row.policy]}"
            if row.condition:
                note += f" ({row.condition})"
            yield Said(note if counts else f"{note}; not counted, it needs a fact", "note", row.meta.citation, row.meta.ref)
        policy = strictest(counted)
        w.needs[place] = replace(
            need, requirement=replace(need.requirement, policy=POLICY_WORDS[policy]), policies=tuple(counted)
        )


def overall(w: Walk) -> str | None:
    """The strictest policy of all definite requirements, None when nothing is required."""
    definite = [need for need in w.needs if not need.maybe]
    return POLICY_WORDS[strictest(policy for need in definite for policy in need.policies)] if definite else None


def _fits(w: Walk, need: Need, row: PolicyRow) -> bool:
    return need.country in w.rules.countries(row.countries) and _scope_fits(w, need, row.scope)


def _counts(w: Walk, counts: str) -> bool:
    """Do the stated facts let the row count? `always`, `never`, `hq:…`, and facts that must all be stated."""
    if counts in ("always", "never"):
        return counts == "always"
    return all(_state_holds(w, token) for token in counts.split())


def _state_holds(w: Walk, token: str) -> bool:
    if token.startswith("hq:"):
        listed = headquarters_listed(w)
        return {"hq:inside": listed is Fit.YES, "hq:outside": listed is Fit.NO, "hq:not_outside": listed is not Fit.NO}[token]
    return not w.states(token[4:]) if token.startswith("not:") else w.states(token)


def _scope_fits(w: Walk, need: Need, scope: str) -> bool:
    """Tokens of one kind are alternatives, kinds must all hold, `not:` leaves out."""
    wanted: dict[str, bool] = {}
    for token in scope.split():
        if token.startswith("not:"):
            if _token_fits(w, need, token[4:]):
                return False
            continue
        kind = _GROUP.get(token.partition(":")[0], "item")
        wanted[kind] = wanted.get(kind, False) or _token_fits(w, need, token)
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


def _token_fits(w: Walk, need: Need, token: str) -> bool:
    name, _, value = token.partition(":")
    made = need.requirement
    match name:
        case "all":
            return True
        case "ccl":
            return not w.eccn.is_ear99
        case "col":
            return made.column == value
        case "kind" | "para":
            return made.rule.replace(" ", "_") == value
        case "cite":
            return made.citation.startswith(value)
        case "exact":
            return made.citation == value
        case "series":
            return w.series == value
        case "cat":
            return w.eccn.base.startswith(value)
        case "eccn":
            return covers(parse_eccn(value), w.eccn)
        case "set":
            return w.rules.eccn_set(value, w.eccn)[1] is Fit.YES
        case "itemreason":
            return any(row.reason == value and fit is Fit.YES for row, fit in w.rules.fitting_controls(w.eccn))
        case _:
            raise ValueError(f"review_policies: scope {token!r} cannot be read")


STEPS: tuple[Step, ...] = (step("J", "742.1(f)", review_policies),)
