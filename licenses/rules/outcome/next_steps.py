"""What the exporter does next, in order: stop or hold, what must be known, flags, the form, papers and duties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from licenses.rules.outcome.floors import (
    Conclusion,
    FloorCode,
)
from licenses.rules.owners import by_layer
from licenses.rules.types import Determination, Outcome, PartyFacts, RedFlag, Severity


def next_steps(
    conclusion: Conclusion,
    *,
    determinations: Mapping[str, Determination],
    flags: Sequence[RedFlag],
    completeness: Mapping[str, Sequence[str]],
    parties: Sequence[PartyFacts] = (),
) -> tuple[str, ...]:
    """What the exporter does next, in order, without repeats: stop or hold, what must be known, flags by gravity, the form,
    papers and duties before filing and shipping, questions that may still change the answer. A stop ends the list."""
    everybody = by_layer(parties)
    names = {party.id: party.name or party.id for party in everybody}
    if conclusion.outcome is Outcome.PROHIBITED:
        stopped = (*_holding_steps(conclusion), *_flag_steps([flag for flag in flags if flag.settled_with_hit], names))
        return tuple(dict.fromkeys(stopped))
    steps = (
        *_holding_steps(conclusion),
        *_question_steps(determinations),
        *_list_steps(conclusion),
        *_flag_steps(flags, names),
        *_form_steps(completeness),
        *_duty_steps(conclusion, determinations),
        *_asked_steps(conclusion),
        *_closing_steps(conclusion),
    )
    return tuple(dict.fromkeys(steps))


def _holding_steps(conclusion: Conclusion) -> Iterator[str]:
    match conclusion.outcome:
        case Outcome.PROHIBITED:
            yield "Do not ship, sell, finance or service anything in this transaction."
            yield "Ask your export compliance officer or counsel, and keep all papers."
            yield "If something has already moved, read the page on voluntary self-disclosure (764.5)."
        case Outcome.LICENSE_REQUIRED:
            yield "Do not ship without a license."
        case Outcome.NEEDS_INFORMATION:
            yield "Do not ship before the points below are settled."


def _flag_steps(flags: Sequence[RedFlag], names: Mapping[str, str]) -> Iterator[str]:
    """Blocking flags first. A hit is settled by a reviewer; what the exporter can do is to say who the party is."""
    for severity in (Severity.BLOCKING, Severity.WARNING):
        for flag in flags:
            if flag.severity is not severity:
                continue
            name = names.get(flag.party, "the party")
            yield f"Show who {name} is: registration number, full address, owners." if flag.settled_with_hit else flag.settle


def _question_steps(determinations: Mapping[str, Determination]) -> Iterator[str]:
    yield from (f"Answer: {question.text}" for found in determinations.values() for question in found.questions if question.hold)


def _asked_steps(conclusion: Conclusion) -> Iterator[str]:
    """Questions that hold nothing are counted, not repeated: the page lists them beside the items."""
    if conclusion.ask == 1:
        yield "Answer the question listed below too; it may change the result."
    elif conclusion.ask:
        yield f"Answer the {conclusion.ask} questions listed below too; each may change the result."


def _list_steps(conclusion: Conclusion) -> Iterator[str]:
    remedies = {
        FloorCode.NO_LISTS: "Ask an administrator to import the control lists, then check again.",
        FloorCode.LIST_SAMPLE: "Ask an administrator to import the real lists, then check again.",
        FloorCode.LIST_OUTDATED: "Ask an administrator to import the current edition of list {about}, then check again.",
        FloorCode.LIST_EXPIRED: "Ask an administrator to bring list {about} up to date, then check again.",
        FloorCode.LIST_MISSING: "Ask an administrator to import list {about}, then check again.",
        FloorCode.PARTY_NOT_SCREENED: "Give the name or the address of party {about}, then check again.",
    }
    for floor in conclusion.floors:
        if floor.code in remedies:
            yield remedies[floor.code].format(about=floor.about)


def _form_steps(completeness: Mapping[str, Sequence[str]]) -> Iterator[str]:
    count = sum(len(messages) for messages in completeness.values())
    if count:
        sections = ", ".join(section.replace("_", " ") for section, messages in completeness.items() if messages)
        yield f"Complete the form: {count} {'entry' if count == 1 else 'entries'} in {sections}."


def _duty_steps(conclusion: Conclusion, determinations: Mapping[str, Determination]) -> Iterator[str]:
    for before in ("filing", "export"):
        for found in determinations.values():
            for condition in found.conditions:
                if condition.before == before:
                    yield f"Before {'filing' if before == 'filing' else 'shipping'}: {condition.why}"
    if conclusion.outcome is Outcome.LICENSE_EXCEPTION:
        for found in determinations.values():
            for exception in found.exceptions:
                if exception.code in conclusion.exceptions and exception.status == "available":
                    yield from (f"For License Exception {exception.code}: {duty}" for duty in exception.duties)


def _closing_steps(conclusion: Conclusion) -> Iterator[str]:
    match conclusion.outcome:
        case Outcome.LICENSE_REQUIRED:
            yield "Apply for the license in SNAP-R with the packet; mark the application ready when no open point is left."
        case Outcome.NO_LICENSE_REQUIRED | Outcome.LICENSE_EXCEPTION | Outcome.NOT_SUBJECT_TO_EAR:
            yield "Screen again on the day of shipment, and keep this answer with the records (762.6)."
