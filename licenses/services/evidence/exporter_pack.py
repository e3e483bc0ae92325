"""The exporter's own evidence pack (docs/design/intake.md#5, "export evidence: own organization"): what its people filed,
were told, answered and did. What is the desk's stays out: flags, decisions, notes, rejected candidates; events of the desk
are sealed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from exportcheck.accounts import policy
from exportcheck.accounts.models import Membership, User
from exportcheck.errors import Refused
from licenses.models import LicenseApplication
from licenses.services.application.acts import subject_of
from licenses.services.evidence.audit_chain import chain_segment
from licenses.services.evidence.pack import FORMAT, Evidence
from licenses.services.evidence.rows import application_facts, check_facts, email, list_facts
from licenses.services.evidence.shared import (
    after_review,
    chain_facts,
    documents_of,
    message_facts,
    question_facts,
    revision_facts,
)

KEPT_FROM_EXPORTERS = frozenset(("legal_hold",))
"""A hold may be confidential: who asked for the records decides whom to tell."""


def collect_own_evidence(*, actor: User, application_id: int, shown: Callable[[Mapping[str, Any]], dict[str, Any]]) -> Evidence:
    """Everything about an application that its own people may see. `shown` makes the exporter's form of a check's answer.
    Raises Refused("not_allowed") for anybody else."""
    application = LicenseApplication.objects.select_related("organization", "created_by").get(pk=application_id)
    if not policy.is_exporter_of(actor, application.organization_id):
        raise Refused("not_allowed", "People of the application's organization take out its own evidence pack.")
    subjects = frozenset((subject_of(application),))
    documents = documents_of(application)
    reports = list(application.reports.select_related("revision").order_by("number"))
    about = {key: value for key, value in application_facts(application).items() if key not in KEPT_FROM_EXPORTERS}
    facts = {
        "format": FORMAT,
        "reader": "exporter",
        "application": about,
        "revisions": revision_facts(application),
        "checks": [
            {**check_facts(report), "result": shown(report.result) if report.result is not None else None} for report in reports
        ],
        "lists": list_facts(reports),
        "questions": [question_facts(row) for row in application.questions.select_related("answered_by")],
        "messages": [
            {**message_facts(row), "by": _of_the_organization(row.author, application)}
            for row in application.messages.filter(internal=False).select_related("author").prefetch_related("documents")
        ],
        **after_review(application, documents),
    }
    actors = Membership.objects.filter(organization=application.organization_id).values_list("user_id", flat=True)
    chain = tuple(chain_segment(application.organization, subjects, actors=frozenset(actors)))
    return Evidence(application.reference, {**facts, **chain_facts(chain, subjects)}, chain, documents)


def _of_the_organization(author: User | None, application: LicenseApplication) -> str | None:
    """Address of one's own people; the desk writes as the desk."""
    if author is None or not policy.is_member(author, application.organization_id):
        return None
    return email(author)
