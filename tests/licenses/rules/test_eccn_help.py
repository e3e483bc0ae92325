"""Explaining an ECCN and searching the list; nothing here classifies an item."""

from __future__ import annotations

import datetime as dt

from licenses.rules.eccn_help import decode, related_entries, search
from licenses.rules.tables import load

RULES = load().in_force(dt.date(2026, 9, 24))


def test_a_number_is_explained_by_its_places() -> None:
    found = decode(RULES, "3a001.a.2")
    assert found is not None
    assert (found.category, found.group) == ("Electronics", "Equipment, assemblies and components")
    assert found.series == "National Security reasons"
    assert found.reasons == ("NS", "RS", "MT", "NP", "AT")
    assert {"3D001", "3E001", "3B001"} <= set(found.related)
    assert found.known


def test_a_number_without_an_entry_is_explained_and_marked() -> None:
    found = decode(RULES, "3A555")
    assert found is not None
    assert not found.known
    assert found.reasons == ()


def test_what_is_no_number_is_not_explained() -> None:
    assert decode(RULES, "EAR99") is None
    assert decode(RULES, "XYZ") is None


def test_an_entry_of_another_agency_says_so() -> None:
    found = decode(RULES, "9A005")
    assert found is not None
    assert "ITAR" in found.other_agency


def test_software_and_technology_belong_to_their_commodity() -> None:
    assert "7E101" in related_entries(RULES, "7A101") or "7E101" in related_entries(RULES, "7D101")
    assert "2E001" in related_entries(RULES, "2B350")


def test_search_by_the_beginning_of_a_code() -> None:
    assert [one.entry.eccn for one in search(RULES, "3a00")] == ["3A001", "3A002", "3A003"]


def test_search_by_heading_words_puts_more_words_first() -> None:
    found = search(RULES, "water cannon")
    assert found[0].entry.eccn == "0A977"
    assert found[0].words == ("water", "cannon")
    assert [one.entry.eccn for one in search(RULES, "handcuff")] == ["0A982"]
    assert search(RULES, "zzzz") == ()
    assert search(RULES, "") == ()
