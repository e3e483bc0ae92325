"""Forms of the desk: a decision, a second decision, a question. They check shape; the services decide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from licenses.services.dispositions import MEANINGS, MIN_REASON_CHARS, Disposition
from licenses.services.retention import PARTY

KEYS = {
    Disposition.TRUE_MATCH: "T",
    Disposition.FALSE_POSITIVE: "F",
    Disposition.NOT_IN_SCOPE: "S",
    Disposition.MITIGATED: "M",
    Disposition.ESCALATED: "E",
    Disposition.UNRESOLVED: "U",
}
"""Key that chooses a disposition on the match page."""
REASONS = [("", "Choose a reason")] + [
    (meaning.label, [(code, words.capitalize()) for code, words in meaning.reasons.items()])
    for meaning in MEANINGS.values()
    if meaning.reasons
]
SCOPES = (("application", "This application"), ("organization", "This organization"), ("everyone", "Every organization (senior)"))


class GroupForm(forms.Form):
    """A form that may also act on the other flags of a group: (flag id, words) pairs."""

    also = forms.TypedMultipleChoiceField(
        label="Settle together, each recorded on its own", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, group: Sequence[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not group:
            del self.fields["also"]
            return
        also = self.fields["also"]
        also.choices = list(group)  # type: ignore[attr-defined]  # a choice field; the mapping says Field
        also.initial = [pk for pk, _ in group]

    def flags(self, flag_id: int) -> list[int]:
        """The flags to act on, the one of the page first."""
        return [flag_id, *self.cleaned_data.get("also", ())]


class DecisionForm(GroupForm):
    """Disposition, reason code, reason, and how far a clearance reaches."""

    field_order = ("disposition", "reason_code", "reason", "also", "scope")

    disposition = forms.ChoiceField(
        label="Decision",
        widget=forms.RadioSelect,
        choices=[(kind.value, f"{meaning.label}: {meaning.meaning} ({KEYS[kind]})") for kind, meaning in MEANINGS.items()],
    )
    reason_code = forms.ChoiceField(label="Reason", choices=REASONS, required=False)
    reason = forms.CharField(
        label="What was compared, and with what",
        min_length=MIN_REASON_CHARS,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=f"At least {MIN_REASON_CHARS} characters. An auditor reads it in five years.",
    )
    scope = forms.ChoiceField(label="Remember for", choices=SCOPES, initial="application")


class SecondForm(GroupForm):
    """The second person agrees, or sends the proposal back."""

    field_order = ("agree", "note", "also")

    agree = forms.ChoiceField(
        label="Your decision", widget=forms.RadioSelect, choices=(("yes", "I agree: settle it"), ("no", "Send it back"))
    )
    note = forms.CharField(
        label="Your reason", min_length=MIN_REASON_CHARS, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )


class QualityForm(forms.Form):
    """A second look at a clearance drawn at random: agree, or open the flag again."""

    agree = forms.ChoiceField(
        label="Your finding",
        widget=forms.RadioSelect,
        choices=(("yes", "I agree with it"), ("no", "I do not: open the flag again")),
    )
    note = forms.CharField(label="Your reason", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))


class AskForm(forms.Form):
    """A question to the exporter; the clock stands until the answer."""

    text = forms.CharField(
        label="Question to the exporter", min_length=10, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    due_on = forms.DateField(label="Answer by", required=False, widget=forms.DateInput(attrs={"type": "date"}))


class SaveFilterForm(forms.Form):
    """A name for the view of the queue that is open; its address comes along."""

    name = forms.CharField(label="Keep this view as", max_length=60)
    query = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)


class BulkForm(forms.Form):
    """One reason for many alike false positives; the service checks the limits."""

    reason_code = forms.ChoiceField(
        label="Reason",
        choices=[(code, words.capitalize()) for code, words in MEANINGS[Disposition.FALSE_POSITIVE].reasons.items()],
    )
    reason = forms.CharField(
        label="What was compared, and with what",
        min_length=MIN_REASON_CHARS,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One reason for all of them; each flag gets its own decision and its own event.",
    )


class HoldForm(forms.Form):
    """A legal hold: of what, why, on whose word. `parties`: (key, name) of those the application names."""

    reach = forms.ChoiceField(label="Records of", initial="application")
    authority = forms.CharField(label="Who asked for the records, in which paper", min_length=5, max_length=200)
    reason = forms.CharField(
        label="Reason", min_length=MIN_REASON_CHARS, max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, parties: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(f"{PARTY}{key}", f"every application of its organization that names {name}") for key, name in parties]
        choices = [("application", "this application"), *named, ("organization", "every application of its organization")]
        self.fields["reach"].choices = choices  # type: ignore[attr-defined]  # a choice field; the mapping says Field


class ReleaseAskForm(forms.Form):
    """Why a hold may end."""

    reason = forms.CharField(
        label="Why it may be released", min_length=MIN_REASON_CHARS, max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )


class ReleaseForm(forms.Form):
    """The written authority of a release."""

    authority = forms.CharField(label="Written authority: who wrote it, its number or date", min_length=5, max_length=200)
