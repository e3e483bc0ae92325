"""Letters to exporters about questions. Nothing of the case stands in them: a mailbox is no place for parties or hits.

The row of the question is the truth: whoever asks nudges, and beat finds what was not told. Each question's notice is leased, so
that two workers do not write twice; a letter that cannot be sent lets go of it.
"""

from __future__ import annotations

import datetime as dt
from smtplib import SMTPException

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from exportcheck.accounts.models import User
from exportcheck.accounts.roles import RoleName
from exportcheck.leases import Lease, LeaseLost, free, lease
from licenses.models import LicenseApplication, Notice, Question
from licenses.services.application.acts import record_on

log = structlog.get_logger(__name__)
REMIND_BEFORE = dt.timedelta(days=3)
"""One reminder so long before the answer is due (docs/design/intake.md#3.1), and never on the day of the first letter."""
TOLD_WITHIN = dt.timedelta(days=3)
"""Older questions are not written about: after a long outage nobody wants letters about the past."""


def untold(application_id: int | None = None) -> QuerySet[Question]:
    """Open questions nobody was told of, with nobody at it."""
    waits = Q(notice=None) | Q(free("notice__"), notice__sent_at=None)
    recent = timezone.now() - TOLD_WITHIN
    rows = Question.objects.filter(waits, answered_at=None, withdrawn_at=None, asked_at__gt=recent)
    return rows if application_id is None else rows.filter(application_id=application_id)


def tell_everybody() -> int:
    """Write about every question nobody was told of; returns how many letters were sent."""
    return sum(tell_exporter(application_id=pk) for pk in untold().values_list("application_id", flat=True).distinct().order_by())


def remind_everybody() -> int:
    """One reminder of each open question that is due within three days; returns how many letters were sent."""
    soon = timezone.now().date() + REMIND_BEFORE
    rows = Question.objects.filter(
        answered_at=None, withdrawn_at=None, reminded_at=None, due_on__lte=soon, notice__sent_at__isnull=False
    )
    return sum(_remind(pk) for pk in rows.values_list("application_id", flat=True).distinct().order_by())


def _remind(application_id: int) -> bool:
    application = LicenseApplication.objects.select_related("organization", "created_by").get(pk=application_id)
    now, soon = timezone.now(), timezone.now().date() + REMIND_BEFORE
    due = Question.objects.filter(
        application=application, answered_at=None, withdrawn_at=None, reminded_at=None, due_on__lte=soon
    ).exclude(notice__sent_at__gt=now - dt.timedelta(days=1))
    mine = due.update(reminded_at=now)
    to = recipients(application)
    if not mine or not to:
        return False
    try:
        letter(application, mine, to, reminder=True).send()
    except (SMTPException, OSError) as error:
        log.warning("reminder_not_sent", application=application.reference, error=str(error))
        Question.objects.filter(application=application, reminded_at=now).update(reminded_at=None)
        return False
    return True


def tell_exporter(*, application_id: int) -> bool:
    """One letter about the new questions of an application, to whoever drafted it, or to the organization's administrators when
    that person left. False when there is nothing to tell, nobody to tell, or the letter could not be sent."""
    application = LicenseApplication.objects.select_related("organization", "created_by").get(pk=application_id)
    notices = _lease_notices(application)
    if not notices:
        return False
    to = recipients(application)
    try:
        if to:
            letter(application, len(notices), to).send()
    except (SMTPException, OSError) as error:
        # The questions stand on the page all the same; somebody tries again.
        log.warning("notice_not_sent", application=application.reference, error=str(error))
        for held in notices:
            held.release()
        return False
    try:
        _told(application, notices, to)
    except LeaseLost:
        log.warning("notice_lease_lost", application=application.reference)
        return False
    return bool(to)


def _lease_notices(application: LicenseApplication) -> list[Lease[Notice]]:
    """The questions to tell of, each leased; another worker's stay its own."""
    waiting = untold(application.pk)
    fresh = [Notice(question=question) for question in waiting.filter(notice=None)]
    Notice.objects.bulk_create(fresh, ignore_conflicts=True)  # another worker may have been faster
    rows = Notice.objects.filter(sent_at=None, question__in=waiting)
    leased = []
    while (held := lease(rows)) is not None:
        leased.append(held)
    return leased


@transaction.atomic
def _told(application: LicenseApplication, notices: list[Lease[Notice]], to: list[str]) -> None:
    for held in notices:
        held.release(sent_at=timezone.now(), recipients=to)
    record_on(
        application,
        actor=None,
        action="question.told",
        body={"questions": sorted(held.row.question_id for held in notices), "to": to},
    )


def recipients(application: LicenseApplication) -> list[str]:
    """Addresses: who drafted the application, else the active administrators of its organization."""
    if application.created_by.is_active:
        return [application.created_by.email]
    admins = User.objects.filter(
        is_active=True, membership__organization=application.organization, groups__name=RoleName.EXPORTER_ADMIN.value
    )
    return list(admins.order_by("email").values_list("email", flat=True).distinct())


def letter(application: LicenseApplication, count: int, to: list[str], *, reminder: bool = False) -> EmailMessage:
    """The words: which application, how many questions, until when, where to answer."""
    due = application.questions.filter(answered_at=None, withdrawn_at=None, due_on__isnull=False).order_by("due_on").first()
    what = "one question" if count == 1 else f"{count} questions"
    until = f"Please answer by {due.due_on:%d %B %Y}.\n" if due is not None and due.due_on is not None else ""
    where = settings.SITE_URL.rstrip("/") + reverse("result", args=(application.reference,))
    body = (
        f"There {'is' if count == 1 else 'are'} {what} to you on application {application.reference}.\n{until}\n"
        f"Read and answer here after signing in:\n{where}\n\n"
        "The application waits until you answer. This letter says nothing about the case itself on purpose;\n"
        "please do not answer by e-mail.\n"
    )
    subject = f"{application.reference}: {what} to you"
    return EmailMessage(subject=f"Reminder: {subject}" if reminder else subject, body=body, to=to)
