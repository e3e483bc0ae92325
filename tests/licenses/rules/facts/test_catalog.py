"""The closed list of facts and answers: each is there, with its question and the answers that it allows."""

from __future__ import annotations

from licenses.rules.facts.catalog import ANSWERS, FACTS, FactKind, question_for

CONTRACT_FACTS = (
    "military military_intelligence nuclear missile chemical_biological supercomputer advanced_ic ic_fabrication oil_gas_russia "
    "civil_telecom maritime_nuclear_propulsion foreign_vessel_or_aircraft us_person_support government_end_user food_or_medicine "
    "luxury_goods item_published item_in_us direct_product_of_us_technology permanent_resident protected_person known_violation "
    "license_breach text us_controlled_content_percent transit_countries headquarters_country exception_claimed "
    "enc_classification"
).split()
FORM_ANSWERS = (
    "route_countries late_route_change buyer_asked_to_omit_or_change_party document_references_removed defense_customer "
    "payer_country payment_method incorporated_on registry_id website prior_orders trailing_12_month_value_usd "
    "business_of_end_user end_use_matches_business installation_declined master_data_screening_off "
    "foreign_affiliation_undisclosed goods_already_shipped goods_detained pending_application_acn attachments rf parties"
).split()


def test_every_fact_of_the_contract_and_every_answer_of_the_form_is_there() -> None:
    assert set(CONTRACT_FACTS) <= FACTS.keys()
    assert set(FORM_ANSWERS) == ANSWERS.keys()
    assert not FACTS.keys() & ANSWERS.keys()


def test_every_fact_asks_a_question_in_plain_words() -> None:
    for fact in (*FACTS.values(), *ANSWERS.values()):
        assert fact.question.endswith("?"), fact.name


def test_questions_of_conditions_and_unknown_facts() -> None:
    assert question_for("condition.3A001-1") == "Is the condition printed in the requirement met?"
    assert question_for("website") == ANSWERS["website"].question
    assert question_for("eccn") == "eccn"
    assert FACTS["military"].answers == ("true", "false")
    assert FACTS["enc_classification"].answers == ("b1", "b2", "b3", "none")
    assert FACTS["text"].kind is FactKind.TEXT
