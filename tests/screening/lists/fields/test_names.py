"""Names taken apart: nothing is lost, nothing is invented."""

from __future__ import annotations

import pytest

from screening.lists.fields.names import abbreviations, aliases_of, split_aliases, take_apart, with_abbreviations
from screening.matching.types import Alias, Quality


@pytest.mark.parametrize(
    ("printed", "parts", "why"),
    [
        (
            "Star Arrow; and Zvezda-Arrow Corporation",
            ["Star Arrow", "Zvezda-Arrow Corporation"],
            "a leading and goes after a split",
        ),
        ("and Technology", ["and Technology"], "a sole name keeps it"),
        ("A; and B; C", ["A", "B", "C"], "a middle part loses it too"),
        ("CETC 24;Sichuan Institute;CETC 44", ["CETC 24", "Sichuan Institute", "CETC 44"], "no space behind the semicolon"),
        ("GNPP Region, PAO; Region,; and Region JSC", ["GNPP Region, PAO", "Region", "Region JSC"], "a dangling comma"),
        ("OOO NPP DTS and OOO DTS", ["OOO NPP DTS and OOO DTS"], "an and inside a name is part of it"),
        ("High Technology, Ltd", ["High Technology, Ltd"], "a comma is no separator"),
        ("", [], "nothing"),
    ],
)
def test_split_aliases(printed: str, parts: list[str], why: str) -> None:
    assert split_aliases(printed) == parts, why


@pytest.mark.parametrize(
    ("printed", "name", "aliases", "notes"),
    [
        (
            "Sinobright Import and Export Company; and any successor, sub-unit, or subsidiary thereof",
            "Sinobright Import and Export Company",
            [],
            ("and any successor, sub-unit, or subsidiary thereof",),
        ),
        ("Poly Technologies Incorporated (PTI), and its sub-units and successors", "Poly Technologies Incorporated (PTI)", [],
         ("and its sub-units and successors",)),
        ("Mexpar International, Inc. (a.k.a. Pasadena Aerospace; Aviation Logistics and Supply)", "Mexpar International, Inc.",
         ["Pasadena Aerospace", "Aviation Logistics and Supply"], ()),
        ("Far East Trading Company, Inc. (a.k.a. FETCO, Inc.)", "Far East Trading Company, Inc.", ["FETCO, Inc."], ()),
        ("Astronautics Research Institute [aka Astronautics Systems Research Center, Aerospace Research Institute]",
         "Astronautics Research Institute", ["Astronautics Systems Research Center", "Aerospace Research Institute"], ()),
        ("Gazprom Promgaz, AO (f.k.a. Otkrytoe Promgaz)", "Gazprom Promgaz, AO", ["Otkrytoe Promgaz"], ()),
        ("Chitron Electronics Company Ltd., a.k.a. Chi-Chung Electronics", "Chitron Electronics Company Ltd.",
         ["Chi-Chung Electronics"], ()),
        ("OOO Shipyard 'Zaliv' (f.k.a., AO Shipyard 'Zaliv'", "OOO Shipyard 'Zaliv'", ["AO Shipyard 'Zaliv'"], ()),
        ("Corporation 13th Institute. Subordinate Institution - North Circuit Corporation",
         "Corporation 13th Institute. Subordinate Institution - North Circuit Corporation", ["North Circuit Corporation"], ()),
        ("Gaobeidian Kaituo Precise Instrument\nCo. Ltd ", "Gaobeidian Kaituo Precise Instrument Co. Ltd", [], ()),
        (" I. ASH", "I. ASH", [], ()),
        ("Xi?an Institute", "Xi?an Institute", [], ()),
    ],
)  # fmt: skip
def test_take_apart(printed: str, name: str, aliases: list[str], notes: tuple[str, ...]) -> None:
    named = take_apart(printed)
    assert (named.name, [alias.name for alias in named.aliases], named.notes) == (name, aliases, notes)


def test_a_former_name_is_marked_as_one() -> None:
    assert take_apart("X (f.k.a. Y)").aliases == (Alias("Y", kind="fka"),)
    assert aliases_of(["f.k.a. Old Name", "Plain"]) == [Alias("Old Name", kind="fka"), Alias("Plain")]
    assert aliases_of(["Weak One"], quality=Quality.WEAK) == [Alias("Weak One", Quality.WEAK)]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Academy of Aerospace Solid Propulsion Technology (AASPT)", ["AASPT"]),
        ("China Electronics Technology Group Corporation 13th Research Institute (CETC 13)", ["CETC 13"]),
        ("JSC Central Research Institute of Machine Building (JSC TsNIIMash)", ["JSC TsNIIMash"]),
        ("Comsum Technologies (Group) Ltd.", []),
        ("Huawei Technologies (Vietnam) Company Limited", []),
        ("Plain Name Ltd.", []),
    ],
)
def test_abbreviations_in_brackets(name: str, short: list[str]) -> None:
    assert abbreviations(name) == short


def test_repeats_and_the_name_itself_are_no_alias() -> None:
    aliases = with_abbreviations(
        "Acme Institute (AI9)", [Alias("ACME INSTITUTE (AI9)"), Alias("Acme"), Alias("acme."), Alias("A.C.M.E.")]
    )
    assert aliases == (Alias("Acme"), Alias("A.C.M.E."), Alias("AI9", kind="abbreviation")), "another spelling stays as printed"
    assert with_abbreviations("Acme (AI9)", [Alias("A.I.9")]) == (Alias("A.I.9"),), "an abbreviation that is an alias already"
