"""The questions behind red flags that rest on an answer, for as long as nobody answered (determination.md 5: an absent
optional answer raises a question for the reviewer, never a flag)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from licenses.rules.facts.catalog import question_for
from licenses.rules.red_flags.context import RedFlagContext
from licenses.rules.types import RedFlag, Severity

ASKED = (
    ("BUYER_ASKED_TO_OMIT_PARTY", "buyer_asked_to_omit_or_change_party"),
    ("RUSSIA_REFERENCE_REMOVED_FROM_DOCS", "document_references_removed"),
    ("LAST_MINUTE_ROUTE_CHANGE", "late_route_change"),
    ("DEFENCE_CUSTOMER", "defense_customer"),
    ("END_USE_MISMATCH_BUSINESS", "end_use_matches_business"),
    ("THIRD_COUNTRY_PAYMENT", "payer_country"),
)
"""Code -> the answer it rests on, asked where the items do not end in partner countries, or another warning stands."""
ASKED_OF_PRIORITY_ITEMS = (
    ("NEW_COMPANY_AFTER_2022_02_24", "incorporated_on"),
    ("VOLUME_SPIKE", "prior_orders"),
    ("VOLUME_SPIKE", "trailing_12_month_value_usd"),
    ("SHELL_COMPANY_PATTERN", "website"),
    ("SHELL_COMPANY_PATTERN", "registry_id"),
)
"""Likewise, where an item of the Common High Priority List or of Supp. 7 to part 746 goes there."""


@dataclass(frozen=True, slots=True)
class FlagQuestion:
    """One question nobody answered: the code of the flag that rests on it, the key of `answers`, its text."""

    code: str
    fact: str
    text: str


def open_questions(scene: RedFlagContext, raised: Iterable[RedFlag]) -> tuple[FlagQuestion, ...]:
    """What a reviewer still asks; () for a usual sale to partner countries, and for what is no transaction. `raised`: the
    flags that stand, so that nothing is asked which is told already."""
    flags = tuple(raised)
    worrying = any(flag.severity is not Severity.INFO for flag in flags)
    if not scene.movement or scene.deemed or (scene.to_partner and not worrying):
        return ()
    raised_codes = {flag.code for flag in flags}
    return tuple(
        FlagQuestion(code, fact, question_for(fact))
        for code, fact in _rows(scene)
        if code not in raised_codes and not scene.stated(fact) and scene.flags.row(code) is not None
    )


def _rows(scene: RedFlagContext) -> Iterator[tuple[str, str]]:
    yield from ASKED
    if any(scene.sensitive(item) for item in scene.application.items):
        yield from ASKED_OF_PRIORITY_ITEMS
