"""Arabic, Persian and Urdu letters as Latin ones: frequent words by dictionary, the rest letter by letter.

Spelling variants (hamza seats, alif maqsura, ta marbuta, Persian kaf and ya, tatweel) are folded first. Long vowels are
kept as vowels, so that a spelling can be compared as well as a consonant skeleton.
"""

from __future__ import annotations

from screening.matching.lexicon.arabic_words import ARABIC_TABLE

_FOLD = str.maketrans(
    "أإٱىیېےکګةۀہھەﺁؤئںۍټډړښڼڅځژ",
    "اااييييكگهههههآوينيتدرشنسزج",
    "ـء",
)
"""Letters that stand for others; tatweel and a lone hamza go."""
_LETTERS = {
    "ا": "a", "آ": "a", "ب": "b", "پ": "p", "ت": "t", "ٹ": "t", "ث": "th", "ج": "j", "چ": "ch", "ح": "h", "خ": "kh",
    "د": "d", "ڈ": "d",
    "ذ": "dh", "ر": "r", "ڑ": "r", "ز": "z", "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "a",
    "غ": "gh", "ف": "f",
    "ق": "q", "ك": "k", "گ": "g", "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "w", "ي": "y",
}  # fmt: skip


def plain_arabic(word: str) -> str:
    """One spelling for the letters that writers interchange."""
    return word.translate(_FOLD)


def spell_arabic(word: str) -> str:
    """A folded word letter by letter; waw and ya read as vowels inside and at the end, a final ha as a.

    Two consonants that would read as one in Latin letters (s and h, d and j), or the same one twice, had a vowel
    between them that is not written: an a is put there.
    """
    out: list[str] = []
    for index, letter in enumerate(word):
        if index and letter == "و":
            out.append("u")
        elif index and letter == "ي":
            out.append("i")
        elif index == len(word) - 1 and letter == "ه" and index:
            out.append("a")
        else:
            latin = _LETTERS.get(letter, letter)
            if out and (out[-1] + latin in _READ_AS_ONE or (out[-1] == latin and latin not in "aiul")):
                out.append("a")
            out.append(latin)
    return "".join(out)


_READ_AS_ONE = frozenset("sh kh gh th dh zh ch dj".split())


def _words() -> dict[str, str]:
    words: dict[str, str] = {}
    for entry in ARABIC_TABLE.replace("\n", ";").split(";"):
        latin, _, forms = entry.partition(":")
        for form in forms.split():
            words.setdefault(plain_arabic(form), latin.strip())
    return words


ARABIC_WORDS = _words()
"""Folded word -> the Latin spelling or English word lists print."""
