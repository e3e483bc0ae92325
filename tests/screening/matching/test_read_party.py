"""A Party of the contract becomes a value, or an error that names the place, the key and the remedy."""

from __future__ import annotations

from typing import Any

import pytest

from screening.matching.read_party import party_from_dict
from screening.matching.types import PartyError, Schema


def nested(layers: int) -> dict[str, Any]:
    party: dict[str, Any] = {"name": "Owner"}
    for _ in range(layers):
        party = {"name": "Owned", "owners": [party]}
    return party


BAD = [
    ([], "wrong_type", "must be an object"),
    ({"adress": "x"}, "unknown_key", "'adress'"),
    ({"name": 5}, "wrong_type", "party.name must be text"),
    ({"name": "x" * 10_000_000}, "too_long", "10,000,000 characters"),
    ({"name": "a\x00b"}, "bad_text", "NUL"),
    ({"country": "Germany"}, "bad_country", "two-letter"),
    ({"country": "ZZ"}, "bad_country", "'ZZ'"),
    ({"citizenships": ["DE", "XQ"]}, "bad_country", "'XQ'"),
    ({"kind": "company"}, "bad_value", "organization"),
    ({"role": "buyer"}, "bad_value", "purchaser"),
    ({"address": "a", "addresses": ["b"]}, "conflict", "not both"),
    ({"other_names": "x"}, "wrong_type", "must be a list"),
    ({"addresses": ["x"] * 501}, "too_many", "500 at most"),
    ({"identifiers": [{"type": "IMO"}]}, "missing", "value is empty"),
    ({"identifiers": [{"typ": "IMO", "value": "1"}]}, "unknown_key", "'typ'"),
    ({"owners": [{"name": "x", "share_percent": 120}]}, "bad_value", "between 0 and 100"),
    ({"owners": [{"name": "x", "share_percent": True}]}, "wrong_type", "a number"),
    ({"listed": ["EL"]}, "wrong_type", "hit object"),
    (nested(7), "too_deep", "6 layers"),
]


@pytest.mark.parametrize(("data", "code", "words"), BAD, ids=range(len(BAD)))
def test_what_cannot_be_read_is_named(data: object, code: str, words: str) -> None:
    with pytest.raises(PartyError) as caught:
        party_from_dict(data)
    assert caught.value.code == code
    assert words in caught.value.detail


def test_a_whole_party_is_read() -> None:
    party = party_from_dict(
        {
            "id": "P1",
            "role": "ultimate_consignee",
            "name": " Beispiel GmbH ",
            "other_names": ["Beispiel", ""],
            "kind": "organization",
            "address": "Ring 1, Ulm",
            "country": "de",
            "identifiers": [{"type": "LEI", "value": "5493001KJTIIGC8Y1R12"}],
            "owners": [{"name": "Alpha", "share_percent": 50}, {"name": "Beta"}],
        }
    )
    assert (party.name, party.country, party.kind, party.addresses) == (
        "Beispiel GmbH",
        "DE",
        Schema.ORGANIZATION,
        ("Ring 1, Ulm",),
    )
    assert party.names == ("Beispiel GmbH", "Beispiel")
    assert [owner.share_percent for owner in party.owners] == [50.0, None]


def test_six_layers_of_owners_are_taken() -> None:
    assert party_from_dict(nested(6)).name == "Owned"
