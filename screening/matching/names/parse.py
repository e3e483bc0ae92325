"""A name taken apart: core words with weights, legal form aside, remarks and other names split off."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from screening.matching.countries import code_for
from screening.matching.lexicon.word_classes import (
    GENERIC,
    INVISIBLE_WORDS,
    LEGAL_FORMS,
    LEGAL_PREFIXES,
    LEGAL_SUFFIXES,
    MAX_LEGAL_WORDS,
    PARTICLES,
    PLACES,
)
from screening.matching.text.normalize import fold
from screening.matching.text.tokens import SERVANT, Kind, Token, token
from screening.matching.text.typos import corrected

MAX_TOKENS = 24
"""Longest core compared, in words; the longest name printed on a list has 29."""
MAX_TEXT = 2_000
"""Longest printed name read, in characters; the longest on a list has about 400, and a party may state 1,000."""
ABJAD = frozenset(("Arab", "Hebr"))
"""Scripts that write no vowels: their words are compared by consonants."""

_AKA = re.compile(
    r"[\s,;(\[](?:a\.?\s?k\.?\s?a\.?|f\.?\s?k\.?\s?a\.?|n\.?\s?k\.?\s?a\.?|d\.?\s?/?\s?b\.?\s?/?\s?a\.?|a/k/a|f/k/a|n/k/a|"
    r"also known as|formerly known as|now known as|doing business as|trading as|t/a|alias|formerly)[\s:,]+",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(r"\(\s*[A-Z][A-Za-z]{0,3}[A-Z0-9][A-Z0-9&.\-/]{0,8}\s*\)")
"""Capitals in brackets: (PAEC), (CETC-7), (NPK-SPP)."""
MIN_WITHOUT_ABBREVIATION = 3
"""Words that a name of general words needs without its abbreviation: two of them ("Research Center") name nobody."""
_ASIDE = re.compile(r"[(\[（【]([^()\[\]（）【】]*)[)\]）】]")
_SUCCESSORS = re.compile(
    r"[;,]?\s*(?:and\s+)?(?:any\s+|all\s+)?(?:its\s+)?(?:successors?|sub-?units?|subsidiar(?:y|ies))\b.{0,40}(?:thereof|thereto|subsidiar(?:y|ies)|sub-?units?|successors?)\.?\s*$",
    re.IGNORECASE,
)
_LEADING_AND = re.compile(r"^\s*(?:and|&|c/o)\s+", re.IGNORECASE)
_ABD = re.compile(r"^(?:abdul|abdel|abdal|abdur|abdus|abdu|abdol|abdool|abdoul|abdil)(?=[a-z]{3})")
_ABDULLAH = ("abdull", "abdall", "abdoull", "abdalh")
_GOD = frozenset(("allah", "ullah", "ollah", "oullah"))
_FAITH = frozenset("din deen dine uddin eddin eddine aldin eldin addin addine uldin".split())
_ARTICLES = frozenset(("al", "el", "ul", "ud", "ed", "ad", "ol", "od"))
_OF_GOD = re.compile(r"^(.{3,}?)(?:ou|u|o)llah$")
_OF_FAITH = re.compile(r"^(.{3,}?)(?:ou|u|e|a|o)[dl]d(?:in|een|ine)$")
"""Ends of Arabic compound names, written apart or together in many ways."""
SERVANT_OF = SERVANT | {"abd"}
_NUMBER_WORDS = frozenset(("no", "nr", "number", "num", "nomer"))


@dataclass(frozen=True, slots=True)
class Name:
    """One name ready to compare.

    `tokens` is the core in written order, `legal` the classes of its legal forms, `joined` and `key` its canonical words
    run together and sorted, `flat` its written words run together.
    """

    tokens: tuple[Token, ...]
    legal: frozenset[str]
    script: str
    weight: float
    joined: str
    key: tuple[str, ...]
    flat: str

    @property
    def comparable(self) -> bool:
        """False when nothing is left to compare: no letters, or legal words only."""
        return bool(self.tokens) and len(self.joined) > 1 and (bool(self.legal) or not self.joined.isdigit())


@dataclass(frozen=True, slots=True)
class Reading:
    """What a printed name holds: the name itself, other names it states (aka), and bracketed abbreviations."""

    main: Name
    others: tuple[Name, ...] = ()
    asides: tuple[Name, ...] = ()


@lru_cache(maxsize=4_096)
def read(text: str) -> Reading:
    """Take a printed name apart. Remarks in brackets that are no name are left out when the rest stands."""
    text = text[:MAX_TEXT]
    text = _SUCCESSORS.sub("", _LEADING_AND.sub("", text)) or text
    parts = [part.strip(" ,;()[]\"'“”") for part in _AKA.split(text)]
    parts = [part for part in parts if part] or [text]
    if len(parts) > 1:
        main, *others = [
            _without_asides(part if part.count("(") == part.count(")") else part.replace("(", " ").replace(")", " "))
            for part in parts
        ]
        asides = [name for _, names in (main, *others) for name in names]
        return Reading(main[0], tuple(name for name, _ in others if name.comparable), tuple(asides))
    name, asides_of = _without_asides(text)
    without_abbreviation = _without_abbreviation(text, name)
    return Reading(name, (without_abbreviation,) if without_abbreviation else (), tuple(asides_of))


def _without_abbreviation(text: str, name: Name) -> Name | None:
    """The name as people write it, where its bracketed abbreviation is the only rare word: "Pakistan Atomic Energy Commission
    (PAEC)" goes without "(PAEC)" as well. None where the abbreviation is left out already, or too little is left."""
    if "(" not in text:
        return None
    bare = analyze(_ABBREVIATION.sub(" ", text))
    shorter = len(bare.tokens) < len(name.tokens)
    return bare if shorter and bare.comparable and len(bare.tokens) >= MIN_WITHOUT_ABBREVIATION else None


def _without_asides(text: str) -> tuple[Name, list[Name]]:
    printed = _ASIDE.findall(text)
    if not printed:
        return analyze(text), []
    soft: list[str] = []
    asides: list[Name] = []
    for aside in printed:
        words = fold(aside).words
        if not words:
            continue
        if code_for(aside) or all(_says_little(word) for word in words):
            soft.append(aside)
        elif not aside.strip()[:1].islower():
            name = analyze(aside)
            if name.comparable:
                asides.append(name)
    core = _ASIDE.sub(lambda match: f" {match.group(1)} " if match.group(1) in soft else " ", text)
    name = analyze(core)
    if not name.comparable or all(piece.kind not in (Kind.WORD, Kind.DIGITS) for piece in name.tokens):
        return analyze(text), asides
    return name, asides


def _says_little(word: str) -> bool:
    return word in PLACES or word in GENERIC or len(word) <= 1 or (word,) in LEGAL_FORMS


@lru_cache(maxsize=4_096)
def analyze(text: str) -> Name:
    """The core of one name, brackets read as plain text."""
    folded = fold(text)
    words, legal = strip_legal(tuple(corrected(word) for word in folded.words))
    surname, comma, _ = text.partition(",")
    core = _core_words(words, surname=bool(comma) and not legal and len(surname.split()) == 1)
    return make_name(tuple(token(word) for word in core)[:MAX_TOKENS], legal, folded.script)


def make_name(tokens: tuple[Token, ...], legal: frozenset[str], script: str) -> Name:
    """Assemble a Name from its parts (also used when an index hands back a stored one)."""
    texts = [piece.text for piece in tokens]
    flat = "".join(piece.raw for piece in tokens)
    weight = sum(piece.weight for piece in tokens)
    return Name(tokens, legal, script, weight, "".join(texts), tuple(sorted(texts)), flat)


def _core_words(words: tuple[str, ...], *, surname: bool) -> list[str]:
    """Words that are compared; the first of "SURNAME, Given" is a name whatever else it may mean: IM, Song Sun."""
    core: list[str] = []
    for index, word in enumerate(words):
        if word in INVISIBLE_WORDS and len(words) > 1 and not (surname and index == 0):
            continue
        if word in _NUMBER_WORDS and index + 1 < len(words) and words[index + 1][0].isdigit():
            continue
        if word == "allah" and core and core[-1] in SERVANT_OF:
            core[-1] = "abdullah"
            continue
        if _joined_to(core, word):
            continue
        servant = _ABD.match(word)
        if servant and not word.startswith(_ABDULLAH):
            core.extend((servant.group(0), word[servant.end() :]))
        elif word.startswith(_ABDULLAH) and len(word) <= 10:
            core.append("abdullah")
        else:
            core.append(_OF_FAITH.sub(r"\1uddin", _OF_GOD.sub(r"\1ullah", word)))
    return core


def _joined_to(core: list[str], word: str) -> bool:
    """Run "of God" and "of the faith" onto the word before: Hidayat Allah and Shams al-Din are one name each."""
    end = "ullah" if word in _GOD else "uddin" if word in _FAITH else ""
    article = end == "uddin" and len(core) > 1 and core[-1] in _ARTICLES
    index = -2 if article else -1
    if not end or len(core) < -index or len(core[index]) < 3 or core[index] in PARTICLES or core[index] in SERVANT_OF:
        return False
    core[index] += end
    if article:
        core.pop()
    return True


_LEGAL_SPELLINGS = (
    ("obshchestv", "obshchestvo"), ("obschestv", "obshchestvo"), ("obshestv", "obshchestvo"), ("aktsionern", "aktsionernoe"),
    ("aktsyyanern", "aktsionernoe"), ("aktsionierne", "aktsionernoe"), ("otvetstvennost", "otvetstvennostyu"),
    ("otvetstvenost", "otvetstvennostyu"),
    ("ogranichen", "ogranichennoi"), ("organichenn", "ogranichennoi"), ("otkryt", "otkrytoe"), ("zakryt", "zakrytoe"),
    ("publichn", "publichnoe"),
    ("tavarystv", "tovarystvo"), ("tovarystv", "tovarystvo"), ("abmezhavan", "ogranichennoi"), ("obmezhen", "ogranichennoi"),
    ("adkaznast", "otvetstvennostyu"), ("vidpovidaln", "otvetstvennostyu"), ("adkrytae", "otkrytoe"), ("companys", "company"),
)  # fmt: skip
_LEGAL_PHRASES = {
    ("obshchestvo", "s", "ogranichennoi", "otvetstvennostyu"): "llc",
    ("tovarystvo", "z", "ogranichennoi", "otvetstvennostyu"): "llc",
    ("tovarystvo", "s", "ogranichennoi", "otvetstvennostyu"): "llc", ("otkrytoe", "aktsionernoe", "obshchestvo"): "jsc",
    ("zakrytoe", "aktsionernoe", "obshchestvo"): "jsc", ("publichnoe", "aktsionernoe", "obshchestvo"): "jsc",
    ("aktsionernoe", "obshchestvo"): "jsc",
    ("aktsionernoe", "obshchestvo", "otkrytogo", "tipa"): "jsc", ("obshchestvo",): "jsc", ("aktsionernoe", "tovarystvo"): "jsc",
    ("otkrytoe", "aktsionernoe", "tovarystvo"): "jsc", ("aktsionernoe", "obshchestvo", "otkrytoe", "tipa"): "jsc",
    ("otkrytoe", "tipa"): "jsc",
}  # fmt: skip
_TAILS = frozenset("international group holding holdings global branch trading".split())
_FORMS = LEGAL_FORMS | _LEGAL_PHRASES
_FIRST = frozenset(form[0] for form in _FORMS)


def _legal_spelling(word: str) -> str:
    if len(word) >= 6:
        for start, spelling in _LEGAL_SPELLINGS:
            if word.startswith(start):
                return spelling
    return word


@lru_cache(maxsize=4_096)
def strip_legal(words: tuple[str, ...]) -> tuple[tuple[str, ...], frozenset[str]]:
    """(core words, classes of legal forms). Short ambiguous forms count at the ends of a name only."""
    words = _form_with_slip(tuple(_legal_spelling(word) for word in words))
    if not any(word in _FIRST for word in words):
        return words, frozenset()
    kept: list[str] = []
    legal: set[str] = set()
    index = 0
    while index < len(words):
        if words[index] in _FIRST:
            for size in range(min(MAX_LEGAL_WORDS, len(words) - index), 0, -1):
                phrase = words[index : index + size]
                kind = _FORMS.get(phrase)
                if kind is None:
                    continue
                if not _in_place("-".join(phrase), not kept, _only_legal_after(words, index + size)):
                    continue
                legal.add(kind)
                index += size
                break
            else:
                kept.append(words[index])
                index += 1
        else:
            kept.append(words[index])
            index += 1
    return tuple(kept), frozenset(legal)


_LONG_FORMS = tuple(form for form in _FORMS if len(form) >= 3 and all(len(word) > 1 for word in form))
_MARKS = frozenset("stock joint liability limited obshchestvo aktsionernoe otvetstvennostyu".split())


def _form_with_slip(words: tuple[str, ...]) -> tuple[str, ...]:
    """A long legal form with a slip in one word put right: "Join Stock Company"."""
    if not any(word in _MARKS for word in words):
        return words
    for form in _LONG_FORMS:
        for start in range(len(words) - len(form) + 1):
            wrong = [(word, expected) for word, expected in zip(words[start:], form, strict=False) if word != expected]
            if not wrong:
                return words
            if len(wrong) == 1 and len(wrong[0][1]) >= 4 and OSA.distance(*wrong[0], score_cutoff=1) <= 1:
                return (*words[:start], *form, *words[start + len(form) :])
    return words


def _in_place(form: str, first: bool, last: bool) -> bool:
    """Whether a form may be a legal form where it stands."""
    if form in LEGAL_PREFIXES:
        return first or last
    return last if form in LEGAL_SUFFIXES else True


def _only_legal_after(words: tuple[str, ...], start: int) -> bool:
    """Whether nothing but legal forms follows, and words that a group puts behind one: Izmarka OU Trading."""
    return all(word in _FIRST or word in INVISIBLE_WORDS or word in _TAILS for word in words[start:])
