"""The rows behind the completeness messages: required fields, validation rules V1-V25, kinds of document (intake.md 1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from licenses.rules.dated_rows import DatedRow, in_force, read_table
from licenses.rules.tables.loader import DATA
from licenses.rules.types import TableError

SECTIONS = (
    "contact",
    "documents",
    "license_information",
    "company",
    "applicant",
    "other_party",
    "purchaser",
    "intermediate_consignee",
    "ultimate_consignee",
    "end_user",
    "original_ultimate_consignee",
    "end_use",
    "items",
    "additional_information",
    "supporting_documents",
    "address_verification",
    "preview",
    "signature",
)
"""Sections of the form in SNAP-R order (intake.md 1.2); the keys of `completeness`."""
VALIDATION_COLUMNS = ("rule", "kind", "section", "text")
FIELD_COLUMNS = ("section", "field", "block", "label", "required_for", "kind", "text")
KIND_COLUMNS = ("label", "box_submitted", "box_on_file")
SUPPORT_COLUMNS = ("kinds", "before", "kind", "condition", "text")


@dataclass(frozen=True, slots=True)
class CompletenessMessage:
    """One completeness message: what to do, in plain words. `blocking`: filing waits for it (B), else a warning (W).
    `rule` is V1 to V25 or "" for a required field."""

    section: str
    text: str
    blocking: bool
    rule: str
    citation: str
    verified: str = "seen"


@dataclass(frozen=True, slots=True)
class FormRules:
    """The rows in force on one date."""

    validations: Mapping[str, DatedRow]
    fields: tuple[DatedRow, ...]
    documents: Mapping[str, DatedRow]
    support: tuple[DatedRow, ...]

    def say(self, key: str, *, section: str = "", **facts: object) -> tuple[CompletenessMessage, ...]:
        """The message of one validation row, its blanks filled with `facts`; () when the row is not in force."""
        row = self.validations.get(key)
        return (_message(row, section or row["section"], row["rule"], facts),) if row else ()

    def ask(self, field: DatedRow) -> CompletenessMessage:
        """The message of a required field that is blank."""
        return _message(field, field["section"], "", {})

    def box(self, kind: str) -> str:
        """The box of Block 6 that a kind of document ticks; OTHER for a kind that is not in the table."""
        row = self.documents.get(kind.upper())
        return row["box_submitted"] if row else "OTHER"


def _message(row: DatedRow, section: str, rule: str, facts: Mapping[str, object]) -> CompletenessMessage:
    return CompletenessMessage(
        section=section,
        text=row["text"].format(**facts),
        blocking=row["kind"] == "B",
        rule=rule,
        citation=row.citation,
        verified=row.verified,
    )


@lru_cache(maxsize=1)
def _all_rows() -> dict[str, tuple[DatedRow, ...]]:
    tables = {
        "validation_rules": VALIDATION_COLUMNS,
        "form_fields": FIELD_COLUMNS,
        "document_kinds": KIND_COLUMNS,
        "support_documents": SUPPORT_COLUMNS,
    }
    read = {name: read_table(DATA / f"{name}.csv", columns) for name, columns in tables.items()}
    for name in ("validation_rules", "form_fields", "support_documents"):
        for row in read[name]:
            if row["kind"] not in ("B", "W"):
                raise TableError(f"{name}.csv", row.line, f"kind {row['kind']!r} is neither B (blocks) nor W (warns)")
            if row.values.get("section", "items") not in (*SECTIONS, "{section}"):
                raise TableError(f"{name}.csv", row.line, f"section {row['section']!r} is no section of the form")
    return read


@lru_cache(maxsize=256)
def form_rules(as_of: dt.date) -> FormRules:
    """The rows in force on a date. Raises TableError when a table cannot be used."""
    rows = {name: in_force(part, as_of) for name, part in _all_rows().items()}
    return FormRules(
        validations={row.rule_id: row for row in rows["validation_rules"]},
        fields=rows["form_fields"],
        documents={row.rule_id: row for row in rows["document_kinds"]},
        support=rows["support_documents"],
    )
