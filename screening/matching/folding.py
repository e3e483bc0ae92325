"""Texts made comparable for good, one function a meaning. Names and addresses are folded by text.normalize, which may move with
the engine version; these may not: uids of entries and stored search texts rest on them.
"""

from __future__ import annotations

import unicodedata


def letters_and_digits(text: str) -> str:
    """NFKC, case folded, letters and digits of any script only: one spelling of what is printed alike."""
    if text.isascii():  # the same answer, five times faster
        return "".join(filter(str.isalnum, text.lower()))
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def one_line(text: str) -> str:
    """Case folded, runs of spaces as one: what a reader takes to be the same line."""
    return " ".join(text.casefold().split())


def without_accents(text: str) -> str:
    """NFKD without its combining marks: "Türkiye" is "Turkiye"."""
    if text.isascii():
        return text
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
