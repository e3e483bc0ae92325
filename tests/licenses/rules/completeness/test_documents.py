"""Support documents: which paper is needed, why, and before filing or before shipping."""

from __future__ import annotations

import pytest

from licenses.rules.completeness.documents import TRIGGERS
from licenses.rules.completeness.messages import conditions
from licenses.rules.types import Outcome
from tests.licenses.rules.builders import DAY, determination, hit, item, needs, party, rules, sold


def test_papers_that_may_follow_are_conditions_before_shipping() -> None:
    line = sold("CN", items=(item("3A001.a.2", "854231", 60_000),))
    (condition,) = conditions(line, rules(), needs("NS2"), as_of=DAY)
    assert (condition.code, condition.before) == ("PRC_EUS_BEFORE_SHIPMENT", "export")


@pytest.mark.parametrize(
    ("eccn", "destination", "columns", "code"),
    [
        ("9A610.x", "IN", ("NS1",), "BIS_711_BEFORE_FILING"),
        ("0A501.a", "MX", ("FC1",), "FIREARMS_CERTIFICATE_BEFORE_FILING"),
        ("2A225", "PK", ("NP1",), "NUCLEAR_CERTIFICATION_BEFORE_FILING"),
        ("3E001", "IN", ("NS1",), "LETTER_OF_EXPLANATION_BEFORE_FILING"),
    ],
)
def test_papers_before_filing(eccn: str, destination: str, columns: tuple[str, ...], code: str) -> None:
    found = conditions(sold(destination, items=(item(eccn, "854231"),)), rules(), needs(*columns), as_of=DAY)
    assert code in [condition.code for condition in found if condition.before == "filing"]


def test_each_party_of_the_unverified_list_gives_its_own_statement() -> None:
    listed = (hit("UVL"),)
    buyers = (party("purchaser", "Firma", "MY", hits=listed), party("ultimate_consignee", "Andere", "MY", hits=listed))
    papers = {"attachments": ("UVL_STATEMENT",)}
    for about, wanted in (({"purchaser": papers}, True), ({"purchaser": papers, "ultimate_consignee": papers}, False)):
        found = conditions(sold("MY", *buyers, answers={"parties": about}), rules(), {"I1": determination()}, as_of=DAY)
        assert ("UVL_STATEMENT_BEFORE_SHIPMENT" in [condition.code for condition in found]) is wanted


def test_every_support_document_row_has_a_trigger_and_every_rule_a_row() -> None:
    rows = rules().forms
    assert {row.meta.ref.rule_id for row in rows.support} == set(TRIGGERS)
    numbers = {row.rule for row in rows.validations.values()} | {"V12", "V13"}
    assert {f"V{number}" for number in range(1, 26)} <= numbers


def test_a_release_that_may_need_a_license_is_explained_in_a_letter() -> None:
    line = sold("CN", items=(item("3D001"),), type="deemed_export")
    for outcome, wanted in ((Outcome.NEEDS_INFORMATION, True), (Outcome.NOT_SUBJECT_TO_EAR, False)):
        found = conditions(line, rules(), {"I1": determination(outcome)}, as_of=DAY)
        assert ("LETTER_OF_EXPLANATION_BEFORE_FILING" in [condition.code for condition in found]) is wanted
