"""Owners and owners of owners: in which order, and how often each."""

from __future__ import annotations

from licenses.rules.owners import by_layer, owners_of, with_owners
from licenses.rules.types import PartyFacts


def _party(key: str, *owners: PartyFacts) -> PartyFacts:
    return PartyFacts(id=key, role="owner", name=key or "nameless", owners=owners)


TOP = _party("top")
GIVEN = (_party("a", _party("a1", TOP), _party("a2")), _party("b", _party("b1", TOP), _party("a2"), _party("b")))


def test_each_party_is_followed_by_its_owners_of_all_layers() -> None:
    assert [party.id for party in with_owners(GIVEN)] == ["a", "a1", "top", "a2", "b", "b1", "top", "a2", "b"]


def test_layer_by_layer_each_id_stands_once() -> None:
    assert [party.id for party in by_layer(GIVEN)] == ["a", "b", "a1", "a2", "b1", "top"]


def test_an_owner_without_an_id_always_counts() -> None:
    assert [party.id for party in by_layer([_party("a", _party(""), _party(""))])] == ["a", "", ""]


def test_an_owner_comes_with_whom_it_owns() -> None:
    pairs = owners_of(GIVEN, lambda party: party.owners, lambda party: party.id)
    assert [(owner.id, held.id) for owner, held in pairs] == [("a1", "a"), ("a2", "a"), ("b1", "b"), ("top", "a1")]


def test_nobody_has_no_owners() -> None:
    assert by_layer(()) == ()
