"""Explaining an ECCN and searching the list; nothing here classifies an item."""

from __future__ import annotations

import datetime as dt

from licenses.rules.determination.classification_help import decode, hs_hints, related_entries, search
from licenses.rules.tables.loader import load

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
    assert [one.entry.eccn for one in search(RULES, "3a001.a.2")] == ["3A001"], "a paragraph leads to its entry"
    assert search(RULES, "3a555") == ()


def test_search_by_heading_words_puts_more_words_first() -> None:
    found = search(RULES, "water cannon")
    assert found[0].entry.eccn == "0A977"
    assert found[0].words == ("water", "cannon")
    assert [one.entry.eccn for one in search(RULES, "handcuff")] == ["0A982"]
    assert [one.entry.eccn for one in search(RULES, "the handcuffs")] == ["0A982"]
    assert search(RULES, "zzzz") == ()
    assert search(RULES, "the of and") == ()
    assert search(RULES, "") == ()


def test_an_hs_code_tells_the_lists_that_hold_it_and_no_eccn() -> None:
    (hint,) = hs_hints(RULES, "8542.31")
    assert [(row.list, row.tier) for row in hint.rows] == [("CHPL", "1"), ("SUPP4", ""), ("SUPP7", "")]
    assert hint.description == "processors and controllers (ICs)"
    assert hint.words == ("controller",)
    assert search(RULES, "controller")


def test_the_beginning_of_a_code_and_words_of_a_description_find_hs_codes() -> None:
    assert {"854231", "854232"} <= {hint.hs6 for hint in hs_hints(RULES, "8542")}
    assert "854231" in {hint.hs6 for hint in hs_hints(RULES, "a processor")}
    assert "848210" in {hint.hs6 for hint in hs_hints(RULES, "bearing")}


def test_what_is_on_no_list_gives_no_hint() -> None:
    for query in ("490199", "8", "", "of", "zzzz"):
        assert hs_hints(RULES, query) == ()
