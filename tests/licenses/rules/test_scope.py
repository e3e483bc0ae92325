"""Entity List wording becomes codes; unknown wording never frees."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path

import pytest

from licenses.rules.scope import entry_terms, footnotes_in, policy_code, requirement_code
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


def test_an_exception_that_the_entry_grants_is_read_with_its_paragraph() -> None:
    text = "This license requirement may be overcome by License Exception GOV under §740.11(b)(2) and (e)."
    assert entry_terms(ListedAs("EL", "X", license_requirement=text)).exceptions == {"GOV": ("740.11(b)(2)",)}


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
