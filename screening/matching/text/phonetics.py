"""Two coarser spellings of a word, so that transliterations of one name meet: how it sounds, and its consonants.

`sound` folds the customary variants (Mohammed/Muhamad, Sergei/Sergey/Sergej, Khan/Chan, Wladimir/Vladimir); `consonant_skeleton`
keeps consonant classes only, for scripts that write no vowels and for transliterations that lie apart. Both are extra keys and
never replace the spelling itself.
"""

from __future__ import annotations

import re
from functools import lru_cache

_START = re.compile(r"^hs|^x(?=[iu])")
_FINAL_F = re.compile(r"(?<=[aeiou])ff?$")
_FINAL_J = re.compile(r"(?<=[aeiou])j(?=$|[^aeiou])")
_SOFT_C = re.compile(r"c(?=[eiy])")
_GLIDES = re.compile(r"iy|yi|ij|ii|ie|ye|ey|ei|ai|ay|ee|ea|y|e")
_MUTE_H = re.compile(r"h(?=[^aiu]|$)")
_REPEATS = re.compile(r"(.)\1+")
_CLUSTERS = tuple(tuple(rule.split(">")) for rule in "shch>S sch>S sh>S tch>C tsch>C ch>C cz>C dzh>j dj>j zh>j jj>j".split())
_LETTERS = tuple(tuple(rule.split(">")) for rule in "ph>f kh>k gh>k q>k ck>k hh>k x>ks th>t dh>d tz>T ts>T".split())
_VOWELS = tuple(tuple(rule.split(">")) for rule in "ou>u oo>u eo>u eu>u o>u".split())
_SKELETON = str.maketrans(
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


@lru_cache(maxsize=8_192)
def sound(word: str) -> str:
    """Customary transliteration variants folded; digits pass through."""
    word = word.replace("tech", "tek")
    if word[-1:] == "f":
        word = _FINAL_F.sub("v", word)
    if "j" in word:
        word = _FINAL_J.sub("y", word)
    if word[:1] in ("h", "x"):
        word = _START.sub("S", word)
    for cluster, by in _CLUSTERS:
        word = word.replace(cluster, by)
    if word[:2] == "qi":
        word = "C" + word[1:]
    for cluster, by in _LETTERS:
        word = word.replace(cluster, by)
    if "c" in word:
        word = _SOFT_C.sub("s", word).replace("c", "k")
    word = word.replace("w", "v")
    for vowels, by in _VOWELS:
        word = word.replace(vowels, by)
    word = _GLIDES.sub("i", word).replace("iu", "u").replace("ia", "a")
    word = squeezed(word)
    if "h" in word:
        word = _MUTE_H.sub("", word)
    return word[:-1] if len(word) > 1 and word[-1] == "i" else word


def squeezed(word: str) -> str:
    """Repeated letters once."""
    return _REPEATS.sub(r"\1", word) if _REPEATS.search(word) else word


@lru_cache(maxsize=8_192)
def consonant_skeleton(word: str) -> str:
    """Consonant skeleton of the sound, voiced and unvoiced folded; a leading vowel stays as "a"."""
    sounded = sound(word)
    rest = sounded.translate(_SKELETON)
    if sounded[:1] in ("a", "i", "u"):
        rest = "a" + rest
    return squeezed(rest)


_SOFT = str.maketrans({"g": "k", "d": "t", "b": "p", "v": "p", "f": "p", "j": "C", "z": "s", "S": "s", "l": "r"})


@lru_cache(maxsize=8_192)
def softened(word: str) -> str:
    """The sound with voiced and unvoiced consonants folded and the vowels kept: Korean and Japanese spellings differ so."""
    return squeezed(sound(word).translate(_SOFT))


_ABJAD = tuple(
    tuple(rule.split(">")) for rule in "dj>j kh>k gh>k ck>k q>k g>k sh>s ch>s th>s dh>s z>s x>s d>t ph>f v>f p>b".split()
)
_UNWRITTEN = str.maketrans("", "", "aeiouwy")


@lru_cache(maxsize=8_192)
def consonants(word: str) -> str:
    """What Arabic and Hebrew letters write of a word: its consonants, without w and y, which may stand for vowels."""
    for letters, by in _ABJAD:
        word = word.replace(letters, by)
    word = squeezed(word)
    if len(word) > 1 and word[-1] == "h":
        word = word[:-1]
    return word.translate(_UNWRITTEN)
