"""What the loader checks across tables before it takes them over (docs/determination.md, section 2): all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from licenses.rules.countries import COUNTRY_NAMES
from licenses.rules.tables.columns import TABLES
from licenses.rules.tables.selectors import country_tokens, item_tokens


class TableError(ValueError):
    """A table that cannot be used: file, line (0 for the whole file) and remedy. Nothing of the load is taken over."""

    def __init__(self, file: str, line: int, remedy: str) -> None:
        super().__init__(f"{file}, line {line}: {remedy}" if line else f"{file}: {remedy}")
        self.file = file
        self.line = line
        self.remedy = remedy


Rows = Mapping[str, Sequence[Any]]
EMBARGOED = ("CU", "IR", "KP", "SY")
SUPP4_AND_5, SUPP4_AND_2 = 131, 13
"""Codes that Supp. 4 to part 746 shares with Supp. 5 and with Supp. 2."""
COUNT_TOLERANCE = 0.05


def check_tables(rows: Rows, *, force: bool = False) -> None:
    """Run every check. Raises TableError. `force` skips the row counts (a later edition that moves by more than 5%)."""
    checks = (_countries, _chart_blanks, _inheritance, _entries, _hs_codes, _specs, _required_rules, _words, _one_row_a_list)
    for check in checks:
        check(rows)
    if not force:
        _counts(rows)


def _fail(row: Any, remedy: str) -> TableError:
    return TableError(f"{row.meta.ref.table}.csv", row.meta.line, remedy)


def _counts(rows: Rows) -> None:
    for name, spec in TABLES.items():
        if abs(len(rows[name]) - spec.count) > max(2, spec.count * COUNT_TOLERANCE):
            raise TableError(
                f"{name}.csv", 0, f"{len(rows[name])} rows where about {spec.count} are expected; check the file or force"
            )


def _countries(rows: Rows) -> None:
    for name in ("country_chart", "country_groups", "country_sets"):
        for row in rows[name]:
            if row.iso2 not in COUNTRY_NAMES:
                raise _fail(row, f"{row.iso2!r} is no ISO 3166 alpha-2 code")
    chart = {row.iso2: row for row in rows["country_chart"]}
    groups = {row.iso2: row for row in rows["country_groups"]}
    for iso, row in {**groups, **chart}.items():
        if iso != "US" and not (iso in chart and iso in groups):
            raise _fail(row, f"{iso} must stand in both the chart and the country groups")


def _chart_blanks(rows: Rows) -> None:
    for row in rows["country_chart"]:
        if row.marks & {"AT1", "AT2"}:
            raise _fail(row, "AT1 and AT2 carry no marks in the chart")
        if row.iso2 in EMBARGOED and (row.marks or row.row_kind != "embargo_pointer"):
            raise _fail(row, f"{row.iso2} points to its section and carries no marks")


def _inheritance(rows: Rows) -> None:
    chart = {row.iso2: row for row in rows["country_chart"]}
    groups = {row.iso2: row for row in rows["country_groups"]}
    for child, parent in (("HK", "CN"), ("LI", "CH")):
        inherits = chart[child].row_kind == "inherit" and chart[child].pointer == parent
        if not inherits and chart[child].marks != chart[parent].marks:
            raise _fail(chart[child], f"{child} must carry the marks of {parent}")
        if groups[child].groups != groups[parent].groups:
            raise _fail(groups[child], f"{child} must carry the groups of {parent}")


def _entries(rows: Rows) -> None:
    known = {row.eccn for row in rows["ccl_entries"]}
    for name in ("ccl_controls", "exception_scopes"):
        for row in rows[name]:
            if row.eccn not in known:
                raise _fail(row, f"{row.eccn} is not in ccl_entries.csv")
    conditional = {row.meta.ref.rule_id for name in ("ccl_controls", "exception_scopes") for row in rows[name]}
    for row in rows["condition_rules"]:
        if row.control not in conditional:
            raise _fail(row, f"{row.control} is no rule_id of ccl_controls.csv or exception_scopes.csv")


def _hs_codes(rows: Rows) -> None:
    lists: dict[str, set[str]] = {}
    for row in rows["hs_lists"]:
        codes = lists.setdefault(row.list, set())
        if row.hs6 in codes:
            raise _fail(row, f"{row.hs6} stands twice in {row.list}")
        codes.add(row.hs6)
    nested = lists["CHPL"] <= lists["SUPP7"] <= lists["SUPP4"]
    if not nested:
        raise TableError("hs_lists.csv", 0, "every CHPL code must be in Supp. 7, and every Supp. 7 code in Supp. 4")
    shared = len(lists["SUPP4"] & lists["SUPP5"]), len(lists["SUPP4"] & lists["SUPP2"])
    if shared != (SUPP4_AND_5, SUPP4_AND_2):
        raise TableError(
            "hs_lists.csv", 0, f"Supp. 4 shares {shared} codes with Supp. 5 and 2; {SUPP4_AND_5} and {SUPP4_AND_2} are known"
        )


def _specs(rows: Rows) -> None:
    readers: tuple[tuple[str, str, Callable[[str], object]], ...] = (
        ("ccl_controls", "countries", country_tokens),
        ("end_use_rules", "countries", country_tokens),
        ("end_use_rules", "items", item_tokens),
        ("review_policies", "countries", country_tokens),
        ("exception_scopes", "destinations", country_tokens),
        ("exceptions", "countries", country_tokens),
        ("fdp_rules", "countries", country_tokens),
        ("fdp_rules", "items", item_tokens),
        ("de_minimis", "countries", country_tokens),
        ("de_minimis", "items", item_tokens),
    )
    for table, column, read in readers:
        for row in rows[table]:
            try:
                read(getattr(row, column))
            except ValueError as error:
                raise _fail(row, f"{column}: {error}") from error


REQUIRED_RULES = frozenset(
    [
        "736.2-b-4",
        "744.8",
        "744.11",
        "744.11-address",
        "744.15",
        "744.19",
        "744.21-a-2",
        "744.21-b",
        "ofac-blocking",
        "ofac-50",
        "746.2",
        "746.4",
        "746.6",
        "746.7",
        "746.7-OFAC",
        "746.8-a-1",
        "746.8-a-4",
        "746.8-a-5",
        "746.8-a-6",
        "746.8-a-7",
        "746.8-a-8",
        "746.9",
    ]
)
"""Rules that the steps name: without one of them a step could not cite its section."""


def _required_rules(rows: Rows) -> None:
    missing = REQUIRED_RULES - {row.meta.ref.rule_id for row in rows["end_use_rules"]}
    if missing:
        raise TableError("end_use_rules.csv", 0, f"the rules {', '.join(sorted(missing))} are missing; restore them")


def _words(rows: Rows) -> None:
    known = set()
    for row in rows["word_lists"]:
        key = (row.list, row.kind, row.pattern, row.meta.ref.effective_from)
        if key in known:
            raise _fail(row, f"{row.pattern!r} stands twice in {row.list}; remove one")
        known.add(key)


def _one_row_a_list(rows: Rows) -> None:
    """Two rows of one rule_id never overlap; a list with two rule_ids would mean two things at once."""
    rule_ids: dict[str, str] = {}
    for row in rows["list_effects"]:
        if rule_ids.setdefault(row.list, row.meta.ref.rule_id) != row.meta.ref.rule_id:
            raise _fail(row, f"{row.list} has the rule_id {rule_ids[row.list]} already; give each row of a list the same")
