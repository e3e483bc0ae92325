"""A page as PDF: the same page gives the same bytes, whichever system libraries draw it. Nothing is fetched.

WeasyPrint needs Pango. With HarfBuzz's subsetter it cuts the fonts down by it; without, fontTools does, and writes the hour of
the clock into them unless SOURCE_DATE_EPOCH (reproducible-builds.org) says another one.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from ctypes.util import find_library
from typing import Any

import structlog
from django.core.checks import CheckMessage, Info
from django.core.checks import Warning as CheckWarning

log = structlog.get_logger(__name__)
NO_PDF = "The PDF could not be made: this installation lacks the Pango library. evidence.html holds the same pages."
PANGO = ("pango-1.0", "pangoft2-1.0")
SUBSETTER = "harfbuzz-subset"
FONT_DATE = "315532800"
"""1980-01-01 in seconds of Unix time: the date of the files in a pack, too."""


class PdfMissing(RuntimeError):
    """The libraries that draw a PDF are not installed here."""


def pdf_of(page: str) -> bytes:
    """A page as PDF. Raises PdfMissing where the libraries are not installed."""
    os.environ.setdefault("SOURCE_DATE_EPOCH", FONT_DATE)
    try:
        # Loaded here because importing it needs Pango, which a small installation may lack: everything else must still work.
        from weasyprint import HTML  # noqa: PLC0415
    except OSError as error:
        log.warning("pdf_not_possible", error=str(error))
        raise PdfMissing(str(error)) from error
    data: bytes = HTML(string=page, url_fetcher=nothing_fetched).write_pdf()
    return data


def nothing_fetched(url: str, *_: object, **__: object) -> dict[str, Any]:
    """A page of ours names no address; one that came in with a text is not followed."""
    raise ValueError(f"{url[:100]} is not fetched for a PDF.")


def check_libraries(find: Callable[[str], str | None] = find_library) -> list[CheckMessage]:
    """`manage.py check`: which system libraries of the PDFs are missing, and what to install.

    licenses.W001: no PDF can be made (packs then hold the same pages as HTML). licenses.I001: PDFs are made, only slower.
    """
    if missing := [name for name in PANGO if not find(name)]:
        return [
            CheckWarning(
                f"PDFs cannot be made: {' and '.join(missing)} not found.",
                hint="Install Pango (Debian, Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0; macOS: brew install pango).",
                id="licenses.W001",
            )
        ]
    if not find(SUBSETTER):
        return [
            Info(
                "PDFs with Chinese, Japanese or Korean names are made slowly: HarfBuzz's subsetter is not found.",
                hint="Debian, Ubuntu: apt install libharfbuzz-subset0. macOS has it with Pango.",
                id="licenses.I001",
            )
        ]
    return []
