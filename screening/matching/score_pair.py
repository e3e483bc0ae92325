"""A single pair, no lists needed: what `score_pairs` answers, by the judge that `screen` asks."""

from __future__ import annotations

from .compare.address_match import Nearness, compare_texts
from .compare.addresses import parse
from .compare.identifiers import same_identifier
from .explanation import address_evidence
from .judge import BestName, explanation, judge
from .names.listed_names import printed_names
from .names.query_names import query_names
from .names.score import compare_names
from .policy import Policy
from .types import Alias, Band, Evidence, ListedParty, PairScore, Party, PartyError, Schema, Verdict

SCHEMAS = {schema.value.capitalize(): schema for schema in Schema}
"""Names of schemas on a line of score_pairs: Person, Organization, Vessel, Aircraft, Address, Unknown."""
_NEAR_POINTS = {Nearness.BUILDING: 55.0, Nearness.STREET: 30.0, Nearness.NOTHING: 0.0}
"""Points of two addresses that are not the same unit: under the band, in order."""
_NEAR_WORDS = {
    Nearness.BUILDING: "the same building, another unit",
    Nearness.STREET: "the same street",
    Nearness.NOTHING: "different",
}


def score_pair(query: Party, candidate: Party, schema: str | None, policy: Policy) -> PairScore:
    """Score one pair as if `candidate` were listed: what `screen` finds against that one entry, and what it would not show.

    `schema` (Person, Organization, Vessel, Aircraft, Address, Unknown or None) says what the two are; two addresses
    given as names are compared as addresses. Raises PartyError("nothing_to_match") when one side has nothing to
    compare, PartyError("bad_value") for a schema that is not known.
    """
    if schema and schema.capitalize() not in SCHEMAS:
        raise PartyError("bad_value", f"schema: {schema[:40]!r} is none of {', '.join(SCHEMAS)}")
    if Schema.ADDRESS in (SCHEMAS[schema.capitalize()] if schema else Schema.UNKNOWN, candidate.kind):
        return _addresses(query, candidate, policy)
    listed = as_listed(candidate)
    names, number = _best_name(query, listed), same_identifier(query.identifiers, listed.identifiers)
    if names is None and number is None:
        if query.addresses and candidate.addresses and not query.names and not candidate.names:
            return _addresses(query, candidate, policy)
        raise _nothing(query)
    judgement = judge(query, listed, names, number, policy)
    return _answer(judgement.points, judgement.band, explanation(judgement))


def as_listed(candidate: Party) -> ListedParty:
    """The entry that a list would make of the party."""
    return ListedParty(
        list="", uid="", name=candidate.name, schema=candidate.kind, addresses=candidate.addresses,
        aliases=tuple(Alias(name) for name in candidate.other_names),
        countries=(candidate.country,) if candidate.country else (), identifiers=candidate.identifiers,
        birth_dates=(candidate.birth_date,) if candidate.birth_date else (), citizenships=candidate.citizenships,
    )  # fmt: skip


def _answer(points: float, band: Band | None, rows: tuple[Evidence, ...]) -> PairScore:
    verdict = Verdict.NO_MATCH if band is None else Verdict.MATCH if band is Band.STRONG else Verdict.POSSIBLE_MATCH
    return PairScore(round(points, 1), verdict, rows)


def _nothing(query: Party) -> PartyError:
    side = "candidate" if query_names(query) else "query"
    return PartyError(
        "nothing_to_match", f"the {side} has nothing to compare: give a name with more than legal words or punctuation"
    )


def _best_name(query: Party, listed: ListedParty) -> BestName | None:
    """The comparison that counts, of every name of the one with every name of the other; None when one of them has none."""
    printed = list(enumerate(printed_names(listed)))
    compared = [
        BestName(given, name, number, slot, compare_names(given.name, name), given.weak or weak)
        for given in query_names(query)
        for number, (slot, name, weak) in printed
    ]
    return min(compared, key=lambda names: names.rank, default=None)


def _addresses(query: Party, candidate: Party, policy: Policy) -> PairScore:
    """The nearest two addresses: the same unit as `screen` says it, anything else under the band."""
    given, listed = query.addresses or query.names, candidate.addresses or candidate.names
    for side, texts in (("query", given), ("candidate", listed)):
        if not any(parse(text).words or parse(text).numbers for text in texts):
            raise PartyError("nothing_to_match", f"the {side} has no address to compare: give street, number and place")
    matches = [(compare_texts(text, printed), text, printed) for text in given for printed in listed]
    match, text, printed = max(matches, key=lambda row: (row[0].nearness, row[0].points))
    if match.nearness is Nearness.UNIT:
        return _answer(match.points, policy.band(match.points), address_evidence(text, printed, match))
    points = _NEAR_POINTS[match.nearness]
    sentence = f"The addresses are {_NEAR_WORDS[match.nearness]}."
    head = Evidence("address", text, printed, points / 100.0, f"{points:.1f}", sentence)
    return _answer(points, policy.band(points), (head, *match.explanation))
