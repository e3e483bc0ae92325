"""One table of moves: everything in it is possible, everything else is refused in words (intake.md 3)."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from exportcheck.accounts.models import User
from exportcheck.errors import Refused
from licenses.models import LicenseApplication
from licenses.services.application.workflow import MOVES, Event, allowed, make_move
from tests.licenses.factories import draft

State = LicenseApplication.State
ROWS = {move.event: move for move in MOVES}


def at(application: LicenseApplication, state: str) -> LicenseApplication:
    """The application put into a state, with an outcome every state allows."""
    LicenseApplication.objects.filter(pk=application.pk).update(state=state, outcome="LICENSE_REQUIRED")
    application.refresh_from_db()
    return application


@pytest.mark.parametrize("event", list(Event))
def test_an_event_leads_from_its_states_to_its_target_and_from_no_other(event: Event, alice: User) -> None:
    application = draft(alice)
    for state in State.values:
        application = at(application, state)
        if state in ROWS[event].sources:
            make_move(application, event)
            assert application.state == ROWS[event].target
        else:
            with pytest.raises(Refused, match="one can only") as refused:
                make_move(application, event)
            assert refused.value.code == "state"
            assert LicenseApplication.objects.get().state == state


def test_every_event_stands_once_in_the_table() -> None:
    assert sorted(ROWS) == sorted(Event)
    assert len(MOVES) == len(ROWS)


def test_every_move_to_a_state_says_the_same_of_whose_turn_it_is() -> None:
    turns = {(move.target, move.waits_for) for move in MOVES}
    assert len(turns) == len({move.target for move in MOVES})


@pytest.mark.parametrize("state", list(State))
@pytest.mark.django_db
def test_the_migration_puts_stored_turns_right_and_back(state: str, alice: User) -> None:
    migration = import_module("licenses.migrations.0008_whose_turn")
    application = at(draft(alice), state)
    LicenseApplication.objects.update(waits_for=migration.EARLIER[state])
    migration.write_turns(apps, None)
    application.refresh_from_db()
    expected = {move.target: move.waits_for for move in MOVES} | {State.DRAFT: LicenseApplication.WaitsFor.YOU}
    assert application.waits_for == expected[State(state)]
    migration.write_earlier_turns(apps, None)
    application.refresh_from_db()
    assert application.waits_for == migration.EARLIER[state]


def test_a_move_made_by_somebody_faster_is_refused_with_the_new_state(alice: User) -> None:
    application = at(draft(alice), State.CLEARED)
    LicenseApplication.objects.update(state=State.READY)
    with pytest.raises(Refused, match="is ready to file"):
        make_move(application, Event.READY)


@pytest.mark.parametrize("outcome", ["", "NEEDS_INFORMATION", "PROHIBITED"])
def test_the_database_keeps_a_finished_review_from_a_bad_outcome(outcome: str, alice: User) -> None:
    application = draft(alice)
    with pytest.raises(IntegrityError), transaction.atomic():
        LicenseApplication.objects.filter(pk=application.pk).update(state=State.CLEARED, outcome=outcome)


@pytest.mark.parametrize(
    ("state", "event"),
    [
        (State.CHECKING, Event.READY),
        (State.IN_REVIEW, Event.READY),
        (State.CHECK_INCOMPLETE, Event.READY),
        (State.STOPPED, Event.CHECK),
    ],
)
def test_nothing_unchecked_or_stopped_becomes_ready(state: str, event: Event) -> None:
    assert not allowed(state, event)
