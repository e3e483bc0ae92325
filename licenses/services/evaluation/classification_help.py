"""Looking up entries of the Commerce Control List: search hints, never a classification."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from licenses.rules.countries import COUNTRY_NAMES
from licenses.rules.determination.classification_help import Decoded, decode, hs_hints, related_entries, search
from licenses.rules.eccn import parse_eccn
from licenses.rules.tables.rows import CclRow, HsRow
from licenses.rules.tables.rules_in_force import RulesInForce
from licenses.rules.types import RuleInputError
from licenses.services.evaluation.determine_line import determine_line
from licenses.services.evaluation.rules_in_force import rules

EXCEPTION_WORDS = {
    "Y": "stated for parts of this entry",
    "N": "not available",
    "cond": "depends on a condition",
    "": "not stated",
}


def find_eccns(text: str) -> list[dict[str, Any]]:
    """Entries whose code begins with the text, else those whose heading holds most of its words, with those words."""
    book = rules(timezone.now().date())
    return [_entry(hit.entry, book) | {"words": list(hit.words)} for hit in search(book, text)]


def columns_of_entry(eccn: str, *, as_of: dt.date) -> frozenset[str] | None:
    """The columns of the Country Chart that an ECCN's entry can meet; None for what is no ECCN or on no entry."""
    try:
        return rules(as_of).items.columns(parse_eccn(eccn).base)
    except RuleInputError:
        return None


def explained(text: str) -> dict[str, Any] | None:
    """What a five-character number says by itself, where no entry on file has it; None for an entry and for other texts."""
    decoded = decode(rules(timezone.now().date()), text)
    if decoded is None or decoded.known:
        return None
    return {"eccn": decoded.eccn, **_places(decoded), "related": list(decoded.related)}


def _entry(row: CclRow, book: RulesInForce) -> dict[str, Any]:
    reasons = dict.fromkeys(control.reason for control in book.items.controls(row.eccn))
    return {
        "eccn": row.eccn,
        "heading": ", ".join(row.heading_words),
        "reasons": list(reasons),
        **_places(decode(book, row.eccn)),
    }


def _places(decoded: Decoded | None) -> dict[str, str]:
    """The places of a number in words; blank for EAR99, which has none."""
    if decoded is None:
        return {"category": "", "group": "", "series": ""}
    return {
        "category": f"{decoded.eccn[0]} · {decoded.category}",
        "group": f"{decoded.eccn[1]} · {decoded.group}",
        "series": f"{decoded.eccn[2]} · {decoded.series}",
    }


def find_hs_codes(text: str) -> list[dict[str, Any]]:
    """HS-6 codes that the lists of part 746 and of common high priority hold, for a code or words; no list tells an ECCN."""
    return [
        {
            "hs6": hint.hs6,
            "description": hint.description,
            "lists": [_on_list(row) for row in hint.rows],
            "words": list(hint.words),
        }
        for hint in hs_hints(rules(timezone.now().date()), text)
    ]


def _on_list(row: HsRow) -> dict[str, str]:
    name = f"Common High Priority List, tier {row.tier}" if row.list == "CHPL" else f"Supp. {row.list[-1]} to part 746"
    price = f", from USD {row.usd_per_unit_min:,} a unit" if row.usd_per_unit_min is not None else ""
    return {"name": f"{name}{price}", "citation": row.meta.citation}


def eccn_facts(eccn: str, *, country: str = "") -> dict[str, Any] | None:
    """What is on file about one entry, and for a country the determination of an export there without parties; None for a
    code that is no entry."""
    today: dt.date = timezone.now().date()
    book = rules(today)
    try:
        parsed = parse_eccn(eccn)
    except RuleInputError:
        return None
    row = book.items.entry(parsed.base)
    if row is None:
        return None
    facts = _entry(row, book) | {
        "related": list(related_entries(book, row.eccn)),
        "lvs": EXCEPTION_WORDS.get(row.lvs, row.lvs),
        "gbs": EXCEPTION_WORDS.get(row.gbs, row.gbs),
        "other_agency": row.other_agency,
        "citation": row.meta.citation,
        "verified": row.meta.ref.verified,
        "as_of": row.meta.source_as_of,
        "country": country if country in COUNTRY_NAMES else "",
        "determination": None,
    }
    if facts["country"]:
        line = {"id": str(parsed), "eccn": str(parsed), "destination": country, "transaction": "export", "parties": []}
        facts["determination"] = determine_line(line, as_of=today) | {"eccn": str(parsed), "destination": country}
    return facts
