"""Papers that are no papers: each refused with its reason, and nothing kept."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from exportcheck.accounts.models import User
from exportcheck.errors import Refused
from licenses.services.drafting.documents import add_document
from tests.licenses.factories import draft

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def archive(**members: bytes) -> bytes:
    """A zip file; "__" in a name stands for "/", "_" before the ending for "."."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name.replace("__", "/").replace("_", "."), data)
    return out.getvalue()


BOMB = archive(word__document_xml=b"0" * 80_000_000)
MACRO = archive(word__document_xml=b"<w/>", word__vbaProject_bin=b"code")
REFUSED = [
    ("page.html", b"<script>", "not taken"),
    ("statement.exe", b"MZ", "not taken"),
    ("statement.pdf.exe", b"%PDF-1.7", "not taken"),
    ("noending", b"%PDF-1.7", "not taken"),
    ("statement.pdf", b"", "empty"),
    ("statement.pdf", b"#!/bin/sh\nrm -rf /\n", "not what its ending"),
    ("statement.pdf", b"MZ\x90\x00 a program", "not what its ending"),
    ("photo.png", b"%PDF-1.7", "not what its ending"),
    ("letter.docx", b"PK\x03\x04 and then nothing", "not what its ending"),
    ("letter.docx", archive(xl__workbook_xml=b"<x/>"), "not what its ending"),
    ("letter.docx", BOMB, "far more than a document needs"),
    ("letter.docx", MACRO, "macros"),
    ("notes.txt", b"\x7fELF\x02\x01", "not what its ending"),
    ("notes.csv", b"a,b\x00c\n", "not what its ending"),
]


@pytest.mark.parametrize(("name", "data", "told"), REFUSED, ids=[f"{name}: {told}" for name, _, told in REFUSED])
def test_a_file_that_is_not_a_paper_is_refused(name: str, data: bytes, told: str, alice: User) -> None:
    application = draft(alice)
    upload = SimpleUploadedFile(name, data)
    with pytest.raises(Refused, match=told):
        add_document(actor=alice, application_id=application.pk, kind="purchase_order", title="x", upload=upload)
    assert not application.documents.exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("letter.docx", archive(word__document_xml=b"<w>text</w>")),
        ("table.xlsx", archive(xl__workbook_xml=b"<x/>")),
        ("notes.txt", "Größe: fünf".encode()),
        ("notes.csv", "a;b\n1;2\n".encode("utf-16")),
    ],
)
def test_office_documents_and_texts_are_taken(name: str, data: bytes, alice: User, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    application = draft(alice)
    upload = SimpleUploadedFile(name, data)
    document = add_document(actor=alice, application_id=application.pk, kind="other", title="", upload=upload)
    with document.file.open("rb") as stored:
        assert stored.read() == data


def test_a_file_of_200_megabytes_is_refused_on_the_page_with_the_limit(alice: User, sign_in: SignIn, settings: Any) -> None:
    settings.DOCUMENT_MAX_BYTES = 2_000_000  # the same road with a smaller file: the size is asked before anything is read
    application = draft(alice)
    big = SimpleUploadedFile("scan.pdf", b"%PDF-1.7" + b"0" * 2_500_000)
    page = sign_in(alice).post(reverse("document_add", args=(application.reference,)), {"kind": "other", "file": big})
    assert "2.5 MB; 2 MB at most" in page.content.decode()
    assert not application.documents.exists()


def test_a_path_in_the_name_is_dropped_before_anything_sees_it(
    alice: User, sign_in: SignIn, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    application = draft(alice)
    boundary = "x" * 20
    head = 'form-data; name="file"; filename="../../../escaped.pdf"'
    body = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="kind"\r\n\r\nother\r\n'
        f"--{boundary}\r\nContent-Disposition: {head}\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.7\r\n--{boundary}--\r\n"
    )
    url = reverse("document_add", args=(application.reference,))
    sign_in(alice).generic("POST", url, body, content_type=f"multipart/form-data; boundary={boundary}")
    document = application.documents.get()
    assert document.title == "escaped.pdf"
    assert document.file.name.startswith("documents/")
    assert not list(tmp_path.glob("escaped*"))
