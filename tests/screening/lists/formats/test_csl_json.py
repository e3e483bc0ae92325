"""Consolidated Screening List, JSON: arrays and objects instead of joined texts."""

from __future__ import annotations

import json

from screening.lists.types import texts_of
from tests.screening.lists.formats.reading import one, parse, refused

RESULT = {
    "id": "491ab43c",
    "source": "Entity List (EL) - Bureau of Industry and Security",
    "entity_number": None,
    "type": None,
    "programs": [],
    "name": "SJ Semiconductor",
    "title": None,
    "addresses": [
        {"address": "6 Dongsheng West Road", "city": "Jiangyin", "state": None, "postal_code": "214437", "country": "CN"},
        {"address": "Unit 1, 2 Road", "city": "Hong Kong", "state": None, "postal_code": None, "country": "HK"},
    ],
    "federal_register_notice": "85 FR 83420",
    "start_date": "2020-12-18",
    "license_requirement": "For all items subject to the EAR.",
    "license_policy": "Presumption of denial.",
    "alt_names": ["SJ Jiangyin", "One; and the same"],
    "ids": [{"type": "Registration Number", "number": "123", "country": "CN", "issue_date": None}],
    "source_list_url": "https://bis.example",
}


def test_a_result_is_read_like_its_csv_row() -> None:
    entry = one(json.dumps({"total": 1, "results": [RESULT]}), "CSL")
    assert (entry.list, entry.uid, entry.name) == ("EL", "63d7be474f4945ee", "SJ Semiconductor")
    assert entry.addresses == ("6 Dongsheng West Road, Jiangyin, 214437, CN", "Unit 1, 2 Road, Hong Kong, HK")
    assert entry.countries == ("CN", "HK")
    assert [(key.type, key.value, key.country) for key in entry.identifiers] == [("Registration Number", "123", "CN")]


def test_an_alias_that_holds_a_semicolon_stays_whole() -> None:
    entry = one(json.dumps({"results": [RESULT]}), "CSL")
    assert [alias.name for alias in entry.aliases] == ["SJ Jiangyin", "One; and the same"]


def test_what_is_not_read_is_named_and_what_is_no_result_is_rejected() -> None:
    good = [RESULT | {"name": f"Party {number}"} for number in range(300)]
    parsed = parse(json.dumps({"results": [*good, "text"]}), "CSL")
    assert len(parsed.rejected) == 1
    wide = parse(json.dumps({"results": [RESULT | {"color": "red"}]}), "CSL")
    assert texts_of(wide.warnings) == ("unknown key 'color' is not read",)


def test_guards() -> None:
    whole = json.dumps({"total": 2, "results": [RESULT]})
    assert refused(whole, "CSL").guard == "truncated", "fewer results than promised"
    assert refused(whole[:-30], "CSL").guard == "truncated", "the JSON does not end"
    assert refused('{"results": {}}', "CSL", "csl_json").guard == "header_drift"
    assert refused('{"results": []}', "CSL").guard == "empty"
