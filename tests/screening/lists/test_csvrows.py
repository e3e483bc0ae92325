"""A cut file told from a file with a wrong row."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from screening.lists import csvrows
from screening.lists.csvrows import CsvRow, rows_of
from screening.lists.types import FileRefused


class Reworded:
    """csv.reader of a Python that says everything in other words."""

    def __init__(self, lines: Iterable[str], **options: Any) -> None:
        self.reader = csv.reader(lines, **options)

    def __iter__(self) -> Iterator[list[str]]:
        return self

    def __next__(self) -> list[str]:
        try:
            return next(self.reader)
        except csv.Error as error:
            raise csv.Error("Fehler") from error

    @property
    def line_num(self) -> int:
        return self.reader.line_num


class RewordedCsv:
    """The module with that reader."""

    reader, Error = Reworded, csv.Error


@pytest.fixture(params=[csv, RewordedCsv], ids=["the words of this Python", "other words"])
def words(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csvrows, "csv", request.param)


@pytest.mark.usefixtures("words")
@pytest.mark.parametrize(("text", "line"), [('a,b\n1,"x', 2), ('a,b\n1,"x\ny\n', 2), ('"', 1)])
def test_a_quote_that_is_never_closed_is_a_cut_file(text: str, line: int) -> None:
    with pytest.raises(FileRefused) as refused:
        list(rows_of(text, name="el.csv"))
    assert refused.value.guard == "truncated"
    assert f"line {line}" in refused.value.detail


@pytest.mark.usefixtures("words")
@pytest.mark.parametrize("text", ['a,b\n1,"x"y\n2,z\n', 'a,b\n1,"x"y'])
def test_a_wrong_row_is_no_cut_file_even_when_it_is_the_last(text: str) -> None:
    rows = list(rows_of(text, name="el.csv"))
    assert rows[0] == CsvRow(1, ["a", "b"])
    assert (rows[1].line, rows[1].cells) == (2, [])
    assert rows[1].error
