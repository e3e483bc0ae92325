"""How a line of a table becomes a row. A value that cannot be read raises ValueError with the column."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from licenses.rules.eccn import Eccn, parse_eccn
from licenses.rules.review_policies import POLICIES
from licenses.rules.tables.rows import (
    CclRow,
    ChartRow,
    ConditionRow,
    ControlRow,
    EccnSetRow,
    FootnoteRow,
    HsRow,
    Meta,
    NamedItemRow,
)
from licenses.rules.tables.rule_rows import DeMinimisRow, EndUseRow, ExceptionRow, ExceptionScopeRow, PolicyRow, SwitchRow
from licenses.rules.types import RuleInputError

CHART_COLUMNS = ("CB1", "CB2", "CB3", "NP1", "NP2", "NS1", "NS2", "MT1", "RS1", "RS2", "FC1", "CC1", "CC2", "CC3", "AT1", "AT2")
GROUPS = ("A1", "A2", "A3", "A4", "A5", "A6", "B", "D1", "D2", "D3", "D4", "D5", "E1", "E2")
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
APPROVED_HEADQUARTERS = {"presumption of approval for end users headquartered in the US or A:5, A:6": "US A:5 A:6"}
"""What `policy_condition` of end_use_rules.csv says about a headquarters -> the spec of the countries it names."""
POLICY_COLUMNS = ("reason", "scope", "countries", "counts", "policy", "item_scope", "printed_policy", "condition")

Raw = Mapping[str, str]
Builder = Callable[[Meta, Raw], Any]
"""Any: each table has its own row class; the typed access is RulesInForce."""


def _refs(text: str) -> tuple[Eccn, ...]:
    try:
        return tuple(parse_eccn(ref) for ref in text.split())
    except RuleInputError as error:
        raise ValueError(error.detail) from error


def one_of(value: str, allowed: frozenset[str] | tuple[str, ...], column: str) -> str:
    """The value. Raises ValueError when it is none of those allowed in the column."""
    if value not in allowed:
        raise ValueError(f"{column} {value!r} is none of {', '.join(sorted(allowed))}")
    return value


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation as error:
        raise ValueError(f"{text!r} is no number") from error


def _flag(text: str, column: str) -> bool:
    return one_of(text, ("0", "1"), column) == "1"


def marks_of(raw: Raw, columns: tuple[str, ...]) -> frozenset[str]:
    for column in columns:
        one_of(raw[column], ("", "X"), column)
    return frozenset(column for column in columns if raw[column])


def chart_row(meta: Meta, raw: Raw) -> ChartRow:
    kind = one_of(raw["row_kind"], ("chart", "embargo_pointer", "inherit"), "row_kind")
    marks = marks_of(raw, CHART_COLUMNS)
    return ChartRow(meta, raw["iso2"], raw["name"], marks, tuple(raw["footnotes"].split()), kind, raw["pointer"])


def footnote_row(meta: Meta, raw: Raw) -> FootnoteRow:
    action = one_of(raw["action"], ("note", "question", "requirement", "inherit"), "action")
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


def ccl_row(meta: Meta, raw: Raw) -> CclRow:
    for column in ("lvs", "gbs"):
        one_of(raw[column], ("", "Y", "N", "cond"), column)
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


def control_row(meta: Meta, raw: Raw) -> ControlRow:
    kind = one_of(raw["requirement_kind"], REQUIREMENT_KINDS, "requirement_kind")
    columns = tuple(one_of(column, CHART_COLUMNS, "chart_columns") for column in raw["chart_columns"].split())
    if kind.startswith("chart") and not columns:
        raise ValueError("chart_columns is empty although the requirement_kind is a chart kind")
    return ControlRow(
        meta,
        raw["eccn"],
        raw["reason"],
        one_of(raw["scope_kind"], SCOPE_KINDS, "scope_kind"),
        _refs(raw["scope_refs"]),
        _refs(raw["except_refs"]),
        _flag(raw["scope_conditional"], "scope_conditional"),
        kind,
        columns,
        raw["countries"],
    )


def condition_row(meta: Meta, raw: Raw) -> ConditionRow:
    value = one_of(raw["value"], ("true", "false"), "value") == "true"
    return ConditionRow(meta, raw["control"], raw["fact"], value, one_of(raw["result"], ("YES", "NO"), "result"), raw["text"])


def hs_row(meta: Meta, raw: Raw) -> HsRow:
    if len(raw["hs6"]) != 6 or not raw["hs6"].isdigit():
        raise ValueError(f"hs6 {raw['hs6']!r} is not six digits")
    kind = one_of(raw["list"], ("CHPL", "SUPP2", "SUPP4", "SUPP5", "SUPP7"), "list")
    tiers = ("1", "2", "3.A", "3.B", "4.A", "4.B") if kind == "CHPL" else ("",)
    tier = one_of(raw["tier"], tiers, "tier")
    return HsRow(meta, kind, raw["hs6"], tier, _decimal(raw["usd_per_unit_min"]), raw["description"])


def eccn_set_row(meta: Meta, raw: Raw) -> EccnSetRow:
    kind = one_of(raw["scope_kind"], ECCN_SET_KINDS, "scope_kind")
    return EccnSetRow(meta, raw["set"], _refs(raw["eccn"])[0], kind, _refs(raw["scope_refs"]), raw["note"])


def end_use_row(meta: Meta, raw: Raw) -> EndUseRow:
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
        one_of(raw["reach"], ("destination", "party", "headquarters"), "reach"),
        one_of(raw["true_effect"], effects, "true_effect"),
        one_of(raw["unknown_effect"], ("HOLD", "ASK", "NONE"), "unknown_effect"),
        raw["unless_fact"],
        frozenset(raw["kindred_reasons"].split()),
        raw["kindred_group"],
        tuple(filter(None, raw["keywords"].split("|"))),
        frozenset(raw["red_flags"].split()),
        frozenset(raw["exceptions"].split()) - {"NONE"},
        {code: tuple(entries) for code, entries in paragraphs.items()},
        one_of(raw["policy"], POLICIES, "policy"),
        raw["policy_condition"],
        raw["policy_verified"],
        _approved_headquarters(raw["policy_condition"]),
    )


def _approved_headquarters(condition: str) -> str:
    """The countries that a policy condition names; a wording about headquarters that nobody reads yet is refused."""
    if "headquarter" in condition and condition not in APPROVED_HEADQUARTERS:
        raise ValueError(f"policy_condition {condition!r} is read by no rule; add it to APPROVED_HEADQUARTERS")
    return APPROVED_HEADQUARTERS.get(condition, "")


def exception_scope_row(meta: Meta, raw: Raw) -> ExceptionScopeRow:
    return ExceptionScopeRow(
        meta,
        raw["eccn"],
        raw["code"],
        one_of(raw["scope_kind"], EXCEPTION_SCOPE_KINDS, "scope_kind"),
        _refs(raw["scope_refs"]),
        _refs(raw["except_refs"]),
        _decimal(raw["usd_limit"]),
        frozenset(raw["barred_reasons"].split()),
        raw["destinations"],
        _flag(raw["conditional"], "conditional"),
        raw["note"],
    )


def exception_row(meta: Meta, raw: Raw) -> ExceptionRow:
    return ExceptionRow(
        meta,
        raw["code"],
        raw["name"],
        one_of(raw["basis"], ("item", "claim"), "basis"),
        int(raw["rank"]),
        raw["countries"],
        raw["eligibility"],
        raw["destinations"],
        raw["restrictions"],
        tuple(duty.strip() for duty in raw["duties"].split(";") if duty.strip()),
    )


def policy_row(meta: Meta, raw: Raw) -> PolicyRow:
    one_of(raw["policy"], POLICIES, "policy")
    return PolicyRow(meta, *(raw[column] for column in POLICY_COLUMNS))


def _percent(text: str) -> float | None:
    return float(text) if text else None


def named_item_row(meta: Meta, raw: Raw) -> NamedItemRow:
    percent = _percent(raw["min_percent"])
    return NamedItemRow(meta, raw["paragraph"], raw["kind"], raw["item"], raw["cas"], percent, raw["limit"])


def de_minimis_row(meta: Meta, raw: Raw) -> DeMinimisRow:
    kind = one_of(raw["kind"], ("threshold", "no_level", "note"), "kind")
    return DeMinimisRow(meta, kind, _percent(raw["percent"]), raw["items"], raw["countries"], raw["condition"], raw["text"])


def switch_row(meta: Meta, raw: Raw) -> SwitchRow:
    return SwitchRow(meta, raw["name"], one_of(raw["state"], ("active", "stayed"), "state"), raw["value"], raw["text"])
