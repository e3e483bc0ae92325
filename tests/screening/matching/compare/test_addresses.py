"""Addresses: parts, and how near two are. The invented tower keeps the habits of Hong Kong."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from screening.matching.compare.address_match import Nearness, compare_texts
from screening.matching.compare.addresses import expand, parse

LISTED = "Room 1318-19, 13F, Zelma Plaza, 610 Quorn Road, Mong Kok, Kowloon, Hong Kong."

NEAR = [
    ("the printed text", LISTED, Nearness.UNIT),
    ("floor as ordinal, units apart", "Unit 1318, 13th Floor, Zelma Plaza, 610 Quorn Rd, Mongkok", Nearness.UNIT),
    ("no floor, other order", "Zelma Plaza, Flat 1319, 610 Quorn Road, HK", Nearness.UNIT),
    ("upper case", LISTED.upper(), Nearness.UNIT),
    ("the street without the building", "Rm 1318, 610 Quorn Road, Kowloon", Nearness.UNIT),
    ("the building without the street", "Rm 1318, 13/F, Zelma Plaza, Hong Kong", Nearness.UNIT),
    ("another unit on the floor", "Room 1320, 13/F, Zelma Plaza, 610 Quorn Road", Nearness.BUILDING),
    ("another floor", "Room 1318, 14/F, Zelma Plaza, 610 Quorn Road", Nearness.BUILDING),
    ("a unit with a letter is another unit", "Room 1318A, 13/F, Zelma Plaza, 610 Quorn Road", Nearness.BUILDING),
    ("the building alone", "Zelma Plaza, 610 Quorn Road", Nearness.BUILDING),
    ("the house next door", "Room 1318, 13/F, 612 Quorn Road, Mong Kok", Nearness.STREET),
    ("an Avenue is not a Road", "Room 1318, 13/F, 610 Quorn Avenue, Mong Kok", Nearness.NOTHING),
    ("another street", "Room 1318, 13/F, 610 Nelson Road, Mong Kok", Nearness.NOTHING),
    ("the district alone", "Mong Kok, Kowloon, Hong Kong", Nearness.NOTHING),
    ("nothing", "", Nearness.NOTHING),
]


@pytest.mark.parametrize(("why", "query", "nearness"), NEAR, ids=[case[0] for case in NEAR])
def test_nearness(why: str, query: str, nearness: Nearness) -> None:
    assert compare_texts(query, LISTED).nearness is nearness, why


@pytest.mark.parametrize(
    ("why", "query", "listed", "nearness"),
    [
        ("North is not South", "Flat 3, 45 Zelma Road North", "Flat 3, 45 Zelma Road South", Nearness.NOTHING),
        (
            "a listed floor holds its units",
            "Unit 5, 7/F ZX Tower, 111 Quorn Street",
            "7/F ZX Tower, 111 Quorn Street",
            Nearness.UNIT,
        ),
        ("house number ranges", "Shop 2, 263 Quorn Street", "Shop 2, 261-265 Quorn Street", Nearness.UNIT),
        ("names written as one or two words", "Rm 9, 2-16 Zelmayuen Street", "Room 9, 2-16 Zelma Yuen St", Nearness.UNIT),
        (
            "Turkish",
            "Zelma Sokak No:52 İç Kapı No:1 Şişli İstanbul",
            "No: 52 Zelma Sk., Ic Kapi No: 1, Sisli, Istanbul, 34381",
            Nearness.UNIT,
        ),
        (
            "Russian in two scripts",
            "ул. Зельмы, д. 5, оф. 12, Смоленск",
            "ul. Zelmy, d. 5, of. 12, Smolensk 214031",
            Nearness.UNIT,
        ),
        ("Russian, other office", "ул. Зельмы, д. 5, оф. 13, Смоленск", "ul. Zelmy, d. 5, of. 12, Smolensk", Nearness.BUILDING),
        ("a post box", "P.O. Box 155904, Dubai", "PO Box 155904, Dubai, U.A.E.", Nearness.UNIT),
        ("a house", "198 Zelmajiang Road, Nanjing 210018", "198 Zelmajiang Rd, Nanjing", Nearness.UNIT),
    ],
)
def test_habits(why: str, query: str, listed: str, nearness: Nearness) -> None:
    assert compare_texts(query, listed).nearness is nearness, why


def test_every_printed_part_equal_is_100_and_a_missing_part_less() -> None:
    assert compare_texts(LISTED, LISTED).points == 100.0
    assert 88.0 <= compare_texts("Rm 1318-19, Zelma Plaza, 610 Quorn Road", LISTED).points < 100.0


@pytest.mark.parametrize(
    ("value", "units"),
    [
        ("1318-19", {"1318", "1319"}),
        ("1318-20", {"1318", "1319", "1320"}),
        ("04", {"4"}),
        ("1605a", {"1605a"}),
        ("12 & 14", {"12", "14"}),
        ("b", {"b"}),
    ],
)
def test_unit_ranges(value: str, units: set[str]) -> None:
    assert expand(value) == units


def test_parts() -> None:
    address = parse("Flat/RM 2309, 23/F, Zel King Commercial Centre, 2-16 Qua Yuen Street, Mong Kok, Kowloon, Hong Kong")
    assert (address.units, address.floor, address.buildings) == (frozenset(("2309",)), "23", ("zelking",))
    assert address.streets == (("quayuen", "street", ""),)
    assert {2, 16} <= address.numbers


def test_listed_addresses_are_found_by_themselves_and_by_no_other_unit(shared: Path) -> None:
    rows = list(csv.DictReader((shared / "addresses" / "entity_list_address_only.csv").open(encoding="utf-8")))
    for row in rows:
        for other in rows:
            match = compare_texts(other["address"], row["address"])
            overlap = bool(parse(other["address"]).units & parse(row["address"]).units) and other["building"] == row["building"]
            if other is row:
                assert match.points == 100.0, row["address"]
            elif not overlap:
                assert match.nearness is not Nearness.UNIT, (other["address"], row["address"])
