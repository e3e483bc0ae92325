"""Names taken apart: legal forms, remarks, other names, list dirt, particles."""

from __future__ import annotations

import pytest

from screening.matching.names.parse import analyze, read
from screening.matching.names.query_names import query_names
from screening.matching.types import Party


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("Acme Trading Co., Ltd.", ("acme", "trading")),
        ("OOO Acme", ("acme",)),
        ("Acme Obshchestvo s ogranichennoi otvetstvennostyu", ("acme",)),
        ("Acme Sdn. Bhd.", ("acme",)),
        ("Acme S.A. de C.V.", ("acme",)),
        ("Acme Anonim Sirketi", ("acme",)),
        ("某某有限公司", ("moumou",)),
        ("Acme Limtied Liabiliy Company", ("acme",)),
        ("RT-Avto AO", ("auto", "rt")),
        ("Zavod Imeni Acme", ("acme", "plant")),
        ("Nauchno-proizvodstvennoe predpriyatie Acme", ("acme", "enterprise", "production", "scientific")),
        ("Acme Tech Mfg Intl", ("acme", "international", "manufacturing", "technology")),
        ("13th Institute", ("13", "institute")),
        ("Acme No. 5 Plant", ("5", "acme", "plant")),
        ("ABD AL-RAHMAN, Omar", ("abd", "al", "omar", "rahman")),
        ("Abdulrahman Omar", ("abd", "omar", "rahman")),
        ("Hidayat Allah", ("hidayatullah",)),
        ("Nur al-Din Omar", ("nuruddin", "omar")),
        ("Noureddine Omar", ("nouruddin", "omar")),
        ("Abd Allah Omar", ("abdullah", "omar")),
        ("IM, Song Sun", ("im", "song", "sun")),
        ("and Acme; and any successor, sub-unit, or subsidiary thereof", ("acme",)),
    ],
)
def test_core(text: str, core: tuple[str, ...]) -> None:
    assert read(text).main.key == tuple(sorted(core))


@pytest.mark.parametrize("text", ["", "Ltd.", "Company Limited", "Limited Liability Company", "12345", "!!!", "S.A.", "的"])
def test_nothing_to_compare(text: str) -> None:
    assert not read(text).main.comparable or text == "的"


def test_a_number_led_company_keeps_its_number() -> None:
    assert analyze("11420 CORP.").comparable
    assert analyze("11420 CORP.").key == ("11420",)


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("Lin Ding (a.k.a. Leo Ding)", [("ding", "leo")]),
        ("Lin Ding (aka Leo Ding)", [("ding", "leo")]),
        ("Acme f/k/a Zenith Works", [("works", "zenith")]),
        ("Acme, doing business as Zenith Works", [("works", "zenith")]),
    ],
)
def test_stated_other_names_are_names(text: str, others: list[tuple[str, ...]]) -> None:
    assert [name.key for name in read(text).others] == others


def test_remarks_in_brackets() -> None:
    assert read("Acme Robotics (fictional)").main.key == ("acme", "robotics")
    assert read("Acme Robotics (fictional)").asides == ()
    assert [name.key for name in read("Acme Robotics (ARX)").asides] == [("arx",)]
    assert read("Acme (New Zealand) Robotics Ltd").asides == ()
    assert read("Acme (Hong Kong) Robotics Ltd").main.key == ("acme", "hong", "kong", "robotics")


def test_a_bracketed_person_is_searched_as_a_name_and_a_bracketed_word_as_a_weak_one() -> None:
    party = Party(name="Lin Ding (Leo Ding)")
    assert [(row.name.key, row.weak) for row in query_names(party)] == [(("ding", "lin"), False), (("ding", "leo"), False)]
    assert [row.weak for row in query_names(Party(name="Acme Robotics (Zentrix)"))] == [False, True]


@pytest.mark.parametrize(
    ("printed", "spoken"),
    [
        ("Pakistan Atomic Energy Commission (PAEC)", ["pakistan atomic energy commission"]),
        ("National University of Defense Technology (NUDT)", ["national university defense technology"]),
        ("Research Center (RC)", []),
        ("Zarvonik Microsystems Institute (ZMI)", []),
        ("Shanghai Electronics Company (Group)", []),
        ("Hong Kong shipping company (name not public)", []),
    ],
)
def test_a_name_of_general_words_goes_without_its_abbreviation_as_well(printed: str, spoken: list[str]) -> None:
    assert [" ".join(token.raw for token in name.tokens) for name in read(printed).others] == spoken
