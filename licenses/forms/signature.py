"""Page "Review": who signs (Block 25)."""

from __future__ import annotations

from typing import Any

from django import forms

from licenses.forms.base import PageForm

CERTIFICATION_VERSION = "2026-1"
"""Changes with the text, so that the record says which words were confirmed."""
CERTIFICATION = (
    "I apply, for the applicant, for the license described here. To the best of my knowledge everything stated is true and"
    " complete, and all parties and the end use are named as I know them. I will keep the records part 762 asks for, report"
    " any material change of fact, and use a license only within its terms and the Export Administration Regulations (748.6)."
)


class SignatureForm(PageForm):
    """Name, title and certification of the person who signs."""

    signature_name = forms.CharField(label="Name of the person who signs", max_length=60, required=False)
    signature_title = forms.CharField(label="Title", max_length=60, required=False)
    certification = forms.BooleanField(label="I have read and confirm the certification", required=False)

    ASKED = ("signature_name", "signature_title", "certification")

    def page_data(self) -> dict[str, Any]:
        """`data` of save_page: with a confirmed certification, the version of its words."""
        values = self.cleaned_data
        confirmed = values["certification"] or None
        return {
            "form": {
                "signature_name": values["signature_name"] or None,
                "signature_title": values["signature_title"] or None,
                "certification": confirmed,
                "certification_version": CERTIFICATION_VERSION if confirmed else None,
            }
        }
