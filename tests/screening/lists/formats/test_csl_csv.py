"""Consolidated Screening List, CSV: both layouts, every trap of the specification."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest

from screening.lists.formats.csl_csv import COLUMNS
from screening.lists.types import WarningCode, texts_of
from screening.matching.types import Schema
from tests.screening.lists.formats.reading import one, only, parse, refused

EL = "Entity List (EL) - Bureau of Industry and Security"
SDN = "Specially Designated Nationals (SDN) - Treasury Department"
DPL = "Denied Persons List (DPL) - Bureau of Industry and Security"


def file(*rows: dict[str, str], columns: tuple[str, ...] = COLUMNS, quoting: int = csv.QUOTE_ALL) -> str:
    """A consolidated file; the header is never quoted, as published."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(columns)
    writer = csv.writer(buffer, quoting=quoting, lineterminator="\n")  # type: ignore[arg-type]
    writer.writerows([[row.get(column, "") for column in columns] for row in rows])
    return buffer.getvalue()


def el(**cells: str) -> dict[str, str]:
    """An Entity List row."""
    return {"source": EL, "name": "Acme Institute", "addresses": "1 Road, Beijing, CN", "federal_register_notice": "89 FR 41888",
            "start_date": "2024-05-09"} | cells  # fmt: skip


def test_an_entry_of_the_entity_list() -> None:
    entry = one(
        file(
            el(
                name="SJ Semiconductor",
                alt_names="SJ Semiconductor (Jiangyin) Corp.; and SJ Jiangyin",
                addresses="6 Dongsheng West Road, Building A8-4, Jiangyin City, 214437, CN",
                federal_register_notice="85 FR 83420; 89 FR 96837",
                license_requirement="For all items subject to the EAR. (See §734.9(e)(2) of the EAR)4",
                license_policy="See §§744.11 and 744.23(d) of the EAR",
                source_list_url="https://bis.example",
            )
        ),
        "CSL",
    )
    assert (entry.list, entry.uid, entry.schema) == ("EL", "63d7be474f4945ee", Schema.UNKNOWN)
    assert [alias.name for alias in entry.aliases] == ["SJ Semiconductor (Jiangyin) Corp.", "SJ Jiangyin"]
    assert entry.addresses == ("6 Dongsheng West Road, Building A8-4, Jiangyin City, 214437, CN",)
    assert (entry.requirement_code, entry.policy_code, entry.footnotes) == ("ALL_SUBJECT_TO_EAR", "SEE_SECTION", ("4",))
    assert entry.effective_on == dt.date(2024, 5, 9)
    assert entry.raw == {"alt_names": "SJ Semiconductor (Jiangyin) Corp.; and SJ Jiangyin"}, "what splitting loses is kept"


def test_columns_are_found_by_name_whatever_their_order_and_number() -> None:
    """The 28-column layout of 2019 has no _id; minimal quoting."""
    columns = tuple(reversed(COLUMNS[1:]))
    assert one(file(el(), columns=columns, quoting=csv.QUOTE_MINIMAL), "CSL") == one(file(el()), "CSL")


def test_a_byte_order_mark_embedded_newlines_and_blanks() -> None:
    entry = one(b"\xef\xbb\xbf" + file(el(name=" Gaobeidian Precise Instrument\nCo. Ltd ")).encode(), "CSL")
    assert entry.name == "Gaobeidian Precise Instrument Co. Ltd"
    assert entry.raw["name"] == "Gaobeidian Precise Instrument\nCo. Ltd"


@pytest.mark.parametrize(
    ("source", "code", "known"),
    [
        (EL, "EL", True),
        ("Military End User (MEU) List - Bureau of Industry and Security", "MEU", True),
        ("Capta List (CAP) - Treasury Department", "CAP", True),
        ("Non-SDN Menu-Based Sanctions List (NS-MBS List) - Treasury Department", "MBS", True),
        ("Non-SDN Chinese Military-Industrial Complex Companies List (CMIC) - Treasury Department", "CMIC", True),
        ("Some New List (SNL) - Somebody", "SNL", False),
        ("Unnamed List", "UNNAMED_LIST", False),
    ],
)
def test_the_source_tells_the_list(source: str, code: str, known: bool) -> None:
    parsed = parse(file(el(source=source)), "CSL")
    assert [item.code for item in parsed.lists] == [code]
    assert bool(parsed.warnings) is not known, "an unknown source is reported, not dropped"
    if not known:
        assert parsed.lists[0].name == source


def test_only_the_list_asked_for_is_taken() -> None:
    parsed = parse(file(el(), {"source": SDN, "name": "X", "entity_number": "1"}), "SDN")
    assert [item.code for item in parsed.lists] == ["SDN"]
    assert texts_of(parsed.warnings) == ("1 entries of EL left out: only SDN was asked for",)
    assert refused(file(el()), "SDN").guard == "header_drift"


def test_a_treasury_row_of_2019() -> None:
    entry = one(
        file(
            {
                "source": SDN, "entity_number": "20298", "type": "Vessel", "programs": "NPWMD; IFSR", "name": "PARSHAN",
                "addresses": "TR; Main Street 1, Tehran, IR", "call_sign": "9BAC", "vessel_flag": "Iran",
                "remarks": "(Linked To: X)",
                "alt_names": "A; B", "citizenships": "IR", "nationalities": "IR; TR", "dates_of_birth": "circa 1967; 1977-07-17",
                "places_of_birth": "Izna, Hebron", "ids": "IMO 9051648, Vessel Registration Identification; Male, Gender",
            },
            columns=COLUMNS[1:],
        ),
        "CSL",
    )  # fmt: skip
    assert (entry.uid, entry.schema) == ("20298", Schema.VESSEL)
    assert entry.addresses == ("Main Street 1, Tehran, IR",), "a bare TR is a country and no address"
    assert entry.countries == ("TR", "IR")
    assert [(key.type, key.value) for key in entry.identifiers] == [("IMO", "9051648"), ("Call Sign", "9BAC")]
    assert entry.birth_dates == ("circa 1967", "1977-07-17")
    assert entry.citizenships == ("IR", "TR")
    assert entry.programs == ("NPWMD", "IFSR")
    assert entry.remarks == "(Linked To: X); POB: Izna, Hebron; Flag: Iran; Male, Gender"


def test_a_denial_order_is_known_by_name_and_effective_date() -> None:
    row = {"source": DPL, "name": " I. ASH", "start_date": "2002-03-04", "end_date": "2056-06-29", "standard_order": " ",
           "addresses": "605 TRAIL LAKE DRIVE, RICHARDSON, TX, 75081, US"}  # fmt: skip
    entry = one(file(row), "CSL")
    assert entry.name == "I. ASH"
    assert (entry.effective_on, entry.expires_on) == (dt.date(2002, 3, 4), dt.date(2056, 6, 29))
    assert entry.uid != one(file(row | {"start_date": "2003-06-19"}), "CSL").uid, "another order"
    assert "standard_order" not in entry.raw, "a blank is nothing"


@pytest.mark.parametrize(
    ("address", "uid"),
    [
        ("Room 1318-19, 610 Nathan Road, Kowloon, Hong Kong, CN", "HK Address 07"),
        ("No: 52 Hasat Sk., Istanbul, TR", "TR Address 07"),
    ],
)
def test_an_address_only_entry_is_numbered_by_territory(address: str, uid: str) -> None:
    entry = one(file(el(name="Address 07", addresses=address)), "CSL")
    assert (entry.uid, entry.schema) == (uid, Schema.ADDRESS)


def test_a_misprinted_date_is_kept_as_text() -> None:
    item = only(file(el(start_date="0097-06-16")), "CSL")
    assert item.entries[0].effective_on is None
    assert item.entries[0].raw["start_date"] == "0097-06-16"
    assert "a start_date is no date; its text is kept" in texts_of(item.warnings)


def test_texts_nobody_understands_are_other_and_told() -> None:
    item = only(file(el(license_requirement="For most items", license_policy="Maybe")), "CSL")
    assert (item.entries[0].requirement_code, item.entries[0].policy_code) == ("OTHER", "OTHER")
    assert {WarningCode.UNREAD_REQUIREMENT, WarningCode.UNREAD_POLICY} <= {warning.code for warning in item.warnings}


def test_repeated_uids_get_a_suffix_by_content_not_by_row_order() -> None:
    """_id repeats in real files and is never the key."""
    first, second = el(_id="1", addresses="1 Road, Beijing, CN"), el(_id="1", addresses="2 Road, Beijing, CN")
    one_way = {entry.uid: entry.addresses for entry in only(file(first, second), "CSL").entries}
    other_way = {entry.uid: entry.addresses for entry in only(file(second, first), "CSL").entries}
    assert one_way == other_way
    assert len(one_way) == 2
    assert {uid.partition("-")[2] for uid in one_way} == {"", "2"}


def test_the_newest_date_in_a_row_is_the_date_of_every_list_of_the_file() -> None:
    parsed = parse(file(el(), {"source": SDN, "name": "X", "entity_number": "1"}), "CSL")
    assert {(item.published_on, item.published_from) for item in parsed.lists} == {(dt.date(2024, 5, 9), "rows")}
    assert all(any(warning.code is WarningCode.NO_PUBLICATION_DATE for warning in item.warnings) for item in parsed.lists)


GOOD = file(*(el(name=f"Party {number}") for number in range(300)))


@pytest.mark.parametrize(
    ("data", "guard", "why"),
    [
        (",".join(COLUMNS) + "\n", "empty", "a header and no row"),
        (GOOD.replace(",name,", ",nom,", 1), "header_drift", "a required column renamed"),
        (GOOD.replace(",alt_names,", ",aliases,", 1), "header_drift", "the alias column renamed"),
        (GOOD.replace("remarks,", "ids,", 1), "header_drift", "a column twice"),
        (GOOD[:-40], "truncated", "cut inside a quoted value"),
        (GOOD + '"x","y"\n', "truncated", "a last row of two fields"),
        (
            file(el(), quoting=csv.QUOTE_MINIMAL).rstrip("\n") + "Passport",
            "truncated",
            "a last value that is not ended may be cut",
        ),
        (
            GOOD.replace('"Party 9"', '"Party 9","x"').replace('"Party 11"', '"Party 11","x"'),
            "rejects",
            "two rows of 300 are too wide",
        ),
        (GOOD + GOOD + GOOD, "header_drift", "files joined: the header stands three times"),
    ],
)
def test_file_guards(data: str, guard: str, why: str) -> None:
    assert refused(data, "CSL", "csl_csv").guard == guard, why


def test_few_bad_rows_are_counted_with_their_line() -> None:
    parsed = parse(GOOD.replace('"Party 9"', '"Party 9","x"'), "CSL")
    (reject,) = parsed.rejected
    assert (reject.line, reject.reason) == (11, "30 fields instead of 29")
    assert len(parsed.lists[0].entries) == 299


def test_a_header_repeated_once_is_skipped_with_a_warning_and_an_unknown_column_is_named() -> None:
    header, _, body = GOOD.partition("\n")
    repeated = parse(f"{header}\n{header}\n{body}", "CSL")
    assert "the header row was repeated as data and skipped" in texts_of(repeated.warnings)
    wide = file(el(), columns=(*COLUMNS, "color"))
    assert texts_of(parse(wide, "CSL").warnings) == ("unknown column 'color' is not read",)
