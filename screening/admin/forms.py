"""Forms of the list desk: they check shape; what may happen is the services' answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings

from exportcheck.accounts.models import Organization
from screening import queries
from screening.lists.format_detection import FORMATS
from screening.lists.registry import BUNDLES
from screening.services.versions.control_lists import CUSTOM_EFFECTS

OTHER = ""
_BUNDLE_NAMES = {"CSL": "Consolidated Screening List (all lists of the file)", "OFAC_NON_SDN": "OFAC non-SDN lists"}
_EFFECT_LABELS = {"info": "information", "warning": "warning", "blocking": "blocks until settled"}


class ManyFiles(forms.ClearableFileInput):
    """A file input that takes several."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or several uploads that are one set."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each upload checked; all together under the limit."""
        given = data if isinstance(data, list | tuple) else [data]
        files = [super(FilesField, self).clean(one, initial) for one in given if one]
        if not files:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if sum(file.size for file in files) > settings.LIST_FILE_MAX_BYTES:
            most = f"{settings.LIST_FILE_MAX_BYTES // 1_000_000} MB"
            raise forms.ValidationError(f"The files together are larger than {most}; use the command import_list on the host.")
        return files


class StageForm(forms.Form):
    """A publisher's file for one list or a bundle."""

    code = forms.ChoiceField(label="List", required=False)
    custom_code = forms.CharField(
        label="Code of a list of your own",
        required=False,
        max_length=16,
        help_text="Capital letters, digits, '-' and '_', such as OWN-DENIED. Only where the list is none of the above.",
    )
    organization = forms.ModelChoiceField(
        Organization.objects.order_by("name"),
        label="Only for",
        required=False,
        empty_label="every organization",
        help_text="An organization's own denied parties: nobody else is screened against them. Said with the first file only.",
    )
    file = FilesField(
        label="File",
        allow_empty_file=True,
        help_text="As the publisher gives it; .gz and .zip are opened. Files that belong together (OFAC) are chosen together.",
    )
    published_on = forms.DateField(
        label="Published on",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="Where the file prints no date. Older than the active version: the file is kept as history.",
    )
    format = forms.ChoiceField(label="Format", required=False, help_text="Told by content; choose only when that fails.")
    reason = forms.CharField(label="Note", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bundles = [(code, f"{code}: {_BUNDLE_NAMES[code]}") for code in BUNDLES]
        lists = [(code, f"{code}: {name}") for code, name in queries.known_lists()]
        self.fields["code"].choices = [*bundles, *lists, (OTHER, "a list of your own")]  # type: ignore[attr-defined]
        self.fields["format"].choices = [("", "told by content"), *((name, name) for name in FORMATS)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One code, from the choice or typed."""
        values = super().clean() or {}
        chosen = values.get("code") or values.get("custom_code", "").strip()
        if not chosen:
            self.add_error("code", "Choose the list, or give the code of your own list.")
        elif values.get("code") and values.get("custom_code"):
            self.add_error("custom_code", "Choose a list or type a code, not both.")
        values["list_code"] = chosen
        return values


class ReasonForm(forms.Form):
    """Why: kept in the audit log."""

    reason = forms.CharField(
        label="Reason",
        min_length=5,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Kept in the audit log.",
    )


class SourceForm(ReasonForm):
    """Scheduled fetch of a source: on or off, and whether its files may be activated without a second person."""

    enabled = forms.BooleanField(label="Fetch on schedule", required=False)
    auto_activate = forms.BooleanField(
        label="Activate without a second person when no guard speaks",
        required=False,
        help_text="Only while it is fetched on schedule.",
    )
    field_order = ("enabled", "auto_activate", "reason")


class OptionsForm(ReasonForm):
    """How a list is judged by age, whether answers must not miss it, what a hit on a custom list means."""

    cadence_hours = forms.IntegerField(
        label="To be checked every … hours",
        required=False,
        min_value=1,
        max_value=24 * 366,
        help_text="Empty: never judged by age. 24 is a day, 720 a month.",
    )
    required = forms.BooleanField(
        label="Answers must not miss this list",
        required=False,
        help_text="An expired or missing required list keeps every outcome at 'needs information' or graver.",
    )
    effect = forms.ChoiceField(label="What a hit means", choices=[(effect, _EFFECT_LABELS[effect]) for effect in CUSTOM_EFFECTS])
    field_order = ("cadence_hours", "required", "effect", "reason")

    def __init__(self, *args: Any, custom: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not custom:
            del self.fields["effect"]  # law, not a choice
