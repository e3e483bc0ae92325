"""The columns of each table and how a line becomes a row. A value that cannot be read raises ValueError with the column."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from licenses.rules.eccn import Eccn, parse_eccn
from licenses.rules.rows import (
    CclRow,
    ChartRow,
    ConditionRow,
    ControlRow,
    DeMinimisRow,
    EccnSetRow,
    EmbargoExceptionRow,
    EndUseRow,
    EntityScopeRow,
    ExceptionRow,
    ExceptionScopeRow,
    FdpRow,
    FilterRow,
    FootnoteRow,
    GroupRow,
    HsRow,
    ListEffectRow,
    Meta,
    NamedItemRow,
    NoteRow,
    PolicyRow,
    ProgramRow,
    RegionRow,
    SetRow,
    SwitchRow,
)
from licenses.rules.types import RuleInputError

CHART_COLUMNS = ("CB1", "CB2", "CB3", "NP1", "NP2", "NS1", "NS2", "MT1", "RS1", "RS2", "FC1", "CC1", "CC2", "CC3", "AT1", "AT2")
GROUPS = ("A1", "A2", "A3", "A4", "A5", "A6", "B", "D1", "D2", "D3", "D4", "D5", "E1", "E2")
TAIL = ("effective_from", "effective_to", "enforcement_status", "citation", "verified", "source_as_of")
"""Columns that end every table; `rule_id` begins it."""

REQUIREMENT_KINDS = frozenset(
    [
        "chart",
        "chart+special",
        "worldwide",
        "UAE_or_D1_D4_D5_not_A5A6",
        "D1_D4_D5_not_A5A6",
        "macau_or_D5",
        "CN_RU_VE",
        "all_destinations",
        "all_except_CA",
        "encryption_742.15",
        "un_arms_embargo_746.1b",
        "russia_belarus_746.8",
        "IQ",
        "PK",
        "KP",
        "IQ_PK",
        "country_group_E1",
        "cwc_nonparties",
        "cwc_nonparties_except_IL_TW",
        "short_supply_754",
        "see_section",
        "see_text",
    ]
)
SCOPE_KINDS = frozenset(("entire", "entire_conditional", "entire_except", "part"))
ECCN_SET_KINDS = ("entire", "limited", "parameters_inside", "parameters_outside")
EXCEPTION_SCOPE_KINDS = frozenset(("entire", "entire_conditional", "listed", "all_except", "none"))
POLICIES = (
    "POLICY_OF_DENIAL",
    "PRESUMPTION_OF_DENIAL",
    "SEE_SECTION",
    "CASE_BY_CASE",
    "PRESUMPTION_OF_APPROVAL",
    "NOT_STATED",
)
"""Review policies, strictest first."""

Raw = Mapping[str, str]
Builder = Callable[[Meta, Raw], Any]
"""Any: each table has its own row class; the typed access is Rules (rulebook.py)."""


@dataclass(frozen=True, slots=True)
class TableSpec:
    """Columns between `rule_id` and TAIL, the builder, and the count the edition must have (5% may move)."""

    columns: tuple[str, ...]
    build: Builder
    count: int


def _refs(text: str) -> tuple[Eccn, ...]:
    try:
        return tuple(parse_eccn(ref) for ref in text.split())
    except RuleInputError as error:
        raise ValueError(error.detail) from error


def _one_of(value: str, allowed: frozenset[str] | tuple[str, ...], column: str) -> str:
    if value not in allowed:
        raise ValueError(f"{column} {value!r} is none of {', '.join(sorted(allowed))}")
    return value


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation as error:
        raise ValueError(f"{text!r} is no number") from error


def _flag(text: str, column: str) -> bool:
    return _one_of(text, ("0", "1"), column) == "1"


def _marks(raw: Raw, columns: tuple[str, ...]) -> frozenset[str]:
    for column in columns:
        _one_of(raw[column], ("", "X"), column)
    return frozenset(column for column in columns if raw[column])


def _chart(meta: Meta, raw: Raw) -> ChartRow:
    kind = _one_of(raw["row_kind"], ("chart", "embargo_pointer", "inherit"), "row_kind")
    marks = _marks(raw, CHART_COLUMNS)
    return ChartRow(meta, raw["iso2"], raw["name"], marks, tuple(raw["footnotes"].split()), kind, raw["pointer"])


def _footnote(meta: Meta, raw: Raw) -> FootnoteRow:
    action = _one_of(raw["action"], ("note", "question", "requirement", "inherit"), "action")
    return FootnoteRow(
        meta,
        raw["footnote"],
        frozenset(raw["countries"].split()),
        action,
        _refs(raw["items"]),
        _refs(raw["except_items"]),
        raw["reason"],
        raw["column"],
        raw["text"],
    )


def _ccl(meta: Meta, raw: Raw) -> CclRow:
    for column in ("lvs", "gbs"):
        _one_of(raw[column], ("", "Y", "N", "cond"), column)
    return CclRow(
        meta,
        raw["eccn"],
        raw["category"],
        raw["product_group"],
        raw["series"],
        tuple(word.strip() for word in raw["heading_words"].split(";") if word.strip()),
        raw["lvs"],
        raw["gbs"],
        raw["list_exceptions"],
        tuple(filter(None, raw["sta_restriction"].split(";"))),
        _refs(raw["sta_paragraphs"]),
        raw["other_agency"],
        tuple(raw["reasons_without_row"].split()),
    )


def _control(meta: Meta, raw: Raw) -> ControlRow:
    kind = _one_of(raw["requirement_kind"], REQUIREMENT_KINDS, "requirement_kind")
    columns = tuple(_one_of(column, CHART_COLUMNS, "chart_columns") for column in raw["chart_columns"].split())
    if kind.startswith("chart") and not columns:
        raise ValueError("chart_columns is empty although the requirement_kind is a chart kind")
    return ControlRow(
        meta,
        raw["eccn"],
        raw["reason"],
        _one_of(raw["scope_kind"], SCOPE_KINDS, "scope_kind"),
        _refs(raw["scope_refs"]),
        _refs(raw["except_refs"]),
        _flag(raw["scope_conditional"], "scope_conditional"),
        kind,
        columns,
        raw["countries"],
    )


def _condition(meta: Meta, raw: Raw) -> ConditionRow:
    value = _one_of(raw["value"], ("true", "false"), "value") == "true"
    return ConditionRow(meta, raw["control"], raw["fact"], value, _one_of(raw["result"], ("YES", "NO"), "result"), raw["text"])


def _hs(meta: Meta, raw: Raw) -> HsRow:
    if len(raw["hs6"]) != 6 or not raw["hs6"].isdigit():
        raise ValueError(f"hs6 {raw['hs6']!r} is not six digits")
    kind = _one_of(raw["list"], ("CHPL", "SUPP2", "SUPP4", "SUPP5", "SUPP7"), "list")
    tiers = ("1", "2", "3.A", "3.B", "4.A", "4.B") if kind == "CHPL" else ("",)
    tier = _one_of(raw["tier"], tiers, "tier")
    return HsRow(meta, kind, raw["hs6"], tier, _decimal(raw["usd_per_unit_min"]), raw["description"])


def _eccn_set(meta: Meta, raw: Raw) -> EccnSetRow:
    kind = _one_of(raw["scope_kind"], ECCN_SET_KINDS, "scope_kind")
    return EccnSetRow(meta, raw["set"], _refs(raw["eccn"])[0], kind, _refs(raw["scope_refs"]), raw["note"])


def _end_use(meta: Meta, raw: Raw) -> EndUseRow:
    paragraphs: dict[str, list[str]] = {}
    for entry in raw["exception_paragraphs"].split():
        code, _, paragraph = entry.partition(":")
        paragraphs.setdefault(code, []).append(paragraph)
    effects = ("REQUIREMENT", "MAYBE", "SUPPORT", "HEADQUARTERS", "PARTY", "EMBARGO")
    return EndUseRow(
        meta,
        raw["section"],
        raw["name"],
        raw["fact"],
        raw["countries"],
        raw["items"],
        _one_of(raw["reach"], ("destination", "party"), "reach"),
        _one_of(raw["true_effect"], effects, "true_effect"),
        _one_of(raw["unknown_effect"], ("HOLD", "ASK", "NONE"), "unknown_effect"),
        raw["unless_fact"],
        frozenset(raw["kindred_reasons"].split()),
        raw["kindred_group"],
        tuple(filter(None, raw["keywords"].split("|"))),
        frozenset(raw["red_flags"].split()),
        frozenset(raw["exceptions"].split()) - {"NONE"},
        {code: tuple(entries) for code, entries in paragraphs.items()},
        _one_of(raw["policy"], POLICIES, "policy"),
        raw["policy_condition"],
        raw["policy_verified"],
    )


def _exception_scope(meta: Meta, raw: Raw) -> ExceptionScopeRow:
    return ExceptionScopeRow(
        meta,
        raw["eccn"],
        raw["code"],
        _one_of(raw["scope_kind"], EXCEPTION_SCOPE_KINDS, "scope_kind"),
        _refs(raw["scope_refs"]),
        _refs(raw["except_refs"]),
        _decimal(raw["usd_limit"]),
        frozenset(raw["barred_reasons"].split()),
        raw["destinations"],
        _flag(raw["conditional"], "conditional"),
        raw["note"],
    )


def _exception(meta: Meta, raw: Raw) -> ExceptionRow:
    return ExceptionRow(
        meta,
        raw["code"],
        raw["name"],
        _one_of(raw["basis"], ("item", "claim"), "basis"),
        int(raw["rank"]),
        raw["countries"],
        raw["eligibility"],
        raw["destinations"],
        raw["restrictions"],
        tuple(duty.strip() for duty in raw["duties"].split(";") if duty.strip()),
    )


def _policy(meta: Meta, raw: Raw) -> PolicyRow:
    _one_of(raw["policy"], POLICIES, "policy")
    own = (raw[column] for column in TABLES["review_policies"].columns)
    return PolicyRow(meta, *own)


def _percent(text: str) -> float | None:
    return float(text) if text else None


def _named_item(meta: Meta, raw: Raw) -> NamedItemRow:
    percent = _percent(raw["min_percent"])
    return NamedItemRow(meta, raw["paragraph"], raw["kind"], raw["item"], raw["cas"], percent, raw["limit"])


def _de_minimis(meta: Meta, raw: Raw) -> DeMinimisRow:
    kind = _one_of(raw["kind"], ("threshold", "no_level", "note"), "kind")
    return DeMinimisRow(meta, kind, _percent(raw["percent"]), raw["items"], raw["countries"], raw["condition"], raw["text"])


def _switch(meta: Meta, raw: Raw) -> SwitchRow:
    return SwitchRow(meta, raw["name"], _one_of(raw["state"], ("active", "stayed"), "state"), raw["value"], raw["text"])


def _plain(row_class: Callable[..., Any], columns: str) -> TableSpec:
    names = tuple(columns.split())
    return TableSpec(names, lambda meta, raw: row_class(meta, *(raw[name] for name in names)), 0)


def _spec(columns: str, build: Builder) -> TableSpec:
    return TableSpec(tuple(columns.split()), build, 0)


def _counted(spec: TableSpec, count: int) -> TableSpec:
    return TableSpec(spec.columns, spec.build, count)


TABLES: dict[str, TableSpec] = {
    "country_chart": _counted(_spec(f"iso2 name {' '.join(CHART_COLUMNS)} footnotes row_kind pointer", _chart), 201),
    "chart_footnotes": _counted(_spec("footnote countries action items except_items reason column text", _footnote), 11),
    "country_groups": _counted(
        _spec(f"iso2 {' '.join(GROUPS)} note", lambda meta, raw: GroupRow(meta, raw["iso2"], _marks(raw, GROUPS))), 202
    ),
    "country_sets": _counted(_plain(SetRow, "set iso2 value"), 241),
    "ua_regions": _counted(_plain(RegionRow, "region kind term"), 97),
    "ccl_entries": _counted(
        _spec(
            "eccn category product_group series heading_words lvs gbs list_exceptions sta_restriction sta_paragraphs "
            "other_agency reasons_without_row",
            _ccl,
        ),
        639,
    ),
    "ccl_controls": _counted(
        _spec(
            "eccn reason scope_kind scope_refs except_refs scope_conditional requirement_kind chart_columns countries", _control
        ),
        1612,
    ),
    "condition_rules": _counted(_spec("control fact value result text", _condition), 4),
    "hs_lists": _counted(_spec("list hs6 tier usd_per_unit_min description", _hs), 2900),
    "named_items": _counted(_spec("paragraph kind item cas min_percent limit", _named_item), 162),
    "eccn_sets": _counted(_spec("set eccn scope_kind scope_refs note", _eccn_set), 264),
    "end_use_rules": _counted(
        _spec(
            "section name fact countries items reach true_effect unknown_effect unless_fact kindred_reasons kindred_group "
            "keywords red_flags exceptions exception_paragraphs policy policy_condition policy_verified",
            _end_use,
        ),
        46,
    ),
    "sdn_programs": _counted(_plain(ProgramRow, "program family policy"), 14),
    "embargo_exceptions": _counted(_plain(EmbargoExceptionRow, "destination code paragraphs condition"), 61),
    "review_policies": _counted(_spec("reason scope countries counts policy item_scope printed_policy condition", _policy), 96),
    "exception_scopes": _counted(
        _spec(
            "eccn code scope_kind scope_refs except_refs usd_limit barred_reasons destinations conditional note",
            _exception_scope,
        ),
        277,
    ),
    "exceptions": _counted(
        _spec("code section name basis rank countries eligibility destinations restrictions duties reports", _exception), 28
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
    "de_minimis": _counted(_spec("kind percent items countries condition text", _de_minimis), 14),
    "entity_list_scope": _counted(_plain(EntityScopeRow, "kind key value policy text exceptions"), 73),
    "switches": _counted(_spec("name state value text", _switch), 5),
    "list_effects": _counted(_plain(ListEffectRow, "list effect words"), 19),
    "notes": _counted(_plain(NoteRow, "topic kind text"), 30),
}
"""Every table that the determination reads, by file stem."""
