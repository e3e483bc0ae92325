"""What the predicates of the red flags look at: one application with its answers, tables and dated constants, read once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from licenses.rules.countries import country_of_address
from licenses.rules.facts.stated import answers_about, case_facts, stated, stated_generally
from licenses.rules.tables.red_flag_definitions import FlagRules
from licenses.rules.tables.rules_in_force import RulesInForce
from licenses.rules.tables.word_lists import WordLists
from licenses.rules.text.names_in_text import says_no_name
from licenses.rules.types import (
    UNASKED_TYPES,
    ApplicationFacts,
    Determination,
    ItemFacts,
    ListedAs,
    PartyFacts,
    Severity,
    TransactionType,
)
from licenses.rules.word_forms import tokens

BUYER_ROLES = ("purchaser", "intermediate_consignee", "ultimate_consignee", "end_user")
"""The parties of the transaction whose hits bite as requirements (748.5(c)-(f), 744.16(a)), foreign_person apart."""
USER_ROLES = ("ultimate_consignee", "end_user")
CONSIGNEE_ROLES = ("intermediate_consignee", "ultimate_consignee")


@dataclass(frozen=True, slots=True)
class RedFlagContext:
    """One application, ready for the predicates."""

    application: ApplicationFacts
    determinations: Mapping[str, Determination]
    rules: RulesInForce
    as_of: dt.date
    parties: tuple[PartyFacts, ...]
    """Every party, owners of all layers after the given ones, each id once."""
    buyers: tuple[PartyFacts, ...]
    """Purchaser, consignees and end users."""
    principal: PartyFacts | None
    """The party that answers "about the buyer" speak of: the end user, else the ultimate consignee, else the purchaser."""
    list_effects: Mapping[str, Severity]
    """What a hit of a custom list does, as chosen when the list was set up; a list without a choice warns."""
    whole_form: bool
    """Is the form itself to be filled (an application), or is this a bare line of `precheck`?"""

    @property
    def flags(self) -> FlagRules:
        """The red flags in force, with their constants."""
        return self.rules.red_flags

    @property
    def words(self) -> WordLists:
        """The word lists in force."""
        return self.rules.words

    @property
    def destination(self) -> str:
        """Destination of the application, ISO alpha-2."""
        return self.application.destination

    @property
    def places(self) -> Mapping[str, str]:
        """Countries where the items end, with the fact that tells so: the destination, and the seat of an ultimate consignee or
        end user elsewhere abroad, which is evaluated as well (determination.md C). A release has its destination only."""
        facts = {self.destination: f"destination: {self.destination}"}
        for party in () if self.deemed else self.in_roles(*USER_ROLES):
            if party.country not in ("", "US"):
                facts.setdefault(party.country, f"{party.id} ({party.role}) in {party.country}")
        return facts

    def place_in(self, countries: Container[str]) -> str:
        """The first of the places that is one of these countries, "" for none."""
        return next((country for country in self.places if country in countries), "")

    @property
    def to_partner(self) -> bool:
        """Do the items end in partner countries only (Supp. 3 to part 746)?"""
        return all(self.rules.countries.partner(country) for country in self.places)

    @property
    def deemed(self) -> bool:
        """Is this a deemed export?"""
        return self.application.transaction is TransactionType.DEEMED_EXPORT

    @property
    def movement(self) -> bool:
        """Does the application describe a transaction at all (not a classification request or an advisory opinion)?"""
        return self.application.type not in UNASKED_TYPES

    def in_roles(self, *roles: str) -> tuple[PartyFacts, ...]:
        """Parties in one of the roles, in the order given."""
        return tuple(party for party in self.parties if party.role in roles)

    def answer(self, key: str) -> Any:
        """An answer about the whole application; None = unknown."""
        return self.application.answers.get(key)

    def stated(self, key: str) -> tuple[Any, ...]:
        """Every answer to a question, wherever it stands: for the application, at an item, about a party."""
        return stated(self.application, key)

    def stated_generally(self, key: str) -> tuple[Any, ...]:
        """Every answer to a question that is about no party in particular."""
        return stated_generally(self.application, key)

    def about(self, party: PartyFacts) -> Mapping[str, Any]:
        """The answers about one party only."""
        return answers_about(self.application, party)

    def answered_yes(self, key: str) -> bool:
        """Is the question answered yes anywhere?"""
        return any(value is True for value in self.stated(key))

    def answered_yes_generally(self, key: str) -> bool:
        """Is the question answered yes for the application or at an item?"""
        return any(value is True for value in self.stated_generally(key))

    def facts(self, key: str) -> tuple[Any, ...]:
        """What the determination reads for a fact, item by item; None = unknown. Without items the application's."""
        items: tuple[ItemFacts | None, ...] = self.application.items or (None,)
        return tuple(case_facts(self.application, item).get(key) for item in items)

    def attached(self, party: PartyFacts | None = None) -> frozenset[str]:
        """Kinds of the attached papers; with `party` without those that were given with another party."""
        kinds = self.stated("attachments")
        if party is not None:
            kinds = (*self.stated_generally("attachments"), self.about(party).get("attachments") or ())
        return frozenset(str(kind).upper() for given in kinds for kind in given)

    def party_answer(self, party: PartyFacts, key: str) -> Any:
        """An answer about one party: its own, else the application's when it is the party such answers speak of."""
        own = self.about(party)
        if key in own:
            return own[key]
        about_it = self.principal is not None and self.principal.id == party.id
        return self.application.answers.get(key) if about_it else None

    def end_users(self) -> tuple[PartyFacts, ...]:
        """The end users that are named, or given with an address: "TBD" names nobody."""
        return tuple(
            party
            for party in self.in_roles("end_user")
            if party.addresses or (tokens(party.name) and not says_no_name(party.name, self.words))
        )

    def value(self, *items: ItemFacts) -> Decimal:
        """Sum of the stated values in US dollars; a line without a value adds nothing."""
        return sum((item.value_usd for item in items if item.value_usd is not None), Decimal(0))

    def priority(self, item: ItemFacts) -> bool:
        """Is the HS-6 code on the Common High Priority List?"""
        return bool(item.hs6 and self.rules.items.hs_list("chpl", item.hs6))

    def sensitive(self, item: ItemFacts) -> bool:
        """On the Common High Priority List or in Supp. 7 to part 746."""
        return self.priority(item) or bool(item.hs6 and self.rules.items.hs_list("supp7", item.hs6))

    def bites(self, hit: ListedAs) -> bool:
        """Does a hit count (confirmed, or strong and undecided), and is the entry or order in force on the date?"""
        return hit.bites(self.as_of)

    def hits(self, *lists: str) -> Iterator[tuple[PartyFacts, ListedAs]]:
        """Hits that nobody ruled out, of the given lists (all when none is given): confirmed, strong or still possible."""
        for party in self.parties:
            for hit in party.hits:
                if hit.stands and (not lists or hit.list in lists):
                    yield party, hit


def seated(party: PartyFacts) -> PartyFacts:
    """The party with its country: as stated, else the one that an address of it ends with ("…, Moscow, Russia"), as the walk
    takes it (step C)."""
    if party.country:
        return party
    return replace(party, country=next(filter(None, map(country_of_address, party.addresses)), ""))


def same_party(left: PartyFacts, right: PartyFacts) -> bool:
    """Do two parties of one application carry the same name?"""
    return tokens(left.name) == tokens(right.name)


def commodity(eccn: str) -> bool:
    """Is the ECCN a commodity (product group A, B or C), not software or technology? EAR99 is none."""
    return len(eccn) >= 5 and eccn[0].isdigit() and eccn[1].upper() in "ABC"


def on_ccl(eccn: str) -> bool:
    """Is an ECCN stated, that is, not EAR99 and not blank?"""
    return bool(eccn) and eccn.upper() != "EAR99"


def equipment(eccn: str) -> bool:
    """Is it of product group B (test, inspection and production equipment)?"""
    return on_ccl(eccn) and eccn[1:2].upper() == "B"


def anti_terrorism_series(eccn: str) -> bool:
    """Is it of the series 99x (controlled for anti-terrorism reasons only)?"""
    return on_ccl(eccn) and eccn[2:4] == "99"


def stated_date(value: object) -> dt.date | None:
    """A stated date: a date, or its ISO text as facts.py reads it; None for a blank. A form field that holds no date is
    unknown here and reported by the completeness rules."""
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) and value else None
    except ValueError:
        return None
