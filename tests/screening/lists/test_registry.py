"""The lists that are known, and what is known of them."""

from __future__ import annotations

import datetime as dt

from screening.lists.registry import BUNDLES, CONTROL_LISTS, LIST_CODES, OFAC_LISTS


def test_the_thirteen_lists_of_the_consolidated_file_and_the_others() -> None:
    assert len(BUNDLES["CSL"]) == 13
    assert set(BUNDLES["OFAC_NON_SDN"]) == {"SSI", "FSE", "CAP", "CMIC", "MBS", "PLC"}
    assert set(LIST_CODES) == {*BUNDLES["CSL"], "UN", "EU", "UK", "1260H", "1286", "UFLPA"}
    assert not set(BUNDLES) & set(LIST_CODES), "a bundle is no list"
    assert {"SDN", *BUNDLES["OFAC_NON_SDN"]} == OFAC_LISTS


def test_every_source_is_complete() -> None:
    for code, source in CONTROL_LISTS.items():
        assert source.code == code
        assert source.name
        assert source.publisher
        assert dt.timedelta(hours=6) <= source.cadence <= dt.timedelta(days=30)
        assert source.exists_from < dt.date(2024, 1, 1)
        assert len(set(source.canaries)) == len(source.canaries)


def test_lists_with_an_effect_on_licenses_have_canaries() -> None:
    for code in ("EL", "DPL", "UVL", "MEU", "SDN", "ISN"):
        assert len(CONTROL_LISTS[code].canaries) >= 5, code
