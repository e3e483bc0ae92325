"""One-line addresses proposed in parts; places are invented or public."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.services.parties.address_parts import LONGEST, split_address

CASES = [
    (
        "Hong Kong, unit to district",
        "Room 1318-19, 13F, Zelma Plaza, 610 Quorn Road, Mong Kok, Kowloon, Hong Kong",
        "HK",
        {
            "unit": "Room 1318-19",
            "floor": "13F",
            "building": "Zelma Plaza",
            "street": "610 Quorn Road",
            "city": "Mong Kok",
            "state": "Kowloon",
        },
    ),
    (
        "China, city and province",
        "No. 9 Dongsheng West Road, Jiangyin, Jiangsu, China",
        "CN",
        {"street": "No. 9 Dongsheng West Road", "city": "Jiangyin", "state": "Jiangsu"},
    ),
    (
        "United States",
        "1 Main Street, Springfield, IL 62701, USA",
        "US",
        {"street": "1 Main Street", "city": "Springfield", "state": "IL", "postal_code": "62701"},
    ),
    ("Germany, code before the town", "Ringstrasse 2, 01109 Dresden", "DE", {"city": "Dresden", "postal_code": "01109"}),
    ("Germany, country first", "Werkring 4, D-89073 Ulm, Germany", "DE", {"city": "Ulm", "postal_code": "D-89073"}),
    (
        "Britain",
        "12 Quorn Lane, London, EC1A 1BB",
        "GB",
        {"street": "12 Quorn Lane", "city": "London", "postal_code": "EC1A 1BB"},
    ),
    ("Dubai is a town", "Office 4, Zelma Tower, 3 Quorn Road, Dubai, UAE", "AE", {"building": "Zelma Tower", "city": "Dubai"}),
    ("Dubai at the end", "3 Quorn Road, Dubai", "AE", {"street": "3 Quorn Road", "city": "Dubai"}),
    ("a number alone belongs to the street", "9, Quornmirae-ro, Incheon", "KR", {"street": "9 Quornmirae-ro", "city": "Incheon"}),
    ("a post office box is a street, so that it is seen", "P.O. Box 17, Vaduz", "LI", {"street": "P.O. Box 17", "city": "Vaduz"}),
    ("a town alone", "Incheon", "KR", {"city": "Incheon"}),
    ("nothing", " , . ", "KR", {}),
]


@pytest.mark.parametrize(("why", "text", "country", "parts"), CASES, ids=[case[0] for case in CASES])
def test_the_parts_are_proposed_in_the_words_of_the_line(why: str, text: str, country: str, parts: dict[str, str]) -> None:
    found = split_address(text, country).as_dict()
    assert {name: found.get(name) for name in parts} == parts, (why, found)
    assert parts or not found


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_whatever_was_typed_every_part_fits_its_field_and_is_in_the_line(text: str) -> None:
    for name, value in split_address(text).as_dict().items():
        assert len(value) <= LONGEST[name]
        assert all(word in text for word in value.replace(",", " ").split())
