"""Printed addresses come apart where the publisher parts them, and only there."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from screening.lists.fields.addresses import countries_of, country_of, in_hong_kong, is_bare_country, split_coded, split_prose

SPLITS = [
    ("A Road, Kabul, Afghanistan; and B Road, Kabul, Afghanistan.", ("A Road, Kabul, Afghanistan", "B Road, Kabul, Afghanistan"),
     "; and, final stop"),
    ("No. 699, East Road, Wuxi City, China, and No. 188, East Road, Wuxi City, China.",
     ("No. 699, East Road, Wuxi City, China", "No. 188, East Road, Wuxi City, China"), ", and after a country"),
    ("Dubai, U.A.E. and P.O. Box 10559 Ras Al Khaimah, U.A.E.", ("Dubai, U.A.E.", "P.O. Box 10559 Ras Al Khaimah, U.A.E."),
     "and after an abbreviated country, whose stop stays"),
    ("7 Per, St. Petersburg, Russia 194044, and 61-1 Rechki, Saint Petersburg, Russia",
     ("7 Per, St. Petersburg, Russia 194044", "61-1 Rechki, Saint Petersburg, Russia"), "a postal code behind the country"),
    ("Rooms 2306, 2307, and 2308, Building 1, Shenzhen, China", ("Rooms 2306, 2307, and 2308, Building 1, Shenzhen, China",),
     "and between room numbers parts nothing"),
    ("9 Chapayeva str., Crimea 98433, and Ukraine; and 10 Chapayeva str., Ukraine",
     ("9 Chapayeva str., Crimea 98433, and Ukraine", "10 Chapayeva str., Ukraine"), "and before a bare country parts nothing"),
    ("Sharjah, U.A.E. (Behind the Showroom), and P.O. Box 35470, Sharjah, U.A.E.",
     ("Sharjah, U.A.E. (Behind the Showroom)", "P.O. Box 35470, Sharjah, U.A.E."), "a remark in brackets behind the country"),
    ("(1) 1 Ring Road, Tehran, Iran; (2) 2 Ring Road, Tehran, Iran",
     ("1 Ring Road, Tehran, Iran", "2 Ring Road, Tehran, Iran"), "numbered"),
    ("Aung Min (2) Street, Yangon, Burma", ("Aung Min (2) Street, Yangon, Burma",), "a number in a street is no numbering"),
    ("1 A Street, Athens, Greece; and and72 B Ave, Athens, Greece", ("1 A Street, Athens, Greece", "72 B Ave, Athens, Greece"),
     "a doubled and, glued"),
    ("6 C Road, Beijing, China; and and; and 1 D Road, Beijing, China", ("6 C Road, Beijing, China", "1 D Road, Beijing, China"),
     "an empty part"),
    ("2nd Floor, No. 2; and Yesil A, Istanbul Turkey 34134, Istanbul, TR", ("2nd Floor, No. 2, Istanbul, TR",
     "Yesil A, Istanbul Turkey 34134, Istanbul, TR"), "one trailing City, CC belongs to every part that has none"),
    ("21 A Street, Hebei, China; and 21 B Road, Hebei, China., Shijiazhuang, CN",
     ("21 A Street, Hebei, China", "21 B Road, Hebei, China., Shijiazhuang, CN"), "a part with its own country keeps it"),
    ("Room 1, 2 Road, Beijing; and 3 Road, Shanghai, CN", ("Room 1, 2 Road, Beijing, CN", "3 Road, Shanghai, CN"),
     "a part with its own city gets the country only"),
    ("The following addresses apply to the entity and to the institutions: 50 Road, Beijing, China; and 51 Road, Beijing, China.",
     ("50 Road, Beijing, China", "51 Road, Beijing, China"), "an introduction is no address"),
    ("TR", ("TR",), "a bare country stays for the caller to tell"),
    ("", (), "nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "addresses", "why"), SPLITS)
def test_split_prose(printed: str, addresses: tuple[str, ...], why: str) -> None:
    assert split_prose(printed).addresses == addresses, why


def test_a_pointer_to_another_entry_is_no_address() -> None:
    split = split_prose("P.O. Box 1, Dubai, U.A.E. (See alternate addresses under Iran and U.A.E.). ")
    assert split.addresses == ("P.O. Box 1, Dubai, U.A.E.",)
    assert split.pointers == ("(See alternate addresses under Iran and U.A.E.)",)


def test_names_printed_before_an_address_are_aliases() -> None:
    split = split_prose(
        "(a.k.a., Lin R, Steven L and Yong L),170 Bukit Batok, Singapore 650170; and 158 Kallang Way, Singapore 349245"
    )
    assert split.aliases == ("Lin R", "Steven L", "Yong L")
    assert split.addresses == ("170 Bukit Batok, Singapore 650170", "158 Kallang Way, Singapore 349245")


def test_ofac_addresses_come_apart_at_the_semicolon_only() -> None:
    assert split_coded("Shenyang, CN; 1 Street and 2 Street, Pyongyang, KP") == (
        "Shenyang, CN",
        "1 Street and 2 Street, Pyongyang, KP",
    )


@pytest.mark.parametrize(
    ("address", "code", "why"),
    [
        ("605 TRAIL LAKE DRIVE, RICHARDSON, TX, 75081, US", "US", "a trailing code"),
        ("51 BUKIT BATOK CRESCENT, SG, 658077", "SG", "the code before the postal code"),
        ("3037 S. 69TH DRIVE, PHONEIX, AZ, 85043", "US", "a state and its ZIP code, not Azerbaijan"),
        ("Tbilisi, Georgia 0183, GE", "GE", "name and code"),
        ("Istanbul Turkey 34134", "TR", "a name before the postal code"),
        ("Kelsterbach, Germany D-65451", "DE", "a national prefix"),
        ("RAK Free Trade Zone RAK—U.A.E.", "AE", "a dash"),
        ("Wanchai, Hong Kong", "HK", "Hong Kong"),
        ("Yangon Region, Burma, 11091", "MM", "a postal code of its own segment"),
        ("Newark, CA", "CA", "two letters at the end are a code where files print codes"),
        ("12 High Street, Oxford", "", "a city alone tells nothing"),
    ],
)
def test_country_of(address: str, code: str, why: str) -> None:
    assert country_of(address) == code, why


@pytest.mark.parametrize(
    ("addresses", "heading", "countries", "why"),
    [
        (("Unit D, 18 Luard Rd, Wan Chai, Hong Kong, CN",), "", ("HK", "CN"), "Hong Kong under China is both"),
        (("72 Cheung Sha Wan Road, KL, HK",), "", ("HK", "CN"), "its own code is both too"),
        (("Lockhart Road, Wan Chai, Hong Kong",), "CN", ("CN", "HK"), "heading first"),
        (("Hong Kong Middle Road, Qingdao, CN",), "", ("CN",), "a street named Hong Kong is not in Hong Kong"),
        (("Macau, MO",), "", ("MO",), "Macau is its own row"),
        (("Moscow, RU", "Minsk, BY", "Moscow, RU"), "", ("RU", "BY"), "printed order, once each"),
        ((), "TR", ("TR",), "a heading alone"),
    ],
)
def test_countries_of(addresses: tuple[str, ...], heading: str, countries: tuple[str, ...], why: str) -> None:
    assert countries_of(addresses, heading) == countries, why


@pytest.mark.parametrize(
    ("text", "bare"),
    [("TR", True), ("Region: Gaza", True), ("Russia", True), ("Moscow, RU", False), ("Tehran", False), ("", False)],
)
def test_a_bare_country_is_no_address(text: str, bare: bool) -> None:
    assert is_bare_country(text) is bare


def test_kowloon_counts_as_hong_kong() -> None:
    assert in_hong_kong("2-16 Fa Yuen Street, Mongkok, KLN, CN")
    assert not in_hong_kong("Jordan, Amman")


def test_the_real_entity_list_comes_apart_as_counted(shared: Path) -> None:
    """3,284 entries with addresses hold 5,948 between "; " alone; ", and" after a country adds a few, none is lost."""
    with gzip.open(shared / "lists/bis/entity_list_2026-07-09.json.gz", "rt", encoding="utf-8") as stream:
        printed = [row["address"] for row in json.load(stream)["entities"] if row["address"]]
    assert len(printed) == 3284
    found = [split_prose(text) for text in printed]
    assert 5948 <= sum(len(split.addresses) for split in found) <= 6020
    assert sum("(See alternate address" in text for text in printed) == 205
    assert all(split.pointers for text, split in zip(printed, found, strict=True) if "alternate address" in text)
    assert not any("alternate address" in part.lower() for split in found for part in split.addresses)
