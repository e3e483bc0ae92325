"""Every date an organization waits for or must keep, in one calendar (docs/design/intake.md#3.1). Reads only; one row, one
sentence.

BIS counts calendar days (750.4): registered is day 0, day 9 its first action, all within 90. An intent to deny is answered in 20
days and final on day 45 (750.6); an appeal takes 45 (part 756).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from licenses.models import CheckReport, FlagDecision, GovernmentOutcome, LicenseApplication, Question, Switch
from licenses.services.application.workflow import OVER, State
from licenses.services.filing.shipments import LICENSES

FIRST_ACTION, LAST_DAY = dt.timedelta(days=9), dt.timedelta(days=90)
ANSWER_INTENT, INTENT_FINAL, APPEAL = dt.timedelta(days=20), dt.timedelta(days=45), dt.timedelta(days=45)
HORIZON = dt.timedelta(days=366)
"""How far the calendar looks, and how long a missed date is shown."""
MAX_DEADLINES = 500


@dataclass(frozen=True, slots=True)
class Deadline:
    """One date: `what` in a sentence, `whose` turn it is ("you", "the government", "the rules"), `url` where to act."""

    on: dt.date
    what: str
    whose: str
    reference: str
    url: str
    citation: str = ""


def deadlines_of(organization_id: int, *, today: dt.date, application: LicenseApplication | None = None) -> list[Deadline]:
    """The dates of an organization, or of one application, the earliest first; those passed within a year stay in it."""
    rows = LicenseApplication.objects.filter(organization_id=organization_id)
    if application is not None:
        rows = rows.filter(pk=application.pk)
    deadlines = (
        *_questions(rows),
        *_pending(rows),
        *_decided(rows),
        *_ready(rows),
        *_decisions(rows),
        *(() if application is not None else _switches(today)),
    )
    near = (row for row in deadlines if today - HORIZON <= row.on <= today + 5 * HORIZON)
    return sorted(near, key=lambda row: (row.on, row.reference, row.what))[:MAX_DEADLINES]


def _at(reference: str) -> str:
    return reverse("result", args=(reference,))


def _questions(rows: QuerySet[LicenseApplication]) -> Iterator[Deadline]:
    questions = Question.objects.filter(application__in=rows, answered_at=None, withdrawn_at=None, due_on__isnull=False)
    for pk, reference, due_on in questions.exclude(application__state__in=OVER).values_list(
        "pk", "application__reference", "due_on"
    ):
        assert due_on is not None  # noqa: S101 - asked for above
        yield Deadline(due_on, "Answer the question of the review", "you", reference, reverse("question_answer", args=(pk,)))


def _pending(rows: QuerySet[LicenseApplication]) -> Iterator[Deadline]:
    for reference, filed_on in rows.filter(state=State.FILED, filed_on__isnull=False).values_list("reference", "filed_on"):
        assert filed_on is not None  # noqa: S101 - asked for above
        yield Deadline(
            filed_on + FIRST_ACTION,
            "BIS takes its first action: refers, returns, approves or intends to deny",
            "the government",
            reference,
            _at(reference),
            "750.4",
        )
        yield Deadline(
            filed_on + LAST_DAY,
            "The application is resolved or referred to the President, unless the clock was stopped",
            "the government",
            reference,
            _at(reference),
            "750.4",
        )


def _decided(rows: QuerySet[LicenseApplication]) -> Iterator[Deadline]:
    newest = GovernmentOutcome.objects.filter(application=OuterRef("application")).order_by("-pk").values("pk")[:1]
    last = GovernmentOutcome.objects.filter(application__in=rows, application__state=State.DECIDED, pk=Subquery(newest))
    for row in last.select_related("application"):
        reference = row.application.reference
        url = _at(reference)
        match row.decision:
            case "INTENT_TO_DENY":
                yield Deadline(row.decided_on + ANSWER_INTENT, "Answer the intent to deny", "you", reference, url, "750.6")
                yield Deadline(
                    row.decided_on + INTENT_FINAL, "The intent to deny becomes final", "the government", reference, url, "750.6"
                )
            case "DENIED" | "REVOKED":
                yield Deadline(row.decided_on + APPEAL, "Last day for an appeal", "you", reference, url, "part 756")
            case decision if decision in LICENSES and row.valid_until is not None:
                name = f"License {row.license_no}" if row.license_no else "The license"
                yield Deadline(row.valid_until, f"{name} ends", "you", reference, url, "750.7(g)")


def _ready(rows: QuerySet[LicenseApplication]) -> Iterator[Deadline]:
    """A screening holds for SCREEN_MAX_AGE_HOURS (V25)."""
    done = CheckReport.objects.filter(application=OuterRef("pk"), state=CheckReport.State.DONE).order_by("-number")
    ready = rows.filter(state=State.READY).annotate(checked_at=Subquery(done.values("finished_at")[:1]))
    for reference, checked_at in ready.exclude(checked_at=None).values_list("reference", "checked_at"):
        until = checked_at + dt.timedelta(hours=settings.SCREEN_MAX_AGE_HOURS)
        yield Deadline(
            until.date(), f"File by {until:%H:%M} UTC, or check again: the screening ages", "you", reference, _at(reference)
        )


def _decisions(rows: QuerySet[LicenseApplication]) -> Iterator[Deadline]:
    """What a person decided holds until a day; then the application is checked again by itself."""
    standing = FlagDecision.objects.filter(
        flag__application__in=rows.exclude(state__in=OVER),
        flag__gone_at=None,
        flag__state="DISPOSED",
        sent_back=False,
        decided_at__isnull=False,
        expires_at__gte=timezone.now(),
    )
    ends = standing.values_list("flag__application__reference").annotate(on=F("expires_at")).order_by("expires_at")
    seen: set[str] = set()
    for reference, moment in ends:
        if reference not in seen:
            seen.add(reference)
            yield Deadline(
                moment.date(), "A decision of the review runs out; it is looked at again", "the review", reference, _at(reference)
            )


def _switches(today: dt.date) -> Iterable[Deadline]:
    rows = Switch.objects.filter(decided_at__isnull=False, withdrawn_at=None)
    for row in rows:
        for day, word in ((row.effective_from, "applies from this day"), (row.effective_to, "ends on this day")):
            if day is not None and day >= today:
                yield Deadline(
                    day, f"Rule “{row.name.replace('_', ' ')}” = {row.value} {word}", "the rules", "", "", row.citation
                )
