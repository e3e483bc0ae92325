"""A control list's row: what it may say, and what of it is law."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from licenses.rules.tables.list_facts import Effect
from licenses.rules.tables.loader import DATA, TableError, load, read_tables
from tests.licenses.rules.builders import DAY, rules

TABLE = "list_effects.csv"


def changed(folder: Path, code: str, **columns: str) -> Path:
    """The product's tables with other words or another effect in the row of one list."""
    shutil.copytree(DATA, folder, dirs_exist_ok=True)
    with (DATA / TABLE).open(encoding="utf-8", newline="") as file:
        rows: list[Mapping[str, str]] = list(csv.DictReader(file))
    with (folder / TABLE).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({**row, **columns} if row["list"] == code else row for row in rows)
    return folder


REFUSED = [
    ("an effect nobody knows", {"effect": "statement"}, "effect 'statement' is none of stop, requirement"),
    ("no name", {"name": " "}, "name is blank"),
    ("no sentence for reviewers", {"sentence": ""}, "sentence is blank"),
    ("the code of another list", {"list": "EL"}, "EL has the rule_id LIST-EL already"),
]


@pytest.mark.parametrize(("sentence", "columns", "words"), REFUSED, ids=[case[0] for case in REFUSED])
def test_a_row_that_says_nothing_or_too_much_is_refused(
    tmp_path: Path, sentence: str, columns: Mapping[str, str], words: str
) -> None:
    with pytest.raises(TableError, match=words):
        read_tables(changed(tmp_path, "UN", **columns))


def test_the_effect_is_law_and_the_name_is_not(tmp_path: Path) -> None:
    law = load().in_force(DAY).digest
    assert read_tables(changed(tmp_path, "UN", name="Security Council", sentence="Listed.")).in_force(DAY).digest == law
    assert read_tables(changed(tmp_path, "UN", effect="info")).in_force(DAY).digest != law
    assert read_tables(changed(tmp_path, "UN", words="listed there")).in_force(DAY).digest != law


@pytest.mark.parametrize("effect", Effect)
def test_lists_of_every_effect_are_known(effect: Effect) -> None:
    known = [facts for facts in rules().lists.effects() if facts.effect is effect]
    assert known
    assert all(rules().lists.effect(facts.list) == facts for facts in known)
