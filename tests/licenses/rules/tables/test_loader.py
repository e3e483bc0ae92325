"""Loading the tables: every check says file, line and remedy; what is in force follows the dates; the digest follows the rows."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from licenses.rules.tables.columns import TABLES
from licenses.rules.tables.consistency import TableError, check_tables
from licenses.rules.tables.loader import DATA, Tables, load, read_tables
from licenses.rules.tables.rows import Meta
from licenses.rules.tables.rule_rows import SwitchRow
from licenses.rules.tables.rules_in_force import RulesInForce
from licenses.rules.types import RowRef

D = dt.date(2026, 9, 24)
Rows = dict[str, list[Any]]


@pytest.fixture(scope="module")
def rows() -> Rows:
    """Typed rows of every table, as the loader hands them to the checks."""
    found: Rows = {name: [] for name in TABLES}
    for line in load().lines:
        found[line.table].append(line.row)
    return found


def _changed(rows: Rows, table: str, keep: Callable[[Any], Any]) -> Rows:
    return {**rows, table: [keep(row) for row in rows[table]]}


def _renamed(row: Any) -> Any:
    return replace(row, meta=replace(row.meta, ref=replace(row.meta.ref, rule_id="renamed")))


def test_the_tables_of_the_product_pass_every_check(rows: Rows) -> None:
    check_tables(rows)


@pytest.mark.parametrize(
    ("table", "change", "words"),
    [
        ("country_chart", lambda r: replace(r, iso2="ZZ") if r.iso2 == "FR" else r, "no ISO 3166"),
        ("country_groups", lambda r: replace(r, iso2="AQ") if r.iso2 == "FR" else r, "both the chart and the country groups"),
        ("country_chart", lambda r: replace(r, marks=r.marks | {"AT1"}) if r.iso2 == "FR" else r, "AT1 and AT2"),
        ("country_chart", lambda r: replace(r, marks=frozenset({"NS1"})) if r.iso2 == "CU" else r, "points to its section"),
        ("country_chart", lambda r: replace(r, marks=frozenset()) if r.iso2 == "LI" else r, "marks of CH"),
        ("country_chart", lambda r: replace(r, row_kind="chart") if r.iso2 == "HK" else r, "marks of CN"),
        ("country_groups", lambda r: replace(r, groups=frozenset()) if r.iso2 == "HK" else r, "groups of CN"),
        ("ccl_controls", lambda r: replace(r, eccn="3A555") if r.meta.line == 2 else r, "not in ccl_entries"),
        ("exception_scopes", lambda r: replace(r, eccn="3A555") if r.meta.line == 2 else r, "not in ccl_entries"),
        ("condition_rules", lambda r: replace(r, control="3A001-99"), "no rule_id of ccl_controls"),
        ("hs_lists", lambda r: replace(r, hs6="000000") if r.list == "CHPL" else r, "stands twice"),
        ("hs_lists", lambda r: replace(r, hs6="000000") if r.list == "CHPL" and r.hs6 == "854231" else r, "must be in Supp. 7"),
        ("hs_lists", lambda r: replace(r, hs6=f"0{r.hs6[1:]}") if r.list == "SUPP2" else r, "Supp. 4 shares"),
        ("end_use_rules", lambda r: replace(r, countries="Atlantis") if r.meta.line == 2 else r, "no country, group or set"),
        ("fdp_rules", lambda r: replace(r, items="3Z999") if r.meta.line == 2 else r, "no ECCN"),
        ("end_use_rules", lambda r: _renamed(r) if r.meta.ref.rule_id == "744.15" else r, "744.15 are missing"),
        ("word_lists", lambda r: replace(r, pattern="cargo") if r.meta.line == 2 else r, "'cargo' stands twice"),
    ],
)  # fmt: skip
def test_a_broken_row_is_refused_with_file_and_remedy(rows: Rows, table: str, change: Callable[[Any], Any], words: str) -> None:
    with pytest.raises(TableError, match=words) as caught:
        check_tables(_changed(rows, table, change))
    assert caught.value.file.endswith(".csv")


def test_a_count_that_moves_by_more_than_five_percent_needs_force(rows: Rows) -> None:
    shorter = {**rows, "notes": rows["notes"][:-5]}
    with pytest.raises(TableError, match=r"notes\.csv: 25 rows where about 30"):
        check_tables(shorter)
    check_tables(shorter, force=True)


def _folder(tmp_path: Path, name: str, change: Callable[[list[list[str]]], None]) -> Path:
    """A folder whose first table in load order is changed, so that the load ends there."""
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(DATA / f"{name}.csv", folder)
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    change(lines)
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(lines)
    return folder


def _set(line: int, column: str, value: str) -> Callable[[list[list[str]]], None]:
    def change(lines: list[list[str]]) -> None:
        lines[line - 1][lines[0].index(column)] = value

    return change


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_set(1, "iso2", "iso"), "line 1: the header must be exactly"),
        (_set(3, "citation", " "), "line 3: citation is blank"),
        (_set(3, "rule_id", ""), "line 3: rule_id is blank"),
        (_set(4, "verified", "sure"), "line 4: verified 'sure' is none of"),
        (_set(5, "enforcement_status", "maybe"), "line 5: enforcement_status 'maybe'"),
        (_set(6, "NS1", "Y"), "line 6: NS1 'Y'"),
        (_set(7, "row_kind", "other"), "line 7: row_kind 'other'"),
        (_set(8, "effective_from", "yesterday"), "line 8: Invalid isoformat"),
        (_set(9, "source_as_of", ""), "line 9: Invalid isoformat"),
        (lambda lines: lines[9].pop(), "line 10: .* values, .* columns"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(tmp_path: Path, change: Callable[[list[list[str]]], None], words: str) -> None:
    with pytest.raises(TableError, match=words) as caught:
        read_tables(_folder(tmp_path, "country_chart", change))
    assert caught.value.file == "country_chart.csv"


def test_a_row_that_ends_before_it_begins_is_refused(tmp_path: Path) -> None:
    def change(lines: list[list[str]]) -> None:
        _set(3, "effective_from", "2026-01-01")(lines)
        _set(3, "effective_to", "2026-01-01")(lines)

    with pytest.raises(TableError, match="line 3: effective_to must be after effective_from"):
        read_tables(_folder(tmp_path, "country_chart", change))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"country_chart\.csv: the file is missing"):
        read_tables(tmp_path)


@pytest.mark.parametrize(
    ("table", "column", "value", "words"),
    [
        ("ccl_controls", "requirement_kind", "somewhere", "requirement_kind 'somewhere' is none of"),
        ("ccl_controls", "scope_kind", "half", "scope_kind 'half'"),
        ("ccl_controls", "chart_columns", "NS9", "chart_columns 'NS9'"),
        ("ccl_controls", "chart_columns", "", "chart_columns is empty"),
        ("ccl_controls", "scope_refs", "3A0", "is no ECCN"),
        ("ccl_controls", "scope_conditional", "2", "scope_conditional '2'"),
        ("hs_lists", "hs6", "85423", "is not six digits"),
        ("hs_lists", "tier", "9", "tier '9'"),
        ("hs_lists", "usd_per_unit_min", "dear", "'dear' is no number"),
        ("review_policies", "policy", "NICE", "policy 'NICE'"),
        ("end_use_rules", "true_effect", "X", "true_effect 'X'"),
        ("end_use_rules", "unknown_effect", "X", "unknown_effect 'X'"),
        ("end_use_rules", "policy_condition", "approval for firms with headquarters in A:5", "is read by no rule"),
        ("exception_scopes", "scope_kind", "X", "scope_kind 'X'"),
        ("exceptions", "basis", "X", "basis 'X'"),
        ("switches", "state", "X", "state 'X'"),
        ("de_minimis", "kind", "X", "kind 'X'"),
        ("eccn_sets", "scope_kind", "X", "scope_kind 'X'"),
        ("chart_footnotes", "action", "X", "action 'X'"),
        ("condition_rules", "result", "MAYBE", "result 'MAYBE'"),
        ("ccl_entries", "lvs", "perhaps", "lvs 'perhaps'"),
        ("red_flag_rules", "kind", "rule", "kind 'rule' is none of"),
        ("red_flag_rules", "label", "", "needs a label"),
        ("red_flag_rules", "settle", "", "settle text"),
        ("red_flag_rules", "kind", "constant", "a value"),
        ("red_flag_rules", "severity", "grave", "severity 'grave'"),
        ("red_flag_rules", "severity", "", "severity ''"),
        ("red_flag_rules", "other_severity", "grave", "other_severity 'grave'"),
        ("validation_rules", "kind", "X", "kind 'X'"),
        ("validation_rules", "section", "X", "section 'X'"),
        ("form_fields", "kind", "X", "kind 'X'"),
        ("form_fields", "section", "{section}", "section '{section}'"),
        ("support_documents", "kind", "X", "kind 'X'"),
        ("word_lists", "kind", "sound", "kind 'sound'"),
        ("word_lists", "pattern", " ", "pattern is blank"),
    ],
)
def test_a_value_outside_its_vocabulary_is_an_error(table: str, column: str, value: str, words: str) -> None:
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        raw = next(csv.DictReader(file))
    meta = Meta(RowRef(table, raw["rule_id"]), raw["citation"], D, 2)
    with pytest.raises(ValueError, match=words):
        TABLES[table].build(meta, {**raw, column: value})


def test_a_pattern_that_is_no_regular_expression_is_an_error() -> None:
    raw = {"list": "PO_BOX_PATTERNS", "kind": "regex", "pattern": "(", "language": "en"}
    with pytest.raises(ValueError, match="no regular expression"):
        TABLES["word_lists"].build(Meta(RowRef("word_lists", "X"), "c", D, 2), raw)


def test_a_table_that_no_rule_reads_is_refused(tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path / "data")
    shutil.copy(DATA / "notes.csv", tmp_path / "data" / "more_notes.csv")
    with pytest.raises(TableError, match=r"more_notes\.csv: no rule reads this table"):
        read_tables(tmp_path / "data")


def _ending(table: str, rule_id: str, end: dt.date) -> Tables:
    """The product's tables with one row closed on a date."""
    return Tables(
        replace(line, end=end) if (line.table, line.row.meta.ref.rule_id) == (table, rule_id) else line for line in load().lines
    )


@pytest.mark.parametrize(
    ("table", "rule_id", "known"),
    [
        ("red_flag_rules", "CHPL_ITEM", lambda rules: rules.red_flags.row("CHPL_ITEM") is not None),
        ("validation_rules", "V1", lambda rules: bool(rules.forms.say("V1", name="A", country="DE"))),
        ("form_fields", "contact.contact_name", lambda rules: any(row.field == "contact_name" for row in rules.forms.fields)),
        ("document_kinds", "BIS_711", lambda rules: "BIS_711" in rules.forms.documents),
        ("support_documents", "UVL", lambda rules: any("UVL" in row.condition for row in rules.forms.support)),
        ("word_lists", "FORWARDER_WORDS-001", lambda rules: "freight" in rules.words["FORWARDER_WORDS"].words),
    ],
)
def test_red_flags_forms_and_words_follow_the_date_and_run_time_switches(
    table: str, rule_id: str, known: Callable[[RulesInForce], bool]
) -> None:
    tables = _ending(table, rule_id, D)
    for dated in (tables, tables.with_switches([_switch("stayed", None, None)])):
        before, after = dated.in_force(D - dt.timedelta(days=1)), dated.in_force(D)
        assert before.digest != after.digest
        assert (known(before), known(after)) == (True, False)


def test_rules_of_two_dates_without_a_change_between_them_are_one_object() -> None:
    tables = load()
    assert tables.in_force(dt.date(2026, 1, 1)) is tables.in_force(dt.date(2026, 9, 24))


@pytest.mark.parametrize("change", [dt.date(2025, 5, 13), dt.date(2025, 9, 29), dt.date(2025, 11, 10), dt.date(2026, 11, 10)])
def test_the_digest_changes_on_the_day_of_a_change_of_law(change: dt.date) -> None:
    before, after = load().in_force(change - dt.timedelta(days=1)), load().in_force(change)
    assert before.digest != after.digest
    assert len(after.digest) == 64


def test_the_affiliates_switch_follows_its_dates() -> None:
    states = {day: load().in_force(dt.date.fromisoformat(day)).switch_active("affiliates_50") for day in (
        "2025-09-28", "2025-09-29", "2025-11-09", "2025-11-10", "2026-11-09", "2026-11-10")}  # fmt: skip
    assert list(states.values()) == [False, True, True, False, False, True]


def _switch(state: str, start: dt.date | None, end: dt.date | None) -> SwitchRow:
    ref = RowRef("switches", "SWITCH-affiliates_50", "seen", start, end, "active" if state == "active" else "stayed")
    return SwitchRow(Meta(ref, "91 FR 1", D, 0), "affiliates_50", state, "50", "extended by an admin")


def test_run_time_switch_rows_replace_those_of_the_file_and_enter_the_digest() -> None:
    tables = load().with_switches(
        [_switch("stayed", None, dt.date(2027, 11, 10)), _switch("active", dt.date(2027, 11, 10), None)]
    )
    day = dt.date(2026, 11, 24)
    assert not tables.in_force(day).switch_active("affiliates_50")
    assert tables.in_force(dt.date(2027, 11, 10)).switch_active("affiliates_50")
    assert tables.in_force(day).digest != load().in_force(day).digest
    assert tables.in_force(day).switch("stale_days") is not None


def test_overlapping_switch_rows_are_refused() -> None:
    with pytest.raises(TableError, match="overlaps"):
        load().with_switches([_switch("stayed", None, None), _switch("active", dt.date(2027, 1, 1), None)])
