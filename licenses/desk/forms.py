"""Forms of the desk: a decision, a second decision, a question. They check shape; the services decide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from licenses.desk.keys import KEYS, KeyedRadios, ReasonSelect
from licenses.models import LicenseApplication
from licenses.services.application.dispositions import MEANINGS, MIN_REASON_CHARS, Disposition
from licenses.services.evaluation.manual_outcome import OPEN_TO_PEOPLE
from licenses.services.retention.retention import PARTY

AGREEING = {"yes": "agree", "no": "disagree"}
"""Answer of a second person, and its key."""
PROPOSAL = "details[data-proposal]"
"""What the second person opens after looking at the evidence."""
REASONS = [("", "Choose a reason")] + [
    (kind.label, [(code, words.capitalize()) for code, words in meaning.reasons.items()])
    for kind, meaning in MEANINGS.items()
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
    """Disposition, reason code, reason, and how far a clearance reaches; with `manual`, what a person determined for an item."""

    field_order = ("disposition", "reason_code", "determined_outcome", "citation", "reason", "also", "scope")

    disposition = forms.ChoiceField(
        label="Decision",
        widget=KeyedRadios(keys={kind.value: kind.value for kind in MEANINGS}, then="id_reason_code"),
        choices=[(kind.value, f"{kind.label}: {meaning.meaning} ({KEYS[kind].press})") for kind, meaning in MEANINGS.items()],
    )
    reason_code = forms.ChoiceField(label="Reason", choices=REASONS, required=False, widget=ReasonSelect)
    reason = forms.CharField(
        label="What was compared, and with what",
        min_length=MIN_REASON_CHARS,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=f"At least {MIN_REASON_CHARS} characters. An auditor reads it in five years.",
    )
    scope = forms.ChoiceField(label="Remember for", choices=SCOPES, initial="application")
    determined_outcome = forms.ChoiceField(
        label="Outcome, where you mitigate",
        choices=[("", "Choose an outcome"), *((kind.value, kind.value.replace("_", " ").lower()) for kind in OPEN_TO_PEOPLE)],
        required=False,
        help_text="No rule on file answers this item. Two people record what it is; it never goes below what the rules require.",
    )
    citation = forms.CharField(
        label="What the outcome rests on", max_length=200, required=False, help_text="A rule, a ruling or a CCATS number."
    )

    def __init__(self, *args: Any, manual: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not manual:
            del self.fields["determined_outcome"], self.fields["citation"]


class SecondForm(GroupForm):
    """The second person agrees, or sends the proposal back."""

    field_order = ("agree", "note", "also")

    agree = forms.ChoiceField(
        label="Your decision",
        widget=KeyedRadios(keys=AGREEING, then="id_note", opens=PROPOSAL),
        choices=(("yes", "I agree: settle it"), ("no", "Send it back")),
    )
    note = forms.CharField(
        label="Your reason", min_length=MIN_REASON_CHARS, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )


class QualityForm(forms.Form):
    """A second look at a clearance drawn at random: agree, or open the flag again."""

    agree = forms.ChoiceField(
        label="Your finding",
        widget=KeyedRadios(keys=AGREEING, then="id_note", opens=PROPOSAL),
        choices=(("yes", "I agree with it"), ("no", "I do not: open the flag again")),
    )
    note = forms.CharField(label="Your reason", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))


def reason_field(label: str) -> forms.CharField:
    """A reason in words, long enough to be read in five years."""
    return forms.CharField(label=label, min_length=MIN_REASON_CHARS, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))


class ReopenForm(forms.Form):
    """Why a decision is taken back."""

    because = reason_field("Why it is opened again")


class StopForm(forms.Form):
    """Why an application is to be stopped, and on which rule."""

    reason = reason_field("Reason")
    citation = forms.CharField(
        label="Citation", max_length=200, help_text="The rule it rests on, such as 15 CFR 736.2(b)(4). The exporter is told it."
    )


class StopDecisionForm(forms.Form):
    """The second person confirms a stop, or sends it back."""

    agree = forms.ChoiceField(
        label="Your decision", widget=forms.RadioSelect, choices=(("yes", "I confirm: stop it"), ("no", "Send it back"))
    )
    note = reason_field("Your reason")


class ConcernForm(forms.Form):
    """A concern of the reviewer's own."""

    why = reason_field("What the concern is")
    severity = forms.ChoiceField(
        label="Severity", choices=(("warning", "Warning: one person settles it"), ("blocking", "Blocking: two people settle it"))
    )
    party_key = forms.ChoiceField(label="About the party", required=False)
    item_key = forms.ChoiceField(label="About the item", required=False)

    def __init__(self, *args: Any, application: LicenseApplication, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("party_key", application.parties.all()), ("item_key", application.items.all())):
            chosen = [("", "none of them in particular"), *((row.key, f"{row.key}: {row}") for row in rows)]
            self.fields[name].choices = chosen  # type: ignore[attr-defined]  # a choice field; the mapping says Field


class NoteForm(forms.Form):
    """An internal line."""

    text = forms.CharField(label="Note", max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))


class AskForm(forms.Form):
    """A question to the exporter; the clock stands until the answer."""

    text = forms.CharField(
        label="Question to the exporter",
        min_length=10,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "data-key": KEYS["ask"].code}),
    )
    due_on = forms.DateField(label="Answer by", required=False, widget=forms.DateInput(attrs={"type": "date"}))


class SaveFilterForm(forms.Form):
    """A name for the view of the queue that is open; its address comes along."""

    name = forms.CharField(label="Keep this view as", max_length=60)
    query = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)


class GroupDecisionForm(forms.Form):
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
