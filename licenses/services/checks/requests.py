"""Checks asked for: by the exporter, by a decision, by an answer, by a changed list. A check is a row
(docs/design/house.md#3); the worker's side is run.py."""

from __future__ import annotations

import datetime as dt

import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from exportcheck.accounts import policy
from exportcheck.accounts.models import User
from exportcheck.errors import Refused
from exportcheck.queueing import enqueue_on_commit
from licenses import queries
from licenses.models import CheckReport, Flag, FlagDecision, LicenseApplication
from licenses.services.application.acts import cancel_unfinished_checks, locked, record_on
from licenses.services.application.revisions import freeze
from licenses.services.application.validation import read
from licenses.services.application.workflow import CHECKED_AGAIN, SETTLED, Event, State, make_move
from licenses.services.checks.flags import resume_clocks
from licenses.services.evaluation.read_application import read_line
from screening.models import Match
from screening.services.parties.snapshot import current as current_snapshot

log = structlog.get_logger(__name__)
TASK = "licenses.tasks.check_application"
Cause = CheckReport.Cause
SUPERSEDED = "Given up: a newer check of the application follows."
MAX_RETRIES = 3
"""Failures in a row after which the system stops retrying and calls a person (docs/design/intake.md#3)."""
FIRST_RETRY_AFTER = dt.timedelta(minutes=1)
"""Wait before the first retry; each further one waits five times as long."""
_EVENTS = {Cause.SUBMIT: Event.CHECK, Cause.ANSWER: Event.ANSWER, Cause.RETRY: Event.RETRY}


@transaction.atomic
def submit_for_check(*, actor: User, application_id: int, cause: str = "submit") -> CheckReport:
    """Freeze the application and ask for its check; it is being checked until a worker finished.

    cause: "submit", or "answer" when the exporter's answers ask for it. Raises Refused: "not_allowed"; "invalid" when the draft
    cannot be read as an application (with what to mend); "state" when somebody was faster.
    """
    application = locked(application_id)
    if not policy.can_run_precheck(actor, application.organization_id):
        raise Refused("not_allowed", "Only people of the application's organization and reviewers run its check.")
    make_move(application, _EVENTS[Cause(cause)], outcome="", outcome_sentence="")
    resume_clocks(application)
    return new_report(application, cause=Cause(cause), actor=actor)


def new_report(application: LicenseApplication, *, cause: CheckReport.Cause, actor: User | None) -> CheckReport:
    """The row of a new check and its event; a worker is told on commit. Runs in the caller's transaction, on a locked
    application. What the application says now is frozen; an unfinished check of what it said before is given up.
    Raises Refused("invalid") when it cannot be read as an application."""
    revision = freeze(application, actor=actor)
    line = read(read_line, revision.content)
    cancel_unfinished_checks(application, because=SUPERSEDED)
    last = application.reports.order_by("-number").first()
    report = CheckReport.objects.create(
        application=application,
        revision=revision,
        number=last.number + 1 if last else 1,
        cause=cause,
        as_of=timezone.now().date(),
        versions=current_snapshot(application.organization_id).numbers,
        parties_total=len(line.parties),
        items_total=len(line.facts.items),
    )
    record_on(
        application,
        actor=actor,
        action="check.asked",
        body={"report": report.number, "revision": revision.number, "cause": cause, "lists": report.versions},
    )
    enqueue_on_commit(TASK, report.pk)
    return report


def check_again(application: LicenseApplication, *, cause: CheckReport.Cause, actor: User | None) -> None:
    """See to it that what was just written is checked: by a new check, by the one that waits, or, when one runs already and may
    have read the old state, by another after it. Runs in the caller's transaction; takes the application's lock."""
    locked(application.pk)
    running = CheckReport.objects.filter(application=application, state=CheckReport.State.RUNNING)
    if running.update(again=cause):
        return
    waiting = CheckReport.objects.filter(application=application, state=CheckReport.State.PENDING)
    if not waiting.exists():
        new_report(application, cause=cause, actor=actor)


@transaction.atomic
def retry(*, actor: User | None, application_id: int) -> CheckReport:
    """Check again: what could not be checked, or a settled application whose screening grew old (V25); that one keeps its
    state unless the check finds something. Raises Refused: "not_allowed", "state"."""
    application = locked(application_id)
    if actor is not None and not policy.can_run_precheck(actor, application.organization_id):
        raise Refused("not_allowed", "Only people of the application's organization and reviewers run its check.")
    if application.state not in (*SETTLED, State.REOPENED):
        make_move(application, Event.RETRY, outcome="", outcome_sentence="")
    elif application.reports.filter(state__in=CheckReport.UNFINISHED).exists():
        raise Refused("state", f"{application.reference} is being checked already.")
    return new_report(application, cause=Cause.RETRY, actor=actor)


def requeue_stale() -> int:
    """Tell workers of every check that waits or whose worker fell silent, and retry failed ones whose time has come. Beat calls
    it; a message too many changes nothing. Returns how many were told."""
    now = timezone.now()
    due = queries.due_reports().values_list("pk", flat=True)
    for pk in due:
        enqueue_on_commit(TASK, pk)
    for pk in list(failed_applications()):
        _retry_when_due(pk, now)
    return len(due)


def failed_applications() -> list[int]:
    """Applications whose last check failed and which nobody checks now."""
    later = CheckReport.objects.filter(application=OuterRef("application"), number__gt=OuterRef("number"))
    failed = CheckReport.objects.filter(
        ~Exists(later), state=CheckReport.State.FAILED, application__state__in=(State.CHECK_INCOMPLETE, State.REOPENED)
    )
    return list(failed.values_list("application_id", flat=True))


def _retry_when_due(application_id: int, now: dt.datetime) -> None:
    counted = CheckReport.objects.filter(application_id=application_id, given_up=False)
    reports = list(counted.order_by("-number")[: MAX_RETRIES + 1])
    failures = next((count for count, report in enumerate(reports) if report.state != CheckReport.State.FAILED), len(reports))
    finished = reports[0].finished_at
    wait = FIRST_RETRY_AFTER * 5 ** (failures - 1)
    if failures > MAX_RETRIES or finished is None or now < finished + wait:
        return
    try:
        retry(actor=None, application_id=application_id)
    except Refused as refused:
        log.info("retry_not_needed", application=application_id, why=refused.detail)


def recheck_touched() -> int:
    """New checks for applications whose parties answer to something their last check did not know: Match rows that are newer,
    or reopened since. Settled applications become REOPENED with it. Beat calls it. Returns how many were touched."""
    touched = 0
    for pk in touched_applications():
        touched += _recheck_one(pk)
    return touched


def touched_applications() -> list[int]:
    """Applications in review or settled, checked before and by nobody now, of which a list change, the engine or time gave a
    party something to settle after the last check, took a match away, or ended a decision; and those whose check was
    incomplete on lists that are no longer the active ones."""
    unfinished = CheckReport.objects.filter(application=OuterRef("pk"), state__in=CheckReport.UNFINISHED)
    done = CheckReport.objects.filter(application=OuterRef("pk"), state=CheckReport.State.DONE).order_by("-number")
    watched = LicenseApplication.objects.filter(~Exists(unfinished), state__in=(*SETTLED, *CHECKED_AGAIN))
    watched = watched.annotate(case=queries.CASE, checked_at=Subquery(done.values("finished_at")[:1]))
    watched = watched.filter(checked_at__isnull=False)
    touched = Match.objects.filter(
        ~Q(state=Match.State.RESOLVED) | Q(gone_at__isnull=False),
        party__live=True,
        party__organization=OuterRef("organization"),
        party__case=OuterRef("case"),
        touched_at__gt=OuterRef("checked_at"),
    )
    shaken = watched.filter(Q(Exists(touched)) | Q(Exists(_expired_flags())))
    return sorted({*shaken.values_list("pk", flat=True), *_incomplete_on_old_lists()})


def _expired_flags() -> QuerySet[Flag]:
    """Settled flags of an outer application whose last decision ran out. Decisions about hits run out in screening."""
    last = FlagDecision.objects.filter(flag=OuterRef("pk"), decided_at__isnull=False, sent_back=False).order_by("-pk")
    settled = Flag.objects.filter(application=OuterRef("pk"), state=Flag.State.DISPOSED, gone_at=None, match=None)
    return settled.annotate(good_until=Subquery(last.values("expires_at")[:1])).filter(good_until__lte=timezone.now())


def _incomplete_on_old_lists() -> list[int]:
    """Applications that could not be answered on the lists of their last check, now that other lists are active."""
    last = CheckReport.objects.filter(application__state=State.CHECK_INCOMPLETE, state=CheckReport.State.DONE)
    newest: dict[int, tuple[int, dict[str, int]]] = {}
    rows = last.order_by("number").values_list("application_id", "application__organization_id", "versions")
    for application_id, organization_id, versions in rows:
        newest[application_id] = organization_id, versions
    now = {organization_id: current_snapshot(organization_id).numbers for organization_id, _ in newest.values()}
    return [pk for pk, (organization_id, versions) in newest.items() if versions != now[organization_id]]


@transaction.atomic
def _recheck_one(application_id: int) -> bool:
    application = locked(application_id)
    if application.reports.filter(state__in=CheckReport.UNFINISHED).exists():
        return False
    if application.state in SETTLED:
        came_from = application.state if application.state in (State.FILED, State.DECIDED) else ""
        make_move(application, Event.REOPEN, reopened_from=came_from)
    elif application.state == State.CHECK_INCOMPLETE:
        make_move(application, Event.RETRY, outcome="", outcome_sentence="")
    elif application.state not in CHECKED_AGAIN:
        return False
    new_report(application, cause=Cause.LIST, actor=None)
    return True
