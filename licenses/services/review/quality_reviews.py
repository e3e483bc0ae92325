"""A second look at clearances (docs/design/intake.md#4): a share of them is drawn at random, and a reviewer who had no part
in the decision looks at the evidence again. Who disagrees opens the flag; how often that happens is told by reviewer on the
dashboard."""

from __future__ import annotations

import math
from random import SystemRandom

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from exportcheck.accounts import policy
from exportcheck.accounts.models import User
from exportcheck.audit.services import record
from exportcheck.errors import Refused
from licenses.models import Flag, FlagDecision, LicenseApplication, QualityReview
from licenses.queries import QUEUED
from licenses.services.application.acts import record_on, require_reviewer
from licenses.services.application.dispositions import MIN_REASON_CHARS
from licenses.services.review.decisions import open_again
from screening.models import FREEING, Match
from screening.services.matches.resolve import reopen_match

State = LicenseApplication.State
CAN_BE_OPENED = (State.CLEARED, State.READY, State.FILED, State.DECIDED, *QUEUED)
"""States of an application whose flags a disagreement opens again."""
OVER = (State.WITHDRAWN, State.CLOSED)
"""States in which nothing follows any more: the flag stays as it was decided, but the decision is not remembered for others. In
every other state the application goes on, so that a disagreement waits until it can open the flag."""


@transaction.atomic
def draw_quality_reviews() -> list[QualityReview]:
    """Draw from the clearances that were not considered yet: QUALITY_REVIEW_PERCENT of them, rounded up, so that a small desk is
    looked at too. Each clearance is considered once; one taken back meanwhile is never drawn."""
    fresh = FlagDecision.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        considered_at=None, decided_at__isnull=False, sent_back=False, disposition__in=FREEING
    )
    ids = list(fresh.order_by("pk").values_list("pk", flat=True))
    standing = list(
        FlagDecision.objects.filter(pk__in=ids, flag__state=Flag.State.DISPOSED, flag__gone_at=None).values_list("pk", flat=True)
    )
    FlagDecision.objects.filter(pk__in=ids).update(considered_at=timezone.now())
    if not standing:
        return []
    count = math.ceil(len(standing) * settings.QUALITY_REVIEW_PERCENT / 100)
    drawn = QualityReview.objects.bulk_create(QualityReview(decision_id=pk) for pk in SystemRandom().sample(standing, count))
    record(
        actor=None,
        action="quality_reviews.drawn",
        subject="desk:quality-reviews",
        body={"from": len(standing), "percent": settings.QUALITY_REVIEW_PERCENT, "decisions": [row.decision_id for row in drawn]},
    )
    return drawn


def waiting_for(user: User) -> QuerySet[QualityReview]:
    """Drawn clearances that nobody looked at again, the oldest first, without those the person had a part in."""
    own = Q(decision__proposed_by=user) | Q(decision__decided_by=user) | Q(decision__flag__application__created_by=user)
    return QualityReview.objects.filter(reviewed_at=None).exclude(own)


def review_of(flag: Flag, user: User) -> QualityReview | None:
    """The drawn clearance of this flag, when the person may look at it again."""
    application = flag.application
    if not policy.can_dispose_ordinary(user, application.organization_id, application.created_by_id):
        return None
    return waiting_for(user).filter(decision__flag=flag).select_related("decision__proposed_by").first()


@transaction.atomic
def record_quality_review(*, actor: User, flag_id: int, agree: bool, note: str) -> QualityReview:
    """The finding about the drawn clearance of a flag; disagreeing opens the flag again, or, where the application is over, lets
    the decision be forgotten.

    Raises Refused: "not_allowed" (a reviewer without a part in the decision or the application), "invalid" (disagreeing takes a
    reason), "state" (disagreeing while the application is on its way: the review goes on waiting), "taken" (nothing is drawn, or
    somebody looked meanwhile).
    """
    flag = Flag.objects.select_related("application__organization", "match").get(pk=flag_id)
    application = flag.application
    require_reviewer(actor, application, act="look again")
    drawn = QualityReview.objects.filter(decision__flag=flag, reviewed_at=None).select_related("decision").first()
    if drawn is None:
        raise Refused("taken", "No clearance of this flag waits to be reviewed again.")
    if actor.pk in (drawn.decision.proposed_by_id, drawn.decision.decided_by_id):
        raise Refused("not_allowed", "Somebody who had no part in the decision looks at it again.")
    if not agree and len(note.strip()) < MIN_REASON_CHARS:
        raise Refused("invalid", f"Say in at least {MIN_REASON_CHARS} characters what the decision overlooked.")
    stands = not agree and flag.state == Flag.State.DISPOSED and flag.gone_at is None
    opened = stands and application.state in CAN_BE_OPENED
    if stands and not opened and application.state not in OVER:
        raise Refused(
            "state",
            f"{application.reference} is {application.get_state_display()}: its flag cannot be opened now. Say it again once it "
            "is back in review; this review goes on waiting.",
        )
    columns = {"reviewed_by": actor, "reviewed_at": timezone.now(), "agreed": agree, "note": note.strip()}
    if QualityReview.objects.filter(pk=drawn.pk, reviewed_at=None).update(**columns) != 1:
        raise Refused("taken", "Somebody looked at it a moment ago.")
    because = f"A quality review disagreed: {note.strip()}"
    if opened:
        open_again(flag, actor=actor, because=because)
    elif not agree and flag.match is not None and flag.match.state == Match.State.RESOLVED:
        # The same party in another application must not be freed by a decision that somebody disagrees with.
        reopen_match(actor=actor, match_id=flag.match.pk, because=because)
    record_on(
        application,
        actor=actor,
        action="quality_review.done",
        body={
            "flag": flag.pk,
            "code": flag.code,
            "decision": drawn.decision_id,
            "agreed": agree,
            "note": note.strip(),
            "opened": opened,
        },
    )
    drawn.refresh_from_db()
    return drawn
