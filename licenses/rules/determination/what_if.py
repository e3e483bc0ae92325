"""Which answers would change the outcome: each open question is answered in every way it allows, and the walk runs again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from licenses.rules.determination.determine import determine
from licenses.rules.facts.catalog import CONDITION_PREFIX, FACTS, FactKind
from licenses.rules.tables.rules_in_force import RulesInForce
from licenses.rules.types import Case, Determination, FactValue, MissingFact, Outcome

MAX_QUESTIONS = 12
"""Questions tried, HOLD first: each costs one walk an answer."""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A question with the outcome that each of its answers would give, alone and with nothing else changed."""

    question: MissingFact
    outcomes: Mapping[str, Outcome]

    def changes(self, outcome: Outcome) -> bool:
        """Would any answer give another outcome than the present one?"""
        return any(other is not outcome for other in self.outcomes.values())


def what_if(case: Case, rules: RulesInForce, *, as_of: dt.date, found: Determination) -> tuple[WhatIf, ...]:
    """For each question with listed answers, in the order shown, the outcome of each answer."""
    tried: list[WhatIf] = []
    for question in found.questions[:MAX_QUESTIONS]:
        answers = _answers(question)
        if answers:
            outcomes = {
                text: determine(replace(case, facts={**case.facts, question.fact: value}), rules, as_of=as_of).outcome
                for text, value in answers.items()
            }
            tried.append(WhatIf(question, outcomes))
    return tuple(tried)


def _answers(question: MissingFact) -> dict[str, FactValue]:
    """The answers that can be tried: true and false, or the codes of a closed choice; free values cannot."""
    fact = FACTS.get(question.fact)
    if question.fact.startswith(CONDITION_PREFIX) or (fact is not None and fact.kind is FactKind.BOOL):
        return {"true": True, "false": False}
    return {choice: choice for choice in fact.choices} if fact is not None else {}
