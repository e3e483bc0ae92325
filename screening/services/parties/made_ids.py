"""Ids of parties that have none (docs/contract.md)."""

from __future__ import annotations

from collections.abc import Iterable


class MadeIds:
    """P1… by position; a made id never repeats a given one. `taken`: ids that are known to be given further on."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self.position = 0
        self.given = set(taken)

    def of(self, given: str) -> str:
        """The party's own id, or a made one."""
        self.position += 1
        if given:
            self.given.add(given)
            return given
        number = self.position
        while f"P{number}" in self.given:
            number += 1
        self.given.add(f"P{number}")
        return f"P{number}"
