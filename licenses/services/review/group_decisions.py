"""One act about several flags: the hits of one party on one entity, on several lists or in several roles (settled together,
recorded one by one), and taking a batch back."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from exportcheck.accounts.models import User
from exportcheck.errors import Refused
from licenses.models import Flag, FlagDecision
from licenses.services.application.dispositions import MAX_IN_BULK, Disposition
from licenses.services.checks.flags import open_proposal
from licenses.services.review.concerns_and_notes import undo_decision
from licenses.services.review.decisions import countersign_flag, decide_flag
from licenses.services.review.related_hits import belong_together

OF_ONE_ROLE = frozenset((Disposition.NOT_IN_SCOPE, Disposition.MITIGATED))
"""Decisions that hold for one role only: who the party is does not change with the role, what an entry reaches does."""


@transaction.atomic
def decide_group(
    *,
    actor: User,
    flag_ids: Sequence[int],
    disposition: str,
    reason_code: str,
    reason: str,
    scope: str = "application",
    determined_outcome: str = "",
    citation: str = "",
) -> list[FlagDecision]:
    """Decide the first flag and, with the same reason, the others of its group. All or none; every flag has its own decision
    and event, and takes the people it takes alone. `determined_outcome`, `citation`: as `decide_flag` takes them. Raises
    Refused: "invalid" when they are not one group, or when the decision depends on the role and they are in several; else as
    `decide_flag`."""
    wanted = _one_group(flag_ids)
    if disposition in OF_ONE_ROLE and Flag.objects.filter(pk__in=wanted).values("party_key").distinct().count() > 1:
        raise Refused("invalid", f"{Disposition(disposition).label} depends on the role; settle each role by itself.")
    return [
        decide_flag(
            actor=actor,
            flag_id=pk,
            disposition=disposition,
            reason_code=reason_code,
            reason=reason,
            scope=scope,
            determined_outcome=determined_outcome,
            citation=citation,
        )
        for pk in wanted
    ]


def within_role(flag_ids: Sequence[int], disposition: str) -> list[int]:
    """The flags that this decision about the first may settle too: all of them, or those of the first one's role where the
    decision depends on the role."""
    wanted = list(dict.fromkeys(flag_ids))
    if disposition not in OF_ONE_ROLE:
        return wanted
    roles = dict(Flag.objects.filter(pk__in=wanted).values_list("pk", "party_key"))
    return [pk for pk in wanted if roles.get(pk) == roles.get(wanted[0])]


@transaction.atomic
def countersign_group(*, actor: User, flag_ids: Sequence[int], agree: bool, note: str) -> list[FlagDecision]:
    """The second person decides the proposals of one person about one group. Raises Refused: "invalid" when they are not one
    group or differ in what was proposed, else as `countersign_flag`."""
    wanted = _one_group(flag_ids)
    proposals = [open_proposal(flag) for flag in Flag.objects.filter(pk__in=wanted)]
    proposed = {(row.proposed_by_id, row.disposition) for row in proposals if row is not None}
    if len(wanted) > 1 and (len(proposed) != 1 or None in proposals):
        raise Refused("invalid", "The proposals are not the same; decide them one by one.")
    return [countersign_flag(actor=actor, flag_id=pk, agree=agree, note=note) for pk in wanted]


@transaction.atomic
def undo_group(*, actor: User, decision_ids: Sequence[int]) -> list[Flag]:
    """Take back what one act settled, all or none; each flag gets its own event. Raises Refused: "invalid", else as
    `undo_decision`."""
    wanted = sorted(set(decision_ids))
    if not 1 <= len(wanted) <= MAX_IN_BULK:
        raise Refused("invalid", f"Choose 1 to {MAX_IN_BULK} decisions.")
    if FlagDecision.objects.filter(pk__in=wanted).count() != len(wanted):
        raise Refused("invalid", "One of the decisions is not there any more.")
    return [undo_decision(actor=actor, decision_id=pk) for pk in wanted]


def _one_group(flag_ids: Sequence[int]) -> list[int]:
    """The flags in the order given, without repeats, when the others belong to the first."""
    wanted = list(dict.fromkeys(flag_ids))
    flags = {
        flag.pk: flag
        for flag in Flag.objects.filter(pk__in=wanted).select_related("match__entry", "match__control_list", "application")
    }
    if not wanted or len(flags) != len(wanted):
        raise Refused("invalid", "One of the flags is not there any more; load the page again.")
    first, *others = (flags[pk] for pk in wanted)
    if others and not belong_together(first, others):
        raise Refused("invalid", "The flags are not about one party and one listed entity; settle them one by one.")
    return wanted
