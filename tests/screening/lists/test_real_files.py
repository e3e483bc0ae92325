"""The publishers' own files, when they are beside the checkout: counts, dates, and what must be refused."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from screening.lists.archive import gather
from screening.lists.diff import diff
from screening.lists.read_files import read
from screening.lists.registry import CONTROL_LISTS, canaries_of
from screening.lists.types import FileRefused, Parsed, RawFile, WarningCode
from screening.matching.types import Quality, Schema

FULL_2022 = {"SDN": 10026, "EL": 2001, "DTC": 727, "DPL": 462, "SSI": 290, "UVL": 201, "ISN": 163, "PLC": 78, "MEU": 71,
             "CMIC": 68, "CAP": 53, "MBS": 17, "FSE": 3}  # fmt: skip
CONS = {"SSI": 286, "PLC": 78, "CMIC": 68, "MBS": 9, "CAP": 1}
ENHANCED = {"SSI": 286, "PLC": 78, "CMIC": 68, "MBS": 12, "CAP": 1, "FSE": 1}

FILES = [
    ("csl/consolidated_2022-04_full.csv.gz", "CSL", "csl_csv", FULL_2022, "2022-04-21"),
    ("csl/sample_2025_29col.csv", "CSL", "csl_csv", None, "2023-07-19"),
    ("csl/sample_2019-12-03_28col.csv", "CSL", "csl_csv", None, "2019-08-13"),
    ("ofac/cons_2025-12-19", "OFAC_NON_SDN", "ofac_csv", CONS, None),
    ("ofac/CONS_ENHANCED.ZIP", "OFAC_NON_SDN", "ofac_enhanced_xml", ENHANCED, "2025-01-10"),
    ("bis/entity_list_2026-07-09.json.gz", "EL", "extract_json", {"EL": 3409}, "2026-07-09"),
    ("bis/meu_2026-07-09.json", "MEU", "extract_json", {"MEU": 70}, "2026-07-09"),
    ("bis/dpl_2026-04-14.json", "DPL", "extract_json", {"DPL": 564}, "2026-04-14"),
    ("bis/dpl_2019-06-29.txt", "DPL", "dpl_txt", {"DPL": 546}, "2019-06-05"),
    ("bis/dpl_2022-09-07.txt", "DPL", "dpl_txt", {"DPL": 581}, "2022-09-02"),
    ("bis/dpl_2023-11-30.txt", "DPL", "dpl_txt", {"DPL": 665}, "2023-11-16"),
    ("state/nonproliferation_2025-05.json", "ISN", "extract_json", {"ISN": 528}, "2025-05-01"),
    ("state/debarred_statutory_2025-08-25.json", "DTC", "extract_json", {"DTC": 779}, "2025-08-25"),
    ("state/debarred_administrative_2023-06-01.json", "DTC", "extract_json", {"DTC": 8}, "2023-06-01"),
    ("other/nscmic_2026-07-09.json", "CMIC", "extract_json", {"CMIC": 68}, "2022-02-14"),
    ("other/section_1260h_2026-06-10.json", "1260H", "extract_json", {"1260H": 80}, "2026-06-10"),
    ("other/section_1286_fy2024.json", "1286", "extract_json", {"1286": 134}, None),
    ("other/uflpa_2026-07-09.json", "UFLPA", "extract_json", {"UFLPA": 148}, "2026-07-09"),
    ("un/un_consolidated_2020-11-24.xml.gz", "UN", "un_xml", {"UN": 1018}, "2020-11-24"),
    ("ita_fixtures/raw/dpl.txt", "DPL", "dpl_txt", {"DPL": 9}, "1998-08-03"),
    ("ita_fixtures/raw/dtc.csv", "DTC", "dtc_csv", {"DTC": 4}, "1994-08-29"),
    ("ita_fixtures/raw/el.csv", "EL", "bis_csv", {"EL": 6}, None),
    ("ita_fixtures/raw/isn.csv", "ISN", "isn_csv", {"ISN": 5}, "2016-06-28"),
    ("ita_fixtures/raw/uvl.csv", "UVL", "bis_csv", {"UVL": 13}, None),
    ("ita_fixtures/raw/sdn.xml", "SDN", "ofac_xml", {"SDN": 4}, "2014-07-16"),
    ("ita_fixtures/raw/treasury_consolidated.xml", "OFAC_NON_SDN", "ofac_xml", None, "2014-12-17"),
    ("ita_fixtures/full/isn.csv", "ISN", "isn_csv", {"ISN": 213}, "2016-06-28"),
    ("ita_fixtures/full/isn_latin1.csv", "ISN", "isn_csv", {"ISN": 462}, "2013-02-11"),
    ("ita_fixtures/full/itar_debarred_2018-01-24.csv", "DTC", "dtc_csv", {"DTC": 515}, "2013-11-07"),
    ("ita_fixtures/full/aeca_debarred_2014-05-09.csv", "DTC", "dtc_csv", {"DTC": 521}, None),
]
REFUSED = [
    (("csl/csl_2023-11-30_truncated.csv.gz",), "CSL", "truncated", "the header stands twice and the last record is cut"),
    (("csl/invalid.csv",), "CSL", "truncated", "malformed rows, a lone full stop at the end"),
    (("ofac/2025-02-27",), "SDN", "truncated", "no primary file"),
    (("ofac/sdn_daily",), "SDN", "header_drift", "four days at once"),
    (("federal_register/2023-03929.xml",), "EL", "header_drift", "a rule is no list"),
    (("csl/screening_list_2026-07-31.json.gz",), "CSL", "header_drift", "a reduced copy in a layout of its own"),
    (("bis/dpl_2023-11-30.txt",), "EL", "header_drift", "another list than was asked for"),
]  # fmt: skip


@cache
def parsed(folder: Path, code: str, *files: str) -> Parsed:
    """One import of real files, read once for all tests."""
    return read(gather([folder / "lists" / file for file in files]), code=code)


@pytest.mark.parametrize(("file", "code", "format", "counts", "published"), FILES, ids=[row[0] for row in FILES])
def test_a_real_file_reads(
    shared: Path, file: str, code: str, format: str, counts: dict[str, int] | None, published: str | None
) -> None:
    found = parsed(shared, code, file)
    assert found.format == format
    assert not any(item.rejected for item in found.lists)
    if counts is not None:
        assert {item.code: len(item.entries) for item in found.lists} == counts
    if published is not None:
        assert {item.published_on for item in found.lists} == {dt.date.fromisoformat(published)}
    for item in found.lists:
        assert len({entry.uid for entry in item.entries}) == len(item.entries), "uids are unique"
        assert all(entry.name and entry.list == item.code for entry in item.entries)


@pytest.mark.parametrize(("files", "code", "guard", "why"), REFUSED, ids=[row[0][0] for row in REFUSED])
def test_a_real_file_is_refused(shared: Path, files: tuple[str, ...], code: str, guard: str, why: str) -> None:
    with pytest.raises(FileRefused) as refused:
        parsed(shared, code, *files)
    assert refused.value.guard == guard, why


def test_the_consolidated_list_of_2026_as_json(shared: Path) -> None:
    """The reduced copy of the publisher's JSON, laid out as published again: every list as large as the copy says."""
    copy = json.loads(gzip.decompress((shared / "lists/csl/screening_list_2026-07-31.json.gz").read_bytes()))
    tables = copy["tables"]

    def result(entry: dict[str, Any]) -> dict[str, Any]:
        def looked_up(key: str, table: str) -> Any:
            return tables[table][entry[key]] if key in entry else None

        return {
            "id": None,
            "name": entry["n"],
            "alt_names": entry.get("a", []),
            "source": looked_up("s", "sources"),
            "entity_number": entry.get("e"),
            "type": entry.get("t"),
            "programs": [looked_up("pg", "programs")] if "pg" in entry else [],
            "addresses": [{"address": None, "city": None, "country": code} for code in entry.get("c", [])],
            "federal_register_notice": entry.get("fr"),
            "license_requirement": looked_up("lr", "license_requirements"),
            "license_policy": looked_up("lp", "license_policies"),
            "source_list_url": looked_up("u", "urls"),
            "ids": [],
        }

    # The SDN List, three quarters of the file, would only repeat what the CSV of it shows.
    rest = [entry for entry in copy["entries"] if "(SDN)" not in tables["sources"][entry["s"]]]
    document = json.dumps({"total": len(rest), "results": [result(entry) for entry in rest]}).encode()
    found = {item.code: item for item in read([RawFile("consolidated.json", document)], code="CSL").lists}
    assert {code: len(item.entries) for code, item in found.items()} == {
        "EL": 3420, "DPL": 1596, "DTC": 787, "SSI": 286, "UVL": 222, "ISN": 161, "PLC": 78, "MEU": 70, "CMIC": 68, "MBS": 51,
        "CAP": 1,
    }  # fmt: skip
    assert not any(item.rejected for item in found.values())
    assert sum(entry.policy_code == "OTHER" for entry in found["EL"].entries) == 2, "two policies are no policy in print"


def test_every_canary_is_in_the_real_lists(shared: Path) -> None:
    for item in parsed(shared, "CSL", "csl/consolidated_2022-04_full.csv.gz").lists:
        assert canaries_of(item.code, item.entries) == set(CONTROL_LISTS[item.code].canaries), item.code


def test_two_parties_share_a_number_in_a_real_publication(shared: Path) -> None:
    found = parsed(shared, "SDN", "ofac/2022-01-31/sdn.csv.gz", "ofac/2022-01-31/add.csv.gz", "ofac/2022-01-31/alt.csv.gz")
    (item,) = found.lists
    assert len(item.entries) == 9044, "every row of the file"
    assert {"2677", "2677-2"} <= {entry.uid for entry in item.entries}
    aliases = [alias for entry in item.entries for alias in entry.aliases if alias.kind != "abbreviation"]
    strong = [alias for alias in aliases if alias.quality is Quality.STRONG]
    assert len(strong) > 11_900, "12,409 rows of alt, repeats of the name itself left out"
    assert sum(alias.quality is Quality.WEAK for alias in aliases) > 2_400, "weak aliases stand in the remarks only"


def test_four_publications_of_the_sdn_list_differ_as_published(shared: Path) -> None:
    """+298, +7, -8, and not one row changed."""
    days = [
        parsed(shared, "SDN", f"ofac/sdn_daily/sdn_2024-{day}.csv.gz").lists[0] for day in ("04-26", "05-01", "05-02", "05-03")
    ]
    assert [len(day.entries) for day in days] == [14668, 14966, 14973, 14965]
    assert all(day.end_mark for day in days)
    steps = [diff({entry.uid: entry for entry in one.entries}, two.entries) for one, two in pairwise(days)]
    assert [(len(step.added), len(step.removed), len(step.changed), len(step.moved)) for step in steps] == [
        (298, 0, 0, 0),
        (7, 0, 0, 0),
        (0, 8, 0, 0),
    ]


def test_the_entity_list_of_2026(shared: Path) -> None:
    (item,) = parsed(shared, "EL", "bis/entity_list_2026-07-09.json.gz").lists
    assert sum(bool(entry.addresses) for entry in item.entries) == 3284 - 28, "28 address fields name a country and nothing else"
    assert all(entry.countries for entry in item.entries)
    assert sum(entry.schema is Schema.ADDRESS for entry in item.entries) == 19
    assert all(entry.requirement_code for entry in item.entries)
    assert sum("HK" in entry.countries for entry in item.entries) > 250, "285 China rows mention Hong Kong"
    assert WarningCode.UNKNOWN_COUNTRY not in {warning.code for warning in item.warnings}, "every country heading is known"


def test_the_united_nations_list(shared: Path) -> None:
    (item,) = parsed(shared, "UN", "un/un_consolidated_2020-11-24.xml.gz").lists
    assert sum(entry.schema is Schema.PERSON for entry in item.entries) == 713
    assert sum(entry.schema is Schema.ORGANIZATION for entry in item.entries) == 305
    assert all(alias.name for entry in item.entries for alias in entry.aliases), "empty alias elements are none"
