"""The pre-check of one application, stateless: read, screen everybody, determine each item, raise red flags, conclude.

Commands and the API call `read_line` (line.py), `screen_line` and `evaluate` in a row; a stored check does the same and lays the
decisions of people between the last two.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from licenses.rules.completeness.messages import completeness
from licenses.rules.completeness.messages import conditions as paper_conditions
from licenses.rules.determination.determine import determine, determine_unclassified
from licenses.rules.facts.stated import case_facts
from licenses.rules.facts.write_determination import determination_as_dict
from licenses.rules.outcome.conclude import Conclusion, SearchedLists, conclude
from licenses.rules.outcome.next_steps import next_steps
from licenses.rules.red_flags.questions import open_questions
from licenses.rules.red_flags.raise_flags import pointing, red_flags, scene_of
from licenses.rules.tables.rules_in_force import RulesInForce
from licenses.rules.types import ApplicationFacts, Case, Determination, Duty, ItemFacts, MissingFact, RedFlag, Severity
from licenses.services.evaluation.contract_objects import condition_object, red_flag_object
from licenses.services.evaluation.hits import Decisions, with_hits
from licenses.services.evaluation.manual_outcome import Determined, determined_by_person, needs_person
from licenses.services.evaluation.read_application import ParsedApplication
from licenses.services.evaluation.screen_parties import ScreenedSubject, by_id, screen_subjects
from licenses.services.evaluation.sentences import duties_of, each_once, sentence_of
from screening.matching.types import Verdict
from screening.services.parties.engine_info import ENGINE_VERSION
from screening.services.parties.snapshot import Snapshot
from screening.services.screening.lists_state import ListsState, lists_state
from screening.services.screening.screen import answer as screen_answer
from screening.services.screening.screen import verdict_of


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The answer: `result` is the output of `precheck` (docs/contract.md); the rest is what a stored check works on. `cases`:
    what `determine` was asked for each item, by the rules of `day`."""

    result: dict[str, Any]
    facts: ApplicationFacts
    day: dt.date
    cases: Mapping[str, Case]
    determinations: Mapping[str, Determination]
    flags: tuple[RedFlag, ...]
    open_flags: tuple[RedFlag, ...]
    conditions: tuple[Duty, ...]
    questions: tuple[MissingFact, ...]
    conclusion: Conclusion
    sentence: str
    lists: SearchedLists
    undetermined: frozenset[str]
    """Items the rules gave no answer for and ask nothing about."""


def screen_line(
    line: ParsedApplication, snapshot: Snapshot, rules: RulesInForce, *, progress: Callable[[int], None] | None = None
) -> tuple[ScreenedSubject, ...]:
    """Screen everybody of an application: parties, owners, names in texts."""
    return screen_subjects(line.parties, line.facts, snapshot, rules.words, progress=progress)


def evaluate(
    line: ParsedApplication,
    screened: tuple[ScreenedSubject, ...],
    snapshot: Snapshot,
    rules: RulesInForce,
    *,
    as_of: dt.date | None,
    today: dt.date,
    decisions: Decisions | None = None,
    is_open: Callable[[RedFlag], bool] | None = None,
    determined: Determined | None = None,
    lists: SearchedLists | None = None,
    whole_form: bool = False,
) -> Evaluation:
    """Conclude from what was read and screened. Pure but for the state of the lists.

    as_of: a day in the past whose lists and rules answer, None for now (`today`). decisions: what people decided about hits.
    is_open: tells whether a blocking flag still wants a person (without it all do). determined: outcomes people recorded for
    items that the rules cannot answer. lists: state of the lists, judged now when not given. whole_form: the application is meant
    to be filed, so that a blank form is asked for whole, as beside the draft; a bare line is not.
    """
    day = as_of or today
    found = by_id(screened)
    hand = lists or lists_in_hand(snapshot, lists_state(snapshot, as_of))
    unscreened = frozenset(key for key, one in found.items() if verdict_of(one.screening, snapshot)[0] is Verdict.NOT_SCREENED)
    facts = with_hits(line.facts, found, decisions or {}, unscreened=unscreened)
    cases = {item.id: case_of(facts, item) for item in facts.items if facts.transaction}
    by_rules = {key: answered(case, rules, as_of=day) for key, case in cases.items()}
    determinations, undetermined = _with_people(by_rules, determined or {})
    flags = red_flags(facts, determinations, rules, as_of=day, list_effects=hand.effects)
    open_flags = tuple(flag for flag in flags if is_open is None or is_open(flag))
    raised = pointing(open_flags, rules)
    if raised:
        cases = {key: replace(case, flags=raised) for key, case in cases.items()}
        by_rules = {key: answered(case, rules, as_of=day) for key, case in cases.items()}
        determinations, undetermined = _with_people(by_rules, determined or {})
    conclusion = conclude(
        type=facts.type,
        determinations=determinations,
        parties=facts.parties,
        flags=open_flags,
        lists=hand,
        items_expected=len(facts.items),
    )
    open_points = completeness(facts, rules, determinations, as_of=day, whole_form=whole_form)
    conditions = each_once((*duties_of(determinations), *paper_conditions(facts, rules, determinations, as_of=day)))
    sentence = sentence_of(conclusion, facts.parties, determinations, len(snapshot.versions))
    asked = conclusion.outcome is not None
    result = {
        "id": facts.id,
        "outcome": conclusion.outcome.value if conclusion.outcome else None,
        "sentence": sentence,
        "why": list(conclusion.why),
        "next_steps": list(
            next_steps(
                conclusion, determinations=determinations, flags=open_flags, completeness=open_points, parties=facts.parties
            )
        ),
        "parties": [party_object(one, snapshot, decisions or {}) for one in screened],
        "items": [item_object(item, facts, determinations[item.id]) for item in facts.items]
        if asked and facts.transaction
        else None,
        "red_flags": [red_flag_object(flag) for flag in flags],
        "completeness": open_points,
        "conditions": [condition_object(condition) for condition in conditions],
        "floors": [{"code": floor.code.value, "why": floor.sentence, "about": floor.about} for floor in conclusion.floors],
        "lists": [version.as_dict() for version in snapshot.versions],
        "rules": rules.digest,
        "engine": ENGINE_VERSION,
        "as_of": day.isoformat(),
        "unverified_rules": sum(row.unverified_rules for row in determinations.values()),
    }
    unasked = open_questions(scene_of(facts, determinations, rules, as_of=day), flags)
    if unasked:
        result["flag_questions"] = [{"code": row.code, "fact": row.fact, "text": row.text} for row in unasked]
    if hand.missing:
        result["lists_missing"] = [{"list": code, "why": why} for code, why in hand.missing.items()]
    if hand.sample:
        result["lists_sample"] = list(hand.sample)
    if hand.stale:
        result["lists_stale"] = list(hand.stale)
    if hand.outdated:
        result["lists_outdated"] = [{"list": code, "why": why} for code, why in hand.outdated.items()]
    if hand.expired:
        result["lists_expired"] = list(hand.expired)
    return Evaluation(
        result=result,
        facts=facts,
        day=day,
        cases=cases,
        determinations=determinations,
        flags=flags,
        open_flags=open_flags,
        conditions=conditions,
        questions=questions_of(determinations),
        conclusion=conclusion,
        sentence=sentence,
        lists=hand,
        undetermined=undetermined,
    )


def _with_people(
    by_rules: Mapping[str, Determination], determined: Determined
) -> tuple[dict[str, Determination], frozenset[str]]:
    """The answers with the outcomes that people recorded, and the items that the rules give no answer for."""
    undetermined = frozenset(key for key, one in by_rules.items() if needs_person(one))
    answers = {
        key: determined_by_person(one, determined[key]) if key in undetermined and key in determined else one
        for key, one in by_rules.items()
    }
    return answers, undetermined


def answered(case: Case, rules: RulesInForce, *, as_of: dt.date) -> Determination:
    """The determination of an item; a draft may not name its ECCN yet."""
    walk = determine if case.item.eccn.strip() else determine_unclassified
    return walk(case, rules, as_of=as_of)


def case_of(facts: ApplicationFacts, item: ItemFacts) -> Case:
    """The case of one item; its own answers win over the application's."""
    stated = case_facts(facts, item)
    if facts.end_use and "text" not in stated:
        stated["text"] = facts.end_use
    if facts.transaction is None:
        raise ValueError(f"{facts.id} has no transaction; nothing is determined for type {facts.type}.")
    return Case(
        id=item.id, transaction=facts.transaction, destination=facts.destination, item=item, parties=facts.parties, facts=stated
    )


def lists_in_hand(snapshot: Snapshot, state: ListsState) -> SearchedLists:
    """The lists an answer rests on, as the rules see them."""
    return SearchedLists(
        loaded=tuple(version.list for version in snapshot.versions),
        sample=state.samples,
        expired=state.expired,
        outdated={row["list"]: row["why"] for row in state.outdated},
        stale=state.stale,
        missing={row["list"]: row["why"] for row in state.missing},
        effects={version.list: Severity(version.effect) for version in snapshot.versions if version.effect},
    )


def questions_of(determinations: Mapping[str, Determination]) -> tuple[MissingFact, ...]:
    """Questions of all items, each fact once, those that hold the outcome first."""
    found: dict[str, MissingFact] = {}
    for determination in determinations.values():
        for question in determination.questions:
            if question.fact not in found or (question.hold and not found[question.fact].hold):
                found[question.fact] = question
    return tuple(sorted(found.values(), key=lambda question: not question.hold))


TOLD_ONCE = ("id", "lists_outdated")
"""What an application's answer says once and not of each party: a replay a year later must not call lists older."""


def party_object(one: ScreenedSubject, snapshot: Snapshot, decisions: Decisions) -> dict[str, Any]:
    """Output of `screen` with the role, where the party comes from, and what was decided about its hits."""
    subject = one.subject
    # Owners are answered as parties of their own, after all given ones.
    answer = screen_answer(replace(subject.party, owners=()), snapshot, screening=one.screening)
    decided = decisions.get(subject.id, {})
    for hit in answer["hits"]:
        decision = decided.get((hit["list"], hit["entry"]))
        if decision is not None:
            hit["decision"] = decision.disposition
    whole: dict[str, Any] = {
        "id": subject.id,
        "role": subject.role,
        "name": subject.party.name,
        "country": subject.party.country,
        "addresses": list(subject.party.addresses),
    }
    if subject.owner_of:
        whole["owner_of"] = subject.owner_of
    if subject.found_in:
        whole["found_in"] = subject.found_in
    return {**whole, **{key: value for key, value in answer.items() if key not in TOLD_ONCE}}


def item_object(item: ItemFacts, facts: ApplicationFacts, found: Determination) -> dict[str, Any]:
    """Output of `determine` with what the item is."""
    return {
        **determination_as_dict(found),
        "id": item.id,
        "eccn": item.eccn,
        "description": item.description,
        "destination": facts.destination,
        "hs6": item.hs6,
    }
