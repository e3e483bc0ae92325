"""A party typed into the form becomes the Party object of the contract, and comes back as typed."""

from __future__ import annotations

import pytest

from licenses.forms.party import PartyForm
from screening.matching.read_party import party_from_dict

GOOD = {
    "role": "ultimate_consignee",
    "name": "Beispiel GmbH",
    "other_names": "Beispiel\nПример",
    "addresses": "Hauptstr. 1, Berlin\n\nFloor 3, Ring 2, Ulm",
    "country": "DE",
    "owners": "Alpha Holding Ltd; 35; HK\nBeta; ?\nGamma; 20%",
}


def test_a_typed_party_is_read_by_the_contract_and_shown_again_as_typed() -> None:
    form = PartyForm(GOOD)
    assert form.is_valid(), form.errors
    data = form.party_data()
    party = party_from_dict(data)
    assert party.addresses == ("Hauptstr. 1, Berlin", "Floor 3, Ring 2, Ulm")
    assert [(owner.name, owner.share_percent, owner.country) for owner in party.owners] == [
        ("Alpha Holding Ltd", 35.0, "HK"),
        ("Beta", None, ""),
        ("Gamma", 20.0, ""),
    ]
    again = PartyForm.initial_from(data["role"], data)
    assert PartyForm(again).data["owners"] == "Alpha Holding Ltd; 35; HK\nBeta; ?\nGamma; 20"


BAD = [
    ({"name": "", "addresses": ""}, "name", "neither the party cannot be screened"),
    ({"owners": "Alpha; many"}, "owners", "is not a share"),
    ({"owners": "Alpha; 120"}, "owners", "between 0 and 100"),
    ({"owners": "Alpha; 10; Germany"}, "owners", "two-letter country code"),
    ({"owners": "; 10"}, "owners", "write name; share; country"),
    ({"identifier_type": "IMO"}, "identifier_value", "both the kind of identifier and its number"),
    ({"role": "friend"}, "role", "not one of the available choices"),
    ({"country": "XX"}, "country", "not one of the available choices"),
]


@pytest.mark.parametrize(("change", "field", "words"), BAD)
def test_what_cannot_be_read_says_so_beside_the_field(change: dict[str, str], field: str, words: str) -> None:
    form = PartyForm({**GOOD, **change})
    assert not form.is_valid()
    assert words in " ".join(form.errors[field])
