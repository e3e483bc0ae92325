"""Completeness of parties, items and end use: V1 to V25, each said where it belongs, and silent when given."""

from __future__ import annotations

from dataclasses import replace

import pytest

from licenses.rules.completeness.messages import ScreeningAge, completeness, messages
from licenses.rules.tables.form_definitions import SECTIONS
from tests.licenses.rules.builders import DAY, US, USE, application, hit, item, needs, party, rules, sold
from tests.licenses.rules.completeness.cases import Case, check, table

CASES = (
    Case("a complete line lacks nothing", sold()),
    Case(
        "V1: a foreign applicant cannot export",
        sold("MY", party("applicant", "X", "CA"), party("purchaser", "F", "MY"), party("ultimate_consignee", "F", "MY")),
        "applicant V1",
    ),
    Case(
        "no applicant",
        application(
            "MY",
            party("purchaser", "F", "MY"),
            party("ultimate_consignee", "F", "MY"),
            items=(item("EAR99", "480256"),),
            end_use=USE,
        ),
        "applicant",
    ),
    Case("V2: no ultimate consignee", sold("MY", party("purchaser", "F", "MY")), "ultimate_consignee V2"),
    Case(
        "V2: two of them",
        sold(
            "MY",
            party("purchaser", "F", "MY"),
            party("ultimate_consignee", "F", "MY"),
            party("ultimate_consignee", "G", "MY", id="P9"),
        ),
        "ultimate_consignee V2",
    ),
    Case(
        "V3: a forwarder as consignee",
        sold("MY", party("purchaser", "F", "MY"), party("ultimate_consignee", "Fast Freight", "MY")),
        "ultimate_consignee V3",
    ),
    Case(
        "V4: a post office box",
        sold("MY", party("purchaser", "F", "MY"), party("ultimate_consignee", "F", "MY", addresses=("PO Box 1, KL",))),
        "ultimate_consignee V4",
    ),
    Case("V5: no country", sold("MY", party("purchaser", "F", ""), party("ultimate_consignee", "F", "MY")), "purchaser V5"),
    Case(
        "V5: a consignee in the United States",
        sold("MY", party("purchaser", "F", "MY"), party("ultimate_consignee", "F", "US")),
        "ultimate_consignee V5",
    ),
    Case(
        "V5: a purchaser there is only unusual",
        sold("MY", party("purchaser", "F", "US"), party("ultimate_consignee", "F", "MY")),
        "purchaser V5",
        False,
    ),
    Case("no name", sold("MY", party("purchaser", "", "MY"), party("ultimate_consignee", "F", "MY")), "purchaser"),
    Case(
        "no address", sold("MY", party("purchaser", "F", "MY", addresses=()), party("ultimate_consignee", "F", "MY")), "purchaser"
    ),
    Case("no purchaser is only a warning", sold("MY", party("ultimate_consignee", "F", "MY")), "purchaser", False),
    Case("V6: a short end use warns", sold(end_use="washing machines"), "end_use V6", False),
    Case("V6: a vague one blocks", sold(end_use="industrial use"), "end_use V6"),
    Case("no end use", sold(end_use=""), "end_use"),
    Case("no destination", sold("", party("purchaser", "F", "MY"), party("ultimate_consignee", "F", "MY")), "end_use"),
    Case("V9: no ECCN", sold(items=(item("", "480256"),)), "items V9"),
    Case("V9: an unknown ECCN", sold(items=(item("3Z001", "480256"),)), "items V9"),
    Case("V9: a number the list lacks", sold(items=(item("3A777", "480256"),)), "items V9"),
    Case("V9: EAR99 to Russia without HS code", sold("RU", items=(item("EAR99"),)), "items V9"),
    Case("V9: elsewhere it is a wish", sold(items=(item("EAR99"),)), "items V9", False),
    Case("V9: technology has none", sold(items=(item("3E991", quantity=None),))),
    Case("V10: no unit", sold(items=(item("EAR99", "480256", unit=""),)), "items V10", False),
    Case("V10: technology with a quantity", sold(items=(item("3E991"),)), "items V10", False),
    Case("no description", sold(items=(item("EAR99", "480256", description=" "),)), "items"),
    Case("no quantity", sold(items=(item("EAR99", "480256", quantity=None),)), "items"),
    Case("no value", sold(items=(item("EAR99", "480256", None),)), "items"),
    Case(
        "V12: the PRC statement may follow",
        sold("CN", items=(item("3A001.a.2", "854231", 60_000),)),
        "supporting_documents V12",
        False,
        needs("NS2"),
    ),
    Case(
        "V13: the Hong Kong license may follow",
        sold("HK", items=(item("3A001.a.2", "854231"),)),
        "supporting_documents V13",
        False,
        needs("NS2"),
    ),
    Case("V14: a reexport names Block 20", sold(type="reexport"), "original_ultimate_consignee V14"),
    Case(
        "V15: a transfer stays in one country",
        sold(
            "MY",
            party("purchaser", "F", "MY"),
            party("ultimate_consignee", "F", "MY"),
            party("original_ultimate_consignee", "G", "SG"),
            type="in_country_transfer",
        ),
        "original_ultimate_consignee V15",
    ),
    Case(
        "V21: seven items to classify",
        sold(type="classification", items=tuple(item("EAR99", id=f"I{n}") for n in range(7))),
        "items V21",
    ),
    Case("V21: six", sold(type="classification", items=tuple(item("EAR99", id=f"I{n}") for n in range(6)))),
    Case(
        "V22: a denied applicant",
        sold(
            "MY",
            party("applicant", "X", "US", hits=(hit("DPL"),)),
            party("purchaser", "F", "MY"),
            party("ultimate_consignee", "F", "MY"),
        ),
        "applicant V22",
    ),
    Case(
        "the UVL statement may follow",
        sold("MY", party("purchaser", "F", "MY", hits=(hit("UVL"),)), party("ultimate_consignee", "F", "MY")),
        "supporting_documents",
        False,
    ),
    Case(
        "a deemed export names the person",
        sold("CN", party("ultimate_consignee", "F", "US"), type="deemed_export", items=(item("3E001", quantity=None),)),
        "end_user",
    ),
    Case(
        "and the person's citizenships",
        sold(
            "CN",
            party("ultimate_consignee", "F", "US"),
            party("foreign_person", "P", "US"),
            type="deemed_export",
            items=(item("3E001", quantity=None),),
        ),
        "end_user",
    ),
    Case("an advisory opinion is a letter", application("", US, type="advisory_opinion", end_use="", items=())),
)


@table(CASES)
def test_messages(case: Case) -> None:
    check(case)


def test_an_application_without_items_is_told_so() -> None:
    assert "items" in completeness(replace(sold(), items=()), rules(), as_of=DAY)


def test_a_bare_line_is_asked_for_no_form_field() -> None:
    assert not {message.section for message in messages(sold(), rules(), as_of=DAY)} & {
        "contact",
        "company",
        "signature",
        "documents",
    }


def test_an_application_is_asked_for_its_whole_form_even_while_it_is_blank() -> None:
    sections = {message.section for message in messages(sold(), rules(), as_of=DAY, whole_form=True)}
    assert {"contact", "company", "signature", "intermediate_consignee"} <= sections


def test_a_unit_price_makes_no_form_of_a_bare_line() -> None:
    line = sold(form={"items": {"I1": {"unit_price_usd": "100"}}, "parties": {}})
    assert messages(line, rules(), as_of=DAY) == ()


def test_messages_stand_in_the_order_of_the_form() -> None:
    found = completeness(application("RU", US, items=(item(""),), end_use="", form={"x": 1}), rules(), as_of=DAY)
    order = [SECTIONS.index(section) for section in found]
    assert order == sorted(order)
    assert len(order) > 5


@pytest.mark.parametrize(
    ("screened", "count"),
    [
        (None, 0),
        (ScreeningAge(2, on_active_lists=True), 0),
        (ScreeningAge(25, on_active_lists=True), 1),
        (ScreeningAge(2, on_active_lists=False), 1),
        (ScreeningAge(30, on_active_lists=False), 2),
        (ScreeningAge(None, on_active_lists=False), 1),
    ],
)
def test_v25_asks_for_a_fresh_screening(screened: ScreeningAge | None, count: int) -> None:
    found = messages(sold(), rules(), as_of=DAY, screened=screened)
    assert [message.rule for message in found] == ["V25"] * count
