"""Help with ECCNs: what a number says by itself, which entries belong to it, and a search by code, heading words and HS code.

It never classifies an item: a search result is a place to read on, the exporter states the ECCN.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from licenses.rules.tables.rows import CclRow, HsRow
from licenses.rules.tables.rules_in_force import RulesInForce
from licenses.rules.word_forms import singulars, tokens

CATEGORIES = {
    "0": "Nuclear materials, facilities, equipment, and miscellaneous items",
    "1": "Special materials and related equipment, chemicals, microorganisms, and toxins",
    "2": "Materials processing",
    "3": "Electronics",
    "4": "Computers",
    "5": "Telecommunications and information security",
    "6": "Sensors and lasers",
    "7": "Navigation and avionics",
    "8": "Marine",
    "9": "Aerospace and propulsion",
}
"""First digit of an ECCN (738.2(a))."""
GROUPS = {
    "A": "Equipment, assemblies and components",
    "B": "Test, inspection and production equipment",
    "C": "Materials",
    "D": "Software",
    "E": "Technology",
}
"""Letter of an ECCN (738.2(b))."""
SERIES = {
    "0": "National Security reasons",
    "1": "Missile Technology reasons",
    "2": "Nuclear Nonproliferation reasons",
    "3": "Chemical and Biological Weapons reasons",
    "5": "National Security or foreign policy reasons (spacecraft, firearms, 0Y521)",
    "6": "600 series: munitions formerly on the US Munitions List",
    "9": "Anti-terrorism, crime control, regional stability, short supply and other reasons",
}
"""Third character of an ECCN (738.2(d))."""
_WORD = re.compile(r"[a-z0-9]+")
_EMPTY = frozenset(("a", "and", "for", "in", "not", "of", "or", "other", "the", "to", "with"))
MAX_FOUND = 50


@dataclass(frozen=True, slots=True)
class Decoded:
    """What a five-character ECCN says, with the reasons on file and the entries that belong to it. `known` is False when
    no entry has the number: then only the number itself is explained."""

    eccn: str
    known: bool
    category: str
    group: str
    series: str
    reasons: tuple[str, ...]
    related: tuple[str, ...]
    heading_words: tuple[str, ...]
    other_agency: str


@dataclass(frozen=True, slots=True)
class EntryHit:
    """A search result: the entry and the words of the query that its heading holds."""

    entry: CclRow
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HsHint:
    """An HS-6 code with the lists that hold it, and `words` of its description that are heading words of some entry: places
    to read on. No table leads from an HS code to an ECCN."""

    hs6: str
    description: str
    rows: tuple[HsRow, ...]
    words: tuple[str, ...]


def hs_hints(rules: RulesInForce, query: str) -> tuple[HsHint, ...]:
    """HS codes of the lists (Common High Priority List, supplements 2, 4, 5 and 7 to part 746) that begin with the digits of
    the query (two or more, dots ignored), else whose description holds one of its words; at most MAX_FOUND, in code order."""
    digits = query.strip().replace(".", "")
    if digits.isascii() and digits.isdigit():
        rows = rules.items.hs_rows(digits[:6]) if len(digits) > 1 else ()
    else:
        wanted = set(_stems(query))
        rows = tuple(row for row in rules.items.described_hs_rows() if wanted & set(_stems(row.description)))
    codes = tuple(dict.fromkeys(row.hs6 for row in rows))[:MAX_FOUND]
    return tuple(_hint(rules, code) for code in codes)


def _hint(rules: RulesInForce, code: str) -> HsHint:
    rows = rules.items.hs_rows(code)
    description = next((row.description for row in rows if row.description), "")
    headings = {stem for entry in rules.items.entries() for words in entry.heading_words for stem in _stems(words)}
    return HsHint(code, description, rows, tuple(dict.fromkeys(word for word in _stems(description) if word in headings)))


def _stems(text: str) -> list[str]:
    return [word.removesuffix("s") for word in _WORD.findall(text.casefold()) if len(word) > 2 and word not in _EMPTY]


def decode(rules: RulesInForce, base: str) -> Decoded | None:
    """Explain a five-character ECCN; None when the text has not the form of one."""
    code = base.strip().upper()[:5]
    if not re.fullmatch(r"\d[A-E]\d{3}", code):
        return None
    entry = rules.items.entry(code)
    return Decoded(
        eccn=code,
        known=entry is not None,
        category=CATEGORIES[code[0]],
        group=GROUPS[code[1]],
        series=SERIES.get(code[2], "not in use"),
        reasons=tuple(dict.fromkeys(row.reason for row in rules.items.controls(code))),
        related=related_entries(rules, code),
        heading_words=entry.heading_words if entry else (),
        other_agency=entry.other_agency if entry else "",
    )


def related_entries(rules: RulesInForce, base: str) -> tuple[str, ...]:
    """Entries of one family: same category and number in another group, and those whose requirement rows name this one or
    are named by it (software and technology for a commodity)."""
    own = {ref.base for row in rules.items.controls(base) for ref in (*row.scope, *row.excepts)}
    named = {
        entry.eccn
        for entry in rules.items.entries()
        if any(ref.base == base for row in rules.items.controls(entry.eccn) for ref in (*row.scope, *row.excepts))
    }
    family = {f"{base[0]}{letter}{base[2:]}" for letter in GROUPS}
    known = {entry.eccn for entry in rules.items.entries()}
    return tuple(sorted((own | named | family) & known - {base}))


def search(rules: RulesInForce, query: str) -> tuple[EntryHit, ...]:
    """Entries by the beginning of their code (`3A0`, a paragraph after it is ignored), else by heading words, most words first;
    at most MAX_FOUND."""
    code = query.strip().upper().partition(".")[0]
    if re.fullmatch(r"\d(?:[A-E]\d{0,3})?|EAR\d*", code):
        hits = [EntryHit(entry, ()) for entry in rules.items.entries() if entry.eccn.startswith(code)]
        return tuple(sorted(hits, key=lambda hit: hit.entry.eccn)[:MAX_FOUND])
    wanted = tuple(word for word in dict.fromkeys(tokens(query)) if word not in _EMPTY)
    held = [EntryHit(entry, _held(entry, wanted)) for entry in rules.items.entries()]
    ranked = sorted((hit for hit in held if hit.words), key=lambda hit: (-len(hit.words), hit.entry.eccn))
    return tuple(ranked[:MAX_FOUND])


def _held(entry: CclRow, wanted: Iterable[str]) -> tuple[str, ...]:
    """The wanted words that the heading holds; a plural finds its singular and the reverse."""
    heading = {form for words in entry.heading_words for word in tokens(words) for form in singulars(word)}
    return tuple(word for word in wanted if any(form in heading for form in singulars(word)))
