"""Step F4: owners. Shares of listed owners are added up through every layer, for the affiliates rule and for OFAC's own.

A listed owner counts with its share. An owner that is itself held to 50 percent or more by listed owners counts with its
whole share; otherwise with the product of the shares, and the larger of the two sums decides, so that neither way of
counting hides an owner. Operators at a listed address do not count (744.11(a)(1)).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from licenses.rules.determination.context import DeterminationContext, StepAnswer
from licenses.rules.determination.entry_terms import entry_terms
from licenses.rules.determination.listings import entry_policy, entry_scope, military_scope
from licenses.rules.determination.requirements import RequirementAtPlace, requirement
from licenses.rules.eccn import Fit
from licenses.rules.tables.list_facts import BLOCKED_PERSONS, ENTITY_LIST, MILITARY_END_USERS
from licenses.rules.tables.rules_in_force import RulesInForce
from licenses.rules.types import BITING_ROLES, HitRef, ListedAs, PartyFacts

HALF = 50.0
"""Percent from which the rule of 744.11(a)(1) and OFAC's rule apply."""
OWNER_RULES = {
    ENTITY_LIST: ("744.11", "744.11", "744.11(a)(1)"),
    MILITARY_END_USERS: ("744.21-b", "744.21", "744.21(a)(3)"),
    BLOCKED_PERSONS: ("744.8", "744.8", "744.8(a)(2)"),
}
"""List of the owner -> rule row, section, and the paragraph that passes its requirement to the affiliate."""
Listed = Callable[[PartyFacts], tuple[ListedAs, ...]]


@dataclass(frozen=True, slots=True)
class Holding:
    """What listed owners hold of a party, in percent: the sum of known shares, whether a share is unknown, and who."""

    percent: float
    unknown: bool
    owners: tuple[tuple[PartyFacts, ListedAs], ...]

    @property
    def hits(self) -> tuple[HitRef, ...]:
        """The hits that make the owners count, once each."""
        return tuple(dict.fromkeys(hit.ref for _, hit in self.owners))

    @property
    def majority(self) -> bool:
        """50 percent or more for certain."""
        return self.percent >= HALF


def holding(party: PartyFacts, listed: Listed) -> Holding:
    """Add up what listed owners hold of a party, directly and through its owners."""
    cascade = product = 0.0
    unknown = False
    owners: list[tuple[PartyFacts, ListedAs]] = []
    for owner in party.owners:
        hits = listed(owner)
        above = holding(owner, listed)
        owners.extend((owner, hit) for hit in hits)
        owners.extend(above.owners)
        if not hits and not above.owners:
            continue
        if owner.share_percent is None:
            unknown = True
            continue
        counts_whole = bool(hits) or above.majority
        cascade += owner.share_percent if counts_whole else 0.0
        product += owner.share_percent * (100.0 if hits else above.percent) / 100.0
        unknown = unknown or (not counts_whole and above.unknown)
    return Holding(min(max(cascade, product), 100.0), unknown, tuple(owners))


def bis_listed(rules: RulesInForce, as_of: dt.date) -> Listed:
    """Which hits make an owner count for 744.11(a)(1): EL (not by address), MEU, SDN of a 744.8 program."""

    def of(owner: PartyFacts) -> tuple[ListedAs, ...]:
        return tuple(
            hit
            for hit in owner.hits
            if hit.bites(as_of)
            and (
                (hit.list == ENTITY_LIST and hit.channel != "address")
                or hit.list == MILITARY_END_USERS
                or (hit.list == BLOCKED_PERSONS and not hit.settled and any(rules.lists.program(tag) for tag in hit.programs))
            )
        )

    return of


def ofac_listed(as_of: dt.date) -> Listed:
    """Which hits make an owner count for OFAC's rule: SDN without an authorization on file."""

    def of(owner: PartyFacts) -> tuple[ListedAs, ...]:
        return tuple(hit for hit in owner.hits if hit.list == BLOCKED_PERSONS and not hit.settled and hit.bites(as_of))

    return of


def affiliates(ctx: DeterminationContext) -> Iterable[StepAnswer]:
    """Do listed owners hold 50 percent or more of a party, alone or together, directly or indirectly?"""
    for party in ctx.case.parties:
        if party.role == "owner":
            yield from _loose_owner(ctx, party)
        if party.owners:
            yield from _ofac(ctx, party)
            yield from _bis(ctx, party)


def _loose_owner(ctx: DeterminationContext, party: PartyFacts) -> Iterator[StepAnswer]:
    hits = (*bis_listed(ctx.rules, ctx.as_of)(party), *ofac_listed(ctx.as_of)(party))
    if hits:
        ctx.hold(f"{party.name} is a listed owner; its share is not recorded")
        yield StepAnswer(
            f"{party.name} is a listed owner of a party not named: the share must be known",
            "question",
            hits=tuple(dict.fromkeys(hit.ref for hit in hits)),
        )


def _ofac(ctx: DeterminationContext, party: PartyFacts) -> Iterator[StepAnswer]:
    held = holding(party, ofac_listed(ctx.as_of))
    rule = ctx.rules.end_use_rule("ofac-50")
    if held.majority:
        ctx.stop(f"{party.name} is owned {held.percent:g}% by persons blocked by OFAC")
        yield StepAnswer(
            f"{party.name}: blocked persons hold {held.percent:g}%; blocked itself",
            "stop",
            "31 CFR ch. V",
            rule.meta.ref,
            held.hits,
        )
    elif held.unknown:
        ctx.hold(f"{party.name}: the share of a blocked owner is unknown")
        yield StepAnswer(
            f"{party.name}: the share of a blocked owner is unknown", "question", "31 CFR ch. V", rule.meta.ref, held.hits
        )


def _bis(ctx: DeterminationContext, party: PartyFacts) -> Iterator[StepAnswer]:
    held = holding(party, bis_listed(ctx.rules, ctx.as_of))
    if not held.owners:
        return
    switch = ctx.rules.switch("affiliates_50")
    ref = switch.meta.ref if switch else None
    names = ", ".join(dict.fromkeys(owner.name for owner, _ in held.owners))
    if held.unknown and not held.majority:
        ctx.hold(f"{party.name}: the share of a listed owner is unknown (Red Flag 29)")
        yield StepAnswer(
            f"{party.name}: the share of {names} is unknown; settle Red Flag 29 or apply for a license",
            "question",
            row=ref,
            hits=held.hits,
        )
    elif not held.majority:
        yield StepAnswer(
            f"{party.name}: listed owners hold {held.percent:g}%, below 50%: a warning",
            "note",
            "Supp. 8 to part 744",
            ref,
            held.hits,
        )
    elif not ctx.rules.switch_active("affiliates_50"):
        state = f"stayed ({switch.text})" if switch else "not in force on this date"
        yield StepAnswer(
            f"{party.name}: {names} hold {held.percent:g}%; the affiliates rule is {state}", "note", row=ref, hits=held.hits
        )
    elif party.role not in BITING_ROLES:
        ctx.hold(f"{party.name} ({party.role.replace('_', ' ')}) is held {held.percent:g}% by listed owners")
        yield StepAnswer(
            f"{party.name}: {names} hold {held.percent:g}%; a reviewer must settle its role", "question", row=ref, hits=held.hits
        )
    else:
        for owner, hit in held.owners:
            yield _passed_on(ctx, party, owner, hit, held.percent)


def _passed_on(ctx: DeterminationContext, party: PartyFacts, owner: PartyFacts, hit: ListedAs, percent: float) -> StepAnswer:
    """The owner's requirement, exception limits and policy pass to the affiliate; of several owners each is taken down,
    so that the most restrictive wins."""
    switch = ctx.rules.switch("affiliates_50")
    ref = switch.meta.ref if switch else None
    words = f"{party.name}: held {percent:g}% by listed owners, {owner.name} ({hit.list}) among them"
    effect = _owner_requirement(ctx, hit)
    said = words if effect != "none" else f"{words}; the item is outside that owner's scope"
    return StepAnswer(said, effect, row=ref, hits=(hit.ref,))


def _owner_requirement(ctx: DeterminationContext, hit: ListedAs) -> str:
    terms = entry_terms(hit)
    by_entry = hit.list == ENTITY_LIST
    rule_id, section, paragraph = OWNER_RULES[hit.list]
    rule = ctx.rules.end_use_rule(rule_id)
    fit, words = Fit.YES, "all items subject to the EAR"
    if by_entry:
        fit, words = entry_scope(ctx, hit, terms)
    elif hit.list == MILITARY_END_USERS:
        fit, words, _row = military_scope(ctx)
    if fit is Fit.NO:
        return "none"
    need = RequirementAtPlace(
        requirement("AFFILIATE", section, rule.meta, citation=paragraph),
        ctx.case.destination,
        "party",
        maybe=words if fit is Fit.MAYBE else "",
        allowed=frozenset(terms.exceptions) if by_entry else rule.exceptions,
        paragraphs=terms.exceptions if by_entry else rule.paragraphs,
        policies=(entry_policy(ctx, terms.policy) if by_entry else rule.policy,),
        row=rule.meta.ref,
    )
    return ctx.need(need)
