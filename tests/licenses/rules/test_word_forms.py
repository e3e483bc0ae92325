"""Words in the form in which they are compared, whatever the case, accents, width and punctuation."""

from __future__ import annotations

import pytest

from licenses.rules.word_forms import folded, tokens


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Buyer's L.L.C.", ("buyer", "llc")),
        ("Sp. z o.o.", ("sp", "z", "oo")),
        ("ＡＢＣ　Ｃｏ．", ("abc", "co")),
        ("İstanbul Łódź Ørsted", ("istanbul", "lodz", "orsted")),
        ("don't", ("don", "t")),
    ],
)
def test_tokens(text: str, words: tuple[str, ...]) -> None:
    assert tokens(text) == words


def test_folding_keeps_hangul_whole() -> None:
    assert folded("무역") == "무역"
