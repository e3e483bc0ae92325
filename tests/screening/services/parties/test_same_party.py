"""Two parties as entered are one when a name says so, whatever else differs: records of both are kept."""

from __future__ import annotations

import pytest

from screening.matching.types import Party
from screening.services.parties.same_party import name_alone, same_party

HELD = Party(name="Karlmark Bearings GmbH", country="DE", addresses=("1 Werkstrasse, Ulm",))
PAIRS = (
    ("the same", HELD, HELD, True),
    ("another country and address", HELD, Party(name="KARLMARK BEARINGS", country="AT", addresses=("9 Gasse, Wien",)), True),
    ("a slip", HELD, Party(name="Karlmarck Bearings"), True),
    ("a further name", HELD, Party(name="KB", other_names=("Karlmark Bearings GmbH",)), True),
    ("a stranger", HELD, Party(name="Nordlicht Optik AG"), False),
    ("legal words only, alike", Party(name="GmbH"), Party(name="gmbh"), True),
    ("legal words only, unlike", Party(name="GmbH"), Party(name="Ltd"), False),
    ("no name, the same address", Party(addresses=("1 Harbor Street",)), Party(addresses=("1  HARBOR street",)), True),
    ("no name, another address", Party(addresses=("1 Harbor Street",)), Party(addresses=("2 Harbor Street",)), False),
    ("an address is no name", Party(addresses=("1 Harbor Street",)), HELD, False),
)


@pytest.mark.parametrize(("sentence", "one", "other", "same"), PAIRS, ids=[case[0] for case in PAIRS])
def test_one_party_or_two(sentence: str, one: Party, other: Party, same: bool) -> None:
    assert same_party(name_alone(one), name_alone(other)) is same
    assert same_party(name_alone(other), name_alone(one)) is same
