"""Scripts: which one a letter is of, look-alikes across them, and words of other scripts spelt in Latin letters.

Look-alikes are folded only inside a word that mixes scripts, or in a word made of look-alikes alone beside Latin
words, so that a Cyrillic name stays Cyrillic. Source of the pairs: Unicode confusables (UTS 39), letters only.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from functools import lru_cache

from anyascii import anyascii

from screening.matching.lexicon.cjk_hebrew_words import HAN_WORDS, HANGUL_SURNAMES, HANGUL_WORDS, HEBREW_WORDS

from .arabic_letters import ARABIC_WORDS, plain_arabic, spell_arabic

_RANGES = (
    (0x0041, "Latn"), (0x0250, "Latn"), (0x02B0, ""), (0x0370, "Grek"), (0x0400, "Cyrl"), (0x0530, "Armn"), (0x0590, "Hebr"),
    (0x0600, "Arab"), (0x0700, ""), (0x0750, "Arab"), (0x0780, ""), (0x08A0, "Arab"), (0x0900, "Indc"), (0x0E00, "Thai"),
    (0x0F00, ""), (0x1000, "Mymr"), (0x10A0, "Geor"), (0x1100, "Hang"), (0x1200, "Ethi"), (0x13A0, "Cher"), (0x1400, ""),
    (0x1780, "Khmr"), (0x1800, ""), (0x1D00, "Latn"), (0x1DC0, ""), (0x1E00, "Latn"), (0x1F00, "Grek"), (0x2000, ""),
    (0x2C60, "Latn"), (0x2C80, "Copt"), (0x2D00, "Geor"), (0x2D30, ""), (0x2DE0, "Cyrl"), (0x2E00, ""), (0x3040, "Kana"),
    (0x3100, ""), (0x3130, "Hang"), (0x3190, ""), (0x31F0, "Kana"), (0x3200, ""), (0x3400, "Hani"), (0xA000, ""),
    (0xA640, "Cyrl"),
    (0xA6A0, ""), (0xA720, "Latn"), (0xA800, ""), (0xAB30, "Latn"), (0xAC00, "Hang"), (0xD800, ""), (0xF900, "Hani"),
    (0xFB00, ""),
    (0xFB50, "Arab"), (0xFE00, ""), (0xFE70, "Arab"), (0xFF00, ""), (0x20000, "Hani"), (0x32000, ""),
)  # fmt: skip
_STARTS = [start for start, _ in _RANGES]

_LOOKALIKE_PAIRS = (
    "аa вb сc ԁd еe һh іi јj кk мm нh оo рp ѕs тt уy хx ѵv ԝw ԛq гr пn "
    "АA ВB СC ЕE НH ІI ЈJ КK МM ОO РP ЅS ТT УY ХX ԜW ԚQ ҮY "
    "αa οo νv ρp υu ιi κk τt χx ηn ωw γy ϲc ϳj ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX "
    "օo սu հh ոn ցg ԍg Ꭺa Ᏼb Ꮯc Ꭰd Ꭼe Ꮋh Ꭻj Ꮶk Ꮮl Ꮇm Ꮲp Ꭱr Ꮪs Ꭲt Ꮩv Ꮃw Ꮓz ɡg ɑa ıi ƽs ǃl ⲟo ⲣp ⲥc"
)
TO_LATIN = {str(pair)[:1]: str(pair)[1:] for pair in _LOOKALIKE_PAIRS.split()}
_TO_CYRILLIC = {
    latin: cyrillic
    for cyrillic, latin in TO_LATIN.items()
    if "\u0400" <= cyrillic <= "\u052f" and cyrillic not in "\u0433\u043f\u043d\u050d"
}
_ARABIC_STARTS = (("عبدال", "abdul"), ("وال", "al"), ("بال", "al"), ("ال", "al"), ("لل", "al"))
"""Servant of the -, and the -, by the -, the -, for the - : particles written onto the word."""
_WORDS = re.compile(r"[^\W\d_]+")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U00031fff]+")
_HANGUL = re.compile("[\uac00-\ud7a3]+")
_HAN_NUMBER = re.compile(r"第?([〇零一二三四五六七八九十百]+)(?=研究|所|厂|院|工厂|研|機|机|局|部|集团)")
_HAN_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0}


@lru_cache(maxsize=4_096)
def script_of(char: str) -> str:
    """ISO 15924-like code of a letter's script; "" for what is no letter of a script we tell apart."""
    if not char.isalpha():
        return ""
    index = bisect_right(_STARTS, ord(char)) - 1
    return _RANGES[index][1] if index >= 0 else ""


def main_script(text: str) -> str:
    """Script of most letters, one Han or Hangul letter counting as two; "Latn" where there is none."""
    counts = Counter(script for script in map(script_of, text) if script)
    for script in ("Hani", "Hang", "Kana"):
        counts[script] *= 2
    best = max(counts, key=lambda script: (counts[script], script), default="Latn")
    return best if counts[best] else "Latn"


def keeps_marks(char: str) -> bool:
    """Whether a combining mark is a vowel sign of its script (Indic, Thai and neighbors) and must stay."""
    return 0x0900 <= ord(char) <= 0x0EFF or 0x1000 <= ord(char) <= 0x109F or 0x1780 <= ord(char) <= 0x17FF


def unmix(text: str) -> str:
    """Fold look-alike letters: inside words that mix scripts, and in words of look-alikes alone beside Latin ones."""
    latin_beside = any(script_of(char) == "Latn" for char in text)

    def word(match: re.Match[str]) -> str:
        letters = match.group(0)
        kinds = Counter(script for script in map(script_of, letters) if script)
        if not kinds or set(kinds) <= {"Latn"}:
            return "".join(TO_LATIN.get(char, char) for char in letters) if any(char in TO_LATIN for char in letters) else letters
        if len(kinds) == 1:
            if latin_beside and all(char in TO_LATIN for char in letters):
                return "".join(TO_LATIN[char] for char in letters)
            return letters
        if (
            "Latn" in kinds
            and kinds["Cyrl"] > kinds["Latn"]
            and all(c in _TO_CYRILLIC for c in letters if script_of(c) == "Latn")
        ):
            strange = sum(1 for char in letters if script_of(char) == "Cyrl" and char not in TO_LATIN)
            if strange:
                return "".join(_TO_CYRILLIC.get(char, char) for char in letters)
        if "Latn" in kinds or kinds["Cyrl"] == 0:
            return "".join(TO_LATIN.get(char, char) for char in letters)
        return letters

    return _WORDS.sub(word, text)


def spell_out(text: str) -> str:
    """Han, Hangul, Arabic and Hebrew words as Latin words: known words translated, the rest read by sound."""
    if _HAN.search(text):
        text = _HAN_NUMBER.sub(lambda match: f" {_han_number(match.group(1))} ", text)
        text = _HAN.sub(lambda match: f" {_han(match.group(0))} ", text)
    if _HANGUL.search(text):
        # Beside a surname that stands alone the other word is a given name, whatever syllable it begins with.
        apart = any(run in HANGUL_SURNAMES for run in _HANGUL.findall(text))
        text = _HANGUL.sub(lambda match: f" {_hangul(match.group(0), given=apart)} ", text)
    words = text.split()
    if any("\u0590" <= word[0] <= "\u08ff" for word in words):
        text = " ".join(_semitic(word) for word in words)
    return text


def _han_number(chars: str) -> str:
    total, digit = 0, 0
    if not any(char in "十百" for char in chars):
        return "".join(str(_HAN_DIGITS[char]) for char in chars)
    for char in chars:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = _HAN_DIGITS[char]
    return str(total + digit)


def _segment(run: str, words: dict[str, str], longest: int) -> list[tuple[str, bool]]:
    """Longest known words first, from the left: (text, known)."""
    parts: list[tuple[str, bool]] = []
    start = 0
    unread = 0
    while start < len(run):
        for size in range(min(longest, len(run) - start), 1, -1):
            known = words.get(run[start : start + size])
            if known is not None:
                if unread < start:
                    parts.append((run[unread:start], False))
                parts.append((known, True))
                start += size
                unread = start
                break
        else:
            start += 1
    if unread < len(run):
        parts.append((run[unread:], False))
    return parts


_LONGEST_HAN = max(map(len, HAN_WORDS))
_LONGEST_HANGUL = max(map(len, HANGUL_WORDS))


def _han(run: str) -> str:
    parts = _segment(run, HAN_WORDS, _LONGEST_HAN)
    if len(parts) == 1 and not parts[0][1] and 2 <= len(run) <= 4:
        # A short run alone is most often a person: family name, then the given name as one word.
        return f"{anyascii(run[0])} {anyascii(run[1:])}"
    return " ".join(text if known else anyascii(text) for text, known in parts)


def _hangul(run: str, *, given: bool) -> str:
    if run in HANGUL_SURNAMES:
        return HANGUL_SURNAMES[run]
    parts = _segment(run, HANGUL_WORDS, _LONGEST_HANGUL)
    if not given and len(parts) == 1 and not parts[0][1] and 2 <= len(run) <= 4 and run[0] in HANGUL_SURNAMES:
        return f"{HANGUL_SURNAMES[run[0]]} {anyascii(run[1:])}"
    return " ".join(text if known else anyascii(text) for text, known in parts)


def _semitic(word: str) -> str:
    bare = plain_arabic(word.strip('.,;:()"«»،'))
    if bare in HEBREW_WORDS:
        return HEBREW_WORDS[bare]
    if not bare or not "\u0600" <= bare[0] <= "\u08ff":
        return word
    known = ARABIC_WORDS.get(bare)
    if known is not None:
        return known
    for start, latin in _ARABIC_STARTS:
        if bare.startswith(start) and len(bare) > len(start) + 1:
            rest = bare[len(start) :]
            return f"{latin} {ARABIC_WORDS.get(rest) or spell_arabic(rest)}"
    return spell_arabic(bare)
