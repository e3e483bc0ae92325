"""What both evidence packs hold, the desk's and the exporter's own: revisions, papers, questions, duties, shipments, outcomes,
and where the audit chain begins and ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from licenses.models import Document, LicenseApplication, Message, Question
from licenses.services.evidence.rows import email, ending

Documents = tuple[tuple[str, Document], ...]
"""(name in the pack, row)."""


def documents_of(application: LicenseApplication) -> Documents:
    """Every paper ever attached, withdrawn ones too."""
    return tuple((f"documents/{row.pk}-{row.sha256[:16]}{ending(row)}", row) for row in application.documents.order_by("pk"))


def revision_facts(application: LicenseApplication) -> list[dict[str, Any]]:
    """Each frozen content with its digest."""
    return [
        {"number": row.number, "sha256": row.sha256, "created_at": row.created_at, "by": email(row.created_by),
         "content": row.content}
        for row in application.revisions.select_related("created_by").order_by("number")
    ]  # fmt: skip


def question_facts(row: Question) -> dict[str, Any]:
    """A question and its answer; who asked is the desk's."""
    return {
        "fact": row.fact,
        "text": row.text,
        "asked_at": row.asked_at,
        "due_on": row.due_on,
        "answer": row.answer,
        "answered_by": email(row.answered_by),
        "answered_at": row.answered_at,
        "withdrawn_at": row.withdrawn_at,
    }


def message_facts(row: Message) -> dict[str, Any]:
    """A line of the thread."""
    return {"at": row.at, "text": row.text, "documents": [paper.pk for paper in row.documents.all()]}


def after_review(application: LicenseApplication, documents: Documents) -> dict[str, Any]:
    """Duties, shipments, what the government answered, and the papers."""
    return {
        "conditions": [
            {"code": row.code, "why": row.why, "citation": row.citation, "before": row.before, "met_at": row.met_at,
             "met_by": email(row.met_by), "document": row.document_id, "gone_at": row.gone_at}
            for row in application.conditions.select_related("met_by")
        ],
        "shipments": [
            {"ship_on": row.ship_on, "value_usd": str(row.value_usd), "released_by": row.released_by.email,
             "released_at": row.released_at, "check": row.report.number,
             "lines": [{"item": line.item_key, "quantity": line.quantity, "value_usd": line.value_usd}
                       for line in row.lines.all()]}
            for row in application.shipments.select_related("released_by", "report").prefetch_related("lines")
        ],
        "outcomes": [
            {"decision": row.decision, "decided_on": row.decided_on, "license_no": row.license_no, "valid_until": row.valid_until,
             "value_usd": row.value_usd, "note": row.note, "document": row.document_id, "recorded_by": row.recorded_by.email,
             "recorded_at": row.recorded_at}
            for row in application.outcomes.select_related("recorded_by")
        ],
        "documents": [
            {"id": row.pk, "file": name, "kind": row.kind, "title": row.title, "media_type": row.media_type, "size": row.size,
             "sha256": row.sha256, "uploaded_by": row.uploaded_by.email, "uploaded_at": row.uploaded_at,
             "withdrawn_at": row.withdrawn_at}
            for name, row in documents
        ],
    }  # fmt: skip


def chain_facts(chain: tuple[Mapping[str, Any], ...], subjects: Iterable[str]) -> dict[str, Any]:
    """The timeline of the events that stand open and are about one of the subjects, and the ends of the segment."""
    about = frozenset(subjects)
    return {
        "timeline": [
            {"at": row["envelope"]["at"], "by": row["envelope"]["actor_label"], "action": row["envelope"]["action"],
             "subject": row["envelope"]["subject"], "seq": row["seq"]}
            for row in chain
            if not row.get("sealed") and row["envelope"]["subject"] in about
        ],
        "chain": {
            "name": chain[0]["chain"] if chain else "",
            "first_seq": chain[0]["seq"] if chain else 0,
            "events": len(chain),
            "head": chain[-1]["hash"] if chain else "",
        },
    }  # fmt: skip
