"""Ids that are made: by position, and never one that is given."""

from __future__ import annotations

import pytest

from screening.services.parties.made_ids import MadeIds, next_free


@pytest.mark.parametrize(
    ("stem", "number", "taken", "free"),
    [("P", 1, (), 1), ("P", 2, ("P1",), 2), ("P", 1, ("P1", "P2"), 3), ("P1.O", 1, ("P1.O1",), 2), ("X", 1, ("P1",), 1)],
)
def test_the_next_number_that_is_free(stem: str, number: int, taken: tuple[str, ...], free: int) -> None:
    assert next_free(stem, number, taken) == free


@pytest.mark.parametrize(
    ("given", "taken", "made"),
    [
        (("", ""), (), ["P1", "P2"]),
        (("buyer", ""), (), ["buyer", "P2"]),
        (("P2", ""), (), ["P2", "P3"]),
        (("", "P1x"), (), ["P1", "P1x"]),
        (("", ""), ("P1",), ["P2", "P3"]),
    ],
)
def test_a_line_without_an_id_is_called_by_its_place(given: tuple[str, ...], taken: tuple[str, ...], made: list[str]) -> None:
    ids = MadeIds(taken)
    assert [ids.of(one) for one in given] == made
