"""What an evidence pack of an application holds (intake.md 6): all that was filed, found, asked, decided and done, with the lists
and rules it rests on. Reading only, but for the event that says who took a pack out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from exportcheck.accounts import policy
from exportcheck.accounts.models import User
from exportcheck.audit.services import record
from exportcheck.errors import Refused
from licenses.models import Document, LicenseApplication
from licenses.services.draft import subject_of
from licenses.services.evidence_chain import chain_segment
from licenses.services.evidence_rows import (
    application_facts,
    email,
    ending,
    flag_facts,
    flags_of,
    list_facts,
    match_facts,
    matches_of,
    people,
    report_facts,
)

FORMAT = "exportcheck-evidence/1"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Content of a pack: `facts` is evidence.json, `chain` the lines of chain.jsonl, `documents` (name in the pack, row)."""

    reference: str
    facts: dict[str, Any]
    chain: tuple[dict[str, Any], ...]
    documents: tuple[tuple[str, Document], ...]


def collect_evidence(*, actor: User, application_id: int) -> Evidence:
    """Everything about an application, for people of the desk. Raises Refused("not_allowed") for anybody else: exporters get
    the packet by block, which holds no internal notes."""
    application = LicenseApplication.objects.select_related("organization", "created_by").get(pk=application_id)
    if not policy.may_export_evidence(actor, application.organization_id) or not policy.can_see_private_reasons(actor):
        raise Refused("not_allowed", "Reviewers and auditors take out evidence packs.")
    matches = list(matches_of(application))
    subjects = frozenset((subject_of(application), *(f"match:{match.pk}" for match in matches)))
    documents = tuple((f"documents/{row.pk}-{row.sha256[:16]}{ending(row)}", row) for row in application.documents.order_by("pk"))
    reports = list(application.reports.select_related("revision").order_by("number"))
    facts = {
        "format": FORMAT,
        "application": application_facts(application),
        "revisions": [
            {"number": row.number, "sha256": row.sha256, "created_at": row.created_at, "by": email(row.created_by),
             "content": row.content}
            for row in application.revisions.select_related("created_by").order_by("number")
        ],
        "checks": [report_facts(report) for report in reports],
        "lists": list_facts(reports),
        "candidates": [match_facts(match) for match in matches],
        "flags": [flag_facts(flag) for flag in flags_of(application)],
        "stops": [
            {"reason": row.reason, "citation": row.citation, **people(row)}
            for row in application.stops.select_related("proposed_by", "decided_by")
        ],
        "questions": [
            {"fact": row.fact, "text": row.text, "asked_by": email(row.asked_by), "asked_at": row.asked_at, "due_on": row.due_on,
             "answer": row.answer, "answered_by": email(row.answered_by), "answered_at": row.answered_at,
             "withdrawn_at": row.withdrawn_at}
            for row in application.questions.select_related("asked_by", "answered_by")
        ],
        "messages": [
            {"at": row.at, "by": email(row.author), "text": row.text, "internal": row.internal,
             "documents": [paper.pk for paper in row.documents.all()]}
            for row in application.messages.select_related("author").prefetch_related("documents")
        ],
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
    chain = tuple(chain_segment(application.organization, subjects))
    facts["timeline"] = [
        {"at": row["envelope"]["at"], "by": row["envelope"]["actor_label"], "action": row["envelope"]["action"],
         "subject": row["envelope"]["subject"], "seq": row["seq"]}
        for row in chain
        if row["envelope"]["subject"] in subjects
    ]  # fmt: skip
    facts["chain"] = {
        "name": chain[0]["chain"] if chain else "",
        "first_seq": chain[0]["seq"] if chain else 0,
        "events": len(chain),
        "head": chain[-1]["hash"] if chain else "",
    }
    return Evidence(application.reference, facts, chain, documents)


@transaction.atomic
def record_export(*, actor: User, application_id: int, manifest_sha256: str, what: str) -> None:
    """The event of an export, with the digest that tells a changed pack from the one that was handed out. Raises
    Refused("not_allowed")."""
    application = LicenseApplication.objects.select_related("organization").get(pk=application_id)
    if not policy.may_export_evidence(actor, application.organization_id):
        raise Refused("not_allowed", "People of the application's organization and of the desk export its records.")
    record(
        actor=actor,
        action="evidence.exported",
        subject=subject_of(application),
        organization=application.organization,
        body={"what": what, "sha256": manifest_sha256},
    )
