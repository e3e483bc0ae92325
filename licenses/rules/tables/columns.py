"""The columns of each table, the builder of its rows and the count that the edition must have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from licenses.rules.tables.form_definitions import (
    FIELD_COLUMNS,
    DocumentKindRow,
    form_field_row,
    support_document_row,
    validation_row,
)
from licenses.rules.tables.list_facts import list_facts
from licenses.rules.tables.parsers import (
    CHART_COLUMNS,
    GROUPS,
    POLICY_COLUMNS,
    Builder,
    ccl_row,
    chart_row,
    condition_row,
    control_row,
    de_minimis_row,
    eccn_set_row,
    end_use_row,
    exception_row,
    exception_scope_row,
    footnote_row,
    hs_row,
    marks_of,
    named_item_row,
    policy_row,
    switch_row,
)
from licenses.rules.tables.red_flag_definitions import red_flag_row
from licenses.rules.tables.rows import GroupRow, RegionRow, SetRow
from licenses.rules.tables.rule_rows import (
    EmbargoExceptionRow,
    EntityScopeRow,
    FdpRow,
    FilterRow,
    NoteRow,
    ProgramRow,
)
from licenses.rules.tables.word_lists import word_row

TAIL = ("effective_from", "effective_to", "enforcement_status", "citation", "verified", "source_as_of")
"""Columns that end every table; `rule_id` begins it."""


@dataclass(frozen=True, slots=True)
class TableSpec:
    """Columns between `rule_id` and TAIL, the builder, and the count the edition must have (5% may move). `shown`: the columns
    that only name things to people; no answer rests on them, so that they are no part of the digest."""

    columns: tuple[str, ...]
    build: Builder
    count: int
    shown: frozenset[str] = frozenset()


def _plain(row_class: Callable[..., Any], columns: str) -> TableSpec:
    names = tuple(columns.split())
    return TableSpec(names, lambda meta, raw: row_class(meta, *(raw[name] for name in names)), 0)


def _spec(columns: str, build: Builder) -> TableSpec:
    return TableSpec(tuple(columns.split()), build, 0)


def _counted(spec: TableSpec, count: int) -> TableSpec:
    return TableSpec(spec.columns, spec.build, count)


DETERMINATION_TABLES: dict[str, TableSpec] = {
    "country_chart": _counted(_spec(f"iso2 name {' '.join(CHART_COLUMNS)} footnotes row_kind pointer", chart_row), 201),
    "chart_footnotes": _counted(_spec("footnote countries action items except_items reason column text", footnote_row), 11),
    "country_groups": _counted(
        _spec(f"iso2 {' '.join(GROUPS)} note", lambda meta, raw: GroupRow(meta, raw["iso2"], marks_of(raw, GROUPS))), 202
    ),
    "country_sets": _counted(_plain(SetRow, "set iso2 value"), 251),
    "ua_regions": _counted(_plain(RegionRow, "region kind term"), 234),
    "ccl_entries": _counted(
        _spec(
            "eccn category product_group series heading_words lvs gbs list_exceptions sta_restriction sta_paragraphs "
            "other_agency reasons_without_row",
            ccl_row,
        ),
        639,
    ),
    "ccl_controls": _counted(
        _spec(
            "eccn reason scope_kind scope_refs except_refs scope_conditional requirement_kind chart_columns countries",
            control_row,
        ),
        1612,
    ),
    "condition_rules": _counted(_spec("control fact value result text", condition_row), 8),
    "hs_lists": _counted(_spec("list hs6 tier usd_per_unit_min description", hs_row), 2900),
    "named_items": _counted(_spec("paragraph kind item cas min_percent limit", named_item_row), 162),
    "eccn_sets": _counted(_spec("set eccn scope_kind scope_refs note", eccn_set_row), 276),
    "end_use_rules": _counted(
        _spec(
            "section name fact countries items reach true_effect unknown_effect unless_fact kindred_reasons kindred_group "
            "keywords red_flags exceptions exception_paragraphs policy policy_condition policy_verified",
            end_use_row,
        ),
        46,
    ),
    "sdn_programs": _counted(_plain(ProgramRow, "program family policy"), 14),
    "embargo_exceptions": _counted(_plain(EmbargoExceptionRow, "destination code paragraphs condition"), 61),
    "review_policies": _counted(_spec(" ".join(POLICY_COLUMNS), policy_row), 103),
    "exception_scopes": _counted(
        _spec(
            "eccn code scope_kind scope_refs except_refs usd_limit barred_reasons destinations conditional note",
            exception_scope_row,
        ),
        277,
    ),
    "exceptions": _counted(
        _spec("code section name basis rank countries eligibility destinations restrictions duties reports", exception_row), 28
    ),
    "exception_filters": _counted(_plain(FilterRow, "paragraph applies_to survivors text"), 28),
    "fdp_rules": _counted(
        _plain(
            FdpRow,
            "section name items countries footnote reach_fact requirement_section requirement_reason presumed_by "
            "product_scope technology_input reach",
        ),
        14,
    ),
    "de_minimis": _counted(_spec("kind percent items countries condition text", de_minimis_row), 14),
    "entity_list_scope": _counted(_plain(EntityScopeRow, "kind key value policy text exceptions"), 73),
    "switches": _counted(_spec("name state value text", switch_row), 5),
    "list_effects": TableSpec(("list", "effect", "words", "name", "sentence"), list_facts, 19, frozenset(("name", "sentence"))),
    "notes": _counted(_plain(NoteRow, "topic kind text"), 30),
}
"""Every table that the determination reads, by file stem."""
INTAKE_TABLES: dict[str, TableSpec] = {
    "document_kinds": _counted(_plain(DocumentKindRow, "label box_submitted box_on_file"), 21),
    "form_fields": _counted(_spec(" ".join(FIELD_COLUMNS), form_field_row), 14),
    "red_flag_rules": _counted(_spec("kind severity other_severity dagger value covered_by label settle", red_flag_row), 142),
    "support_documents": _counted(_spec("kinds before kind condition text", support_document_row), 10),
    "validation_rules": _counted(_spec("rule kind section text", validation_row), 58),
    "word_lists": _counted(_spec("list kind pattern language", word_row), 764),
}
"""The tables behind red flags, completeness messages and words in texts."""
TABLES = DETERMINATION_TABLES | INTAKE_TABLES
"""Every table, in the order in which its rows enter the digest."""
