"""Red flags from who the parties are: forwarders, banks and trading companies, addresses, owners, young companies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from licenses.rules.determination.steps.f_owners import bis_listed, holding
from licenses.rules.red_flags.context import (
    USER_ROLES,
    RedFlagContext,
    anti_terrorism_series,
    equipment,
    on_ccl,
    same_party,
    stated_date,
)
from licenses.rules.text.text_signals import (
    bank_words,
    forwarder_words,
    military_words,
    post_box,
    says_none,
    service_address,
    trading_words,
)
from licenses.rules.types import PartyFacts, RedFlag, Severity
from licenses.rules.word_forms import tokens


def intermediary(scene: RedFlagContext, party: PartyFacts) -> tuple[str, ...]:
    """What shows that a party is a forwarder or a bank: words of its name, or the same name in such a role."""
    words = forwarder_words(party.name, scene.words) + bank_words(party.name, scene.words)
    facts = [f"{party.id}.name: {party.name} ({', '.join(words)})"] if words else []
    facts += [
        f"{other.id} of the same name is {other.role.replace('_', ' ')}"
        for other in scene.in_roles("freight_forwarder", "bank")
        if other.id != party.id and same_party(other, party)
    ]
    return tuple(facts)


def forwarder_flags(scene: RedFlagContext) -> Iterator[RedFlag]:
    """Is a freight forwarder or a bank entered as ultimate consignee or end user (748.5(e), (f))?"""
    for party in scene.in_roles(*USER_ROLES):
        facts = intermediary(scene, party)
        if facts:
            yield from scene.flags.flag(
                "FORWARDER_AS_ULTIMATE_CONSIGNEE",
                f"{party.name or party.id} looks like a forwarder or bank, which is no {party.role.replace('_', ' ')}.",
                facts=facts,
                party=party.id,
            )


def end_user_missing_flags(scene: RedFlagContext) -> Iterator[RedFlag]:
    """Is a forwarder, bank or trading company the ultimate consignee, with no end user named (748.5(f))?"""
    if scene.end_users():
        return
    for party in scene.in_roles("ultimate_consignee"):
        facts, severity = intermediary(scene, party), Severity.BLOCKING
        if not facts:
            words = trading_words(party.name, scene.words)
            facts, severity = ((f"{party.id}.name: {party.name} ({', '.join(words)})",) if words else ()), Severity.WARNING
        if facts:
            yield from scene.flags.flag(
                "END_USER_MISSING",
                f"{party.name or party.id} hands the item on, and no end user is named.",
                facts=(*facts, "no end_user party"),
                severity=severity,
                party=party.id,
            )


def trading_flags(scene: RedFlagContext) -> Iterator[RedFlag]:
    """Does a trading company buy or receive a priority item, a controlled item or production equipment outside the
    partner countries (Supp. 3 to part 732, no. 2 and 21)?"""
    if scene.to_partner or not scene.movement:
        return
    worrying = [
        item
        for item in scene.application.items
        if scene.priority(item) or equipment(item.eccn) or (on_ccl(item.eccn) and not anti_terrorism_series(item.eccn))
    ]
    if not worrying:
        return
    for party in scene.in_roles("purchaser", *USER_ROLES):
        words = trading_words(party.name, scene.words)
        if words:
            buys = party.role == "purchaser"
            yield from scene.flags.flag(
                "TRADING_COMPANY_AS_PURCHASER" if buys else "TRADING_COMPANY_AS_END_USER",
                f"By its name {party.name} is a trading company; it is the {party.role.replace('_', ' ')}.",
                facts=(
                    f"{party.id}.name: {party.name} ({', '.join(words)})",
                    *(f"{item.id}: {item.eccn} {item.hs6}".strip() for item in worrying),
                ),
                party=party.id,
            )


def defense_customer_flags(scene: RedFlagContext) -> Iterator[RedFlag]:
    """Does a buyer serve defense customers, by its answer or by its stated business?"""
    if scene.answered_yes_generally("defense_customer"):
        yield from scene.flags.flag(
            "DEFENCE_CUSTOMER", "A buyer is stated to serve defense customers.", facts=("defense_customer: true",)
        )
    for party in scene.parties:
        own = scene.about(party).get("defense_customer") is True
        business = str(scene.party_answer(party, "business_of_end_user") or "") if party in scene.buyers else ""
        words = military_words(business, scene.words)
        if own or words:
            fact = f"{party.id}.defense_customer: true" if own else f"{party.id} business: {business} ({', '.join(words)})"
            yield from scene.flags.flag(
                "DEFENCE_CUSTOMER", f"{party.name or party.id} serves defense customers.", facts=(fact,), party=party.id
            )


def post_box_flags(scene: RedFlagContext) -> Iterator[RedFlag]:
    """Is the address of a buyer or consignee a post office box or a military post box?"""
    for party in scene.buyers:
        boxes = [address for address in party.addresses if post_box(address, scene.words)]
        if boxes:
            yield from scene.flags.flag(
                "PO_BOX_ADDRESS",
                f"{party.name or party.id} is given with a post office box.",
                facts=tuple(f"{party.id}.address: {address}" for address in boxes),
                party=party.id,
            )


def new_company_flags(scene: RedFlagContext) -> Iterator[RedFlag]:
    """Does a company founded after the invasion of 2022, outside the partner countries, buy a priority item?"""
    if not any(scene.priority(item) for item in scene.application.items):
        return
    start = scene.flags.date("NEW_COMPANY_DATE")
    for party in scene.buyers:
        founded = stated_date(scene.party_answer(party, "incorporated_on"))
        country = party.country or scene.destination
        if founded and founded > start and country != "US" and not scene.rules.countries.partner(country):
            yield from scene.flags.flag(
                "NEW_COMPANY_AFTER_2022_02_24",
                f"{party.name or party.id} was founded on {founded} and buys a priority item.",
                facts=(f"{party.id}.incorporated_on: {founded}", f"{party.id}.country: {country}"),
                party=party.id,
            )


def shell_flags(scene: RedFlagContext) -> Iterator[RedFlag]:
    """Are there several signs of a shell company at one buyer (Supp. 3 to part 732, no. 4)? A blank answer is no sign."""
    for party in scene.buyers:
        signs = _shell_signs(scene, party)
        if len(signs) >= scene.flags.number("SHELL_SIGNALS"):
            yield from scene.flags.flag(
                "SHELL_COMPANY_PATTERN",
                f"{len(signs)} signs of a shell company at {party.name or party.id}.",
                facts=tuple(signs),
                party=party.id,
            )


def _shell_signs(scene: RedFlagContext, party: PartyFacts) -> list[str]:
    signs = []
    for key, words in (("website", "no website"), ("registry_id", "no registry number")):
        answer = scene.party_answer(party, key)
        if answer is False or (isinstance(answer, str) and says_none(answer)):
            signs.append(f"{party.id}: {words}")
    founded = stated_date(scene.party_answer(party, "incorporated_on"))
    if founded and founded <= scene.as_of < _months_after(founded, int(scene.flags.number("SHELL_MONTHS"))):
        signs.append(f"{party.id}: founded on {founded}")
    signs += [f"{party.id}: service address: {text}" for text in party.addresses if service_address(text, scene.words)][:1]
    if any(not same_party(party, other) and _shared_address(party, other) for other in scene.buyers if other is not party):
        signs.append(f"{party.id}: shares its address with another buyer")
    hubs = scene.flags.codes("HUBS")
    neighbors = [other for other in scene.buyers if other.country == party.country and not same_party(other, party)]
    if party.country in hubs and neighbors and not scene.end_users():
        signs.append(f"{party.id}: several buyers in {party.country} and no end user")
    return signs


def payment_flags(scene: RedFlagContext) -> Iterator[RedFlag]:
    """Does the money come from a country where no buyer or consignee sits?"""
    for payer in dict.fromkeys(scene.stated("payer_country")):
        if payer == "US" or payer in {party.country for party in scene.buyers}:
            continue
        yield from scene.flags.flag(
            "THIRD_COUNTRY_PAYMENT",
            f"It is paid from {payer}, where no buyer or consignee sits.",
            facts=(f"payer_country: {payer}",),
        )


def suppressed_flags(scene: RedFlagContext) -> Iterator[RedFlag]:
    """Is screening switched off for a party in the exporter's own system? It is screened here all the same."""
    if scene.answered_yes_generally("master_data_screening_off"):
        yield from scene.flags.flag(
            "SCREENING_SUPPRESSED_IN_MASTER",
            "Screening is switched off for a party in the exporter's master data; it was screened here all the same.",
            facts=("master_data_screening_off: true",),
        )
    for party in scene.parties:
        own = scene.about(party)
        if own.get("master_data_screening_off") is True or own.get("do_not_screen") is True:
            yield from scene.flags.flag(
                "SCREENING_SUPPRESSED_IN_MASTER",
                f"{party.name or party.id} is marked as not to be screened; it was screened here all the same.",
                facts=(f"{party.id}.master_data_screening_off: true",),
                party=party.id,
            )


def ownership_flags(scene: RedFlagContext) -> Iterator[RedFlag]:
    """Do listed owners hold half or more of a party, together and through layers (744.11(a)(1)), or an unknown share?"""
    active = scene.rules.switch_active("affiliates_50")
    for party in scene.parties:
        held = holding(party, bis_listed(scene.rules, scene.as_of))
        if not (held.majority or held.unknown):
            continue
        name = party.name or party.id
        facts = tuple(
            dict.fromkeys(
                f"{owner.id}: {owner.name}, list {hit.list}, {_percent(owner.share_percent)}" for owner, hit in held.owners
            )
        )
        if not held.majority:
            why = f"A listed owner of {name} holds a share that is not known (Red Flag 29)."
            yield from scene.flags.flag("OWNERSHIP_50_EL", why, facts=facts, party=party.id)
        elif active:
            why = f"Listed owners hold {held.percent:g} % of {name}."
            yield from scene.flags.flag("OWNERSHIP_50_EL", why, facts=facts, party=party.id)
        else:
            why = f"Listed owners hold {held.percent:g} % of {name}; the affiliates rule is not in force on {scene.as_of}."
            yield from scene.flags.flag("OWNERSHIP_50_EL_SUSPENDED", why, facts=facts, party=party.id)


def _percent(share: float | None) -> str:
    return "share unknown" if share is None else f"{share:g} %"


def _shared_address(left: PartyFacts, right: PartyFacts) -> bool:
    known = {tokens(address) for address in left.addresses if len(tokens(address)) > 2}
    return any(tokens(address) in known for address in right.addresses)


def _months_after(day: dt.date, months: int) -> dt.date:
    years, month = divmod(day.month - 1 + months, 12)
    return dt.date(day.year + years, month + 1, min(day.day, 28))
