"""Steps D and F name the hits they are about: what is shown about a hit is found by it, never by the words of an answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from licenses.rules.determination.determine import determine
from licenses.rules.facts.write_determination import determination_as_dict
from licenses.rules.types import Case, Determination, HitDecision, HitRef, ListedAs, PartyFacts, TransactionType
from tests.licenses.rules.builders import DAY, hit, item, party, rules

NAMED = [
    ("a denial order", "end_user", hit("DPL"), "D1", "stop"),
    ("a denial order that ended", "end_user", hit("DPL", expires_on=DAY.replace(year=2020)), "D1", "note"),
    ("a possible hit", "bank", hit("UN", band="possible"), "D2", "question"),
    ("the Entity List", "end_user", hit("EL"), "F1", "requirement"),
    ("an address of it", "end_user", hit("EL", channel="address"), "F2", "requirement"),
    ("a footnote of the entry", "end_user", hit("EL", footnotes=("4",)), "F3", "note"),
    ("a listed owner without the party it owns", "owner", hit("EL"), "F4", "question"),
    ("the Unverified List", "end_user", hit("UVL"), "F5", "filter"),
    ("the Military End-User List", "end_user", hit("MEU"), "F6", "note"),
    ("a blocked person", "bank", hit("SDN"), "F7", "stop"),
    ("a program of 744.8", "end_user", hit("SDN", programs=("NPWMD",)), "F7", "requirement"),
    ("an authorization on file", "end_user", hit("SDN", settled="mitigated"), "F7", "note"),
    ("nonproliferation sanctions", "end_user", hit("ISN"), "F8", "question"),
    ("a list that only warns", "end_user", hit("UN"), "F9", "note"),
    ("a list nobody knows", "end_user", hit("HOUSE"), "F9", "question"),
    ("a false positive", "end_user", hit("EL", decision=HitDecision.FALSE_POSITIVE), "F9", "note"),
    ("a role that must be settled", "freight_forwarder", hit("EL"), "F9", "question"),
    ("a role in which the list warns", "bank", hit("UVL"), "F9", "note"),
]


def determined(*parties: PartyFacts) -> Determination:
    case = Case("I1", TransactionType.EXPORT, "CN", item(), parties)
    return determine(case, rules(), as_of=DAY)


@pytest.mark.parametrize(("sentence", "role", "found", "step", "effect"), NAMED, ids=[case[0] for case in NAMED])
def test_a_step_names_the_hit_it_is_about(sentence: str, role: str, found: ListedAs, step: str, effect: str) -> None:
    listed = replace(found, entry="uid-1")
    answer = determined(party(role, hits=(listed,)))
    ran = [(one.step, one.effect, one.hits) for one in answer.steps if one.hits]
    assert (step, effect, (HitRef(listed.list, "uid-1"),)) in ran
    assert {"list": listed.list, "entry": "uid-1"} in [
        ref for row in determination_as_dict(answer)["steps"] if row["step"] == step for ref in row.get("hits", ())
    ]


def test_owners_are_named_by_their_hits() -> None:
    owners = tuple(
        party("owner", id=uid, share_percent=40.0, hits=(hit("SDN", entry=uid, programs=("NPWMD",)),)) for uid in ("a", "b")
    )
    steps = determined(party("end_user", owners=owners)).steps
    stop = next(step for step in steps if step.step == "F4" and step.effect == "stop")
    assert stop.hits == (HitRef("SDN", "a"), HitRef("SDN", "b"))


def test_a_step_without_a_hit_names_none() -> None:
    answer = determination_as_dict(determined(party("end_user")))
    assert not any("hits" in step for step in answer["steps"])
