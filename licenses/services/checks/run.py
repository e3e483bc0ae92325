"""The worker's side of a check: lease the row, screen, then one transaction that stores and concludes everything.

A check that fails is FAILED and the application "not checked yet", never clear.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

import structlog
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from exportcheck.leases import Lease, LeaseLost, lease
from licenses.models import CheckReport, LicenseApplication
from licenses.rules.types import RedFlag
from licenses.services.application.acts import locked, record_on, subject_of
from licenses.services.application.revisions import item_scope_of
from licenses.services.application.workflow import Event, allowed, make_move
from licenses.services.checks.conditions import sync_conditions
from licenses.services.checks.flags import (
    Concern,
    FlagsAfterCheck,
    MatchKey,
    StoredHits,
    concerns_of,
    last_decisions,
    settled_concerns,
    settled_fingerprints,
    sync_flags,
)
from licenses.services.checks.next_state import determination_concerns, move_after_check, recorded_outcomes
from licenses.services.checks.questions import sync_questions
from licenses.services.checks.replay import basis_of
from licenses.services.checks.requests import Cause, new_report
from licenses.services.evaluation.evaluate import Evaluation, EvaluationInput, concluded, flagged, screen_line, searched_lists
from licenses.services.evaluation.hits import DecidedHit, Decisions, HitKey
from licenses.services.evaluation.manual_outcome import Determined
from licenses.services.evaluation.read_application import ParsedApplication, read_line
from licenses.services.evaluation.rules_in_force import rules
from licenses.services.evaluation.screen_parties import ScreenedSubject
from licenses.services.evaluation.what_if import answers_that_matter
from licenses.services.retention.retention import sync_legal_hold
from screening.models import Match
from screening.services.parties.engine_info import ENGINE_VERSION, fingerprint
from screening.services.parties.parties import lock_lists_shared, retire_case
from screening.services.parties.snapshot import Snapshot
from screening.services.parties.snapshot import current as current_snapshot
from screening.services.screening.screen import start_run, store_screening

log = structlog.get_logger(__name__)
MAX_ATTEMPTS = 5
"""Leases of one check; a check that ends its worker five times would end every worker."""
CONCLUDED = (
    *("state", "finished_at", "result", "outcome", "versions", "engine", "as_of", "rules", "basis"),
    *("parties_done", "parties_total", "items_done", "items_total"),
)
"""Columns of a report that its end writes."""


def run_check(*, report_id: int) -> None:
    """Do one check, if it still wants doing. Running it twice, at once or after another, changes nothing."""
    held = lease_report(report_id)
    if held is None:
        return
    try:
        if held.row.attempts > MAX_ATTEMPTS:
            raise RuntimeError(f"given up after {MAX_ATTEMPTS} workers ended in the middle of it")
        line = read_line(held.row.revision.content)
        snapshot = current_snapshot(held.row.application.organization_id)
        tell = held.pulse()
        screened = screen_line(line, snapshot, rules(timezone.now().date()), progress=lambda done: tell(parties_done=done))
        _finish(held, line, screened, snapshot)
    except LeaseLost:
        log.info("check_lease_lost", report=report_id)
    except Exception as error:
        # Whatever it was, the row must say that there is no answer; the worker then logs the error as a failed task.
        _fail(held, error)
        raise


def lease_report(report_id: int) -> Lease[CheckReport] | None:
    """Take a waiting check, or one whose worker fell silent; None when it is done, or somebody is at it."""
    unfinished = CheckReport.objects.filter(pk=report_id, state__in=CheckReport.UNFINISHED)
    running = {"state": CheckReport.State.RUNNING, "attempts": F("attempts") + 1}
    return lease(unfinished, related=("revision", "application__organization"), **running)


@transaction.atomic
def _finish(held: Lease[CheckReport], line: ParsedApplication, screened: tuple[ScreenedSubject, ...], snapshot: Snapshot) -> None:
    """Store what was found, conclude, and move the application: all of it, or nothing."""
    application = locked(held.row.application_id)
    lock_lists_shared()
    now = timezone.now()
    report = held.fresh(lock=True)
    hits = _store(application, screened, snapshot, item_scope_of(held.row.revision.content))
    decisions, decided_flags = _decisions(hits), last_decisions(application)
    recorded = recorded_outcomes(application, line, decided_flags, now)
    settled = settled_fingerprints(application, decided_flags, now)
    evaluation, concerns = _conclude(application, line, screened, snapshot, hits, decisions, settled, recorded, now)
    standing = sync_flags(application, report, concerns, decided_flags, now)
    asked = sync_questions(application, evaluation.questions if evaluation.conclusion.outcome else (), now)
    sync_conditions(application, evaluation.conditions, now)
    report.basis = basis_of(evaluation, decisions, recorded)
    _conclude_report(report, line, evaluation, snapshot, screened)
    held.release(**{column: getattr(report, column) for column in CONCLUDED})
    again = report.again or (Cause.LIST if current_snapshot(application.organization_id).numbers != snapshot.numbers else "")
    if again:
        # The answer is old already: what follows from it is left to the next check.
        new_report(application, cause=Cause(again), actor=None)
    else:
        move_after_check(application, evaluation, standing, asked)
    sync_legal_hold(application)
    _record(application, report, evaluation, standing)


def _store(
    application: LicenseApplication, screened: tuple[ScreenedSubject, ...], snapshot: Snapshot, item_scope: str
) -> StoredHits:
    """Keep every screened party with its matches; parties that left the application are retired."""
    case = subject_of(application)
    run = start_run(kind="check", organization=application.organization, snapshot=snapshot)
    matches: dict[MatchKey, Match] = {}
    for one in screened:
        _, rows = store_screening(
            organization=application.organization,
            case=case,
            part=one.subject.id,
            party=one.subject.party,
            screening=one.screening,
            run=run,
            snapshot=snapshot,
            item_scope=item_scope,
        )
        for row in rows:
            if row.gone_at is None:
                matches[(one.subject.id, row.control_list.code, row.entry.uid)] = row
    retire_case(case, organization=application.organization, keep=[one.subject.id for one in screened])
    return StoredHits.of(matches, {one.subject.id: fingerprint(one.subject.party) for one in screened})


def _decisions(hits: StoredHits) -> dict[str, dict[HitKey, DecidedHit]]:
    decisions: dict[str, dict[HitKey, DecidedHit]] = {}
    for (party, code, uid), match in hits.matches.items():
        if disposition := hits.disposition_of(match):
            decisions.setdefault(party, {})[(code, uid)] = DecidedHit(disposition)
    return decisions


def _conclude(
    application: LicenseApplication,
    line: ParsedApplication,
    screened: tuple[ScreenedSubject, ...],
    snapshot: Snapshot,
    hits: StoredHits,
    decisions: Decisions,
    settled: Collection[str],
    recorded: Determined,
    now: dt.datetime,
) -> tuple[Evaluation, list[Concern]]:
    """The evaluation with the decisions that stand, and the concerns that follow from it."""
    known = set(application.flags.values_list("fingerprint", flat=True))

    def is_open(flag: RedFlag) -> bool:
        found = concerns_of([flag], hits)
        return any(not concern.decided and concern.fingerprint not in settled for concern in found)

    today = now.date()
    raised_flags = flagged(
        EvaluationInput(
            line=line,
            screened=screened,
            snapshot=snapshot,
            rules=rules(today),
            day=today,
            lists=searched_lists(snapshot),
            decisions=decisions,
            recorded=recorded,
            whole_form=True,
        )
    )
    evaluation = concluded(raised_flags, [flag for flag in raised_flags.flags if is_open(flag)])
    raised = concerns_of(evaluation.flags, hits)
    return evaluation, [*raised, *settled_concerns(hits, raised), *determination_concerns(line, evaluation, known)]


def _conclude_report(
    report: CheckReport,
    line: ParsedApplication,
    evaluation: Evaluation,
    snapshot: Snapshot,
    screened: tuple[ScreenedSubject, ...],
) -> None:
    # The clock after the matches were stored: what a list changes later is newer than this report.
    now = timezone.now()
    report.state, report.finished_at = CheckReport.State.DONE, now
    matter = answers_that_matter(evaluation, evaluation.given.rules)
    report.result = {**evaluation.result, **({"what_if": matter} if matter else {})}
    report.outcome = evaluation.result["outcome"] or ""
    report.versions, report.engine, report.as_of = snapshot.numbers, ENGINE_VERSION, now.date()
    report.rules = evaluation.result["rules"]
    report.parties_done, report.parties_total = len(screened), len(screened)
    report.items_done, report.items_total = len(line.facts.items), len(line.facts.items)


def _record(application: LicenseApplication, report: CheckReport, evaluation: Evaluation, standing: FlagsAfterCheck) -> None:
    record_on(
        application,
        actor=None,
        action="check.finished",
        body={
            "report": report.number,
            "revision": report.revision.number,
            "outcome": report.outcome,
            "state": application.state,
            "lists": report.versions,
            "rules": report.rules,
            "engine": report.engine,
            "as_of": report.as_of,
            "hits": [
                f"{party['id']} {hit['list']} {hit['entry']}" for party in evaluation.result["parties"] for hit in party["hits"]
            ],
            "flags_open": [flag.code for flag in standing.open],
        },
    )


@transaction.atomic
def _fail(held: Lease[CheckReport], error: Exception) -> None:
    """Note that there is no answer, unless another worker took the check over meanwhile."""
    words = f"{type(error).__name__}: {error}"[:500]
    try:
        held.release(state=CheckReport.State.FAILED, finished_at=timezone.now(), error=words)
    except LeaseLost:
        return
    application = LicenseApplication.objects.select_related("organization").get(pk=held.row.application_id)
    if allowed(application.state, Event.INCOMPLETE):
        make_move(application, Event.INCOMPLETE, outcome="", outcome_sentence="")
    record_on(
        application,
        actor=None,
        action="check.failed",
        body={"report": held.row.number, "attempt": held.row.attempts, "error": words},
    )
