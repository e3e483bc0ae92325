"""Party and entry side by side: rows without any side are left out, words carry the mark their similarity gives them."""

from __future__ import annotations

import datetime as dt

import pytest

from licenses.desk.side_by_side import address_rows, fact_rows, token_rows
from screening.matching.types import Alias, Identifier, ListedParty

ENTRY = ListedParty(
    list="DPL",
    uid="1",
    name="ACME LTD",
    aliases=(Alias("ACME LIMITED"),),
    addresses=("1 Ring", "2 Ring"),
    countries=("DE",),
    identifiers=(Identifier("IMO", "9074729"),),
    effective_on=dt.date(2024, 1, 2),
)


def test_facts_stand_beside_each_other_and_empty_rows_are_left_out() -> None:
    rows = {row.label: (row.party, row.entry) for row in fact_rows({"name": "Acme", "country": "DE"}, ENTRY)}
    assert rows["Name"] == ("Acme", "ACME LTD")
    assert rows["Country"] == ("Germany", "Germany")
    assert rows["Identifiers"] == ("", "IMO 9074729")
    assert rows["In force"] == ("", "02 Jan 2024 to no end stated")
    assert "Citizenships" not in rows


def test_addresses_are_shown_line_by_line_however_many_each_side_has() -> None:
    rows = address_rows({"addresses": ["1 Ring, Ulm"]}, ENTRY)
    assert [(row.party, row.entry) for row in rows] == [("1 Ring, Ulm", "1 Ring"), ("", "2 Ring")]


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ({"feature": "token", "query": "acme", "listed": "acme", "value": 1.0}, "same"),
        ({"feature": "token", "query": "acne", "listed": "acme", "value": 0.85}, "near"),
        ({"feature": "token left in query", "query": "north", "listed": "", "value": None}, "only"),
        ({"feature": "token left in listed name", "query": "", "listed": "south", "value": None}, "absent"),
    ],
)
def test_a_word_is_marked_by_what_the_evidence_says(line: dict[str, object], mark: str) -> None:
    assert [token.mark for token in token_rows({"explanation": [line]})] == [mark]
