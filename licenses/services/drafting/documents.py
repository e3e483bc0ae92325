"""Papers of an application: stored outside the web root, named by what they are, never shown in the page."""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePath

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from exportcheck.accounts import policy
from exportcheck.accounts.models import User
from exportcheck.errors import Refused
from licenses.models import CheckReport, Document, LicenseApplication
from licenses.rules.tables.loader import load
from licenses.services.application.acts import record_on
from licenses.services.application.workflow import CHECKED_AGAIN, OVER
from licenses.services.checks.conditions import meet_by_paper, unmeet_by_paper
from licenses.services.checks.requests import check_again
from licenses.services.drafting.document_content import check_content

TYPES = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".txt": "text/plain",
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".eml": "message/rfc822",
}
"""Endings taken, with the media type kept. Nothing is ever executed or shown inline."""
CLOSED_TO_PAPERS = (*OVER, "CHECKING")
_UNSAFE = re.compile(r"[^\w.() -]+")


@transaction.atomic
def add_document(*, actor: User, application_id: int, kind: str, title: str, upload: UploadedFile[bytes]) -> Document:
    """Attach a paper; it meets the conditions that ask for its kind. Raises Refused: "not_allowed", "invalid" (kind, size,
    ending or content of the file), "state"."""
    application = _application(actor, application_id)
    kinds = document_kinds()
    if kind not in kinds:
        raise Refused("invalid", f"{kind[:40]!r} is no kind of document; kinds are {', '.join(sorted(kinds))}.")
    ending = _checked_ending(upload)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    name = _UNSAFE.sub("_", PurePath(upload.name or "document").name)[-150:]
    document = Document(
        application=application,
        kind=kind,
        title=(title.strip() or name)[:200],
        media_type=TYPES[ending],
        size=upload.size or 0,
        sha256=digest.hexdigest(),
        uploaded_by=actor,
    )
    document.file.save(f"{digest.hexdigest()[:16]}{ending}", upload, save=False)
    document.save()
    met = meet_by_paper(application, document)
    if application.state in CHECKED_AGAIN:
        # A paper is a fact: what it answers is seen by the review at once.
        check_again(application, cause=CheckReport.Cause.ANSWER, actor=actor)
    record_on(
        application,
        actor=actor,
        action="document.added",
        body={"kind": kind, "title": document.title, "sha256": document.sha256, "size": document.size, "meets": met},
    )
    return document


@transaction.atomic
def withdraw_document(*, actor: User, document_id: int) -> Document:
    """Take a paper off; the file is kept for the record and the duties it met are open again. Raises Refused: "not_allowed",
    "taken" when it was withdrawn before, "state"."""
    document = Document.objects.get(pk=document_id)
    application = _application(actor, document.application_id)
    if Document.objects.filter(pk=document_id, withdrawn_at=None).update(withdrawn_at=timezone.now()) != 1:
        raise Refused("taken", "This document was withdrawn already.")
    unmeet_by_paper(document)
    record_on(
        application,
        actor=actor,
        action="document.withdrawn",
        body={"kind": document.kind, "title": document.title, "sha256": document.sha256},
    )
    document.refresh_from_db()
    return document


def document_kinds() -> frozenset[str]:
    """Kinds of paper in force today: those the rules ask for by the same names (licenses/rules/data/document_kinds.csv)."""
    return frozenset(kind.lower() for kind in load().in_force(timezone.now().date()).forms.documents)


def _application(actor: User, application_id: int) -> LicenseApplication:
    application = LicenseApplication.objects.select_related("organization").get(pk=application_id)
    if not policy.can_edit_draft(actor, application.organization_id):
        raise Refused("not_allowed", "Only people of the application's own organization attach papers.")
    if application.state in CLOSED_TO_PAPERS:
        raise Refused("state", f"{application.reference} is {application.get_state_display()}; its papers cannot be changed now.")
    return application


def _checked_ending(upload: UploadedFile[bytes]) -> str:
    size = upload.size or 0
    if not size:
        raise Refused("invalid", "The file is empty.")
    if size > settings.DOCUMENT_MAX_BYTES:
        most = settings.DOCUMENT_MAX_BYTES
        raise Refused("invalid", f"The file has {size / 1e6:,.1f} MB; {most / 1e6:,.0f} MB at most. Split or scan it smaller.")
    ending = PurePath(upload.name or "").suffix.lower()
    if ending not in TYPES:
        raise Refused("invalid", f"Files ending in {ending[:10] or 'nothing'} are not taken; send {', '.join(sorted(TYPES))}.")
    check_content(upload, ending)
    return ending
