"""What a person types back from SNAP-R: number, outcome, shipment, and that a duty is done."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms

from licenses.forms.base import PageForm, lines
from licenses.services.filing.government_outcomes import OUTCOMES
from licenses.services.filing.shipments import Balance, Left, ShipmentLineInput

DATE = forms.DateInput(attrs={"type": "date"})


class FilingForm(PageForm):
    """The application control number and its date."""

    acn = forms.RegexField(
        r"^\s*[A-Za-z]\d{6}\s*$",
        label="Application control number (ACN)",
        error_messages={"invalid": "One letter and six digits, such as Z123456."},
        help_text="SNAP-R shows it after you submit.",
    )
    filed_on = forms.DateField(label="Filed on", widget=DATE)


class OutcomeForm(PageForm):
    """What BIS decided."""

    decision = forms.ChoiceField(
        label="Outcome",
        choices=[("", "Choose"), *((key, text.capitalize()) for key, text in OUTCOMES.items())],
        help_text="As the notice, the license or STELA calls it. “Held” leaves the application waiting for the government.",
    )
    decided_on = forms.DateField(label="Dated", widget=DATE, help_text="The date on the notice: the deadlines run from it.")
    license_no = forms.CharField(label="License number", max_length=20, required=False, help_text="Such as D1234567.")
    valid_until = forms.DateField(
        label="License ends on", required=False, widget=DATE, help_text="Printed on the license; asked for when it was approved."
    )
    value_usd = forms.DecimalField(
        label="Total value the license allows, US dollars",
        required=False,
        min_value=Decimal("0.01"),
        max_digits=15,
        decimal_places=2,
        help_text="Blank: the value of the items as filed.",
    )
    conditions = forms.CharField(
        label="Conditions, one a line",
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Name the party each one binds. Every line must be acknowledged before goods leave.",
    )
    note = forms.CharField(
        label="What the notice or STELA says",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="In its own words, with who looked it up and when.",
    )
    upload = forms.FileField(
        label="The notice or license",
        required=False,
        help_text="PDF, office document, image or text; 25 MB at most. Keep it five years (762.2).",
    )

    ASKED = ("decided_on",)

    def outcome_data(self) -> dict[str, Any]:
        """Arguments of services.outcomes.record_outcome."""
        values = dict(self.cleaned_data)
        values["conditions"] = lines(values["conditions"])
        return values


class ShipmentForm(PageForm):
    """One shipment to release: what of each item leaves."""

    ship_on = forms.DateField(label="Leaves on", widget=DATE, help_text="Release it on the day: the screening is of today.")

    def __init__(self, *args: Any, balance: Balance, **kwargs: Any) -> None:
        """A quantity and a value for each item of the application."""
        super().__init__(*args, **kwargs)
        self.rows = balance.items
        for left in balance.items:
            self.fields[f"quantity_{left.item.key}"] = forms.DecimalField(
                label=f"Quantity{f', {left.item.unit}' if left.item.unit else ''}",
                required=False,
                min_value=Decimal("0.0001"),
                max_digits=18,
                decimal_places=4,
                help_text="" if left.quantity is None else f"{left.quantity.normalize():f} left",
                widget=forms.NumberInput(attrs={"class": "usa-input"}),
            )
            self.fields[f"value_{left.item.key}"] = forms.DecimalField(
                label="Value, US dollars",
                required=False,
                min_value=Decimal("0.01"),
                max_digits=15,
                decimal_places=2,
                widget=forms.NumberInput(attrs={"class": "usa-input"}),
            )

    @property
    def item_rows(self) -> list[tuple[Left, forms.BoundField, forms.BoundField]]:
        """Each item with its two fields."""
        return [(left, self[f"quantity_{left.item.key}"], self[f"value_{left.item.key}"]) for left in self.rows]

    def clean(self) -> dict[str, Any]:
        """Something leaves, and what leaves has a value."""
        values = super().clean() or {}
        for left in self.rows:
            key = left.item.key
            if values.get(f"quantity_{key}") is not None and values.get(f"value_{key}") is None and not self.errors:
                self.add_error(f"value_{key}", "Give the value of what leaves.")
        if not self.errors and not self.shipped(values):
            raise forms.ValidationError("Say what leaves: a quantity and a value for at least one item.")
        return values

    def shipped(self, values: Mapping[str, Any]) -> list[ShipmentLineInput]:
        """The lines that leave."""
        keys = [left.item.key for left in self.rows]
        given = [(key, values.get(f"quantity_{key}"), values.get(f"value_{key}")) for key in keys]
        return [ShipmentLineInput(key, quantity, value) for key, quantity, value in given if value is not None]


class DutyForm(PageForm):
    """That a duty is done."""

    note = forms.CharField(
        label="How it was met",
        min_length=5,
        max_length=500,
        help_text="Such as: signed statement of 3 March 2026, in the order file.",
    )


class AppealForm(PageForm):
    """New facts about a stopped application."""

    facts = forms.CharField(
        label="What is new",
        min_length=20,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Facts and papers that were not known when it was stopped. Somebody who did not decide before reads them.",
    )
