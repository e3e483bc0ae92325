"""Pairs of names with the band they must fall in, one sentence each."""

from __future__ import annotations

import pytest

from screening.matching.names.parse import read
from screening.matching.names.score import compare_names
from screening.matching.policy import DEFAULT
from screening.matching.types import Band

STRONG, POSSIBLE, NOTHING = Band.STRONG, Band.POSSIBLE, None

MEET = [
    ("the same name", "Zelmark Avionics", "ZELMARK AVIONICS"),
    ("another legal form", "Zelmark Avionics LLC", "Zelmark Avionics GmbH"),
    ("another order", "Avionics Zelmark", "Zelmark Avionics"),
    ("family name first", "Olga Petrenkova", "PETRENKOVA, Olga"),
    ("one word written as two", "Zel Mark Avionics", "Zelmark Avionics"),
    ("two words written as one", "Zelmarkavionics", "Zelmark Avionics"),
    ("a letter dropped", "Zelmrk Avionics", "Zelmark Avionics"),
    ("a letter doubled", "Zelmaark Avionics", "Zelmark Avionics"),
    ("letters swapped", "Zemlark Avionics", "Zelmark Avionics"),
    ("a general word more", "Zelmark Avionics International", "Zelmark Avionics"),
    ("a general word abbreviated", "Zelmark Tech Intl", "Zelmark Technology International"),
    ("Cyrillic", "Зельмарк Авионикс", "Zelmark Avioniks"),
    ("Russian words for English ones", "Zavod Zelmark", "Zelmark Plant"),
    ("transliteration variants", "Sergej Zakharoff", "Sergey Zakharov"),
    ("transliteration variants of Arabic", "Mohamed Abdul Rahman Al-Zelmi", "Muhammad Abd al-Rahman al-Zelmi"),
    ("Arabic letters", "محمد الحميدي", "Muhammad al-Humaydi"),
    ("Han letters", "王小明", "WANG, Xiaoming"),
    ("Hangul letters", "김성철", "KIM, Song Chol"),
    ("look-alike letters", "Zеlmаrk Avionics", "Zelmark Avionics"),
    ("an initial for a given name", "PETRENKOVA, Olga I.", "PETRENKOVA, Olga Ivanovna"),
    ("dotted initials", "Petrenkova O.I.", "Olga Ivanovna Petrenkova"),
    ("a slip in a legal word", "Limtied Liability Company Zelmark", "Zelmark LLC"),
    ("a slip inside a long legal form", "Join Stock Company Zelmar", "Joint Stock Company Zelmar"),
    ("a slip in a short legal form", "Quorve JC", "Quorve JSC"),
    ("letters swapped in a name of one short word", "Zlema", "Zelma"),
    ("a letter left out of a name of one word", "Trelgn", "Trelgen"),
    ("a neighboring key in a name of one short word", "Quorfe", "Quorve"),
    ("a letter doubled in three letters", "Zqqm Ltd", "Zqm Ltd"),
    ("a slip beside general words", "Zlma Petrochemical", "Zelma Petrochemical"),
    ("letters swapped in two short names", "Sun Wie", "Sun, Wei"),
    ("a linking word run onto a name", "Zelmark Andavionics", "Zelmark and Avionics"),
    ("a legal form run onto a name", "Trelgen Avionicssarl", "Trelgen Avionics SARL"),
    ("a legal form put first", "OU Izmarka", "Izmarka OU"),
    ("a group's word behind the legal form", "Izmarka OU Trading", "Izmarka OU"),
    ("of God, written apart", "Hidayat Allah Quorvi", "HIDAYATULLAH QUORVI"),
    ("of the faith, with another article", "Shams al-Din Zelmi", "Shamseddine Zelmi"),
    ("a bank of a country", "Zelmabank of Russia", "Zelmabank"),
    ("a rare word out of a longer name", "Zelmarkvision", "Hangzhou Zelmarkvision Technology Co., Ltd."),
    ("German spelling of a Russian name", "Dimitri Zelmwedew", "Dmitry Zelmvedev"),
    ("j for y", "Jurij Zelmarin", "Yuri Zelmarin"),
    ("a Persian zh", "محمود زلمی‌نژاد", "Mahmoud Zelminejad"),
    ("Egyptian g for j", "رجب المزيني", "Ragab al-Muzayni"),
    ("a Korean surname as the North spells it", "임성순", "RIM, Song Sun"),
    ("a Korean surname as the South spells it", "임성순", "IM, Song Sun"),
]
PART = [
    ("universities that differ in one word", "Zelma University of Technology", "Zelma University of Posts"),
    ("given names that are merely alike", "Linwei Ding", "JIANWEI DING"),
    ("another surname after the same given name", "Boris Petrenko", "Boris Vasilevsky"),
    ("another surname after a shared particle", "Mohammed al-Rahman", "Mohammed al-Rashid"),
    ("another number", "Research Institute 13", "Research Institute 14"),
    ("general words only", "Infrared Technologies AG", "Advanced Technologies LLC"),
    ("legal words only", "Quorvex GmbH", "Zelmark GmbH"),
    ("subsidiaries with other names", "Zelmark Transit Ufa", "Zelmark Transit Kazan"),
    ("one rare word, two things", "Zelmark Electronics", "Zelmark Heavy Foods"),
    ("short words one letter apart", "Ali Kim", "Adi Kin"),
    ("nothing in common", "Quorvex", "Zelmark"),
    ("a company that is no slip of a place", "Kazax Corp.", "Kazan Co."),
    ("one short word with another letter", "Zelta", "Zelma"),
    ("one short word with another first letter", "Norvex", "Korvex"),
    ("Chinese given names a letter apart", "Zhang Wei", "ZHANG, Lei"),
    ("a common given name and another short family name", "John Tran", "John Tan"),
    ("a second family name that is another one", "Maria Garcia Lopez", "Maria Garcia Gomez"),
    ("Korean given names of two syllables", "Kim Song Un", "KIM, Song Il"),
    ("letters of a company's own name as initials", "Quorn H&T Control", "Quorn Huantai Technology Control"),
    ("initials run together", "RPM International", "R and M International"),
    ("two general words that are merely alike", "National Zelma", "International Zarma"),
    ("Korean given names with another vowel", "성호 김", "KIM, Sang-ho"),
    ("a Korean surname that is another one", "정식 이", "KIM, Jong Sik"),
    ("a number-led company and every other CORP", "11420 Corp", "Zelmark Corp"),
]


@pytest.mark.parametrize(("why", "query", "listed"), MEET, ids=[case[0] for case in MEET])
def test_must_meet(why: str, query: str, listed: str) -> None:
    score = compare_names(read(query).main, read(listed).main)
    assert DEFAULT.band(score.points) is not None, (why, score)


@pytest.mark.parametrize(("why", "query", "listed"), PART, ids=[case[0] for case in PART])
def test_must_not_meet(why: str, query: str, listed: str) -> None:
    score = compare_names(read(query).main, read(listed).main)
    assert DEFAULT.band(score.points) is None, (why, score)


def test_equal_names_have_95_and_no_more() -> None:
    assert compare_names(read("Zelmark Avionics").main, read("Zelmark Avionics").main).points == 95.0


def test_contradiction_costs_clearly_more_than_omission() -> None:
    listed = read("Zelmark Quorvex Ufa").main
    omitted = compare_names(read("Zelmark Quorvex").main, listed).points
    contradicted = compare_names(read("Zelmark Quorvex Trelgen").main, listed).points
    assert omitted - contradicted > 15


def test_correct_words_more_never_lose_a_hit() -> None:
    listed = read("Zelmark Avionics Repair Plant").main
    points = [
        compare_names(read(text).main, listed).points
        for text in ("Zelmark", "Zelmark Avionics", "Zelmark Avionics Repair", "Zelmark Avionics Repair Plant")
    ]
    assert points == sorted(points)
