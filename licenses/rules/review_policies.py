"""The review policies under which BIS decides an application (742.1(f)), strictest first."""

from __future__ import annotations

from collections.abc import Iterable

POLICY_WORDS = {
    "POLICY_OF_DENIAL": "policy of denial",
    "PRESUMPTION_OF_DENIAL": "presumption of denial",
    "SEE_SECTION": "see section",
    "CASE_BY_CASE": "case by case",
    "PRESUMPTION_OF_APPROVAL": "presumption of approval",
    "NOT_STATED": "not stated",
}
"""Code -> the words shown, strictest first."""
POLICIES = tuple(POLICY_WORDS)
_WORDS = tuple(POLICY_WORDS.values())


def strictest(codes: Iterable[str]) -> str:
    """The strictest of policy codes, NOT_STATED for none."""
    return min(codes, key=POLICIES.index, default="NOT_STATED")


def strictness(words: str) -> int:
    """Rank of a policy as shown, 0 the strictest. Raises ValueError for other words."""
    return _WORDS.index(words)
