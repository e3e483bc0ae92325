"""Word lists on names, addresses and free text: what speaks, what does not, whatever the case, accents and plural."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from licenses.rules.tables.word_lists import WordLists
from licenses.rules.text import text_signals
from tests.licenses.rules.builders import rules

WORDS = rules().words
Signal = Callable[[str, WordLists], tuple[str, ...]]
SPEAKS = (
    (text_signals.forwarder_words, "ACME Freight-Forwarders Ltd.", "hyphen and plural"),
    (text_signals.forwarder_words, "BMA SPEDITION GMBH", "capitals"),
    (text_signals.forwarder_words, "Weltspedition AG", "German compound"),
    (text_signals.forwarder_words, "Eurologistics B.V.", "joined word"),
    (text_signals.forwarder_words, "Lojistik Hizmetleri A.Ş.", "Turkish"),
    (text_signals.forwarder_words, "ООО Логистика Плюс", "Russian"),
    (text_signals.forwarder_words, "深圳市国际物流有限公司", "Chinese, no spaces"),
    (text_signals.bank_words, "Commerzbank AG", "compound"),
    (text_signals.bank_words, "Türkiye İş Bankası", "Turkish letters"),
    (text_signals.bank_words, "中国银行", "Chinese"),
    (text_signals.trading_words, "Blue Wing Gen. Trading", "plain"),
    (text_signals.trading_words, "Import-Export Co", "hyphen"),
    (text_signals.trading_words, "XYZ Traders", "plural"),
    (text_signals.trading_words, "Eurotrade Ltd", "joined word"),
    (text_signals.trading_words, "上海贸易有限公司", "Chinese"),
    (text_signals.osat_words, "outsourced assembly and tests", "plural"),
    (text_signals.military_words, "radios for the Navy", "capital"),
    (text_signals.military_words, "air-force ground stations", "phrase with hyphen"),
    (text_signals.military_words, "не для гражданских, военная техника", "Russian ending"),
    (text_signals.military_words, "not for military use; for the navy", "denied in one clause, said in the next"),
    (text_signals.military_words, "not only for military use", "not a denial"),
    (text_signals.military_words, "not resold, navy use", "the denial is about something else"),
    (text_signals.quantum_words, "research on quantum computers", "ending"),
    (text_signals.quantum_words, "dilution refrigerators", "plural"),
    (text_signals.post_box, "P.O. Box 1234, Dubai", "usual"),
    (text_signals.post_box, "PO Box 12", "no dots"),
    (text_signals.post_box, "P. O. B. 17, Beirut", "abbreviated"),
    (text_signals.post_box, "Postfach 12 34, 8001 Zürich", "German"),
    (text_signals.post_box, "APO AE 09012", "military"),
    (text_signals.post_box, "PSC 41 Box 12", "military"),
    (text_signals.post_box, "BP 123, Abidjan", "French"),
    (text_signals.military_words, "batteries of submarines", "submarines"),
    (text_signals.military_words, "boots of soldiers", "soldiers"),
    (text_signals.military_words, "motors of combat drones", "drones"),
    (text_signals.military_words, "вагоны Росгвардии", "Russian"),
    (text_signals.quantum_words, "wiring of a dilution fridge", "colloquial"),
    (text_signals.vagueness, "see attached", "elsewhere"),
    (text_signals.vagueness, "商业用途", "Chinese"),
    (text_signals.vagueness, "перепродажа", "Russian"),
    (text_signals.post_box, "GPO Box 2915, Hong Kong", "a general post office"),
    (text_signals.post_box, "P.K. 34, Sisli, Istanbul", "Turkish"),
    (text_signals.post_box, "私書箱12号, 東京", "Japanese"),
    (text_signals.post_box, "صندوق بريد 44, دبي", "Arabic"),
    (text_signals.post_box, "Apartado Postal 55", "Spanish"),
    (text_signals.post_box, "абонентский ящик 12", "Russian"),
    (text_signals.post_box, "Private Bag X12", "southern Africa"),
    (text_signals.service_address, "c/o Registered Agents Ltd", "care of"),
    (text_signals.service_address, "Virtual Office 12", "virtual office"),
)
SILENT = (
    (text_signals.forwarder_words, "Expressionist Art GmbH", "a longer word"),
    (text_signals.forwarder_words, "Relogis Pharma", "a part of a word"),
    (text_signals.bank_words, "Burbank Electronics", "a place"),
    (text_signals.bank_words, "National Blood Bank", "no money there"),
    (text_signals.bank_words, "Fairbanks Scales", "a name"),
    (text_signals.trading_words, "Infineon Technologies AG", "nothing"),
    (text_signals.trading_words, "Chamber of Trade", "an institution"),
    (text_signals.trading_words, "Important Instruments", "a longer word"),
    (text_signals.trading_words, "Yıldız Sanayi ve Ticaret A.Ş.", "half of all Turkish companies"),
    (text_signals.osat_words, "contest and attest", "parts of words"),
    (text_signals.military_words, "civil use only, no military or defense use", "denied"),
    (text_signals.military_words, "non-military radios", "denied by prefix"),
    (text_signals.military_words, "no army, navy or air force use", "denied, enumerated"),
    (text_signals.military_words, "coastal flood defences", "another sense"),
    (text_signals.quantum_words, "a quantum leap in sales", "another sense"),
    (text_signals.post_box, "Unit 1318-19, 13F, Hollywood Plaza", "a unit"),
    (text_signals.post_box, "Boxberg 3, 01239 Dresden", "a place"),
    (text_signals.post_box, "4 Mount Apo Street", "a mountain"),
    (text_signals.service_address, "12 Coast Road", "a road"),
)


@pytest.mark.parametrize(("signal", "text", "why"), SPEAKS, ids=[f"{text} ({why})" for _, text, why in SPEAKS])
def test_speaks(signal: Signal, text: str, why: str) -> None:
    assert signal(text, WORDS), why


@pytest.mark.parametrize(("signal", "text", "why"), SILENT, ids=[f"{text} ({why})" for _, text, why in SILENT])
def test_says_nothing(signal: Signal, text: str, why: str) -> None:
    assert signal(text, WORDS) == (), why


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "nothing is stated"),
        ("N/A", "nothing is stated"),
        ("Confidential", "nothing is stated"),
        ("resale", "only general words: resale"),
        ("For general use.", "only general words: general, use"),
        ("various industrial purposes", "only general words: industrial, purposes"),
        ("The buyer declined to say", "the buyer would not say"),
        ("refused", "the buyer would not say"),
        ("electronics manufacturing", ""),
        ("retail resale", ""),
        ("software engineering employment", ""),
        ("кондиционеры", ""),
    ],
)
def test_vagueness(text: str, reason: str) -> None:
    assert text_signals.vagueness(text, WORDS) == reason


def test_the_words_found_are_named_in_text_order_once() -> None:
    assert text_signals.osat_words("Test, assembly and test again", WORDS) == ("test", "assembly")


def test_the_same_words_whatever_the_punctuation() -> None:
    assert text_signals.same_words("ACME, L.L.C.", "Acme LLC")
    assert not text_signals.same_words("ACME", "ACME Trading")
