"""Foldings that stored values rest on: they give the same for ever."""

from __future__ import annotations

import pytest

from screening.matching.folding import letters_and_digits, one_line, without_accents


@pytest.mark.parametrize(
    ("name", "expected", "why"),
    [
        ("SJ Semiconductor (Jiangyin) Corp.", "sjsemiconductorjiangyincorp", "letters and digits only"),
        ("ＡＢＣ　Ｌｔｄ", "abcltd", "full width letters are the same letters (NFKC)"),
        ("Straße 1", "strasse1", "case folding, not lower case"),
        ("Türkiye", "türkiye", "accents stay: this is not the matching normalizer"),
        ("中芯国际", "中芯国际", "letters of every script"),
        ("--", "", "nothing left"),
    ],
)
def test_letters_and_digits(name: str, expected: str, why: str) -> None:
    assert letters_and_digits(name) == expected, why


def test_one_line() -> None:
    assert one_line("  Zelmark\tAVIONICS \n Co. ") == "zelmark avionics co."


@pytest.mark.parametrize(("text", "plain"), [("Türkiye", "Turkiye"), ("Łódź", "Łodz"), ("Plain", "Plain"), ("ﬁ", "fi")])
def test_without_accents(text: str, plain: str) -> None:
    assert without_accents(text) == plain
