"""Text to plain words: one spelling for what a reader takes to be the same letters, whatever the script.

NFKC, invisible characters and look-alike letters folded, case folded, accents stripped, other scripts transliterated
(anyascii; Han by dictionary words first, then pinyin). Pure and idempotent on its own output.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

from . import scripts

NORMALIZER_VERSION = "3"
"""Stands in every snapshot: an index made by another version is rebuilt."""

_APOSTROPHES = re.compile(r"['`´‘’‚‛ʻʼʽʾʿˈ′＇]")
_DOTTED = re.compile(r"(?<![^\W_])((?:[^\W\d_]\.){2,}[^\W\d_]?)(?![^\W_])")
_WORD = re.compile(r"[a-z0-9]+")
_LONE_LETTERS = re.compile(r"(?<![a-z0-9])[a-z](?: [a-z]){2,}(?![a-z0-9])")
_DIGIT_GROUP = re.compile(r"(?<=\d)[,](?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Folded:
    """Words of a text in plain ASCII, in order, and the script most letters were written in ("Latn" for none)."""

    words: tuple[str, ...]
    script: str


@lru_cache(maxsize=8_192)
def fold(text: str) -> Folded:
    """Plain words of `text`. The empty tuple means that nothing in it can be read."""
    if text.isascii():
        return Folded(_split(text.lower()), "Latn")
    text = unicodedata.normalize("NFKC", text)
    text = "".join(_visible(text))
    text = scripts.unmix(text)
    script = scripts.main_script(text)
    return Folded(_split(_plain(text)), script)


_ADDRESS_SIGNS = (
    (re.compile("[室房]"), " room "), (re.compile("[楼樓层層]"), "/f "), (re.compile("号|號"), " , "), (re.compile("路"), " lu "),
    (re.compile("大道"), " dadao "), (re.compile("街"), " jie "), (re.compile("大厦|大廈|广场|廣場"), " building "),
)  # fmt: skip


@lru_cache(maxsize=8_192)
def plain_text(text: str) -> str:
    """One lower-case ASCII line with its punctuation, for texts whose marks matter (addresses)."""
    if text.isascii():
        return text.lower()
    text = "".join(_visible(unicodedata.normalize("NFKC", text)))
    for sign, plain in _ADDRESS_SIGNS:
        text = sign.sub(plain, text)
    return _plain(scripts.unmix(text))


def _visible(text: str) -> list[str]:
    """Characters a reader sees: format characters dropped, controls and separators as spaces, accents dropped."""
    kept: list[str] = []
    for char in text:
        if char < "\x7f":
            kept.append(char if char >= " " else " ")
            continue
        category = unicodedata.category(char)
        if category in ("Cf", "Mn", "Me", "Cs", "Co", "Cn"):
            if scripts.keeps_marks(char):
                kept.append(char)
        elif category in ("Cc", "Zs", "Zl", "Zp"):
            kept.append(" ")
        else:
            kept.append(char)
    return kept


def _plain(text: str) -> str:
    return anyascii(_APOSTROPHES.sub("", scripts.spell_out(_APOSTROPHES.sub("", text)))).lower()


def _split(text: str) -> tuple[str, ...]:
    text = _APOSTROPHES.sub("", text)
    text = _DOTTED.sub(lambda match: match.group(0).replace(".", "") + " ", text)
    text = _DIGIT_GROUP.sub("", text)
    words = " ".join(_WORD.findall(text.replace("&", " and ")))
    if " " in words:
        words = _LONE_LETTERS.sub(lambda match: match.group(0).replace(" ", ""), words)
    return tuple(words.split())
