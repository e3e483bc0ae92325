"""Supplements to part 744 in the eCFR: cells, footnotes, inherited countries, aliases behind dashes."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from screening.lists.formats.entity_cell import Cell, read_cell
from tests.screening.lists.formats.reading import parse, refused, sample

with Path(__file__).with_name("entity_cells.csv").open(encoding="utf-8", newline="") as lines:
    CELLS = list(csv.DictReader(lines))
XML = sample("ecfr.xml")


def test_three_supplements_in_one_file() -> None:
    parsed = parse(XML, "CSL")
    lists = {item.code: item for item in parsed.lists}
    assert {code: len(item.entries) for code, item in lists.items()} == {"EL": 4, "UVL": 1, "MEU": 1}
    assert {item.published_on for item in parsed.lists} == {dt.date(2026, 9, 1)}
    acme, address, cloud, shipyard = lists["EL"].entries
    assert acme.name == "Acme Institute"
    assert [alias.name for alias in acme.aliases] == ["Acme Academy", "Acme Works Co., Ltd."]
    assert acme.addresses == ("1 Road, Beijing, China", "Unit 2, 3 Road, Kowloon, Hong Kong")
    assert acme.countries == ("CN", "HK")
    assert (acme.requirement_code, acme.policy_code, acme.footnotes) == ("ALL_SUBJECT_TO_EAR", "POLICY_OF_DENIAL", ("3",))
    assert acme.federal_register == "85 FR 83420, 12/22/20.; 89 FR 96837, 12/5/24"
    assert acme.remarks == "(See alternate address under Iran)"
    assert acme.raw["entity"].startswith("Acme Institute, a.k.a., the following two aliases:"), "what was printed is kept"
    assert (address.uid, address.requirement_code) == ("HK Address 05", "CCL_PLUS_SUPP7"), "Hong Kong is printed under China"
    assert (cloud.name, cloud.addresses) == ("Cloud Works Co., Ltd.", ("7 Road, Shenzhen, China",)), "the joining word is dropped"
    assert (shipyard.name, shipyard.countries) == ("Shipyard Plant", ("UA",)), "a blank country inherits the heading"
    assert lists["UVL"].entries[0].addresses == ("Damas Tower #506, Dubai, UAE",)
    assert lists["MEU"].entries[0].name == "Academy of Aerospace Solid Propulsion Technology (AASPT)"


def test_only_the_supplement_asked_for() -> None:
    assert [item.code for item in parse(XML, "UVL").lists] == ["UVL"]


@pytest.mark.parametrize(
    ("data", "guard", "why"),
    [
        (XML[:-300], "truncated", "not closed"),
        (XML.replace("<TH>Country</TH>", "<TH>Land</TH>"), "header_drift", "the table has another header"),
        (XML.replace("<TH>Entity</TH>", "<TH>Who</TH>"), "header_drift", "no column for the entity"),
        (XML.replace("to Part 744", "to Part 745"), "header_drift", "no supplement of part 744"),
        (XML.replace("<TD>Presumption of denial</TD>\n<TD>89 FR 51652, 6/18/24.</TD>", ""), "rejects", "a row of three cells"),
    ],
)
def test_guards(data: str, guard: str, why: str) -> None:
    assert refused(data, "EL", "ecfr_xml").guard == guard, why


@pytest.mark.parametrize("case", CELLS, ids=lambda case: case["why"])
def test_entity_cells(case: dict[str, str]) -> None:
    aliases = tuple(filter(None, case["aliases"].split("|")))
    assert read_cell(case["printed"].replace("\\n", "\n")) == Cell(case["name"], aliases, case["addresses"]), case["why"]
