"""A license requirement at a place of the transaction, and what becomes of two sightings of the same one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from licenses.rules.tables.rows import Meta
from licenses.rules.types import Requirement, RowRef


@dataclass(frozen=True, slots=True)
class RequirementAtPlace:
    """A license requirement found. `maybe` "" = definite, else what decides it. `allowed`: the license exceptions that
    its own section leaves (None: those of part 740), `paragraphs` the paragraphs of them, `source` what put it there."""

    requirement: Requirement
    country: str
    source: str
    maybe: str = ""
    allowed: frozenset[str] | None = None
    paragraphs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    policies: tuple[str, ...] = ()
    row: RowRef | None = None


def requirement(reason: str, rule: str, meta: Meta, *, column: str = "", citation: str = "") -> Requirement:
    """A requirement that cites its row."""
    return Requirement(reason, column, rule, citation or meta.citation, verified=meta.ref.verified)


def stricter(left: RequirementAtPlace, right: RequirementAtPlace) -> RequirementAtPlace:
    """Two sightings of one requirement: both policies count, and only exceptions that both leave."""
    allowed = right.allowed if left.allowed is None else left.allowed if right.allowed is None else left.allowed & right.allowed
    return RequirementAtPlace(
        left.requirement,
        left.country,
        left.source,
        left.maybe,
        allowed,
        {**left.paragraphs, **right.paragraphs},
        (*left.policies, *(policy for policy in right.policies if policy not in left.policies)),
        left.row,
    )
