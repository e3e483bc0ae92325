"""Reading ECCNs, comparing paragraphs by segment, and the applicability table of step B."""

from __future__ import annotations

import pytest

from licenses.rules.eccn import Eccn, Fit, applicability, coarser, covers, fit_refs, parse_eccn
from licenses.rules.types import RuleInputError


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("3A001", "3A001"),
        ("3a001.A.2", "3A001.a.2"),
        (" 3A001(a)(2) ", "3A001.a.2"),
        ("3A001.a.2.", "3A001.a.2"),
        ("9A610.Y", "9A610.y"),
        ("0A521", "0A521"),
        ("EAR99", "EAR99"),
        ("ear99", "EAR99"),
    ],
)
def test_an_eccn_is_read_in_its_usual_spellings(text: str, read: str) -> None:
    assert str(parse_eccn(text)) == read


@pytest.mark.parametrize(
    "text", ["", "EAR 99", "3A00", "3F001", "A3001", "3A001a2", "3A001..a", "3A001.a b", "3A001.ä", "XA001", "3A001" + ".a" * 40]
)
def test_anything_else_is_an_error_that_names_the_value(text: str) -> None:
    with pytest.raises(RuleInputError) as caught:
        parse_eccn(text)
    assert caught.value.code == "bad_eccn"
    assert repr(text[:60]) in caught.value.detail


def test_kinds_of_product() -> None:
    assert parse_eccn("3A001").is_commodity
    assert parse_eccn("3C001").is_commodity
    assert not parse_eccn("3D001").is_commodity
    assert parse_eccn("3E001").is_released
    assert not parse_eccn("EAR99").is_commodity
    assert not parse_eccn("EAR99").is_released


def _e(text: str) -> Eccn:
    return parse_eccn(text)


def test_a_reference_covers_by_segment_and_not_by_letters() -> None:
    assert covers(_e("3A001.c"), _e("3A001.c.1.a"))
    assert covers(_e("3A001.c"), _e("3A001.c"))
    assert not covers(_e("3A001.c"), _e("3A001.ca"))
    assert not covers(_e("3A001.c.1"), _e("3A001.c"))
    assert not covers(_e("3A001.c"), _e("3A002.c"))


def test_an_item_is_coarser_only_above_the_reference() -> None:
    assert coarser(_e("3A001"), _e("3A001.c.1"))
    assert coarser(_e("3A001.c"), _e("3A001.c.1"))
    assert not coarser(_e("3A001.c.1"), _e("3A001.c.1"))
    assert not coarser(_e("3A001.b"), _e("3A001.c.1"))
    assert not coarser(_e("3A002"), _e("3A001.c.1"))


def test_of_several_references_a_covering_one_wins_over_a_finer_one() -> None:
    assert fit_refs([_e("3A001.c.1"), _e("3A001.c")], _e("3A001.c")) is Fit.YES
    assert fit_refs([_e("3A001.c.1")], _e("3A001.c")) is Fit.MAYBE
    assert fit_refs([_e("3A001.d")], _e("3A001.c")) is Fit.NO
    assert fit_refs([], _e("3A001")) is Fit.NO


@pytest.mark.parametrize(
    ("kind", "scope", "excepts", "conditional", "item", "fit"),
    [
        ("entire", "", "", False, "9A610.a", Fit.YES),
        ("entire_conditional", "", "", True, "1E201", Fit.MAYBE),
        # entire_except: covered by an except, finer excepts, excepts of another entry, else
        ("entire_except", "", "9A619.y", False, "9A619.y.1", Fit.NO),
        ("entire_except", "", "9A619.y", False, "9A619", Fit.MAYBE),
        ("entire_except", "", "9A619.y", False, "9A619.a", Fit.YES),
        ("entire_except", "", "9A610.y", True, "9A610.y", Fit.MAYBE),
        ("entire_except", "", "9A610.y", True, "9A610.a", Fit.YES),
        ("entire_except", "", "0A509.a 0A502", False, "0A509.b", Fit.MAYBE),
        ("entire_except", "", "0A509.a 0A502", False, "0A509.a", Fit.NO),
        ("entire_except", "", "8A620 8A620.b", False, "8A620.a", Fit.YES),
        # part: own reference covers, is finer, is elsewhere; conditional
        ("part", "1A004.d", "", False, "1A004.d", Fit.YES),
        ("part", "1A004.d", "", False, "1A004", Fit.MAYBE),
        ("part", "1A004.d", "", False, "1A004.c", Fit.NO),
        ("part", "1A004.c", "", True, "1A004.c.1", Fit.MAYBE),
        ("part", "1A004.c", "", True, "1A004.d", Fit.NO),
        # part: excepts that equal the scope are its condition; other excepts carve out
        ("part", "3A001.b.2", "3A001.b.2", True, "3A001.b.2", Fit.MAYBE),
        ("part", "3A001.b.2", "3A001.b.2", False, "3A001.b.2", Fit.MAYBE),
        ("part", "6A002.a.3", "6A002.a.3.e", False, "6A002.a.3.e", Fit.NO),
        ("part", "6A002.a.3", "6A002.a.3.e", True, "6A002.a.3.e", Fit.MAYBE),
        ("part", "6A002.a.3", "6A002.a.3.e", False, "6A002.a.3.f", Fit.YES),
        # part: no own reference, and an own bare base among finer ones
        ("part", "", "", True, "0A502.a", Fit.MAYBE),
        ("part", "3A001 3A002", "", True, "3E001", Fit.MAYBE),
        ("part", "0A509.a 0A502", "", True, "0A509.b", Fit.NO),
        ("part", "5D002.a.1 5A002 5D002", "", True, "5D002.d", Fit.MAYBE),
        ("part", "5D002.a.1 5D002", "", False, "5D002.a.1", Fit.YES),
        ("part", "5D002", "", False, "5D002.d", Fit.YES),
    ],
)
def test_applicability_of_a_requirement_row(kind: str, scope: str, excepts: str, conditional: bool, item: str, fit: Fit) -> None:
    refs = tuple(map(_e, scope.split()))
    left_out = tuple(map(_e, excepts.split()))
    assert applicability(kind, refs, left_out, conditional, _e(item)) is fit


def test_an_unknown_scope_kind_is_an_error_and_never_skipped() -> None:
    with pytest.raises(ValueError, match="unknown scope_kind"):
        applicability("some", (), (), False, _e("3A001"))
