"""PDFs are the same bytes again, and a machine that cannot make them says so beforehand."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from licenses.output.pdf import check_libraries, pdf_of

NOON = dt.datetime(2026, 9, 1, 12, tzinfo=dt.UTC)
PAGE = "<html><body><p>Block 14: ultimate consignee, \u4e2d\u82af\u56fd\u9645</p></body></html>"


@pytest.mark.parametrize("subsetter", [True, False], ids=["as installed", "without HarfBuzz's subsetter"])
def test_the_same_page_gives_the_same_bytes_a_day_later(subsetter: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    fonts = pytest.importorskip("weasyprint.pdf.fonts", exc_type=OSError)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    if not subsetter:
        monkeypatch.setattr(fonts, "harfbuzz_subset", None)
    with time_machine.travel(NOON):
        first = pdf_of(PAGE)
    with time_machine.travel(NOON + dt.timedelta(days=1)):
        assert pdf_of(PAGE) == first


@pytest.mark.parametrize(
    ("missing", "found", "hint"),
    [
        ((), None, ""),
        (("pango-1.0", "pangoft2-1.0"), "licenses.W001", "libpango-1.0-0"),
        (("pangoft2-1.0",), "licenses.W001", "libpangoft2-1.0-0"),
        (("harfbuzz-subset",), "licenses.I001", "libharfbuzz-subset0"),
    ],
)
def test_check_says_which_library_is_missing(missing: tuple[str, ...], found: str | None, hint: str) -> None:
    messages = check_libraries(lambda name: None if name in missing else f"lib{name}.so")
    assert [each.id for each in messages] == ([found] if found else [])
    assert all(hint in str(each.hint) for each in messages)
