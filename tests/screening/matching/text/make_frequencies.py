"""Count the words of innocent names anew: `python -m tests.screening.matching.text.make_frequencies COMPANIES.tsv[.gz]`.

Companies come from a file, one name a line (or first column of a TSV); only the half of them that accuracy is never
measured on is counted. Persons are made with Faker. Words and counts are kept, names are not. Raise ENGINE_VERSION after.
"""

from __future__ import annotations

import gzip
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from faker import Faker

from screening.benchmarks.matching.accuracy import COUNTED, half_of_name
from screening.benchmarks.matching.sources import LOCALES
from screening.matching.names.parse import analyze
from screening.matching.text.frequencies import COMPANIES, PERSONS

MIN_COUNT = 2
"""Words met once may be anybody's and are left out."""
PERSONS_EACH, SEED = 1_000, 991
"""Names of a locale; another seed than accuracy is measured with, though Faker has only so many names."""


def write(path: Path, source: str, names: Sequence[str]) -> None:
    """One table: a line a count, the words that were met so often behind it."""
    counts = Counter(word for name in names for word in {token.text for token in analyze(name).tokens})
    by_count: dict[int, list[str]] = {}
    for word, count in sorted(counts.items()):
        if count >= MIN_COUNT and word.isascii():
            by_count.setdefault(count, []).append(word)
    lines = [f"# words and document counts: {source}; words seen {MIN_COUNT} times or more", f"names {len(names)}"]
    lines += [f"{count} {' '.join(words)}" for count, words in sorted(by_count.items(), reverse=True)]
    with path.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as out:
        out.write(("\n".join(lines) + "\n").encode("ascii"))


def companies(path: str) -> Iterable[str]:
    """Names of the half that is counted."""
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            name = line.rstrip("\n").split("\t")[0]
            if name and half_of_name(name) == COUNTED:
                yield name


def persons() -> Iterable[str]:
    """Given and family names of many countries."""
    for locale in LOCALES:
        source = Faker(locale)
        source.seed_instance(SEED)
        for _ in range(PERSONS_EACH):
            yield f"{source.first_name()} {source.last_name()}"


def main() -> None:
    """Write both tables."""
    write(COMPANIES, "half of the exchange companies of 2021", list(companies(sys.argv[1])))
    write(PERSONS, f"person names made with Faker, {len(LOCALES)} locales", list(persons()))


if __name__ == "__main__":
    main()
