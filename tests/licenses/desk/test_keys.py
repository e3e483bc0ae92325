"""A key of the desk stands in one table; controls, the row of keys and the script take it from there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django import forms
from django.conf import settings

from licenses.desk.forms import AskForm, DecisionForm, QualityForm, SecondForm
from licenses.desk.keys import KEYS
from licenses.services.application.dispositions import MEANINGS, Disposition

CARRIED: list[tuple[str, type[forms.Form], str, str]] = [
    ("a disposition, then its reason", DecisionForm, "disposition", "t f s m e u"),
    ("a second decision, then its note", SecondForm, "agree", "a b"),
    ("a quality review, then its note", QualityForm, "agree", "a b"),
    ("a question", AskForm, "text", "i"),
]


@pytest.mark.parametrize(("form", "field", "keys"), [row[1:] for row in CARRIED], ids=[row[0] for row in CARRIED])
def test_controls_carry_their_keys_and_the_field_that_follows(form: type[forms.Form], field: str, keys: str) -> None:
    bound = form()
    drawn = str(bound[field])
    assert sorted(re.findall('data-key="(.)"', drawn)) == sorted(keys.split())
    assert set(re.findall('data-then="(.+?)"', drawn)) <= {bound[name].id_for_label for name in bound.fields}
    assert ("data-opens" in drawn) is (field == "agree")


def test_a_key_means_one_thing() -> None:
    assert len({key.code for key in KEYS.values()}) == len(KEYS)
    assert KEYS.keys() > set(Disposition)
    assert KEYS["send"].caps == ["Ctrl", "Enter"]


def test_the_label_of_a_disposition_tells_its_key() -> None:
    told = dict(DecisionForm().fields["disposition"].choices)  # type: ignore[attr-defined]
    assert all(told[kind].endswith(f"({KEYS[kind].press})") for kind in Disposition)


def test_a_reason_says_which_disposition_takes_it() -> None:
    """Not by the label of its group: whoever improves a label would cut the tie."""
    drawn = str(DecisionForm()["reason_code"])
    for kind, meaning in MEANINGS.items():
        for code in meaning.reasons:
            assert f'<option value="{code}" data-disposition="{kind.value}">' in drawn


def test_the_script_names_no_key_but_that_which_sends() -> None:
    script = Path(settings.BASE_DIR / "static/js/desk.js").read_text()
    assert set(re.findall(r'event\.key === "(\w+)"', script)) == {"Enter"}
    assert not set(re.findall(r'["\'](\w)["\']', script))
