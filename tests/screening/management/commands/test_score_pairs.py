"""`manage.py score_pairs`: the contract on lines, without lists and without a database."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from exportcheck.jsonlines import run_lines
from screening.management.commands.score_pairs import Command, answer_pair


def run(*lines: Any) -> tuple[int, list[dict[str, Any]]]:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines) + "\n"
    sink = io.StringIO()
    code = run_lines(source=io.StringIO(text), sink=sink, answer=answer_pair, errors=Command.errors)
    return code, [json.loads(line) for line in sink.getvalue().splitlines()]


def test_names_and_parties_in_any_mixture() -> None:
    code, answers = run(
        {"id": "a", "query": "Zelmark Avionics", "candidate": "ZELMARK AVIONICS LLC", "schema": "Organization"},
        {"id": 2, "query": {"name": "Olga Petrenkova"}, "candidate": "ПЕТРЕНКОВА, Ольга", "schema": "Person"},
        {"id": None, "query": "Zelmark", "candidate": "Quorvex"},
    )
    assert code == 0
    assert [(row["id"], row["verdict"]) for row in answers] == [("a", "match"), (2, "match"), (None, "no_match")]
    assert set(answers[0]) == {"id", "score", "verdict", "explanation"}
    assert set(answers[0]["explanation"][0]) >= {"feature", "query", "listed", "value", "effect"}


def test_bad_lines_are_answered_in_place_and_the_rest_goes_on() -> None:
    code, answers = run(
        {"id": 1, "query": "Ltd.", "candidate": "Zelmark"},
        "{not json",
        {"id": 3, "query": "Zelmark", "candidat": "Zelmark"},
        {"id": 4, "query": "Zelmark"},
        {"id": 5, "query": {"name": "Zelmark", "adress": "x"}, "candidate": "Zelmark"},
        {"id": 6, "query": "Zelmark", "candidate": "Zelmark", "schema": "Elephant"},
        {"id": 7, "query": 5, "candidate": "Zelmark"},
        {"id": 8, "query": "Zelmark", "candidate": "Zelmark"},
    )
    assert code == 2
    assert [row.get("error", {}).get("code") for row in answers] == [
        "nothing_to_match", "malformed_json", "unknown_key", "missing", "unknown_key", "bad_value", "wrong_type", None,
    ]  # fmt: skip
    assert "'candidat'" in answers[2]["error"]["detail"]
    assert "'adress'" in answers[4]["error"]["detail"]
    assert (answers[2]["line"], answers[2]["id"], answers[7]["verdict"]) == (3, 3, "match")


@pytest.mark.parametrize("schema", ["Person", "Organization", "Vessel", "Aircraft", "Unknown", None])
def test_every_schema_scores_equal_names_at_95(schema: str | None) -> None:
    _, answers = run({"id": 1, "query": "Nordic Zelma", "candidate": "NORDIC ZELMA", "schema": schema})
    assert answers[0]["score"] == 95.0


def test_addresses_are_compared_as_addresses() -> None:
    line = {
        "query": "Rm 5, 7/F, Zelma House, 4 Quorn Street",
        "candidate": "Room 5, 7F, Zelma House, 4 Quorn St.",
        "schema": "Address",
    }
    _, answers = run({"id": 1} | line)
    assert answers[0]["verdict"] == "match"


def test_facts_beside_the_name_count() -> None:
    person = {"name": "Olga Petrenkova", "birth_date": "1965-03-12"}
    _, answers = run(
        {"id": 1, "query": person | {"name": "Olga Petrenkva"}, "candidate": person},
        {"id": 2, "query": person | {"name": "Olga Petrenkva", "birth_date": "1990-01-01"}, "candidate": person},
    )
    assert answers[0]["score"] > answers[1]["score"]
