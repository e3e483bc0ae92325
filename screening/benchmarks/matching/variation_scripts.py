"""Names as other scripts write them, by simple letter tables: enough to try the engine with, no transliteration standard."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from screening.matching.lexicon.cjk_hebrew_words import HANGUL_SURNAMES
from screening.matching.text.arabic_letters import ARABIC_WORDS
from screening.matching.text.phonetics import sound, squeezed

_TO_CYRILLIC = (
    ("shch", "щ"), ("sch", "щ"), ("zh", "ж"), ("kh", "х"), ("ts", "ц"), ("ch", "ч"), ("sh", "ш"), ("yu", "ю"), ("ya", "я"),
    ("ye", "е"),
    ("yo", "ё"), ("ks", "кс"), ("x", "кс"), ("a", "а"), ("b", "б"), ("v", "в"), ("w", "в"), ("g", "г"), ("d", "д"),
    ("e", "е"), ("z", "з"),
    ("i", "и"), ("y", "й"), ("j", "дж"), ("k", "к"), ("q", "к"), ("l", "л"), ("m", "м"), ("n", "н"), ("o", "о"), ("p", "п"),
    ("r", "р"),
    ("s", "с"), ("t", "т"), ("u", "у"), ("f", "ф"), ("h", "х"), ("c", "к"),
)  # fmt: skip
_TO_ARABIC = (
    ("kh", "خ"), ("ch", "ش"), ("gh", "غ"), ("sh", "ش"), ("th", "ث"), ("dh", "ذ"), ("aa", "ا"), ("ee", "ي"), ("oo", "و"),
    ("ou", "و"),
    ("b", "ب"),
    ("t", "ت"), ("j", "ج"), ("h", "ه"), ("d", "د"), ("r", "ر"), ("z", "ز"), ("s", "س"), ("f", "ف"), ("q", "ق"), ("k", "ك"),
    ("l", "ل"),
    ("m", "م"), ("n", "ن"), ("w", "و"), ("u", ""), ("y", "ي"), ("i", ""), ("a", ""), ("e", ""), ("o", "و"), ("p", "ب"),
    ("v", "ف"),
    ("g", "ج"), ("c", "ك"), ("x", "كس"),
)  # fmt: skip
_HAN = {
    "wang": "王", "li": "李", "zhang": "张", "liu": "刘", "chen": "陈", "yang": "杨", "huang": "黄", "zhao": "赵",
    "wu": "吴", "zhou": "周",
    "xu": "徐", "sun": "孙", "ma": "马", "zhu": "朱", "hu": "胡", "guo": "郭", "he": "何", "lin": "林", "gao": "高", "luo": "罗",
    "zheng": "郑", "liang": "梁", "xie": "谢", "song": "宋", "tang": "唐", "deng": "邓", "feng": "冯", "han": "韩", "cao": "曹",
    "peng": "彭", "xiao": "晓", "tian": "田", "dong": "东", "pan": "潘", "yuan": "元", "cai": "蔡", "jiang": "江",
    "yu": "宇", "du": "杜",
    "ye": "叶", "cheng": "成", "wei": "伟", "ming": "明", "jun": "军", "hua": "华", "guang": "光", "hong": "红",
    "jian": "建", "yong": "勇",
    "jie": "杰", "tao": "涛", "chao": "超", "qiang": "强", "lei": "磊", "bin": "斌", "bo": "波", "hui": "辉", "gang": "刚",
    "ping": "平",
    "ling": "玲", "mei": "梅", "fang": "芳", "na": "娜", "jing": "静", "min": "敏", "yan": "燕", "xia": "霞", "qing": "青",
    "rong": "荣",
    "zhi": "志", "xin": "新", "ke": "科", "da": "大", "zhong": "中", "shi": "石", "long": "龙", "fei": "飞", "hai": "海",
    "shan": "山",
    "jin": "金", "yi": "义", "fu": "福", "xiang": "祥", "sheng": "胜", "ning": "宁", "kai": "凯", "bao": "宝", "an": "安",
    "shu": "书",
    "xing": "星", "hao": "浩", "lan": "兰", "qi": "奇", "wen": "文", "xuan": "轩", "ding": "丁", "rui": "瑞", "ting": "婷",
    "tai": "泰",
}  # fmt: skip
_INITIALS = ("g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h")
_MEDIALS = (
    "a",
    "ae",
    "ya",
    "yae",
    "o",
    "e",
    "yo",
    "ye",
    "o2",
    "wa",
    "wae",
    "oe",
    "yo2",
    "u",
    "wo",
    "we",
    "wi",
    "yu",
    "u2",
    "ui",
    "i",
)
_FINALS = {"": 0, "k": 1, "g": 1, "n": 4, "t": 7, "l": 8, "m": 16, "p": 17, "ng": 21}
_SYLLABLE = re.compile(
    r"(ch|kk|tt|pp|ss|jj|[gkntrlmbpshjdy]?)(wae|yae|yeo|eo|eu|ae|oe|ui|wa|wo|we|wi|ya|yo|yu|ye|a|o|u|i|e|oo|ou|ee)(ng|[knmptlg](?![aeiouy]))?$"
)


def _words(name: str) -> list[str]:
    return [word for word in re.split(r"[\s,]+", name) if word]


def _latin_letters(name: str) -> str:
    """Lower-case Latin letters of the words, spaces between them."""
    return re.sub(r"[^a-z ]", "", " ".join(_words(name)).lower())


def _by_table(name: str, table: tuple[tuple[str, str], ...]) -> str | None:
    text = _latin_letters(name)
    out: list[str] = []
    start = 0
    while start < len(text):
        for latin, letter in table:
            if text.startswith(latin, start):
                out.append(letter)
                start += len(latin)
                break
        else:
            out.append(text[start])
            start += 1
    return "".join(out).strip() or None


def cyrillic(name: str, rng: random.Random) -> str | None:
    """Spelt in Cyrillic letters."""
    return _by_table(name, _TO_CYRILLIC) if rng is not None else None


def arabic(name: str, rng: random.Random) -> str | None:
    """Spelt as Arabic writes it: known names by their spelling, others by rule.

    By rule short vowels are left out, a first vowel is an alif, a last one and i, u before a last consonant are long
    and written, a doubled letter is written once.
    """
    words = [word for word in _latin_letters(name.replace("-", " ")).split() if word not in ("al", "el") and len(word) > 1]
    spelt = [_KNOWN_ARABIC.get(sound(word)) or _arabic_word(word) for word in words]
    return " ".join(spelt) if len(spelt) > 1 and rng is not None else None


_KNOWN_ARABIC = {sound(latin): form for form, latin in reversed(ARABIC_WORDS.items()) if len(latin) > 2}
_LONG = re.compile(r"(?<=[^aeiou])(?:ee|i|ou|oo|u)(?=[^aeiou]$)")


def _arabic_word(word: str) -> str:
    first = "ا" if word[0] in "aeiou" else ""
    last = {"i": "ي", "a": "ا", "u": "و", "e": "ي"}.get(word[-1], "")
    word = _LONG.sub(lambda vowel: "ee" if vowel.group(0) in ("ee", "i") else "oo", squeezed(word))
    return first + (_by_table(word, _TO_ARABIC) or "") + last


def _syllables(word: str, known: Callable[[str], str | None]) -> str | None:
    """A word cut into known syllables, longest first; None when it cannot be."""
    if not word:
        return ""
    for size in range(min(6, len(word)), 0, -1):
        syllable = known(word[:size])
        if syllable is not None:
            rest = _syllables(word[size:], known)
            if rest is not None:
                return syllable + rest
    return None


def han(name: str, rng: random.Random) -> str | None:
    """A Chinese person's name in Han letters, family name first."""
    if "," not in name:
        return None
    words = _latin_letters(name).split()
    parts = [_syllables(word, _HAN.get) for word in words]
    return "".join(part for part in parts if part) if 2 <= len(words) <= 3 and all(parts) and rng is not None else None


def _hangul_syllable(text: str) -> str | None:
    match = _SYLLABLE.match(text)
    if not match:
        return None
    first, vowel, last = match.groups()
    glide = first == "y"
    if glide:
        first, vowel = "", "y" + vowel
    if text.startswith("ch") and last == "l":
        return "철"
    vowel = {"eo": "o", "yeo": "yo", "oo": "u", "ou": "o", "ee": "i", "eu": "u2", "yeu": "yu", "yee": "i"}.get(vowel, vowel)
    first = {"l": "r", "k": "g", "t": "d", "p": "b", "ch": "j", "sh": "s"}.get(first, first)
    if first not in _INITIALS or vowel not in _MEDIALS:
        return None
    # One Latin "o" stands for two Hangul vowels: mostly eo before a final consonant, o without one.
    middle = {"o": 4 if last else 8, "yo": 6 if last else 12}.get(vowel, _MEDIALS.index(vowel))
    return chr(0xAC00 + (_INITIALS.index(first) * 21 + middle) * 28 + _FINALS[last or ""])


def hangul(name: str, rng: random.Random) -> str | None:
    """A Korean person's name in Hangul, family name first."""
    words = _latin_letters(name.replace("-", " ")).split()
    family = next((char for char, latin in HANGUL_SURNAMES.items() if words and latin == words[0]), None)
    parts = [family if index == 0 and family else _syllables(word, _hangul_syllable) for index, word in enumerate(words)]
    return "".join(part for part in parts if part) if 2 <= len(words) <= 3 and all(parts) and rng is not None else None
