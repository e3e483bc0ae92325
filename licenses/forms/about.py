"""Page "About"."""

from __future__ import annotations

from typing import Any

from django import forms

from licenses.forms.base import COUNTRY_CHOICES, PageForm
from licenses.models import LicenseApplication


class AboutForm(PageForm):
    """Page "About": what kind of application, where to, who answers questions, who files."""

    title = forms.CharField(label="Your name for it", max_length=200, required=False, help_text="Only your organization sees it.")
    type = forms.ChoiceField(
        label="Type of application",
        choices=LicenseApplication.Type.choices,
        help_text="Export: from the United States. Reexport: between foreign countries. Deemed export: technology to a person.",
    )
    transaction = forms.ChoiceField(
        label="Kind of movement",
        required=False,
        choices=(
            ("", "Same as the type"),
            ("export", "Export"),
            ("reexport", "Reexport"),
            ("in_country_transfer", "In-country transfer"),
            ("deemed_export", "Deemed export"),
        ),
        help_text="Only for a replacement or a resubmission: what the license was for.",
    )
    destination = forms.ChoiceField(
        label="Country of ultimate destination",
        choices=COUNTRY_CHOICES,
        required=False,
        help_text="Where the items stay. For a deemed export: the person's most recent citizenship or permanent residency.",
    )
    contact_name = forms.CharField(label="Contact person (Block 1)", max_length=60, required=False)
    contact_phone = forms.CharField(label="Telephone (Block 2)", max_length=25, required=False)
    contact_fax = forms.CharField(label="Fax (Block 3)", max_length=25, required=False)
    contact_email = forms.EmailField(label="E-mail", required=False, help_text="BIS writes to it.")
    filer_capacity = forms.ChoiceField(
        label="You file as",
        required=False,
        choices=(
            ("", "Choose"),
            ("FIRST_PARTY", "The applicant itself"),
            ("THIRD_PARTY_FOR_APPLICANT", "A third party for the applicant"),
            ("AGENT_OF_FPPI", "Agent of a foreign principal party in interest"),
        ),
    )
    cin = forms.CharField(
        label="Company identification number (CIN)",
        max_length=20,
        required=False,
        help_text="The number SNAP-R gave your company.",
    )
    power_of_attorney = forms.BooleanField(
        label="A power of attorney of the applicant is on file",
        required=False,
        help_text="Asked of agents and third parties (748.4(b)(2)). Keep it; it can be attached on the page Documents.",
    )
    special_purpose = forms.CharField(
        label="Special purpose (Block 9)",
        max_length=200,
        required=False,
        help_text="A phrase the form knows, such as In-country transfer, Technology, Temporary export.",
    )
    resubmission_acn = forms.RegexField(
        r"^[A-Za-z]\d{6}$",
        label="Old application control number (Block 10)",
        required=False,
        error_messages={"invalid": "One letter and six digits, such as Z123456."},
    )
    replacement_license_no = forms.CharField(label="License being replaced (Block 11)", max_length=20, required=False)
    original_authorization = forms.CharField(
        label="Original authorization (Block 12)",
        max_length=60,
        required=False,
        help_text="For a reexport or a transfer: the license number, exception or NLR under which the item left first.",
    )
    pending_application_acn = forms.CharField(
        label="Application pending for the same transaction",
        max_length=20,
        required=False,
        help_text="Its control number. Two applications for one transaction are not taken (748.4(f)).",
    )

    ASKED = ("destination", "contact_name", "contact_phone", "contact_email", "filer_capacity")
    FORM_FIELDS = (
        "contact_name",
        "contact_phone",
        "contact_fax",
        "contact_email",
        "filer_capacity",
        "cin",
        "power_of_attorney",
        "special_purpose",
        "resubmission_acn",
        "replacement_license_no",
        "original_authorization",
    )
    RETURNING_FIELDS = (
        "transaction",
        "special_purpose",
        "resubmission_acn",
        "replacement_license_no",
        "original_authorization",
        "pending_application_acn",
    )
    """Fields that only some types ask for; their part of the page is open where one of them says something."""

    @property
    def returning_fields(self) -> list[forms.BoundField]:
        """Bound fields of the folded part."""
        return [self[name] for name in self.RETURNING_FIELDS]

    @property
    def returning_open(self) -> bool:
        """Whether the folded part holds anything, or something to correct."""
        return any(field.value() or field.errors for field in self.returning_fields)

    def clean_resubmission_acn(self) -> str:
        """Control numbers are written in capitals."""
        return str(self.cleaned_data["resubmission_acn"]).upper()

    def page_data(self) -> dict[str, Any]:
        """`data` of save_page."""
        values = self.cleaned_data
        return {
            **{key: values[key] for key in ("title", "type", "transaction", "destination")},
            "form": {key: values[key] or None for key in self.FORM_FIELDS},
            "answers": {"pending_application_acn": values["pending_application_acn"] or None},
        }
