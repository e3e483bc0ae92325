"""What an evidence pack of an application holds (docs/design/intake.md#6): all that was filed, found, asked, decided and
done, with the lists and rules it rests on. Reading only, but for the event that says who took a pack out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from exportcheck.accounts import policy
from exportcheck.accounts.models import User
from exportcheck.errors import Refused
from licenses.models import Document, LicenseApplication
from licenses.services.application.acts import record_on, subject_of
from licenses.services.evidence.audit_chain import chain_segment
from licenses.services.evidence.rows import (
    application_facts,
    email,
    flag_facts,
    flags_of,
    list_facts,
    match_facts,
    matches_of,
    people,
    report_facts,
)
from licenses.services.evidence.shared import (
    after_review,
    chain_facts,
    documents_of,
    message_facts,
    question_facts,
    revision_facts,
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
    """Everything about an application, for people of the desk. Raises Refused("not_allowed") for anybody else: exporters have a
    pack of their own (evidence_own.py), which holds nothing of the desk."""
    application = LicenseApplication.objects.select_related("organization", "created_by").get(pk=application_id)
    if not policy.can_export_evidence(actor, application.organization_id) or not policy.can_see_private_reasons(actor):
        raise Refused("not_allowed", "Reviewers and auditors take out evidence packs.")
    matches = list(matches_of(application))
    subjects = frozenset((subject_of(application), *(f"match:{match.pk}" for match in matches)))
    documents = documents_of(application)
    reports = list(application.reports.select_related("revision").order_by("number"))
    facts = {
        "format": FORMAT,
        "application": application_facts(application),
        "revisions": revision_facts(application),
        "checks": [report_facts(report) for report in reports],
        "lists": list_facts(reports),
        "candidates": [match_facts(match) for match in matches],
        "flags": [flag_facts(flag) for flag in flags_of(application)],
        "stops": [
            {"reason": row.reason, "citation": row.citation, **people(row)}
            for row in application.stops.select_related("proposed_by", "decided_by")
        ],
        "questions": [
            {**question_facts(row), "asked_by": email(row.asked_by)}
            for row in application.questions.select_related("asked_by", "answered_by")
        ],
        "messages": [
            {**message_facts(row), "by": email(row.author), "internal": row.internal}
            for row in application.messages.select_related("author").prefetch_related("documents")
        ],
        **after_review(application, documents),
    }
    chain = tuple(chain_segment(application.organization, subjects))
    return Evidence(application.reference, {**facts, **chain_facts(chain, subjects)}, chain, documents)


@transaction.atomic
def record_export(*, actor: User, application_id: int, manifest_sha256: str, what: str) -> None:
    """The event of an export, with the digest that tells a changed pack from the one that was handed out. Raises
    Refused("not_allowed")."""
    application = LicenseApplication.objects.select_related("organization").get(pk=application_id)
    if not policy.can_export_evidence(actor, application.organization_id):
        raise Refused("not_allowed", "People of the application's organization and of the desk export its records.")
    record_on(
        application,
        actor=actor,
        action="evidence.exported",
        body={"what": what, "sha256": manifest_sha256},
    )
