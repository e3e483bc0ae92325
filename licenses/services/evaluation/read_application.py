"""One application as read from its object: the facts for the rules, and everybody to screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from licenses.rules.facts.read_application import read_application
from licenses.rules.types import ApplicationFacts
from licenses.services.evaluation.screen_parties import Subject, subjects_of
from screening.matching.read_party import party_from_dict
from screening.matching.types import PartyError


@dataclass(frozen=True, slots=True)
class ParsedApplication:
    """One application as read: its facts, the objects it came from, and everybody to screen (names in texts apart)."""

    facts: ApplicationFacts
    parties: tuple[Subject, ...]
    items: tuple[Mapping[str, Any], ...]


def read_line(line: object) -> ParsedApplication:
    """Read a precheck object of docs/contract.md; ids that are absent are made.

    Raises RuleInputError or PartyError naming the place, the key and the remedy.
    """
    facts = read_application(line)
    body: Mapping[str, Any] = line if isinstance(line, Mapping) else {}
    parties = [party_from_dict(party, where=f"parties[{position}]") for position, party in enumerate(body.get("parties") or ())]
    if any(party.listed is not None for party in parties):
        raise PartyError("unknown_key", "parties: 'listed' is read by determine only; precheck screens the parties itself")
    return ParsedApplication(facts=facts, parties=subjects_of(facts, parties), items=tuple(body.get("items") or ()))
