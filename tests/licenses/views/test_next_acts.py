"""Which buttons an application's result page has: by its state, for its own people and for others."""

from __future__ import annotations

from dataclasses import fields

import pytest

from exportcheck.accounts.models import User
from licenses import queries
from licenses.models import LicenseApplication
from licenses.views.next_acts import NextActs, next_acts
from tests.licenses.factories import checked, clean_line, load_lists
from tests.screening.fixtures import nudged, own_folders

__all__ = ("nudged", "own_folders")
pytestmark = pytest.mark.django_db
State = LicenseApplication.State
LICENSE, NONE = "LICENSE_REQUIRED", "NO_LICENSE_REQUIRED"
OFFERED: list[tuple[str, str, str, str]] = [
    ("a draft can only be withdrawn here", State.DRAFT, "", "withdraw"),
    ("what is being checked waits", State.CHECKING, "", ""),
    ("what lacks something can be withdrawn", State.CHECK_INCOMPLETE, "", "withdraw"),
    ("in review, too", State.IN_REVIEW, LICENSE, "withdraw"),
    ("returned, too", State.RETURNED, LICENSE, "withdraw"),
    ("a reopened case can be screened again", State.REOPENED, LICENSE, "renew"),
    ("cleared with a license to ask for: ready, not closed", State.CLEARED, LICENSE, "edit_again ready renew withdraw"),
    ("cleared without one: shipped or closed", State.CLEARED, NONE, "close edit_again renew ship withdraw"),
    ("ready to be entered in SNAP-R", State.READY, LICENSE, "edit_again file renew withdraw"),
    ("filed: BIS decides", State.FILED, LICENSE, "decide renew"),
    ("decided: a later outcome may follow", State.DECIDED, LICENSE, "close decide renew"),
    ("stopped", State.STOPPED, LICENSE, ""),
    ("withdrawn", State.WITHDRAWN, LICENSE, "close"),
    ("closed", State.CLOSED, LICENSE, ""),
]


def offered(acts: NextActs) -> set[str]:
    """Names of the acts that are offered."""
    return {field.name.removeprefix("may_") for field in fields(acts) if getattr(acts, field.name) is True} - {"act"}


@pytest.fixture
def application(alice: User) -> LicenseApplication:
    """A checked application without a hit."""
    load_lists()
    return checked(alice, clean_line(form={"no_intermediate_consignee": True}))


def test_acts_by_state(application: LicenseApplication, alice: User) -> None:
    assert {state for _, state, _, _ in OFFERED} == set(State)
    report = queries.last_done_report(application)
    for why, state, outcome, acts in OFFERED:
        application.state, application.outcome = state, outcome
        application.save(update_fields=["state", "outcome"])
        found = next_acts(application, report, may_act=True)
        assert offered(found) == set(acts.split()), why
        assert offered(next_acts(application, report, may_act=False)) == offered(found) & {"withdraw"}, why
        assert offered(next_acts(application, None, may_act=True)) == offered(found) & {"withdraw"}, why


def test_what_stands_in_the_way_is_told(application: LicenseApplication) -> None:
    report = queries.last_done_report(application)
    application.state, application.outcome = State.CLEARED, LICENSE
    assert next_acts(application, report, may_act=True).waits
    assert not next_acts(application, report, may_act=False).waits
