"""Ids of parties that have none (docs/contract.md): a stem and a number, the next one that is free."""

from __future__ import annotations

from collections.abc import Collection, Iterable


def next_free(stem: str, number: int, taken: Collection[str]) -> int:
    """The first number from `number` on of which no id is taken yet."""
    while f"{stem}{number}" in taken:
        number += 1
    return number


class MadeIds:
    """P1… by position; a made id never repeats a given one. `taken`: ids that are known to be given further on."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self.position = 0
        self.given = set(taken)

    def of(self, given: str) -> str:
        """The party's own id, or a made one."""
        self.position += 1
        made = given or f"P{next_free('P', self.position, self.given)}"
        self.given.add(made)
        return made
