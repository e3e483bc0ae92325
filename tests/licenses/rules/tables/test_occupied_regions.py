"""Places and postal codes of the occupied regions of Ukraine in an address."""

from __future__ import annotations

import pytest

from tests.licenses.rules.builders import rules

COUNTRIES = rules().countries


@pytest.mark.parametrize(
    ("address", "region"),
    [
        ("vul. Kyivska 5, Simferopol", "crimea"),
        ("Krasnyi Luch, lane 3", "lnr"),
        ("ul. Artema 1, DONETSK", "dnr"),
        ("299011 Ukraine", "crimea"),
        ("29500 Khmelnytskyi oblast", ""),
        ("Odesa 65000", ""),
        ("", ""),
    ],
)
def test_places_of_the_regions_of_ukraine(address: str, region: str) -> None:
    assert COUNTRIES.region_in("UA", address) == region


def test_the_gazetteer_is_for_ukraine_and_for_its_places_written_as_russia() -> None:
    assert COUNTRIES.region_in("RU", "Simferopol") == "crimea"
    assert COUNTRIES.region_in("RU", "ul. Lenina 5, 299011") == "crimea"
    assert COUNTRIES.region_in("RU", "Tverskaya 1, 125009 Moscow") == ""
    assert COUNTRIES.region_in("TR", "Simferopol") == ""
