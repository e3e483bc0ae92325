"""OFAC's CSV set: null, end mark, weak aliases in remarks, comments that continue them, files of different days."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from screening.lists.formats.ofac_remarks import pieces, read_remarks
from screening.lists.read_files import read
from screening.lists.types import FileRefused, Parsed, RawFile, WarningCode, texts_of
from screening.matching.types import Alias, Identifier, Quality, Schema

SDN = (
    '306,"BANCO NACIONAL DE CUBA",-0- ,"CUBA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"a.k.a. \'BNC\'."\r\n'
    '2677,"AL-ZOMOR, Abboud","individual","SDGT] [SYRIA","Leader",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,'
    '"DOB 19 Apr 1947; alt. DOB 1948; POB Nahia, Giza; nationality Egypt; citizen Korea, North; Passport A1 (Egypt) exp"\r\n'
    '15036,"AMINA","vessel","IRAN",-0- ,"5IM632","Bulk Carrier","24065","16621","Iran","IRISL",'
    '"Vessel Registration Identification IMO 9305192; MMSI 572469210; (Linked To: ISLAMIC; SHIPPING)."\r\n'
    '25001,"EP-MNA","aircraft","IRAN",-0-,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"Aircraft Tail Number EP-MNA."\r\n'
)
ALT = '306,220,"aka","NATIONAL BANK OF CUBA",-0- \r\n15036,221,"fka","OLD NAME",-0- \r\n'
ADD = (
    '306,199,"Zweierstrasse 35","Zurich CH-8022","Switzerland",-0- \r\n'
    '306,200,-0- ,-0- ,"Region: Crimea",-0- \r\n306,201,-0- ,-0- ,"undetermined",-0- \r\n'
)
COMMENTS = '2677,"ires 2020; Gender Male."\r\n'
END = "\x1a"


def files(**given: str) -> list[RawFile]:
    """A set with wrong names: files are told apart by their width."""
    return [RawFile(f"{name}.txt", text.encode()) for name, text in given.items()]


def parse(code: str = "SDN", **given: str) -> Parsed:
    return read(files(**given), code=code)


def whole() -> Mapping[str, str]:
    return {"a": SDN + END, "b": ALT + END, "c": ADD + END, "d": COMMENTS + END}


def test_a_whole_set() -> None:
    (found,) = parse(**whole()).lists
    bank, person, ship, plane = found.entries
    assert found.end_mark is True
    assert bank.uid == "306"
    assert bank.aliases == (Alias("NATIONAL BANK OF CUBA", Quality.STRONG), Alias("BNC", Quality.WEAK))
    assert bank.addresses == ("Zweierstrasse 35, Zurich CH-8022, Switzerland",)
    assert bank.countries == ("CH", "UA"), "Region: Crimea is Ukraine, undetermined is nowhere"
    assert [entry.schema for entry in found.entries] == [Schema.ORGANIZATION, Schema.PERSON, Schema.VESSEL, Schema.AIRCRAFT]
    assert person.programs == ("SDGT", "SYRIA"), "inner brackets only"
    assert person.birth_dates == ("1947-04-19", "1948")
    assert person.citizenships == ("EG", "KP")
    assert person.identifiers == (Identifier("Passport", "A1", "EG"),)
    assert person.remarks.endswith("Passport A1 (Egypt) expires 2020; Gender Male."), "comments go on in the middle of a word"
    assert person.raw == {"title": "Leader"}
    assert ship.aliases == (Alias("OLD NAME", Quality.STRONG, "fka"),)
    assert [key.value for key in ship.identifiers] == ["5IM632", "9305192", "572469210"]
    assert plane.identifiers == (Identifier("Aircraft Tail Number", "EP-MNA"),)


def test_line_feeds_and_no_end_mark_are_a_saved_copy() -> None:
    (found,) = parse(a=SDN.replace("\r\n", "\n"), b=ALT, c=ADD).lists
    assert found.end_mark is False
    assert len(found.entries) == 4


def test_missing_alias_or_address_files_are_told() -> None:
    assert texts_of(parse(a=SDN + END).warnings) == (
        "no alt file was given: its aliases are missing",
        "no add file was given: its addresses are missing",
    )


def test_two_parties_under_one_number_are_both_kept() -> None:
    """A digit lost in print: seen in the publication of 2022-01-31."""
    (found,) = parse(a=SDN + '306,"HAMER CONSTRUCTION LIMITED",-0- ,"SDGT",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n').lists
    assert sorted(entry.uid for entry in found.entries) == ["15036", "25001", "2677", "306", "306-2"]


@pytest.mark.parametrize(
    ("given", "guard", "why"),
    [
        ({"b": ALT, "c": ADD, "d": COMMENTS}, "truncated", "no primary file"),
        ({"a": SDN, "z": SDN}, "header_drift", "two primary files: two days"),
        ({"a": SDN[:-30]}, "truncated", "the last row is cut"),
        ({"a": SDN.removesuffix("\r\n")}, "truncated", "the last row is not ended"),
        ({"a": SDN, "b": ALT + '999,1,"aka","ORPHAN",-0- \r\n'}, "truncated", "more than 1 % of the rows are orphans"),
        ({"a": SDN, "b": '306,220,"aka"\r\n'}, "header_drift", "an unknown width"),
        ({"a": SDN.replace("2677,", "x,", 1)}, "rejects", "a number that is none"),
        ({"a": SDN.replace('"AL-ZOMOR, Abboud"', "-0- ", 1)}, "rejects", "no name"),
    ],
)
def test_guards(given: dict[str, str], guard: str, why: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read(files(**given), code="SDN", format="ofac_csv")
    assert refused.value.guard == guard, why


def test_few_orphans_are_a_warning() -> None:
    rows = "".join(f'306,{number},"aka","NAME {number}",-0- \r\n' for number in range(200))
    parsed = parse(a=SDN, b=rows + '999,1,"aka","ORPHAN",-0- \r\n')
    assert any("1 alias and address rows have no primary row" in text for text in texts_of(parsed.warnings))


def non_sdn(program: str, number: int) -> str:
    return f'{number},"PARTY {number}",-0- ,"{program}",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n'


def test_programs_tell_the_non_sdn_list() -> None:
    programs = (
        "NS-PLC",
        "SDGT] [NS-PLC",
        "CMIC-EO13959",
        "561-Related",
        "UKRAINE-EO13662] [RUSSIA-EO14024",
        "FSE-IR",
        "BURMA-EO14014",
    )
    parsed = parse("OFAC_NON_SDN", a="".join(non_sdn(program, 9000 + at) for at, program in enumerate(programs)))
    assert {item.code: len(item.entries) for item in parsed.lists} == {
        "SSI": 1,
        "FSE": 1,
        "CAP": 1,
        "CMIC": 1,
        "MBS": 1,
        "PLC": 2,
    }
    assert any(warning.code is WarningCode.LIST_NOT_TOLD for warning in parsed.warnings)


@pytest.mark.parametrize(("code", "program"), [("SDN", "NS-PLC"), ("OFAC_NON_SDN", "SDGT")])
def test_the_other_set_under_a_wrong_code_is_refused(code: str, program: str) -> None:
    with pytest.raises(FileRefused, match="import them with the code"):
        parse(code, a="".join(non_sdn(program, 9000 + at) for at in range(25)))


def test_semicolons_inside_brackets_part_nothing() -> None:
    assert pieces("DOB 1962; (Linked To: A; B); Gender Male.") == ["DOB 1962", "(Linked To: A; B)", "Gender Male"]


def test_a_bracket_that_is_never_closed_swallows_nothing() -> None:
    assert [alias.name for alias in read_remarks("DOB 1962 (approx; a.k.a. 'BNC'.").aliases] == ["BNC"]


def test_all_weak_alias_markers() -> None:
    found = read_remarks("a.k.a. 'BNC'; f.k.a. 'ANA I'; n.k.a. 'NEW'; alt. a.k.a. 'TEMP.HERMIT'.")
    assert [(alias.name, alias.kind) for alias in found.aliases] == [
        ("BNC", "aka"), ("ANA I", "fka"), ("NEW", "nka"), ("TEMP.HERMIT", "aka"),
    ]  # fmt: skip
    assert {alias.quality for alias in found.aliases} == {Quality.WEAK}


def test_wallets_and_uncertain_birth_dates() -> None:
    found = read_remarks(
        "Digital Currency Address - XBT 1Fz29BQp; alt. Digital Currency Address - ETH 0x85; DOB circa 1962; DOB 1958 to 1960"
    )
    assert [key.value for key in found.identifiers] == ["1Fz29BQp", "0x85"]
    assert found.birth_dates == ["circa 1962", "1958 to 1960"]
