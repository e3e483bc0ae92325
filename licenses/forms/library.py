"""Parties and items as the address book and the catalog keep them, and what is said about a file of many rows."""

from __future__ import annotations

from typing import Any

from django import forms

from licenses.forms.base import PageForm
from licenses.forms.item import ItemForm
from licenses.forms.party import PartyForm
from licenses.models import BulkJob


class ContactForm(PartyForm):
    """A party of the address book: the party's own form, and a note."""

    note = forms.CharField(label="Note", max_length=500, required=False, help_text="Only your organization sees it.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The role is the one the party usually has."""
        super().__init__(*args, **kwargs)
        self.fields["role"].label = "Usual role"


class CatalogForm(ItemForm):
    """An item of the catalog: the item's own form without amounts, and its classification."""

    part_number = forms.CharField(label="Your part number", max_length=100, required=False)
    classified_by = forms.CharField(
        label="Classified by",
        max_length=200,
        required=False,
        help_text="The person or office that decided the ECCN, such as “J. Example, export control” or “BIS, CCATS G123456”.",
    )
    classified_on = forms.DateField(label="Classified on", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    classification_basis = forms.CharField(label="On what basis", max_length=300, required=False)

    ASKED = ("eccn", "description")
    TEXTS = ("part_number", "classified_by", "classification_basis")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Amounts belong to an application."""
        super().__init__(*args, **kwargs)
        for name in ("quantity", "value_usd"):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """A catalog item needs a name of some kind."""
        values = super().clean() or {}
        values |= {"quantity": None, "value_usd": None}
        if not values.get("description") and not values.get("part_number"):
            self.add_error("description", "Give a description or a part number.")
        return values

    def texts(self) -> dict[str, str]:
        """The texts beside the item itself."""
        return {name: self.cleaned_data[name] for name in self.TEXTS}


class BulkForm(PageForm):
    """A file of many rows."""

    kind = forms.ChoiceField(
        label="What are the rows?", choices=BulkJob.Kind.choices, widget=forms.RadioSelect, initial="parties"
    )
    mode = forms.ChoiceField(
        label="When a row cannot be used", choices=BulkJob.Mode.choices, widget=forms.RadioSelect, initial="all"
    )
    checks = forms.BooleanField(
        label="Run the check on each application as soon as it is drafted",
        required=False,
        help_text="Only for applications. Their results follow one by one; the page and the result file show where each stands.",
    )
    file = forms.FileField(label="File", help_text="CSV (UTF-8) or XLSX, 10 MB and 20,000 rows at most.")
