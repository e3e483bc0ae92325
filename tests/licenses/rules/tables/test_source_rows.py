"""The product's tables against the facts they were made from, row by row and cell by cell.

The facts are not part of the repository: the tests skip where they are away (tests/conftest.py).
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from licenses.rules.tables.loader import DATA

Row = dict[str, str]
Key = Callable[[Row], tuple[str, ...]]

CHART = ("CB1", "CB2", "CB3", "NP1", "NP2", "NS1", "NS2", "MT1", "RS1", "RS2", "FC1", "CC1", "CC2", "CC3", "AT1", "AT2")
GROUPS = ("A1", "A2", "A3", "A4", "A5", "A6", "B", "D1", "D2", "D3", "D4", "D5", "E1", "E2")


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _columns(*names: str) -> Key:
    return lambda row: tuple(_plain(row[name]) for name in names)


def _plain(cell: str) -> str:
    """As the product keeps a cell: US spelling, a pointer without its remark, and the two sorts of `limited` ECCNs of Supp. 2
    to part 744 whose note sets a parameter."""
    cell = cell.replace("licence", "license").replace("authorised", "authorized").removeprefix("see ").partition(" (85 FR")[0]
    return "limited" if cell.startswith("parameters_") else " ".join(cell.split())


def _only(table: str, column: str, value: str) -> list[Row]:
    return [row for row in _read(DATA / f"{table}.csv") if row[column] == value]


@pytest.mark.parametrize(
    ("source", "table", "theirs", "ours"),
    [
        ("country_chart", "country_chart", _columns("iso2", *CHART, "footnotes", "row_kind", "pointer"), None),
        ("country_groups", "country_groups", _columns("iso2", *GROUPS), None),
        (
            "ccl",
            "ccl_entries",
            _columns("eccn", "category", "product_group", "series", "heading_keywords", "lvs", "gbs", "other_list_exceptions",
                     "sta_restriction", "sta_restriction_paras"),
            _columns("eccn", "category", "product_group", "series", "heading_words", "lvs", "gbs", "list_exceptions",
                     "sta_restriction", "sta_paragraphs"),
        ),
        (
            "ccl_controls",
            "ccl_controls",
            lambda row: (f"{row['eccn']}-{row['row']}", *_columns("eccn", "reason", "scope_kind", "scope_refs", "except_refs",
                         "scope_conditional", "requirement_kind", "chart_columns")(row)),
            _columns("rule_id", "eccn", "reason", "scope_kind", "scope_refs", "except_refs", "scope_conditional",
                     "requirement_kind", "chart_columns"),
        ),
        (
            "lvs_gbs_paragraphs",
            "exception_scopes",
            _columns("eccn", "exception", "scope_kind", "scope_refs", "except_refs", "usd_limit", "reason_excluded",
                     "conditional", "cite"),
            _columns("eccn", "code", "scope_kind", "scope_refs", "except_refs", "usd_limit", "barred_reasons", "conditional",
                     "citation"),
        ),
        (
            "embargo_exceptions",
            "embargo_exceptions",
            _columns("destination", "code", "paragraphs", "condition", "cite"),
            _columns("destination", "code", "paragraphs", "condition", "citation"),
        ),
        (
            "supp6_part746",
            "named_items",
            _columns("para", "kind", "item", "cas", "min_percent", "limit"),
            _columns("paragraph", "kind", "item", "cas", "min_percent", "limit"),
        ),
        (
            "programs_744_8",
            "sdn_programs",
            lambda row: (row["program_tag"], row["family"], row["policy"].split()[0], row["cite"]),
            _columns("program", "family", "policy", "citation"),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_table_holds_each_row_of_its_source(shared: Path, source: str, table: str, theirs: Key, ours: Key | None) -> None:
    wanted = Counter(map(theirs, _read(shared / "ear" / f"{source}.csv")))
    held = Counter({(ours or theirs)(row) for row in _read(DATA / f"{table}.csv")})
    assert sorted((wanted - held).elements()) == []
    assert sorted((held - wanted).elements()) == []


@pytest.mark.parametrize(
    ("source", "table", "column", "name", "theirs", "ours"),
    [
        ("chpl", "hs_lists", "list", "CHPL", ("hs6", "tier"), ("hs6", "tier")),
        ("supp2_part746", "hs_lists", "list", "SUPP2", ("hs6",), ("hs6",)),
        ("supp4_part746", "hs_lists", "list", "SUPP4", ("hs6",), ("hs6",)),
        ("supp5_part746", "hs_lists", "list", "SUPP5", ("hs6", "usd_per_unit_min"), ("hs6", "usd_per_unit_min")),
        ("supp7_part746", "hs_lists", "list", "SUPP7", ("hs6",), ("hs6",)),
        ("gecc_supp3_part746", "country_sets", "set", "gecc", ("iso2", "scope"), ("iso2", "value")),
        ("un_arms_embargo_746_1b", "country_sets", "set", "un_arms", ("iso2",), ("iso2",)),
        ("meu_supp2_part744", "eccn_sets", "set", "meu_supp2", ("eccn", "scope_kind", "scope_refs"),
         ("eccn", "scope_kind", "scope_refs")),
        ("entity_list_addresses", "entity_list_scope", "kind", "address", ("iso2", "entry", "address"), ("key", "text")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_set_holds_each_row_of_its_source(
    shared: Path, source: str, table: str, column: str, name: str, theirs: tuple[str, ...], ours: tuple[str, ...]
) -> None:
    wanted = Counter(" ".join(_columns(*theirs)(row)) for row in _read(shared / "ear" / f"{source}.csv"))
    held = Counter(" ".join(_columns(*ours)(row)) for row in _only(table, column, name))
    assert sorted((wanted - held).elements()) == []
    assert sorted((held - wanted).elements()) == []


def test_favorable_encryption_countries_are_the_source_and_liechtenstein(shared: Path) -> None:
    held = {row["iso2"] for row in _only("country_sets", "set", "enc_favorable")}
    assert held == {row["iso2"] for row in _read(shared / "ear" / "enc_supp3_part740.csv")} | {"LI"}


@pytest.mark.parametrize(
    ("source", "key", "table", "column"),
    [
        ("licence_exceptions", "code", "exceptions", "code"),
        ("le_general_restrictions_740_2", "para", "exception_filters", "paragraph"),
        ("fdp_rules", "section", "fdp_rules", "section"),
        ("country_chart_footnotes", "footnote", "chart_footnotes", "footnote"),
    ],
)
def test_no_key_of_the_source_is_lost(shared: Path, source: str, key: str, table: str, column: str) -> None:
    assert {row[key] for row in _read(shared / "ear" / f"{source}.csv")} == {row[column] for row in _read(DATA / f"{table}.csv")}


def test_review_policies_keep_each_paragraph_and_policy(shared: Path) -> None:
    wanted = {(row["reason"], row["policy"], row["cite"]) for row in _read(shared / "ear" / "part742_review_policy.csv")}
    held = {(row["reason"], row["policy"], row["citation"]) for row in _read(DATA / "review_policies.csv")}
    assert sorted(wanted - held) == []
