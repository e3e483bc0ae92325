"""Names and codes of countries: every spelling the regulations and the lists print finds its code, or none."""

from __future__ import annotations

import pytest

from screening.matching.countries import ISO2, code_for, name_of

CASES = [
    ("CN", "CN", "alpha-2"),
    ("chn", "CN", "alpha-3 in any case"),
    ("China, People's Republic of", "CN", "heading of Supplement No. 4"),
    ("CHINA, PEOPLE’S REPUBLIC OF", "CN", "the same with a curly quote, in capitals"),
    ("Peoples Republic of China", "CN", "without its apostrophe"),
    ("PRC", "CN", "as the Denied Persons List prints it"),
    ("Hong Kong", "HK", "its own code"),
    ("Hong Kong (no row: use China)", "HK", "the note of the Country Chart"),
    ("Macau", "MO", "its own row, never China"),
    ("Korea, North", "KP", "OFAC"),
    ("Democratic People's Republic of Korea", "KP", "United Nations"),
    ("Korea, South", "KR", "OFAC"),
    ("Burma", "MM", "the name the regulations keep"),
    ("Myanmar", "MM", "the name everybody else uses"),
    ("Turkey", "TR", "old English name"),
    ("Türkiye", "TR", "with its letter"),
    ("TURKIYE", "TR", "without it"),
    ("Turkey (Turkiye)", "TR", "both"),
    ("Region: Crimea", "UA", "OFAC region"),
    ("CRIMEA REGION OF UKRAINE", "UA", "heading of Supplement No. 4"),
    ("West Bank", "PS", "OFAC"),
    ("Region: Gaza", "PS", "OFAC region"),
    ("Iran (Islamic Republic of)", "IR", "United Nations"),
    ("Cote d Ivoire", "CI", "OFAC, apostrophe lost"),
    ("Bahamas, The", "BS", "OFAC"),
    ("The Gambia", "GM", "OFAC"),
    ("North Macedonia, The Republic of", "MK", "OFAC"),
    ("Congo, Democratic Republic of the", "CD", "two Congos"),
    ("Congo, Republic of the", "CG", "two Congos"),
    ("U.A.E.", "AE", "as Supplement No. 4 abbreviates it"),
    ("UK", "GB", "not ISO, printed everywhere"),
    ("Kosovo", "XK", "user-assigned, on every list"),
    ("undetermined", "", "OFAC: nobody knows"),
    ("Region: Commonwealth of Independent States", "", "a region of many countries"),
    ("Middle East Region", "", "a region of many countries"),
    ("-0- ", "", "OFAC's null"),
    ("中国", "", "no letters of ours: unknown, not a guess"),
    ("", "", "nothing"),
]


@pytest.mark.parametrize(("name", "code", "why"), CASES)
def test_a_printed_country_finds_its_code(name: str, code: str, why: str) -> None:
    assert code_for(name) == code, why


def test_every_code_has_a_name_that_finds_it() -> None:
    assert len(ISO2) == 250, "249 codes of ISO 3166-1 and XK"
    for code in ISO2:
        assert code_for(code) == code
        assert code_for(name_of(code)) == code


def test_an_unknown_code_keeps_its_letters() -> None:
    assert name_of("zz") == "zz"
    assert name_of("tr") == "Türkiye"
