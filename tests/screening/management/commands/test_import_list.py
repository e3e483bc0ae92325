"""`import_list` as scripts use it: one line of JSON a list, exit codes 0 and 3."""

from __future__ import annotations

import gzip
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from exportcheck.audit.models import AuditEvent
from screening.models import ListEntry, ListVersion, RefusedFile
from tests.screening.factories import csl, row, rows

pytestmark = pytest.mark.django_db


def run(*arguments: Any) -> tuple[int, list[dict[str, Any]]]:
    out = StringIO()
    try:
        call_command("import_list", *map(str, arguments), stdout=out)
    except SystemExit as ended:
        return int(ended.code or 0), [json.loads(line) for line in out.getvalue().splitlines()]
    return 0, [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "consolidated.csv"
    path.write_bytes(csl([*rows(10), *rows(10, "SDN")]).data)
    return path


def test_staged_without_activate(file: Path) -> None:
    code, lines = run("CSL", file, "--published-on", "2026-03-02")
    assert code == 0
    assert lines == [
        {
            "list": name,
            "version": 1,
            "state": "staged",
            "entries": 10,
            "added": 10,
            "removed": 0,
            "changed": 0,
            "rejected": 0,
            "warnings": [],
        }
        for name in ("EL", "SDN")
    ]
    assert not ListVersion.objects.filter(state="ACTIVE").exists()


def test_activated_with_a_reason_by_the_operator(file: Path) -> None:
    code, lines = run("CSL", file, "--activate", "--reason", "first load", "--published-on", "2026-03-02")
    assert (code, {line["state"] for line in lines}) == (0, {"active"})
    event = AuditEvent.objects.filter(action="list.activated").first()
    assert event is not None
    assert (event.actor_label, event.origin["door"], event.body["reason"]) == ("operator (command line)", "command", "first load")


def test_the_second_time_nothing_changes(file: Path) -> None:
    arguments = ("CSL", file, "--activate", "--reason", "first load", "--published-on", "2026-03-02")
    run(*arguments)
    code, lines = run(*arguments)
    assert (code, {line["state"] for line in lines}) == (0, {"unchanged"})
    assert {(line["version"], line["added"], line["removed"], line["changed"]) for line in lines} == {(1, 0, 0, 0)}


def test_activate_needs_a_reason(file: Path) -> None:
    with pytest.raises(CommandError, match="--reason"):
        run("CSL", file, "--activate")
    assert not ListVersion.objects.exists()


def test_a_file_guard_answers_one_object_without_a_list_and_exits_3(tmp_path: Path) -> None:
    broken = tmp_path / "broken.csv"
    broken.write_bytes(csl(rows(10)).data[:-40])
    code, lines = run("CSL", broken, "--activate", "--reason", "first load")
    assert code == 3
    (line,) = lines
    assert (line["list"], line["state"], line["guard"]) == (None, "refused", "truncated")
    assert line["detail"]
    assert not ListEntry.objects.exists()


def test_a_list_guard_refuses_one_list_and_the_others_go_on(file: Path, tmp_path: Path) -> None:
    run("CSL", file, "--activate", "--reason", "first load", "--published-on", "2026-03-02")
    later = tmp_path / "later.csv"
    later.write_bytes(csl([*rows(4), *rows(10, "SDN"), row("Umbrasol Sensors", "SDN", entity_number="99999")]).data)
    code, lines = run("CSL", later, "--activate", "--reason", "second load", "--published-on", "2026-04-06")
    assert code == 3
    assert [(line["list"], line["version"], line["state"], line.get("guard")) for line in lines] == [
        ("EL", 2, "refused", "count_band"),
        ("SDN", 2, "active", None),
    ]
    code, lines = run(
        "CSL", later, "--activate", "--reason", "six were removed", "--published-on", "2026-04-06", "--override", "count_band"
    )
    assert (code, [(line["list"], line["state"]) for line in lines]) == (0, [("EL", "active"), ("SDN", "unchanged")])


def test_an_older_file_becomes_history(file: Path, tmp_path: Path) -> None:
    run("CSL", file, "--activate", "--reason", "first load", "--published-on", "2026-04-06")
    code, lines = run("CSL", file, "--published-on", "2026-03-02")
    assert (code, {line["state"] for line in lines}) == (0, {"unchanged"})
    older = tmp_path / "older.csv"
    older.write_bytes(csl([*rows(6), *rows(10, "SDN")]).data)
    code, lines = run("CSL", older, "--published-on", "2026-03-02")
    assert [(line["list"], line["state"]) for line in lines] == [("EL", "history"), ("SDN", "unchanged")]


def test_gzip_and_a_folder_are_opened(tmp_path: Path) -> None:
    folder = tmp_path / "set"
    folder.mkdir()
    (folder / "consolidated.csv.gz").write_bytes(gzip.compress(csl(rows(10)).data))
    code, lines = run("CSL", folder)
    assert (code, lines[0]["entries"]) == (0, 10)


def test_damaged_gzip_is_truncated(tmp_path: Path) -> None:
    path = tmp_path / "consolidated.csv.gz"
    path.write_bytes(gzip.compress(csl(rows(10)).data)[:-20])
    code, lines = run("CSL", path)
    assert (code, lines[0]["guard"]) == (3, "truncated")
    assert RefusedFile.objects.count() == 1


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"nowhere\.csv"):
        run("CSL", tmp_path / "nowhere.csv")


@pytest.mark.parametrize(
    "arguments",
    [("--published-on", "yesterday"), ("--format", "pdf"), ("--override", "truncated")],
    ids=["a date that is none", "a format that is none", "a guard that is never overridden"],
)
def test_arguments_that_make_no_sense_are_refused(file: Path, arguments: tuple[str, str]) -> None:
    with pytest.raises(CommandError):
        run("CSL", file, *arguments)


def test_a_format_that_does_not_fit_is_refused(file: Path) -> None:
    code, lines = run("CSL", file, "--format", "dpl_txt")
    assert (code, lines[0]["guard"]) == (3, "header_drift")


def test_the_lines_go_to_a_file(file: Path, tmp_path: Path) -> None:
    target = tmp_path / "answer.jsonl"
    assert run("CSL", file, "--output", target) == (0, [])
    assert [json.loads(line)["list"] for line in target.read_text(encoding="utf-8").splitlines()] == ["EL", "SDN"]
