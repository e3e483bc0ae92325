"""The conclusion: the gravest item, floors that lift to NEEDS_INFORMATION, safe words, steps in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from licenses.rules.outcome.conclude import Conclusion, FloorCode, SearchedLists, conclude
from licenses.rules.outcome.next_steps import next_steps
from licenses.rules.types import (
    Determination,
    Duty,
    ExceptionFinding,
    Finding,
    HitDecision,
    ListedAs,
    Outcome,
    PartyFacts,
    RedFlag,
    Reply,
    Severity,
)
from tests.licenses.rules.builders import determination, hit, party, question, requirement

LISTS = SearchedLists(loaded=("EL", "SDN"))
CLEAN = (party("applicant", "Exporter Inc.", "US"), party("ultimate_consignee", "Kunde GmbH"))
NLR = {"I1": determination()}
LICENSE = {"I1": determination(Outcome.LICENSE_REQUIRED, requirement("NS", "NS2"), policy="case by case")}
BLOCKING = RedFlag("X_FLAG", Severity.BLOCKING, "Something is open.", ("fact",), "S3", settle="Settle it.")
WARNING = RedFlag("Y_FLAG", Severity.WARNING, "Something warns.", ("fact",), "S3", settle="Answer it.")


def concluded(
    found: dict[str, Determination],
    *,
    parties: tuple[PartyFacts, ...] = CLEAN,
    flags: tuple[RedFlag, ...] = (),
    lists: SearchedLists = LISTS,
    type: str = "export",
    items: int | None = None,
) -> Conclusion:
    return conclude(type=type, determinations=found, parties=parties, flags=flags, lists=lists, items_expected=items)


@dataclass(frozen=True, slots=True)
class Floored:
    sentence: str
    conclusion: Conclusion
    code: FloorCode


def _with(*hits: ListedAs, **more: Any) -> tuple[PartyFacts, ...]:
    return (party("ultimate_consignee", "Kunde GmbH", hits=hits, **more),)


FLOORS = (
    Floored("a party that was not screened", concluded(NLR, parties=_with(screened=False)), FloorCode.PARTY_NOT_SCREENED),
    Floored(
        "an owner that was not screened",
        concluded(NLR, parties=_with(owners=(party("owner", screened=False),))),
        FloorCode.PARTY_NOT_SCREENED,
    ),
    Floored("a possible hit nobody decided", concluded(NLR, parties=_with(hit("UVL", band="possible"))), FloorCode.HIT_UNDECIDED),
    Floored("an open blocking flag", concluded(NLR, flags=(BLOCKING,)), FloorCode.FLAG_BLOCKING),
    Floored("no list at all", concluded(NLR, lists=SearchedLists(loaded=())), FloorCode.NO_LISTS),
    Floored("only the sample list", concluded(NLR, lists=SearchedLists(("EL",), sample=("EL",))), FloorCode.LIST_SAMPLE),
    Floored("an expired required list", concluded(NLR, lists=SearchedLists(("EL",), expired=("EL",))), FloorCode.LIST_EXPIRED),
    Floored(
        "a required list published too long ago",
        concluded(NLR, lists=SearchedLists(("EL",), outdated={"EL": "the loaded edition is of 8 April 2022"})),
        FloorCode.LIST_OUTDATED,
    ),
    Floored(
        "a required list missing",
        concluded(NLR, lists=SearchedLists(("EL",), missing={"SDN": "no version that old"})),
        FloorCode.LIST_MISSING,
    ),
    Floored("no party", concluded(NLR, parties=()), FloorCode.NO_PARTIES),
    Floored("no item", concluded({}), FloorCode.NO_ITEMS),
    Floored("an item without answer", concluded(NLR, items=2), FloorCode.ITEM_NOT_DETERMINED),
)


@pytest.mark.parametrize("case", FLOORS, ids=[case.sentence for case in FLOORS])
def test_a_floor_lifts_to_needs_information_and_says_why(case: Floored) -> None:
    assert case.conclusion.outcome is Outcome.NEEDS_INFORMATION, case.sentence
    assert [floor.code for floor in case.conclusion.floors] == [case.code]
    assert case.conclusion.floors[0].sentence in case.conclusion.why
    assert case.conclusion.floors[0].sentence.endswith(".")
    assert case.conclusion.held


def test_old_lists_are_the_first_reason_and_told_once_for_all_of_one_day() -> None:
    old = {"EL": "of 8 April 2022", "SDN": "of 8 April 2022", "UVL": "of 1 May 2022"}
    conclusion = concluded(NLR, parties=_with(screened=False), lists=SearchedLists(("EL", "SDN", "UVL"), outdated=old))
    assert conclusion.why[:2] == (
        "No answer may rest on EL, SDN: of 8 April 2022.",
        "No answer may rest on UVL: of 1 May 2022.",
    )
    assert not conclusion.may_say_no_match


@pytest.mark.parametrize(
    ("why", "result", "outcome"),
    [
        ("nothing open", concluded(NLR), Outcome.NO_LICENSE_REQUIRED),
        ("a warning moves nothing", concluded(NLR, flags=(WARNING,)), Outcome.NO_LICENSE_REQUIRED),
        ("a stale list is only shown", concluded(NLR, lists=SearchedLists(("EL",), stale=("EL",))), Outcome.NO_LICENSE_REQUIRED),
        (
            "a decided hit is no floor",
            concluded(NLR, parties=_with(hit("UVL", band="possible", decision=HitDecision.FALSE_POSITIVE))),
            Outcome.NO_LICENSE_REQUIRED,
        ),
        ("a strong unverified-list hit is no floor", concluded(NLR, parties=_with(hit("UVL"))), Outcome.NO_LICENSE_REQUIRED),
        ("a blocking flag leaves a requirement as it is", concluded(LICENSE, flags=(BLOCKING,)), Outcome.LICENSE_REQUIRED),
        ("and so does a missing list", concluded(LICENSE, lists=SearchedLists(())), Outcome.LICENSE_REQUIRED),
        ("the gravest item wins", concluded({**NLR, "I2": determination(Outcome.PROHIBITED, id="I2")}), Outcome.PROHIBITED),
        (
            "an open item beside a clean one",
            concluded({**NLR, "I2": determination(Outcome.NEEDS_INFORMATION)}),
            Outcome.NEEDS_INFORMATION,
        ),
        ("not subject", concluded({"I1": determination(Outcome.NOT_SUBJECT_TO_EAR)}), Outcome.NOT_SUBJECT_TO_EAR),
        ("a classification has no outcome", concluded({}, type="classification"), None),
        ("nor has an advisory opinion, whatever is open", concluded({}, type="advisory_opinion", flags=(BLOCKING,)), None),
    ],
)
def test_outcome(why: str, result: Conclusion, outcome: Outcome | None) -> None:
    assert result.outcome is outcome, why
    assert all(isinstance(reason, str) for reason in result.why)


def test_steps_come_in_order_and_once() -> None:
    found = {
        "I1": determination(
            Outcome.NEEDS_INFORMATION,
            questions=(question("military"), question("nuclear", hold=False)),
            conditions=(Duty("EEI_ALWAYS", "File EEI.", "758.1"), Duty("X", "Hold the paper.", "748.9", "filing")),
        )
    }
    listed = (party("end_user", "Firma", hits=(hit("UVL", band="possible"),)),)
    flags = (
        WARNING,
        BLOCKING,
        BLOCKING,
        RedFlag("LIST_UVL", Severity.BLOCKING, "x", ("f",), "744.15", party="end_user", settle="-", settled_with_hit=True),
    )
    result = concluded(found, parties=listed, flags=flags)
    steps = next_steps(result, determinations=found, flags=flags, completeness={"items": ["a"], "contact": ["b"]}, parties=listed)
    assert steps == (
        "Do not ship before the points below are settled.",
        "Answer: What about military?",
        "Settle it.",
        "Show who Firma is: registration number, full address, owners.",
        "Answer it.",
        "Complete the form: 2 entries in items, contact.",
        "Before filing: Hold the paper.",
        "Before shipping: File EEI.",
        "Answer the question listed below too; it may change the result.",
    )


def test_the_duties_of_an_exception_come_before_shipping() -> None:
    fits = ExceptionFinding("LVS", "available", "", "740.3", duties=("Confirm the yearly total.",))
    other = ExceptionFinding("GBS", "unavailable", "not Group B", "740.4", duties=("Never said.",))
    found = {
        "I1": determination(
            Outcome.LICENSE_EXCEPTION, exceptions=(fits, other), questions=(question("a", hold=False), question("b", hold=False))
        )
    }
    steps = next_steps(concluded(found), determinations=found, flags=(), completeness={"items": ["a"]})
    assert steps == (
        "Complete the form: 1 entry in items.",
        "For License Exception LVS: Confirm the yearly total.",
        "Answer the 2 questions listed below too; each may change the result.",
        "Screen again on the day of shipment, and keep this answer with the records (762.6).",
    )


def test_a_license_is_applied_for_with_the_packet() -> None:
    steps = next_steps(concluded(LICENSE), determinations=LICENSE, flags=(), completeness={})
    assert steps[0] == "Do not ship without a license."
    assert steps[-1].startswith("Apply for the license in SNAP-R")


def test_after_a_stop_there_is_only_the_stop() -> None:
    found = {"I1": determination(Outcome.PROHIBITED, questions=(question("military"),))}
    steps = next_steps(concluded(found), determinations=found, flags=(WARNING,), completeness={"items": ["a"]})
    assert [step.split()[0] for step in steps] == ["Do", "Ask", "If"]


@pytest.mark.parametrize("floor", list(FLOORS[4:8]), ids=lambda case: case.sentence)
def test_a_list_that_could_not_be_used_has_a_remedy(floor: Floored) -> None:
    steps = next_steps(floor.conclusion, determinations=NLR, flags=(), completeness={})
    assert any(step.startswith("Ask an administrator") for step in steps)


def test_an_item_that_no_question_settles_says_which_step_holds_it() -> None:
    steps = (
        Finding("F10", "?", "nuclear end use; nuclear not stated", "question", "744.2", reply=Reply.UNKNOWN),
        Finding("C2", "?", "IR as well: the end user is in IR", "question", "734.14"),
        Finding("E3", "?", "OFAC's authorization is needed", "maybe", "746.7", reply=Reply.NO),
    )
    held = concluded({"I1": determination(Outcome.NEEDS_INFORMATION, steps=steps)})
    assert held.why == ("Item I1 needs an answer: OFAC's authorization is needed.",)
    held = concluded({"I1": determination(Outcome.NEEDS_INFORMATION, steps=steps[:2])})
    assert held.why == ("Item I1 needs an answer: IR as well: the end user is in IR.",)
    assert concluded({"I1": determination(Outcome.NEEDS_INFORMATION, steps=steps[:1])}).why == (
        "Item I1 has an open point in its steps.",
    )
