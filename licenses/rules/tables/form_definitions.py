"""The rows behind the completeness messages: required fields, validation rules V1-V25, kinds of document (intake.md 1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from licenses.rules.tables.parsers import Raw, one_of
from licenses.rules.tables.rows import Meta

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
ANY_SECTION = "{section}"
"""Section of a validation that speaks of whatever section its caller names."""
MESSAGE_KINDS = ("B", "W")
"""Blocks filing, or warns."""
FIELD_COLUMNS = ("section", "field", "block", "label", "required_for", "kind", "text")


@dataclass(frozen=True, slots=True)
class ValidationRow:
    """A validation: its rule (V1 to V25), whether it blocks (B) or warns (W), and the text with blanks to fill. Its rule_id
    is the key by which the checks name it."""

    meta: Meta
    rule: str
    kind: str
    section: str
    text: str


@dataclass(frozen=True, slots=True)
class FormFieldRow:
    """A field of the form: `required_for` the application types that must fill it, `block` its number on the form."""

    meta: Meta
    section: str
    field: str
    block: str
    label: str
    required_for: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class DocumentKindRow:
    """A kind of document (its rule_id), and the boxes of Blocks 6 and 7 that it ticks."""

    meta: Meta
    label: str
    box_submitted: str
    box_on_file: str

    @property
    def code(self) -> str:
        """Code of the kind, upper case."""
        return self.meta.ref.rule_id


@dataclass(frozen=True, slots=True)
class SupportDocumentRow:
    """A support document: the kinds that serve, before what (`filing` or `export`), and the condition that waits for it."""

    meta: Meta
    kinds: tuple[str, ...]
    before: str
    kind: str
    condition: str
    text: str

    @property
    def blocking(self) -> bool:
        """Does filing wait for it, and not only a warning?"""
        return self.kind == "B"


def validation_row(meta: Meta, raw: Raw) -> ValidationRow:
    """Raises ValueError for a kind that neither blocks nor warns, or a section that the form has not."""
    section = one_of(raw["section"], (*SECTIONS, ANY_SECTION), "section")
    return ValidationRow(meta, raw["rule"], one_of(raw["kind"], MESSAGE_KINDS, "kind"), section, raw["text"])


def form_field_row(meta: Meta, raw: Raw) -> FormFieldRow:
    """Raises ValueError for a kind that neither blocks nor warns, or a section that the form has not."""
    one_of(raw["section"], SECTIONS, "section")
    one_of(raw["kind"], MESSAGE_KINDS, "kind")
    return FormFieldRow(meta, *(raw[column] for column in FIELD_COLUMNS))


def support_document_row(meta: Meta, raw: Raw) -> SupportDocumentRow:
    """Raises ValueError for a kind that neither blocks nor warns."""
    kind = one_of(raw["kind"], MESSAGE_KINDS, "kind")
    return SupportDocumentRow(meta, tuple(raw["kinds"].split()), raw["before"], kind, raw["condition"], raw["text"])


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

    validations: Mapping[str, ValidationRow]
    fields: tuple[FormFieldRow, ...]
    documents: Mapping[str, DocumentKindRow]
    support: tuple[SupportDocumentRow, ...]

    @classmethod
    def of(
        cls,
        validations: Iterable[ValidationRow],
        fields: Iterable[FormFieldRow],
        documents: Iterable[DocumentKindRow],
        support: Iterable[SupportDocumentRow],
    ) -> FormRules:
        """The rules that these rows make."""
        by_key = {row.meta.ref.rule_id: row for row in validations}
        return cls(by_key, tuple(fields), {row.code: row for row in documents}, tuple(support))

    def say(self, key: str, *, section: str = "", **facts: object) -> tuple[CompletenessMessage, ...]:
        """The message of one validation row, its blanks filled with `facts`; () when the row is not in force."""
        row = self.validations.get(key)
        return (_message(row, section or row.section, row.rule, facts),) if row else ()

    def ask(self, field: FormFieldRow) -> CompletenessMessage:
        """The message of a required field that is blank."""
        return _message(field, field.section, "", {})

    def box(self, kind: str) -> str:
        """The box of Block 6 that a kind of document ticks; OTHER for a kind that is not in the table."""
        row = self.documents.get(kind.upper())
        return row.box_submitted if row else "OTHER"


def _message(row: ValidationRow | FormFieldRow, section: str, rule: str, facts: Mapping[str, object]) -> CompletenessMessage:
    return CompletenessMessage(
        section=section,
        text=row.text.format(**facts),
        blocking=row.kind == "B",
        rule=rule,
        citation=row.meta.citation,
        verified=row.meta.ref.verified,
    )
