"""What the tables say of the lists of parties: what a hit does, SDN programs, and how Entity List entries are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from licenses.rules.tables.list_facts import ListFacts
from licenses.rules.tables.row_indexes import by_two_fields
from licenses.rules.tables.rule_rows import EntityScopeRow, ProgramRow


class ListTable:
    """Lists go by code; an unknown one gives None, never a guess."""

    def __init__(self, rows: Mapping[str, Sequence[Any]]) -> None:
        self._effects: dict[str, ListFacts] = {row.list: row for row in rows["list_effects"]}
        self._programs: dict[str, ProgramRow] = {row.program: row for row in rows["sdn_programs"]}
        self._entity_scope: dict[str, dict[str, EntityScopeRow]] = by_two_fields(rows["entity_list_scope"], "kind", "key")

    def effect(self, code: str) -> ListFacts | None:
        """What a hit of a list does, None for a list that the tables do not know."""
        return self._effects.get(code)

    def effects(self) -> tuple[ListFacts, ...]:
        """Every list that the tables know, in their order."""
        return tuple(self._effects.values())

    def program(self, tag: str) -> ProgramRow | None:
        """The row of an SDN program tag that 744.8 covers."""
        return self._programs.get(tag.strip())

    def entity_scope(self, kind: str, key: str) -> EntityScopeRow | None:
        """What the tables know of an Entity List address, footnote, normal form or group."""
        return self._entity_scope.get(kind, {}).get(key)
