"""Whether two parties as entered are one, for records that must be kept: by name and number, at the engine's lowest band."""

from __future__ import annotations

from screening.matching.folding import one_line
from screening.matching.policy import DEFAULT
from screening.matching.score_pair import score_pair
from screening.matching.types import Party, PartyError, Verdict


def name_alone(party: Party) -> Party:
    """Names and identifiers only, so that another country, address or birth date, which lower a score, set nobody apart. A party
    without a name is its addresses."""
    if party.names:
        return Party(name=party.name, other_names=party.other_names, identifiers=party.identifiers)
    return Party(addresses=party.addresses)


def same_party(one: Party, other: Party) -> bool:
    """Whether two parties, reduced by `name_alone`, may be one: a text of one is a text of the other, or the engine sees at
    least a possible match."""
    texts, others = ({one_line(text) for text in (*party.names, *party.addresses)} - {""} for party in (one, other))
    if texts & others:
        return True
    if not one.names or not other.names:
        return False
    try:
        return score_pair(one, other, None, DEFAULT).verdict is not Verdict.NO_MATCH
    except PartyError:  # one of the names is nothing but punctuation or legal words; equal ones were found above
        return False
