"""Entity List wording becomes codes; unknown wording never frees."""

from __future__ import annotations

import csv
import gzip
import json
from collections import Counter
from pathlib import Path

import pytest

from licenses.rules.determination.entry_terms import ALL, entry_terms, footnotes_in, policy_code, requirement_code
from licenses.rules.types import ListedAs


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("For all items subject to the EAR. (See § 744.11 of the EAR)", "ALL_SUBJECT_TO_EAR"),
        ("All items subject to the EAR", "ALL_SUBJECT_TO_EAR"),
        ("For items on the CCL and listed in supplement no. 7 to part 746 of the EAR", "CCL_PLUS_SUPP7"),
        ("For items on the CCL and EAR 99 items listed in supplement no. 7 to part 746 of the EAR", "CCL_PLUS_SUPP7"),
        ("For any item subject to the EAR listed in supplement no. 2 to part 744.", "SUPP2_PART744"),
        ("For all items subject to the EAR when used in projects specified in § 746.8(a)(4) of the EAR", "OIL_GAS_PROJECTS"),
        ("All items subject to the EAR except for: crude oil", "ALL_EXCEPT_LISTED"),
        ("For all items subject to the EAR (see § 744.11 of the EAR), apart from items authorized by OFAC", "ALL_EXCEPT_LISTED"),
        ("For all items subject to the EAR (See § 744.11), except for EAR99-designated technology", "ALL_EXCEPT_LISTED"),
        ("For all items subject to the EAR, excluding food and medicine", "ALL_EXCEPT_LISTED"),
        ("For all items subject to the EAR with the exception of EAR99 items", "ALL_EXCEPT_LISTED"),
        ("For all items subject to the EAR EXCEPT those of ECCN 1A004", "ALL_EXCEPT_LISTED"),
        ("For all items subject to the EAR. (See § 746.8(a)(4) of the EAR)", "ALL_SUBJECT_TO_EAR"),
        ("", "ALL_SUBJECT_TO_EAR"),
        ("Something that nobody has seen before", "ALL_SUBJECT_TO_EAR"),
    ],
)
def test_requirement_texts(text: str, code: str) -> None:
    assert requirement_code(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Presumption of denial.", "PRESUMPTION_OF_DENIAL"),
        ("Presumption for denial", "PRESUMPTION_OF_DENIAL"),
        ("Policy of Denial", "POLICY_OF_DENIAL"),
        ("Policy of denial for all items subject to the EAR apart from food and medicine", "POLICY_OF_DENIAL_CARVEOUT"),
        (
            "Case-by-case review for ECCNs 1A004.c; and presumption of denial for all other items",
            "PRESUMPTION_OF_DENIAL_CARVEOUT",
        ),
        ("Presumption of denial except case-by-case for items not described in 3B001", "PRESUMPTION_OF_DENIAL_CARVEOUT"),
        ("Case-by-case for all items listed on the CCL. Presumption of approval for EAR99 items", "CASE_BY_CASE_EAR99_APPROVAL"),
        ("Presumption of approval for EAR99 items", "CASE_BY_CASE_EAR99_APPROVAL"),
        ("Case-by-case basis", "CASE_BY_CASE"),
        ("See § 746.8(b)(2) of the EAR", "SEE_SECTION"),
        ("The license application procedure and license review policy is specified in §744.21(d) and (e).", "SEE_SECTION"),
        ("For all items subject to the EAR", "OTHER"),
        ("", ""),
    ],
)
def test_policy_texts(text: str, code: str) -> None:
    assert policy_code(text) == code


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("(See §§ 734.9(g),3 746.8(a)(3), and 744.2l(b) of the EAR)", {"3"}),
        ("see §§ 734.9(e) 1 and 744.11 of the EAR 2", {"1"}),
        ("(See §§ 734.9(e)(2) and 744.11 of the EAR) 4", {"4"}),
        ("(See §§ 734.9(e) and 744.11 of the EAR) 4", {"4"}),
        ("(See §734.9(e), and 744.11 of the EAR)4.", {"4"}),
        ("(See §734.9(e) and §744.11 of the EAR)", {"4"}),
        ("(See §§ 734.4(a)(9), 734.9(e)(3), and 744.11 of the EAR) 5", {"5"}),
        ("(See § 744.11 of the EAR)", set()),
    ],
)
def test_footnotes_in_requirement_texts(text: str, numbers: set[str]) -> None:
    assert footnotes_in(text) == numbers


def test_codes_of_the_caller_come_before_the_text() -> None:
    text = "For all items subject to the EAR"
    hit = ListedAs(
        "EL", "X", license_requirement=text, requirement_code="CCL_PLUS_SUPP7", policy_code="CASE_BY_CASE", footnotes=("4",)
    )
    terms = entry_terms(hit)
    assert (terms.requirement, terms.policy, terms.footnotes) == ("CCL_PLUS_SUPP7", "CASE_BY_CASE", {"4"})


def test_a_code_that_is_not_known_is_read_from_the_text() -> None:
    hit = ListedAs("EL", "X", license_requirement="listed in supplement no. 7 to part 746", requirement_code="OTHER")
    assert entry_terms(hit).requirement == "CCL_PLUS_SUPP7"


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("under §740.11(b)(2) and (e).", ("740.11(b)(2)", "740.11(e)")),
        ("under § 740.11(b)(2) and e.", ("740.11(b)(2)", "740.11(e)")),
        ("under §740.11(b) when used by the U.S Geological Survey.", ("740.11(b)",)),
        ("under § 740.11 of the EAR", ("740.11",)),
    ],
)
def test_an_exception_that_the_entry_grants_is_read_with_its_paragraphs(text: str, paragraphs: tuple[str, ...]) -> None:
    words = f"For all items subject to the EAR. This license requirement may be overcome by License Exception GOV {text}"
    assert entry_terms(ListedAs("EL", "X", license_requirement=words)).exceptions == {"GOV": paragraphs}


def test_an_entry_that_leaves_out_nothing_but_a_granted_exception_reaches_all_items() -> None:
    words = "For all items subject to the EAR. This requirement may be overcome by License Exception GOV under § 740.11(b)(2)."
    assert entry_terms(ListedAs("EL", "X", license_requirement=words, requirement_code="ALL_EXCEPT_LISTED")).requirement == ALL
    crude = "All items subject to the EAR except for: crude oil"
    assert entry_terms(ListedAs("EL", "X", license_requirement=crude, requirement_code="ALL_EXCEPT_LISTED")).requirement != ALL


def test_every_wording_of_the_list_of_2026_is_understood(shared: Path) -> None:
    with gzip.open(shared / "lists/csl/screening_list_2026-07-31.json.gz", "rt", encoding="utf-8") as file:
        data = json.load(file)
    tables, source = data["tables"], data["tables"]["sources"]
    entity = [row for row in data["entries"] if "Entity List" in source[row["s"]]]
    policies = Counter(policy_code(tables["license_policies"][row["lp"]]) for row in entity)
    scopes = Counter(requirement_code(tables["license_requirements"][row["lr"]]) for row in entity if row.get("lr") is not None)
    assert policies["OTHER"] <= 3
    assert scopes["CCL_PLUS_SUPP7"] == 19
    assert 80 <= scopes["OIL_GAS_PROJECTS"] <= 83
    assert scopes["ALL_SUBJECT_TO_EAR"] > 3290


GRANTED, SPACE_STATION = 20, 10
"""Entries that the published counts take as exclusions: a granted GOV (its requirement reaches all items), and a policy of
denial that leaves out the space station (no food or medicine, so denial here)."""


def test_the_codes_count_as_published(shared: Path) -> None:
    with (shared / "ear/entity_list_vocabulary.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    published = {(row["kind"], row["normalised_value"]): int(row["entries_of_3420"]) for row in rows}
    with gzip.open(shared / "lists/csl/screening_list_2026-07-31.json.gz", "rt", encoding="utf-8") as listing:
        data = json.load(listing)
    tables = data["tables"]
    counted: Counter[tuple[str, str]] = Counter()
    for row in data["entries"]:
        if "Entity List" not in tables["sources"][row["s"]]:
            continue
        text = "" if row.get("lr") is None else tables["license_requirements"][row["lr"]]
        counted["licence_requirement", requirement_code(text)] += 1
        counted["review_policy", policy_code(tables["license_policies"][row["lp"]])] += 1
        counted["fdp_footnote", min(footnotes_in(text), default="none")] += 1
    moved = {
        ("licence_requirement", "ALL_SUBJECT_TO_EAR"): GRANTED + 1,  # and one that cites 746.8(a)(4) without naming its projects
        ("licence_requirement", "ALL_EXCEPT_LISTED"): -GRANTED,
        ("licence_requirement", "OIL_GAS_PROJECTS"): -1,
        ("review_policy", "POLICY_OF_DENIAL"): SPACE_STATION,
        ("review_policy", "POLICY_OF_DENIAL_CARVEOUT"): -SPACE_STATION,
    }
    assert counted == {key: count + moved.get(key, 0) for key, count in published.items()}
