"""How one check differs from the one before, in sentences."""

from __future__ import annotations

from typing import Any

import pytest

from licenses.models import CheckReport
from licenses.views.check_differences import differences

BASE: dict[str, Any] = {
    "outcome": "NO_LICENSE_REQUIRED",
    "parties": [{"id": "P1", "name": "Acme", "hits": []}],
    "red_flags": [],
    "lists": [{"list": "EL", "version": 1}],
    "rules": "a",
    "engine": "1.0",
}
HIT = {"list": "EL", "listed_name": "ACME LTD"}
CASES = [
    ({}, []),
    ({"outcome": "LICENSE_REQUIRED"}, ["The outcome was no license required; it is license required now."]),
    ({"parties": [{"id": "P1", "name": "Acme", "hits": [HIT]}]}, ["Now found: Acme on EL (ACME LTD)."]),
    ({"red_flags": [{"code": "CHPL_ITEM"}]}, ["New red flag: chpl item."]),
    ({"lists": [{"list": "EL", "version": 2}]}, ["Newer lists were used: EL."]),
    ({"rules": "b"}, ["The rules in force differ from those of the earlier check."]),
    ({"engine": "2.0"}, ["The matching engine was 1.0; it is 2.0 now."]),
]


@pytest.mark.parametrize(("change", "sentences"), CASES)
def test_each_kind_of_change_is_one_sentence(change: dict[str, Any], sentences: list[str]) -> None:
    assert differences(CheckReport(result=BASE), CheckReport(result={**BASE, **change})) == sentences


def test_a_hit_that_went_is_told_too() -> None:
    before = {**BASE, "parties": [{"id": "P1", "name": "Acme", "hits": [HIT]}]}
    assert differences(CheckReport(result=before), CheckReport(result=BASE)) == ["No longer found: Acme on EL (ACME LTD)."]


def test_the_first_check_has_nothing_to_differ_from() -> None:
    assert differences(None, CheckReport(result=BASE)) == []
