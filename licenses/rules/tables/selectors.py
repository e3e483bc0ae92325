"""The two small languages of the tables: which countries and which items a rule reaches.

Countries: `any`, ISO codes, groups (`D:5`), sets (`set:gecc`), `advanced_computing`, each with `not:` before it to leave out.
`CN` includes Hong Kong (85 FR 83788) and a group or code reaches the dependencies of its state (738.3(b)).
Items: `all`, `ccl`, `EAR99`, ECCN paragraphs, `set:NAME`, `series:600`, `cat:3B`, `para:y`, `reason:NS`, `list:SUPP7`,
`named6`, and `not:` before any of them. An item that a paragraph may or may not hold is MAYBE.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from licenses.rules.countries import COUNTRY_NAMES
from licenses.rules.eccn import Eccn, Fit, coarser, covers, parse_eccn
from licenses.rules.types import RuleInputError

ADVANCED_COMPUTING = "advanced_computing"
"""The destinations of advanced computing items, as a token of a country spec (CountryTable.advanced_computing)."""
SPECIAL_COUNTRIES = frozenset(("UA-REGION", "headquarters", "ask"))
"""Tokens that a step reads itself; they name no country here."""
MARKER_ITEMS = frozenset(("support", "party", "named6"))


@lru_cache(maxsize=4096)
def country_tokens(spec: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The tokens taken in and those left out. Raises ValueError for a token that is neither country, group nor set."""
    taken: list[str] = []
    left_out: list[str] = []
    for token in spec.split():
        name = token.removeprefix("not:")
        plain = name in COUNTRY_NAMES or name in SPECIAL_COUNTRIES or name in ("any", ADVANCED_COMPUTING)
        known = plain or name.startswith("set:") or _group(name)
        if not known:
            raise ValueError(f"countries: {token!r} is no country, group or set")
        (left_out if token.startswith("not:") else taken).append(name)
    return tuple(taken), tuple(left_out)


def _group(name: str) -> bool:
    return name == "B" or (len(name) == 3 and name[0] in "ADE" and name[1] == ":" and name[2].isdigit())


@lru_cache(maxsize=4096)
def item_tokens(spec: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The tokens taken in and those left out. Raises ValueError for a token that cannot be read."""
    taken: list[str] = []
    left_out: list[str] = []
    for token in spec.split():
        name = token.removeprefix("not:")
        prefixed = name.split(":")[0] in ("set", "series", "cat", "para", "reason", "list") and ":" in name
        if not (prefixed or name in ("all", "ccl", "EAR99") or name in MARKER_ITEMS):
            try:
                parse_eccn(name)
            except RuleInputError as error:
                raise ValueError(f"items: {error.detail}") from error
        (left_out if token.startswith("not:") else taken).append(name)
    return tuple(taken), tuple(left_out)


def plain_item_fit(name: str, item: Eccn, series: str) -> Fit | None:
    """Fit of a token that needs no table, None for the others."""
    if name == "all":
        return Fit.YES
    if name == "ccl":
        return Fit.NO if item.is_ear99 else Fit.YES
    if name == "EAR99":
        return Fit.YES if item.is_ear99 else Fit.NO
    prefix, _, value = name.partition(":")
    if not value:
        ref = parse_eccn(name) if name not in MARKER_ITEMS else None
        return None if ref is None else Fit.YES if covers(ref, item) else Fit.MAYBE if coarser(item, ref) else Fit.NO
    if prefix == "series":
        return Fit.YES if series == value else Fit.NO
    if prefix == "cat":
        return Fit.YES if not item.is_ear99 and item.base.startswith(value) else Fit.NO
    if prefix == "para":
        if item.is_ear99 or series not in ("600", "9x515"):
            return Fit.NO
        return Fit.MAYBE if not item.path else Fit.YES if item.path[0] == value else Fit.NO
    return None


def combine(names: tuple[str, ...], fit: Callable[[str], Fit]) -> Fit:
    """YES when one is YES, else MAYBE when one is MAYBE, else NO."""
    result = Fit.NO
    for name in names:
        current = fit(name)
        if current is Fit.YES:
            return Fit.YES
        if current is Fit.MAYBE:
            result = Fit.MAYBE
    return result


def without(taken: Fit, left_out: Fit) -> Fit:
    """What is left of a fit when another is taken away."""
    if taken is Fit.NO or left_out is Fit.YES:
        return Fit.NO
    return taken if left_out is Fit.NO else Fit.MAYBE
