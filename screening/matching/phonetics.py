"""Two coarser spellings of a word, so that transliterations of one name meet: how it sounds, and its consonants.

`sound` folds the customary variants (Mohammed/Muhamad, Sergei/Sergey/Sergej, Khan/Chan, Wladimir/Vladimir); `bones`
keeps consonant classes only, for scripts that write no vowels and for far transliterations. Both are extra keys and
never replace the spelling itself.
"""

from __future__ import annotations

import re
from functools import lru_cache

_SOUND_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), by)
    for pattern, by in (
        (r"tech", "tek"),
        (r"(?<=[aeiou])ff?$", "v"),
        (r"(?<=[aeiou])j(?=$|[^aeiou])", "y"),
        (r"^hs|^x(?=[iu])", "S"),
        (r"shch|sch|sh", "S"),
        (r"tch|tsch|ch|cz", "C"),
        (r"dzh|dj|zh|jj", "j"),
        (r"^q(?=i)", "C"),
        (r"ph", "f"),
        (r"kh|gh|q|ck|hh", "k"),
        (r"x", "ks"),
        (r"th", "t"),
        (r"dh", "d"),
        (r"tz|ts", "T"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"w", "v"),
        (r"ou|oo|eo|eu|u", "u"),
        (r"o", "u"),
        (r"iy|yi|ij|ii|ie|ye|ey|ei|ai|ay|ee|ea|y|e", "i"),
        (r"iu|io", "u"),
        (r"ia", "a"),
        (r"i+", "i"),
        (r"(.)\1+", r"\1"),
        (r"h(?=[^aiu]|$)", ""),
        (r"(?<=.)i$", ""),
    )
)
_BONES = str.maketrans(
    {
        "a": "",
        "i": "",
        "u": "",
        "h": "",
        "S": "s",
        "C": "c",
        "j": "c",
        "z": "s",
        "g": "k",
        "d": "t",
        "b": "p",
        "v": "p",
        "f": "p",
        "l": "r",
        "m": "n",
    }
)
_REPEATS = re.compile(r"(.)\1+")


@lru_cache(maxsize=65_536)
def sound(word: str) -> str:
    """Customary transliteration variants folded; digits pass through."""
    for pattern, by in _SOUND_RULES:
        word = pattern.sub(by, word)
    return word


@lru_cache(maxsize=65_536)
def bones(word: str) -> str:
    """Consonant skeleton of the sound, voiced and unvoiced folded; a leading vowel stays as "a"."""
    heard = sound(word)
    rest = heard.translate(_BONES)
    if heard[:1] in ("a", "i", "u"):
        rest = "a" + rest
    return _REPEATS.sub(r"\1", rest)


_SOFT = str.maketrans({"g": "k", "d": "t", "b": "p", "v": "p", "f": "p", "j": "C", "z": "s", "S": "s", "l": "r"})


@lru_cache(maxsize=65_536)
def softened(word: str) -> str:
    """The sound with voiced and unvoiced consonants folded and the vowels kept: Korean and Japanese spellings differ so."""
    return _REPEATS.sub(r"\1", sound(word).translate(_SOFT))


_ABJAD_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), by)
    for pattern, by in (
        (r"kh|gh|ck|q|g", "k"),
        (r"sh|ch|th|dh|z|x", "s"),
        (r"d", "t"),
        (r"ph|v", "f"),
        (r"p", "b"),
        (r"(.)\1+", r"\1"),
        (r"(?<=.)h$", ""),
        (r"[aeiouwy]", ""),
    )
)


@lru_cache(maxsize=65_536)
def consonants(word: str) -> str:
    """What Arabic and Hebrew letters write of a word: its consonants, without w and y, which may stand for vowels."""
    for pattern, by in _ABJAD_RULES:
        word = pattern.sub(by, word)
    return word
