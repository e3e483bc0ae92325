"""Words of a text in the form in which they are compared: without case, accents and width, and out of an English plural."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "’": "'"})
TOKEN = re.compile(r"[^\W_]+(?:'s\b)?")
_DOTTED = re.compile(r"\b[^\W_](?:\.[^\W_])+\b\.?")


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Lower case without accents or width variants, for comparing words (not for identity)."""
    marks_apart = unicodedata.normalize("NFKD", text.translate(_LETTERS).casefold().translate(_LETTERS))
    return unicodedata.normalize("NFC", "".join(char for char in marks_apart if unicodedata.category(char) != "Mn"))


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[str, ...]:
    """The words of a text, folded: a possessive 's is dropped, a dotted abbreviation is one word (L.L.C. = llc).
    `tokens("Buyer's Freight-Forwarder")` = buyer, freight, forwarder."""
    joined = _DOTTED.sub(lambda match: match.group(0).replace(".", ""), folded(text))
    return tuple(word.removesuffix("'s") for word in TOKEN.findall(joined))


@lru_cache(maxsize=8192)
def singulars(token: str) -> tuple[str, ...]:
    """The word and what it may be the English plural of: `assemblies` gives assemblies, assemblie, assembli, assembly."""
    readings = [token]
    if token.endswith("s") and len(token) > 3:
        readings.append(token[:-1])
    if token.endswith("es") and len(token) > 4:
        readings.append(token[:-2])
    if token.endswith("ies") and len(token) > 4:
        readings.append(token[:-3] + "y")
    return tuple(readings)
