"""Listed names as people mistype, shorten, translate and disguise them: the positives of the accuracy card.

Every variation keeps what tells the party apart; one that cannot be made from a name gives None. Deterministic for a
given random.Random.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from screening.matching.lexicon.legal_forms import LEGAL_WORDS
from screening.matching.text.scripts import TO_LATIN

from .variation_scripts import arabic, cyrillic, han, hangul

_KEYBOARD = {
    "a": "sqz", "b": "vnh", "c": "xvd", "d": "sfe", "e": "wrd", "f": "dgr", "g": "fht", "h": "gjy", "i": "uok", "j": "hku",
    "k": "jli",
    "l": "kop", "m": "njk", "n": "bmh", "o": "ipl", "p": "ol", "q": "wa", "r": "etf", "s": "adw", "t": "ryg", "u": "yij",
    "v": "cbg",
    "w": "qes", "x": "zcs", "y": "tuh", "z": "xas",
}  # fmt: skip
_LEGAL = re.compile(
    r"\b(co\.?,? ltd\.?|ltd\.?|limited|llc|inc\.?|corporation|corp\.?|gmbh|s\.a\.|ooo|jsc|company)$", re.IGNORECASE
)
_SHORT = {
    "technology": "Tech", "technologies": "Tech", "electronics": "Elec", "manufacturing": "Mfg", "institute": "Inst",
    "university": "Univ",
    "international": "Intl", "development": "Dev", "industries": "Ind", "engineering": "Eng", "communications": "Comm",
    "group": "Grp",
    "services": "Svcs", "research": "Res", "center": "Ctr", "trading": "Trdg", "import": "Imp", "department": "Dept",
    "systems": "Sys",
    "management": "Mgmt", "association": "Assn", "equipment": "Equip", "national": "Natl", "corporation": "Corp", "company": "Co",
}  # fmt: skip
_ADDED = ("International", "Group", "Global", "Branch", "Trading", "Holding")
_LATIN_LOOKALIKE = {latin: other for other, latin in TO_LATIN.items() if "\u0400" <= other <= "\u04ff"}

Variation = Callable[[str, random.Random], str | None]


_FORM_WORDS = frozenset(word.upper() for word in LEGAL_WORDS) | frozenset(
    "LIMITED LTD. CO. CORP. INC. S.A. OBSHCHESTVO OGRANICHENNOI OTVETSTVENNOSTYU AKTSIONERNOE".split()
)


def _plain(word: str) -> bool:
    return word.isalpha() and word.upper() not in _FORM_WORDS


def _words(name: str) -> list[str]:
    return [word for word in re.split(r"[\s,]+", name) if word]


def typo(name: str, rng: random.Random, least: int = 5, most: int = 99) -> str | None:
    """One letter dropped, doubled, swapped with its neighbor or mistyped, in a word of least to most letters."""
    words = _words(name)
    fit = [index for index, word in enumerate(words) if word.isalpha() and word.isascii() and least <= len(word) <= most]
    if not fit:
        return None
    index = rng.choice(fit)
    word = words[index]
    position = rng.randrange(1, len(word) - 1)
    kind = rng.randrange(4)
    neighbor = rng.choice(_KEYBOARD[word[position].lower()])
    if kind == 0:
        word = word[:position] + word[position + 1 :]
    elif kind == 1:
        word = word[:position] + word[position] + word[position:]
    elif kind == 2 and word[position] != word[position + 1]:
        word = word[:position] + word[position + 1] + word[position] + word[position + 2 :]
    else:
        word = word[:position] + neighbor + word[position + 1 :]
    words[index] = word
    return " ".join(words)


def drop_word(name: str, rng: random.Random) -> str | None:
    """One of at least three words left out, legal forms apart."""
    words = _words(name)
    fit = [index for index, word in enumerate(words) if _plain(word)]
    if len(fit) < 3:
        return None
    del words[rng.choice(fit)]
    return " ".join(words)


def reorder(name: str, rng: random.Random) -> str | None:
    """Words in another order."""
    words = _words(name)
    if len(words) < 2:
        return None
    turned = words[:]
    rng.shuffle(turned)
    return " ".join(turned if turned != words else words[1:] + words[:1])


def join_words(name: str, rng: random.Random) -> str | None:
    """Two neighboring words written as one."""
    words = _words(name)
    fit = [
        index
        for index in range(len(words) - 1)
        if _plain(words[index]) and _plain(words[index + 1]) and len(words[index]) > 2 and len(words[index + 1]) > 2
    ]
    if not fit:
        return None
    index = rng.choice(fit)
    words[index : index + 2] = [words[index] + words[index + 1].lower()]
    return " ".join(words)


def split_word(name: str, rng: random.Random) -> str | None:
    """A long word written as two."""
    words = _words(name)
    fit = [index for index, word in enumerate(words) if _plain(word) and len(word) >= 8]
    if not fit:
        return None
    index = rng.choice(fit)
    cut = rng.randrange(3, len(words[index]) - 3)
    words[index : index + 1] = [words[index][:cut], words[index][cut:]]
    return " ".join(words)


def abbreviate(name: str, rng: random.Random) -> str | None:
    """A general word by its customary abbreviation."""
    words = _words(name)
    fit = [index for index, word in enumerate(words) if word.lower().strip(".") in _SHORT]
    if not fit:
        return None
    index = rng.choice(fit)
    words[index] = _SHORT[words[index].lower().strip(".")]
    return " ".join(words)


def other_legal_form(name: str, rng: random.Random) -> str | None:
    """Another legal form, or none, at the end."""
    if not _LEGAL.search(name):
        return None
    return _LEGAL.sub(rng.choice(("LLC", "GmbH", "JSC", "Inc.", "")), name).strip(" ,")


def homoglyph(name: str, rng: random.Random) -> str | None:
    """One or two letters by Cyrillic look-alikes."""
    fit = [index for index, char in enumerate(name) if char in _LATIN_LOOKALIKE]
    if not fit:
        return None
    chars = list(name)
    for index in rng.sample(fit, min(len(fit), rng.randrange(1, 3))):
        chars[index] = _LATIN_LOOKALIKE[chars[index]]
    return "".join(chars)


def invisible(name: str, rng: random.Random) -> str | None:
    """A zero-width character or soft hyphen inside."""
    index = rng.randrange(1, max(2, len(name)))
    return name[:index] + rng.choice("\u200b\u200c\u200d\u00ad\ufeff\u2060") + name[index:]


def initial(name: str, rng: random.Random) -> str | None:
    """One given name by its initial ("SURNAME, Given" or at least three words)."""
    if "," not in name:
        return None
    family, _, given = name.partition(",")
    parts = given.split()
    if not parts or len(_words(family)) + len(parts) < 3:
        return None
    index = rng.randrange(len(parts))
    parts[index] = parts[index][0] + "."
    return f"{family}, {' '.join(parts)}"


def add_words(name: str, rng: random.Random) -> str | None:
    """A general word more."""
    return f"{name} {rng.choice(_ADDED)}" if "," not in name or len(_words(name)) > 4 else None


def swap_names(name: str, rng: random.Random) -> str | None:
    """ "SURNAME, Given" as "Given SURNAME"."""
    family, comma, given = name.partition(", ")
    return f"{given} {family}" if comma and rng is not None else None


def short_typo(name: str, rng: random.Random) -> str | None:
    """A typo in a word of three or four letters beside other words."""
    return typo(name, rng, 3, 4) if len(_words(name)) > 1 else None


def medium_typo(name: str, rng: random.Random) -> str | None:
    """A typo in a word of five to seven letters."""
    return typo(name, rng, 5, 7)


def long_typo(name: str, rng: random.Random) -> str | None:
    """A typo in a word of eight letters or more."""
    return typo(name, rng, 8, 99)


VARIATIONS: dict[str, Variation] = {
    "typo, 3-4 letters": short_typo,
    "typo, 5-7 letters": medium_typo,
    "typo, 8+ letters": long_typo,
    "word dropped": drop_word,
    "reordered": reorder,
    "joined": join_words,
    "split": split_word,
    "abbreviated": abbreviate,
    "legal form": other_legal_form,
    "homoglyph": homoglyph,
    "invisible character": invisible,
    "initial": initial,
    "added word": add_words,
    "given/family swap": swap_names,
    "Cyrillic": cyrillic,
    "Arabic": arabic,
    "Han": han,
    "Hangul": hangul,
}
"""Class of variation -> how to make it."""
