"""`bench_determine` prints outcomes by kind and the time of a call, and fails on a crash."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command

from licenses.rules.countries import COUNTRY_NAMES


def _printed(*options: str) -> str:
    out = io.StringIO()
    call_command("bench_determine", "--as-of", "2026-09-24", "--every", "300", "--jobs", "1", *options, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("facts", ["denied", "none"])
def test_every_pair_is_counted_and_timed(facts: str) -> None:
    text = _printed("--facts", facts)
    assert f"{3 * len(COUNTRY_NAMES):,} pairs by the rules of 2026-09-24" in text
    assert "crashed                     0" in text
    assert "median call" in text


def test_a_crash_ends_with_code_1(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object, **__: object) -> None:
        raise ZeroDivisionError("no reason")

    monkeypatch.setattr("licenses.rules.determination.sweep.determine", crash)
    with pytest.raises(SystemExit, match="1"):
        _printed()
