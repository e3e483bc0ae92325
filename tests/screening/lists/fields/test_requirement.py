"""License requirement and policy texts: every kind of spelling met since 2022, and what must stay OTHER."""

from __future__ import annotations

import csv
import gzip
import json
from collections import Counter
from pathlib import Path

import pytest

from screening.lists.fields.requirement import footnotes_of, policy_code, requirement_code

CASES = Path(__file__).with_name("requirement_cases.csv")
CODES = {"requirement": requirement_code, "policy": policy_code}


def cases() -> list[tuple[str, str, str, str]]:
    """Kind, printed text, code, and the sentence that says what the case is about."""
    with CASES.open(encoding="utf-8", newline="") as lines:
        return [(row["kind"], row["text"], row["code"], row["why"]) for row in csv.DictReader(lines)]


@pytest.mark.parametrize(("kind", "text", "code", "why"), cases())
def test_a_printed_text_gets_its_code(kind: str, text: str, code: str, why: str) -> None:
    assert CODES[kind](text) == code, why


@pytest.mark.parametrize(
    ("text", "footnotes", "why"),
    [
        ("(See §§ 734.9(g),3 746.8(a)(3), and 744.21(b) of the EAR)", ("3",), "glued to a comma"),
        ("(See §734.9(g), 3 §746.8(a)(3), and §744.21(b) of the EAR).", ("3",), "behind a comma and a space"),
        ("see §§ 734.9(e)1, and 744.11 of the EAR2", ("1", "2"), "glued to a bracket and to EAR"),
        ("(See §§ 734.9(e)(2) and 744.11 of the EAR) 4", ("4",), "behind the last bracket"),
        ("(See §734.9(e)(2), and §744.11 of the EAR)4.", ("4",), "before a full stop"),
        ("(See §§ 734.9(g), 746.8(a)(3), and 744.21(b) of the EAR)", ("3",), "the digit lost: the rule cited tells it"),
        ("(See § 744.11 of the EAR)", (), "none"),
        ("(See §§ 734.9(e) and 744.11 of the EAR)", (), "734.9(e) alone does not tell which"),
    ],
)
def test_footnotes(text: str, footnotes: tuple[str, ...], why: str) -> None:
    assert footnotes_of(text) == footnotes, why


def test_every_text_of_a_real_day_is_understood(shared: Path) -> None:
    """Counts of the 3,420 entries of 2026-07-31 equal those computed independently (entity_list_vocabulary.csv)."""
    with gzip.open(shared / "lists/csl/screening_list_2026-07-31.json.gz", "rt", encoding="utf-8") as stream:
        document = json.load(stream)
    tables, found = document["tables"], Counter[tuple[str, str]]()
    for entry in document["entries"]:
        if "(EL)" in tables["sources"][entry["s"]]:
            found["licence_requirement", requirement_code(tables["license_requirements"][entry["lr"]])] += 1
            found["review_policy", policy_code(tables["license_policies"][entry["lp"]])] += 1
    with (shared / "ear/entity_list_vocabulary.csv").open(encoding="utf-8", newline="") as lines:
        expected = {(row["kind"], row["normalised_value"]): int(row["entries_of_3420"]) for row in csv.DictReader(lines)}
    assert dict(found) == {key: count for key, count in expected.items() if key[0] != "fdp_footnote"}
