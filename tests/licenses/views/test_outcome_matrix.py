"""Items by requirements: a word in every cell, and no table where it would tell nothing."""

from __future__ import annotations

from typing import Any

from licenses.views.outcome_matrix import MAX_COLUMNS, outcome_matrix


def item(name: str, *columns: str, outcome: str = "LICENSE_REQUIRED", **more: Any) -> dict[str, Any]:
    """An item of a result with requirements by column."""
    rows = [{"column": column, "reason": "NS", "citation": "742.4"} for column in columns]
    return {"id": name, "description": name, "eccn": "3A001", "outcome": outcome, "requirements": rows, **more}


def test_each_requirement_is_a_column_and_each_item_says_what_it_meets() -> None:
    matrix = outcome_matrix([item("A", "NS 2", "RS 1"), item("B", "RS 1"), item("C", outcome="NO_LICENSE_REQUIRED")])
    assert matrix is not None
    assert [name for name, _ in matrix.columns] == ["NS 2", "RS 1"]
    assert [[cell.word for cell in row.cells] for row in matrix.rows] == [
        ["license", "license"],
        ["none", "license"],
        ["none", "none"],
    ]


def test_an_open_answer_never_reads_as_none() -> None:
    matrix = outcome_matrix([item("A", "NS 2"), item("B", outcome="NEEDS_INFORMATION")])
    assert matrix is not None
    assert matrix.rows[1].cells[0].word == "depends on an answer"


def test_an_open_answer_decides_nothing_under_a_column_that_the_entry_does_not_have() -> None:
    items = [item("A", "NS 2", "AT 1"), item("B", outcome="NEEDS_INFORMATION", eccn="3A991.p")]
    matrix = outcome_matrix(items, {"3A991.p": frozenset({"AT 1"})}.get)
    assert matrix is not None
    assert [cell.word for cell in matrix.rows[1].cells] == ["none", "depends on an answer"]


def test_a_requirement_without_column_is_called_by_its_reason() -> None:
    row = {"reason": "entity_list", "rule": "744.11", "citation": "744.11(a)"}
    matrix = outcome_matrix([item("A") | {"requirements": [row]}])
    assert matrix is not None
    assert matrix.columns == (("entity list", "744.11(a)"),)


def test_no_requirement_no_table() -> None:
    assert outcome_matrix([item("A", outcome="NO_LICENSE_REQUIRED")]) is None
    assert outcome_matrix([]) is None


def test_columns_without_room_are_counted() -> None:
    matrix = outcome_matrix([item("A", *(f"C{number}" for number in range(MAX_COLUMNS + 3)))])
    assert matrix is not None
    assert (len(matrix.columns), matrix.left_out) == (MAX_COLUMNS, 3)
