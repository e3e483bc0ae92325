"""One judge of an entry: the names that met best, the facts beside them, an identifier that is the same; points, and why.

`screen` has judged what retrieval brings, `score_pair` a single pair and `nearest` what was not shown: none of them adds up by
itself, so none can say something else than the others.
"""

from __future__ import annotations

from dataclasses import dataclass

from .compare.adjustments import Adjustment, adjustments, total, weak_total
from .compare.identifiers import IDENTIFIER_POINTS
from .explanation import WEAK_ALIAS, name_evidence
from .folding import letters_and_digits
from .names.parse import Name
from .names.query_names import QueryName
from .names.score import NameScore, says_more
from .names.weights import CEILING
from .policy import Policy
from .types import Band, Channel, Evidence, Hit, ListedParty, Party, Quality


@dataclass(frozen=True, slots=True)
class BestName:
    """Two names compared. `number` counts the listed ones in order; `slot` is 0 for the primary name, n for the nth alias;
    `weak`: one of them may only raise a possible match."""

    query: QueryName
    name: Name
    number: int
    slot: int
    score: NameScore
    weak: bool

    @property
    def rank(self) -> tuple[float, bool, int]:
        """Sorts the comparison that counts for an entry first."""
        return rank(self.score, self.weak, self.number)


@dataclass(frozen=True, slots=True)
class Judgement:
    """Points (0-100, not rounded), the band they reach (None = not shown), and what they were given for: `number` where an
    identifier is the same, `names` where the names count, `facts` where those beside the names do."""

    listed: ListedParty
    points: float
    band: Band | None
    names: BestName | None
    number: Evidence | None = None
    facts: tuple[Adjustment, ...] = ()


def rank(score: NameScore, weak: bool, number: int) -> tuple[float, bool, int]:
    """More points before fewer, then what is not weak, then as printed."""
    return (-score.points, weak, number)


def judge(query: Party, listed: ListedParty, names: BestName | None, number: Evidence | None, policy: Policy) -> Judgement:
    """Judge an entry by the best comparison of its names, the identifier that is the same, or both; one of them must be there."""
    if number is not None:
        if names is None or names.score.points < policy.possible:
            return Judgement(listed, IDENTIFIER_POINTS, Band.STRONG, None, number)
        return Judgement(listed, 100.0, Band.STRONG, names, number)
    if names is None:
        raise ValueError("there is nothing to judge by: neither names nor an identifier")
    facts = tuple(adjustments(query, listed, company=bool(names.query.name.legal)))
    points = total(names.score.points, facts)
    if names.weak:
        points = weak_total(points, facts, strong=policy.strong, says_more=says_more(names.query.name, names.score))
    return Judgement(listed, points, policy.band(points), names, None, facts)


def as_hit(judgement: Judgement) -> Hit | None:
    """The hit that is shown; None under the band."""
    if judgement.band is None:
        return None
    channel = Channel.IDENTIFIER if judgement.number is not None else Channel.NAME
    query, matched, quality = judgement.listed.name, judgement.listed.name, Quality.UNKNOWN
    if judgement.names is not None:
        query, (matched, quality) = judgement.names.query.text, printed_name(judgement.listed, judgement.names)
    elif judgement.number is not None:
        query = judgement.number.query
    points = round(judgement.points, 1)
    return Hit(judgement.listed, points, judgement.band, channel, query, matched, quality, explanation(judgement))


def explanation(judgement: Judgement) -> tuple[Evidence, ...]:
    """Why an entry has its points, shown or not."""
    rows: tuple[Evidence, ...] = () if judgement.number is None else (judgement.number,)
    names = judgement.names
    if names is None:
        return rows
    printed, _ = printed_name(judgement.listed, names)
    rows += name_evidence(names.query.name, names.name, names.query.text, printed, names.score)
    rows += tuple(fact.evidence for fact in judgement.facts)
    if names.weak and judgement.number is None:
        rows += (Evidence("alias quality", "", printed, None, *WEAK_ALIAS),)
    return rows


def printed_name(listed: ListedParty, names: BestName) -> tuple[str, Quality]:
    """The printed name that matched, and its quality as published. Of names that say the same in full, the one that is
    written like the party: an entry may print a name with and without its place."""
    if names.score.points >= CEILING:
        wanted = letters_and_digits(names.query.text)
        for text, quality in ((listed.name, Quality.UNKNOWN), *((alias.name, alias.quality) for alias in listed.aliases)):
            if quality is not Quality.WEAK and letters_and_digits(text) == wanted:
                return text, quality
    if names.slot == 0:
        return listed.name, Quality.UNKNOWN
    alias = listed.aliases[names.slot - 1]
    return alias.name, alias.quality
