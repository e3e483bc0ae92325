"""Page "End use": the questions of the determination walk, answered yes, no, or not known yet."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from licenses.forms.base import COUNTRY_CHOICES, PageForm
from licenses.rules.facts.catalog import ANSWERS, CONDITION_PREFIX, FACTS, Fact, FactKind
from licenses.rules.tables.loader import load
from licenses.rules.text.names_in_text import names_in_text
from licenses.rules.word_forms import tokens

TRISTATE = (("true", "Yes"), ("false", "No"), ("", "Not known yet"))

STANDING_FACTS = (
    "military",
    "military_intelligence",
    "nuclear",
    "missile",
    "chemical_biological",
    "supercomputer",
    "advanced_ic",
    "government_end_user",
    "transit_countries",
    "headquarters_country",
    "defense_customer",
    "buyer_asked_to_omit_or_change_party",
    "document_references_removed",
    "late_route_change",
    "known_violation",
)
"""Questions every application is asked; the determination adds those its walk needs."""
LATE_FACTS = (
    "goods_already_shipped",
    "goods_detained",
    "exception_claimed",
    "shipped_from",
    "route_countries",
    "payer_country",
    "payment_method",
    "prior_orders",
    "trailing_12_month_value_usd",
    "incorporated_on",
    "registry_id",
    "website",
    "business_of_end_user",
    "end_use_matches_business",
    "installation_declined",
    "master_data_screening_off",
)
"""What is known of the deal and the buyer; asked folded, because few applications need it."""
DEEMED_EXPORT_FACTS = ("permanent_resident", "protected_person", "foreign_affiliation_undisclosed")
"""Questions about the person to whom technology is released (734.13)."""


class EndUseForm(PageForm):
    """Page "End use": the specific end use, Block 24, and the yes, no or unknown questions of the determination walk."""

    end_use = forms.CharField(
        label="Specific end use (Block 21)",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What the end user will do with it, where, in what product. One word such as “research” is not enough.",
    )
    additional_information = forms.CharField(
        label="Additional information (Block 24)",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What no other block takes. A name written here is screened too, as a party or as a name in the text.",
    )
    rf = forms.MultipleChoiceField(
        label="Red flags you have seen (Supp. 3 to part 732 and others)",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick what applies. A red flag is no verdict: it asks for an explanation before the goods leave.",
    )

    ASKED = ("end_use",)

    def __init__(
        self,
        *args: Any,
        today: dt.date | None = None,
        deemed_export: bool = False,
        asked: Mapping[str, str] | None = None,
        answers: Mapping[str, Any] | None = None,
        names: Iterable[str] = (),
        **kwargs: Any,
    ) -> None:
        """`asked` are further facts to ask with their question, those the last determination named; `answers` what is stored;
        `names` the names in the stored Block 24 that are no party yet, each to be dismissed with a reason or entered."""
        self.stored_answers = dict(answers or {})
        super().__init__(*args, **kwargs)
        field = self.fields["rf"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - tells mypy which field it is
        labels = load().in_force(today or timezone.now().date()).red_flags
        field.choices = [(code, labels.label(code)) for code in sorted(load().questionnaire_codes, key=_by_number)]
        self.dismissals = {f"dismissed_{number}": name for number, name in enumerate(names)}
        for key, name in self.dismissals.items():
            self.fields[key] = forms.CharField(
                label=f"“{name}” is no party, because",
                max_length=300,
                required=False,
            )
        standing = (*DEEMED_EXPORT_FACTS, *STANDING_FACTS) if deemed_export else STANDING_FACTS
        questions = {name: text for name, text in (asked or {}).items() if name not in standing}
        self.asked = [name for name in (*questions, *standing) if self._ask(name, questions.get(name, ""))]
        self.late = [name for name in LATE_FACTS if name not in self.asked and self._ask(name)]

    def _ask(self, name: str, question: str = "") -> bool:
        fact = FACTS.get(name) or ANSWERS.get(name)
        if name.startswith(CONDITION_PREFIX):
            fact = Fact(name, FactKind.BOOL, question)
        if fact is None or fact.kind not in FIELD_OF_KIND:
            return False
        self.fields[name] = FIELD_OF_KIND[fact.kind](fact)
        return True

    @property
    def fact_fields(self) -> list[forms.BoundField]:
        """Bound fields of the questions, in order."""
        return [self[name] for name in self.asked]

    @property
    def late_fields(self) -> list[forms.BoundField]:
        """Bound fields about the deal and the buyer."""
        return [self[name] for name in self.late]

    @property
    def dismissal_fields(self) -> list[forms.BoundField]:
        """Bound fields for the names in Block 24."""
        return [self[key] for key in self.dismissals]

    @property
    def late_open(self) -> bool:
        """Whether the folded part holds an answer or something to correct."""
        return any(field.value() or field.errors for field in self.late_fields)

    def page_data(self) -> dict[str, Any]:
        """`data` of save_page: an unknown answer removes the key."""
        values = self.cleaned_data
        answers: dict[str, Any] = {name: stated(self.fields[name], values[name]) for name in (*self.asked, *self.late)}
        denied = {code: seen for code, seen in self.stored_answers.get("rf", {}).items() if seen is False}
        answers["rf"] = {**denied, **dict.fromkeys(values["rf"], True)} or None
        form: dict[str, Any] = {"additional_information": values["additional_information"] or None}
        if self.dismissals:
            form["dismissed_names"] = {name: values[key] for key, name in self.dismissals.items() if values[key]} or None
        return {"end_use": values["end_use"], "answers": answers, "form": form}

    @staticmethod
    def initial_from(
        end_use: str, answers: Mapping[str, Any], form: Mapping[str, Any] | None = None, names: Iterable[str] = ()
    ) -> dict[str, Any]:
        """Initial values from the stored answers and the stored form."""
        form = form or {}
        dismissed = form.get("dismissed_names") or {}
        shown = {key: str(value).lower() if isinstance(value, bool) else value for key, value in answers.items()}
        shown["rf"] = [code for code, seen in answers.get("rf", {}).items() if seen]
        shown.update({f"dismissed_{number}": dismissed.get(name, "") for number, name in enumerate(names)})
        return {**shown, "end_use": end_use, "additional_information": form.get("additional_information", "")}


def names_to_settle(text: str, parties: Iterable[str]) -> tuple[str, ...]:
    """Names in Block 24 that no party of the application answers to (V23), as completeness sees them."""
    words = load().in_force(timezone.now().date()).words
    known = [set(tokens(name)) for name in parties if name]
    return tuple(
        name
        for name in names_in_text(text, words)
        if not any(set(tokens(name)) <= other or other <= set(tokens(name)) for other in known)
    )


def _by_number(code: str) -> tuple[str, int]:
    stem, _, number = code.rpartition("_")
    return stem, int(number) if re.fullmatch(r"\d+", number) else 0


def stated(field: forms.Field, value: Any) -> Any:
    """A cleaned field value as a fact: None where nothing was stated."""
    if isinstance(field, TriStateField):
        return {"true": True, "false": False}.get(value)
    if isinstance(value, Decimal):
        return float(value)
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value or None


class TriStateField(forms.ChoiceField):
    """Yes, no, or not known yet; not known is the answer until somebody says."""

    def __init__(self, fact: Fact) -> None:
        super().__init__(label=fact.question, choices=TRISTATE, required=False, widget=forms.RadioSelect)


FIELD_OF_KIND: dict[FactKind, Any] = {
    FactKind.BOOL: TriStateField,
    FactKind.PERCENT: lambda fact: forms.DecimalField(
        label=fact.question, required=False, min_value=Decimal(0), max_value=Decimal(100), max_digits=6, decimal_places=2
    ),
    FactKind.NUMBER: lambda fact: forms.DecimalField(label=fact.question, required=False, min_value=Decimal(0)),
    FactKind.ISO: lambda fact: forms.ChoiceField(label=fact.question, choices=COUNTRY_CHOICES, required=False),
    FactKind.ISO_LIST: lambda fact: forms.MultipleChoiceField(label=fact.question, choices=COUNTRY_CHOICES[1:], required=False),
    FactKind.CODE: lambda fact: (
        forms.ChoiceField(
            label=fact.question,
            required=False,
            choices=[
                ("", "Not known yet"),
                *((code, code if code.isupper() else code.replace("_", " ").capitalize()) for code in fact.choices),
            ],
        )
        if fact.choices
        else forms.CharField(label=fact.question, required=False, max_length=100)
    ),
    FactKind.TEXT: lambda fact: forms.CharField(label=fact.question, required=False, max_length=500),
    FactKind.DATE: lambda fact: forms.DateField(
        label=fact.question, required=False, widget=forms.DateInput(attrs={"type": "date"})
    ),
}
"""How each kind of fact is asked; maps and lists of codes have pages of their own."""
