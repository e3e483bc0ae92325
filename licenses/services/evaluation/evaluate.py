"""The pre-check of one application, stateless: read, screen everybody, determine each item, raise red flags, conclude.

Commands and the API call `read_line` (read_application.py), `screen_line` and `evaluate` in a row. A stored check lays the
decisions of people between: `flagged`, then `concluded` with the flags that still want a person.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
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
from screening.services.screening.lists_state import lists_state
from screening.services.screening.screen import answer as screen_answer
from screening.services.screening.screen import verdict_of


@dataclass(frozen=True, slots=True)
class EvaluationInput:
    """What an evaluation rests on, and nothing else does: it is pure.

    line, screened: the application as read, and what was found about everybody of it in the lists of `snapshot`. day: whose lists
    and rules answer. lists: their state (`searched_lists`). decisions: what people decided about hits. recorded: outcomes people
    recorded for items that the rules cannot answer. whole_form: the application is meant to be filed, so that a blank form is
    asked for whole, as beside the draft; a bare line is not.
    """

    line: ParsedApplication
    screened: tuple[ScreenedSubject, ...]
    snapshot: Snapshot
    rules: RulesInForce
    day: dt.date
    lists: SearchedLists
    decisions: Decisions = field(default_factory=dict)
    recorded: Determined = field(default_factory=dict)
    whole_form: bool = False


@dataclass(frozen=True, slots=True)
class Answers:
    """What was determined: `cases` as `determine` was asked for each item, `determinations` with the outcomes people recorded."""

    cases: Mapping[str, Case]
    determinations: Mapping[str, Determination]
    undetermined: frozenset[str]
    """Items the rules gave no answer for and ask nothing about."""


@dataclass(frozen=True, slots=True)
class FlaggedApplication:
    """An application before it is concluded: the facts with their hits, the first answers, and every red flag they raise."""

    given: EvaluationInput
    facts: ApplicationFacts
    answers: Answers
    flags: tuple[RedFlag, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The answer: `result` is the output of `precheck` (docs/contract.md); the rest is what a stored check works on.
    `open_flags`: those of `flags` that still want a person. `completeness`: what the form lacks, by section."""

    given: EvaluationInput
    facts: ApplicationFacts
    answers: Answers
    flags: tuple[RedFlag, ...]
    open_flags: tuple[RedFlag, ...]
    completeness: Mapping[str, Sequence[str]]
    conditions: tuple[Duty, ...]
    questions: tuple[MissingFact, ...]
    conclusion: Conclusion
    sentence: str
    result: dict[str, Any] = field(default_factory=dict)


def screen_line(
    line: ParsedApplication, snapshot: Snapshot, rules: RulesInForce, *, progress: Callable[[int], None] | None = None
) -> tuple[ScreenedSubject, ...]:
    """Screen everybody of an application: parties, owners, names in texts."""
    return screen_subjects(line.parties, line.facts, snapshot, rules.words, progress=progress)


def searched_lists(snapshot: Snapshot, as_of: dt.date | None = None) -> SearchedLists:
    """The lists an answer rests on and their state, as the rules see them; judged for a day in the past, or now."""
    state = lists_state(snapshot, as_of)
    return SearchedLists(
        loaded=tuple(version.list for version in snapshot.versions),
        sample=state.samples,
        expired=state.expired,
        outdated={row["list"]: row["why"] for row in state.outdated},
        stale=state.stale,
        missing={row["list"]: row["why"] for row in state.missing},
        effects={version.list: Severity(version.effect) for version in snapshot.versions if version.effect},
    )


def evaluate(given: EvaluationInput) -> Evaluation:
    """Conclude where nobody settled a red flag: each still wants a person."""
    raised = flagged(given)
    return concluded(raised, raised.flags)


def flagged(given: EvaluationInput) -> FlaggedApplication:
    """Determine each item and raise the red flags; which of them are settled, the caller knows."""
    screened = by_id(given.screened)
    unscreened = frozenset(
        key for key, subject in screened.items() if verdict_of(subject.screening, given.snapshot)[0] is Verdict.NOT_SCREENED
    )
    facts = with_hits(given.line.facts, screened, given.decisions, unscreened=unscreened)
    answers = determined(given, facts)
    flags = red_flags(facts, answers.determinations, given.rules, as_of=given.day, list_effects=given.lists.effects)
    return FlaggedApplication(given, facts, answers, flags)


def determined(given: EvaluationInput, facts: ApplicationFacts, flags: frozenset[str] = frozenset()) -> Answers:
    """Ask the rules about each item. flags: codes of open red flags that a question points to (`Case.flags`)."""
    cases = {item.id: replace(case_of(facts, item), flags=flags) for item in facts.items if facts.transaction}
    by_rules = {key: answered(case, given.rules, as_of=given.day) for key, case in cases.items()}
    undetermined = frozenset(key for key, answer in by_rules.items() if needs_person(answer))
    answers = {
        key: determined_by_person(answer, given.recorded[key]) if key in undetermined and key in given.recorded else answer
        for key, answer in by_rules.items()
    }
    return Answers(cases, answers, undetermined)


def concluded(raised: FlaggedApplication, open_flags: Sequence[RedFlag]) -> Evaluation:
    """The answer, with those of the red flags that still want a person: each turns the question it points to into one that must
    be answered, so that the items are determined once more."""
    given, facts, still = raised.given, raised.facts, tuple(open_flags)
    pointed = pointing(still, given.rules)
    answers = determined(given, facts, pointed) if pointed else raised.answers
    conclusion = conclude(
        type=facts.type,
        determinations=answers.determinations,
        parties=facts.parties,
        flags=still,
        lists=given.lists,
        items_expected=len(facts.items),
    )
    papers = paper_conditions(facts, given.rules, answers.determinations, as_of=given.day)
    evaluation = Evaluation(
        given=given,
        facts=facts,
        answers=answers,
        flags=raised.flags,
        open_flags=still,
        completeness=completeness(facts, given.rules, answers.determinations, as_of=given.day, whole_form=given.whole_form),
        conditions=each_once((*duties_of(answers.determinations), *papers)),
        questions=questions_of(answers.determinations),
        conclusion=conclusion,
        sentence=sentence_of(conclusion, facts.parties, answers.determinations, len(given.snapshot.versions)),
    )
    return replace(evaluation, result=as_contract(evaluation))


def answered(case: Case, rules: RulesInForce, *, as_of: dt.date) -> Determination:
    """The determination of an item; a draft may not name its ECCN yet."""
    answer = determine if case.item.eccn.strip() else determine_unclassified
    return answer(case, rules, as_of=as_of)


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


def questions_of(determinations: Mapping[str, Determination]) -> tuple[MissingFact, ...]:
    """Questions of all items, each fact once, those that hold the outcome first."""
    first: dict[str, MissingFact] = {}
    for determination in determinations.values():
        for question in determination.questions:
            if question.fact not in first or (question.hold and not first[question.fact].hold):
                first[question.fact] = question
    return tuple(sorted(first.values(), key=lambda question: not question.hold))


def as_contract(evaluation: Evaluation) -> dict[str, Any]:
    """The output of `precheck` (docs/contract.md)."""
    given, conclusion, determinations = evaluation.given, evaluation.conclusion, evaluation.answers.determinations
    outcome = conclusion.outcome
    steps = next_steps(
        conclusion,
        determinations=determinations,
        flags=evaluation.open_flags,
        completeness=evaluation.completeness,
        parties=evaluation.facts.parties,
    )
    items = [
        determined_item_object(item, evaluation.facts, determinations[item.id])
        for item in evaluation.facts.items
        if evaluation.facts.transaction
    ]
    return {
        "id": evaluation.facts.id,
        "outcome": outcome.value if outcome else None,
        "sentence": evaluation.sentence,
        "why": list(conclusion.why),
        "next_steps": list(steps),
        "parties": [screened_party_object(subject, given.snapshot, given.decisions) for subject in given.screened],
        "items": items if outcome is not None and evaluation.facts.transaction else None,
        "red_flags": [red_flag_object(flag) for flag in evaluation.flags],
        "completeness": evaluation.completeness,
        "conditions": [condition_object(condition) for condition in evaluation.conditions],
        "floors": [{"code": floor.code.value, "why": floor.sentence, "about": floor.about} for floor in conclusion.floors],
        "lists": [version.as_dict() for version in given.snapshot.versions],
        "rules": given.rules.digest,
        "engine": ENGINE_VERSION,
        "as_of": given.day.isoformat(),
        "unverified_rules": sum(row.unverified_rules for row in determinations.values()),
        **{key: value for key, value in optional_keys(evaluation).items() if value},
    }


def optional_keys(evaluation: Evaluation) -> dict[str, list[Any]]:
    """What an answer says only where there is something to say: questions of red flags, lists that are not as they should be."""
    given, lists = evaluation.given, evaluation.given.lists
    scene = scene_of(evaluation.facts, evaluation.answers.determinations, given.rules, as_of=given.day)
    return {
        "flag_questions": [
            {"code": row.code, "fact": row.fact, "text": row.text} for row in open_questions(scene, evaluation.flags)
        ],
        "lists_missing": [{"list": code, "why": why} for code, why in lists.missing.items()],
        "lists_sample": list(lists.sample),
        "lists_stale": list(lists.stale),
        "lists_outdated": [{"list": code, "why": why} for code, why in lists.outdated.items()],
        "lists_expired": list(lists.expired),
    }


TOLD_ONCE = ("id", "lists_outdated")
"""What an application's answer says once and not of each party: a replay a year later must not call lists older."""


def screened_party_object(screened: ScreenedSubject, snapshot: Snapshot, decisions: Decisions) -> dict[str, Any]:
    """Output of `screen` with the role, where the party comes from, and what was decided about its hits."""
    subject = screened.subject
    # Owners are answered as parties of their own, after all given ones.
    answer = screen_answer(replace(subject.party, owners=()), snapshot, screening=screened.screening)
    decided = decisions.get(subject.id, {})
    for hit in answer["hits"]:
        decision = decided.get((hit["list"], hit["entry"]))
        if decision is not None:
            hit["decision"] = decision.disposition
    fields: dict[str, Any] = {
        "id": subject.id,
        "role": subject.role,
        "name": subject.party.name,
        "country": subject.party.country,
        "addresses": list(subject.party.addresses),
    }
    if subject.owner_of:
        fields["owner_of"] = subject.owner_of
    if subject.found_in:
        fields["found_in"] = subject.found_in
    return {**fields, **{key: value for key, value in answer.items() if key not in TOLD_ONCE}}


def determined_item_object(item: ItemFacts, facts: ApplicationFacts, determination: Determination) -> dict[str, Any]:
    """Output of `determine` with what the item is."""
    return {
        **determination_as_dict(determination),
        "id": item.id,
        "eccn": item.eccn,
        "description": item.description,
        "destination": facts.destination,
        "hs6": item.hs6,
    }
