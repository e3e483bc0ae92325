"""Who works on which flag: a claim of fifteen minutes, taken by a conditional UPDATE, lost by time (docs/design/intake.md#4)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from exportcheck.accounts import policy
from exportcheck.accounts.models import User
from exportcheck.accounts.roles import RoleName
from exportcheck.errors import Refused
from licenses import queries
from licenses.models import Flag, FlagDecision, LicenseApplication
from licenses.services.application.acts import record_on, require_reviewer
from licenses.services.application.workflow import Event, State, make_move
from licenses.services.application.working_time import office

CLAIM_LASTS = dt.timedelta(minutes=15)
KEPT_FOR_WHO_ASKED = dt.timedelta(hours=4)
"""Working time for which an answered flag is the asker's alone (product default): half a day at the desk."""
BATCH_SIZE = 20
"""Flags tried before the queue is read again: of so many reviewers at once each finds one."""


@transaction.atomic
def claim_flag(*, actor: User, flag_id: int) -> Flag:
    """Take a flag for fifteen minutes; taking it again prolongs. A reopened application is picked up with it.

    Raises Refused: "not_allowed"; "taken" with who has it until when; "state" when it is settled or waits for the exporter.
    """
    flag = Flag.objects.select_related("application__organization", "assignee").get(pk=flag_id)
    application = flag.application
    require_reviewer(actor, application, act="settle flags")
    now = timezone.now()
    free = Q(assignee=None) | Q(claimed_until=None) | Q(claimed_until__lte=now) | Q(assignee=actor)
    # Conditions on the row itself, none through a join: PostgreSQL looks at those again when it had to wait for another claim,
    # but not at a joined subquery, and two people would hold the same flag.
    queued = LicenseApplication.objects.filter(state__in=queries.QUEUED)
    claimable = Flag.objects.filter(free, queries.OPEN_FLAG, pk=flag_id, application__in=queued)
    if claimable.update(assignee=actor, claimed_until=now + CLAIM_LASTS) != 1:
        raise refused_claim(Flag.objects.select_related("application", "assignee").get(pk=flag_id))
    if application.state == State.REOPENED:
        make_move(application, Event.PICK_UP)
        record_on(
            application,
            actor=actor,
            action="application.picked_up",
            body={"flag": flag.code},
        )
    record_on(
        application,
        actor=actor,
        action="flag.claimed",
        body={"flag": flag.pk, "code": flag.code},
    )
    flag.refresh_from_db()
    return flag


def refused_claim(flag: Flag) -> Refused:
    """Why a flag cannot be worked on now: who settled it or holds it, or where its application is."""
    if flag.gone_at is not None:
        return Refused("state", "The last check no longer finds this; there is nothing to settle.")
    if flag.state == Flag.State.DISPOSED:
        last = (
            FlagDecision.objects.filter(flag=flag, decided_at__isnull=False).select_related("decided_by").order_by("-pk").first()
        )
        if last is not None and last.decided_by is not None and last.decided_at is not None:
            return Refused(
                "taken", f"{last.decided_by} settled this at {last.decided_at:%H:%M} UTC on {last.decided_at:%Y-%m-%d}."
            )
        return Refused("taken", "This was settled by an earlier decision about the same party.")
    if flag.application.state not in queries.QUEUED:
        return Refused("state", f"{flag.application} is {flag.application.get_state_display()}; its flags cannot be settled now.")
    until = f" until {flag.claimed_until:%H:%M} UTC" if flag.claimed_until else ""
    return Refused("taken", f"{flag.assignee} works on this{until}.")


@transaction.atomic
def release_flag(*, actor: User, flag_id: int) -> None:
    """Give a claimed flag back to the queue; a flag that is not one's own stays as it is."""
    if Flag.objects.filter(pk=flag_id, assignee=actor).update(assignee=None, claimed_until=None) != 1:
        return
    flag = Flag.objects.select_related("application__organization").get(pk=flag_id)
    record_on(
        flag.application,
        actor=actor,
        action="flag.released",
        body={"flag": flag.pk, "code": flag.code},
    )


def reserve_for(*, reviewer: User, flag_id: int) -> bool:
    """Hold a flag for the reviewer whose question about it was answered, unless somebody else works on it or the person no longer
    reviews; whether it is held. Joins the caller's transaction and is told in the caller's event."""
    flag = Flag.objects.select_related("application").get(pk=flag_id)
    now = timezone.now()
    if not policy.can_dispose_ordinary(reviewer, flag.application.organization_id, flag.application.created_by_id):
        return False
    free = Q(assignee=None) | Q(claimed_until=None) | Q(claimed_until__lte=now) | Q(assignee=reviewer)
    claimable = Flag.objects.filter(free, queries.OPEN_FLAG, pk=flag_id)
    return claimable.update(assignee=reviewer, claimed_until=office().after(now, KEPT_FOR_WHO_ASKED)) == 1


def next_flag(*, actor: User) -> Flag | None:
    """The gravest flag nobody works on, claimed for the actor; None when nothing waits. Seniors get proposals of others too.
    Raises Refused("not_allowed") for anybody but reviewers."""
    if not policy.is_reviewer(actor):
        raise Refused("not_allowed", "Reviewers take flags.")
    seen: set[int] = set()
    while batch := list(_takeable(actor).exclude(pk__in=seen).values_list("pk", flat=True)[:BATCH_SIZE]):
        for pk in batch:
            try:
                return claim_flag(actor=actor, flag_id=pk)
            except Refused:
                continue  # somebody was faster: the next one
        seen.update(batch)
    return None


def _takeable(actor: User) -> QuerySet[Flag]:
    """Flags the actor may claim now, the gravest first: nobody's, none of their own application or organization (rule 1), and
    no proposal but, for seniors, another person's."""
    rows = queries.queue_flags().filter(Q(assignee=None) | Q(claimed_until=None) | Q(claimed_until__lte=timezone.now()))
    rows = rows.exclude(application__created_by=actor)
    if actor.organization_id is not None:
        rows = rows.exclude(application__organization=actor.organization_id)
    if not actor.has_role(RoleName.SENIOR_REVIEWER):
        return rows.exclude(state=Flag.State.PROPOSED)
    return rows.exclude(Exists(FlagDecision.objects.filter(flag=OuterRef("pk"), decided_at=None, proposed_by=actor)))
