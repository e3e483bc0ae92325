"""Where a flag stands in the part of the queue its reader came from: the flags before and after it, and where to go next."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from exportcheck.accounts.models import User
from exportcheck.errors import Refused
from licenses.models import Flag
from licenses.queries import review_queue
from licenses.services.review.claims import claim_flag, next_flag
from licenses.services.review.quality_reviews import waiting_for

SESSION_KEY = "desk_queue"
"""Session key of the part of the queue a person looked at last."""
WALKED = {"unassigned": "open"}
"""A flag leaves the unassigned the moment one claims it; from there one walks through all that is open."""
WINDOW = 1_000
"""Flags of the queue among which neighbors are looked for; nobody walks further by J and K."""


@dataclass(frozen=True, slots=True)
class QueuePosition:
    """`number` of `count` flags of the part `show` (0 = not among them), with the ids before and after."""

    show: str
    number: int
    count: int
    before: int | None
    after: int | None


def remember_part(request: HttpRequest, show: str) -> None:
    """Keep the part of the queue that J and K walk through."""
    if request.session.get(SESSION_KEY) != show:
        request.session[SESSION_KEY] = show


def part_of(request: HttpRequest) -> str:
    """The part of the queue to walk through: the one the person came from."""
    show = WALKED.get(request.session.get(SESSION_KEY, ""), request.session.get(SESSION_KEY, "open"))
    return show if show in review_queue.PARTS else "open"


def position_of(flag: Flag, user: User, show: str) -> QueuePosition:
    """The position of a flag; from a flag that is not in this part (any more) J goes to the first of it."""
    ids = list(review_queue.queue(user, show=show).values_list("pk", flat=True)[:WINDOW])
    if flag.pk not in ids:
        return QueuePosition(show, 0, len(ids), None, ids[0] if ids else None)
    index = ids.index(flag.pk)
    return QueuePosition(
        show, index + 1, len(ids), ids[index - 1] if index else None, ids[index + 1] if index + 1 < len(ids) else None
    )


def after_decision(flag: Flag, user: User) -> str:
    """Address to go to once a flag is settled: an open flag of the same application that nobody works on (its facts are still
    in mind), else the gravest one that waits; claimed for the person. The queue when nothing waits."""
    for pk in review_queue.undecided_beside(flag, user).values_list("pk", flat=True)[:5]:
        try:
            return address_of(claim_flag(actor=user, flag_id=pk).pk)
        except Refused:
            continue  # somebody was faster, or the application left the queue
    try:
        following = next_flag(actor=user)
    except Refused:
        following = None
    return address_of(following.pk) if following else reverse("desk:licenses_flag_changelist")


def after_look(flag: Flag, user: User) -> str:
    """Address to go to after a quality review: the next clearance that waits for one, else the list of them."""
    following = waiting_for(user).exclude(decision__flag=flag).values_list("decision__flag", flat=True).first()
    return address_of(following) if following else reverse("desk:licenses_qualityreview_changelist")


def address_of(flag_id: int) -> str:
    """Address of a match page."""
    return reverse("desk:licenses_flag_change", args=(flag_id,))
