"""Steps D and F1 to F9: what the lists say of the parties. A role never narrows the lists; it changes what a hit means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from licenses.rules.determination.context import DeterminationContext, Step, StepAnswer, step
from licenses.rules.determination.entry_terms import EntryTerms, entry_terms
from licenses.rules.determination.listings import entry_policy, entry_scope, is_address_entry, military_scope
from licenses.rules.determination.requirements import RequirementAtPlace, requirement
from licenses.rules.determination.steps.f_owners import affiliates
from licenses.rules.eccn import Fit
from licenses.rules.owners import with_owners
from licenses.rules.tables.list_facts import (
    BLOCKED_PERSONS,
    DENIED_PERSONS,
    ENTITY_LIST,
    MILITARY_END_USERS,
    NONPROLIFERATION,
    UNVERIFIED_LIST,
    Effect,
    ListFacts,
)
from licenses.rules.tables.rule_rows import EndUseRow
from licenses.rules.types import BITING_ROLES, HitDecision, ListedAs, PartyFacts

ANSWERED = (ENTITY_LIST, DENIED_PERSONS, UNVERIFIED_LIST, MILITARY_END_USERS, BLOCKED_PERSONS)
"""Lists that steps D1 and F1 to F7 answer; of those with effect `blocking` F8 does."""
HOLDING = {
    "applicant": (ENTITY_LIST, MILITARY_END_USERS),
    "freight_forwarder": (ENTITY_LIST,),
    "notify_party": (ENTITY_LIST,),
    "bank": (ENTITY_LIST,),
    "vessel": (ENTITY_LIST,),
    "manufacturer": (),
    "owner": (),
}
"""Lists of these whose hit in a role that creates no requirement still holds the outcome, as a list with effect `blocking` does
in any such role (intake.md 2); other roles: HOLDING_ELSEWHERE."""
HOLDING_ELSEWHERE = (ENTITY_LIST, UNVERIFIED_LIST, MILITARY_END_USERS)
BLOCKED_REASON = "SDN"
LISTING_REASONS: Mapping[str, str] = {
    "ENTITY_LIST": ENTITY_LIST,
    "MEU_LIST": MILITARY_END_USERS,
    BLOCKED_REASON: BLOCKED_PERSONS,
}
"""Reason of a requirement that a listing of the party itself makes -> the list."""
RUSSIA_BELARUS = "RU BY"


def hits_of(ctx: DeterminationContext, code: str) -> Iterator[tuple[PartyFacts, ListedAs]]:
    """Hits of one list that bite and are in force, owners left out."""
    for party in ctx.case.parties:
        for hit in party.hits:
            if hit.list == code and hit.bites(ctx.as_of):
                yield party, hit


def entity_list(ctx: DeterminationContext) -> Iterable[StepAnswer]:
    """Is a purchaser, consignee, end user or foreign person on the Entity List, and is the item in the entry's scope?"""
    for party, hit in hits_of(ctx, ENTITY_LIST):
        by_address = hit.channel == "address" or is_address_entry(hit)
        if by_address or party.role not in BITING_ROLES:
            continue
        yield _entity_requirement(ctx, party, hit, ctx.rules.end_use_rule("744.11"))


def entity_list_address(ctx: DeterminationContext) -> Iterable[StepAnswer]:
    """Does such a party use an address on the Entity List, and is the item in the entry's scope?"""
    rule = ctx.rules.end_use_rule("744.11-address")
    for party, hit in hits_of(ctx, ENTITY_LIST):
        if party.role not in BITING_ROLES or not (hit.channel == "address" or is_address_entry(hit)):
            continue
        if hit.channel != "address":
            yield StepAnswer(
                f"{party.name}: the entry is an address; a name alone never matches it",
                "note",
                row=rule.meta.ref,
                hits=(hit.ref,),
            )
            continue
        yield _entity_requirement(ctx, party, hit, rule)
    for party in ctx.case.parties:
        if "ADDRESS_SAME_BUILDING" in party.advisories:
            yield StepAnswer(
                f"{party.name}: same building as a listed address, other unit; no requirement", "note", row=rule.meta.ref
            )


def _terms(ctx: DeterminationContext, party: PartyFacts, hit: ListedAs) -> EntryTerms:
    """The entry's terms; an address entry given without words has those of the table."""
    row = ctx.rules.lists.entity_scope("address", hit.entry) or ctx.rules.lists.entity_scope(
        "address", f"{party.country} {hit.listed_name}"
    )
    if row is None or hit.license_requirement or hit.requirement_code:
        return entry_terms(hit)
    return entry_terms(replace(hit, requirement_code=row.value, policy_code=hit.policy_code or row.policy))


def _entity_requirement(ctx: DeterminationContext, party: PartyFacts, hit: ListedAs, rule: EndUseRow) -> StepAnswer:
    terms = _terms(ctx, party, hit)
    fit, why = entry_scope(ctx, hit, terms)
    who = f"{party.name} ({hit.listed_name}{', ' + hit.federal_register if hit.federal_register else ''})"
    if fit is Fit.NO:
        return StepAnswer(
            f"{who}: the entry's scope does not include this item as described; no requirement",
            "note",
            row=rule.meta.ref,
            hits=(hit.ref,),
        )
    granted = frozenset(terms.exceptions) | _footnote_grant(ctx, terms)
    need = RequirementAtPlace(
        requirement("ENTITY_LIST", "744.11", rule.meta, citation="744.11(a)"),
        ctx.case.destination,
        "party",
        maybe=why if fit is Fit.MAYBE else "",
        allowed=None if "*" in granted else granted,
        paragraphs=terms.exceptions,
        policies=(entry_policy(ctx, terms.policy),),
        row=rule.meta.ref,
    )
    return StepAnswer(f"{who}: {why}", ctx.need(need), row=rule.meta.ref, hits=(hit.ref,))


def _footnote_grant(ctx: DeterminationContext, terms: EntryTerms) -> frozenset[str]:
    """Footnote 1: the exceptions of part 740 for a foreign-produced item (744.11(a)(2)(i))."""
    foreign = any(need.source == "fdp" for need in ctx.needs)
    return frozenset("*") if foreign and "1" in terms.footnotes else frozenset()


def footnotes(ctx: DeterminationContext) -> Iterable[StepAnswer]:
    """Does an Entity List entry carry a footnote with a foreign-direct product rule?"""
    for party, hit in hits_of(ctx, ENTITY_LIST):
        for number in sorted(entry_terms(hit).footnotes):
            row = ctx.rules.lists.entity_scope("footnote", number)
            if row and row.meta.enforced:
                yield StepAnswer(
                    f"{party.name}: footnote {number}: {row.text}", "note", row.meta.citation, row.meta.ref, (hit.ref,)
                )


def unverified_list(ctx: DeterminationContext) -> Iterable[StepAnswer]:
    """Is a party to the transaction on the Unverified List?"""
    rule = ctx.rules.end_use_rule("744.15")
    for party, hit in hits_of(ctx, UNVERIFIED_LIST):
        if party.role not in BITING_ROLES:
            continue
        ctx.uvl = True
        ctx.duty("EEI_ALWAYS", f"{party.name} is on the Unverified List: EEI is filed for every export", "758.1(b)(8)")
        yield StepAnswer(
            f"{party.name}: no requirement from the listing; no exceptions; UVL statement first",
            "filter",
            row=rule.meta.ref,
            hits=(hit.ref,),
        )


def military_end_users(ctx: DeterminationContext) -> Iterable[StepAnswer]:
    """Is a party on the Military End-User List, and is the item in Supp. 2 to part 744?"""
    rule = ctx.rules.end_use_rule("744.21-b")
    for party, hit in hits_of(ctx, MILITARY_END_USERS):
        if party.role not in BITING_ROLES:
            continue
        fit, words, row = military_scope(ctx)
        if ctx.in_any(RUSSIA_BELARUS) and fit is not Fit.YES:
            yield _military_in_russia(ctx, party, hit)
            continue
        if fit is Fit.NO:
            yield StepAnswer(
                f"{party.name}: the item is not in Supp. 2 to part 744; a warning only",
                "note",
                row=rule.meta.ref,
                hits=(hit.ref,),
            )
            continue
        need = RequirementAtPlace(
            requirement("MEU_LIST", "744.21", rule.meta),
            ctx.case.destination,
            "party",
            maybe=words if fit is Fit.MAYBE else "",
            allowed=rule.exceptions,
            paragraphs=rule.paragraphs,
            policies=(rule.policy,),
            row=rule.meta.ref,
        )
        yield StepAnswer(
            f"{party.name} ({hit.listed_name}): {words}", ctx.need(need), row=(row or rule).meta.ref, hits=(hit.ref,)
        )


def _military_in_russia(ctx: DeterminationContext, party: PartyFacts, hit: ListedAs) -> StepAnswer:
    """744.21(a)(2): in Russia and Belarus every item needs a license for a military end user, and the list names one."""
    rule = ctx.rules.end_use_rule("744.21-a-2")
    need = RequirementAtPlace(
        requirement("MEU_LIST", "744.21", rule.meta),
        ctx.case.destination,
        "party",
        allowed=rule.exceptions,
        paragraphs=rule.paragraphs,
        policies=(rule.policy,),
        row=rule.meta.ref,
    )
    return StepAnswer(
        f"{party.name}: a military end user, and any item for Russia or Belarus",
        ctx.need(need),
        row=rule.meta.ref,
        hits=(hit.ref,),
    )


def blocked_persons(ctx: DeterminationContext) -> Iterable[StepAnswer]:
    """Is a party blocked by OFAC, and does its program also bring a BIS license requirement (744.8)?"""
    rule, ofac = ctx.rules.end_use_rule("744.8"), ctx.rules.end_use_rule("ofac-blocking")
    for party, hit in hits_of(ctx, BLOCKED_PERSONS):
        if hit.settled == "mitigated":
            yield StepAnswer(
                f"{party.name}: an authorization is on file, recorded by two people",
                "note",
                row=ofac.meta.ref,
                hits=(hit.ref,),
            )
            continue
        if party.role != "owner":
            ctx.stop(f"{party.name} is blocked by OFAC")
            yield StepAnswer(
                f"{party.name} ({hit.listed_name}): blocked; stop unless an OFAC authorization is on file",
                "stop",
                "31 CFR ch. V",
                ofac.meta.ref,
                (hit.ref,),
            )
        program = next((row for tag in hit.programs if (row := ctx.rules.lists.program(tag))), None)
        if program and party.role in BITING_ROLES:
            yield StepAnswer(
                f"{party.name}: program {program.program}",
                _sdn_requirement(ctx, party, rule),
                program.meta.citation,
                program.meta.ref,
                (hit.ref,),
            )


def _sdn_requirement(ctx: DeterminationContext, party: PartyFacts, rule: EndUseRow) -> str:
    """744.8(d): an Entity List entry of the same person sets exceptions and policy."""
    entry = next((hit for hit in party.hits if hit.list == ENTITY_LIST and hit.counts and hit.channel != "address"), None)
    terms = entry_terms(entry) if entry else None
    need = RequirementAtPlace(
        requirement(BLOCKED_REASON, "744.8", rule.meta),
        ctx.case.destination,
        "party",
        allowed=frozenset(terms.exceptions) if terms else frozenset(),
        paragraphs=terms.exceptions if terms else {},
        policies=(entry_policy(ctx, terms.policy) if terms and terms.policy else rule.policy,),
        row=rule.meta.ref,
    )
    return ctx.need(need)


def nonproliferation(ctx: DeterminationContext) -> Iterable[StepAnswer]:
    """Is a party under nonproliferation sanctions, or a foreign sanctions evader?"""
    blocking = [row for row in ctx.rules.lists.effects() if row.effect is Effect.BLOCKING]
    for row in sorted(blocking, key=lambda row: row.list != NONPROLIFERATION):
        for party, hit in hits_of(ctx, row.list):
            if not hit.settled:
                ctx.hold(f"{party.name} is on {row.list}")
                if row.list == NONPROLIFERATION and party.role in BITING_ROLES:
                    ctx.policies.append(ctx.rules.end_use_rule("744.19").policy)
            yield StepAnswer(f"{party.name} ({hit.listed_name}): {row.words}", "question", row=row.meta.ref, hits=(hit.ref,))


def other_lists(ctx: DeterminationContext) -> Iterable[StepAnswer]:
    """Is a party on another list, or on a list in a role that brings no requirement by itself?"""
    for party in with_owners(ctx.case.parties):
        for hit in party.hits:
            if hit.decision in (HitDecision.FALSE_POSITIVE, HitDecision.NOT_IN_SCOPE):
                yield StepAnswer(
                    f"{party.name}: {hit.listed_name} ({hit.list}) was decided {hit.decision.value}; no hit",
                    "note",
                    hits=(hit.ref,),
                )
    for party in ctx.case.parties:
        for hit in party.hits:
            if hit.bites(ctx.as_of):
                yield from _other(ctx, party, hit)


def _other(ctx: DeterminationContext, party: PartyFacts, hit: ListedAs) -> Iterator[StepAnswer]:
    row = ctx.rules.lists.effect(hit.list)
    if row is None:
        if hit.decision is None and not hit.settled:
            ctx.hold(f"{party.name}: list {hit.list} has no effect on file")
        yield StepAnswer(
            f"{party.name}: listed in {hit.list} ({hit.listed_name}); the list owner's rule decides", "question", hits=(hit.ref,)
        )
    elif row.effect in (Effect.WARNING, Effect.INFO):
        yield StepAnswer(f"{party.name}: {row.words}", "note", row.meta.citation, row.meta.ref, (hit.ref,))
    elif row.effect is not Effect.BLOCKING and hit.list not in ANSWERED:
        yield _by_effect(ctx, party, hit, row)
    elif party.role not in BITING_ROLES and (
        row.effect is Effect.BLOCKING or hit.list in HOLDING.get(party.role, HOLDING_ELSEWHERE)
    ):
        if not hit.settled:
            ctx.hold(f"{party.name} ({party.role.replace('_', ' ')}) is on {hit.list}: what does it do in the transaction?")
        yield StepAnswer(
            f"{party.name} as {party.role.replace('_', ' ')} is on {hit.list}: a reviewer must settle it",
            "question",
            row=row.meta.ref,
            hits=(hit.ref,),
        )
    elif party.role not in BITING_ROLES and row.effect in (Effect.REQUIREMENT, Effect.CONDITIONS):
        yield StepAnswer(
            f"{party.name} as {party.role.replace('_', ' ')} is on {hit.list}: a warning",
            "note",
            row=row.meta.ref,
            hits=(hit.ref,),
        )


def _by_effect(ctx: DeterminationContext, party: PartyFacts, hit: ListedAs, row: ListFacts) -> StepAnswer:
    """A list that stops, asks for a license or sets conditions, and that no step of its own answers: a stop is a stop, and what
    else it asks for a person must read. An owner's share decides whether a stop passes on, which nobody has worked out here."""
    said = f"{party.name} ({hit.listed_name}): {row.words}"
    if hit.settled:
        return StepAnswer(f"{said}; settled by two people", "note", row.meta.citation, row.meta.ref, (hit.ref,))
    if row.stops and party.role != "owner":
        ctx.stop(f"{party.name} is on {hit.list}: {row.words}")
        return StepAnswer(said, "stop", row.meta.citation, row.meta.ref, (hit.ref,))
    ctx.hold(f"{party.name} is on {hit.list}: {row.words}")
    return StepAnswer(said, "question", row.meta.citation, row.meta.ref, (hit.ref,))


F_STEPS: tuple[Step, ...] = (
    step("F1", "744.11(a)", entity_list),
    step("F2", "744.16(f)", entity_list_address),
    step("F3", "744.11(a)(2)", footnotes),
    step("F4", "744.11(a)(1)", affiliates),
    step("F5", "744.15", unverified_list),
    step("F6", "744.21", military_end_users),
    step("F7", "744.8", blocked_persons),
    step("F8", "744.19", nonproliferation),
    step("F9", "744", other_lists),
)
