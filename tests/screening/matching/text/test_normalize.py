"""Text to plain words: scripts, look-alikes, invisible characters, dots and quotes."""

from __future__ import annotations

import pytest

from screening.matching.text.normalize import fold

CASES = [
    ("case and punctuation go", "ACME, Trading (Co.)", ("acme", "trading", "co")),
    ("accents go", "Café Müller Łódź", ("cafe", "muller", "lodz")),
    ("Turkish dotless i is an i", "İstanbul Şirketi ısı", ("istanbul", "sirketi", "isi")),
    ("dotted initials are one word", "S.A. de C.V.", ("sa", "de", "cv")),
    ("three spaced letters are one word, two are initials", "A T K and J. R. Smith", ("atk", "and", "j", "r", "smith")),
    ("apostrophes join", "Xi'an People’s O`Brien", ("xian", "peoples", "obrien")),
    ("full width letters are letters", "Ｇａｚｐｒｏｍ", ("gazprom",)),
    ("a zero-width space is no space", "Gaz\u200bprom\u00adbank", ("gazprombank",)),
    ("Cyrillic look-alikes inside a Latin word", "GАZPRОM BАNK", ("gazprom", "bank")),
    ("a word of look-alikes alone beside Latin words", "РОСА Trading", ("poca", "trading")),
    ("Latin look-alikes inside a Cyrillic word", "ГAЗПРОМ", ("gazprom",)),
    ("Cyrillic stays Cyrillic", "РАО ЕЭС", ("rao", "ees")),
    ("Greek", "Ελληνική Τράπεζα", ("elliniki", "trapeza")),
    ("Han words are translated, the rest is read", "深圳市某某科技有限公司", ("shenzhen", "moumou", "technology", "limited")),
    (
        "a province is a word of its own, with or without 省",
        "福建省某某集成电路公司",
        ("fujian", "moumou", "integrated", "circuit", "limited"),
    ),
    ("so is a city, in either way to write Han", "武漢某某光电", ("wuhan", "moumou", "photonics")),
    ("a short Han run alone is a person", "王小明", ("wang", "xiaoming")),
    ("Han numerals are numbers", "第十三研究所", ("13", "institute")),
    ("Hangul family name by its customary spelling", "김철수", ("kim", "cheolsu")),
    ("Arabic given names by dictionary, the article apart", "محمد الحسن", ("muhammad", "al", "hasan")),
    ("Arabic letters that are not one in Latin, a vowel between them", "سهلا مدجن", ("sahla", "mdajn")),
    ("Arabic servant-of names, written together or not", "عبدالرحمن عبد الله", ("abdul", "rahman", "abd", "allah")),
    ("thousands separators go, other commas part words", "1,234 a,b", ("1234", "a", "b")),
    ("an ampersand is a word", "A&B Supply", ("a", "and", "b", "supply")),
    ("nothing readable", "—·!?…", ()),
    ("empty", "", ()),
]


@pytest.mark.parametrize(("why", "text", "words"), CASES, ids=[case[0] for case in CASES])
def test_fold(why: str, text: str, words: tuple[str, ...]) -> None:
    assert fold(text).words == words, why


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("abc", "Latn"),
        ("абв", "Cyrl"),
        ("محمد", "Arab"),
        ("שלום", "Hebr"),
        ("华为 Ltd", "Hani"),
        ("김정은", "Hang"),
        ("123", "Latn"),
    ],
)
def test_script_is_that_of_most_letters(text: str, script: str) -> None:
    assert fold(text).script == script
