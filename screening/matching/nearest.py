"""For what was not shown: the entry that came nearest, and what kept it below (`screen --explain`)."""

from __future__ import annotations

from dataclasses import dataclass

from .blocking.candidates import candidates
from .index.index import Index
from .index.segment import Segment
from .judge import BestName, explanation, judge, printed_name
from .names.query_names import QueryName, query_names
from .names.score import NameScore, compare_names
from .names.weights import points
from .policy import Policy
from .types import Evidence, ListedParty, Party, Screening

MIN_NEAR = 30.0
"""Points an entry must promise, by the estimate that leaves contradictions out, to be near at all."""


@dataclass(frozen=True, slots=True)
class Near:
    """The nearest entry that was not shown: its points, the names compared, and what kept it below."""

    entry: ListedParty
    score: float
    query: str
    listed: str
    explanation: tuple[Evidence, ...]


def nearest(
    index: Index, party: Party, policy: Policy, screening: Screening, *, lists: frozenset[str] | None = None
) -> Near | None:
    """For `--explain`: the best candidate that `screening`, the answer for the party, does not show, with evidence; None when
    nothing is near at all."""
    shown = {(hit.entry.list, hit.entry.uid) for hit in screening.hits}
    best: tuple[float, ListedParty, BestName] | None = None
    for segment, mask in zip(index.segments, index.masks(lists), strict=True):
        owners = segment.arrays["name_entry"]
        for query in query_names(party):
            for number, _ in candidates(segment, query.name, mask, MIN_NEAR):
                score = compare_names(query.name, segment.name(number))
                left = points(score.penalties)
                entry = segment.entry(int(owners[number]))
                if score.alignment.pairs and (best is None or left > best[0]) and (entry.list, entry.uid) not in shown:
                    best = left, entry, _compared(segment, query, number, score)
    if best is None:
        return None
    _, entry, names = best
    judgement = judge(party, entry, names, None, policy)
    text, _ = printed_name(entry, names)
    return Near(entry, judgement.points, names.query.text, text, explanation(judgement))


def _compared(segment: Segment, query: QueryName, number: int, score: NameScore) -> BestName:
    weak = query.weak or segment.weak(number)
    return BestName(query, segment.name(number), number, segment.slot(number), score, weak)
