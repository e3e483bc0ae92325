"""Names as printed, and the names hidden in them: alias lists, "(a.k.a. …)", abbreviations in brackets, notes.

No name is dropped: what is taken out of a name becomes an alias or a note, and the caller keeps the raw text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from screening.matching.folding import letters_and_digits, one_line
from screening.matching.types import Alias, Quality

_KIND = r"(?:a\.?\s?k\.?\s?a|f\.?\s?k\.?\s?a|n\.?\s?k\.?\s?a|formerly|also known as|formerly known as|now known as)"
# "… and any successor, sub-unit, or subsidiary thereof", "…, and its sub-units and successors"
_SUCCESSORS = re.compile(
    r"\s*[;,]?\s+and (?:any|its) (?:successors?|sub-?\s?units?|subsidiar(?:y|ies))\b.*$", re.IGNORECASE | re.DOTALL
)
# An opening bracket that is never closed takes the rest of the name ("Shipyard X (f.k.a., Shipyard Y").
_BRACKETED = re.compile(rf"\s*[(\[]\s*({_KIND})\b[.,:]*\s*([^()\[\]]*(?:\([^()]*\)[^()\[\]]*)*)(?:[)\]]|$)", re.IGNORECASE)
_TRAILING = re.compile(rf"[,;]\s+({_KIND})[.,:]*\s+(.+)$", re.IGNORECASE | re.DOTALL)
_LEAD = re.compile(rf"^({_KIND})[.,:]*\s+(?=\S)", re.IGNORECASE)
_SUBORDINATE = re.compile(r"\bSubordinate Institutions?\s*[-–—:]\s*(.+)$", re.IGNORECASE | re.DOTALL)
# An abbreviation: capitals and digits in brackets, "(AASPT)", "(CETC 13)", "(TsNIITMASH)"; not "(Group)", "(Vietnam)".
_ABBREVIATION = re.compile(r"\(([A-Z][A-Za-z]{0,3}[A-Z0-9][A-Za-z0-9&.\-/ ]{0,12})\)")
_UPPER = re.compile(r"[A-Z0-9]")
_AND = re.compile(r"^and\s+(?=\S)", re.IGNORECASE)
MAX_ABBREVIATION = 14


@dataclass(frozen=True, slots=True)
class Named:
    """A printed name taken apart: the name to match, the aliases found inside it, notes that are no name."""

    name: str
    aliases: tuple[Alias, ...] = ()
    notes: tuple[str, ...] = ()


def squeeze(text: str) -> str:
    """One space for any run of blanks, none at the ends."""
    return " ".join(text.split())


def take_apart(printed: str) -> Named:
    """Split a printed name into name, inline aliases and notes ("and any successor…" is a note, not a name)."""
    text = squeeze(printed)
    aliases: list[Alias] = []
    notes: list[str] = []
    if match := _SUCCESSORS.search(text):
        notes.append(match[0].strip(" ;,"))
        text = text[: match.start()]
    for match in _BRACKETED.finditer(text):
        aliases.extend(Alias(part, kind=alias_kind(match[1])) for part in _inline_parts(match[2]))
    text = squeeze(_BRACKETED.sub(" ", text)).strip(" ;,")
    if match := _TRAILING.search(text):
        aliases.extend(Alias(part, kind=alias_kind(match[1])) for part in split_aliases(match[2]))
        text = text[: match.start()]
    if match := _SUBORDINATE.search(text):
        aliases.append(Alias(match[1].strip()))
    name = text.strip(" ;,") or squeeze(printed)
    return Named(name, tuple(aliases), tuple(notes))


def alias_kind(marker: str) -> str:
    """aka, fka or nka of a printed marker ("f.k.a.", "formerly known as")."""
    letter = marker.strip().lower()[:1]
    return {"f": "fka", "n": "nka"}.get(letter, "aka")


def split_aliases(printed: str) -> list[str]:
    """Names of a multi-valued alias field, split at "; ".

    A leading "and " goes only after a split (the last or a middle part); a sole name keeps it. Parts keep their
    printed form, a dangling comma or semicolon excepted. A name that contains "; " itself comes apart: the caller
    keeps the raw field.
    """
    parts = [squeeze(part).strip(" ;").rstrip(",") for part in re.split(r";\s*", printed)]
    parts = [part for part in parts if part]
    if len(parts) < 2:
        return parts
    return [parts[0], *(_AND.sub("", part) for part in parts[1:])]


def aliases_of(printed: Iterable[str], *, quality: Quality = Quality.UNKNOWN, kind: str = "aka") -> list[Alias]:
    """Alias values of printed names; "f.k.a. X" tells its kind, "(a.k.a. Y)" inside one adds another."""
    found: list[Alias] = []
    for text in printed:
        lead = _LEAD.match(text)
        named = take_apart(text[lead.end() :] if lead else text)
        found.append(Alias(named.name, quality, alias_kind(lead[1]) if lead else kind))
        found.extend(Alias(alias.name, quality, alias.kind) for alias in named.aliases)
    return found


def with_abbreviations(name: str, aliases: Iterable[Alias]) -> tuple[Alias, ...]:
    """The aliases, then abbreviations printed in brackets behind a name or alias.

    Left out: repeats that differ in case, blanks or a final stop only, the name itself, and abbreviations that are an
    alias already. Spellings that differ in anything else stay, as printed.
    """
    given = list(aliases)
    seen = {_same(name), ""}
    kept: list[Alias] = []
    for alias in given:
        if _same(alias.name) not in seen:
            seen.add(_same(alias.name))
            kept.append(alias)
    short = [text for printed in (name, *(alias.name for alias in given)) for text in abbreviations(printed)]
    if short:
        known = {letters_and_digits(text) for text in (name, *(alias.name for alias in kept))}
        for text in short:
            if letters_and_digits(text) not in known:
                known.add(letters_and_digits(text))
                kept.append(Alias(text, kind="abbreviation"))
    return tuple(kept)


def _same(name: str) -> str:
    return one_line(name).rstrip(".,")


def abbreviations(name: str) -> list[str]:
    """Bracketed abbreviations of a name: mostly capitals, at most MAX_ABBREVIATION characters."""
    if "(" not in name:
        return []
    found = (match[1].strip() for match in _ABBREVIATION.finditer(name))
    return [
        text for text in found if len(text) <= MAX_ABBREVIATION and 2 * len(_UPPER.findall(text)) >= len(text.replace(" ", ""))
    ]


def _inline_parts(printed: str) -> list[str]:
    """Names inside "(a.k.a. A; B)"; State lists also join them by a comma where no legal form follows."""
    if ";" in printed:
        return split_aliases(printed)
    parts = [
        squeeze(part)
        for part in re.split(r",\s+(?!(?:inc|ltd|llc|co|corp|limited|s\.a|gmbh|jr|sr)\b)", printed, flags=re.IGNORECASE)
    ]
    return [part for part in parts if part]
