"""How common a word is: document frequencies frozen with the engine version, never taken from the loaded lists.

Two questions, two sources. How much a word counts inside a name (`rarity`) is read from a table of listed and innocent
names together. What meeting a word says (`information`) depends on how often innocent names hold it, and on nothing
else: a word that fills a control list and is met nowhere else says a great deal. The tables hold nothing but words and
counts; a word that is not in one is taken to be as rare as can be. Source and date stand in the first line of each.
"""

from __future__ import annotations

import gzip
import math
from functools import lru_cache
from pathlib import Path

_DATA = Path(__file__).with_name("data")
TABLE = _DATA / "token_frequencies.txt.gz"
"""Listed and innocent names together."""
COMPANIES, PERSONS = _DATA / "company_frequencies.txt.gz", _DATA / "person_frequencies.txt.gz"
"""Innocent names, companies and persons apart: a word common in either says little."""
TABLES = (TABLE, COMPANIES, PERSONS)
FLOOR = 0.12
"""Weight of the most common words: never zero, so that a name of common words can still be told from another."""
MAX_INFORMATION = 1.6
"""Of a word of twelve letters or more."""


@lru_cache(maxsize=len(TABLES))
def _table(path: Path) -> tuple[dict[str, int], int]:
    """Word -> count, and the number of names counted. Lines: `# …`, `names N`, then `count word word …`."""
    counts: dict[str, int] = {}
    names = 1
    with gzip.open(path, "rt", encoding="ascii") as lines:
        for line in lines:
            head, *words = line.split()
            if head == "names":
                names = int(words[0])
            elif head != "#":
                counts.update(dict.fromkeys(words, int(head)))
    return counts, names


def _rarity(word: str, path: Path) -> float:
    counts, names = _table(path)
    count = counts.get(word, 0)
    if count == 0:
        return 1.0
    return max(FLOOR, math.log((names + 1) / (count + 1)) / math.log(names + 1))


def seen(word: str) -> bool:
    """Whether the word is in the table of all names."""
    return word in _table(TABLE)[0]


def rarity(word: str) -> float:
    """Weight of a word: 1 for a word never seen, falling with the logarithm of its frequency to FLOOR."""
    return _rarity(word, TABLE)


def information(word: str) -> float:
    """What meeting a word says: its rarity among innocent names, and more for a long word that none of them holds, which
    cannot be met by chance."""
    known = [_rarity(word, path) for path in (COMPANIES, PERSONS) if word in _table(path)[0]]
    return min(known, default=min(MAX_INFORMATION, 0.4 + 0.1 * len(word)))
