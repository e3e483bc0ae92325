"""The facts that the exporter states for one determination, read by kind: an absent fact is unknown, never no."""

from __future__ import annotations

from collections.abc import Mapping

from licenses.rules.facts.catalog import CONDITION_PREFIX
from licenses.rules.types import FactValue


class StatedFacts:
    """Facts by name (facts/catalog.py) and answers about the conditions printed in rows."""

    __slots__ = ("_facts",)

    def __init__(self, facts: Mapping[str, FactValue]) -> None:
        self._facts = facts

    def value(self, name: str) -> FactValue | None:
        """A stated fact, None when unknown."""
        return self._facts.get(name)

    def yes(self, name: str) -> bool:
        """Is the fact stated true?"""
        return self._facts.get(name) is True

    def no(self, name: str) -> bool:
        """Is the fact stated false?"""
        return self._facts.get(name) is False

    def text(self, name: str) -> str:
        """A stated text or code, "" when unknown."""
        value = self._facts.get(name)
        return value if isinstance(value, str) else ""

    def number(self, name: str) -> float | None:
        """A stated number, None when unknown."""
        value = self._facts.get(name)
        return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None

    def states(self, wanted: str) -> bool:
        """Do the facts state `name=value` (true, false or a code)?"""
        name, _, value = wanted.partition("=")
        stated = self._facts.get(name)
        return stated is (value == "true") if value in ("true", "false") else stated == value

    def condition(self, rule_id: str) -> bool | None:
        """What the exporter states about the condition printed in a row."""
        value = self._facts.get(CONDITION_PREFIX + rule_id)
        return value if isinstance(value, bool) else None
