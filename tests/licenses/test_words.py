"""Words a person reads: lists have one name each, in tables and in sentences."""

from __future__ import annotations

import pytest

from licenses.words import LIST_NAMES, list_in_a_sentence
from screening.lists.registry import BUNDLES


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


def test_every_list_of_the_consolidated_file_has_a_name() -> None:
    assert set(BUNDLES["CSL"]) <= LIST_NAMES.keys()
