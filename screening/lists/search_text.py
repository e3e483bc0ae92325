"""Text that people search entries by: every name, address, citation and program, lower case, with and without accents."""

from __future__ import annotations

from screening.matching.folding import without_accents
from screening.matching.types import ListedParty

MAX_WORDS = 8
"""Words of a search that are used; more only narrow what is empty already."""


def plain(text: str) -> str:
    """Lower case, accents removed, runs of spaces as one."""
    return " ".join(without_accents(text.casefold()).split())


def search_text(entry: ListedParty) -> str:
    """What `ListEntry.search_text` holds."""
    texts = (
        entry.name,
        *(alias.name for alias in entry.aliases),
        *entry.addresses,
        *(item.value for item in entry.identifiers),
        entry.federal_register,
        *entry.programs,
        entry.uid,
    )
    return plain("\n".join(text for text in texts if text))


def search_words(text: str) -> list[str]:
    """Words of a search in the form they are stored in."""
    return plain(text).split()[:MAX_WORDS]
