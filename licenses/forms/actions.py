"""Small forms: a reason, an answer, a document, a name to screen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from licenses.forms.base import COUNTRY_CHOICES, PageForm
from licenses.forms.end_use import FIELD_OF_KIND, stated
from licenses.forms.rows import document_kinds
from licenses.rules.facts.catalog import ANSWERS, CONDITION_PREFIX, FACTS, Fact, FactKind


class ReasonForm(PageForm):
    """A reason a person must give."""

    reason = forms.CharField(label="Reason", min_length=5, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class AnswerForm(PageForm):
    """Answer to a question: in words, as the fact it asks for, with papers."""

    text = forms.CharField(
        label="Your answer", max_length=4000, required=False, strip=True, widget=forms.Textarea(attrs={"rows": 4})
    )
    kind = forms.ChoiceField(label="Kind of document", required=False)
    file = forms.FileField(
        label="Attach a document", required=False, help_text="PDF, office document, image or text; 25 MB at most."
    )

    def __init__(self, *args: Any, fact: str = "", question: str = "", **kwargs: Any) -> None:
        """`fact` is the key the answer fills; its field stands first where it can be asked in one."""
        super().__init__(*args, **kwargs)
        _choose(self.fields["kind"], [("", "Choose"), *document_kinds(timezone.now().date())])
        self.asks_fact = False
        known = FACTS.get(fact) or ANSWERS.get(fact)
        if fact.startswith(CONDITION_PREFIX):
            known = Fact(fact, FactKind.BOOL, question)
        if known is not None and known.kind in FIELD_OF_KIND:
            self.asks_fact = True
            value = FIELD_OF_KIND[known.kind](known)
            self.fields = {"fact": value, **self.fields}
        else:
            self.fields["text"].required = True

    @property
    def fact_value(self) -> Any:
        """The stated value, None where nothing was stated; Any: each kind of fact has its own type."""
        return stated(self.fields["fact"], self.cleaned_data["fact"]) if self.asks_fact else None

    def clean(self) -> dict[str, Any]:
        """A fact or words; a file with its kind."""
        values = super().clean() or {}
        if self.asks_fact and not self.errors and self.fact_value is None and not values.get("text"):
            self.add_error("text", "Answer the question above, or say in words why it cannot be answered yet.")
        if values.get("file") and not values.get("kind"):
            self.add_error("kind", "Say what kind of document it is.")
        return values


class DocumentForm(PageForm):
    """A paper to attach."""

    kind = forms.ChoiceField(label="Kind of document")
    title = forms.CharField(label="Title", max_length=200, required=False)
    file = forms.FileField(label="File", help_text="PDF, office document, image or text; 25 MB at most.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The kinds are those in force today."""
        super().__init__(*args, **kwargs)
        _choose(self.fields["kind"], document_kinds(timezone.now().date()))


def _choose(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells mypy which field it is
    field.choices = choices


class NameScreenForm(PageForm):
    """Screen a name without an application."""

    name = forms.CharField(label="Name", max_length=600, required=False)
    address = forms.CharField(label="Address", max_length=600, required=False)
    country = forms.ChoiceField(label="Country", choices=COUNTRY_CHOICES, required=False)

    def clean(self) -> dict[str, Any]:
        """A name or an address."""
        values = super().clean() or {}
        if not values.get("name") and not values.get("address"):
            self.add_error("name", "Give a name or an address.")
        return values
