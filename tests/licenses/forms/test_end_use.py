"""Questions are answered yes, no or not known yet, and not known is never a no."""

from __future__ import annotations

from licenses.forms.end_use import EndUseForm, names_to_settle
from licenses.rules.facts.read_facts import read_answers


def test_an_unknown_answer_removes_the_key_and_a_no_stays_a_no() -> None:
    form = EndUseForm({"end_use": "Pumps for a paint factory in Ulm", "military": "false", "nuclear": "", "missile": "true"})
    assert form.is_valid(), form.errors
    answers = form.page_data()["answers"]
    assert (answers["military"], answers["nuclear"], answers["missile"]) == (False, None, True)


def test_every_answer_of_the_form_is_one_the_rules_read() -> None:
    form = EndUseForm({"end_use": "x", "military": "true", "transit_countries": ["DE", "PL"], "headquarters_country": "CN"})
    assert form.is_valid(), form.errors
    read = read_answers({key: value for key, value in form.page_data()["answers"].items() if value is not None}, "answers")
    assert read["transit_countries"] == ("DE", "PL")


def test_a_question_the_walk_asked_is_added_to_the_page() -> None:
    form = EndUseForm(asked={"civil_telecom": "Civil?", "condition.ccl-3A001-2": "Is it in a missile?", "rf": "not a yes or no"})
    assert form.fields["condition.ccl-3A001-2"].label == "Is it in a missile?"
    assert form.asked[:2] == ["civil_telecom", "condition.ccl-3A001-2"]
    assert "rf" not in form.asked


def test_a_ticked_red_flag_is_a_yes_an_unticked_one_unknown_and_a_stored_no_stays() -> None:
    form = EndUseForm({"end_use": "x", "rf": ["RF_S3_2"]}, answers={"rf": {"RF_S3_1": False, "RF_S3_9": True}})
    assert form.is_valid(), form.errors
    assert form.page_data()["answers"]["rf"] == {"RF_S3_1": False, "RF_S3_2": True}


def test_a_name_in_block_24_is_dismissed_with_a_reason() -> None:
    names = names_to_settle("The goods were inspected by Falkenried Assay Laboratories GmbH in Ulm.", ["Musterhalbleiter AG"])
    assert any("Falkenried" in name for name in names)
    form = EndUseForm({"end_use": "x", "dismissed_0": "an inspector without interest in the deal"}, names=names[:1])
    assert form.is_valid(), form.errors
    assert form.page_data()["form"]["dismissed_names"] == {names[0]: "an inspector without interest in the deal"}


def test_questions_about_the_person_are_asked_for_a_deemed_export_only() -> None:
    assert "permanent_resident" in EndUseForm(deemed_export=True).fields
    assert "permanent_resident" not in EndUseForm().fields


def test_stored_answers_are_shown_as_given() -> None:
    initial = EndUseForm.initial_from("text", {"military": False, "transit_countries": ["DE"]})
    assert (initial["end_use"], initial["military"], initial["transit_countries"]) == ("text", "false", ["DE"])
