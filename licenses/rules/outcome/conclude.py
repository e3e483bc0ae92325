"""The answer of a pre-check in one outcome and the next steps.

The gravest item decides; then floors lift the outcome to NEEDS_INFORMATION where something was not settled or not looked
at. A floor never makes a graver outcome lighter: an open blocking flag beside a definite requirement leaves
LICENSE_REQUIRED as it is, and a warning moves nothing. Wording: intake.md 8 (never "cleared", "approved", "safe").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from licenses.rules.determination.steps.f_parties import BLOCKED_REASON
from licenses.rules.outcome.floors import (
    Conclusion,
    Floor,
    FloorCode,
    SearchedLists,
    age_floors,
    flag_floors,
    item_floors,
    list_floors,
    party_floors,
    stands,
)
from licenses.rules.outcome.next_steps import next_steps
from licenses.rules.owners import by_layer
from licenses.rules.review_policies import strictness
from licenses.rules.tables.list_facts import BLOCKED_PERSONS, DENIED_PERSONS
from licenses.rules.types import UNASKED_TYPES, Determination, Outcome, PartyFacts, RedFlag, Reply, gravest

__all__ = ["Conclusion", "Floor", "FloorCode", "SearchedLists", "conclude", "next_steps"]

REASON_WORDS = {
    "ENTITY_LIST": "the Entity List",
    "MEU_LIST": "the Military End-User List",
    BLOCKED_REASON: "the blocking by OFAC",
    "AFFILIATE": "owners on the Entity List",
    "END_USE": "the end use",
    "CUBA": "the embargo of Cuba",
    "IRAN": "the embargo of Iran",
    "NORTH_KOREA": "the embargo of North Korea",
    "SYRIA": "the controls on Syria",
    "CRIMEA_DNR_LNR": "the embargo of the occupied regions of Ukraine",
    "IRAQ": "the controls on Iraq",
    "RU_BY": "the controls on Russia and Belarus",
}
"""Reasons of determination.md 4 in plain words; a reason for control shows as its chart column."""


def conclude(
    *,
    type: str,
    determinations: Mapping[str, Determination],
    parties: Sequence[PartyFacts],
    flags: Sequence[RedFlag],
    lists: SearchedLists,
    items_expected: int | None = None,
) -> Conclusion:
    """Outcome of an application: the gravest of its items, lifted to NEEDS_INFORMATION by every open floor.

    `type` is the application type; `determinations` item id -> answer; `flags` the open ones (a caller leaves out those that
    a person disposed); `items_expected` the number of item lines, so that a line without an answer is not overlooked.
    """
    everybody = by_layer(parties)
    names = dict.fromkeys(party.name or party.id for party in everybody)
    hit = tuple(dict.fromkeys(party.name or party.id for party in everybody if any(stands(found) for found in party.hits)))
    aged = tuple(age_floors(lists))
    floors: tuple[Floor, ...] = (*aged, *party_floors(everybody), *flag_floors(flags), *list_floors(lists))
    if type in UNASKED_TYPES:
        why = tuple(floor.sentence for floor in floors)
        return Conclusion(None, why, floors, parties=len(names), hit_parties=hit, lists=lists.loaded)
    expected = len(determinations) if items_expected is None else items_expected
    floors = (*floors, *item_floors(determinations, expected))
    found = [one.outcome for one in determinations.values()]
    items_outcome = gravest(*found) if found else None
    outcome = gravest(*found, Outcome.NEEDS_INFORMATION) if floors or not found else gravest(*found)
    deciding = [one for one in determinations.values() if one.outcome is items_outcome]
    return Conclusion(
        outcome=outcome,
        why=(
            *(floor.sentence for floor in aged),
            *_item_reasons(determinations, items_outcome),
            *(floor.sentence for floor in floors if floor not in aged),
        ),
        floors=floors,
        items_outcome=items_outcome,
        reasons=tuple(dict.fromkeys(_words(row.reason, row.column) for one in deciding for row in one.requirements)),
        policy=_strictest(deciding),
        exceptions=tuple(
            dict.fromkeys(row.code for one in deciding for row in one.exceptions if row.status == "available" and row.code != "*")
        ),
        conditions=tuple(dict.fromkeys(row.why for one in determinations.values() for row in one.conditions)),
        parties=len(names),
        hit_parties=hit,
        barred_parties=tuple(
            dict.fromkeys(
                party.name or party.id
                for party in everybody
                if any(one.counts and one.list in (DENIED_PERSONS, BLOCKED_PERSONS) for one in party.hits)
            )
        ),
        lists=lists.loaded,
        ask=len({question.fact for one in determinations.values() for question in one.questions if not question.hold}),
    )


def _item_reasons(determinations: Mapping[str, Determination], outcome: Outcome | None) -> Iterator[str]:
    """One sentence for each item that makes the outcome, its reasons named once."""
    for item, found in determinations.items():
        if found.outcome is not outcome:
            continue
        reasons = _listing(dict.fromkeys(f"{_words(row.reason, row.column)} ({row.citation})" for row in found.requirements))
        match found.outcome:
            case Outcome.PROHIBITED:
                stops = dict.fromkeys(step.answer for step in found.steps if step.effect == "stop")
                yield f"Item {item}: stop. {'; '.join(stops) or reasons}".strip().rstrip(".") + "."
            case Outcome.LICENSE_REQUIRED:
                yield f"Item {item} needs a license: {reasons}."
            case Outcome.NEEDS_INFORMATION:
                holding = next((question.text for question in found.questions if question.hold), "") or _open_step(found)
                yield f"Item {item} needs an answer: {holding}" if holding else f"Item {item} has an open point in its steps."
            case Outcome.LICENSE_EXCEPTION:
                codes = [row.code for row in found.exceptions if row.status == "available"]
                yield f"Item {item}: License Exception {_listing(codes)} appears to fit; its duties come first."
            case Outcome.NO_LICENSE_REQUIRED:
                yield f"Item {item}: no license requirement found on the facts given."
            case Outcome.NOT_SUBJECT_TO_EAR:
                yield f"Item {item}: on the facts given, not subject to the EAR."


def _open_step(found: Determination) -> str:
    """What holds an answer that no question of the exporter settles: the first step that may bring a requirement, else the
    first that a person must settle. Facts that are merely not stated are asked for beside the item."""
    for effect in ("maybe", "question"):
        for step in found.steps:
            if step.effect == effect and step.reply is not Reply.UNKNOWN:
                return f"{step.reason.rstrip('.')}."
    return ""


def _strictest(found: Sequence[Determination]) -> str:
    return min((one.review_policy for one in found if one.review_policy and one.requirements), key=strictness, default="")


def _words(reason: str, column: str) -> str:
    return REASON_WORDS.get(reason) or (f"the control {column}" if column else f"the control {reason}")


def _listing(parts: Sequence[str] | Mapping[str, object]) -> str:
    names = [part for part in parts if part]
    return ", ".join(names[:-1]) + " and " + names[-1] if len(names) > 1 else "".join(names)
