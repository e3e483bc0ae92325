"""How alike two words are: by spelling, by sound, and by consonants where a script leaves the spelling open."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import OSA

from screening.matching.lexicon.cjk_hebrew_words import KOREAN_SURNAMES

from .phonetics import consonant_skeleton, consonants, softened, sound
from .tokens import Kind, Token

MIN_RUN_SOUND = 0.88
"""Likeness of sound under which words run together are not the other word: Songchol is not Tongchol."""
_DOUBLED, _SWAPPED, _OMITTED, _OTHER_OF_THREE = 0.5, 0.65, 0.85, 1.25
"""Cost in edits of a doubled letter, two letters swapped, one left out, and one of three letters changed."""
BESIDE = 0.95
"""Cost in edits of the next letter on the keyboard."""
_KEYS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
MIN_SAME_SOUNDS, SAME_SOUND = 6, 0.92
"""Words of so many sounds that all agree are spellings of one name: Zelvedev, Zelwedew; and how alike they are."""
LIKE_ENOUGH = 0.3
"""Least spelling in common for consonants to carry a match."""
SOUND_SHARE = 0.6
"""Weight of how a word sounds against how it is spelt: Mohammed/Muhamad must meet, Coty/Cotei must not."""
ALIKE_SOFTENED = 0.84
"""Least likeness of two softened spellings: a Korean name with another vowel is another name, Seong-ho and Sang-ho."""
SURNAME = 0.93
"""Two spellings of one Korean surname."""
SURNAME_GROUP = {spelling: group for group, spellings in enumerate(KOREAN_SURNAMES) for spelling in spellings}
LOOSE_SCRIPTS = frozenset(("Arab", "Hebr", "Indc", "Thai", "Mymr", "Khmr", "Ethi", "Kana", "Hang"))
"""Scripts whose letters leave much of the Latin spelling open, so consonants alone may carry a match."""


def written_apart(first: str, second: str) -> bool:
    """Whether two scripts differ and one of them leaves the Latin spelling open."""
    return first != second and (first in LOOSE_SCRIPTS or second in LOOSE_SCRIPTS)


def similarity(first: Token, second: Token, cross_script: bool = False, abjad: bool = False) -> tuple[float, str]:
    """(0-1, how) of two words. `cross_script`: written in different scripts, so sound counts for more."""
    if first.kind is Kind.DIGITS or second.kind is Kind.DIGITS:
        return (1.0, "same") if first.text == second.text else (0.0, "")
    best = _similarity(first.text, second.text, cross_script, abjad)
    if first.raw != first.text or second.raw != second.text:
        # A slip in a word that has an English one: Sovremsnnye for Sovremennye.
        written = _similarity(first.raw, second.raw, cross_script, abjad)
        return written if written[0] > best[0] else best
    return best


@lru_cache(maxsize=16_384)
def _similarity(first: str, second: str, cross_script: bool, abjad: bool) -> tuple[float, str]:
    if first == second:
        return 1.0, "same"
    short, long = (len(first), len(second)) if len(first) <= len(second) else (len(second), len(first))
    if short < 2 and not cross_script:
        return 0.0, ""
    best = _spelt(first, second, short, long) if 2 * short >= long else 0.0
    how = "near"
    sound_alike = _sound_alike(first, second)
    if sound_alike >= 0.8:
        mixed = SOUND_SHARE * sound_alike + (1.0 - SOUND_SHARE) * best
        if sound_alike == 1.0 and min(len(sound(first)), len(sound(second))) >= MIN_SAME_SOUNDS:
            mixed = max(mixed, SAME_SOUND)
        if mixed > best:
            best, how = mixed, "sound"
    if cross_script:
        skeleton = _consonants(first, second, abjad)
        if skeleton > best and (best >= LIKE_ENOUGH or skeleton == SURNAME):
            best, how = skeleton, "consonants"
    if first[0] != second[0] and how == "near":
        best -= 0.04
    return best, how


def _spelt(first: str, second: str, short: int, long: int) -> float:
    """Edit similarity in which the commonest slips cost less than a letter that is simply another one."""
    edits = float(OSA.distance(first, second))
    if edits == 1.0:
        edits = slip_cost(first, second)
        if edits == 1.0 and short <= 3:
            # One letter of three is as often another word as a slip: Ali/Adi, Kim/Kin.
            edits = _OTHER_OF_THREE
    return 1.0 - edits / long


def slip_cost(first: str, second: str) -> float:
    """Cost in edits of the one edit between two spellings: a letter doubled, swapped, left out, or another one (1)."""
    if len(first) == len(second):
        return _SWAPPED if sorted(first) == sorted(second) else 1.0
    short, long = (first, second) if len(first) < len(second) else (second, first)
    position = next((index for index, letter in enumerate(short) if letter != long[index]), len(short))
    return _DOUBLED if position and long[position] == long[position - 1] else _OMITTED


def _neighbors() -> frozenset[str]:
    """Pairs of letters that lie side by side, or one below the other, on a QWERTY keyboard."""
    pairs = set()
    for row, keys in enumerate(_KEYS):
        below = _KEYS[row + 1] if row + 1 < len(_KEYS) else ""
        for column, key in enumerate(keys):
            for neighbor in keys[column + 1 : column + 2] + below[max(0, column - 1) : column + 1]:
                pairs |= {key + neighbor, neighbor + key}
    return frozenset(pairs)


_BESIDE = _neighbors()


def beside(first: str, second: str) -> bool:
    """Whether two letters are neighbors on the keyboard, where the finger slips."""
    return first + second in _BESIDE


def _sound_alike(first: str, second: str) -> float:
    similarity = _sound_similarity(first, second)
    if similarity < 1.0 and {first[0], second[0]} == {"j", "y"}:
        # German and Slavic writers put j where English ones put y: Jurij, Yuri.
        similarity = max(similarity, _sound_similarity("y" + first[1:], "y" + second[1:]))
    return similarity


def _sound_similarity(first: str, second: str) -> float:
    from_a, from_b = sound(first), sound(second)
    if from_a == from_b:
        return 1.0 if len(from_a) > 2 else 0.85
    return OSA.normalized_similarity(from_a, from_b)


def _consonants(first: str, second: str, abjad: bool) -> float:
    """Likeness of two words of which one was written in letters that leave much of the spelling open."""
    if not abjad:
        if SURNAME_GROUP.get(first, first) == SURNAME_GROUP.get(second, second):
            return SURNAME
        soft = OSA.normalized_similarity(softened(first), softened(second))
        skeletons = consonant_skeleton(first), consonant_skeleton(second)
        same = 0.84 if skeletons[0] == skeletons[1] and len(skeletons[0]) >= 4 else 0.0
        alike = 0.86 * soft if soft >= ALIKE_SOFTENED else 0.0
        return max(same, 0.93 if soft == 1.0 and min(len(first), len(second)) > 2 else alike)
    skeleton, other = consonants(first), consonants(second)
    shorter = min(len(skeleton), len(other))
    if not shorter:
        return 0.0
    # One letter is j to most writers and g to Egyptians: Rajab, Ragab.
    if skeleton == other or (
        "g" in first + second and consonants(first.replace("g", "j")) == consonants(second.replace("g", "j"))
    ):
        return (0.0, 0.62, 0.8, 0.88, 0.93)[min(len(skeleton), 4)]
    return 0.86 * OSA.normalized_similarity(skeleton, other) if shorter >= 4 else 0.0


@lru_cache(maxsize=16_384)
def run_similarity(run: str, word: str, cross_script: bool, abjad: bool) -> tuple[float, str]:
    """(0-1, how) of words run together and the word they may make."""
    score = OSA.normalized_similarity(run, word)
    if not cross_script or not 0.9 > score >= LIKE_ENOUGH:
        return score, "joined"
    sound_alike = _sound_alike(run, word)
    score = max(score, 0.95 * sound_alike) if sound_alike >= MIN_RUN_SOUND else score
    skeleton = _consonants(run, word, abjad)
    return (skeleton, "consonants") if skeleton > score else (score, "joined")
