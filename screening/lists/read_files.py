"""The door of this room: files in, lists out, or a FileRefused that names its guard."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from screening.lists.archive import is_workbook, unpack
from screening.lists.collector import Harvest
from screening.lists.decoding import Text, check_content, decode
from screening.lists.format_detection import FORMATS, tell
from screening.lists.formats import (
    bis_csv,
    csl_csv,
    csl_json,
    custom,
    dpl_txt,
    dtc_csv,
    ecfr_xml,
    eu_lists,
    extract_json,
    isn_csv,
    ofac_csv,
    ofac_enhanced,
    ofac_xml,
    open_sanctions,
    uk_csv,
    un_xml,
)
from screening.lists.registry import BUNDLES, CONTROL_LISTS
from screening.lists.types import FileRefused, Parsed, RawFile

Parser = Callable[[Sequence[Text], Harvest], None]

PARSERS: Mapping[str, Parser] = {
    "csl_csv": csl_csv.parse,
    "csl_json": csl_json.parse,
    "ecfr_xml": ecfr_xml.parse,
    "bis_csv": bis_csv.parse,
    "dpl_txt": dpl_txt.parse,
    "ofac_csv": ofac_csv.parse,
    "ofac_xml": ofac_xml.parse,
    "ofac_enhanced_xml": ofac_enhanced.parse,
    "un_xml": un_xml.parse,
    "eu_csv": eu_lists.parse_csv,
    "eu_xml": eu_lists.parse_xml,
    "uk_csv": uk_csv.parse,
    "isn_csv": isn_csv.parse,
    "dtc_csv": dtc_csv.parse,
    "extract_json": extract_json.parse,
    "os_targets_csv": open_sanctions.parse_csv,
    "ftm_jsonl": open_sanctions.parse_jsonl,
    "custom_csv": custom.parse_csv,
    "custom_xlsx": custom.parse_xlsx,
}
"""One parser per name of FORMATS: it fills a Harvest and raises FileRefused for a file that must change nothing."""
ANY_LIST = frozenset(("custom_csv", "custom_xlsx", "os_targets_csv", "ftm_jsonl"))
"""Formats that do not say which list they are."""


def read(files: Sequence[RawFile], *, code: str, format: str | None = None) -> Parsed:
    """Read one import: files that belong together, of one format.

    `code` is a list code, a custom code, or a bundle (CSL, OFAC_NON_SDN); `format` one of FORMATS, None = told by
    content. Gzip and ZIP are opened. Raises FileRefused for a file that must change nothing, ValueError for a
    `format` that does not exist.
    """
    if format is not None and format not in FORMATS:
        raise ValueError(f"format {format!r} is none of {', '.join(FORMATS)}")
    if not files:
        raise FileRefused("empty", "no file was given")
    plain = unpack(files)
    for file in plain:
        check_content(file)
    books = [file for file in plain if is_workbook(file)]
    if books and len(books) < len(plain):
        raise FileRefused("header_drift", "workbooks and text files cannot be read together; import them one by one")
    texts = [Text(file.name, "", data=file.data) for file in books] or [decode(file) for file in plain]
    told = format or ("custom_xlsx" if books else tell(texts))
    if (told == "custom_xlsx") != bool(books):
        raise FileRefused("header_drift", f"{plain[0].name} is {'a' if books else 'no'} workbook and cannot be read as {told}")
    _check_code(code, told, forced=format is not None)
    harvest = Harvest(code=code, format=told)
    for text in texts:
        for warning in text.warnings:
            harvest.note(warning)
    PARSERS[told](texts, harvest)
    return harvest.close()


def _check_code(code: str, told: str, *, forced: bool) -> None:
    """Formats that hold whatever list they are imported as must not become a publisher's list by mistake: a
    consolidated file whose columns were renamed looks like the custom template."""
    if told not in ANY_LIST:
        return
    if code in BUNDLES:
        raise FileRefused("header_drift", f"the file is in the format {told}, which is one list, and {code} stands for several")
    source = CONTROL_LISTS.get(code)
    if told.startswith("custom") and source is not None and source.own_format and not forced:
        raise FileRefused("header_drift", f"the file looks like the custom template, not like a file of {source.publisher}")
