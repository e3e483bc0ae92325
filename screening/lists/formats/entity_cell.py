"""The entity cell of Supplements 4, 6 and 7 to part 744: name, aliases and addresses printed as one text.

Grammar: "Name, a.k.a., the following two aliases: —A1; and —A2. address; and address." Without aliases the name and its
address are parted by a comma only, as the parts of both are; what the cell printed is kept beside the reading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from screening.lists.fields.names import squeeze
from screening.matching.lexicon.word_classes import INSTITUTION, LEGAL_FORMS

_ALIASES = re.compile(
    r",?\s*\b[afn]\.k\.a\.[,:]?\s*(?:and\s+f\.k\.a\.,?\s*)?"
    r"(?:the following\s+[\w\- ]{1,40}?\balias(?:es)?)?\s*:?\s*(?=[—–])",
    re.IGNORECASE,
)
_SUBORDINATES = re.compile(
    r"[,.;:]?\s*\b(?:including\s+)?(?:the following\s+)?(?:[\w\-]+\s+){0,3}"
    r"(?:subordinate institutions?|affiliated entit(?:y|ies)|subordinate entit(?:y|ies))\b[^—:]{0,80}:?\s*(?=[—–])",
    re.IGNORECASE,
)
_DASH = re.compile(r"\s*[—–]\s*(?=\S)")
_JOINT = re.compile(r"\s*;\s*(?:and\s*)?$|\s*,?\s+and\s*$", re.IGNORECASE)
_STOP = re.compile(r"(?<=\.)\s+(?=[\w#(\"'“])|\n")
_ABBREVIATED = re.compile(r"\b(?:St|No|Dr|Mr|Mrs|Prof|Bldg|Rd|Ave|Sts?|[A-Z])\.$")
_SHORT_FORM = 4
"""Longest legal form that is printed with a stop of its own ("Corp."); "Corporation." ends a sentence."""
_FORMS = {"".join(form) for form in LEGAL_FORMS}
_ADDRESS_START = re.compile(
    r"^(?:\d|#|no\.?\s*\d|room|rm\b|flat|unit|suite|ste\b|office|building|bldg|block|blk|floor|level|p\.?\s?o\.? box|house|shop"
    r"|plot|tower)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell taken apart; `addresses` is the prose that follows the names, "" when none is printed."""

    name: str
    aliases: tuple[str, ...] = ()
    addresses: str = ""


def read_cell(printed: str) -> Cell:
    """Take an entity cell apart. Line breaks ("\\n") end an alias; the text is squeezed otherwise."""
    text = "\n".join(filter(None, map(squeeze, printed.split("\n"))))
    first, *subordinates = _SUBORDINATES.split(text)
    match = _ALIASES.search(first)
    if match is None:
        cell = _plain(squeeze(first))
        aliases: list[str] = []
        name, rests = cell.name, [cell.addresses]
    else:
        name = squeeze(first[: match.start()]).rstrip(" ,;")
        aliases, rest = _dashed(first[match.end() :])
        rests = [rest]
    for block in subordinates:
        found, rest = _dashed(block)
        aliases = [*aliases, *found]
        rests.append(rest)
    return Cell(name, tuple(aliases), "; ".join(filter(None, (squeeze(text).strip(" ;,") for text in rests))))


def _dashed(text: str) -> tuple[list[str], str]:
    """Names that start with a dash, and what follows the last of them."""
    parts = [part for part in _DASH.split(text) if part.strip()]
    aliases = [squeeze(_JOINT.sub("", part)) for part in parts[:-1]]
    last = parts[-1] if parts else ""
    for stop in _STOP.finditer(last):
        before, after = last[: stop.start()].strip(), last[stop.end() :].strip()
        word = re.match(r"[^\s,.]+(?:\.[^\s,.]+)*", after)
        following = re.sub(r"[^\w]", "", word[0]).casefold() if word else ""
        if stop[0] == "\n" or (following not in _FORMS and not _ABBREVIATED.search(before)):
            return [*aliases, _ended(before)], after
    return [*aliases, _ended(last.strip())], ""


def _ended(alias: str) -> str:
    """Without the stop that ends the list of aliases; the stop of "Ltd." or "S.A." stays."""
    text = squeeze(_JOINT.sub("", alias))
    word = re.sub(r"[^\w]", "", text.rsplit(" ", 1)[-1]).casefold()
    return text if word in _FORMS and len(word) <= _SHORT_FORM else text.removesuffix(".")


def _plain(text: str) -> Cell:
    """Name and address parted by a comma: legal forms and institution words still belong to the name."""
    segments = text.split(", ")
    end = 1
    while end < len(segments) and _continues(segments[end], end < len(segments) - 2):
        end += 1
    return Cell(", ".join(segments[:end]).rstrip(" ,;"), (), ", ".join(segments[end:]).strip())


def _continues(segment: str, more_follows: bool) -> bool:
    folded = re.sub(r"[^\w ]", "", segment).casefold()
    if folded.replace(" ", "") in _FORMS or folded.split(" ", 1)[0] in ("ltd", "inc", "llc", "limited", "co", "corp"):
        return True
    return more_follows and not _ADDRESS_START.match(segment) and any(word in INSTITUTION for word in folded.split())
