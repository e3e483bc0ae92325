"""What a control list means today: its row in force in licenses/rules/data/list_effects.csv."""

from __future__ import annotations

from django.utils import timezone

from licenses.rules.tables.list_facts import ListFacts
from licenses.rules.tables.loader import load


def facts_of(code: str) -> ListFacts | None:
    """Of one list; None for a list of somebody's own, which means what was chosen when it was set up."""
    return load().in_force(timezone.now().date()).list_effect(code)


def all_facts() -> tuple[ListFacts, ...]:
    """Of every list that the law speaks of, in the order of the table."""
    return load().in_force(timezone.now().date()).list_effects()
