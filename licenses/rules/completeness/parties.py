"""What is still missing about the parties: who must be named, where they sit, which of them the form does not take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from licenses.rules.red_flags.context import USER_ROLES, RedFlagContext
from licenses.rules.red_flags.parties import intermediary
from licenses.rules.tables.form_definitions import CompletenessMessage, FormRules
from licenses.rules.tables.list_facts import DENIED_PERSONS
from licenses.rules.text.text_signals import post_box
from licenses.rules.types import PartyFacts, TransactionType

FORM_ROLES = (
    "applicant",
    "other_party",
    "purchaser",
    "intermediate_consignee",
    "ultimate_consignee",
    "end_user",
    "original_ultimate_consignee",
)
"""Roles with a block of their own (14 to 20); each is a section of the form."""
ABROAD = ("purchaser", "intermediate_consignee", "ultimate_consignee", "end_user")
SECTION_OF = {role: role for role in FORM_ROLES} | {"foreign_person": "end_user"}


def party_messages(scene: RedFlagContext, rules: FormRules) -> Iterator[CompletenessMessage]:
    """Roles that must be filled, and each party's own fields."""
    yield from _applicant(scene, rules)
    if scene.movement:
        yield from _roles(scene, rules)
    for party in scene.application.parties:
        if party.role in SECTION_OF:
            yield from _fields(scene, rules, party)


def _applicant(scene: RedFlagContext, rules: FormRules) -> Iterator[CompletenessMessage]:
    applicants = scene.in_roles("applicant")
    if not applicants:
        yield from rules.say("applicant")
    for party in applicants:
        if scene.application.transaction is TransactionType.EXPORT and party.country not in ("", "US"):
            yield from rules.say("V1", name=called(party), country=party.country)
        if any(hit.list == DENIED_PERSONS and hit.stands for hit in party.hits):
            yield from rules.say("V22", name=called(party))


def _roles(scene: RedFlagContext, rules: FormRules) -> Iterator[CompletenessMessage]:
    consignees = scene.in_roles("ultimate_consignee")
    if not consignees:
        yield from rules.say("V2_none")
    elif len(consignees) > 1:
        yield from rules.say("V2_many", count=len(consignees))
    if scene.deemed:
        if not scene.in_roles("foreign_person", "end_user"):
            yield from rules.say("end_user_deemed")
        for person in scene.in_roles("foreign_person", "end_user"):
            if not person.citizenships:
                yield from rules.say("citizenships", name=called(person))
        return
    if not scene.in_roles("purchaser"):
        yield from rules.say("purchaser")
    form = scene.application.form
    if scene.whole_form and not scene.in_roles("intermediate_consignee") and form.get("no_intermediate_consignee") is not True:
        yield from rules.say("intermediate")
    yield from _original(scene, rules)


def _original(scene: RedFlagContext, rules: FormRules) -> Iterator[CompletenessMessage]:
    """Block 20 of a reexport or a transfer; a transfer stays in one country."""
    if scene.application.transaction not in (TransactionType.REEXPORT, TransactionType.IN_COUNTRY_TRANSFER):
        return
    originals = scene.in_roles("original_ultimate_consignee")
    if not originals:
        yield from rules.say("V14")
    if scene.application.transaction is TransactionType.IN_COUNTRY_TRANSFER:
        for original in originals:
            for consignee in scene.in_roles("ultimate_consignee"):
                if original.country and consignee.country and original.country != consignee.country:
                    yield from rules.say("V15", country=consignee.country, other=original.country)


def _fields(scene: RedFlagContext, rules: FormRules, party: PartyFacts) -> Iterator[CompletenessMessage]:
    section, role = SECTION_OF[party.role], party.role.replace("_", " ")
    if not party.name.strip():
        yield from rules.say("name", section=section, role=role)
    if not party.country:
        yield from rules.say("V5_country", section=section, name=called(party))
    elif party.country == "US" and party.role in ABROAD and not scene.deemed and scene.movement:
        key = "V5_us_purchaser" if party.role == "purchaser" else "V5_us"
        yield from rules.say(key, section=section, name=called(party), role=role)
    if any(post_box(address, scene.words) for address in party.addresses):
        yield from rules.say("V4", section=section, name=called(party))
    if party.role in USER_ROLES and intermediary(scene, party):
        yield from rules.say("V3", section=section, name=called(party), role=role)
    entered = entered_fields(scene, party)
    if party.role == "applicant" and entered:
        yield from _applicant_fields(scene, rules, entered)
    elif not (party.addresses or entered.get("street")):
        yield from rules.say("address", section=section, name=called(party))
    if entered and entered.get("confirmed") is not True:
        yield from rules.say("address_unconfirmed", name=called(party))


def _applicant_fields(scene: RedFlagContext, rules: FormRules, entered: Mapping[str, Any]) -> Iterator[CompletenessMessage]:
    for field in rules.fields:
        if field.section == "applicant" and is_required(scene, field.required_for) and not filled(entered.get(field.field)):
            yield rules.ask(field)


def entered_fields(scene: RedFlagContext, party: PartyFacts) -> Mapping[str, Any]:
    """The party's address in parts (form.parties.<id>: street, city, state, postal_code, ein, confirmed)."""
    parts: Mapping[str, Mapping[str, Any]] = scene.application.form.get("parties") or {}
    return parts.get(party.id) or {}


def is_required(scene: RedFlagContext, required_for: str) -> bool:
    """Is a field required for this application type, or for the movement behind it?"""
    types = required_for.split()
    return scene.application.type in types or (
        scene.application.transaction is not None and scene.application.transaction.value in types
    )


def filled(value: object) -> bool:
    """Has a form field an answer? Blank text, an empty list and an unticked box have none."""
    return bool(value.strip()) if isinstance(value, str) else bool(value)


def called(party: PartyFacts) -> str:
    """Name of a party in a message, its role where it has no name yet."""
    return party.name.strip() or f"the {party.role.replace('_', ' ')}"
