"""The door: formats told by content, one format an import, one list asked for."""

from __future__ import annotations

import pytest

from screening.lists.decoding import Text
from screening.lists.format_detection import FORMATS, tell
from screening.lists.formats.csl_csv import COLUMNS
from screening.lists.formats.dpl_txt import COLUMNS as DPL
from screening.lists.read_files import PARSERS, read
from screening.lists.types import FileRefused, RawFile

HEADS = [
    ("csl_csv", ",".join(COLUMNS)),
    ("csl_csv", ",".join(COLUMNS[1:])),
    ("csl_json", '{"results": [{"id": "1"}]}'),
    ("ecfr_xml", '<?xml version="1.0"?>\n<DIV5 N="744" TYPE="PART">'),
    ("bis_csv", "COUNTRY,NAME,ADDRESS,,,"),
    ("bis_csv", "Source List,Entity Number,SDN Type,Programs,Name,Federal Register Notice,License Requirement"),
    ("dpl_txt", "\t".join(DPL)),
    ("dpl_txt", ",".join(name.title() for name in DPL)),
    ("ofac_csv", '36,"AEROCARIBBEAN",-0- ,"CUBA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- '),
    ("ofac_csv", '36,12,"aka","AERO-CARIBBEAN",-0- '),
    ("ofac_xml", '<?xml version="1.0"?><sdnList xmlns="http://tempuri.org/sdnList.xsd">'),
    ("ofac_enhanced_xml", '<?xml version="1.0"?><sanctionsData xmlns="x">'),
    ("un_xml", '<?xml version="1.0"?><CONSOLIDATED_LIST dateGenerated="2020-11-24">'),
    ("eu_csv", "fileGenerationDate;Entity_LogicalId;Entity_Remark;Entity_SubjectType;a;b;c;NameAlias_WholeName"),
    ("eu_xml", '<?xml version="1.0"?><export xmlns="http://eu.europa.ec/fpi/fsd/export">'),
    ("uk_csv", "Report Date: 08-Oct-2026\nLast Updated,Unique ID,Name 6,Regime Name"),
    ("uk_csv", "Last Updated,03/06/2026\nName 6,Name 1,Group Type,Group ID"),
    ("isn_csv", "Source List,Programs,Name,Alternative Names,Country,Federal Register Notice"),
    ("isn_csv", "Programs,Name,Address,Country,Federal Register Notice,Effective Date"),
    ("dtc_csv", "Debarred Party Full Name and Alias,Date of Birth,Notice"),
    ("extract_json", '{"list_id": "bis-dpl", "entities": []}'),
    ("os_targets_csv", "id,schema,name,aliases,birth_date,countries,dataset"),
    ("ftm_jsonl", '{"id": "a", "schema": "Person", "properties": {"name": ["A"]}}\n'),
    ("custom_csv", "id,name,address,country,kind"),
    ("custom_csv", "name"),
]


@pytest.mark.parametrize(("expected", "head"), HEADS)
def test_a_format_is_told_by_content(expected: str, head: str) -> None:
    assert tell([Text("whatever.bin", head)]) == expected


@pytest.mark.parametrize("head", ["", "{}", "<RULE><PREAMB>", "one two three", '{"entries": []}', "1,2,3", "\n\n"])
def test_what_nobody_knows_is_a_drift(head: str) -> None:
    with pytest.raises(FileRefused) as refused:
        tell([Text("x", head)])
    assert refused.value.guard == "header_drift"


def test_every_format_has_its_parser() -> None:
    assert set(PARSERS) == set(FORMATS)


def test_a_format_that_does_not_exist_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="is none of"):
        read([RawFile("x", b"name\nA\n")], code="OWN", format="xls")


def test_no_file_is_empty() -> None:
    with pytest.raises(FileRefused) as refused:
        read([], code="OWN")
    assert refused.value.guard == "empty"


@pytest.mark.parametrize("format", [name for name in FORMATS if name != "custom_xlsx"])
def test_a_forced_format_refuses_what_it_cannot_read(format: str) -> None:
    for data in (b"a,b\n1,2\n", b"<a><b/></a>", b"{}", b"[1, 2]", b"\xe9\n"):
        with pytest.raises(FileRefused):
            read([RawFile("x", data)], code="OWN", format=format)


CUSTOM = b"name,address\nAcme,1 Road\n"


@pytest.mark.parametrize(
    ("code", "format", "why"),
    [
        ("CSL", None, "a consolidated file whose columns were renamed looks like the template"),
        ("CSL", "custom_csv", "one list cannot be several, forced or not"),
        ("EL", None, "a publisher's list is not replaced by the template by mistake"),
    ],
)
def test_the_template_never_becomes_a_publishers_list_by_mistake(code: str, format: str | None, why: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read([RawFile("x.csv", CUSTOM)], code=code, format=format)
    assert refused.value.guard == "header_drift", why


@pytest.mark.parametrize(("code", "format"), [("OWN", None), ("UFLPA", None), ("EL", "custom_csv")])
def test_where_the_template_is_meant_it_is_taken(code: str, format: str | None) -> None:
    assert read([RawFile("x.csv", CUSTOM)], code=code, format=format).lists[0].code == code
