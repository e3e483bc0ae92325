"""The closed list of what an exporter may state: facts of the end use (docs/contract.md) and answers of the form.

Every key the rules ever read stands here once, with its kind and the question it answers. A rule that needs another
fact adds it here and in docs/contract.md. A key that is not here is an error that names it, so that a misspelt fact
is never silently ignored. An absent or null value is *unknown*, never false.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from licenses.rules.types import FactValue


class FactKind(StrEnum):
    """Shape of a value: what JSON the caller sends, and what the reader hands on."""

    BOOL = "bool"
    NUMBER = "number"
    PERCENT = "percent"
    ISO = "iso"
    ISO_LIST = "iso list"
    CODE = "code"
    CODE_LIST = "code list"
    TEXT = "text"
    DATE = "date"
    MAP = "map"


@dataclass(frozen=True, slots=True)
class Fact:
    """One key: its kind, the question in the exporter's words, and for a code the values allowed ((): any code)."""

    name: str
    kind: FactKind
    question: str
    choices: tuple[str, ...] = ()

    @property
    def answers(self) -> tuple[str, ...]:
        """The answers a question about this fact allows, for Question.answers."""
        return ("true", "false") if self.kind is FactKind.BOOL else self.choices


CONDITION_PREFIX = "condition."
"""`condition.<rule_id>` (true or false) states whether the condition printed in one requirement row is met."""

_B, _C = FactKind.BOOL, FactKind.CODE

FACTS: dict[str, Fact] = {
    fact.name: fact
    for fact in (
        Fact("military", _B, "Is the item for a military end use or a military end user (744.21)?"),
        Fact("military_intelligence", _B, "Is it for a military-intelligence end use or end user (744.22)?"),
        Fact(
            "nuclear", _B, "Is it for a nuclear explosive activity, an unsafeguarded nuclear activity or the fuel cycle (744.2)?"
        ),
        Fact("missile", _B, "Is it for a rocket system or an unmanned aerial vehicle, or to deliver such weapons (744.3)?"),
        Fact("chemical_biological", _B, "Is it for chemical or biological weapons (744.4)?"),
        Fact("supercomputer", _B, "Is it for a supercomputer in Macau or a country of Group D:5 (744.23(a)(1))?"),
        Fact("advanced_ic", _B, "Is it for a facility that makes advanced-node integrated circuits (744.23(a)(2))?"),
        Fact("ic_fabrication", _B, "Is it for the development or production of integrated circuits at any fabrication plant?"),
        Fact("sme_production", _B, "Is it for making semiconductor manufacturing equipment or its parts (744.23(a)(4))?"),
        Fact("incorporated_in_0a919", _B, "Is it to be built into a foreign military commodity of 0A919 (744.9)?"),
        Fact(
            "oil_gas_russia",
            _B,
            "Is it for deepwater, Arctic offshore or shale oil or gas projects in Russia or Belarus (746.8(a)(4))?",
        ),
        Fact("civil_telecom", _B, "Is the item for civil telecommunications use only?"),
        Fact("chemical_plant", _B, "Is it a whole plant to make the chemicals of 1C350 (744.6(b)(4))?"),
        Fact("maritime_nuclear_propulsion", _B, "Is it for a foreign maritime nuclear propulsion project (744.5)?"),
        Fact("foreign_vessel_or_aircraft", _B, "Is it for use on a foreign vessel or aircraft (744.7)?"),
        Fact("us_person_support", _B, "Does a US person support such a use, whoever owns the item (744.6)?"),
        Fact("government_end_user", _B, "Is the end user a government, or a body controlled by one?"),
        Fact("food_or_medicine", _B, "Is the item food, medicine or a medical device classified as EAR99?"),
        Fact("luxury_goods", _B, "Is the item a luxury good (Supp. 1 to part 746)?"),
        Fact("civil_use", _B, "Are the end use and every end user civil, without any military, police or intelligence role?"),
        Fact(
            "item_published",
            _B,
            "Is the technology or software published, fundamental research or in a patent (734.7 to 734.10)?",
        ),
        Fact("encryption_source_code", _B, "Is it encryption source code or encryption object code (734.17)?"),
        Fact("other_agency", _C, "Does another agency alone control the item?", ("DDTC", "NRC", "DOE", "USPTO", "none")),
        Fact("item_in_us", _B, "Is the item in the United States, or does it pass through it?"),
        Fact(
            "direct_product_of_us_technology",
            _B,
            "Is the item, or the plant that makes it, a direct product of US technology or software (734.9)?",
        ),
        Fact("contains_integrated_circuit", _B, "Does the equipment contain an integrated circuit (734.9(e)(3), (k))?"),
        Fact(
            "us_controlled_content_percent",
            FactKind.PERCENT,
            "How much of its value is controlled US content, in percent (734.4)?",
        ),
        Fact("shipped_from", FactKind.ISO, "From which country does it leave?"),
        Fact("transit_countries", FactKind.ISO_LIST, "Through which countries does it travel, be unladen or be transshipped?"),
        Fact("headquarters_country", FactKind.ISO, "Where is the headquarters of the end user, or of its ultimate parent?"),
        Fact(
            "destination_region",
            _C,
            "Is the place in Crimea or the so-called DNR or LNR regions (746.6)?",
            ("crimea", "dnr", "lnr", "none"),
        ),
        Fact("part_for_listed_item", _B, "Is it a part, component or accessory made for an item of Supp. 4, 5 or 7 to part 746?"),
        Fact(
            "named_in_supplement_6", _B, "Is the item named in Supp. 6 to part 746 (chemicals, biologics, laboratory equipment)?"
        ),
        Fact(
            "listed_ear99_software",
            _B,
            "Is it EAR99 software of the kinds listed in 746.8(a)(8) (ERP, CRM, BI, SCM, CAD and the like)?",
        ),
        Fact("cas_number", FactKind.TEXT, "What is the CAS number of the chemical?"),
        Fact("concentration_percent", FactKind.PERCENT, "At what concentration by weight, in percent?"),
        Fact("unit_price_usd", FactKind.NUMBER, "What is the wholesale price of one unit in the United States, in US dollars?"),
        Fact(
            "internet_communication_software",
            _B,
            "Is it EAR99 software for the exchange of communications over the internet (746.6(a)(2))?",
        ),
        Fact(
            "allied_civil_firm",
            _B,
            "Is each end user a civil firm of the US or of Group A:5 or A:6, its subsidiary or joint venture?",
        ),
        Fact("permanent_resident", _B, "Is the person a lawful permanent resident or a citizen of the United States (734.2)?"),
        Fact("protected_person", _B, "Is the person a protected individual under 8 U.S.C. 1324b(a)(3)?"),
        Fact(
            "known_violation", _B, "Has a violation occurred, or is one about to occur, with this item (General Prohibition Ten)?"
        ),
        Fact(
            "license_breach",
            _B,
            "Would the shipment break a license, a license exception or an order (General Prohibition Nine)?",
        ),
        Fact("text", FactKind.TEXT, "What will the item be used for, by whom and where?"),
        Fact("exception_claimed", _C, "Which license exception do you claim?"),
        Fact(
            "enc_classification",
            _C,
            "Which paragraph of 740.17 is the encryption item classified under?",
            ("b1", "b2", "b3", "none"),
        ),
        Fact("gov_paragraph", _C, "Which paragraph of License Exception GOV (740.11) applies?"),
        Fact("prior_consignee_statement", _B, "Do you hold the prior consignee statement of 740.20(d)(2)?"),
        Fact(
            "year_total_usd",
            FactKind.NUMBER,
            "What have you shipped under this ECCN to this consignee this calendar year, in US dollars?",
        ),
        Fact("import_certificate", _B, "Do you hold the import permit or certificate of the importing country?"),
    )
}

ANSWERS: dict[str, Fact] = {
    fact.name: fact
    for fact in (
        Fact("route_countries", FactKind.ISO_LIST, "Which countries does the route touch?"),
        Fact("late_route_change", _B, "Was the route or the consignee changed shortly before shipping?"),
        Fact("buyer_asked_to_omit_or_change_party", _B, "Did the buyer ask to leave out or change a party in the papers?"),
        Fact(
            "document_references_removed",
            _B,
            "Did anyone ask to remove a reference (a country, a party, a project) from the papers?",
        ),
        Fact("defense_customer", _B, "Does the buyer supply defense customers?"),
        Fact("payer_country", FactKind.ISO, "From which country is it paid?"),
        Fact(
            "payment_method", _C, "How is it paid?", ("cash", "wire", "letter_of_credit", "card", "financed", "crypto", "other")
        ),
        Fact("incorporated_on", FactKind.DATE, "When was the buyer founded?"),
        Fact("registry_id", FactKind.TEXT, "Which registry number does the buyer have?"),
        Fact("website", FactKind.TEXT, "Which website does the buyer have?"),
        Fact("prior_orders", FactKind.NUMBER, "How many earlier orders has the buyer placed?"),
        Fact(
            "trailing_12_month_value_usd", FactKind.NUMBER, "What did the buyer order in the last twelve months, in US dollars?"
        ),
        Fact("business_of_end_user", FactKind.TEXT, "What is the business of the end user?"),
        Fact("end_use_matches_business", _B, "Does the end use fit the business of the end user?"),
        Fact("installation_declined", _B, "Did the buyer decline installation, training or service it would normally want?"),
        Fact("master_data_screening_off", _B, "Is screening switched off for a party in your own system?"),
        Fact(
            "foreign_affiliation_undisclosed",
            _B,
            "Has the person not disclosed a foreign employer, government or talent program?",
        ),
        Fact("goods_already_shipped", _B, "Have the goods already been laden or exported (764.5)?"),
        Fact("goods_detained", _B, "Have the goods been detained or seized?"),
        Fact("pending_application_acn", FactKind.TEXT, "Which application for the same transaction is pending?"),
        Fact("attachments", FactKind.CODE_LIST, "Which papers are attached?"),
        Fact("rf", FactKind.MAP, "Which items of the red-flag questionnaire apply?"),
        Fact("parties", FactKind.MAP, "What is known about one party only?"),
    )
}
ALL_KEYS = frozenset(FACTS) | frozenset(ANSWERS)


def question_for(fact: str) -> str:
    """The question asked for a fact, in the exporter's words."""
    if fact.startswith(CONDITION_PREFIX):
        return "Is the condition printed in the requirement met?"
    known = FACTS.get(fact) or ANSWERS.get(fact)
    return known.question if known else fact


def facts_among(answers: Mapping[str, Any]) -> dict[str, FactValue]:
    """The part of read answers that `determine` reads: facts of the end use, without the form's own answers."""
    return {key: value for key, value in answers.items() if key in FACTS or key.startswith(CONDITION_PREFIX)}
