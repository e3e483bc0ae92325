"""The rows behind the red flags: every code is there with its label, and the questionnaire is whole."""

from __future__ import annotations

import pytest

from tests.licenses.rules.builders import rules

FLAGS = rules().red_flags


def test_every_code_has_a_label_in_us_spelling() -> None:
    labels = [row.label for row in FLAGS.rows.values()]
    assert not [label for label in labels if "licence" in label.lower() or "defence" in label.lower()]
    assert FLAGS.label("NO_LICENCE_EXCEPTION") == "No license exception may be used"
    assert FLAGS.label("CITIZENSHIP_CN") == "Citizenship of a country of concern"


@pytest.mark.parametrize("code", ["LIST_EL", "CHPL_ITEM", "RF_S3_1", "RF_743_21", "RF_G7_10", "RF_BIS_5"])
def test_each_row_is_there(code: str) -> None:
    assert FLAGS.row(code) is not None


def test_the_questionnaire_has_all_rows_of_the_guidance() -> None:
    rows = [row for row in FLAGS.rows.values() if row.kind == "questionnaire"]
    assert len(rows) == 65
    assert all(not row.covered_by or row.covered_by in FLAGS.rows for row in rows)
