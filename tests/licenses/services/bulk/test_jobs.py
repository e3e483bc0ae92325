"""Files of many rows: read with limits, errors by row, all or only the good, restart-safe, result back."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Mapping
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from exportcheck.accounts.models import User
from exportcheck.audit.models import AuditEvent
from exportcheck.errors import Refused
from licenses.models import BulkJob, LicenseApplication
from licenses.services.bulk import jobs
from licenses.services.bulk.rows import COLUMNS
from licenses.services.bulk.table import MAX_BYTES, read_rows, write_csv
from tests.licenses.factories import load_lists, run_pending_checks

pytestmark = pytest.mark.django_db
NAMES = COLUMNS["parties"]
APPLICATION = [
    {"application": "A1", "record": "application", "type": "export", "destination": "DE", "title": "Sockets"},
    {"application": "A1", "record": "party", "role": "applicant", "name": "Granite, Inc.", "country": "US"},
    {"application": "A1", "record": "party", "role": "ultimate_consignee", "name": "Muster AG", "country": "DE"},
    {"application": "A1", "record": "item", "eccn": "EAR99", "description": "sockets", "quantity": "5", "value_usd": "1,450.50"},
]


@pytest.fixture(autouse=True)
def files_of_their_own(settings: Any, tmp_path: Any) -> None:
    """Uploads and results stay out of the installation's folder."""
    settings.MEDIA_ROOT = str(tmp_path)


def sheet(rows: list[Mapping[str, str]], columns: tuple[str, ...] = NAMES, name: str = "rows.csv") -> SimpleUploadedFile:
    """The rows as an upload, CSV or XLSX by the name."""
    lines = [[row.get(column, "") for column in columns] for row in rows]
    if name.endswith(".csv"):
        return SimpleUploadedFile(name, write_csv(columns, lines))
    book = openpyxl.Workbook()
    for line in (columns, *lines):
        book.active.append(list(line))
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile(name, out.getvalue())


def worked(actor: User, upload: SimpleUploadedFile, kind: str = "parties", mode: str = "all") -> BulkJob:
    """The job after a worker was at it."""
    job = jobs.start_bulk(actor=actor, kind=kind, mode=mode, upload=upload)
    jobs.run_bulk(job_id=job.pk)
    job.refresh_from_db()
    return job


def result(job: BulkJob) -> list[dict[str, str]]:
    """The rows of the result file."""
    with job.result.open("rb") as file:
        return list(csv.DictReader(io.StringIO(file.read().decode("utf-8-sig"))))


@pytest.mark.parametrize("name", ["rows.csv", "rows.xlsx"])
def test_every_party_of_the_file_is_screened_and_comes_back_with_its_verdict(name: str, alice: User) -> None:
    load_lists()
    rows = [
        {"reference": "1", "name": "Quelbrant Photonics", "country": "DE"},
        {"reference": "2", "name": "Beispiel Backwaren AG"},
    ]
    job = worked(alice, sheet(rows, name=name))
    assert (job.state, job.rows_total, job.rows_done, job.rows_bad) == ("DONE", 2, 2, 0)
    found = result(job)
    assert [(row["reference"], row["verdict"], row["list"]) for row in found] == [("1", "match", "EL"), ("2", "no_match", "")]
    assert "EL " in found[1]["lists"]
    assert job.counts == {"match": 1, "no_match": 1}
    event = AuditEvent.objects.get(action="bulk.finished")
    assert event.body["counts"] == job.counts


def test_without_lists_nobody_reads_as_clear(alice: User) -> None:
    job = worked(alice, sheet([{"name": "Beispiel Backwaren AG"}]))
    assert [row["verdict"] for row in result(job)] == ["not_screened"]


def test_one_bad_row_stops_all_of_them_and_says_which(alice: User) -> None:
    load_lists()
    rows = [{"name": "Beispiel AG"}, {"country": "DE"}, {"name": "Muster AG", "country": "Neverland"}]
    job = worked(alice, sheet(rows))
    assert (job.state, job.rows_bad, job.rows_done) == ("REFUSED", 2, 0)
    assert [(error["row"], error["column"]) for error in job.errors] == [(3, "name"), (4, "")]
    assert [row["row"] for row in result(job)] == ["3", "4"]


def test_only_the_good_rows_by_choice(alice: User) -> None:
    load_lists()
    job = worked(alice, sheet([{"name": "Beispiel AG"}, {"country": "DE"}]), mode="good")
    assert (job.state, job.rows_bad) == ("DONE", 1)
    assert [(row["row"], row["verdict"]) for row in result(job)] == [("2", "no_match"), ("3", "error")]


def test_the_template_can_be_used_as_it_is(alice: User) -> None:
    load_lists()
    for kind in BulkJob.Kind.values:
        for ending in ("csv", "xlsx"):
            upload = SimpleUploadedFile(f"template.{ending}", jobs.template(kind, ending))
            job = worked(alice, upload, kind=kind)
            assert (job.state, job.errors) == ("DONE", []), kind


def test_applications_are_drafted_with_parties_and_items(alice: User) -> None:
    job = worked(alice, sheet(APPLICATION, COLUMNS["applications"]), kind="applications")
    application = LicenseApplication.objects.get()
    assert [row[:2] for row in job.made] == [["A1", application.reference]]
    assert (application.title, application.destination, application.created_by) == ("Sockets", "DE", alice)
    assert application.parties.count() == 2
    assert str(application.items.get().value_usd) == "1450.50"
    assert result(job)[0]["reference"] == application.reference


def test_each_application_is_checked_where_that_was_asked_for(alice: User) -> None:
    load_lists()
    rows = [*APPLICATION, *({**line, "application": "A2"} for line in APPLICATION)]
    upload = sheet(rows, COLUMNS["applications"])
    job = jobs.start_bulk(actor=alice, kind="applications", mode="all", upload=upload, checks=True)
    jobs.run_bulk(job_id=job.pk)
    job.refresh_from_db()
    assert set(LicenseApplication.objects.values_list("state", flat=True)) == {"CHECKING"}
    assert {row["result"] for row in result(job)} == {"drafted, check asked for"}
    assert run_pending_checks() == 2
    told = list(csv.DictReader(io.StringIO(jobs.result_now(job).decode("utf-8-sig"))))
    outcomes = dict(LicenseApplication.objects.values_list("reference", "outcome"))
    assert {row["reference"]: row["outcome"] for row in told} == outcomes
    assert all(outcomes.values())


def test_parties_have_no_check_to_start(alice: User) -> None:
    upload = sheet([{"name": "Beispiel AG"}])
    assert not jobs.start_bulk(actor=alice, kind="parties", mode="all", upload=upload, checks=True).checks


WRONG = [
    ({"application": "", "record": "item", "eccn": "EAR99"}, "application", "Name the application"),
    ({"application": "A1", "record": "itme", "eccn": "EAR99"}, "record", "none of application, party, item"),
    ({"application": "A1", "record": "item", "eccn": "banana"}, "", "banana"),
    ({"application": "A1", "record": "item", "eccn": "EAR99", "quantity": "many"}, "", "no number"),
    ({"application": "A1", "record": "item", "eccn": "EAR99", "role": "bank"}, "role", "has no role"),
    ({"application": "A1", "record": "party", "name": "Nobody"}, "", "role"),
    ({"application": "A1", "record": "application", "type": "export"}, "record", "already"),
]


@pytest.mark.parametrize(("row", "column", "words"), WRONG)
def test_a_wrong_row_is_named_and_its_application_left_out(row: dict[str, str], column: str, words: str, alice: User) -> None:
    good = [{**line, "application": "B2"} for line in APPLICATION]
    job = worked(alice, sheet([*APPLICATION, *good, row], COLUMNS["applications"]), kind="applications", mode="good")
    (error,) = job.errors
    assert (error["row"], error["column"]) == (10, column)
    assert words in error["text"]
    names = {name for name, *_ in job.made}
    assert names == ({"A1", "B2"} if not row["application"] else {"B2"})


def test_all_or_nothing_drafts_nothing_on_one_error(alice: User) -> None:
    rows = [*APPLICATION, {"application": "A2", "record": "item", "eccn": "banana"}]
    assert worked(alice, sheet(rows, COLUMNS["applications"]), kind="applications").state == "REFUSED"
    assert not LicenseApplication.objects.exists()


def test_a_worker_that_takes_over_goes_on_and_drafts_nothing_twice(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "DRAFTED_AT_ONCE", 1)
    rows = [{**line, "application": f"A{number}"} for number in range(3) for line in APPLICATION]
    job = jobs.start_bulk(actor=alice, kind="applications", mode="all", upload=sheet(rows, COLUMNS["applications"]))
    made = jobs.import_application

    def dies(**arguments: Any) -> LicenseApplication:
        if LicenseApplication.objects.count() == 2:
            raise SystemExit
        return made(**arguments)

    monkeypatch.setattr(jobs, "import_application", dies)
    with pytest.raises(SystemExit):
        jobs.run_bulk(job_id=job.pk)
    monkeypatch.setattr(jobs, "import_application", made)
    jobs.run_bulk(job_id=job.pk)
    assert LicenseApplication.objects.count() == 2, "a leased job is left to its worker"
    BulkJob.objects.update(leased_at=timezone.now() - dt.timedelta(hours=1))
    jobs.run_bulk(job_id=job.pk)
    jobs.run_bulk(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, LicenseApplication.objects.count(), [name for name, *_ in job.made]) == ("DONE", 3, ["A0", "A1", "A2"])


def bomb() -> bytes:
    """A spreadsheet of a few kilobytes that unpacks to 200 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(4):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", b"0" * 50_000_000)
    return out.getvalue()


BROKEN = [
    ("rows.csv", b"", "empty"),
    ("rows.csv", b"\xff\x00\xfe garbage \x80", "UTF-8"),
    ("rows.csv", b"name\x00,country\nA,DE\n", "NUL"),
    ("rows.csv", b"nmae,country\nA,DE\n", "did you mean name"),
    ("rows.csv", b"name,name\nA,B\n", "twice"),
    ("rows.csv", b"name,country\n", "no row below"),
    ("rows.csv", b"name\nA,DE\n", "more cells"),
    ("rows.csv", b"name\n" + b"A" * 5_000 + b"\n", "characters"),
    ("rows.exe", b"MZ", "not taken"),
    ("rows.xlsx", b"name,country\nA,DE\n", "not what its ending"),
    ("rows.xlsx", b"PK\x03\x04 and then nothing", "not what its ending"),
    ("rows.csv", b"x" * (MAX_BYTES + 1), "at most"),
]


@pytest.mark.parametrize(("name", "content", "words"), BROKEN)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(name: str, content: bytes, words: str, alice: User) -> None:
    with pytest.raises(Refused, match=words):
        jobs.start_bulk(actor=alice, kind="parties", mode="all", upload=SimpleUploadedFile(name, content))
    assert not BulkJob.objects.exists()


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(Refused, match="unpacks to far more"):
        read_rows(bomb(), "rows.xlsx", NAMES)


def test_an_empty_workbook_member_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "<broken")
    with pytest.raises(Refused, match="cannot be read as a spreadsheet"):
        read_rows(out.getvalue(), "rows.xlsx", NAMES)


def test_separators_of_other_countries_and_dates_of_spreadsheets_are_read() -> None:
    rows = read_rows("name;country\nMüller AG;DE\n".encode("utf-16"), "rows.csv", NAMES)
    assert rows[0].cells == {"name": "Müller AG", "country": "DE"}


def test_a_formula_in_a_name_comes_back_as_text() -> None:
    assert b"'=HYPERLINK" in write_csv(("name",), [["=HYPERLINK(1)"]])


def test_people_of_the_desk_upload_nothing(rita: User) -> None:
    with pytest.raises(Refused) as refused:
        jobs.start_bulk(actor=rita, kind="parties", mode="all", upload=sheet([{"name": "A"}]))
    assert refused.value.code == "not_allowed"
