"""How common a word is: document frequencies frozen with the engine version, never taken from the loaded lists.

The table counts folded words of names (US lists, stock-exchange companies, person names of many locales) and holds
nothing but words and counts; a word that is not in it is taken to be as rare as can be. Source and date stand in its
first line.
"""

from __future__ import annotations

import gzip
import math
from functools import lru_cache
from pathlib import Path

TABLE = Path(__file__).with_name("data") / "token_frequencies.txt.gz"
FLOOR = 0.12
"""Weight of the most common words: never zero, so that a name of common words can still be told from another."""


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, int], int]:
    """Word -> count, and the number of names counted. Lines: `# …`, `names N`, then `count word word …`."""
    counts: dict[str, int] = {}
    names = 1
    with gzip.open(TABLE, "rt", encoding="ascii") as lines:
        for line in lines:
            head, *words = line.split()
            if head == "names":
                names = int(words[0])
            elif head != "#":
                counts.update(dict.fromkeys(words, int(head)))
    return counts, names


def seen(word: str) -> bool:
    """Whether the word is in the table at all."""
    return word in _table()[0]


def rarity(word: str) -> float:
    """Weight of a word: 1 for a word never seen, falling with the logarithm of its frequency to FLOOR."""
    counts, names = _table()
    count = counts.get(word, 0)
    if count == 0:
        return 1.0
    return max(FLOOR, math.log((names + 1) / (count + 1)) / math.log(names + 1))


def information(word: str) -> float:
    """What meeting a word says: its rarity, and more for a long word never seen, which cannot be met by chance."""
    if seen(word):
        return rarity(word)
    return min(MOST_INFORMATION, 0.4 + 0.1 * len(word))


MOST_INFORMATION = 1.6
"""Of a word of twelve letters or more."""
