"""What is taken home as a file: the difference of a version (CSV with one line a changed field, JSON with one object an entry),
and the template for a list of one's own."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from openpyxl import Workbook

from screening.lists.formats import custom
from screening.models import ListChange, ListVersion

CHUNK = 500
HEADER = ("kind", "entry", "name", "field", "before", "after")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        """The line itself."""
        return text


def changes_csv(version: ListVersion) -> StreamingHttpResponse:
    """Rows of HEADER; an added or removed entry is one row without a field."""
    response = StreamingHttpResponse(_csv_lines(version), content_type="text/csv; charset=utf-8")
    return _named(response, version, "csv")


def changes_json(version: ListVersion) -> StreamingHttpResponse:
    """An array of {kind, entry, name, fields, record}; `fields` maps a field to [[before…], [after…]]."""
    response = StreamingHttpResponse(_json_pieces(version), content_type="application/json")
    return _named(response, version, "json")


def _named(response: StreamingHttpResponse, version: ListVersion, suffix: str) -> StreamingHttpResponse:
    name = f"{version.control_list.code}-version-{version.number}-changes.{suffix}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _changes(version: ListVersion) -> Iterator[ListChange]:
    return ListChange.objects.filter(version=version).order_by("kind", "name", "pk").iterator(chunk_size=CHUNK)


def _csv_lines(version: ListVersion) -> Iterator[str]:
    writer: Any = csv.writer(_Echo())
    yield writer.writerow(HEADER)
    for change in _changes(version):
        fields: dict[str, list[list[str]]] = change.fields or {"": [[], []]}
        for field, (before, after) in fields.items():
            row = (change.kind, change.uid, change.name, field, "; ".join(before), "; ".join(after))
            yield writer.writerow([_plain(cell) for cell in row])


def _plain(cell: str) -> str:
    """A listed name that begins like a formula must stay text in a spreadsheet."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _json_pieces(version: ListVersion) -> Iterator[str]:
    lead = "["
    for change in _changes(version):
        row = {"kind": change.kind, "entry": change.uid, "name": change.name, "fields": change.fields, "record": change.record}
        yield f"{lead}\n{json.dumps(row, ensure_ascii=False)}"
        lead = ","
    yield "[]\n" if lead == "[" else "\n]\n"


def _template_csv() -> HttpResponse:
    return _attached(custom.template().encode(), "csv")


def _template_xlsx() -> HttpResponse:
    book = Workbook()
    sheet = book.active
    sheet.append(custom.COLUMNS)
    sheet.append(custom.EXAMPLE)
    made = io.BytesIO()
    book.save(made)
    return _attached(made.getvalue(), "xlsx")


def _attached(data: bytes, suffix: str) -> HttpResponse:
    response = HttpResponse(data, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="own-list-template.{suffix}"'
    return response


TEMPLATES = {"csv": _template_csv, "xlsx": _template_xlsx}
"""The template for a list of one's own, by the ending of its file."""
