"""One line item."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms

from licenses.forms.base import COUNTRY_CHOICES, PageForm


class ItemForm(PageForm):
    """One line item; the ECCN is the exporter's statement, its shape is checked by the rules."""

    eccn = forms.CharField(
        label="ECCN (Block 22(a))",
        max_length=40,
        required=False,
        help_text="The entry of the Commerce Control List, with paragraphs, such as 3A001.a.2; or EAR99.",
    )
    description = forms.CharField(
        label="Technical description (Block 22(j))",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        help_text="What it is and does, with the values its entry names; a trade name alone is not enough.",
    )
    hs6 = forms.RegexField(
        r"^\d{4}\.?\d{2}$",
        label="HS code, six digits",
        required=False,
        error_messages={"invalid": "Six digits, such as 8542.39."},
        help_text="The customs code. It decides for Russia, Belarus, Iran and some listed addresses.",
    )
    quantity = forms.DecimalField(label="Quantity", required=False, min_value=Decimal(0), max_digits=18, decimal_places=4)
    unit = forms.CharField(label="Unit", max_length=30, required=False)
    unit_price_usd = forms.DecimalField(
        label="Unit price, US dollars", required=False, min_value=Decimal(0), max_digits=18, decimal_places=4
    )
    value_usd = forms.DecimalField(
        label="Total price, US dollars", required=False, min_value=Decimal(0), max_digits=18, decimal_places=2
    )
    origin = forms.ChoiceField(
        label="Made in", choices=COUNTRY_CHOICES, required=False, help_text="Blank counts as the United States."
    )
    model_number = forms.CharField(label="Model number (Block 22(c))", max_length=100, required=False)
    manufacturer = forms.CharField(label="Manufacturer (Block 22(i))", max_length=200, required=False)

    ccats = forms.CharField(
        label="CCATS number (Block 22(d))", max_length=20, required=False, help_text="Where BIS classified the item."
    )
    app_wt = forms.CharField(
        label="Performance (APP) in weighted teraflops (Block 22(b))",
        max_length=20,
        required=False,
        help_text="Of computers only.",
    )

    ASKED: tuple[str, ...] = ("eccn", "description", "quantity", "unit", "value_usd")
    FORM_FIELDS: tuple[str, ...] = ("model_number", "manufacturer", "ccats", "app_wt")

    def __init__(self, *args: Any, stored: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        """`stored` is the item as kept, {"answers": …, "form": …}: what the form does not show of it stays."""
        self.stored = dict(stored or {})
        super().__init__(*args, **kwargs)

    def item_data(self) -> dict[str, Any]:
        """The Item object of docs/contract.md, money and quantity as numbers."""
        values = self.cleaned_data
        data: dict[str, Any] = {key: values[key] for key in ("eccn", "description", "unit", "origin") if values[key]}
        if values["hs6"]:
            data["hs6"] = values["hs6"].replace(".", "")
        for key in ("quantity", "unit_price_usd", "value_usd"):
            if values[key] is not None:
                data[key] = values[key]
        hidden = {key: value for key, value in self.stored.get("form", {}).items() if key not in self.FORM_FIELDS}
        data["form"] = {**hidden, **{key: values[key] for key in self.FORM_FIELDS if values[key]}}
        if self.stored.get("answers"):
            data["answers"] = self.stored["answers"]
        return data
