"""Export Control Classification Numbers: reading them, and whether a requirement row reaches an item (step B).

An ECCN is a five-character base and a path of paragraphs, compared by segment: `3A001.c` covers `3A001.c.1.a`, not
`3A001.ca`. Nothing here classifies an item: the number is the exporter's statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from licenses.rules.types import RuleInputError


class Fit(StrEnum):
    """Does a row reach the item: YES, NO, or MAYBE (a paragraph or a fact is missing)?"""

    YES = "YES"
    MAYBE = "MAYBE"
    NO = "NO"


@dataclass(frozen=True, slots=True)
class Eccn:
    """`base` is five characters or EAR99; `path` the paragraphs below it, lower case."""

    base: str
    path: tuple[str, ...] = ()

    def __str__(self) -> str:
        return ".".join((self.base, *self.path))

    @property
    def is_ear99(self) -> bool:
        """EAR99: subject to the EAR but on no entry of the Commerce Control List."""
        return self.base == "EAR99"

    @property
    def is_commodity(self) -> bool:
        """Product group A, B or C."""
        return self.base[1] in "ABC" and not self.is_ear99

    @property
    def is_released(self) -> bool:
        """Product group D or E: software or technology."""
        return self.base[1] in "DE" and not self.is_ear99


_BASE = re.compile(r"^\d[A-E]\d{3}$")
_PATH = re.compile(r"^[a-z0-9]+(\.[a-z0-9]+)*$")
_BRACKETED = re.compile(r"\(([A-Za-z0-9]+)\)")
EAR99 = Eccn("EAR99")
MAX_ECCN_CHARS = 60


@lru_cache(maxsize=8192)
def parse_eccn(text: str) -> Eccn:
    """`3A001.a.2`, `3a001(a)(2)`, `EAR99` -> Eccn. Raises RuleInputError (`bad_eccn`) naming the value."""
    cleaned = _BRACKETED.sub(r".\1", text.strip()).rstrip(".") if len(text) <= MAX_ECCN_CHARS else ""
    if cleaned.upper() == "EAR99":
        return EAR99
    base, path = cleaned[:5].upper(), cleaned[5:].lower()
    paragraphs = path.removeprefix(".")
    if not _BASE.match(base) or (path and (not path.startswith(".") or not _PATH.match(paragraphs))):
        raise RuleInputError(
            "bad_eccn", f"eccn: {text[:MAX_ECCN_CHARS]!r} is no ECCN; write EAR99 or a number like 3A001 or 3A001.a.2"
        )
    return Eccn(base, tuple(paragraphs.split(".")) if paragraphs else ())


def covers(ref: Eccn, item: Eccn) -> bool:
    """Is the item inside the paragraph `ref`?"""
    return ref.base == item.base and item.path[: len(ref.path)] == ref.path


def coarser(item: Eccn, ref: Eccn) -> bool:
    """Is the item stated less finely than `ref`, so that it may or may not be inside?"""
    return ref.base == item.base and len(item.path) < len(ref.path) and ref.path[: len(item.path)] == item.path


def fit_refs(refs: Iterable[Eccn], item: Eccn) -> Fit:
    """YES when a ref covers the item, MAYBE when one is finer than it, else NO."""
    fit = Fit.NO
    for ref in refs:
        if covers(ref, item):
            return Fit.YES
        if coarser(item, ref):
            fit = Fit.MAYBE
    return fit


def applicability(scope_kind: str, scope: tuple[Eccn, ...], excepts: tuple[Eccn, ...], conditional: bool, item: Eccn) -> Fit:
    """Does a requirement row with this scope reach the item? The table of docs/determination.md, step B."""
    if scope_kind == "entire":
        return Fit.YES
    if scope_kind == "entire_conditional":
        return Fit.MAYBE
    if scope_kind == "entire_except":
        return _entire_except(excepts, conditional, item)
    if scope_kind == "part":
        return _part(scope, excepts, conditional, item)
    raise ValueError(f"unknown scope_kind {scope_kind!r}")


def _entire_except(excepts: tuple[Eccn, ...], conditional: bool, item: Eccn) -> Fit:
    own = [ref for ref in excepts if ref.base == item.base and ref.path]
    match fit_refs(own, item):
        case Fit.YES:
            return Fit.MAYBE if conditional else Fit.NO
        case Fit.MAYBE:
            return Fit.MAYBE
    return Fit.MAYBE if any(ref.base != item.base for ref in excepts) else Fit.YES


def _part(scope: tuple[Eccn, ...], excepts: tuple[Eccn, ...], conditional: bool, item: Eccn) -> Fit:
    if set(excepts) == set(scope) and scope:
        conditional = True  # printed "…, except those for …": the excepts are the condition, not a carve-out
    elif any(covers(ref, item) for ref in excepts):
        return Fit.MAYBE if conditional else Fit.NO
    own = [ref for ref in scope if ref.base == item.base]
    if not own:
        return Fit.MAYBE
    finer = [ref for ref in own if ref.path]
    mixed = bool(finer) and len(finer) < len(own)  # a bare base among paragraphs is an artifact of the transcription
    fit = fit_refs(finer if mixed else own, item)
    if fit is Fit.YES:
        return Fit.MAYBE if conditional else Fit.YES
    return Fit.MAYBE if fit is Fit.MAYBE or mixed else Fit.NO
