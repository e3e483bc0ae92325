"""What left and what is left of a license, what keeps goods here, and the dates that follow (intake.md 3.1, 3.2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from exportcheck.accounts.models import User
from exportcheck.errors import Refused
from licenses.models import CheckReport, Flag, LicenseApplication, Question
from licenses.services.checks.conditions import meet_condition, sync_conditions
from licenses.services.filing.deadlines import deadlines_of
from licenses.services.filing.government_outcomes import record_outcome
from licenses.services.filing.shipments import ShipmentLineInput, balance_of, release_shipment, why_not_ship
from screening.models import ListVersion
from tests.licenses.factories import ANSWERED, checked, clean_line, line, party

State = LicenseApplication.State
pytestmark = pytest.mark.usefixtures("lists")
TODAY = timezone.now().date()
NEXT_YEAR = TODAY + dt.timedelta(days=365)


def filed(alice: User, **columns: Any) -> LicenseApplication:
    """An application that waits for the government: 500 units, USD 14,500."""
    application = checked(alice, clean_line(answers=ANSWERED))
    values = {"state": State.FILED, "outcome": "LICENSE_REQUIRED", "acn": "Z123456", "filed_on": TODAY, **columns}
    LicenseApplication.objects.filter(pk=application.pk).update(**values)
    application.refresh_from_db()
    return application


def licensed(alice: User, **outcome: Any) -> LicenseApplication:
    """The same with a license."""
    application = filed(alice)
    told = {"decision": "APPROVED", "license_no": "D1234567", "valid_until": NEXT_YEAR, **outcome}
    record_outcome(actor=alice, application_id=application.pk, **told)
    application.refresh_from_db()
    return application


def ship(actor: User, application: LicenseApplication, quantity: int | None, value: int, key: str = "I1", days: int = 0) -> Any:
    lines = [ShipmentLineInput(key, None if quantity is None else Decimal(quantity), Decimal(value))]
    return release_shipment(actor=actor, application_id=application.pk, ship_on=TODAY + dt.timedelta(days=days), lines=lines)


def test_each_shipment_is_taken_off_the_license(alice: User) -> None:
    application = licensed(alice)
    ship(alice, application, 300, 9_000)
    balance = balance_of(application)
    assert (balance.items[0].shipped, balance.items[0].quantity) == (Decimal(300), Decimal(200))
    assert (balance.shipped_usd, balance.left_usd) == (Decimal(9_000), Decimal("6950.00"))
    with pytest.raises(Refused, match="you ship 201, and 200 are left"):
        ship(alice, application, 201, 1_000)
    with pytest.raises(Refused, match=r"You ship USD 6,951\.00, and USD 6,950\.00 are left"):
        ship(alice, application, 200, 6_951)
    ship(alice, application, 200, 6_950)
    assert balance_of(application).items[0].quantity == 0
    assert application.shipments.count() == 2


def test_a_license_that_names_a_value_counts_by_it(alice: User) -> None:
    application = licensed(alice, value_usd=Decimal(1_000))
    with pytest.raises(Refused, match=r"1,100\.00 are left"):
        ship(alice, application, 10, 1_101)
    ship(alice, application, 10, 1_100)


@pytest.mark.parametrize(
    ("quantity", "value", "key", "days", "told"),
    [
        (None, 100, "I1", 0, "give the quantity"),
        (1, 100, "I9", 0, "no item of this application"),
        (1, 100, "I1", 5, "on the day it leaves"),
        (1, 100, "I1", -5, "on the day it leaves"),
    ],
)
def test_a_shipment_that_cannot_be_is_refused(
    quantity: int | None, value: int, key: str, days: int, told: str, alice: User
) -> None:
    application = licensed(alice)
    with pytest.raises(Refused, match=told):
        ship(alice, application, quantity, value, key, days)
    assert not application.shipments.exists()


def cleared(alice: User, **more: Any) -> LicenseApplication:
    """An application for which no license is needed: 500 units, USD 14,500."""
    application = checked(alice, clean_line(**{"answers": ANSWERED, **more}))
    assert (application.state, application.outcome) == (State.CLEARED, "NO_LICENSE_REQUIRED")
    return application


def test_without_a_license_no_more_leaves_than_was_checked(alice: User) -> None:
    application = cleared(alice)
    ship(alice, application, 480, 14_000)
    with pytest.raises(Refused, match="you ship 25, and 20 are left"):
        ship(alice, application, 25, 500)
    ship(alice, application, 20, 5_000)


def age_the_lists(application: LicenseApplication, alice: User) -> None:
    ListVersion.objects.update(current_on=dt.date(2022, 4, 8))


def open_a_flag(application: LicenseApplication, alice: User) -> None:
    report = application.reports.get()
    Flag.objects.create(application=application, report=report, code="LATE", severity="warning", fingerprint="late", why="late")


def ask_the_exporter(application: LicenseApplication, alice: User) -> None:
    Question.objects.create(application=application, text="Who uses the sockets?", asked_by=alice)


@pytest.mark.parametrize(
    ("meanwhile", "told"),
    [
        (age_the_lists, "the loaded edition is of 8 April 2022"),
        (open_a_flag, "Red flags that a reviewer must settle first: 1."),
        (ask_the_exporter, "Questions of the reviewers that wait for your answer: 1."),
    ],
)
def test_nothing_leaves_on_what_is_old_or_open(meanwhile: Callable[..., None], told: str, alice: User) -> None:
    application = cleared(alice)
    assert why_not_ship(application) == []
    meanwhile(application, alice)
    assert told in " ".join(why_not_ship(application))
    with pytest.raises(Refused):
        ship(alice, application, 1, 1)
    assert not application.shipments.exists()


def test_nothing_leaves_while_a_question_may_change_the_answer(alice: User) -> None:
    application = cleared(alice, answers={})
    assert why_not_ship(application) == ["Questions that may still change the answer: 5. Answer them and run the check again."]


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"state": State.REOPENED}, "A list or a rule changed"),
        ({"state": State.FILED}, "nothing may be shipped"),
        ({"decision": "DENIED"}, "nothing may be shipped"),
        ({"decision": "REVOKED"}, "nothing may be shipped"),
        ({"state": State.CLOSED}, "nothing may be shipped"),
    ],
)
def test_a_state_that_ships_nothing_says_so(columns: dict[str, str], told: str, alice: User) -> None:
    application = licensed(alice)
    LicenseApplication.objects.filter(pk=application.pk).update(**columns)
    application.refresh_from_db()
    assert told in " ".join(why_not_ship(application))
    with pytest.raises(Refused, match=told):
        ship(alice, application, 1, 1)


def test_every_reason_is_named_at_once(alice: User) -> None:
    application = licensed(alice, decision="APPROVED_WITH_CONDITIONS", conditions=["No retransfer.", "Report each use."])
    CheckReport.objects.update(finished_at=timezone.now() - dt.timedelta(hours=25))
    application.outcomes.update(valid_until=TODAY - dt.timedelta(days=1))
    told = why_not_ship(application)
    assert len(told) == 4
    assert "too old" in told[0]
    assert "No retransfer." in told[1]
    assert "ended on" in told[3]


def test_the_conditions_of_a_license_outlive_a_check_and_are_acknowledged_one_by_one(alice: User) -> None:
    application = licensed(alice, decision="APPROVED_WITH_CONDITIONS", conditions=["No retransfer.", " ", "Report each use."])
    sync_conditions(application, (), timezone.now())
    with pytest.raises(Refused, match="No retransfer"):
        ship(alice, application, 1, 1)
    for duty in application.conditions.filter(gone_at=None):
        meet_condition(actor=alice, condition_id=duty.pk, note="Acknowledged by the consignee, letter of today.")
    ship(alice, application, 1, 1)


def test_nothing_leaves_where_nobody_said_who_receives_it(alice: User) -> None:
    application = checked(alice, line(party("purchaser", "Musterhalbleiter Dresden AG", "DE"), answers=ANSWERED))
    assert (application.state, application.outcome) == (State.CLEARED, "NO_LICENSE_REQUIRED")
    assert any("ultimate consignee" in reason for reason in why_not_ship(application))
    with pytest.raises(Refused, match="ultimate consignee"):
        ship(alice, application, 1, 1)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"decision": "APPROVED"}, "day the license ends"),
        ({"decision": "APPROVED", "valid_until": TODAY - dt.timedelta(days=1)}, "ends before"),
        ({"decision": "APPROVED_WITH_CONDITIONS", "valid_until": NEXT_YEAR}, "Enter the conditions"),
        ({"decision": "DENIED", "decided_on": TODAY + dt.timedelta(days=1)}, "not in the future"),
        ({"decision": "DENIED", "decided_on": TODAY - dt.timedelta(days=1)}, "is not earlier"),
        ({"decision": "PERHAPS"}, "no outcome"),
    ],
)
def test_an_outcome_that_cannot_be_is_refused(told: dict[str, Any], words: str, alice: User) -> None:
    application = filed(alice)
    with pytest.raises(Refused, match=words):
        record_outcome(actor=alice, application_id=application.pk, **told)
    assert not application.outcomes.exists()


def test_held_still_waits_and_a_later_outcome_follows(alice: User) -> None:
    application = filed(alice)
    seen = []
    for decision in ("HELD", "INTENT_TO_DENY", "DENIED"):
        record_outcome(actor=alice, application_id=application.pk, decision=decision)
        application.refresh_from_db()
        seen.append((application.state, application.decision))
    assert seen == [(State.FILED, "HELD"), (State.DECIDED, "INTENT_TO_DENY"), (State.DECIDED, "DENIED")]
    assert application.outcomes.count() == 3


@pytest.mark.parametrize(
    ("decision", "days"),
    [("HELD", {9, 90}), ("INTENT_TO_DENY", {20, 45}), ("DENIED", {45}), ("APPROVED", {365}), ("RETURNED_WITHOUT_ACTION", set())],
)
def test_the_calendar_follows_the_last_outcome(decision: str, days: set[int], alice: User) -> None:
    application = filed(alice)
    record_outcome(
        actor=alice, application_id=application.pk, decision=decision, valid_until=NEXT_YEAR if decision == "APPROVED" else None
    )
    rows = deadlines_of(application.organization_id, today=TODAY)
    assert {(row.on - TODAY).days for row in rows if row.reference == application.reference} == days


def test_the_calendar_holds_questions_and_nobody_elses_dates(alice: User, mallory: User) -> None:
    application = filed(alice)
    Question.objects.create(application=application, text="Who owns the buyer?", due_on=TODAY - dt.timedelta(days=2))
    rows = deadlines_of(application.organization_id, today=TODAY)
    assert rows[0].what == "Answer the question of the review"
    assert mallory.organization is not None
    assert deadlines_of(mallory.organization.pk, today=TODAY) == []
