"""What a control list means: its effect in list_effects.csv, and what follows from it for steps, red flags and people.

Nothing else is stated about a list anywhere: whether freeing a hit takes two people, whether it is settled in bulk, whether the
answer says that the list is missing. A new list is a row with its effect (docs/decisions/0004-what-a-list-means.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from licenses.rules.tables.rows import Meta
from licenses.rules.types import Severity

ENTITY_LIST = "EL"
DENIED_PERSONS = "DPL"
UNVERIFIED_LIST = "UVL"
MILITARY_END_USERS = "MEU"
BLOCKED_PERSONS = "SDN"
CORRESPONDENT_ACCOUNTS = "CAP"
NONPROLIFERATION = "ISN"
"""The lists that a section of the law names by itself, so that a step or a red flag of its own answers them."""


class Effect(StrEnum):
    """What a true hit does in the roles where it bites, gravest first."""

    STOP = "stop"
    REQUIREMENT = "requirement"
    CONDITIONS = "conditions"
    BLOCKING = "blocking"
    WARNING = "warning"
    INFO = "info"


REACHING = frozenset((Effect.STOP, Effect.REQUIREMENT, Effect.BLOCKING))
SEVERITY: Mapping[Effect, Severity] = {
    Effect.STOP: Severity.BLOCKING,
    Effect.REQUIREMENT: Severity.BLOCKING,
    Effect.CONDITIONS: Severity.WARNING,
    Effect.BLOCKING: Severity.BLOCKING,
    Effect.WARNING: Severity.WARNING,
    Effect.INFO: Severity.INFO,
}


@dataclass(frozen=True, slots=True)
class ListFacts:
    """A control list: its effect, the words of it in findings, its name, and the sentence that tells reviewers what a hit does.
    Name and sentence are only shown: they are no part of the digest of the rules."""

    meta: Meta
    list: str
    effect: Effect
    words: str
    name: str
    sentence: str

    @property
    def stops(self) -> bool:
        """Does a hit stop the transaction in any role (denial orders, blocked persons)?"""
        return self.effect is Effect.STOP

    @property
    def reaches(self) -> bool:
        """Does it stop a transaction, ask for a license or hold the answer, by role and item?"""
        return self.effect in REACHING

    @property
    def decides(self) -> bool:
        """Can an answer turn on it? Where such a list is not loaded, the answer says so (intake.md 2)."""
        return self.reaches or self.effect is Effect.CONDITIONS

    @property
    def bars_exceptions(self) -> bool:
        """Does it leave a party no license exception in the roles where it bites (740.2(a)(17), 744.11(a), 744.21)?"""
        return self.effect in (Effect.REQUIREMENT, Effect.CONDITIONS)

    @property
    def critical(self) -> bool:
        """Does freeing a hit take two people (intake.md 4)?"""
        return self.reaches

    @property
    def never_in_bulk(self) -> bool:
        """Is each hit settled by itself, however alike they are (intake.md 4)?"""
        return self.effect in (Effect.STOP, Effect.REQUIREMENT)

    @property
    def severity(self) -> Severity:
        """Of the red flag of a hit, where red_flag_rules.csv has no row of the list."""
        return SEVERITY[self.effect]


def list_facts(meta: Meta, raw: Mapping[str, str]) -> ListFacts:
    """A line of list_effects.csv as a row."""
    if raw["effect"] not in set(Effect):
        raise ValueError(f"effect {raw['effect']!r} is none of {', '.join(Effect)}")
    for column in ("list", "words", "name", "sentence"):
        if not raw[column].strip():
            raise ValueError(f"{column} is blank; a list has a code, words, a name and a sentence")
    return ListFacts(meta, raw["list"], Effect(raw["effect"]), raw["words"], raw["name"], raw["sentence"])
