"""States of an application (docs/design/intake.md#3): one table of moves, one way to make one. A move that is not in the table is
refused with the row that would be needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils import timezone

from exportcheck.errors import Refused
from licenses.models import LicenseApplication

State = LicenseApplication.State
WaitsFor = LicenseApplication.WaitsFor


class Event(StrEnum):
    """What happens to an application; the value is the word used in messages and in the audit log."""

    CHECK = "run the pre-check"
    ANSWER = "answer the questions"
    RETRY = "retry the check"
    NOTHING_OPEN = "finish the check with nothing open"
    FOUND = "finish the check with something to review"
    ASK = "ask the exporter"
    INCOMPLETE = "finish the check incomplete"
    SETTLED = "settle the last flag"
    STOP = "confirm a stop"
    APPEAL = "appeal with new facts"
    READY = "mark ready to file"
    FILE = "enter the application control number"
    OUTCOME = "record the outcome"
    REOPEN = "reopen because a list, a rule or a clearance changed"
    PICK_UP = "pick up a reopened application"
    WITHDRAW = "withdraw"
    CLOSE = "close"
    EDIT = "take back to edit"


@dataclass(frozen=True, slots=True)
class Move:
    """One row of the table: from any of `sources`, by `event`, to `target`; `waits_for` is whose turn it is then, the same for
    every move to a target."""

    event: Event
    sources: frozenset[str]
    target: str
    waits_for: WaitsFor


def _row(event: Event, sources: tuple[str, ...], target: str, waits_for: WaitsFor) -> Move:
    return Move(event, frozenset(sources), target, waits_for)


EDITABLE = (State.DRAFT, State.RETURNED, State.CHECK_INCOMPLETE)
"""States in which the exporter may change the application."""
SETTLED = (State.CLEARED, State.READY, State.FILED, State.DECIDED)
"""States whose answer a changed list can put in doubt."""
CHECKED_AGAIN = (State.IN_REVIEW, State.REOPENED)
"""States in which a check runs beside the review, without a move of its own."""
OVER = (State.WITHDRAWN, State.CLOSED, State.STOPPED)
"""States in which parties are no longer screened when lists change."""

MOVES: tuple[Move, ...] = (
    _row(Event.CHECK, (State.DRAFT, State.RETURNED, State.CHECK_INCOMPLETE), State.CHECKING, WaitsFor.CHECK),
    # Questions are also sent while flags are under review; answers then take the review back through a check.
    _row(Event.ANSWER, (State.RETURNED, State.IN_REVIEW), State.CHECKING, WaitsFor.CHECK),
    _row(Event.RETRY, (State.CHECK_INCOMPLETE,), State.CHECKING, WaitsFor.CHECK),
    # A changed list may turn out to concern nobody; then nobody need pick the application up.
    _row(Event.NOTHING_OPEN, (State.CHECKING, State.REOPENED), State.CLEARED, WaitsFor.YOU),
    _row(Event.SETTLED, (State.IN_REVIEW,), State.CLEARED, WaitsFor.YOU),
    _row(Event.FOUND, (State.CHECKING, State.IN_REVIEW), State.IN_REVIEW, WaitsFor.REVIEWER),
    _row(Event.ASK, (State.CHECKING, State.IN_REVIEW), State.RETURNED, WaitsFor.YOU),
    _row(Event.INCOMPLETE, (State.CHECKING, State.IN_REVIEW), State.CHECK_INCOMPLETE, WaitsFor.YOU),
    _row(Event.STOP, (State.IN_REVIEW,), State.STOPPED, WaitsFor.NOBODY),
    _row(Event.APPEAL, (State.STOPPED,), State.IN_REVIEW, WaitsFor.REVIEWER),
    _row(Event.READY, (State.CLEARED,), State.READY, WaitsFor.YOU),
    _row(Event.FILE, (State.READY,), State.FILED, WaitsFor.GOVERNMENT),
    # An intent to deny becomes a denial or a license, a license may be revoked: each is recorded after the other.
    _row(Event.OUTCOME, (State.FILED, State.DECIDED), State.DECIDED, WaitsFor.NOBODY),
    _row(Event.REOPEN, SETTLED, State.REOPENED, WaitsFor.REVIEWER),
    _row(Event.PICK_UP, (State.REOPENED,), State.IN_REVIEW, WaitsFor.REVIEWER),
    _row(
        Event.WITHDRAW,
        (State.DRAFT, State.CHECK_INCOMPLETE, State.CLEARED, State.IN_REVIEW, State.RETURNED, State.READY),
        State.WITHDRAWN,
        WaitsFor.NOBODY,
    ),
    # What filing still lacks is entered in the draft; what was decided about its parties stands when it is checked again.
    _row(Event.EDIT, (State.CLEARED, State.READY), State.DRAFT, WaitsFor.YOU),
    _row(Event.CLOSE, (State.CLEARED, State.DECIDED, State.WITHDRAWN), State.CLOSED, WaitsFor.NOBODY),
)
_BY_EVENT: Mapping[Event, Move] = {move.event: move for move in MOVES}
_TURNS: Mapping[str, WaitsFor] = {move.target: move.waits_for for move in MOVES}


def allowed(state: str, event: Event) -> bool:
    """Whether the table has a row for this event from this state."""
    return state in _BY_EVENT[event].sources


def make_move(application: LicenseApplication, event: Event, *, target: str = "", **columns: Any) -> None:
    """Move the application by a conditional UPDATE, writing further `columns` with it; the instance follows.

    target: the state it leads to where that is not the row's own (a review that goes back to where it was opened).

    Runs in the caller's transaction; the caller records the event. Raises Refused("state") naming the states from which
    the event is possible: another act was faster, or the act is not possible now.
    """
    row = _BY_EVENT[event]
    state = target or row.target
    changes = {"state": state, "waits_for": _TURNS[state], "changed_at": timezone.now(), **columns}
    if LicenseApplication.objects.filter(pk=application.pk, state__in=row.sources).update(**changes) != 1:
        application.refresh_from_db(fields=("state",))
        raise refused_move(application, event)
    for name, value in changes.items():
        setattr(application, name, value)


def refused_move(application: LicenseApplication, event: Event) -> Refused:
    """The refusal of an event from the state the application is in."""
    row = _BY_EVENT[event]
    possible = ", ".join(sorted(State(source).label for source in row.sources))
    return Refused(
        "state",
        f"{application.reference} is {State(application.state).label}: one can only {event} when it is {possible}.",
    )
