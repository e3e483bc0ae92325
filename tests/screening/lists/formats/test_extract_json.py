"""JSON extracts: dates from the agency's own file names, notes that hold what the file has no field for."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from screening.lists.formats.extract_json import file_date
from screening.lists.types import texts_of
from screening.matching.types import Identifier, ListedParty, Schema
from tests.screening.lists.formats.reading import one, parse, refused

ENTITY: dict[str, Any] = dict.fromkeys(
    ("name", "aliases", "country", "address", "status", "effective_date", "federal_register", "notes")
)


def extract(list_id: str, *entities: dict[str, Any], **header: Any) -> str:
    document = {"list_id": list_id, "source_file": "x", "extracted": "2026-07-09", "count": len(entities)} | header
    return json.dumps(document | {"entities": [ENTITY | entity for entity in entities]})


def read(list_id: str, code: str, **entity: Any) -> ListedParty:
    return one(extract(list_id, entity), code)


def test_entity_list() -> None:
    entry = read(
        "bis-entity-list", "EL",
        name="Acme Institute", aliases=["Acme", "f.k.a. Old Acme"], country="China",
        address="1 Road, Wan Chai, Hong Kong; and 2 Road, Kowloon, Hong Kong. (See alternate address under Iran)",
        federal_register="76 FR 71869, 11/21/11\n89 FR 41888, 5/14/24",
        notes="For all items subject to the EAR. (See §§ 734.9(g),3 746.8(a)(3), and 744.21(b) of the EAR)",
    )  # fmt: skip
    assert [(alias.name, alias.kind) for alias in entry.aliases] == [("Acme", "aka"), ("Old Acme", "fka")]
    assert entry.countries == ("HK", "CN"), "every address in Hong Kong: the territory first"
    assert entry.addresses == ("1 Road, Wan Chai, Hong Kong", "2 Road, Kowloon, Hong Kong")
    assert entry.federal_register == "76 FR 71869, 11/21/11; 89 FR 41888, 5/14/24", "citations on several lines"
    assert entry.effective_on == dt.date(2011, 11, 21)
    assert (entry.requirement_code, entry.license_policy, entry.policy_code) == ("ALL_SUBJECT_TO_EAR", "", ""), "no policy column"
    assert entry.footnotes == ("3",)


def test_the_uid_is_the_one_of_the_consolidated_file() -> None:
    entry = read("bis-entity-list", "EL", name="SJ Semiconductor", country="China", federal_register="85 FR 83420, 12/22/20")
    assert entry.uid == "63d7be474f4945ee"


def test_denied_persons() -> None:
    entry = read(
        "bis-dpl", "DPL",
        name="JIANWEI DING", country="Singapore", address="51 BUKIT BATOK CRESCENT, SG, 658077", effective_date="2011-07-27",
        federal_register="76 F.R. 47144 8/4/11", notes="Type of denial: Standard; Expires: 2036-07-27",
    )  # fmt: skip
    assert (entry.uid, entry.expires_on, entry.countries) == ("8e837022ae60773d", dt.date(2036, 7, 27), ("SG",))


@pytest.mark.parametrize(
    ("notes", "expires", "why"),
    [
        (
            "Authority: A; status: Expired on 02/02/11; x | Authority: B; status: Expired on 03/03/12; y",
            dt.date(2012, 3, 3),
            "all expired",
        ),
        ("Authority: A; status: Active; x | Authority: B; status: Expired on 03/03/12; y", None, "one is still active"),
        ("Authority: A; status: Waived; x", None, "a waiver is no end"),
    ],
)
def test_nonproliferation_ends_only_when_every_determination_does(notes: str, expires: dt.date | None, why: str) -> None:
    entry = read("state-nonproliferation", "ISN", name="X Co.", country="Turkish individual", notes=notes)
    assert entry.expires_on == expires, why
    assert entry.countries == ("TR",)
    assert entry.programs[0] == "A"


def test_lists_that_are_no_export_bar() -> None:
    cmic = read(
        "ofac-nscmic",
        "CMIC",
        name="Jingjia Co., Ltd.",
        country="China",
        notes="USCC: 914301007853917172 (China); Program: CMIC-EO13959",
    )
    assert cmic.identifiers == (Identifier("USCC", "914301007853917172", "CN"),)
    assert cmic.programs == ("CMIC-EO13959",)
    assert read("dow-1286", "1286", name="Army Academy").schema is Schema.ORGANIZATION
    assert read("dhs-uflpa", "UFLPA", name="Y Co.", effective_date="June 21, 2022").effective_on == dt.date(2022, 6, 21)
    assert read("somebody-else", "OWN", name="Z Co.").list == "OWN", "an extract nobody knows is the list asked for"


@pytest.mark.parametrize(
    ("source", "extracted", "expected"),
    [
        ("Supplement No. 4 to Part 744—Entity List.txt", "2026-07-09", dt.date(2026, 7, 9)),
        ("dpl_04142026.csv", "2026-07-09", dt.date(2026, 4, 14)),
        ("Stat Debarred Parties_20250825_revised.csv", "2026-07-09", dt.date(2025, 8, 25)),
        ("Admin Debarred Parties_06.01.23.csv", "2026-07-09", dt.date(2023, 6, 1)),
        ("May-2025-Updated-Master-Sanctions.pdf", "2026-07-09", dt.date(2025, 5, 1)),
        ("dhs.gov/uflpa-entity-list (live fetch 2026-07-09)", "2026-07-09", dt.date(2026, 7, 9)),
        ("2026-11571.pdf", "2026-07-09", None),
    ],
)
def test_the_date_is_the_agency_files_own(source: str, extracted: str, expected: dt.date | None) -> None:
    assert file_date(source, extracted) == expected


def test_guards() -> None:
    whole = extract("bis-dpl", {"name": "A"}, {"name": "B"})
    assert refused(whole[:-20], "DPL").guard == "truncated"
    assert refused(whole.replace('"count": 2', '"count": 3'), "DPL").guard == "truncated"
    assert refused(whole, "EL").guard == "header_drift"
    assert refused(extract("bis-dpl", {"name": "A"}, {"name": ""}), "DPL").guard == "rejects"
    assert refused('{"list_id": "bis-dpl", "entities": []}', "DPL").guard == "empty"


def test_an_unknown_key_is_named() -> None:
    wide = parse(extract("bis-dpl", {"name": "A", "color": "red"}), "DPL")
    assert "unknown key 'color' is not read" in texts_of(wide.lists[0].warnings)
