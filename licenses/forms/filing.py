"""What a person types back from SNAP-R: number, outcome, shipment, and that a duty is done."""

from __future__ import annotations

from decimal import Decimal

from django import forms

from licenses.forms.base import PageForm
from licenses.services.filing import OUTCOMES

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
        label="Outcome", choices=[("", "Choose"), *((key, text.capitalize()) for key, text in OUTCOMES.items())]
    )
    note = forms.CharField(
        label="What the notice or STELA says",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Conditions, dates, who looked it up and when.",
    )


class ShipmentForm(PageForm):
    """One shipment to release."""

    ship_on = forms.DateField(label="Ships on", widget=DATE)
    value_usd = forms.DecimalField(label="Value, US dollars", min_value=Decimal("0.01"), max_digits=15, decimal_places=2)


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
