"""For what was not shown: the entry that came nearest, and what kept it below (`screen --explain`)."""

from __future__ import annotations

from dataclasses import dataclass

from .blocking.candidates import candidates
from .compare.adjustments import adjustments, total
from .engine import BestName, listed_text, screen
from .explanation import name_evidence
from .index.index import Index
from .index.segment import Segment
from .names.query_names import query_names
from .names.score import compare_names
from .names.weights import points
from .policy import Policy
from .types import Evidence, ListedParty, Party

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


def nearest(index: Index, party: Party, policy: Policy, *, lists: frozenset[str] | None = None) -> Near | None:
    """For `--explain`: the best candidate under the band, with evidence; None when nothing is near at all."""
    shown = {(hit.entry.list, hit.entry.uid) for hit in screen(index, party, policy, lists=lists).hits}
    best: tuple[float, Segment, int, BestName] | None = None
    for segment, mask in zip(index.segments, index.masks(lists), strict=True):
        owners = segment.arrays["name_entry"]
        for query in query_names(party):
            for number, _ in candidates(segment, query.name, mask, MIN_NEAR):
                score = compare_names(query.name, segment.name(number))
                left = points(score.penalties)
                entry = segment.entry(int(owners[number]))
                if score.alignment.pairs and (best is None or left > best[0]) and (entry.list, entry.uid) not in shown:
                    best = left, segment, number, BestName(query, segment.name(number), number, score, query.weak)
    if best is None:
        return None
    _, segment, number, found = best
    entry = segment.entry(int(segment.arrays["name_entry"][number]))
    text, _ = listed_text(segment, entry, found)
    facts = adjustments(party, entry, company=bool(found.query.name.legal))
    rows = name_evidence(found.query.name, found.name, found.query.text, text, found.score)
    return Near(entry, total(found.score.points, facts), found.query.text, text, (*rows, *(fact.evidence for fact in facts)))
