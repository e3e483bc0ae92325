"""The rows of an evidence pack: application, checks, lists, candidates, flags, with both people of every decision."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch

from exportcheck.accounts.models import User
from exportcheck.errors import Refused
from exportcheck.four_eyes import CountersignedProposal
from licenses.models import CheckReport, Document, Flag, FlagDecision, LicenseApplication
from licenses.services.application.acts import subject_of
from licenses.services.checks.replay import replay
from screening import queries as screening_queries
from screening.models import ListVersion, Match, Resolution


def application_facts(application: LicenseApplication) -> dict[str, Any]:
    """State, outcome, filing, retention."""
    return {
        "reference": application.reference,
        "organization": application.organization.name,
        "created_by": application.created_by.email,
        "created_at": application.created_at,
        "type": application.type,
        "title": application.title,
        "state": application.state,
        "outcome": application.outcome,
        "outcome_sentence": application.outcome_sentence,
        "acn": application.acn,
        "filed_on": application.filed_on,
        "decision": application.decision,
        "retain_until": application.retain_until,
        "legal_hold": application.legal_hold,
    }


def report_facts(report: CheckReport) -> dict[str, Any]:
    """A check: what it used and what it answered, whole; and whether the present installation gives the stored answer again."""
    return {
        **check_facts(report),
        "versions": report.versions,
        "basis": report.basis,
        "result": report.result,
        "error": report.error,
        "replay": replayed(report),
    }


def check_facts(report: CheckReport) -> dict[str, Any]:
    """When a check was made of which revision, why, with which law and engine, and its outcome."""
    return {
        "number": report.number,
        "revision": report.revision.number,
        "cause": report.cause,
        "state": report.state,
        "created_at": report.created_at,
        "finished_at": report.finished_at,
        "as_of": report.as_of,
        "engine": report.engine,
        "rules": report.rules,
        "outcome": report.outcome,
        "rule_rows": rule_rows(report),
    }


def rule_rows(report: CheckReport) -> list[dict[str, Any]]:
    """The dated rule rows that the steps of a check name, once each."""
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for item in (report.result or {}).get("items") or ():
        for step in item.get("steps", ()):
            row = step.get("row")
            if row:
                rows[row["table"], row["rule_id"]] = {**row, "citation": step.get("citation", "")}
    return [rows[key] for key in sorted(rows)]


def replayed(report: CheckReport) -> dict[str, Any]:
    """The replay of a finished check on the day of the export."""
    if report.state != CheckReport.State.DONE:
        return {"done": False, "why": "the check did not finish"}
    try:
        again = replay(report)
    except Refused as refused:
        return {"done": False, "why": refused.detail}
    return {"done": True, "same": again.same, "differs": list(again.differs)}


def list_facts(reports: Iterable[CheckReport]) -> list[dict[str, Any]]:
    """Every list version that a check used: date of the law, when we activated it, entries, digests."""
    versions: dict[int, ListVersion] = {}
    for report in reports:
        versions.update((row.pk, row) for row in screening_queries.versions_numbered(report.versions))
    rows = sorted(versions.values(), key=lambda row: (row.control_list.code, row.number))
    return [
        {
            "list": row.control_list.code,
            "name": row.control_list.name,
            "version": row.number,
            "published_on": row.published_on,
            "activated_at": row.activated_at,
            "entries": row.entries,
            "sample": row.sample,
            "file_sha256": row.sha256,
            "content_digest": row.content_digest,
        }
        for row in rows
    ]


def matches_of(application: LicenseApplication) -> Iterable[Match]:
    """Every match of every party of an application, as first screened too; decided, gone and open ones."""
    return (
        Match.objects.filter(party__organization=application.organization, party__case=subject_of(application))
        .select_related("party", "control_list", "entry", "run", "clearance__resolution")
        .prefetch_related(
            Prefetch("resolutions", queryset=Resolution.objects.select_related("proposed_by", "decided_by").order_by("pk"))
        )
        .order_by("pk")
    )


def match_facts(match: Match) -> dict[str, Any]:
    """A candidate: party as screened, entry as it stood, score with its explanation, decisions about it."""
    return {
        "id": match.pk,
        "subject": match.party.subject,
        "party": match.party.facts,
        "party_fingerprint": match.party.fingerprint,
        "list": match.control_list.code,
        "entry": match.entry.uid,
        "entry_content_hash": match.entry.content_hash,
        "entry_record": match.entry.record,
        "state": match.state,
        "band": match.band,
        "score": match.score,
        "channel": match.channel,
        "hit": match.hit,
        "engine": match.run.engine,
        "created_at": match.created_at,
        "gone_at": match.gone_at,
        "reopened_because": match.reopened_because,
        "carried_from": match.clearance.resolution_id if match.clearance else None,
        "resolutions": [
            {
                "id": row.pk,
                "disposition": row.disposition,
                "reason_code": row.reason_code,
                "reason": row.reason,
                "scope": row.scope,
                "role": row.role,
                "two_people": row.two_people,
                **people(row),
            }
            for row in match.resolutions.all()
        ],
    }


def flags_of(application: LicenseApplication) -> Iterable[Flag]:
    """Flags with their decisions, gone ones too."""
    decisions = FlagDecision.objects.select_related("proposed_by", "decided_by", "quality_review__reviewed_by").order_by("pk")
    return application.flags.prefetch_related(Prefetch("decisions", queryset=decisions)).order_by("pk")


def flag_facts(flag: Flag) -> dict[str, Any]:
    """A flag, why it was raised, and every decision with both people."""
    return {
        "id": flag.pk,
        "code": flag.code,
        "state": flag.state,
        "severity": flag.severity,
        "critical": flag.critical,
        "party": flag.party_key,
        "item": flag.item_key,
        "why": flag.why,
        "facts": flag.facts,
        "citation": flag.citation,
        "match": flag.match_id,
        "opened_at": flag.opened_at,
        "due_at": flag.due_at,
        "gone_at": flag.gone_at,
        "disposition": flag.disposition,
        "reopened_because": flag.reopened_because,
        "decisions": [
            {
                "disposition": row.disposition,
                "reason_code": row.reason_code,
                "reason": row.reason,
                "two_people": row.two_people,
                "expires_at": row.expires_at,
                "determined_outcome": row.determined_outcome,
                "citation": row.citation,
                **people(row),
                "quality_review": quality_of(row),
            }
            for row in flag.decisions.all()
        ],
    }


def quality_of(decision: FlagDecision) -> dict[str, Any] | None:
    """What a quality review of the decision found; None when it was not drawn."""
    drawn = getattr(decision, "quality_review", None)
    if drawn is None:
        return None
    return {
        "drawn_at": drawn.drawn_at,
        "reviewed_by": email(drawn.reviewed_by),
        "reviewed_at": drawn.reviewed_at,
        "agreed": drawn.agreed,
        "note": drawn.note,
    }


def people(row: CountersignedProposal) -> dict[str, Any]:
    """Both people of a decision about a flag, a match or a stop, and when."""
    return {
        "proposed_by": email(row.proposed_by),
        "proposed_at": row.proposed_at,
        "decided_by": email(row.decided_by),
        "decided_at": row.decided_at,
        "note": row.decision_note,
        "sent_back": row.sent_back,
    }


def email(user: User | None) -> str | None:
    """Address of a person; None for the system."""
    return user.email if user else None


def ending(document: Document) -> str:
    """Ending of a stored file, with its dot."""
    _, dot, last = str(document.file.name).rpartition(".")
    return f"{dot}{last}" if dot else ""
