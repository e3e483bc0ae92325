"""Red flags from hits on control lists: which list, in which role, on which name, at which address (intake.md 2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from licenses.rules.determination.listings import is_address_entry
from licenses.rules.determination.steps.f_owners import OWNER_RULES, holding, ofac_listed
from licenses.rules.facts.stated import case_facts
from licenses.rules.red_flags.context import BUYER_ROLES, RedFlagContext
from licenses.rules.tables.list_facts import (
    BLOCKED_PERSONS,
    CORRESPONDENT_ACCOUNTS,
    DENIED_PERSONS,
    ENTITY_LIST,
    MILITARY_END_USERS,
    UNVERIFIED_LIST,
    Effect,
)
from licenses.rules.types import BITING_ROLES, ListedAs, PartyFacts, RedFlag, Severity
from licenses.rules.word_forms import tokens

STATEMENT_KINDS = frozenset(("UVL_STATEMENT", "UVL_STATEMENT_744_15"))
"""Kinds of attachment that hold the statement of 744.15(b)."""


def flag_code(list_code: str) -> str:
    """Code of the red flag that a hit on a list raises (red_flag_rules.csv)."""
    return f"LIST_{list_code}"


def list_flags(scene: RedFlagContext) -> Iterator[RedFlag]:
    """Does a party answer to an entry of a control list, and what does that list do to a party in this role?"""
    for party, hit in scene.hits():
        by_address = hit.list == ENTITY_LIST and hit.channel == "address" and is_address_entry(hit)
        code = "ADDRESS_ONLY_EL" if by_address else flag_code(hit.list)
        severity, effect = list_effect(scene, party, hit)
        how = "match" if hit.counts else "possible match"
        where = {"address": " by its address", "identifier": " by an identifier"}.get(hit.channel, "")
        yield from scene.flags.flag(
            code,
            f"{_called(party)} is a {how}{where} with {hit.listed_name!r} on list {hit.list}: {effect}.",
            facts=_evidence(party, hit),
            severity=severity,
            party=party.id,
            hit=hit.ref,
            settled_with_hit=True,
        )


def list_effect(scene: RedFlagContext, party: PartyFacts, hit: ListedAs) -> tuple[Severity, str]:
    """How grave is this hit in this role, and why (lists of intake.md 2)? Blocking when its effect is a requirement, a
    stop, or not decided; a warning when the entry does not reach the item or the role, or the list asks for nothing."""
    if hit.settled:
        return Severity.INFO, "a reviewer settled the concern"
    if hit.undecided:
        return _undecided_effect(scene, party, hit)
    if not scene.bites(hit):
        return Severity.WARNING, f"the entry is not in force on {scene.as_of.isoformat()}"
    facts = scene.rules.lists.effect(hit.list)
    if facts is not None and facts.stops and party.role != "owner":
        return Severity.BLOCKING, "a stop in any role"
    if party.role in ("other", ""):
        return Severity.BLOCKING, "a listed party without a role in the transaction must be settled first"
    if party.role == "other_party":
        return Severity.BLOCKING, "who acts for the applicant must be settled first"
    if party.role == "owner":
        return _owner_effect(scene, party, hit)
    if hit.list in BY_ROLE_AND_ITEM:
        return BY_ROLE_AND_ITEM[hit.list](scene, party)
    if hit.list == CORRESPONDENT_ACCOUNTS and party.role == "bank":
        return Severity.WARNING, "the payment route is restricted"
    if facts is not None and facts.effect is Effect.BLOCKING and party.role == "manufacturer":
        return Severity.WARNING, "a maker is no party of the transaction"
    return _own_effect(scene, hit)


def _undecided_effect(scene: RedFlagContext, party: PartyFacts, hit: ListedAs) -> tuple[Severity, str]:
    """Of a possible match nobody has decided about: what the list does whatever the items are, else it is not known yet.
    The outcome waits for the decision in either case (conclusion.party_floors)."""
    words = "nobody has decided yet whether it is the listed party"
    facts = scene.rules.lists.effect(hit.list)
    if (facts is not None and facts.reaches) or party.role in (
        "",
        "other",
        "other_party",
        "owner",
        "original_ultimate_consignee",
    ):
        return Severity.BLOCKING, words
    by_itself = facts is not None and facts.effect is Effect.CONDITIONS
    severity, effect = (Severity.WARNING, "no license requirement by itself") if by_itself else _own_effect(scene, hit)
    return (Severity.WARNING if severity is Severity.INFO else severity), f"{words}; if it is, {effect}"


def _entity_list_effect(scene: RedFlagContext, party: PartyFacts) -> tuple[Severity, str]:
    if party.role == "manufacturer":
        return Severity.WARNING, "a maker is no party of the transaction"
    if party.role not in BITING_ROLES:
        return Severity.BLOCKING, "ask whether it takes possession of the items"
    if _reached(scene, "ENTITY_LIST", "F1", "F2", "F3"):
        return Severity.BLOCKING, "the entry asks for a license"
    return Severity.WARNING, "the entry's scope does not include the items as described"


def _meu_effect(scene: RedFlagContext, party: PartyFacts) -> tuple[Severity, str]:
    if party.role == "original_ultimate_consignee":
        return Severity.BLOCKING, "the item was first sent to a military end user"
    if party.role not in (*BITING_ROLES, "applicant"):
        return Severity.WARNING, "not a role in which the list asks for a license"
    if party.role == "applicant" or _reached(scene, "MEU_LIST", "F6"):
        return Severity.BLOCKING, "items of Supp. 2 to part 744 need a license"
    return Severity.WARNING, "the items are not in Supp. 2 to part 744"


def _unverified_effect(_scene: RedFlagContext, party: PartyFacts) -> tuple[Severity, str]:
    if party.role == "original_ultimate_consignee":
        return Severity.BLOCKING, "the item was first sent to an unverified party"
    return Severity.WARNING, "no license requirement by itself; no exceptions"


BY_ROLE_AND_ITEM: Mapping[str, Callable[[RedFlagContext, PartyFacts], tuple[Severity, str]]] = {
    ENTITY_LIST: _entity_list_effect,
    MILITARY_END_USERS: _meu_effect,
    UNVERIFIED_LIST: _unverified_effect,
}
"""Lists whose hit weighs by role, and by what the determination found about the items."""


def _owner_effect(scene: RedFlagContext, party: PartyFacts, hit: ListedAs) -> tuple[Severity, str]:
    if hit.list == DENIED_PERSONS:
        return Severity.BLOCKING, "a denial order may name related persons"
    owned = [(one, share.share_percent) for one in scene.parties for share in one.owners if share.id == party.id]
    shares = [share for _, share in owned] or [party.share_percent]
    if None in shares and hit.list in OWNER_RULES:
        return Severity.BLOCKING, "the share of a listed owner is not known (Red Flag 29)"
    if hit.list == BLOCKED_PERSONS:
        whole = not owned or any(holding(one, ofac_listed(scene.as_of)).majority for one, _ in owned)
        return (
            (Severity.BLOCKING, "blocked owners hold half or more")
            if whole
            else (Severity.WARNING, "blocked owners hold less than half")
        )
    if hit.list in (ENTITY_LIST, MILITARY_END_USERS):
        if _reached(scene, "AFFILIATE", "F4"):
            return Severity.BLOCKING, "the owner's requirement passes to the party it owns"
        return Severity.WARNING, "no requirement passes from this owner: share below half, or the rule is stayed"
    return _own_effect(scene, hit)


def _own_effect(scene: RedFlagContext, hit: ListedAs) -> tuple[Severity, str]:
    """What the list does in any role; a custom list what was chosen when it was set up."""
    own, facts = scene.flags.rows.get(flag_code(hit.list)), scene.rules.lists.effect(hit.list)
    if facts is None:
        return scene.list_effects.get(hit.list, Severity.WARNING), "read what the owner of the list says"
    return own.severity if own else facts.severity, facts.words


def _reached(scene: RedFlagContext, reason: str, *steps: str) -> bool:
    """Did the determination of any item find, or leave open, a requirement of this reason? Without items nothing is
    known, so it may. An entry that reaches one item blocks for all parties: the outcome is that grave already."""
    if not scene.determinations:
        return True
    return any(
        any(requirement.reason == reason for requirement in found.requirements)
        or any(step.step in steps and step.effect in ("requirement", "maybe", "question", "stop") for step in found.steps)
        for found in scene.determinations.values()
    )


def alias_flags(scene: RedFlagContext) -> Iterator[RedFlag]:
    """Did the hit come through another name than the entry's own (Supp. 3 to part 732)?"""
    for party, hit in scene.hits():
        if hit.channel == "name" and hit.matched_name and tokens(hit.matched_name) != tokens(hit.listed_name):
            quality = "" if hit.alias_quality == "unknown" else f" ({hit.alias_quality} alias)"
            yield from scene.flags.flag(
                "ALIAS_MATCH",
                f"{_called(party)} answers to {hit.matched_name!r}, another name{quality} of {hit.listed_name!r}.",
                facts=_evidence(party, hit),
                party=party.id,
                hit=hit.ref,
            )


def denied_applicant_flags(scene: RedFlagContext) -> Iterator[RedFlag]:
    """Is the applicant itself under a denial order (748.4(c))?"""
    for party, hit in scene.hits(DENIED_PERSONS):
        if party.role == "applicant" and (scene.bites(hit) or hit.undecided):
            yield from scene.flags.flag(
                "APPLICANT_DENIED",
                f"The applicant {party.name or party.id} answers to the denied person {hit.listed_name!r}, who may not apply.",
                facts=_evidence(party, hit),
                severity=Severity.INFO if hit.settled else None,
                party=party.id,
                hit=hit.ref,
                settled_with_hit=True,
            )


def same_building_flags(scene: RedFlagContext) -> Iterator[RedFlag]:
    """Does a party sit in the same building as a listed address, on another floor or unit?"""
    for party in scene.parties:
        if "ADDRESS_SAME_BUILDING" in party.advisories:
            yield from scene.flags.flag(
                "ADDRESS_SAME_BUILDING",
                f"{_called(party)} has an address in the same building as a listed address, at another floor or unit.",
                facts=tuple(f"{party.id}.address: {address}" for address in party.addresses),
                party=party.id,
            )


def vessel_flags(scene: RedFlagContext) -> Iterator[RedFlag]:
    """Does a vessel answer to a listed vessel, by IMO number (the same ship) or by name (ask for the number)?"""
    for party, hit in scene.hits():
        if party.role == "vessel":
            by_number = hit.channel == "identifier"
            yield from scene.flags.flag(
                "VESSEL_MATCH",
                f"The vessel {party.name or party.id} answers to {hit.listed_name!r} on list {hit.list} "
                + ("by its number." if by_number else "by name; its IMO number would settle it."),
                facts=_evidence(party, hit),
                severity=Severity.INFO if hit.settled else None,
                party=party.id,
                hit=hit.ref,
                settled_with_hit=True,
            )


def statement_flags(scene: RedFlagContext) -> Iterator[RedFlag]:
    """Is a party of the Unverified List in the transaction without its statement (744.15(b))?"""
    for party, hit in scene.hits(UNVERIFIED_LIST):
        if party.role in BUYER_ROLES and not scene.attached(party) & STATEMENT_KINDS:
            yield from scene.flags.flag(
                "UVL_STATEMENT_REQUIRED",
                f"{_called(party)} is on the Unverified List: hold its statement before shipping without a license.",
                facts=(*_evidence(party, hit), "no UVL_STATEMENT among the attachments"),
                party=party.id,
                hit=hit.ref,
            )


def no_exception_flags(scene: RedFlagContext) -> Iterator[RedFlag]:
    """Does a listed party, or a filter of 740.2, leave no license exception?"""
    for party, hit in barring_hits(scene):
        yield from scene.flags.flag(
            "NO_LICENCE_EXCEPTION",
            f"{_called(party)} is on list {hit.list}: no license exception may be used.",
            facts=_evidence(party, hit),
            party=party.id,
            hit=hit.ref,
        )
    for item in scene.application.items:
        claimed = case_facts(scene.application, item).get("exception_claimed")
        found = scene.determinations.get(item.id)
        for exception in found.exceptions if found and claimed else ():
            if exception.code in (claimed, "*") and exception.status == "unavailable":
                yield from scene.flags.flag(
                    "NO_LICENCE_EXCEPTION",
                    f"License Exception {claimed} is claimed for item {item.id}, but is not available: {exception.why}",
                    facts=(f"exception_claimed: {claimed}", f"{exception.citation}"),
                    item=item.id,
                )


def barring_hits(scene: RedFlagContext) -> Iterator[tuple[PartyFacts, ListedAs]]:
    """Hits that leave no license exception: a denial order in any role (740.2(a)(2)), the other lists in the roles where they
    bite."""
    barring = [facts.list for facts in scene.rules.lists.effects() if facts.bars_exceptions]
    for party, hit in scene.hits(DENIED_PERSONS, *barring):
        if scene.bites(hit) and (hit.list == DENIED_PERSONS or party.role in BITING_ROLES):
            yield party, hit


def _role(party: PartyFacts) -> str:
    return party.role.replace("_", " ") or "party"


def _called(party: PartyFacts) -> str:
    name = party.name or party.id
    return f"{name} ({_role(party)})" if party.role else name


def _evidence(party: PartyFacts, hit: ListedAs) -> tuple[str, ...]:
    """The facts behind a list flag, one line each, for people."""
    lines = [
        f"{party.id}.name: {party.name}",
        f"list {hit.list}" + (f", entry {hit.entry}" if hit.entry else ""),
        f"listed as: {hit.listed_name}",
    ]
    if hit.matched_name and hit.matched_name != hit.listed_name:
        lines.append(f"matched: {hit.matched_name}")
    lines.append(f"{hit.channel}, {hit.band}, score {hit.score:g}")
    if hit.decision is not None:
        lines.append(f"decided: {hit.decision.value}")
    if hit.settled:
        lines.append(f"settled: {hit.settled}")
    return tuple(lines)
