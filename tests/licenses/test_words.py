"""Words a person reads: lists have one name each, in tables and in sentences."""

from __future__ import annotations

import pytest

from licenses.words import hit_sentence, list_in_a_sentence, list_name
from screening.lists.registry import CONTROL_LISTS


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("EL", "the Entity List"),
        ("ISN", "the Nonproliferation Sanctions list"),
        ("OURWATCH", "list OURWATCH"),
    ],
)
def test_a_list_in_a_sentence(code: str, words: str) -> None:
    assert list_in_a_sentence(code) == words


def test_every_built_in_list_has_a_name_and_a_sentence() -> None:
    for code in CONTROL_LISTS:
        assert list_name(code) != code
        assert hit_sentence(code) != hit_sentence("OURWATCH")
    assert list_name("OURWATCH") == "OURWATCH"
