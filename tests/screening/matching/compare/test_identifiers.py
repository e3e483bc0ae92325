"""Identifiers: kinds, spellings, and when two numbers are one."""

from __future__ import annotations

import pytest

from screening.matching.compare.identifiers import kind_of, number_of, same_identifier, same_number
from screening.matching.types import Identifier


def same(a: tuple[str, str, str], b: tuple[str, str, str]) -> bool:
    first, second = number_of(Identifier(*a)), number_of(Identifier(*b))
    return first is not None and second is not None and same_number(first, second)


@pytest.mark.parametrize(
    ("why", "a", "b", "expected"),
    [
        ("spaces and dashes do not count", ("Tax ID No.", "7728-294 503", "RU"), ("tax id", "7728294503", ""), True),
        (
            "IMO with and without its letters",
            ("IMO", "IMO 9074729", ""),
            ("Vessel Registration Identification", "9074729", ""),
            True,
        ),
        ("an IMO number that fails its check digit is none", ("IMO", "9074728", ""), ("IMO", "9074728", ""), False),
        (
            "a registration number printed as a tax number",
            ("Registration Number", "1028601843918", "RU"),
            ("Tax ID No.", "1028601843918", ""),
            True,
        ),
        ("a passport is no tax number", ("Passport", "123456789", ""), ("Tax ID No.", "123456789", ""), False),
        ("two countries are two passports", ("Passport", "A1234567", "RU"), ("Passport", "A1234567", "UA"), False),
        ("too short to be anybody's", ("Registration Number", "1234", ""), ("Registration Number", "1234", ""), False),
        (
            "a date of foundation is no number",
            ("Organization Established Date", "18062005", ""),
            ("Organization Established Date", "18062005", ""),
            False,
        ),
        ("other numbers", ("Tax ID No.", "7728294503", ""), ("Tax ID No.", "7728294504", ""), False),
        ("no kind on one side", ("", "7728294503", ""), ("Tax ID No.", "7728294503", ""), True),
    ],
)
def test_same_number(why: str, a: tuple[str, str, str], b: tuple[str, str, str], expected: bool) -> None:
    assert same(a, b) is expected, why


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Unified Social Credit Code", "registration"),
        ("C.U.R.P. #", "national"),
        ("R.F.C.", "tax"),
        ("SWIFT/BIC", "swift"),
        ("odd", ""),
    ],
)
def test_kind(text: str, kind: str) -> None:
    assert kind_of(text) == kind


def test_the_first_identifier_that_is_the_same_is_told_as_given_and_as_printed() -> None:
    given = (Identifier("", "77"), Identifier("INN", "7728 294 503"))
    same = same_identifier(given, (Identifier("Tax ID No.", "1234567"), Identifier("Tax ID No.", "7728294503", "RU")))
    assert same is not None
    assert (same.query, same.listed, same.value, same.effect) == ("INN 7728 294 503", "Tax ID No. 7728294503", 1.0, "98.0")
    assert same.sentence == "The tax number is the same."
    assert same_identifier(given, (Identifier("Tax ID No.", "1234567"),)) is None
