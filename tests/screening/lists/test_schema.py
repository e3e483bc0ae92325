"""What kind of thing an entry is; the publisher's type counts only where OFAC gives one."""

from __future__ import annotations

import pytest

from screening.lists.schema import schema_of
from screening.matching.types import Schema

O, P, U = Schema.ORGANIZATION, Schema.PERSON, Schema.UNKNOWN  # noqa: E741 - the letters of the table below


@pytest.mark.parametrize(
    ("name", "kind", "why"),
    [
        ("Address 07", Schema.ADDRESS, "an address-only entry"),
        ("SJ Semiconductor (Jiangyin) Corp.", O, "legal form"),
        ("COTRICOM S.A.", O, "a dotted legal form at the end"),
        ("OOO Alabuga-Volokno", O, "a Russian form at the start"),
        ("DSD, OOO", O, "a form behind a comma is no given name"),
        ("National University of Defense Technology", O, "institution word"),
        ("13th Institute", O, "digits"),
        ("Sazeman e Energi ye Atomi Iran", O, "more than four words that weigh"),
        ("JUAN JESUS DE LA ROSA", U, "particles do not count"),
        ("RIM, Ryong Nam", P, "SURNAME, Given"),
        ("Dr. Artush Parsi", P, "a title"),
        ("ALEXANDER BRAZHNIKOV JR", P, "a junior"),
        ("General Electronic", U, "general is a title and a word"),
        ("Mart Haller", U, "two words tell nothing"),
        ("Sal Ahmed", U, "a short legal form counts at the end only"),
        ("711 Aircraft Repair Plant", O, "a plant that repairs aircraft is none"),
        ("Boeing 747 serial no. 23413", Schema.AIRCRAFT, "an aircraft and its number"),
        ("EP-MNA", Schema.AIRCRAFT, "a tail number"),
        ("M/V Ocean Star", Schema.VESSEL, "a ship by its prefix"),
        ("", U, "nothing"),
    ],
)
def test_schema_of(name: str, kind: Schema, why: str) -> None:
    assert schema_of(name) is kind, why


def test_a_type_of_ofac_decides() -> None:
    assert schema_of("OCEAN COMPANY LTD", ofac_type="Vessel") is Schema.VESSEL
    assert schema_of("AKULA", ofac_type="Individual") is P
    assert schema_of("AKULA", ofac_type="nonsense") is U, "a type nobody knows is no type"


def test_columns_that_only_ships_and_aircraft_fill() -> None:
    assert schema_of("PARSHAN", vessel=True) is Schema.VESSEL
    assert schema_of("PARSHAN", aircraft=True) is Schema.AIRCRAFT


def test_commerce_prints_no_surname_first() -> None:
    assert schema_of("Huawei OpenLab, Johannesburg", surname_first=False) is U
