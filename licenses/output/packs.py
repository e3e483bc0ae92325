"""What leaves the house on paper: the filing packet by block, and the evidence pack (JSON, PDF, documents, chain, checker)."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.template.loader import render_to_string

from exportcheck.accounts.models import User
from licenses import queries
from licenses.models import CheckReport
from licenses.output import payloads
from licenses.output.pdf import NO_PDF, PdfMissing, pdf_of
from licenses.services.evidence.exporter_pack import collect_own_evidence
from licenses.services.evidence.pack import Evidence, collect_evidence, record_export
from licenses.services.filing.form_blocks import Packet

CHECKER = Path(__file__).with_name("verify_pack.py")
EPOCH = (1980, 1, 1, 0, 0, 0)
"""Date of every file in a pack: a zip must not differ because it was made a second later."""


@dataclass(frozen=True, slots=True)
class Pack:
    """A finished pack: file name, bytes, and SHA-256 of its manifest, which the audit log keeps."""

    name: str
    data: bytes
    manifest_sha256: str


@transaction.atomic
def export_pack(*, actor: User, application_id: int, at: dt.datetime) -> Pack:
    """Make the evidence pack of an application and record who took it. Raises Refused("not_allowed")."""
    pack = build_pack(collect_evidence(actor=actor, application_id=application_id), at)
    record_export(actor=actor, application_id=application_id, manifest_sha256=pack.manifest_sha256, what="evidence pack")
    return pack


@transaction.atomic
def export_own_pack(*, actor: User, application_id: int, at: dt.datetime) -> Pack:
    """Make the exporter's own evidence pack and record who took it. Raises Refused("not_allowed")."""
    shown = partial(payloads.exporter_result, private_lists=queries.private_lists())
    pack = build_pack(collect_own_evidence(actor=actor, application_id=application_id, shown=shown), at)
    record_export(actor=actor, application_id=application_id, manifest_sha256=pack.manifest_sha256, what="own evidence pack")
    return pack


def build_pack(evidence: Evidence, at: dt.datetime) -> Pack:
    """The same evidence gives the same bytes, but for the time it was made, which stands in the manifest alone."""
    files: dict[str, bytes] = {
        "evidence.json": pretty(evidence.facts),
        "chain.jsonl": "".join(f"{line(row)}\n" for row in evidence.chain).encode(),
        "verify_pack.py": CHECKER.read_bytes(),
    }
    notes = []
    for name, document in evidence.documents:
        try:
            with document.file.open("rb") as stored:
                files[name] = stored.read()
        except FileNotFoundError:
            # The pack says so instead of failing: an auditor must see that a paper is gone.
            notes.append(f"{name} ({document.title}) is not in the store of documents any more.")
    # Read back as JSON, so that the page shows what the file says.
    page = render_to_string("licenses/packet/evidence.html", {"said": json.loads(files["evidence.json"])})
    files["evidence.html"] = page.encode()
    try:
        files["evidence.pdf"] = pdf_of(page)
    except PdfMissing:
        notes.append(NO_PDF)
    manifest = pretty(
        {
            "format": "exportcheck-pack/1",
            "application": evidence.reference,
            "created_at": at.isoformat(),
            "notes": notes,
            "files": [
                {"file": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
                for name, data in sorted(files.items())
            ],
        }
    )
    name = f"{evidence.reference}-evidence.zip"
    return Pack(name, zipped({**files, "manifest.json": manifest}), hashlib.sha256(manifest).hexdigest())


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip file with the files in the order of their names."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in sorted(files.items()):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return buffer.getvalue()


def packet_as_dict(packet: Packet, report: CheckReport | None, result: Mapping[str, Any] | None) -> dict[str, Any]:
    """The filing packet as one object: what is entered in each block, the papers, and the check of just this content (None where
    no check saw it). Nothing in it depends on when it is made."""
    return {
        "format": "exportcheck-packet/1",
        "application": packet.application.reference,
        "revision": packet.revision,
        "frozen": packet.frozen,
        "sha256": packet.sha256,
        "blocks": [{"block": block.number, "label": block.label, "lines": list(block.lines)} for block in packet.blocks],
        "documents": [dict(paper) for paper in packet.documents],
        "check": None if report is None else {"number": report.number, "finished_at": report.finished_at, "result": result},
    }


def pretty(value: object) -> bytes:
    """JSON that people can read, the same for the same value."""
    text = json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False, cls=DjangoJSONEncoder)
    return f"{text}\n".encode()


def line(value: object) -> str:
    """One line of JSON."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, cls=DjangoJSONEncoder)
