"""What every form of the exporter's pages stands on. Forms check shape; what a value means is the services' business."""

from __future__ import annotations

from typing import Any

from django import forms

from screening.matching.countries import ISO2, name_of

COUNTRY_CHOICES = [
    ("", "Choose a country"),
    *sorted(((code, f"{name_of(code)} ({code})") for code in ISO2), key=lambda row: row[1]),
]


class PageForm(forms.Form):
    """A form whose fields carry the classes of the design system and whose errors are tied to their field."""

    ASKED: tuple[str, ...] = ()
    """Fields that may be blank in a draft but are asked for before filing: the page does not call them optional."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.asked = name in self.ASKED  # type: ignore[attr-defined]  # read by templates/parts/field.html
            widget = field.widget
            match widget:
                case forms.RadioSelect() | forms.CheckboxInput() | forms.CheckboxSelectMultiple():
                    continue
                case forms.Select():
                    css = "usa-select"
                case forms.Textarea():
                    css = "usa-textarea"
                case forms.ClearableFileInput() | forms.FileInput():
                    css = "usa-file-input"
                case _:
                    css = "usa-input"
            widget.attrs["class"] = f"{widget.attrs.get('class', '')} {css}".strip()

    def page_data(self) -> dict[str, Any]:
        """`data` of licenses.services.drafting.applications.save_page; a page without fields of its own sends none."""
        return {}


def lines(text: str) -> list[str]:
    """Lines that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]
