"""Words for codes, so that no page shows a constant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils import timezone

from licenses.models import LicenseApplication
from licenses.rules.tables.loader import load
from licenses.words import SECTION_LABELS, country, flag_label, words
from licenses.words import list_name as name_of_list

register = template.Library()
register.filter(words)
register.filter(country)
register.filter(flag_label)


@register.filter
def yes_or_no(answer: str) -> str:
    """An answer of a question as a person gives it: true and false in words, a code as it is."""
    return {"true": "yes", "false": "no"}.get(answer, answer)


@register.filter
def list_name(code: str | None) -> str:
    """Name of a control list."""
    return name_of_list(code or "")


@register.filter
def pairs(mapping: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Key and value, whatever the keys are called: a template's own `.items` finds a key of that name first."""
    return list(mapping.items())


@register.filter
def document_label(kind: str) -> str:
    """Name of a kind of document; words for a kind no longer in force."""
    row = load().in_force(timezone.now().date()).forms.documents.get(kind.upper())
    return row.label if row else words(kind).capitalize()


@register.filter
def lookup(mapping: Mapping[str, Any], key: str) -> Any:
    """The value under a key, also one that a template would take for a method ("items")."""
    return mapping.get(key, ())


@register.filter
def section_label(key: str) -> str:
    """Heading of a section of the form."""
    return SECTION_LABELS.get(key, words(key).capitalize())


STOPS = {
    "goods_already_shipped": "You stated that the goods left already.",
    "known_violation": "You stated that a violation has occurred or is about to occur.",
    "license_breach": "You stated that a license was not kept.",
}
"""Answers after which nobody should simply go on (748.4(d)(2), General Prohibition Ten, 764.5)."""


@register.filter
def must_stop(application: LicenseApplication) -> str:
    """What the exporter stated that leads to the page about stopping; "" where nothing was."""
    return next((sentence for key, sentence in STOPS.items() if application.answers.get(key) is True), "")


@register.filter
def percent(value: float | None) -> str:
    """A similarity of 0 to 1 as percent; blank where there is none."""
    return "" if value is None else f"{value:.0%}"


BANDS = {"match": "strong", "possible_match": "possible", "no_match": "none"}


@register.filter
def band(verdict: str) -> str:
    """Band of a verdict, for its mark and color; anything unknown is not screened."""
    return BANDS.get(verdict, "not_screened")
