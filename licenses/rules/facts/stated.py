"""What the exporter stated about one thing, wherever it stands: for the application, for one item, about one party.

An item's own answer wins over the application's (docs/contract.md). An answer about one party (`answers.parties.<id>`,
intake.md 1.3) never frees the others: it counts for the whole transaction where it makes things graver, and where every
party it could be about says the same. Parties that contradict each other leave the fact unknown, so that it is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from licenses.rules.facts.catalog import FACTS, FactKind, facts_among
from licenses.rules.owners import with_owners
from licenses.rules.types import BITING_ROLES, ApplicationFacts, FactValue, ItemFacts, PartyFacts

GRAVE_IF_TRUE = frozenset(
    (
        "military", "military_intelligence", "nuclear", "missile", "chemical_biological", "supercomputer", "advanced_ic",
        "ic_fabrication", "sme_production", "oil_gas_russia", "chemical_plant", "maritime_nuclear_propulsion",
        "foreign_vessel_or_aircraft", "us_person_support", "government_end_user", "luxury_goods", "encryption_source_code",
        "item_in_us", "direct_product_of_us_technology", "contains_integrated_circuit", "part_for_listed_item",
        "named_in_supplement_6", "listed_ear99_software", "known_violation", "license_breach",
    )
)  # fmt: skip
"""Yes-or-no facts whose yes can only add a requirement or a stop; the yes of every other frees."""
PERSON_FACTS = frozenset(("permanent_resident", "protected_person"))
"""Facts about the person a release is made to; no consignee can answer them."""
PRINCIPAL_ROLES = ("end_user", "ultimate_consignee", "purchaser", "intermediate_consignee")
"""Whom answers "about the buyer" speak of: the first of these roles that is filled."""
NO_REGION = "none"


def answers_about(application: ApplicationFacts, party: PartyFacts) -> Mapping[str, Any]:
    """The answers about one party only."""
    return {**application.answers.get("parties", {}).get(party.id, {}), **party.facts}


def stated(application: ApplicationFacts, key: str) -> tuple[Any, ...]:
    """Every answer to one question that is not unknown or blank: the application's, then each item's, then each party's."""
    about = (answers_about(application, party).get(key) for party in with_owners(application.parties))
    return (*stated_generally(application, key), *_known(about))


def stated_generally(application: ApplicationFacts, key: str) -> tuple[Any, ...]:
    """The answers that are about no party in particular."""
    own = (application.item_answers.get(item.id, {}).get(key) for item in application.items)
    return _known((application.answers.get(key), *own))


def _known(answers: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(value for value in answers if value is not None and value != "")


def case_facts(application: ApplicationFacts, item: ItemFacts | None = None) -> dict[str, FactValue]:
    """The facts that `determine` reads for an item: its own before the application's, then what is stated about parties."""
    own = application.item_answers.get(item.id, {}) if item else {}
    facts = facts_among({**application.answers, **own})
    about = {party.id: facts_among(answers_about(application, party)) for party in with_owners(application.parties)}
    for key in dict.fromkeys(key for answers in about.values() for key in answers if key != "text"):
        values = [answers[key] for answers in about.values() if key in answers]
        speakers = [about[party.id].get(key) for party in _speakers(application, key)]
        value = _together(key, facts.get(key), values, speakers)
        if value is None:
            facts.pop(key, None)
        else:
            facts[key] = value
    return facts


def _speakers(application: ApplicationFacts, key: str) -> tuple[PartyFacts, ...]:
    """The parties that must all say the same before it holds for the transaction: every one that an end use is of; the person
    of a release; for a value, such as the headquarters, the end users, else the next role of PRINCIPAL_ROLES that is filled."""
    fact = FACTS.get(key)
    if fact is not None and fact.kind is FactKind.BOOL and key not in PERSON_FACTS:
        return _in_roles(application, *BITING_ROLES)
    roles = ("foreign_person", "end_user") if key in PERSON_FACTS else ("foreign_person", *PRINCIPAL_ROLES)
    return next((speakers for role in roles if (speakers := _in_roles(application, role))), ())


def _in_roles(application: ApplicationFacts, *roles: str) -> tuple[PartyFacts, ...]:
    return tuple(party for party in application.parties if party.role in roles)


def _together(key: str, general: FactValue | None, values: list[FactValue], speakers: list[FactValue | None]) -> FactValue | None:
    """One value of what the application (`mine`) and its parties (`values`) say; None = unknown."""
    fact = FACTS.get(key)
    if fact is not None and fact.kind is FactKind.ISO_LIST:
        lists = [*([general] if general is not None else []), *values]
        return tuple(dict.fromkeys(code for codes in lists if isinstance(codes, tuple) for code in codes))
    if fact is not None and fact.kind is FactKind.BOOL and (grave := key in GRAVE_IF_TRUE) in values:
        return grave
    if key == "destination_region" and (regions := {general, *values} - {NO_REGION, None}):
        return next(iter(regions)) if len(regions) == 1 else None
    if general is not None:
        return general if all(value == general for value in values) else None
    agreed = bool(speakers) and all(value == values[0] for value in (*values, *speakers))
    return values[0] if agreed else None
