"""The sentence under an outcome: safe words only, and "no match" never where something was not searched (intake.md 8)."""

from __future__ import annotations

import itertools

from licenses.rules.outcome.conclude import conclude
from licenses.rules.outcome.floors import SearchedLists
from licenses.rules.types import Determination, Outcome, PartyFacts
from licenses.services.evaluation.sentences import NOT_ALL_SEARCHED, sentence_of

SEARCHED = SearchedLists(("EL", "SDN"))
PARTIES = (PartyFacts("P1", "end_user", "Kunde GmbH", "DE"),)


def _determination(outcome: Outcome) -> Determination:
    return Determination("I1", outcome, (), (), None, (), (), (), "digest", 0)


def test_no_sentence_uses_a_forbidden_word_or_says_no_match_blindly() -> None:
    states = (
        SEARCHED,
        SearchedLists(()),
        SearchedLists(("EL",), sample=("EL",)),
        SearchedLists(("EL",), missing={"SDN": "gone"}),
        SearchedLists(("EL",), expired=("EL",)),
    )
    for outcome, lists, kind in itertools.product(Outcome, states, ("export", "classification")):
        answers = {"I1": _determination(outcome)}
        told = conclude(type=kind, determinations=answers, parties=PARTIES, flags=(), lists=lists)
        text = sentence_of(told, PARTIES, answers, len(lists.loaded))
        assert not [word for word in ("cleared", "approved", "safe", "compliant", "guilty") if word in text.lower()]
        assert ("No match" in text) == (lists is SEARCHED), text
        assert (NOT_ALL_SEARCHED in text) == (lists is not SEARCHED)


def test_nobody_stated_is_no_match_for_nobody() -> None:
    answers = {"I1": _determination(Outcome.NO_LICENSE_REQUIRED)}
    told = conclude(type="export", determinations=answers, parties=(), flags=(), lists=SEARCHED)
    assert NOT_ALL_SEARCHED in sentence_of(told, (), answers, 2)


def test_a_list_that_is_not_loaded_is_named_beside_no_match() -> None:
    answers = {"I1": _determination(Outcome.NO_LICENSE_REQUIRED)}
    told = conclude(type="export", determinations=answers, parties=PARTIES, flags=(), lists=SearchedLists(("EL",)))
    assert sentence_of(told, PARTIES, answers, 1) == (
        "No license requirement found on the facts given. No match among 1 party in 1 list. "
        "Not loaded, so not searched: DPL, UVL, MEU, SDN, FSE, ISN."
    )
    deciding = SearchedLists(("EL", "DPL", "UVL", "MEU", "SDN", "ISN", "FSE"))
    whole = conclude(type="export", determinations=answers, parties=PARTIES, flags=(), lists=deciding)
    assert "Not loaded" not in sentence_of(whole, PARTIES, answers, len(deciding.loaded))
