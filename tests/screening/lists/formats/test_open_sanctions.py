"""OpenSanctions exports: the simple CSV and FollowTheMoney lines."""

from __future__ import annotations

import datetime as dt

from screening.lists.types import WarningCode, texts_of
from screening.matching.types import Alias, Identifier, Quality, Schema
from tests.screening.lists.formats.reading import only, parse, refused, sample

CSV, LINES = sample("targets.simple.csv"), sample("entities.ftm.json")


def test_simple_csv() -> None:
    found = only(CSV, "OWN")
    person, ship, thing = found.entries
    assert (found.published_on, found.published_from) == (dt.date(2026, 8, 1), "rows")
    assert (person.list, person.uid, person.schema) == ("OWN", "NK-1", Schema.PERSON)
    assert [alias.name for alias in person.aliases] == ["Иван Петров", "I. Petrov"]
    assert (person.countries, person.addresses) == (("RU", "UA"), ("1 Road Moscow", "2 Road Minsk")), "a region is its country"
    assert person.identifiers == (Identifier("Identification Number", "P123"), Identifier("Identification Number", "ID456"))
    assert person.programs == ("EU-UKR",)
    assert (ship.schema, thing.schema) == (Schema.VESSEL, Schema.UNKNOWN)
    assert ship.identifiers == (Identifier("IMO", "9422964"),)
    assert any("'Whatever' is not known" in text for text in texts_of(found.warnings))


def test_follow_the_money_lines() -> None:
    found = only(LINES, "OWN")
    company, ship = found.entries
    assert company.aliases == (Alias("Acme"), Alias("ACM"), Alias("Old", kind="fka"), Alias("A", Quality.WEAK))
    assert company.addresses == ("1 Road, Moscow",), "addresses are entities of their own and are joined"
    assert company.identifiers == (
        Identifier("Tax ID No.", "7735582816"),
        Identifier("LEI", "253400V1H6ART1UQ0N98"),
        Identifier("Passport", "N44", "RU"),
        Identifier("National ID No.", "4509 123456"),
    ), "papers are entities of their own and are joined to their holder"
    assert (ship.countries, ship.identifiers) == (("PA",), (Identifier("IMO", "9123456"),))
    assert [warning.code for warning in found.warnings].count(WarningCode.ROWS_LEFT_OUT) == 2, (
        "owners and relatives are left out, and told"
    )


def test_guards() -> None:
    assert refused(LINES[:-20], "OWN").guard == "truncated"
    assert refused("x\n" + LINES, "OWN", "ftm_jsonl").guard == "rejects"
    assert refused(CSV.replace('"id","schema"', '"key","schema"', 1), "OWN", "os_targets_csv").guard == "header_drift"
    assert parse(LINES, "OWN").format == "ftm_jsonl"
