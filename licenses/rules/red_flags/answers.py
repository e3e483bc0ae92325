"""Red flags from what is stated: the end use and its text, answers to questions, the questionnaire."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from licenses.rules.determination.entry_terms import entry_terms
from licenses.rules.red_flags.context import (
    BUYER_ROLES,
    CONSIGNEE_ROLES,
    USER_ROLES,
    RedFlagContext,
    equipment,
    on_ccl,
    same_party,
)
from licenses.rules.tables.list_facts import ENTITY_LIST, MILITARY_END_USERS
from licenses.rules.text.text_signals import (
    military_words,
    osat_words,
    technical_use_words,
    trading_words,
    use_family_words,
    vagueness,
)
from licenses.rules.types import RedFlag, Severity


def vague_flags(scene: RedFlagContext) -> Iterator[RedFlag]:
    """Does the end use say nothing, or would the buyer not say it (Supp. 3 to part 732, no. 1)?"""
    reason = vagueness(scene.application.end_use, scene.words) if scene.movement else ""
    if reason:
        yield from scene.flags.flag(
            "VAGUE_END_USE", f"The end use says nothing: {reason}.", facts=(f"end_use: {scene.application.end_use!r}",)
        )


def military_flags(scene: RedFlagContext) -> Iterator[RedFlag]:
    """Is the end use or an end user military (744.21, 744.22)? Blocking while the question `military` has no answer."""
    stated = _stated_military(scene)
    listed = tuple(
        f"{party.id}: {hit.listed_name} (list {hit.list}{', footnote 3' if hit.list == ENTITY_LIST else ''})"
        for party, hit in scene.hits(MILITARY_END_USERS, ENTITY_LIST)
        if party.role in BUYER_ROLES and (hit.list == MILITARY_END_USERS or "3" in entry_terms(hit).footnotes)
    )
    answers = scene.facts("military")
    facts = (*stated, *listed, *(() if all(answer is False for answer in answers) else _military_texts(scene)))
    if facts:
        answered = bool(stated) or all(answer is not None for answer in answers)
        yield from scene.flags.flag(
            "MILITARY_END_USE",
            "Something here is military." if answered else "The end use or an end user may be military.",
            facts=facts,
            severity=Severity.WARNING if answered else Severity.BLOCKING,
        )


def _stated_military(scene: RedFlagContext) -> tuple[str, ...]:
    keys = ("military", "military_intelligence")
    own = scene.application.item_answers
    return (
        *(f"{key}: true" for key in keys if scene.answer(key) is True),
        *(f"{item.id}.{key}: true" for item in scene.application.items for key in keys if own.get(item.id, {}).get(key) is True),
        *(f"{party.id}.{key}: true" for party in scene.parties for key in keys if scene.about(party).get(key) is True),
    )


def _military_texts(scene: RedFlagContext) -> tuple[str, ...]:
    """Military words in the end use and in the stated business, each text once."""
    texts = {scene.application.end_use: "end use"}
    for business in scene.stated_generally("business_of_end_user"):
        texts.setdefault(business, "business")
    for party in scene.buyers:
        texts.setdefault(str(scene.party_answer(party, "business_of_end_user") or ""), f"{party.id} business")
    spoken_by = ((name, military_words(text, scene.words)) for text, name in texts.items())
    return tuple(f"{name}: {', '.join(words)}" for name, words in spoken_by if words)


def osat_flags(scene: RedFlagContext) -> Iterator[RedFlag]:
    """Does an assembly and test house outside the partner countries receive the item for another purchaser (744.23)?"""
    words = osat_words(scene.application.end_use, scene.words)
    purchasers = scene.in_roles("purchaser")
    if not words or not purchasers:
        return
    for party in scene.in_roles(*CONSIGNEE_ROLES):
        stranger = not any(same_party(party, purchaser) for purchaser in purchasers)
        if stranger and party.country and party.country != "US" and not scene.rules.countries.partner(party.country):
            yield from scene.flags.flag(
                "OSAT_NOT_PURCHASER",
                f"{party.name or party.id} in {party.country} assembles or tests for another purchaser.",
                facts=(
                    f"end use: {', '.join(words)}",
                    f"{party.id}.country: {party.country}",
                    f"purchaser: {purchasers[0].name}",
                ),
                party=party.id,
            )


def mismatch_flags(scene: RedFlagContext) -> Iterator[RedFlag]:
    """Does the end use not fit the business of the buyer (Supp. 3 to part 732, no. 2)?"""
    if False in scene.stated("end_use_matches_business"):
        yield from scene.flags.flag(
            "END_USE_MISMATCH_BUSINESS",
            "The end use is stated not to fit the business of the end user.",
            facts=("end_use_matches_business: false",),
        )
        return
    facts = _trader_with_tools(scene) or _family_mismatch(scene)
    if facts:
        yield from scene.flags.flag("END_USE_MISMATCH_BUSINESS", "The end use does not fit the item or its user.", facts=facts)


def _trader_with_tools(scene: RedFlagContext) -> tuple[str, ...]:
    """A trading company as user of test, inspection or production equipment for a technical use."""
    use = technical_use_words(scene.application.end_use, scene.words)
    tools = [item for item in scene.application.items if equipment(item.eccn)]
    if not (use and tools):
        return ()
    return tuple(
        f"{party.id}.name: {party.name} ({', '.join(words)}); end use: {', '.join(use)}; {tools[0].id}: {tools[0].eccn}"
        for party in scene.in_roles(*USER_ROLES)
        if (words := trading_words(party.name, scene.words))
    )


def _family_mismatch(scene: RedFlagContext) -> tuple[str, ...]:
    """An HS heading beside a use it does not fit, by the curated table HS_USE_MISMATCH."""
    facts = []
    for item in scene.application.items:
        for heading, families in scene.flags.families("HS_USE_MISMATCH").items():
            if item.hs6 and item.hs6.startswith(heading):
                words = [word for family in families for word in use_family_words(scene.application.end_use, family, scene.words)]
                facts += [f"{item.id}.hs6: {item.hs6}; end use: {', '.join(words)}"] if words else []
    return tuple(facts)


def deemed_flags(scene: RedFlagContext) -> Iterator[RedFlag]:
    """What a release of technology or source code to a foreign person always raises (734.13)."""
    if not scene.deemed:
        return
    application = scene.application
    yield from scene.flags.flag(
        "DEEMED_EXPORT", "Technology or source code is released to a foreign person.", facts=(f"type: {application.type}",)
    )
    worrying = {scene.destination: "destination"}
    for party in scene.parties:
        worrying.update({country: f"{party.id}.citizenships" for country in party.citizenships if country not in worrying})
    for country, source in worrying.items():
        groups = [group for group in ("D5", "D1", "E1", "E2") if scene.rules.countries.in_group(country, group)]
        if groups:
            yield from scene.flags.flag(
                f"CITIZENSHIP_{country}",
                f"The person's country {country} is in Country Group {', '.join(f'{group[0]}:{group[1]}' for group in groups)}.",
                facts=(f"{source}: {country}",),
            )
    yield from _status_flags(scene)
    yield from _affiliation_flags(scene)


def _silent_people(scene: RedFlagContext, *keys: str) -> tuple[str, ...] | None:
    """The persons of a release about whom none of the questions is answered; None when all are answered for. Without a person,
    and for a single one, the answer stands for the application: ()."""
    if any(scene.stated_generally(key) for key in keys):
        return None
    people = scene.in_roles("foreign_person") or scene.in_roles("end_user")
    silent = [person for person in people if all(scene.about(person).get(key) is None for key in keys)]
    if people and not silent:
        return None
    return tuple(f"{person.id}: {person.name}" for person in silent) if len(people) > 1 else ()


def _status_flags(scene: RedFlagContext) -> Iterator[RedFlag]:
    silent = _silent_people(scene, "permanent_resident", "protected_person")
    if silent is not None:
        yield from scene.flags.flag(
            "STATUS_NOT_RECORDED",
            "Neither permanent residence nor protected status of the person is recorded; either may free the release.",
            facts=("permanent_resident: absent", "protected_person: absent", *silent),
        )


def _affiliation_flags(scene: RedFlagContext) -> Iterator[RedFlag]:
    key = "foreign_affiliation_undisclosed"
    silent = _silent_people(scene, key)
    if scene.answered_yes(key):
        yield from scene.flags.flag(
            "UNDISCLOSED_FOREIGN_AFFILIATION",
            "The person has not disclosed a foreign employer, government or talent program.",
            facts=(f"{key}: true",),
        )
    elif silent is not None and any(on_ccl(item.eccn) for item in scene.application.items):
        yield from scene.flags.flag(
            "UNDISCLOSED_FOREIGN_AFFILIATION",
            "Nobody has asked the person for foreign affiliations, and the item is on the Commerce Control List.",
            facts=(f"{key}: absent", *silent),
            severity=Severity.WARNING,
        )


def stated_flags(scene: RedFlagContext) -> Iterator[RedFlag]:
    """Answers that are a red flag by themselves: a party left out of the papers, a reference taken out of them."""
    for key, code, why in (
        (
            "buyer_asked_to_omit_or_change_party",
            "BUYER_ASKED_TO_OMIT_PARTY",
            "The buyer asked to leave out or change a party in the papers.",
        ),
        (
            "document_references_removed",
            "RUSSIA_REFERENCE_REMOVED_FROM_DOCS",
            "Somebody asked to remove a reference from the papers.",
        ),
    ):
        if scene.answered_yes(key):
            yield from scene.flags.flag(code, why, facts=(f"{key}: true",))


def questionnaire_flags(scene: RedFlagContext) -> Iterator[RedFlag]:
    """Items of the questionnaire answered yes (the rest of Supp. 3 to part 732, of part 743 and of the guidance). Cash for an
    expensive item and declined installation are asked as answers of their own."""
    yes = [code for part in scene.stated("rf") for code, flag in part.items() if flag is True]
    facts = {code: f"rf.{code}: true" for code in yes}
    total, cash = scene.value(*scene.application.items), scene.flags.number("CASH_USD")
    if "cash" in scene.stated("payment_method") and total > cash:
        facts.setdefault("RF_S3_5", f"payment_method: cash; value: USD {total:,.0f} (limit USD {Decimal(cash):,.0f})")
    if scene.answered_yes("installation_declined"):
        facts.setdefault("RF_S3_7", "installation_declined: true")
    for code, fact in facts.items():
        row = scene.flags.rows.get(code)
        if row is None:
            yield RedFlag(
                code=code,
                severity=Severity.WARNING,
                why="An item answered yes that is not in the questionnaire in force on this date.",
                facts=(fact,),
                citation="Supp. 3 to part 732",
                settle="Look the item up in the questionnaire it came from, or answer the present one.",
                verified="unverified",
            )
        else:
            yield from scene.flags.flag(code, f"{row.label}.", facts=(fact,))
