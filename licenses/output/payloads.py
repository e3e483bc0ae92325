"""What the API tells, by two separate makers: one for exporters, one for reviewers. The exporter's never takes from the
reviewer's, so that a reviewer's field cannot slip through (intake.md 8; tests/licenses/output/test_payloads.py)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from licenses import queries
from licenses.models import CheckReport, Flag, FlagDecision, LicenseApplication, Question
from licenses.services.application.revisions import content
from screening.services.screening.screen import PRIVATE_HIT_KEYS

EXPORTER_RESULT_KEYS = (
    "id",
    "outcome",
    "sentence",
    "why",
    "next_steps",
    "parties",
    "items",
    "red_flags",
    "completeness",
    "conditions",
    "lists",
    "lists_missing",
    "lists_stale",
    "lists_expired",
    "lists_outdated",
    "lists_sample",
    "rules",
    "engine",
    "as_of",
    "unverified_rules",
    "what_if",
    "flag_questions",
)
EXPORTER_HIT_KEYS = (
    "list",
    "entry",
    "listed_name",
    "matched_name",
    "channel",
    "score",
    "band",
    "explanation",
    "license_requirement",
    "license_policy",
    "federal_register",
    "programs",
    "footnotes",
    "effective_on",
    "expires_on",
    "alias_quality",
    "decision",
)


def application_payload(application: LicenseApplication) -> dict[str, Any]:
    """An application as its exporter sees it: the draft, its state, and whose turn it is."""
    report = queries.latest_report(application)
    return {
        "reference": application.reference,
        "state": application.state,
        "title": application.title,
        "lock": application.lock,
        "outcome": application.outcome or None,
        "waits_for": application.turn or None,
        "acn": application.acn or None,
        "filed_on": application.filed_on,
        "decision": application.decision or None,
        "created_at": application.created_at,
        "changed_at": application.changed_at,
        "report": report.number if report else None,
        "application": content(application),
        "questions": [question_payload(question) for question in queries.open_questions(application)],
        "conditions": [
            {"code": row.code, "why": row.why, "citation": row.citation, "before": row.before}
            for row in queries.open_conditions(application)
        ],
    }


def row_payload(application: LicenseApplication) -> dict[str, Any]:
    """One row of the list of applications."""
    return {
        "reference": application.reference,
        "state": application.state,
        "type": application.type,
        "title": application.title,
        "destination": application.destination,
        "outcome": application.outcome or None,
        "waits_for": application.turn or None,
        "changed_at": application.changed_at,
    }


def question_payload(question: Question) -> dict[str, Any]:
    """A question to the exporter; who asked stays inside."""
    return {"id": question.pk, "fact": question.fact or None, "text": question.text, "due_on": question.due_on}


def report_payload(report: CheckReport, *, private_lists: Collection[str] = ()) -> dict[str, Any]:
    """A check as its exporter sees it. A check that is not done has no result, and nothing about it reads as clear."""
    return {
        "report": report.number,
        "state": report.state,
        "checked": report.state == CheckReport.State.DONE,
        "created_at": report.created_at,
        "finished_at": report.finished_at,
        "progress": {
            "parties_done": report.parties_done,
            "parties_total": report.parties_total,
            "items_done": report.items_done,
            "items_total": report.items_total,
        },
        "result": exporter_result(report.result, private_lists) if report.result is not None else None,
    }


def exporter_result(result: Mapping[str, Any], private_lists: Collection[str]) -> dict[str, Any]:
    """A precheck output without what is the desk's."""
    kept = {key: result[key] for key in EXPORTER_RESULT_KEYS if key in result}
    kept["parties"] = [
        {**party, "hits": [exporter_hit(hit, private_lists) for hit in party["hits"]]} for party in result.get("parties", ())
    ]
    return kept


def exporter_hit(hit: Mapping[str, Any], private_lists: Collection[str]) -> dict[str, Any]:
    """A hit without the reasons of a private list."""
    hidden = PRIVATE_HIT_KEYS if hit["list"] in private_lists else frozenset()
    return {key: hit[key] for key in EXPORTER_HIT_KEYS if key in hit and key not in hidden}


def reviewer_application(application: LicenseApplication) -> dict[str, Any]:
    """An application as the desk sees it: with its organization, every flag and decision, and internal notes."""
    flags = application.flags.select_related("assignee").prefetch_related("decisions__proposed_by", "decisions__decided_by")
    return {
        **application_payload(application),
        "organization": application.organization.name,
        "drafted_by": application.created_by.email,
        "flags": [flag_payload(flag) for flag in flags],
        "notes": [
            {"at": note.at, "by": str(note.author), "text": note.text}
            for note in application.messages.filter(internal=True).select_related("author")
        ],
    }


def reviewer_report(report: CheckReport) -> dict[str, Any]:
    """A check as the desk sees it: everything, and what the answer rests on."""
    whole = report_payload(report)
    return {
        **whole,
        "cause": report.cause,
        "attempts": report.attempts,
        "error": report.error,
        "versions": report.versions,
        "basis": report.basis,
        "result": report.result,
    }


def flag_payload(flag: Flag) -> dict[str, Any]:
    """A flag with its decisions; for the desk only."""
    return {
        "id": flag.pk,
        "code": flag.code,
        "state": flag.state,
        "severity": flag.severity,
        "critical": flag.critical,
        "party": flag.party_key or None,
        "item": flag.item_key or None,
        "why": flag.why,
        "facts": flag.facts,
        "citation": flag.citation,
        "opened_at": flag.opened_at,
        "due_at": flag.due_at,
        "gone_at": flag.gone_at,
        "disposition": flag.disposition or None,
        "assignee": flag.assignee.email if flag.assignee else None,
        "decisions": [decision_payload(decision) for decision in flag.decisions.all()],
    }


def decision_payload(decision: FlagDecision) -> dict[str, Any]:
    """A decision with both people; for the desk only."""
    return {
        "disposition": decision.disposition,
        "reason_code": decision.reason_code,
        "reason": decision.reason,
        "proposed_by": decision.proposed_by.email,
        "proposed_at": decision.proposed_at,
        "two_people": decision.two_people,
        "decided_by": decision.decided_by.email if decision.decided_by else None,
        "decided_at": decision.decided_at,
        "note": decision.decision_note,
        "sent_back": decision.sent_back,
    }
