"""The answer of a pre-check in sentences (docs/design/intake.md#8): never "cleared", "approved" or "safe"; what was not
checked is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from licenses.list_facts import all_facts
from licenses.rules.outcome.conclude import Conclusion
from licenses.rules.owners import by_layer
from licenses.rules.tables.list_facts import ENTITY_LIST
from licenses.rules.types import Determination, Duty, Outcome, PartyFacts
from licenses.words import list_in_a_sentence

OUTCOME_WORDS = {
    Outcome.NOT_SUBJECT_TO_EAR: "On the facts given, not subject to the EAR.",
    Outcome.NO_LICENSE_REQUIRED: "No license requirement found on the facts given.",
    Outcome.LICENSE_EXCEPTION: "A license is required, and a license exception appears to fit; its duties come first.",
    Outcome.NEEDS_INFORMATION: "This cannot be answered yet.",
    Outcome.LICENSE_REQUIRED: "A license is required.",
    Outcome.PROHIBITED: "Stop. Do not proceed with this transaction.",
}
NOT_ASKED = "Screened and checked for completeness; no license requirement is determined for this kind of application."


NOT_ALL_SEARCHED = "Not every party was compared with every required list."
"""What stands in place of "no match" when a list is missing, expired or a sample, or nobody is stated."""


def sentence_of(
    conclusion: Conclusion, parties: Sequence[PartyFacts], determinations: Mapping[str, Determination], lists: int
) -> str:
    """The sentence under the outcome."""
    parts = [OUTCOME_WORDS[conclusion.outcome] if conclusion.outcome else NOT_ASKED]
    blind = not conclusion.hit_parties and not conclusion.may_say_no_match
    everyone = all(party.screened for party in by_layer(parties))
    parts.append(NOT_ALL_SEARCHED if blind and everyone else parties_words(parties, conclusion.parties, lists))
    if conclusion.outcome not in (Outcome.LICENSE_REQUIRED, Outcome.PROHIBITED):
        parts.append(not_loaded_words(conclusion.lists))
    if conclusion.outcome in (Outcome.LICENSE_REQUIRED, Outcome.PROHIBITED, Outcome.LICENSE_EXCEPTION):
        parts += list(requirement_words(parties, determinations))
    if conclusion.outcome is Outcome.NEEDS_INFORMATION:
        parts += [floor.sentence for floor in conclusion.floors[:2]]
    return " ".join(part for part in parts if part)


def parties_words(parties: Sequence[PartyFacts], total: int, lists: int) -> str:
    """How many parties answer to which lists, or that none does."""
    standing = [(party, hit) for party in by_layer(parties) for hit in party.hits if hit.stands]
    unscreened = [party for party in by_layer(parties) if not party.screened]
    if not standing:
        if unscreened:
            return f"{len(unscreened)} of {total} parties {'was' if len(unscreened) == 1 else 'were'} not screened."
        return f"No match among {total} {'party' if total == 1 else 'parties'} in {lists} {'list' if lists == 1 else 'lists'}."
    hit_parties = {party.id: party for party, _ in standing}
    codes = list(dict.fromkeys(hit.list for _, hit in standing))
    strong = any(hit.counts for _, hit in standing)
    verb = "matches" if len(hit_parties) == 1 else "match"
    verb = verb if strong else ("possibly matches" if len(hit_parties) == 1 else "possibly match")
    named = ", ".join(map(list_in_a_sentence, codes))
    return f"{len(hit_parties)} of {total} parties {verb} {named}."


def not_loaded_words(loaded: Sequence[str]) -> str:
    """Which of the deciding lists nobody was compared with; nothing where no list answers at all, which is said elsewhere."""
    absent = [facts.list for facts in all_facts() if facts.decides and facts.list not in loaded]
    return f"Not loaded, so not searched: {', '.join(absent)}." if loaded and absent else ""


def requirement_words(parties: Sequence[PartyFacts], determinations: Mapping[str, Determination]) -> Iterator[str]:
    """What the listed party's entry says, else which rules ask; and how applications are reviewed."""
    entry = next((hit for party in by_layer(parties) for hit in party.hits if hit.list == ENTITY_LIST and hit.counts), None)
    if entry is not None and entry.license_requirement:
        notice = f" ({entry.federal_register})" if entry.federal_register else ""
        yield f"License requirement of the entry: {full_stop(entry.license_requirement)}{notice}"
    else:
        reasons = [f"{row.reason} ({row.citation})" for found in determinations.values() for row in found.requirements]
        if reasons:
            yield f"Reasons: {', '.join(dict.fromkeys(reasons))}."
    policies = [found.review_policy for found in determinations.values() if found.review_policy]
    if policies:
        yield f"Review policy: {', '.join(dict.fromkeys(policies))}."


def full_stop(text: str) -> str:
    """A publisher's text as a sentence."""
    return text.strip().rstrip(".") + "."


def duties_of(determinations: Mapping[str, Determination]) -> Iterator[Duty]:
    """Duties of all items."""
    for determination in determinations.values():
        yield from determination.conditions


def each_once(conditions: Iterable[Duty]) -> tuple[Duty, ...]:
    """The first of each code."""
    found: dict[str, Duty] = {}
    for condition in conditions:
        found.setdefault(condition.code, condition)
    return tuple(found.values())
