"""The nearest entry that is no hit is told with what kept it below."""

from __future__ import annotations

from screening.matching.engine import screen
from screening.matching.index.index import Index, build
from screening.matching.nearest import Near, nearest
from screening.matching.policy import DEFAULT, Policy
from screening.matching.types import Alias, ListedParty, Party

INDEX = build((ListedParty("EL", "e1", "Zelmark Avionics Co., Ltd."), ListedParty("SDN", "s1", "Quorvex Trelgen Foundation")))


def near_to(name: str, index: Index = INDEX, policy: Policy = DEFAULT) -> Near | None:
    party = Party(name=name)
    return nearest(index, party, policy, screen(index, party, policy))


def test_the_best_candidate_below_is_told() -> None:
    near = near_to("Zelmark")
    assert near is not None
    assert (near.entry.uid, near.score < DEFAULT.possible) == ("e1", True)
    assert near_to("Qqqq Wwww") is None


def test_a_contradiction_that_took_every_point_is_still_the_nearest() -> None:
    near = near_to("Zelmark Heavy Foods")
    assert near is not None
    assert (near.entry.uid, near.score) == ("e1", 0.0)
    assert "in the query only" in near.explanation[0].sentence


def test_what_is_shown_is_not_told_again() -> None:
    assert near_to("Zelmark Avionics") is None


def test_a_weak_alias_is_told_as_one_and_loses_what_it_loses_in_screening() -> None:
    index = build([ListedParty("SDN", "s1", "Quorvex Trelgen", aliases=(Alias("JVF", kind="abbreviation"),))])
    strict = Policy(possible=80.0)
    near = near_to("JVF International", index, strict)
    assert near is not None
    assert (near.listed, near.score < strict.possible) == ("JVF", True)
    assert near.explanation[-1].effect == "at most possible"
