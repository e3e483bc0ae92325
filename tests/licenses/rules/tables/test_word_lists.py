"""The word lists: each that the design names is there, and a pattern that could not be compared is refused."""

from __future__ import annotations

import pytest

from tests.licenses.rules.builders import rules


@pytest.mark.parametrize(
    "name", ["FORWARDER_WORDS", "BANK_WORDS", "TRADING_WORDS", "OSAT_WORDS", "MILITARY_WORDS", "QUANTUM_WORDS", "VAGUE_WORDS"]
)
def test_each_list_of_the_design_is_there(name: str) -> None:
    assert name in rules().words
