"""Named reads of the review desk: the queue and what stands around one flag. They write nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from exportcheck.accounts.models import User
from exportcheck.accounts.roles import RoleName
from exportcheck.audit.models import AuditEvent
from exportcheck.audit.queries import for_subject
from licenses.models import Flag, FlagDecision, LicenseApplication
from licenses.queries.applications import OPEN_FLAG, QUEUE_ORDER, QUEUED
from screening.models import Match, Resolution, ScreenedParty

AROUND = ("application__organization", "match__control_list", "match__entry", "match__party", "assignee")
"""Rows a line of the queue prints; read with it."""
PARTS: Mapping[str, str] = {
    "open": "All open",
    "mine": "Mine",
    "unassigned": "Unassigned",
    "second": "Second review",
    "reopened": "Reopened",
    "waiting": "Waiting on exporter",
    "overdue": "Overdue",
}
"""Parts of the queue in the order of its tabs: name in addresses, and label."""


def parts(user: User) -> dict[str, Q]:
    """The parts of the queue by name, each a condition on open flags; `second` leaves out what the person proposed."""
    queued = of_applications(*QUEUED)
    return {
        **{name: queued & condition for name, condition in in_review(user).items()},
        "waiting": of_applications(LicenseApplication.State.RETURNED),
    }


def of_applications(*states: str) -> Q:
    """Flags of applications in these states. The applications are named by a subquery: joined, each of fifty thousand flags
    would look its own up (on SQLite a search then takes 180 ms instead of 30)."""
    return Q(application__in=LicenseApplication.objects.order_by().filter(state__in=states))


def in_review(user: User) -> dict[str, Q]:
    """The parts whose applications are in review, as conditions on the flag's own row."""
    now = timezone.now()
    own = FlagDecision.objects.filter(flag=OuterRef("pk"), decided_at=None, proposed_by=user)
    held = Q(assignee__isnull=False, claimed_until__gt=now)
    return {
        "open": Q(),
        "mine": Q(assignee=user, claimed_until__gt=now),
        "unassigned": ~held & ~Q(state=Flag.State.PROPOSED),
        "second": Q(state=Flag.State.PROPOSED) & Q(~Exists(own)),
        "reopened": Q(state=Flag.State.REOPENED),
        "overdue": Q(due_at__lt=now, paused_at=None),
    }


def queue(user: User, *, show: str = "open") -> QuerySet[Flag]:
    """Open flags of one part of the queue, the gravest first."""
    return open_flags().filter(parts(user)[show]).order_by(*QUEUE_ORDER)


def open_flags() -> QuerySet[Flag]:
    """Every flag that still wants a person, with the rows a line of the queue prints."""
    return Flag.objects.filter(OPEN_FLAG).select_related(*AROUND).prefetch_related("application__parties")


def flags_of_any_state() -> QuerySet[Flag]:
    """Every flag that was ever raised, with the rows its page prints."""
    return Flag.objects.select_related(*AROUND, "report")


def mentioning(text: str) -> Q:
    """Flags that name the text: their application or its organization, their code, the party as matched, or their reason. The
    applications are looked through once, not once for each of their flags."""
    named = LicenseApplication.objects.order_by().filter(Q(reference__icontains=text) | Q(organization__name__icontains=text))
    said = Q(match__matched_name__icontains=text) | Q(why__icontains=text)
    return Q(application__in=named) | Q(code__contains=text.upper()) | said


def undecided_beside(flag: Flag, user: User) -> QuerySet[Flag]:
    """Open flags of the same application that this person may work on now: held by nobody else, and not waiting for somebody
    else's second decision."""
    own = FlagDecision.objects.filter(flag=OuterRef("pk"), decided_at=None, proposed_by=user)
    held = Q(assignee__isnull=False, claimed_until__gt=timezone.now()) & ~Q(assignee=user)
    rows = Flag.objects.filter(OPEN_FLAG, ~held, ~Exists(own), application=flag.application_id, application__state__in=QUEUED)
    if not user.has_role(RoleName.SENIOR_REVIEWER):
        rows = rows.exclude(state=Flag.State.PROPOSED)
    return rows.exclude(pk=flag.pk).order_by(*QUEUE_ORDER)


def queue_counts(user: User) -> dict[str, int]:
    """How many flags each part holds."""
    rows = Flag.objects.filter(OPEN_FLAG).order_by()
    counts = {name: Count("pk", filter=condition) for name, condition in in_review(user).items()}
    returned = rows.filter(of_applications(LicenseApplication.State.RETURNED))
    return {**rows.filter(of_applications(*QUEUED)).aggregate(**counts), "waiting": returned.count()}


def siblings(flag: Flag) -> QuerySet[Flag]:
    """Other flags of the same application that a check still finds, open ones first."""
    rows = flag.application.flags.filter(gone_at=None).exclude(pk=flag.pk).select_related("match__control_list", "match__entry")
    settled = Case(When(state=Flag.State.DISPOSED, then=Value(1)), default=Value(0), output_field=IntegerField())
    return rows.order_by(settled, "-critical", "pk")


def history_of(application: LicenseApplication) -> QuerySet[AuditEvent]:
    """What was done with the application, newest first."""
    return for_subject(f"application:{application.reference}")


def decisions_about(match: Match) -> QuerySet[Resolution]:
    """Earlier decisions on the same pair (party as screened, entry), wherever they were made, newest first."""
    same: dict[str, Any] = {
        "match__party__fingerprint": match.party.fingerprint,
        "match__control_list": match.control_list,
        "match__entry__uid": match.entry.uid,
    }
    rows = Resolution.objects.filter(**same).exclude(match=match)
    return rows.select_related("match__party", "proposed_by", "decided_by").order_by("-pk")


def decisions_about_party(match: Match) -> QuerySet[Resolution]:
    """Earlier decisions about the same party and other entries, anywhere, newest first."""
    rows = Resolution.objects.filter(match__party__fingerprint=match.party.fingerprint, decided_at__isnull=False)
    rows = rows.exclude(match__control_list=match.control_list, match__entry__uid=match.entry.uid)
    return rows.select_related("match__party", "match__control_list", "match__entry", "proposed_by", "decided_by").order_by("-pk")


def seen_elsewhere(match: Match) -> dict[str, int]:
    """How often the same party (by fingerprint) was screened otherwise: other `cases` of the same organization, `organizations`
    besides it. Counts only: whose they are stays unsaid (docs/design/intake.md#5)."""
    rows = ScreenedParty.objects.filter(fingerprint=match.party.fingerprint).exclude(pk=match.party_id)
    own = Q(organization=match.party.organization_id)
    return rows.aggregate(
        cases=Count("case", filter=own & ~Q(case=match.party.case), distinct=True),
        organizations=Count("organization", filter=~own, distinct=True),
    )


def other_matches(match: Match) -> QuerySet[Match]:
    """Other entries the same party answers to."""
    rows = Match.objects.filter(party=match.party, gone_at=None).exclude(pk=match.pk)
    return rows.select_related("control_list", "entry")
