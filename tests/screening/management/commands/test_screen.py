"""`screen` as scripts use it."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from screening.management.commands.screen import Command
from tests.screening.factories import DAY, LATER, load, row, rows

pytestmark = pytest.mark.django_db


def run(tmp_path: Path, lines: list[Any], *arguments: str) -> tuple[int, list[dict[str, Any]]]:
    source, out = tmp_path / "in.jsonl", StringIO()
    source.write_text("".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines), encoding="utf-8")
    try:
        call_command("screen", "--input", str(source), *arguments, stdout=out)
    except SystemExit as ended:
        return int(ended.code or 0), [json.loads(line) for line in out.getvalue().splitlines()]
    return 0, [json.loads(line) for line in out.getvalue().splitlines()]


def test_lines_are_answered_in_order_with_made_ids(tmp_path: Path) -> None:
    load(rows(10))
    code, found = run(
        tmp_path, [{"name": "Zarvonik Microsystems"}, {"id": "P1", "name": "Bakery"}, {"name": "Quelbrant Photonics"}]
    )
    assert code == 0
    assert [(line["id"], line["verdict"]) for line in found] == [("P1", "match"), ("P1", "no_match"), ("P3", "match")]


def test_a_bad_line_is_answered_in_place(tmp_path: Path) -> None:
    load(rows(10))
    code, found = run(tmp_path, [{"name": "Bakery"}, {"id": "a", "adress": "1 Way"}, "{", {"name": "Bakery"}])
    assert code == 2
    assert (found[1]["line"], found[1]["id"], found[1]["error"]["code"]) == (2, "a", "unknown_key")
    assert "adress" in found[1]["error"]["detail"]
    assert found[2]["error"]["code"] == "malformed_json"
    assert found[3]["verdict"] == "no_match"


def test_with_no_list_nobody_is_screened(tmp_path: Path) -> None:
    code, found = run(tmp_path, [{"name": "Zarvonik Microsystems"}])
    assert (code, found[0]["verdict"], found[0]["lists"]) == (0, "not_screened", [])


def test_as_of_names_the_versions_of_that_day(tmp_path: Path) -> None:
    load(rows(10)[1:])
    load(rows(10), day=LATER)
    line = {"name": "Zarvonik Microsystems"}
    assert run(tmp_path, [line], "--as-of", DAY.isoformat())[1][0]["verdict"] == "no_match"
    found = run(tmp_path, [line], "--as-of", LATER.isoformat())[1][0]
    assert (found["verdict"], found["lists"][0]["version"], found["as_of"]) == ("match", 2, LATER.isoformat())
    early = run(tmp_path, [line], "--as-of", "2020-01-01")[1][0]
    assert (early["verdict"], early["lists_missing"][0]["list"]) == ("not_screened", "EL")


def test_lists_min_score_and_top(tmp_path: Path) -> None:
    load([*rows(10), row("Zarvonik Microsystems", "SDN", entity_number="77")])
    line = {"name": "Zarvonik Microsystems"}
    assert {hit["list"] for hit in run(tmp_path, [line], "--lists", "SDN")[1][0]["hits"]} == {"SDN"}
    assert run(tmp_path, [line], "--top", "1")[1][0]["hits_left_out"] == 1
    assert run(tmp_path, [line], "--min-score", "100")[1][0]["hits"] == []


@pytest.mark.parametrize(
    "arguments",
    [("--lists", "ELL"), ("--lists", ","), ("--top", "-1"), ("--min-score", "101"), ("--as-of", "31.07.2026")],
    ids=["a list nobody knows", "no list at all", "fewer than none", "above the scale", "a date in another form"],
)
def test_arguments_that_make_no_sense_are_refused(tmp_path: Path, arguments: tuple[str, str]) -> None:
    load(rows(10))
    with pytest.raises(CommandError):
        run(tmp_path, [{"name": "Bakery"}], *arguments)


def test_a_list_activated_meanwhile_answers_the_next_line(tmp_path: Path) -> None:
    load(rows(10)[1:])
    answer = Command().answerer(as_of=None, lists=None, min_score=None, top=20, explain=False)
    line = {"name": "Zarvonik Microsystems"}
    assert answer(line)["verdict"] == "no_match"
    load(rows(10), day=LATER)
    assert (answer(line)["verdict"], answer(line)["lists"][0]["version"]) == ("match", 2)


def test_explain_tells_the_nearest_entry_that_is_no_hit(tmp_path: Path) -> None:
    load(rows(10))
    code, (near, far) = run(tmp_path, [{"name": "Zarvonik Heavy Foods"}, {"name": "Bakery"}], "--explain")
    assert code == 0
    assert (near["verdict"], near["hits"]) == ("no_match", [])
    assert near["nearest"]["listed_name"].startswith("Zarvonik")
    assert near["nearest"]["score"] < near["nearest"]["hits_from"]
    assert "only" in near["nearest"]["explanation"][0]["sentence"]
    assert far["nearest"] is None
