"""Party names in free text: found when they look like names, left alone when they look like goods or prose."""

from __future__ import annotations

import pytest

from licenses.rules.text.names_in_text import MAX_CANDIDATES, names_in_text
from tests.licenses.rules.builders import rules

WORDS = rules().words


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "For Beijing Quantum Institute, installed at Wuhan Institute of Technology",
            ("Beijing Quantum Institute", "Wuhan Institute of Technology"),
        ),
        ("sold through Ostec Integra Ltd. and then BMA Spedition GmbH", ("Ostec Integra Ltd.", "BMA Spedition GmbH")),
        ('for use by "Elvees" in Zelenograd', ("Elvees",)),
        ("Parties: Company 1 (fabless) and SJ Semiconductor (Jiangyin) Corp. will test", ("SJ Semiconductor (Jiangyin) Corp.",)),
        ("ООО «Ромашка» и АО Элвис", ("Ромашка", "АО Элвис")),
        ("We at Texas Instruments Inc. sell to JSC Mikron", ("Texas Instruments Inc.", "JSC Mikron")),
        ("Foo Co., Ltd., Beijing; Bar S.p.A.", ("Foo Co., Ltd.", "Bar S.p.A.")),
        ("THE ITEMS WILL BE USED BY HUAWEI TECHNOLOGIES CO., LTD. IN SHENZHEN", ("HUAWEI TECHNOLOGIES CO., LTD.",)),
        ("the Ministry of Defence of Russia", ("Ministry of Defence of Russia",)),
        ("Delivered to 中芯国际集成电路制造有限公司 in Shanghai", ("中芯国际集成电路制造有限公司",)),
        ("Foo Ltd, Bar Inc, and again Foo Ltd.", ("Foo Ltd", "Bar Inc")),
        (
            "for Universidad del Norte and Banco de la Plata SA",
            ("Universidad del Norte and Banco de la Plata SA", "Universidad del Norte", "Banco de la Plata SA"),
        ),
        ("used by Istituto da Vinci", ("Istituto da Vinci",)),
        ("", ()),
        ("quantum computing research", ()),
        ("design and architecture technology for TPU chips and AI supercomputing clusters", ()),
        ("microprocessors, FPGA and ADC by Intel", ()),
        ('the so-called "burn-in" test', ()),
        ("Research Center", ()),
        ("Field Programmable Gate Array (FPGA)", ()),
    ],
)
def test_names(text: str, names: tuple[str, ...]) -> None:
    assert names_in_text(text, WORDS) == names


def test_a_name_after_what_introduces_it_is_found_by_itself() -> None:
    assert names_in_text("Ersatzteile der Anlage der Firma Muster Bau GmbH vor Ort", WORDS) == (
        "Ersatzteile der Anlage der Firma Muster Bau GmbH",
        "Muster Bau GmbH",
    )


def test_the_last_name_of_a_long_list_and_of_a_long_text_is_found() -> None:
    assert names_in_text("; ".join(f"Maker{n} Ltd" for n in range(60)), WORDS)[-1] == "Maker59 Ltd"
    assert names_in_text("heating " * 1_000 + "for Maker Ltd", WORDS) == ("Maker Ltd",)


def test_a_long_text_gives_a_bounded_number_of_names() -> None:
    assert len(names_in_text("; ".join(f"Maker{n} Ltd" for n in range(500)), WORDS)) == MAX_CANDIDATES


def test_hostile_text_is_read_in_linear_time() -> None:
    for text in ("A " * 50_000, "(" * 50_000, '"' * 50_000, "A&" * 50_000, "一" * 50_000, "A" * 100_000):
        names_in_text(text, WORDS)
