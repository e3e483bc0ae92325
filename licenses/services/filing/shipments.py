"""Shipments under an application: what is left of the license, what keeps the goods here, and the release itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from exportcheck.accounts import policy
from exportcheck.accounts.models import User
from exportcheck.errors import Refused
from licenses import queries
from licenses.models import CheckReport, GovernmentOutcome, LicenseApplication, LineItem, Shipment, ShipmentLine
from licenses.rules.completeness.messages import messages
from licenses.rules.types import Severity
from licenses.services.application.acts import locked, record_on
from licenses.services.application.workflow import State
from licenses.services.evaluation.read_application import read_line
from licenses.services.evaluation.rules_in_force import rules
from licenses.services.evaluation.screening_age import last_screening
from screening.services.parties.snapshot import Snapshot
from screening.services.parties.snapshot import current as current_snapshot
from screening.services.screening.lists_state import lists_state

NO_LICENSE = ("NO_LICENSE_REQUIRED", "LICENSE_EXCEPTION", "NOT_SUBJECT_TO_EAR")
SHIPPABLE = ("APPROVED", "APPROVED_WITH_CONDITIONS", "NO_LICENSE_NEEDED")
LICENSES = ("APPROVED", "APPROVED_WITH_CONDITIONS")
ASKED_BEFORE_SHIPPING = frozenset(
    ("purchaser", "ultimate_consignee", "end_user", "original_ultimate_consignee", "end_use", "items")
)
"""Sections of the form without which an answer is about nothing, even where nothing is filed."""
VALUE_TOLERANCE = Decimal("1.10")
"""The value of a license may be passed by ten percent while its quantity lasts (750.7, unverified); quantity may not."""


@dataclass(frozen=True, slots=True)
class ShipmentLineInput:
    """What of an item leaves: `quantity` in the item's unit (None = not counted), `value_usd` in US dollars."""

    key: str
    quantity: Decimal | None
    value_usd: Decimal


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of one item, of the license or of what was checked: `quantity` None = the application states none."""

    item: LineItem
    shipped: Decimal
    quantity: Decimal | None


@dataclass(frozen=True, slots=True)
class Balance:
    """What is left: by item, and in value. `limit_usd` None = neither license nor items state a value, or none is counted."""

    items: tuple[Left, ...]
    shipped_usd: Decimal
    limit_usd: Decimal | None

    @property
    def left_usd(self) -> Decimal | None:
        """US dollars that may still leave, the tolerance included."""
        return None if self.limit_usd is None else max(self.limit_usd - self.shipped_usd, Decimal(0))


def can_ship(application: LicenseApplication) -> bool:
    """Whether goods may leave under it at all: no license is needed, or one was given."""
    free = application.state == State.CLEARED and application.outcome in NO_LICENSE
    return free or (application.state == State.DECIDED and application.decision in SHIPPABLE)


def is_licensed(application: LicenseApplication) -> bool:
    """Whether what leaves is counted against a license."""
    return application.state == State.DECIDED and application.decision in LICENSES


def last_outcome(application: LicenseApplication) -> GovernmentOutcome | None:
    """The newest outcome recorded."""
    return application.outcomes.order_by("-pk").first()


def balance_of(application: LicenseApplication) -> Balance:
    """What has left and what is left, from the rows. Without a license an answer still is of the quantities that were checked,
    and a license exception of their value, too (740.3 has limits of value)."""
    counted = ShipmentLine.objects.filter(shipment__application=application)
    shipped = dict(counted.values_list("item_key").annotate(sum=Sum("quantity")))
    items = list(application.items.all())
    licensed = is_licensed(application)
    left = tuple(
        Left(item, done, None if item.quantity is None else max(item.quantity - done, Decimal(0)))
        for item in items
        for done in (shipped.get(item.key) or Decimal(0),)
    )
    total = application.shipments.aggregate(sum=Sum("value_usd"))["sum"] or Decimal(0)
    outcome = last_outcome(application) if licensed else None
    stated = [item.value_usd for item in items]
    allowed = outcome.value_usd if outcome is not None else None
    counted_by_value = licensed or application.outcome == "LICENSE_EXCEPTION"
    if allowed is None and counted_by_value and stated and None not in stated:
        allowed = sum((value for value in stated if value is not None), Decimal(0))
    tolerance = VALUE_TOLERANCE if licensed else Decimal(1)
    return Balance(left, total, None if allowed is None else (allowed * tolerance).quantize(Decimal("0.01")))


def why_not_ship(application: LicenseApplication) -> list[str]:
    """Everything that keeps goods from leaving now; empty when a shipment may be released."""
    if application.state == State.REOPENED:
        return ["A list or a rule changed and touches this application. Nothing leaves until the review of it is over."]
    report = queries.last_done_report(application)
    if report is None or not can_ship(application):
        return [f"{application.reference} is {application.get_state_display()}; nothing may be shipped under it now."]
    troubles = [] if is_licensed(application) else unnamed(report)
    snapshot = current_snapshot(application.organization_id)
    screening = last_screening(report, snapshot)
    if screening.age_hours is None or screening.age_hours > screening.limit_hours:
        troubles.append("The last screening is too old; run the check again before shipping.")
    elif not screening.on_active_lists:
        troubles.append("The last screening used earlier lists; run the check again before shipping.")
    troubles += lists_now(snapshot)
    troubles += still_open(application, report)
    troubles += [f"Before shipping: {duty.why}" for duty in queries.open_conditions(application, "export")]
    outcome = last_outcome(application) if is_licensed(application) else None
    if outcome is not None and outcome.valid_until is not None and outcome.valid_until < timezone.now().date():
        troubles.append(f"The license ended on {outcome.valid_until:%-d %B %Y}.")
    return troubles


def lists_now(snapshot: Snapshot) -> list[str]:
    """What keeps an answer from resting on the lists as they are today: they age after the check, too."""
    state = lists_state(snapshot)
    return [] if state.sound else state.sentences()


def still_open(application: LicenseApplication, report: CheckReport) -> list[str]:
    """What nobody has settled yet: red flags, questions of the desk, and, where no license stands behind the goods, facts
    that may still change the answer."""
    found = []
    flags = queries.open_flags(application).exclude(severity=Severity.INFO).count()
    if flags:
        found.append(f"Red flags that a reviewer must settle first: {flags}.")
    letters = queries.open_questions(application).count()
    if letters:
        found.append(f"Questions of the reviewers that wait for your answer: {letters}.")
    asked = set() if is_licensed(application) else open_facts_of(report)
    if asked:
        found.append(f"Questions that may still change the answer: {len(asked)}. Answer them and run the check again.")
    return found


def open_facts_of(report: CheckReport) -> set[str]:
    """Facts that the determination asked for and nobody stated, by their keys."""
    items = (report.result or {}).get("items") or ()
    return {question["fact"] for item in items for question in item.get("questions", ())}


def unnamed(report: CheckReport) -> list[str]:
    """What nobody could look at: no license was found to be needed of an application that leaves out who receives the goods."""
    today = timezone.now().date()
    line = read_line(report.revision.content)
    return [
        row.text
        for row in messages(line.facts, rules(today), as_of=today)
        if row.blocking and row.section in ASKED_BEFORE_SHIPPING
    ]


@transaction.atomic
def release_shipment(*, actor: User, application_id: int, ship_on: dt.date, lines: Sequence[ShipmentLineInput]) -> Shipment:
    """Release one shipment: on a fresh screening (V25), with no open duty, from a state that allows it, within what is left of
    the license. Raises Refused: "not_allowed"; "state"; "invalid" with everything that is missing."""
    application = locked(application_id)
    if not policy.can_mark_ready(actor, application.organization_id):
        raise Refused("not_allowed", "Only people of the application's own organization release shipments.")
    troubles = why_not_ship(application)
    if troubles:
        raise Refused("invalid" if can_ship(application) else "state", " ".join(troubles))
    _on_the_day(application, ship_on)
    _within(balance_of(application), lines, licensed=is_licensed(application))
    report = queries.last_done_report(application)
    assert report is not None  # noqa: S101 - why_not_ship answers where there is none
    shipment = Shipment.objects.create(
        application=application,
        report=report,
        ship_on=ship_on,
        value_usd=sum((line.value_usd for line in lines), Decimal(0)),
        released_by=actor,
    )
    ShipmentLine.objects.bulk_create(
        ShipmentLine(shipment=shipment, item_key=line.key, quantity=line.quantity, value_usd=line.value_usd) for line in lines
    )
    record_on(
        application,
        actor=actor,
        action="shipment.released",
        body={
            "ship_on": ship_on,
            "value_usd": str(shipment.value_usd),
            "report": report.number,
            "lines": [[line.key, None if line.quantity is None else str(line.quantity), str(line.value_usd)] for line in lines],
        },
    )
    return shipment


def _on_the_day(application: LicenseApplication, ship_on: dt.date) -> None:
    """A release stands on the screening of the day: a later shipment is released when it leaves."""
    today = timezone.now().date()
    if not today - dt.timedelta(days=1) <= ship_on <= today + dt.timedelta(days=1):
        raise Refused("invalid", "Release a shipment on the day it leaves: the screening is of today.")
    outcome = last_outcome(application) if is_licensed(application) else None
    if outcome is not None and outcome.valid_until is not None and ship_on > outcome.valid_until:
        raise Refused("invalid", f"The license ends on {outcome.valid_until:%-d %B %Y}, before the goods leave.")


def _within(balance: Balance, lines: Sequence[ShipmentLineInput], *, licensed: bool) -> None:
    """Raise Refused("invalid") unless the lines are items of the application and stay within what is left."""
    if not lines:
        raise Refused("invalid", "Say what leaves: a value for at least one item.")
    known = {left.item.key: left for left in balance.items}
    troubles = []
    for line in lines:
        left = known.get(line.key)
        if left is None:
            troubles.append(f"{line.key[:20]} is no item of this application.")
        elif left.quantity is not None and line.quantity is None:
            troubles.append(f"{left.item.key}: give the quantity; it is counted.")
        elif left.quantity is not None and line.quantity is not None and line.quantity > left.quantity:
            troubles.append(
                f"{left.item.key}: you ship {line.quantity.normalize():f}, and {left.quantity.normalize():f} are left."
            )
    total = sum((line.value_usd for line in lines), Decimal(0))
    if balance.left_usd is not None and total > balance.left_usd:
        troubles.append(
            f"You ship USD {total:,.2f}, and USD {balance.left_usd:,.2f} are left"
            + (" of the license, ten percent over included." if licensed else " of what was checked.")
        )
    if len({line.key for line in lines}) != len(lines):
        troubles.append("An item is named twice.")
    if troubles:
        raise Refused("invalid", " ".join(troubles))
