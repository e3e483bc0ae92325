"""One case of a completeness table: a sentence, an application, and the section and rule that must speak."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from licenses.rules.completeness.messages import messages
from licenses.rules.tables.form_definitions import CompletenessMessage
from licenses.rules.types import ApplicationFacts, Determination
from tests.licenses.rules.builders import DAY, rules, sold

FULL = {
    "contact_name": "Ann", "contact_phone": "+1 555 0100", "contact_email": "ann@example.com", "filer_capacity": "FIRST_PARTY",
    "signature_name": "Ann", "signature_title": "Manager", "certification": True, "no_intermediate_consignee": True,
}  # fmt: skip


def formed(**form: Any) -> ApplicationFacts:
    return sold(form={**FULL, **form})


@dataclass(frozen=True, slots=True)
class Case:
    """`said`: sections and rules that must appear ("items V9" or "items"); "" = no message at all."""

    sentence: str
    application: ApplicationFacts
    said: str = ""
    blocking: bool = True
    found: Mapping[str, Determination] | None = None


def messages_of(case: Case) -> tuple[CompletenessMessage, ...]:
    return messages(case.application, rules(), case.found, as_of=DAY)


def check(case: Case) -> None:
    found = messages_of(case)
    places = {f"{message.section} {message.rule}".strip(): message for message in found} | {
        message.section: message for message in found
    }
    if not case.said:
        assert found == (), case.sentence
        return
    assert case.said in places, f"{case.sentence}: {[(m.section, m.rule, m.text) for m in found]}"
    assert places[case.said].blocking is case.blocking, case.sentence
    assert places[case.said].text.endswith((".", "yourself.")), case.sentence


def table(cases: tuple[Case, ...]) -> pytest.MarkDecorator:
    """Parametrize a test over the cases, each named by its sentence."""
    return pytest.mark.parametrize("case", cases, ids=[case.sentence for case in cases])
