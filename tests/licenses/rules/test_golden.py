"""No word that the rules say changes unseen: every line about many cases, against golden.csv and golden_sentences.txt."""

from __future__ import annotations

import csv
from functools import lru_cache

import pytest

from tests.licenses.rules.make_golden import DIGESTS, SENTENCES, digest, groups


@lru_cache(maxsize=1)
def _kept() -> dict[str, dict[str, str]]:
    """Group -> name of a case -> digest."""
    found: dict[str, dict[str, str]] = {}
    with DIGESTS.open(encoding="utf-8", newline="") as file:
        for group, name, kept in csv.reader(file):
            found.setdefault(group, {})[name] = kept
    return found


@pytest.mark.parametrize("group", groups())
def test_what_is_said_is_what_was_said(group: str) -> None:
    present, kept = dict(groups()[group]()), _kept()[group]
    assert present.keys() == kept.keys(), "cases came or went: write the golden files anew (make_golden.py)"
    changed = {name: lines for name, lines in present.items() if kept[name] != digest(lines)}
    known = set(SENTENCES.read_text(encoding="utf-8").splitlines()) if changed else set()
    new = [f"{name}: {line}" for name, lines in changed.items() for line in lines if line not in known]
    assert not changed, "\n".join(
        (
            "if the change is meant, write the golden files anew (make_golden.py) and read their diff; it is about",
            *list(changed)[:20],
            "new sentences:",
            *new[:20],
        )
    )


def test_no_group_was_dropped() -> None:
    assert _kept().keys() == groups().keys()
