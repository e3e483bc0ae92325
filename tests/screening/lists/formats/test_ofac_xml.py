"""OFAC's XML files: sdn.xml with its quality per alias, enhanced XML with lists and scripts."""

from __future__ import annotations

import datetime as dt

from screening.lists.types import texts_of
from screening.matching.types import Alias, Identifier, Quality, Schema
from tests.screening.lists.formats.reading import one, only, parse, refused, sample

SDN, ENHANCED = sample("sdn.xml"), sample("enhanced.xml")


def test_sdn_xml() -> None:
    found = only(SDN, "SDN")
    (entry,) = found.entries
    assert (found.published_on, found.published_from) == (dt.date(2014, 7, 16), "file")
    assert (entry.uid, entry.name, entry.schema) == ("6982", "JIM'ALE, Ahmed Nur Ali", Schema.PERSON)
    assert entry.aliases == (Alias("JUMALI, Ahmed", Quality.STRONG), Alias("JIM", Quality.WEAK, "fka"))
    assert entry.addresses == ("P.O. Box 3312, Dubai, United Arab Emirates",)
    assert entry.countries == ("AE", "DJ")
    assert entry.identifiers == (Identifier("Passport", "A0181988", "SO"),)
    assert entry.birth_dates == ("1954-05-20",)
    assert entry.citizenships == ("SO",)
    assert entry.programs == ("SDGT", "SOMALIA")
    assert entry.remarks == "Additional passport issued in 2010.; Gender Male"
    assert entry.raw == {"title": "Owner"}


def test_fewer_entries_than_promised_are_told() -> None:
    promised = parse(SDN.replace("<Record_Count>1<", "<Record_Count>5704<"), "SDN")
    assert texts_of(promised.warnings) == ("list promises 5,704 entries and holds 1",)


def test_enhanced_xml_names_the_lists() -> None:
    parsed = parse(ENHANCED, "OFAC_NON_SDN")
    assert [(item.code, item.published_on) for item in parsed.lists] == [
        ("SSI", dt.date(2025, 1, 10)),
        ("MBS", dt.date(2025, 1, 10)),
    ]
    entry, same = (item.entries[0] for item in parsed.lists)
    assert (entry.effective_on, same.effective_on) == (dt.date(2014, 7, 29), dt.date(2022, 2, 22))
    assert entry.aliases == (Alias("БАНК ВТБ", Quality.STRONG, "script"), Alias("VTB", Quality.WEAK, "fka"))
    assert entry.addresses == ("29, Bolshaya Morskaya str., St. Petersburg, Russia",), "parts in postal order, not in file order"
    assert entry.identifiers == (Identifier("Tax ID No.", "7702070139", "RU"), Identifier("SWIFT/BIC", "VTBRRUMM"))
    assert entry.birth_dates == ("1948-12-10",)
    assert entry.remarks == "See directives.; Website www.vtb.com"


def test_a_list_nobody_knows_is_kept_as_a_custom_list() -> None:
    changed = ENHANCED.replace("Sectoral Sanctions Identifications List", "Brand New List")
    assert [item.code for item in parse(changed, "CSL").lists] == ["MBS", "BNL"]


def test_xml_that_is_not_closed_or_that_defines_entities_is_refused() -> None:
    assert refused(SDN[: len(SDN) // 2], "SDN").guard == "truncated"
    assert refused(ENHANCED.replace("</entities>", ""), "SSI").guard == "truncated"
    bomb = SDN.replace("<sdnList xmlns", '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>\n<sdnList xmlns', 1)
    assert refused(bomb, "SDN", "ofac_xml").guard == "archive"
    outside = SDN.replace("<sdnList xmlns", '<!DOCTYPE x SYSTEM "file:///etc/passwd">\n<sdnList xmlns', 1)
    assert refused(outside, "SDN", "ofac_xml").guard == "archive"
    assert refused('<?xml version="1.0"?><sdnList></sdnList>', "SDN").guard == "empty"


def test_a_declared_encoding_that_nobody_knows_is_refused() -> None:
    for name in ("utf-w", "utf-32", "rot13"):
        assert refused(SDN.replace('standalone="yes"', f'encoding="{name}"'), "SDN", "ofac_xml").guard in (
            "header_drift",
            "truncated",
        )


def test_a_declared_encoding_is_obeyed() -> None:
    latin = SDN.replace('standalone="yes"', 'encoding="iso-8859-1"').replace("JUMALI", "JÜMALI").encode("latin-1")
    assert one(latin, "SDN").aliases[0].name == "JÜMALI, Ahmed"
