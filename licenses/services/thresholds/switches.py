"""Dated switches and thresholds: proposed by one list admin with dates and citation, approved by another
(docs/design/intake.md#5).

Once approved a switch lies over the rows of `licenses/rules/data/switches.csv` for its stretch of time and enters the digest.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from exportcheck.accounts import policy
from exportcheck.accounts.models import User
from exportcheck.audit.services import record
from exportcheck.errors import Refused
from licenses.models import CheckReport, LicenseApplication, Switch
from licenses.services.application.workflow import OVER
from licenses.services.checks.replay import replay
from licenses.services.evaluation.rules_in_force import STATES, known_switches, rules_with

MIN_REASON_CHARS = 20
MAX_PREVIEWED = 200
"""Applications a preview answers again at the most, the newest first; the page says so when there are more."""


@dataclass(frozen=True, slots=True)
class Moved:
    """An application whose outcome a switch would change."""

    reference: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What approving a switch would change now: applications that move, how many were answered again, how many were not."""

    moved: tuple[Moved, ...]
    asked: int
    left_out: int


@transaction.atomic
def propose_switch(
    *,
    actor: User,
    name: str,
    value: str,
    effective_from: dt.date,
    effective_to: dt.date | None,
    citation: str,
    reason: str,
) -> Switch:
    """A switch that waits for a second list admin. Raises Refused: "not_allowed", "invalid"."""
    if not policy.can_propose_switch(actor):
        raise Refused("not_allowed", "Only list admins propose a switch.")
    known = known_switches()
    if name not in known:
        raise Refused("invalid", f"There is no switch {name[:60]!r}; known are {', '.join(sorted(known))}.")
    if not value.strip() or (not known[name] and value not in STATES):
        raise Refused("invalid", f"{name} is switched on and off: its value is {' or '.join(STATES)}.")
    if known[name] and value not in STATES and not value.replace(".", "", 1).isdigit():
        raise Refused("invalid", f"{name} takes a number, or {' or '.join(STATES)}.")
    if effective_to is not None and effective_to <= effective_from:
        raise Refused("invalid", "The last day lies before the first; leave it blank when no end is known.")
    if len(citation.strip()) < 5 or len(reason.strip()) < MIN_REASON_CHARS:
        raise Refused("invalid", f"Give the citation, and a reason of at least {MIN_REASON_CHARS} characters.")
    switch = Switch.objects.create(
        name=name,
        value=value.strip(),
        effective_from=effective_from,
        effective_to=effective_to,
        citation=citation.strip(),
        reason=reason.strip(),
        proposed_by=actor,
    )
    _record(actor, "switch.proposed", switch)
    return switch


@transaction.atomic
def countersign_switch(*, actor: User, switch_id: int) -> Switch:
    """The second list admin puts it in force. Raises Refused: "not_allowed", "taken"."""
    switch = Switch.objects.select_for_update().get(pk=switch_id)
    if not policy.can_activate(actor, switch.proposed_by_id):
        raise Refused("not_allowed", "A list admin who did not propose the switch approves it.")
    changed = Switch.objects.filter(pk=switch_id, decided_at=None, withdrawn_at=None).update(
        decided_by=actor, decided_at=timezone.now()
    )
    if changed != 1:
        raise Refused("taken", f"{switch} was already approved or withdrawn.")
    switch.refresh_from_db()
    _record(actor, "switch.approved", switch)
    return switch


@transaction.atomic
def withdraw_switch(*, actor: User, switch_id: int) -> Switch:
    """Take a proposal back. Raises Refused: "not_allowed", "state"."""
    if not policy.can_propose_switch(actor):
        raise Refused("not_allowed", "Only list admins withdraw a switch.")
    if Switch.objects.filter(pk=switch_id, decided_at=None, withdrawn_at=None).update(withdrawn_at=timezone.now()) != 1:
        raise Refused("state", "An approved switch is not withdrawn: propose one that follows it, with its own citation.")
    switch = Switch.objects.get(pk=switch_id)
    _record(actor, "switch.withdrawn", switch)
    return switch


def preview_switch(switch: Switch) -> Preview:
    """Answer the newest check of live applications again with the switch in force, and tell which outcomes move."""
    live = LicenseApplication.objects.exclude(state__in=OVER).exclude(outcome="").order_by("-changed_at")
    chosen = list(live[:MAX_PREVIEWED])
    moved = tuple(row for application in chosen for row in _moved(application, switch))
    return Preview(moved, len(chosen), live.count() - len(chosen))


def _moved(application: LicenseApplication, switch: Switch) -> Iterator[Moved]:
    done = application.reports.filter(state=CheckReport.State.DONE).select_related("revision").order_by("-number").first()
    if done is None:
        return
    today = timezone.now().date()
    before, after = (replay(done, rules_in_force=rules_with(extra, today)).result["outcome"] for extra in (None, switch))
    if before != after:
        yield Moved(application.reference, str(before), str(after))


def _record(actor: User, action: str, switch: Switch) -> None:
    body = {
        "name": switch.name,
        "value": switch.value,
        "effective_from": switch.effective_from,
        "effective_to": switch.effective_to,
        "citation": switch.citation,
        "reason": switch.reason,
        "proposed_by": switch.proposed_by.email,
    }
    record(actor=actor, action=action, subject=f"switch:{switch.pk}", body=body)
