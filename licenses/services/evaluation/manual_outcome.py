"""The outcome of an item that a person determined, where the rules on file could not (docs/design/intake.md#3,
MANUAL_DETERMINATION)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from exportcheck.audit.services import canonical, digest
from licenses.rules.types import Determination, Finding, Outcome, gravest
from licenses.services.evaluation.read_application import ParsedApplication

OPEN_TO_PEOPLE = (
    Outcome.NOT_SUBJECT_TO_EAR,
    Outcome.NO_LICENSE_REQUIRED,
    Outcome.LICENSE_EXCEPTION,
    Outcome.LICENSE_REQUIRED,
    Outcome.PROHIBITED,
)
"""Outcomes a person may record."""


@dataclass(frozen=True, slots=True)
class ByPerson:
    """What two people recorded for an item."""

    outcome: Outcome
    citation: str
    by: str


Determined = Mapping[str, ByPerson]
"""Item id -> what people recorded."""


def needs_person(determination: Determination) -> bool:
    """Whether the rules gave no answer and ask nothing that would settle it."""
    return determination.outcome is Outcome.NEEDS_INFORMATION and not any(question.hold for question in determination.questions)


def determined_by_person(determination: Determination, recorded: ByPerson) -> Determination:
    """The determination with the recorded outcome, never better than its definite requirements allow."""
    least = Outcome.LICENSE_EXCEPTION if determination.requirements else Outcome.NOT_SUBJECT_TO_EAR
    outcome = gravest(least, recorded.outcome)
    note = Finding(
        step="K",
        question="What did a person determine where the rules on file give no answer?",
        reason=f"{outcome.value}, determined by a person ({recorded.by}).",
        effect="note",
        citation=recorded.citation,
    )
    return replace(determination, outcome=outcome, steps=(*determination.steps, note))


def item_fingerprint(line: ParsedApplication, item_id: str) -> str:
    """What a recorded outcome is bound to: the item as stated, where it goes, and how."""
    facts = line.facts
    item = next(row for row in facts.items if row.id == item_id)
    stated = {**facts.answers, **facts.item_answers.get(item_id, {})}
    fields = [
        item.eccn,
        item.description,
        item.hs6,
        item.origin,
        str(item.value_usd),
        facts.destination,
        str(facts.transaction),
        stated,
    ]
    return digest(item_id, canonical(fields))
