"""Denied Persons, Unverified, legacy Entity List, nonproliferation and debarred CSVs, each with its habits."""

from __future__ import annotations

import datetime as dt

import pytest

from screening.lists.formats.dpl_txt import COLUMNS
from screening.lists.types import WarningCode
from screening.matching.types import Alias, Schema
from tests.screening.lists.formats.reading import one, only, parse, refused

DPL_HEADER = "\t".join(COLUMNS)
ASH = "\t".join(
    f'"{cell}"'
    for cell in (
        " I. ASH",
        "1 ROAD",
        "SEAGOVILLE",
        "TX",
        "",
        "75159",
        "06/19/2003",
        "06/29/2056",
        "Y",
        "2007-01-31",
        "UPDATED",
        "68 F.R. 1",
    )
)


def dpl(*rows: str, end: str = "\n") -> str:
    return end.join((DPL_HEADER, *rows, ""))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_denial_order(end: str) -> None:
    entry = one(dpl('""' + '\t""' * 11, ASH, end=end), "DPL")
    assert entry.name == "I. ASH", "a leading space, and a blank first record before it"
    assert entry.addresses == ("1 ROAD, SEAGOVILLE, TX, 75159, US",)
    assert entry.countries == ("US",), "blank for the United States when a state is given"
    assert (entry.effective_on, entry.expires_on) == (dt.date(2003, 6, 19), dt.date(2056, 6, 29))
    assert entry.remarks == "UPDATED"
    assert entry.raw["standard_order"] == "Y"


def test_unquoted_rows_may_leave_trailing_cells_out() -> None:
    rows = ("SEMI SYSTEMS, INC. (SSI)\tHOVEDGADE 99\tCOPENHAGEN\t\tDK\t\t3/20/1992\t10/4/2000\tY",)
    entry = one(dpl(*rows), "DPL")
    assert (entry.countries, entry.expires_on) == (("DK",), dt.date(2000, 10, 4)), "expired orders stay, marked"
    assert entry.aliases == (Alias("SSI", kind="abbreviation"),)


def test_an_order_without_end_and_the_comma_form_of_2026() -> None:
    row = ASH.replace('"06/29/2056"', '""')
    assert one(dpl(row), "DPL").expires_on is None
    assert one(dpl(row).replace("\t", ","), "DPL", "dpl_txt") == one(dpl(row), "DPL")


@pytest.mark.parametrize(
    ("data", "guard", "why"),
    [
        (dpl(ASH).replace("effective_date", "start_date"), "header_drift", "a column renamed"),
        (dpl(ASH)[:-60], "truncated", "cut inside a quoted value"),
        (dpl(ASH, "SEMI\tROAD\tTOWN"), "truncated", "a last row of three cells"),
        (dpl(ASH, ASH.replace('" I. ASH"', '""')), "rejects", "a row without a name"),
        (dpl(), "empty", "a header and no row"),
    ],
)
def test_denied_persons_guards(data: str, guard: str, why: str) -> None:
    assert refused(data, "DPL", "dpl_txt").guard == guard, why


UVL = (
    "COUNTRY,NAME,ADDRESS,,,,,\r\n"
    'Hong Kong,Brilliance Technology Ltd,"Flat A, 11/F, 114-116 Austin Road, Tsim Sha Tsui, Kowloon",,,,,\r\n'
    'Hong Kong,Brilliance Technology Ltd,"Rm 1203, 38 Pitt Street, Yau Ma Tei",,,,,\r\n'
    "China,Hi–Shine,1 Road,,,,,\r\n"
)


def test_the_unverified_list_has_a_row_per_address() -> None:
    parsed = parse(UVL.encode("cp1252"), "UVL")
    first, second = parsed.lists[0].entries
    assert parsed.format == "bis_csv"
    assert any(warning.code is WarningCode.ENCODING for warning in parsed.warnings)
    assert first.addresses == (
        "Flat A, 11/F, 114-116 Austin Road, Tsim Sha Tsui, Kowloon, Hong Kong",
        "Rm 1203, 38 Pitt Street, Yau Ma Tei, Hong Kong",
    )
    assert (first.countries, second.countries) == (("HK", "CN"), ("CN",))


REQUIREMENT = "For all items subject to the EAR. (See §744.11 of the EAR)."
LEGACY = (
    "Source List,Entity Number,SDN Type,Programs,Name,Title,Address,City,State/Province,Postal Code,Country,"
    "Federal Register Notice,Effective Date,Date Lifted/Waived/Expired,Standard Order,License Requirement,License Policy,"
    "Alternate Name,Web Link,,,,,\n"
    + "".join(
        f'EL,,,,Fazal Farid,,"{address}",Kabul,,,Afghanistan,76 FR 71867,11/21/2011,,,{REQUIREMENT},Presumption of denial.,{alias},http://x\n'
        for address in ("Apt. 45", "Apt. 46")
        for alias in ("Fazel Farid", "Farid")
    )
)


def test_the_legacy_entity_list_has_a_row_per_alias_and_address() -> None:
    entry = one(LEGACY, "EL")
    assert [alias.name for alias in entry.aliases] == ["Fazel Farid", "Farid"]
    assert entry.addresses == ("Apt. 45, Kabul, Afghanistan", "Apt. 46, Kabul, Afghanistan")
    assert (entry.requirement_code, entry.policy_code, entry.effective_on) == (
        "ALL_SUBJECT_TO_EAR", "PRESUMPTION_OF_DENIAL", dt.date(2011, 11, 21),
    )  # fmt: skip


ISN = (
    "Source List,Programs,Name,Alternative Names,Country,Federal Register Notice,Effective Date,Remarks/Notes,Web Link\n"
    'ISN,INKSNA,Ardis Group LLC and any successor thereof,"Ardis; ARD",Russia,"Vol. 81, No. 128, 07/05/16",6/28/2016,note,http://x\n'
    ",,,,,,,,\n,,,,,,,,\n"
    'ISN,E.O. 13382,Abdul Khan,,North Korean entity in China,"Vol. 74, No. 11, 01/16/09",1/9/2009,,http://x\n'
)


def test_nonproliferation_sanctions() -> None:
    group, person = only(ISN, "ISN").entries
    assert (group.name, group.programs, group.countries) == ("Ardis Group LLC", ("INKSNA",), ("RU",))
    assert [alias.name for alias in group.aliases] == ["Ardis", "ARD"]
    assert group.remarks == "note; and any successor thereof"
    assert person.countries == ("CN",), "an entity in China is found under China"


def test_the_older_layout_tells_when_a_sanction_ended() -> None:
    older = (
        "Programs,Name,Address,Country,Federal Register Notice,Effective Date,Date Lifted/Waived/Expired\r\n"
        'E.O. 12938,7th\xffof Tir,,,"Vol. 72, No. 186, 09/26/07",9/26/2007,9/26/2009\r\n'
    ).encode("latin-1")
    entry = one(older, "ISN")
    assert (entry.name, entry.expires_on) == ("7th of Tir", dt.date(2009, 9, 26))


DTC = (
    "Debarred Party Full Name And Alias,Date of Birth,Notice,Notice Date,Corrected Notice,Corrected Notice Date,\n"
    '"Yun, Juwhan","December, 1980",57 FR 1296,1/13/1992,,\n'
    '"Dilligas Trading Co., Inc. (a.k.a. Dilligas; DTC)",,57 FR 43768,9/22/1992,57 FR 37184,8/18/1992\n'
    '"Dominguez, Carlos; Elint, S.A., Spain Night Vision, S.A., and SNV, S.A",,79 FR 35210,6/19/2014,,'
)


def test_debarred_parties() -> None:
    parsed = parse(DTC, "DTC")
    person, company, joined = parsed.lists[0].entries
    assert (person.schema, person.birth_dates, person.effective_on) == (Schema.PERSON, ("December, 1980",), dt.date(1992, 1, 13))
    assert [alias.name for alias in company.aliases] == ["Dilligas", "DTC"]
    assert company.remarks == "corrected by 57 FR 37184"
    assert joined.name == "Dominguez, Carlos"
    assert [alias.name for alias in joined.aliases] == ["Elint, S.A.", "Spain Night Vision, S.A.", "SNV, S.A"]
    assert joined.raw["name"].endswith("and SNV, S.A")
    assert any(warning.code is WarningCode.LINE_NOT_ENDED for warning in parsed.warnings), "a last line without its end is told"


def test_the_debarred_list_of_2014_has_other_columns() -> None:
    wide = (
        "Corp,Federal Register Notices - Debarred Party (Full Name),Alias,Type,DOB,Notice Date,Notice,Eff. Date,Notes\n"
        ',"Achurra, Antonio",Tony A; Ton,Statutory,1/1/1950,7/18/1988,53 FR 27097,1/24/1986,\n'
    )
    entry = one(wide, "DTC")
    assert (entry.uid, entry.programs, entry.birth_dates) == (one(wide, "DTC").uid, ("Statutory",), ("1/1/1950",))
    assert [alias.name for alias in entry.aliases] == ["Tony A", "Ton"]
