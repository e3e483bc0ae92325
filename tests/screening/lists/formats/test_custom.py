"""A list of one's own: the template as CSV and as workbook, slips told row by row."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import openpyxl
import pytest

from screening.lists.formats.custom import COLUMNS, EXAMPLE, template
from screening.lists.types import texts_of
from screening.matching.types import Alias, Identifier, Schema
from tests.screening.lists.formats.reading import one, only, parse, refused


def workbook(*rows: tuple[object, ...]) -> bytes:
    """A workbook as a person would save it."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_the_template_reads_as_it_is_given_out() -> None:
    parsed = parse(template(), "OWN")
    assert parsed.format == "custom_csv"
    (entry,) = parsed.lists[0].entries
    assert (entry.list, entry.uid, entry.name, entry.schema) == ("OWN", "C-001", "Example Trading Ltd.", Schema.ORGANIZATION)
    assert entry.aliases == (Alias("Example Trading"), Alias("ETL"))
    assert (entry.addresses, entry.countries) == (("1 Example Street, Singapore 049483",), ("SG",))
    assert entry.identifiers == (Identifier("Registration Number", "200012345A", "SG"),)
    assert (entry.programs, entry.federal_register, entry.effective_on) == (
        ("internal",),
        "letter of 2026-01-15",
        dt.date(2026, 1, 15),
    )


def test_a_workbook_reads_like_the_csv() -> None:
    assert one(workbook(COLUMNS, EXAMPLE), "OWN") == one(template(), "OWN")


def test_a_date_cell_of_a_workbook_is_a_day_number() -> None:
    row = [*EXAMPLE]
    row[COLUMNS.index("effective_on")] = dt.date(2026, 1, 15)  # type: ignore[call-overload]
    assert one(workbook(COLUMNS, tuple(row)), "OWN").effective_on == dt.date(2026, 1, 15)


def test_blank_rows_numbers_and_missing_cells_of_a_workbook() -> None:
    found = only(workbook(("name", None, "country"), (None, None, None), ("Acme 1", None, "DE"), (123, None, None)), "OWN")
    assert [(entry.name, entry.countries) for entry in found.entries] == [("Acme 1", ("DE",)), ("123", ())]


def test_semicolons_part_columns_where_the_header_says_so() -> None:
    assert one("name;country\nAcme, Inc.;DE\n", "OWN", "custom_csv").name == "Acme, Inc."


def test_an_address_alone_is_an_address_entry() -> None:
    entry = one('name,address\n,"Room 5, 610 Nathan Road, Kowloon, Hong Kong"\n', "OWN")
    assert (entry.schema, entry.countries) == (Schema.ADDRESS, ("HK", "CN"))


def test_without_an_id_the_row_is_the_identity() -> None:
    first, again, other = (one(f"name,remarks\nAcme,{note}\n", "OWN").uid for note in ("a", "a", "b"))
    assert first == again
    assert first != other


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",,", "neither a name nor an address"),
        ("Acme,firm,", "kind 'firm' is none of"),
        ("Acme,,Atlantis", "country 'Atlantis' is not known"),
    ],
)
def test_a_slip_is_told_with_its_line(row: str, reason: str) -> None:
    good = "".join(f"Party {number},,DE,,x\n" for number in range(300))
    found = only(f"name,kind,country,effective_on,remarks\n{row},,x\n{good}", "OWN")
    (reject,) = found.rejected
    assert reject.line == 2
    assert reason in reject.reason


def test_a_date_that_is_none_is_told() -> None:
    assert refused("name,effective_on\nAcme,soon\n", "OWN").detail.endswith("effective_on 'soon' is no date; write 2026-01-31")


def test_a_misspelt_column_is_told() -> None:
    assert texts_of(parse("name,adress\nAcme,1 Road\n", "OWN").warnings) == ("unknown column 'adress' is not read",)


def test_guards() -> None:
    assert refused("nom,adresse\nAcme,1\n", "OWN", "custom_csv").guard == "header_drift"
    assert refused("name,kind\n", "OWN").guard == "empty"
    assert refused(workbook(("nom",), ("Acme",)), "OWN").guard == "header_drift"
    assert refused(workbook(COLUMNS, EXAMPLE)[:-100], "OWN").guard == "truncated"
    assert refused(workbook(COLUMNS, EXAMPLE), "OWN", "custom_csv").guard == "header_drift"
    assert refused(template(), "OWN", "custom_xlsx").guard == "header_drift"


WORKBOOK = '<workbook xmlns:r="r"><sheets><sheet name="a" r:id="rId1"/></sheets></workbook>'
RELATIONS = '<Relationships><Relationship Id="rId1" Target="worksheets/s.xml"/></Relationships>'
CELL = '<c t="inlineStr"><is><t>{}</t></is></c>'
SHEET = f'<worksheet><row r="1">{CELL.format("name")}</row><row r="2">{CELL.format("A")}</row></worksheet>'


def packed(sheet: str) -> bytes:
    """A workbook with this sheet and nothing else."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name, text in (("workbook.xml", WORKBOOK), ("_rels/workbook.xml.rels", RELATIONS), ("worksheets/s.xml", sheet)):
            target.writestr(f"xl/{name}", text)
    return buffer.getvalue()


def test_a_workbook_that_defines_entities_or_swells_is_refused() -> None:
    assert one(packed(SHEET), "OWN").name == "A"
    assert refused(packed('<!DOCTYPE x [<!ENTITY a "b">]>' + SHEET), "OWN").guard == "archive"
    assert refused(packed(SHEET + " " * 3_000_000), "OWN").guard == "archive"
    assert refused(packed(SHEET.replace('r="2"', 'r="999999"')), "OWN").guard == "archive"
