"""Where an application goes after a check (docs/design/intake.md#3), and the flag for what no rule can answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

from exportcheck.audit.services import digest
from licenses.models import Flag, FlagDecision, LicenseApplication, Question
from licenses.rules.outcome.conclude import FloorCode
from licenses.rules.types import Outcome
from licenses.services.application.workflow import SETTLED, Event, State, make_move
from licenses.services.checks.flags import MANUAL_DETERMINATION, Concern, FlagsAfterCheck, expired
from licenses.services.evaluation.evaluate import Evaluation
from licenses.services.evaluation.manual_outcome import ByPerson, item_fingerprint
from licenses.services.evaluation.read_application import ParsedApplication

UNSCREENED = frozenset((FloorCode.NO_LISTS, FloorCode.PARTY_NOT_SCREENED))
"""Floors that say the check itself is not complete."""


def move_after_check(
    application: LicenseApplication, evaluation: Evaluation, flags: FlagsAfterCheck, questions: Sequence[Question]
) -> None:
    """Write the outcome and make the move it leads to. Runs in the transaction of the check, on a locked application."""
    outcome = evaluation.conclusion.outcome
    columns = {"outcome": outcome.value if outcome else "", "outcome_sentence": evaluation.sentence}
    event = event_after_check(evaluation, has_flags=bool(flags.open), has_questions=bool(questions))
    if application.state in SETTLED:
        _after_settling(application, event, columns)
    elif application.state == State.REOPENED:
        _after_reopening(application, event, columns)
    elif application.state not in (State.CHECKING, State.IN_REVIEW):
        # The exporter or a reviewer moved on meanwhile; what was found is kept, the move is theirs.
        _write(application, columns)
    elif event is Event.NOTHING_OPEN and application.state == State.IN_REVIEW:
        _settle(application, Event.SETTLED, columns)
    else:
        _settle(application, event, columns)


def event_after_check(evaluation: Evaluation, *, has_flags: bool, has_questions: bool) -> Event:
    """What a finished check asks for: fail closed, gravest need first."""
    outcome = evaluation.conclusion.outcome
    if any(floor.code in UNSCREENED for floor in evaluation.conclusion.floors):
        return Event.INCOMPLETE
    if has_flags or outcome is Outcome.PROHIBITED:
        # A stop that everybody agrees on still takes two people to confirm.
        return Event.FOUND
    if has_questions:
        return Event.ASK
    if outcome is Outcome.NEEDS_INFORMATION or (outcome is None and evaluation.conclusion.floors):
        return Event.INCOMPLETE
    return Event.NOTHING_OPEN


def _after_settling(application: LicenseApplication, event: Event, columns: dict[str, str]) -> None:
    """A settled application screened once more: it stays, unless something was found or the answer changed."""
    if event is Event.NOTHING_OPEN and columns["outcome"] == application.outcome:
        _write(application, columns)
    else:
        came_from = application.state if application.state in (State.FILED, State.DECIDED) else ""
        make_move(application, Event.REOPEN, **columns, reopened_from=came_from)


def _after_reopening(application: LicenseApplication, event: Event, columns: dict[str, str]) -> None:
    """A reopened application waits for a reviewer, unless the change turned out to concern nobody."""
    if event is Event.NOTHING_OPEN:
        _settle(application, event, columns)
    else:
        _write(application, columns)


def _settle(application: LicenseApplication, event: Event, columns: dict[str, str]) -> None:
    """Make the move; a review that a list change opened after filing leads back to where the application was."""
    if event in (Event.NOTHING_OPEN, Event.SETTLED) and application.reopened_from:
        make_move(application, event, target=application.reopened_from, **columns, reopened_from="")
    else:
        make_move(application, event, **columns)


def _write(application: LicenseApplication, columns: dict[str, str]) -> None:
    LicenseApplication.objects.filter(pk=application.pk).update(**columns)
    for name, value in columns.items():
        setattr(application, name, value)


def determination_concerns(line: ParsedApplication, evaluation: Evaluation, known: Collection[str]) -> list[Concern]:
    """A critical flag for every item that stays unanswered though nothing is left to ask: a person records the outcome.

    Raised only when no party, flag, list or question could still change the answer; kept while the item is the same (`known`
    holds the fingerprints of the application's flags).
    """
    blocked = bool(evaluation.conclusion.floors) or any(question.hold for question in evaluation.questions)
    concerns = []
    for item in line.facts.items:
        if item.id not in evaluation.answers.undetermined:
            continue
        fingerprint = digest(MANUAL_DETERMINATION, item_fingerprint(line, item.id))
        if blocked and fingerprint not in known:
            continue
        concerns.append(
            Concern(
                code=MANUAL_DETERMINATION,
                fingerprint=fingerprint,
                severity="blocking",
                critical=True,
                why=f"Item {item.id} ({item.eccn}) cannot be answered by the rules on file, and no question would settle it.",
                facts=(f"item {item.id}: {item.eccn}", f"destination {line.facts.destination}"),
                citation="732",
                settle="Record the outcome, its citation and the paper it rests on; a second person confirms.",
                item_key=item.id,
            )
        )
    return concerns


def recorded_outcomes(
    application: LicenseApplication, line: ParsedApplication, decisions: Mapping[int, FlagDecision], now: dt.datetime
) -> dict[str, ByPerson]:
    """Item id -> the outcome two people recorded for the item as it still is, unless the record expired. `decisions`: the last
    ones of the application's flags, by flag id."""
    recorded = {}
    items = {item.id for item in line.facts.items}
    for flag in application.flags.filter(code=MANUAL_DETERMINATION, state=Flag.State.DISPOSED):
        last = decisions.get(flag.pk)
        if expired(last, now) or flag.item_key not in items:
            continue
        if flag.fingerprint != digest(MANUAL_DETERMINATION, item_fingerprint(line, flag.item_key)):
            continue
        if last is not None and last.determined_outcome:
            recorded[flag.item_key] = ByPerson(Outcome(last.determined_outcome), last.citation, f"decision {last.pk}")
    return recorded
