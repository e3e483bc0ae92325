"""Small forms beside the rows of the pages Parties and Items, and the page Documents."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms

from licenses.forms.base import COUNTRY_CHOICES, PageForm
from licenses.rules.tables.loader import load
from licenses.services.application.revisions import plain_number

BOX_LABELS = {
    "IMPORT_END_USER_CERT": "Import or end-user certificate",
    "BIS-711": "BIS-711",
    "BIS-748P-A": "BIS-748P-A (item appendix)",
    "BIS-748P-B": "BIS-748P-B (end-user appendix)",
    "LETTER_OF_ASSURANCE": "Letter of assurance",
    "LETTER_OF_EXPLANATION": "Letter of explanation",
    "NUCLEAR_CERTIFICATION": "Nuclear certification",
    "TECH_SPECS": "Technical specifications",
    "FOREIGN_AVAILABILITY": "Foreign availability",
    "OTHER": "Other",
}
"""Boxes of Blocks 6 and 7 as the form names them."""


def boxes(column: str, today: dt.date) -> list[tuple[str, str]]:
    """Boxes that some kind of document ticks, in the order of the table; OTHER last."""
    kinds = load().in_force(today).forms.documents.values()
    ticked = dict.fromkeys(filter(None, (getattr(kind, column) for kind in kinds)))
    return [(box, BOX_LABELS.get(box, box)) for box in sorted(ticked, key=lambda box: box == "OTHER")]


def document_kinds(today: dt.date) -> list[tuple[str, str]]:
    """Kinds of document in force, as a choice; the plain one last."""
    kinds = load().in_force(today).forms.documents.values()
    return [(kind.code.lower(), kind.label) for kind in sorted(kinds, key=lambda kind: kind.code == "OTHER")]


class PartiesForm(PageForm):
    """What the page Parties asks beside its rows."""

    no_intermediate_consignee = forms.BooleanField(
        label="There is no intermediate consignee (Block 17: None)",
        required=False,
        help_text="Say so when the goods go straight to the ultimate consignee; forwarders that take possession are consignees.",
    )

    def page_data(self) -> dict[str, Any]:
        """`data` of save_page."""
        return {"form": {"no_intermediate_consignee": self.cleaned_data["no_intermediate_consignee"] or None}}


class ItemsForm(PageForm):
    """What the page Items asks beside its rows."""

    total_value_usd = forms.DecimalField(
        label="Total of the application, US dollars (Block 23)",
        required=False,
        min_value=Decimal(0),
        max_digits=15,
        decimal_places=2,
        help_text="Blank: the lines are added up. Given, it must be their sum.",
    )

    def page_data(self) -> dict[str, Any]:
        """`data` of save_page."""
        return {"form": {"total_value_usd": plain_number(self.cleaned_data["total_value_usd"])}}


class DocumentBoxesForm(PageForm):
    """Blocks 6, 7 and 13 of the form."""

    docs_submitted = forms.MultipleChoiceField(
        label="Documents submitted with the application (Block 6)",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick none, and the boxes follow the papers attached above.",
    )
    docs_on_file = forms.MultipleChoiceField(
        label="Documents on file with the applicant (Block 7)", required=False, widget=forms.CheckboxSelectMultiple
    )
    import_certificate_country = forms.ChoiceField(
        label="Import certificate: country (Block 13)", choices=COUNTRY_CHOICES, required=False
    )
    import_certificate_number = forms.CharField(label="Import certificate: number (Block 13)", max_length=60, required=False)

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        """The boxes are those in force `today`."""
        super().__init__(*args, **kwargs)
        for name, column in (("docs_submitted", "box_submitted"), ("docs_on_file", "box_on_file")):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - tells mypy which field it is
            field.choices = boxes(column, today)

    def page_data(self) -> dict[str, Any]:
        """`data` of save_page."""
        return {"form": {name: self.cleaned_data[name] or None for name in self.fields}}
