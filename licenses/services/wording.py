"""The answer of a pre-check in sentences (intake.md 8): never "cleared", "approved" or "safe"; what was not checked is said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from licenses.rules.precheck import Conclusion, Floor, FloorCode
from licenses.rules.types import Condition, Determination, ListedAs, Outcome, PartyFacts, RedFlag, Severity

OUTCOME_WORDS = {
    Outcome.NOT_SUBJECT_TO_EAR: "On the facts given, not subject to the EAR.",
    Outcome.NO_LICENSE_REQUIRED: "No license requirement found on the facts given.",
    Outcome.LICENSE_EXCEPTION: "A license is required, and a license exception appears to fit; its duties come first.",
    Outcome.NEEDS_INFORMATION: "This cannot be answered yet.",
    Outcome.LICENSE_REQUIRED: "A license is required.",
    Outcome.PROHIBITED: "Stop. Do not proceed with this transaction.",
}
LIST_WORDS = {
    "EL": "the Entity List",
    "DPL": "the Denied Persons List",
    "UVL": "the Unverified List",
    "MEU": "the Military End-User List",
    "SDN": "OFAC's list of blocked persons (SDN)",
    "SSI": "the Sectoral Sanctions list",
    "FSE": "the Foreign Sanctions Evaders list",
    "CAP": "the correspondent account list (CAP)",
    "CMIC": "the list of Chinese military-industrial complex companies",
    "MBS": "OFAC's menu-based sanctions list",
    "PLC": "the Palestinian Legislative Council list",
    "ISN": "the Nonproliferation Sanctions list",
    "DTC": "the list of persons debarred under the ITAR",
}
NOT_ASKED = "Screened and checked for completeness; no license requirement is determined for this kind of application."
LIST_FLOORS = frozenset((FloorCode.NO_LISTS, FloorCode.LIST_SAMPLE, FloorCode.LIST_EXPIRED, FloorCode.LIST_MISSING))
"""Floors that newer lists, not the exporter or a reviewer, take away."""


def sentence_of(
    conclusion: Conclusion, parties: Sequence[PartyFacts], determinations: Mapping[str, Determination], lists: int
) -> str:
    """The sentence under the outcome."""
    parts = [OUTCOME_WORDS[conclusion.outcome] if conclusion.outcome else NOT_ASKED]
    parts.append(parties_words(parties, conclusion.parties, lists))
    if conclusion.outcome in (Outcome.LICENSE_REQUIRED, Outcome.PROHIBITED, Outcome.LICENSE_EXCEPTION):
        parts += list(requirement_words(parties, determinations))
    if conclusion.outcome is Outcome.NEEDS_INFORMATION:
        parts += [floor.sentence for floor in conclusion.floors[:2]]
    return " ".join(part for part in parts if part)


def parties_words(parties: Sequence[PartyFacts], total: int, lists: int) -> str:
    """How many parties answer to which lists, or that none does."""
    standing = [(party, hit) for party in everybody(parties) for hit in party.hits if hit.counts or hit.undecided]
    unscreened = [party for party in everybody(parties) if not party.screened]
    if not standing:
        if unscreened:
            return f"{len(unscreened)} of {total} parties {'was' if len(unscreened) == 1 else 'were'} not screened."
        return f"No match among {total} parties in {lists} lists."
    hit_parties = {party.id: party for party, _ in standing}
    codes = list(dict.fromkeys(hit.list for _, hit in standing))
    strong = any(hit.counts for _, hit in standing)
    verb = "matches" if len(hit_parties) == 1 else "match"
    verb = verb if strong else ("possibly matches" if len(hit_parties) == 1 else "possibly match")
    named = ", ".join(LIST_WORDS.get(code, f"list {code}") for code in codes)
    return f"{len(hit_parties)} of {total} parties {verb} {named}."


def everybody(parties: Sequence[PartyFacts]) -> Iterator[PartyFacts]:
    """Parties and their owners, each id once."""
    seen: set[str] = set()
    layer = list(parties)
    while layer:
        below: list[PartyFacts] = []
        for party in layer:
            if party.id not in seen:
                seen.add(party.id)
                below.extend(party.owners)
                yield party
        layer = below


def requirement_words(parties: Sequence[PartyFacts], determinations: Mapping[str, Determination]) -> Iterator[str]:
    """What the listed party's entry says, else which rules ask; and how applications are reviewed."""
    entry = next((hit for party in everybody(parties) for hit in party.hits if hit.list == "EL" and hit.counts), None)
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


def next_steps(
    conclusion: Conclusion,
    parties: Sequence[PartyFacts],
    flags: Sequence[RedFlag],
    determinations: Mapping[str, Determination],
    conditions: Sequence[Condition],
) -> list[str]:
    """What to do next, the most pressing first, each once."""
    steps: list[str] = []
    if conclusion.outcome is Outcome.PROHIBITED:
        steps.append("Do not ship, service, finance or forward anything to these parties. Ask your export compliance officer.")
    elif conclusion.outcome in (Outcome.LICENSE_REQUIRED, Outcome.NEEDS_INFORMATION):
        steps.append("Do not ship yet.")
    steps += [confirm_words(party, hit) for party in everybody(parties) for hit in party.hits if hit.decision is None][:5]
    steps += [f"Answer: {row.text}" for found in determinations.values() for row in found.questions if row.hold][:6]
    steps += [f"{flag.settle}" for flag in flags if flag.severity is not Severity.INFO and flag.settle][:6]
    steps += [floor_step(floor) for floor in conclusion.floors if floor.code in LIST_FLOORS]
    steps += [f"Before {row.before}: {row.why}" for row in conditions][:6]
    if conclusion.outcome is Outcome.LICENSE_REQUIRED:
        steps.append("Complete the application and file it with BIS (SNAP-R), or do not make this shipment.")
    if conclusion.outcome in (Outcome.NO_LICENSE_REQUIRED, Outcome.NOT_SUBJECT_TO_EAR, Outcome.LICENSE_EXCEPTION):
        steps.append("Keep this record, and screen again before each shipment: lists change.")
    return list(dict.fromkeys(steps))


def confirm_words(party: PartyFacts, hit: ListedAs) -> str:
    """How a hit is settled, without judging anybody."""
    name = party.name or party.id
    where = LIST_WORDS.get(hit.list, f"list {hit.list}")
    if hit.channel == "address":
        return f"Confirm the address of {name}: it is an address on {where}. A lease or registry extract would help."
    return (
        f"Confirm who {name} is: it shares a name with {hit.listed_name} on {where}. Registration number and address would help."
    )


def floor_step(floor: Floor) -> str:
    """What takes a floor of the lists away."""
    if floor.code is FloorCode.LIST_SAMPLE:
        return "Ask a list admin to load the current lists; only the sample list is loaded."
    return floor.sentence


def conditions_of(determinations: Mapping[str, Determination]) -> tuple[Condition, ...]:
    """Duties of all items, each code once."""
    found: dict[str, Condition] = {}
    for determination in determinations.values():
        for condition in determination.conditions:
            found.setdefault(condition.code, condition)
    return tuple(found.values())
