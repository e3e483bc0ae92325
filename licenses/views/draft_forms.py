"""The form of each page of a draft, filled from what is stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from licenses.forms.about import AboutForm
from licenses.forms.base import PageForm
from licenses.forms.end_use import EndUseForm, names_to_settle
from licenses.forms.rows import DocumentBoxesForm, ItemsForm, PartiesForm
from licenses.forms.signature import SignatureForm
from licenses.models import LicenseApplication
from licenses.queries import open_facts

Sent = Mapping[str, Any] | None
"""What was posted; None shows the page."""


def page_form(application: LicenseApplication, page: str, data: Sent) -> PageForm:
    """The form of a page."""
    match page:
        case "about":
            return about_form(application, data)
        case "end_use":
            return end_use_form(application, data)
        case "parties":
            return PartiesForm(data, initial=application.form)
        case "items":
            return ItemsForm(data, initial=application.form)
        case "documents":
            return DocumentBoxesForm(data, initial=application.form, today=timezone.now().date())
        case _:
            return SignatureForm(data, initial=application.form)


def about_form(application: LicenseApplication, data: Sent) -> AboutForm:
    """Page "About"."""
    names = ("title", "type", "transaction", "destination")
    initial = {
        **application.form,
        **{name: getattr(application, name) for name in names},
        "pending_application_acn": application.answers.get("pending_application_acn", ""),
    }
    return AboutForm(data, initial=initial)


def end_use_form(application: LicenseApplication, data: Sent) -> EndUseForm:
    """Page "End use", with the questions of the last determination and the names that Block 24 leaves open."""
    text = str(application.form.get("additional_information") or "")
    names = names_to_settle(text, application.parties.values_list("name", flat=True))
    return EndUseForm(
        data,
        initial=EndUseForm.initial_from(application.end_use, application.answers, application.form, names),
        today=timezone.now().date(),
        deemed_export=LicenseApplication.Type.DEEMED_EXPORT in (application.type, application.transaction),
        asked=open_facts(application),
        answers=application.answers,
        names=names,
    )
