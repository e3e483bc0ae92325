"""Identifier texts of every year: keys are lifted, everything else stays a remark."""

from __future__ import annotations

import pytest

from screening.lists.fields.identifiers import identifier, plain_identifier, read_ids, vessel_keys
from screening.matching.types import Identifier


@pytest.mark.parametrize(
    ("printed", "keys", "why"),
    [
        ("Passport, U00242309, TR; Gender, Male", [("Passport", "U00242309", "TR")], "today: type, value, country"),
        ("TR, U00242309, Passport; Male, Gender", [("Passport", "U00242309", "TR")], "2019 to 2022: country, value, type"),
        ("7722515837, Tax ID No.; 1047796382920, Registration ID",
         [("Tax ID No.", "7722515837", ""), ("Registration ID", "1047796382920", "")], "2019: value, type"),
        ("Tax ID No. 7736536770 (Russia); Registration Number 1067746400622 (Russia).",
         [("Tax ID No.", "7736536770", "RU"), ("Registration Number", "1067746400622", "RU")], "as in remarks"),
        ("MM, 2017-01-16, 110364903, Registration Number", [("Registration Number", "110364903", "MM")], "with a date of issue"),
        ("Vessel Registration Identification, IMO 8898831", [("IMO", "8898831", "")], "an IMO number is the number alone"),
        ("IMO 8898831, Vessel Registration Identification", [("IMO", "8898831", "")], "the same, reversed"),
        ("Identification Number IMO 5848165", [("IMO", "5848165", "")], "an owner's IMO number"),
        ("Legal Entity Number, 253400XX5U3XALBF5728, RU", [("LEI", "253400XX5U3XALBF5728", "RU")], "twenty characters"),
        ("Legal Entity Number, 852496527, NL", [("Legal Entity Number", "852496527", "NL")], "nine digits are none"),
        ("SWIFT/BIC, RUDVRUMM", [("SWIFT/BIC", "RUDVRUMM", "")], "letters only"),
        ("Digital Currency Address - XBT, 1Fz29BQp82pE3vXXcsZoMNQ3KSHfMzfMe3",
         [("Digital Currency Address - XBT", "1Fz29BQp82pE3vXXcsZoMNQ3KSHfMzfMe3", "")], "a wallet"),
        ("Registration Number HRB 32490 (Mainz) (Germany)", [("Registration Number", "HRB 32490 (Mainz)", "DE")], "a court"),
        ("Gender, Male; Website, x.example; Secondary sanctions risk:, 31 CFR 589.201", [], "remarks only"),
        ("Subject to Directive 1, Executive Order 13662 Directive Determination -", [], "a directive is a remark"),
    ],
)  # fmt: skip
def test_read_ids(printed: str, keys: list[tuple[str, str, str]], why: str) -> None:
    assert read_ids(printed).keys == [Identifier(*key) for key in keys], why


def test_what_is_no_key_stays_as_printed() -> None:
    ids = read_ids("Passport, A1, TR; Gender, Male; hrm@x.example, Email Address")
    assert ids.remarks == ["Gender, Male", "hrm@x.example, Email Address"]
    assert not ids.lossy
    assert read_ids("MM, 2017-01-16, 110364903, Registration Number").lossy, "the date of issue is not in the identifier"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Passport A0181988 (Somalia) expires 23 Jan 2011", Identifier("Passport", "A0181988", "SO")),
        ("alt. Passport B12 (Iran).", Identifier("Passport", "B12", "IR")),
        ("Vessel Registration Identification IMO 7406784", Identifier("IMO", "7406784")),
        ("MMSI 572469210", Identifier("MMSI", "572469210")),
        ("USCC: 91110000MA005UCQ5P (China)", Identifier("USCC", "91110000MA005UCQ5P", "CN")),
        ("Organization Established Date 17 Nov 2011", None),
        ("Linked To: BANK X", None),
        ("Passport", None),
    ],
)
def test_plain_identifier(text: str, expected: Identifier | None) -> None:
    assert plain_identifier(text) == expected


def test_a_type_that_is_no_key_or_a_value_without_a_number_is_none() -> None:
    assert identifier("Gender", "Male") is None
    assert identifier("Passport", "unknown") is None
    assert identifier("IMO Number", "no number") is None


def test_vessel_columns() -> None:
    assert vessel_keys("5IM632", ["IMO 9051648, ex X"]) == [Identifier("Call Sign", "5IM632"), Identifier("IMO", "9051648")]
    assert vessel_keys("") == []
