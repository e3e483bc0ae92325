"""What one can do with an application now, and what stands in the way: the buttons of the result page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from licenses.models import CheckReport, LicenseApplication
from licenses.rules.tables.form_definitions import CompletenessMessage
from licenses.services.application.workflow import SETTLED, Event, State, allowed
from licenses.services.filing.filing import blocking_messages
from licenses.services.filing.shipments import Balance, balance_of, can_ship, is_licensed, why_not_ship

RENEWED = (*SETTLED, State.REOPENED)
"""States in which a screening that grew old is made again (V25)."""


@dataclass(frozen=True, slots=True)
class NextActs:
    """Acts that are offered now. All but withdrawing are its own people's: `may_act` is False for everybody else, and so are the
    others. `waits`: what filing still lacks; `why_not`: what keeps the goods here; `balance`: what the license leaves."""

    may_withdraw: bool
    may_act: bool = False
    may_ready: bool = False
    may_file: bool = False
    may_decide: bool = False
    may_ship: bool = False
    may_edit_again: bool = False
    may_renew: bool = False
    may_close: bool = False
    waits: Sequence[CompletenessMessage] = ()
    why_not: Sequence[str] = ()
    balance: Balance | None = None

    @property
    def may_go_on(self) -> bool:
        """Whether there is a step on the way from the check to the shipment."""
        return self.may_ready or self.may_file or self.may_decide or self.may_ship


def next_acts(application: LicenseApplication, report: CheckReport | None, *, may_act: bool) -> NextActs:
    """The acts of an application. `report`: its last finished check, without which nothing but withdrawing is offered; `may_act`:
    whether the person is one of its own."""
    state = State(application.state)
    withdraw = allowed(state, Event.WITHDRAW)
    if report is None or not may_act:
        return NextActs(may_withdraw=withdraw)
    to_file = state == State.CLEARED and application.outcome == "LICENSE_REQUIRED"
    ships = can_ship(application)
    return NextActs(
        may_withdraw=withdraw,
        may_act=True,
        may_ready=to_file,
        may_file=state == State.READY,
        may_decide=state in (State.FILED, State.DECIDED),
        may_ship=ships,
        may_edit_again=allowed(state, Event.EDIT),
        may_renew=state in RENEWED,
        may_close=allowed(state, Event.CLOSE) and not to_file,
        waits=blocking_messages(report) if to_file else (),
        why_not=why_not_ship(application) if ships else (),
        balance=balance_of(application) if is_licensed(application) else None,
    )
