"""The scorer on a single pair, no lists needed: what `score_pairs` answers."""

from __future__ import annotations

from .compare.address_match import Nearness, compare_texts
from .compare.addresses import parse
from .compare.adjustments import IDENTIFIER_POINTS, adjustments, total, weak_total
from .compare.identifiers import number_of, same_number
from .explanation import name_evidence
from .names.parse import Name
from .names.query_names import query_names
from .names.score import NameScore, compare_names, says_more
from .policy import Policy
from .types import Band, Evidence, Identifier, ListedParty, PairScore, Party, PartyError, Schema, Verdict

SCHEMAS = {schema.value.capitalize(): schema for schema in Schema}
"""Names of schemas on a line of score_pairs: Person, Organization, Vessel, Aircraft, Address, Unknown."""
_NEAR_POINTS = {Nearness.BUILDING: 55.0, Nearness.STREET: 30.0, Nearness.NOTHING: 0.0}
"""Points of two addresses that are not the same unit: under the band, in order."""


def score_pair(query: Party, candidate: Party, schema: str | None, policy: Policy) -> PairScore:
    """Score one pair as if `candidate` were listed.

    `schema` (Person, Organization, Vessel, Aircraft, Address, Unknown or None) says what the two are; two addresses
    given as names are compared as addresses. Raises PartyError("nothing_to_match") when one side has nothing to
    compare, PartyError("bad_value") for a schema that is not known.
    """
    if schema and schema.capitalize() not in SCHEMAS:
        raise PartyError("bad_value", f"schema: {schema[:40]!r} is none of {', '.join(SCHEMAS)}")
    kind = SCHEMAS[schema.capitalize()] if schema else Schema.UNKNOWN
    if kind is Schema.ADDRESS:
        return _addresses(query, candidate, policy)
    listed = ListedParty(
        list="", uid="", name=candidate.name, schema=candidate.kind, addresses=candidate.addresses,
        countries=(candidate.country,) if candidate.country else (), identifiers=candidate.identifiers,
        birth_dates=(candidate.birth_date,) if candidate.birth_date else (), citizenships=candidate.citizenships,
    )  # fmt: skip
    best = _best_names(query, candidate)
    number = _same_identifier(query.identifiers, candidate.identifiers)
    facts = adjustments(query, listed, company=best is not None and bool(best[1].legal))
    if best is None and number is None:
        if query.addresses and candidate.addresses and not query.names and not candidate.names:
            return _addresses(query, candidate, policy)
        raise _nothing(query)
    rows: tuple[Evidence, ...] = (number,) if number else ()
    points = 0.0
    if best is not None:
        score, mine, theirs, texts, weak = best
        rows += name_evidence(mine, theirs, *texts, score)
        points = total(score.points, facts)
        if weak:
            points = weak_total(points, facts, strong=policy.strong, says_more=says_more(mine, score))
    if number is not None:
        points = 100.0 if points >= policy.possible else IDENTIFIER_POINTS
    return _answer(points, (*rows, *(fact.evidence for fact in facts)), policy)


def _answer(points: float, rows: tuple[Evidence, ...], policy: Policy) -> PairScore:
    band = policy.band(points)
    verdict = Verdict.NO_MATCH if band is None else Verdict.MATCH if band is Band.STRONG else Verdict.POSSIBLE_MATCH
    return PairScore(round(points, 1), verdict, rows)


def _nothing(query: Party) -> PartyError:
    side = "candidate" if query_names(query) else "query"
    return PartyError(
        "nothing_to_match", f"the {side} has nothing to compare: give a name with more than legal words or punctuation"
    )


def _best_names(query: Party, candidate: Party) -> tuple[NameScore, Name, Name, tuple[str, str], bool] | None:
    rows = [
        (compare_names(mine.name, theirs.name), mine.name, theirs.name, (mine.text, theirs.text), mine.weak or theirs.weak)
        for mine in query_names(query)
        for theirs in query_names(candidate)
    ]
    return max(rows, key=lambda row: (row[0].points, not row[4]), default=None)


def _same_identifier(mine: tuple[Identifier, ...], theirs: tuple[Identifier, ...]) -> Evidence | None:
    for one in mine:
        for other in theirs:
            a, b = number_of(one), number_of(other)
            if a is not None and b is not None and same_number(a, b):
                kind = a.kind or b.kind or "identifier"
                return Evidence(
                    "identifier", one.value, other.value, 1.0, f"{IDENTIFIER_POINTS:.1f}", f"The {kind} number is the same."
                )
    return None


def _addresses(query: Party, candidate: Party, policy: Policy) -> PairScore:
    mine, theirs = query.addresses or query.names, candidate.addresses or candidate.names
    for side, texts in (("query", mine), ("candidate", theirs)):
        if not any(parse(text).words or parse(text).numbers for text in texts):
            raise PartyError("nothing_to_match", f"the {side} has no address to compare: give street, number and place")
    matches = [(compare_texts(a, b), a, b) for a in mine for b in theirs]
    match, a, b = max(matches, key=lambda row: (row[0].nearness, row[0].points))
    points = match.points if match.nearness is Nearness.UNIT else _NEAR_POINTS[match.nearness]
    said = {
        Nearness.UNIT: "the same unit",
        Nearness.BUILDING: "the same building, another unit",
        Nearness.STREET: "the same street",
    }
    head = Evidence(
        "address", a, b, points / 100.0, f"{points:.1f}", f"The addresses are {said.get(match.nearness, 'different')}."
    )
    return _answer(points, (head, *match.explanation), policy)
