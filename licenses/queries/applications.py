"""Named reads of applications, checks, flags and questions. They return QuerySets or rows and write nothing."""

from __future__ import annotations

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat

from exportcheck.accounts.policy import Person
from exportcheck.leases import free
from licenses.access import visible_applications
from licenses.models import (
    RANK_SETTLED,
    TURNS,
    ApplicationParty,
    CheckReport,
    Condition,
    Flag,
    LicenseApplication,
    Message,
    Question,
)
from screening.queries import private_lists as private_lists

OPEN_FLAG = Q(rank__lt=RANK_SETTLED)
"""Flags that still want a person."""
QUEUE_ORDER = ("rank", "due_at", "pk")
"""The gravest first (Flag.rank: critical, severity, strong hits), then the earliest due: for the queue and its Next key."""
OPEN_QUESTION = Q(answered_at=None, withdrawn_at=None)
QUEUED = (LicenseApplication.State.IN_REVIEW, LicenseApplication.State.REOPENED)
"""States of applications whose flags stand in the queue; a case that waits for the exporter leaves it."""
CASE = Concat(Value("application:"), "reference")
"""What `subject_of` calls an application, in SQL. Screening keeps an application's parties under it (ScreenedParty.case) and need
not know what an application is."""


def home_rows(
    user: Person, *, state: str = "", text: str = "", waits: str = "", outcome: str = ""
) -> QuerySet[LicenseApplication]:
    """Applications of the home table, newest change first, each with its number of parties. `waits`: whose turn it is, a
    key of TURNS."""
    rows = visible_applications(user).select_related("organization", "created_by")
    if state:
        rows = rows.filter(state=state)
    if text:
        named = Q(reference__icontains=text) | Q(title__icontains=text) | Q(parties__name__icontains=text)
        rows = rows.filter(pk__in=LicenseApplication.objects.filter(named).values("pk"))
    if waits:
        rows = rows.filter(waits_for__in=TURNS.get(waits, ()))
    if outcome:
        rows = rows.filter(outcome=outcome)
    # Counted for the rows of the page alone: a join would count for all of them first.
    parties = ApplicationParty.objects.filter(application=OuterRef("pk")).order_by().values("application")
    count = Subquery(parties.annotate(count=Count("pk")).values("count"))
    return rows.annotate(parties_count=Coalesce(count, 0)).order_by("-changed_at", "-pk")


def handed_in() -> QuerySet[LicenseApplication]:
    """Applications as the desk sees them: drafts that were never checked are the exporter's own."""
    return LicenseApplication.objects.exclude(state=LicenseApplication.State.DRAFT, reports__isnull=True)


def waiting_for_exporter(user: Person) -> QuerySet[Question]:
    """Open questions on the person's applications, the earliest due first."""
    asked = Question.objects.filter(OPEN_QUESTION, application__in=visible_applications(user))
    return asked.select_related("application", "flag").order_by(F("due_on").asc(nulls_last=True), "pk")


def latest_report(application: LicenseApplication) -> CheckReport | None:
    """The newest check, whatever its state."""
    return application.reports.order_by("-number").first()


def last_done_report(application: LicenseApplication) -> CheckReport | None:
    """The newest check that finished, with its revision."""
    return application.reports.filter(state=CheckReport.State.DONE).select_related("revision").order_by("-number").first()


def previous_report(report: CheckReport) -> CheckReport | None:
    """The finished check before this one."""
    earlier = CheckReport.objects.filter(
        application_id=report.application_id, number__lt=report.number, state=CheckReport.State.DONE
    )
    return earlier.select_related("revision").order_by("-number").first()


def open_questions(application: LicenseApplication) -> QuerySet[Question]:
    """Questions that wait for an answer, the oldest first."""
    return application.questions.filter(OPEN_QUESTION).select_related("flag")


def thread_for_exporter(application: LicenseApplication) -> QuerySet[Message]:
    """The thread without the desk's internal lines."""
    return application.messages.filter(internal=False).select_related("author", "question").prefetch_related("documents")


def open_facts(application: LicenseApplication) -> dict[str, str]:
    """Facts the last determination asked for with the question's text, those that hold the outcome first."""
    report = last_done_report(application)
    if report is None or report.result is None:
        return {}
    questions = [question for item in report.result.get("items") or () for question in item.get("questions", ())]
    return {row["fact"]: row["text"] for row in sorted(questions, key=lambda row: not row["hold"])}


def open_flags(application: LicenseApplication) -> QuerySet[Flag]:
    """Flags of one application that still want a person, critical ones first."""
    return application.flags.filter(OPEN_FLAG).select_related("match", "assignee")


def queue_flags() -> QuerySet[Flag]:
    """The reviewers' queue: open flags of applications in review, the gravest first."""
    rows = Flag.objects.filter(OPEN_FLAG, application__state__in=QUEUED)
    return rows.select_related(
        "application__organization", "match__control_list", "match__entry", "match__party", "assignee"
    ).order_by(*QUEUE_ORDER)


def open_conditions(application: LicenseApplication, before: str = "") -> QuerySet[Condition]:
    """Duties not met yet; `before` "export" or "filing" narrows."""
    rows = application.conditions.filter(met_at=None, gone_at=None)
    return rows.filter(before=before) if before else rows


def due_reports() -> QuerySet[CheckReport]:
    """Checks that want a worker: nobody has them, or whoever had them fell silent."""
    return CheckReport.objects.filter(free(), state__in=CheckReport.UNFINISHED).order_by("created_at")
