"""Indexed access to the rules of a date: what is unknown gives None or empty, never a guess."""

from __future__ import annotations

from tests.licenses.rules.builders import rules as rules_of


def test_indexed_access() -> None:
    rules = rules_of()
    assert rules.items.hs_list("chpl", "854231") is not None
    assert rules.items.hs_list("SUPP5", "854231") is None
    assert rules.countries.in_group("HK", "D:5")
    assert rules.countries.in_group("HK", "D5")
    assert not rules.countries.in_group("MO", "D5")
    assert rules.countries.in_group("GL", "A1") == rules.countries.in_group("DK", "A1")
    assert rules.countries.partner("DE")
    assert rules.countries.partner("GL")
    assert not rules.countries.partner("CN")
    assert rules.countries.chart("ZZ") is None
    assert rules.countries.groups("ZZ") == frozenset()
    assert rules.items.entry("3A555") is None
    assert rules.items.controls("3A555") == ()
    assert rules.lists.program(" SDGT ") is not None
    assert rules.lists.program("NOPE") is None
    assert rules.switch_number("nope", 7) == 7
    assert [row.item for row in rules.items.named_by_cas("75-09-2")] == ["dichloromethane"]
    assert rules.countries.named("CN RU") >= {"CN", "HK", "RU"}
    assert "CN" not in rules.countries.named("D:5 not:CN")
    assert rules.exceptions.named("NOPE") is None
    assert rules.exceptions.restriction("a99") is None
    assert rules.exceptions.left_by_embargo("DE") == ()
    assert rules.lists.effect("NOPE") is None


def test_only_rows_of_the_determination_are_rules_that_an_answer_may_name() -> None:
    rules = rules_of()
    assert rules.has_rule("744.15")
    assert not rules.has_rule("LIST_EL")
